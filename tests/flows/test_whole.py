"""Whatever is decided in the store is written in the same transaction: nobody comes between, and nothing stays half."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from props import CHAN, NOON, account, agreed, at_confirm, at_details, session, signed_in, solved

from ipportal.store.schema import Account, Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ipportal.portal import Portal

    Deed = Callable[[], object]
    Scenes = Callable[[Portal], dict[str, Deed]]

HOUR = timedelta(hours=1)
WORDS = {"zh-Hant": "某", "en": "Somebody", "zh-Hans": "某"}
NEW = Account("99123456", "new", "personal", "ZZ99", WORDS, "")
TRAINING = Notice("TRN-1", "2025-03-31", "training", WORDS, WORDS)
HELD = "99000707"  # registered's
PASSWORD = "Practice20257"
BASIC = {"basic_password": "28284271", "new_basic_password": "24682468", "new_basic_password_again": "24682468"}
INTERNET = {"internet_password": "Changed202512", "internet_password_again": "Changed202512"}


class Watched:
    """What was asked of a store and what was written outside its transactions."""

    def __init__(self, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
        self.depth, self.asked, self.written, self.inside = 0, list[str](), list[str](), 0
        tables, backend = portal.tables, portal.tables.backend
        atomic, rows, run = tables.atomic, backend.rows, backend.run

        @contextmanager
        def entered() -> Iterator[None]:
            with atomic():
                self.depth += 1
                yield
                self.depth -= 1

        def asking(sql: str, values: Any) -> Any:
            self.asked += [] if self.depth else [sql]
            return rows(sql, values)

        def writing(sql: str, values: Any) -> int:
            self.inside += bool(self.depth)
            self.written += [] if self.depth else [sql]
            return run(sql, values)

        monkeypatch.setattr(tables, "atomic", entered)
        monkeypatch.setattr(backend, "rows", asking)
        monkeypatch.setattr(backend, "run", writing)


def registering(portal: Portal) -> dict[str, Deed]:
    """Return what a visitor does on the way to an Internet user ID, each ready to be done."""
    at_kind, waiting, ready = agreed(portal), at_details(portal), at_confirm(portal)
    typed = CHAN | {"basic_user_id": "99000202"} | solved(portal, waiting)
    return {
        "terms": lambda: portal.register.terms({"agree": "yes"}),
        "kind": lambda: portal.register.kind(at_kind, {"account_kind": "personal"}),
        "details": lambda: portal.register.details(waiting, typed),
        "confirm": lambda: portal.register.confirm(ready, {"basic_password": "31415926"}),
    }


def signed(portal: Portal) -> dict[str, Deed]:
    """Return what a signed-in user does."""
    portal.staff.publish(TRAINING)
    visit = signed_in(portal, "registered")
    typed, changed = BASIC | solved(portal, visit), INTERNET | {"current_internet_password": PASSWORD}
    seen = session(portal, visit)
    return {
        "enter": lambda: portal.login.enter({"internet_user_id": "NimChi07", "internet_password": PASSWORD}),
        "leave": lambda: portal.login.leave(visit),
        "open notice": lambda: portal.account.open_notice(seen, "TRN-1"),
        "Internet password": lambda: portal.account.change_internet_password(seen, changed),
        "basic password": lambda: portal.basic_password.change(visit, typed),
    }


def cancelling(portal: Portal) -> dict[str, Deed]:
    """Return what somebody does who gives the ID back."""
    typed = {"internet_user_id": "NimChi07", "internet_password": PASSWORD}
    draft_id, _ = portal.cancel.form("earlier", typed | solved(portal, "earlier"))
    typed |= solved(portal, "visit")
    return {
        "cancel": lambda: portal.cancel.form("visit", typed),
        "cancel for good": lambda: portal.cancel.confirm(draft_id, {"basic_password": "28284271"}),
    }


def serving(portal: Portal) -> dict[str, Deed]:
    """Return what the staff does."""
    free, held = account(portal, "99000101"), account(portal, HELD)
    return {
        "add account": lambda: portal.staff.add_account(NEW, "12121212"),
        "remove account": lambda: portal.staff.remove_account("99000101"),
        "lock account": lambda: portal.staff.lock_account(HELD),
        "reissue": lambda: portal.staff.reissue(held, "12121212"),
        "fill history": lambda: portal.staff.fill_history(held, ["12121212"]),
        "add user": lambda: portal.staff.add_user("Fresh001", PASSWORD, [free.basic_user_id]),
        "remove user": lambda: portal.staff.remove_user("nimchi07"),
        "lock user": lambda: portal.staff.lock_user("nimchi07"),
        "publish": lambda: portal.staff.publish(replace(TRAINING, reference="TRN-2")),
        "withdraw": lambda: portal.staff.withdraw("TRN-1"),
    }


def arranging(portal: Portal) -> dict[str, Deed]:
    """Return what a tester arranges, all of it decided by what the store holds."""
    seeded = replace(
        portal, settings=replace(portal.settings, captcha_mode="seeded", captcha_word="", captcha_seed="1")
    )
    fault = portal.faults.arm(kind="delay", step="home", moment="page", times=0)
    portal.stored_clock.set(NOON)
    return {
        "set": lambda: portal.stored_clock.set(NOON),
        "shift": lambda: portal.stored_clock.shift(HOUR),
        "advance": lambda: portal.stored_clock.advance(HOUR),
        "run": portal.stored_clock.run,
        "choose": lambda: portal.captcha.choose("fixed", "ABC234", ""),
        "draw": lambda: seeded.captcha.issue("visit"),
        "suspend": lambda: portal.suspensions.begin(NOON + HOUR),
        "arm": lambda: portal.faults.arm(kind="delay", step="home", moment="page", times=0),
        "strike": lambda: portal.faults.strike("home", "page"),
        "disarm": lambda: portal.faults.disarm(fault.fault_id),
    }


SCENES: dict[str, Scenes] = {
    **dict.fromkeys(("terms", "kind", "details", "confirm"), registering),
    **dict.fromkeys(("enter", "leave", "open notice", "Internet password", "basic password"), signed),
    **dict.fromkeys(("cancel", "cancel for good"), cancelling),
    **dict.fromkeys(("add account", "remove account", "lock account", "reissue", "fill history"), serving),
    **dict.fromkeys(("add user", "remove user", "lock user", "publish", "withdraw"), serving),
}
ARRANGED = ("set", "shift", "advance", "run", "choose", "draw", "suspend", "arm", "strike", "disarm")


@pytest.mark.parametrize("name", [*SCENES, *ARRANGED])
def test_nothing_is_written_but_in_a_transaction(portal: Portal, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    deed = SCENES.get(name, arranging)(portal)[name]
    watched = Watched(portal, monkeypatch)

    deed()

    assert watched.inside
    assert watched.written == []


@pytest.mark.parametrize("name", ["open notice", "publish", "withdraw", *ARRANGED])
def test_what_needs_no_slow_work_is_decided_where_it_is_written(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    deed = SCENES.get(name, arranging)(portal)[name]
    watched = Watched(portal, monkeypatch)

    deed()

    assert watched.asked == []
