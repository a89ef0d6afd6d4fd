"""What testers and the operator's staff send that writes, and every request by its name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from failures.requests import VISITS, Held, Request, nothing
from props import NOON, WORD, account, at_confirm, signed_in

from ipportal.checkpoints import Shelf
from ipportal.people import DEFAULT, read
from ipportal.scenarios import seed
from ipportal.store.schema import Account, Notice

if TYPE_CHECKING:
    from ipportal.portal import Portal

FRESH: Final = "99000101"
WORDS: Final = {"zh-Hant": "某", "en": "Somebody", "zh-Hans": "某"}
NOTICE: Final = Notice("TRN-1", "2025-03-31", "training", WORDS, WORDS)


def _stopped(portal: Portal) -> Held:
    portal.stored_clock.set(NOON)
    return {}


def _snapshot(portal: Portal) -> Held:
    at_confirm(portal)
    text = Shelf(portal).snapshot()
    signed_in(portal, "registered")
    return {"text": text}


def _begin_suspension(portal: Portal, _: Held) -> Any:
    return portal.suspensions.begin(NOON + timedelta(hours=1)).row


def _reset(portal: Portal) -> Any:
    scenario = seed(portal, read(DEFAULT), anew=True, now=NOON)
    return scenario.name if scenario else ""


def _new() -> Account:
    return Account("99800001", "by staff", "personal", "ZZ99", WORDS, "")


def _add_user(portal: Portal) -> str:
    return portal.staff.add_user("Made2025", "Practice20251", [FRESH])


TESTERS: Final = [
    Request("checkpoints.files.put", _snapshot, lambda portal, held: Shelf(portal).restore(held["text"]).path),
    Request(
        "scenarios.seed",
        lambda portal: {"draft_id": at_confirm(portal)},
        lambda portal, _: _reset(portal),
        adds=frozenset({"journal"}),  # its entries go on counting
    ),
    Request("store.clock.set", nothing, lambda portal, _: portal.stored_clock.set(NOON + timedelta(days=1))),
    Request(
        "store.clock.advance",
        _stopped,
        lambda portal, _: portal.stored_clock.advance(timedelta(hours=2)),
        adds=frozenset({"facts"}),  # it is told to move on twice
    ),
    Request(
        "store.clock.follow",
        _stopped,
        lambda portal, _: portal.stored_clock.follow(),
    ),
    Request("flows.suspension.begin", nothing, _begin_suspension),
    Request(
        "flows.captcha.choose",
        nothing,
        lambda portal, _: portal.captcha.choose("fixed", WORD, ""),
    ),
    Request("flows.captcha.change", nothing, lambda portal, _: portal.captcha.change("fixed", "WORD42")),
    Request(
        "flows.faults.arm",
        nothing,
        lambda portal, _: portal.faults.arm(kind="error_500", step="home", moment="page").kind,
        adds=frozenset({"facts"}),
    ),
]
"""The transactions of testers."""

STAFF: Final = [
    Request(
        "flows.staff.add_account", nothing, lambda portal, _: portal.staff.add_account(_new(), "12121212"), again=""
    ),
    Request("flows.staff.remove_account", nothing, lambda portal, _: portal.staff.remove_account(FRESH)),
    Request("flows.staff.lock_account", nothing, lambda portal, _: portal.staff.lock_account(FRESH)),
    Request("flows.staff.unlock_account", nothing, lambda portal, _: portal.staff.unlock_account("99001515")),
    Request(
        "flows.staff.reissue",
        nothing,
        lambda portal, _: portal.staff.reissue(account(portal, FRESH), "12121212"),
        adds=frozenset({"past_passwords"}),  # it is issued twice
    ),
    Request(
        "flows.staff.fill_history",
        nothing,
        lambda portal, _: portal.staff.fill_history(account(portal, FRESH), ["56565656", "78787878"]),
    ),
    Request("flows.staff.add_user", nothing, lambda portal, _: _add_user(portal), again="taken"),
    Request("flows.staff.remove_user", nothing, lambda portal, _: portal.staff.remove_user("nimchi07")),
    Request("flows.staff.release", nothing, lambda portal, _: portal.staff.release("gone0016"), again=False),
    Request("flows.staff.lock_user", nothing, lambda portal, _: portal.staff.lock_user("nimchi07")),
    Request("flows.staff.unlock_user", nothing, lambda portal, _: portal.staff.unlock_user("nimchi07")),
    # A repeat finds unlocked what the first may have unlocked, and says so.
    Request("flows.staff.unlock", nothing, lambda portal, _: portal.staff.unlock("LOCKED14") is not None),
    Request("flows.staff.publish", nothing, lambda portal, _: portal.staff.publish(NOTICE), again=False),
    Request("flows.staff.withdraw", nothing, lambda portal, _: portal.staff.withdraw("TRN20250324-01"), again=False),
    Request(
        "flows.faults.disarm",
        lambda portal: {"made": portal.faults.arm(kind="error_500", step="home", moment="page").kind},
        lambda portal, _: portal.faults.disarm(1),
        again=False,
    ),
    Request(
        "flows.faults.strike",
        lambda portal: {"made": portal.faults.arm(kind="error_500", step="home", moment="page", times=9).kind},
        lambda portal, _: [each.kind for each in portal.faults.strike("home", "page")],
        adds=frozenset({"facts"}),
    ),
    Request(
        "checkpoints.save", nothing, lambda portal, _: Shelf(portal).save("mine").name, adds=frozenset({"checkpoints"})
    ),
    Request("store.clock.run", _stopped, lambda portal, _: portal.stored_clock.run(), adds=frozenset({"facts"})),
]
"""The transactions of the operator's staff, and the rest of the testers'."""

REQUESTS: Final = {request.name: request for request in (*VISITS, *TESTERS, *STAFF)}
