"""What visitors, staff and testers may do to a portal, by chance: each deed is whole and leaves a state that can be."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from props import CHAN, NOON, PEOPLE

from ipportal.people import DEFAULT, EMPTY, read
from ipportal.scenarios import seed
from ipportal.store.schema import Account, Notice

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from ipportal.portal import Portal

WORDS: Final = {"zh-Hant": "某", "en": "Some　body", "zh-Hans": "某"}
HOLDERS: Final = [person for person in PEOPLE.values() if person.internet_user_id and not person.cancelled]


def _solved(portal: Portal, owner: str) -> dict[str, str]:
    captcha_id = portal.captcha.issue(owner)
    return {"captcha_id": captcha_id, "captcha": portal.captcha.answer(captcha_id)}


def _signed_in(portal: Portal, chance: Random) -> str:
    person = chance.choice(HOLDERS)
    password = chance.choice([person.internet_password or "", "Wrong12345678"])
    session_id, _ = portal.login.enter(
        {"internet_user_id": person.internet_user_id or "", "internet_password": password}
    )
    return session_id or ""


def register(portal: Portal, chance: Random) -> None:
    draft_id, _ = portal.register.terms({"agree": chance.choice(["yes", "no", "perhaps"])})
    portal.register.kind(draft_id, {"account_kind": chance.choice(["personal", "corporate", "\u3000"])})
    prefix = {"identity_prefix": chance.choice(["ZA12", "za12", "\uff3a\uff21\uff11\uff12"])}
    portal.register.details(draft_id, CHAN | prefix | _solved(portal, draft_id or "nobody"))
    if chance.random() < 0.5:
        portal.register.confirm(draft_id, {"basic_password": chance.choice(["31415926", "00000000"])})


def enter(portal: Portal, chance: Random) -> None:
    _signed_in(portal, chance)


def change(portal: Portal, chance: Random) -> None:
    session_id = _signed_in(portal, chance)
    new = f"{chance.randrange(10**8):08}"
    typed = {"basic_password": HOLDERS[0].basic_password, "new_basic_password": new, "new_basic_password_again": new}
    portal.basic_password.change(session_id, typed | _solved(portal, session_id or "nobody"))


def cancel(portal: Portal, chance: Random) -> None:
    person = chance.choice(HOLDERS)
    typed = {
        "internet_user_id": person.internet_user_id or "",
        "internet_password": person.internet_password or "",
    }
    draft_id, _ = portal.cancel.form("a visit", typed | _solved(portal, "a visit"))
    if chance.random() < 0.7:
        portal.cancel.confirm(draft_id, {"basic_password": person.basic_password})


def staff(portal: Portal, chance: Random) -> None:
    basic_user_id = portal.staff.free_basic_user_id()
    account = Account(basic_user_id, "by staff", "personal", "ZZ99", WORDS, "")
    portal.staff.add_account(account, "12121212")
    if chance.random() < 0.5:
        portal.staff.add_user(f"Made{chance.randrange(10**4):04}", "Practice20251", [basic_user_id])
    held = portal.tables.accounts.get(basic_user_id)
    assert held
    portal.staff.reissue(held, "34343434")
    portal.staff.fill_history(held, ["56565656", "78787878"])
    chance.choice([portal.staff.lock_account, portal.staff.unlock_account, portal.staff.remove_account])(basic_user_id)


def users(portal: Portal, chance: Random) -> None:
    folded_id = (chance.choice(HOLDERS).internet_user_id or "").lower()
    chance.choice([portal.staff.lock_user, portal.staff.unlock_user, portal.staff.remove_user])(folded_id)


def board(portal: Portal, chance: Random) -> None:
    reference = f"TRN-{chance.randrange(5)}"
    portal.staff.publish(Notice(reference, "2025-03-31", "training", WORDS, WORDS))
    if session := portal.sessions.find(_signed_in(portal, chance))[0]:
        portal.account.open_notice(session, reference)
    if chance.random() < 0.3:
        portal.staff.withdraw(reference)


def time(portal: Portal, chance: Random) -> None:
    span = timedelta(minutes=chance.randrange(-5000, 5000))
    chance.choice(
        [
            lambda: portal.stored_clock.set(NOON + span),
            lambda: portal.stored_clock.shift(span),
            lambda: portal.stored_clock.advance(span),
            portal.stored_clock.run,
            portal.stored_clock.follow,
        ]
    )()


def traps(portal: Portal, chance: Random) -> None:
    mode = chance.choice(["real", "fixed", "seeded", "reveal", "always_wrong", "expired"])
    portal.captcha.choose(mode, "ABC123" if mode == "fixed" else "", str(chance.random()))
    portal.faults.arm(kind="error_500", step="home", moment="page", times=chance.randrange(3))
    portal.faults.strike("home", "page")
    portal.suspensions.begin(portal.clock.now() + timedelta(minutes=30))
    if chance.random() < 0.5:
        portal.suspensions.end()


def again(portal: Portal, chance: Random) -> None:
    if chance.random() < 0.3:
        seed(portal, read(chance.choice([DEFAULT, EMPTY])), anew=True)


DEEDS: Final[list[Callable[[Portal, Random], None]]] = [
    *(register, enter, change, cancel, staff, users, board, time, traps, again),
]
