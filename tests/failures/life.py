"""A life: one transaction after another on a store, each noted before it begins and when it was acknowledged."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from failures.requests import portal_at
from props import CHAN, PEOPLE, at_details, solved, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipportal.portal import Portal

    Deed = Callable[[Portal, str, "Standing", "Standing"], bool]

BASIC_PASSWORD, INTERNET_PASSWORD = PEOPLE["fresh-individual"].basic_password, CHAN["internet_password"]


@dataclass(frozen=True)
class Standing:
    """What is known of an account: the Internet user ID it is under, and its basic password."""

    internet_user_id: str = ""
    basic_password: str = BASIC_PASSWORD


class Diary:
    """What a life has begun and what it was told, in a file that outlives it."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(self, **line: Any) -> None:
        os.write(self._file, json.dumps(line).encode() + b"\n")


def live(told_of: dict[str, Any]) -> None:
    """Practise with the accounts of one's own for ever, or for as many deeds as are told."""
    portal, diary, chance = portal_at(told_of["store"]), Diary(Path(told_of["diary"])), Random(told_of["seed"])
    standing = {key: Standing(**value) for key, value in told_of["standing"].items()}
    for _ in repeat(None, told_of["deeds"]) if "deeds" in told_of else repeat(None):
        key = chance.choice(sorted(standing))
        before = standing[key]
        deed, after = _next(before, chance)
        diary.note(account=key, begun=vars(after))
        if deed(portal, key, before, after):
            diary.note(account=key, done=vars(after))
            standing[key] = after


def _next(before: Standing, chance: Random) -> tuple[Deed, Standing]:
    """Return what is done next with an account, and how it stands then."""
    if not before.internet_user_id:
        return register, replace(before, internet_user_id=f"L{chance.randrange(10**7):07}")
    if chance.random() < 0.6:
        return change, replace(before, basic_password=f"{chance.randrange(10**8):08}")
    return cancel, replace(before, internet_user_id="")


def register(portal: Portal, key: str, before: Standing, after: Standing) -> bool:
    """Register an ID for an account."""
    draft_id = at_details(portal)
    typed = CHAN | {"basic_user_id": key, "internet_user_id": after.internet_user_id} | solved(portal, draft_id)
    portal.register.details(draft_id, typed)
    return portal.register.confirm(draft_id, {"basic_password": before.basic_password}) == {}


def change(portal: Portal, _: str, before: Standing, after: Standing) -> bool:
    """Log on and change the basic password; one that was used before is refused."""
    typed = {"internet_user_id": before.internet_user_id, "internet_password": INTERNET_PASSWORD}
    session_id, problems = portal.login.enter(typed)
    assert session_id, told(problems)
    new = {"new_basic_password": after.basic_password, "new_basic_password_again": after.basic_password}
    typed = new | {"basic_password": before.basic_password} | solved(portal, session_id)
    return portal.basic_password.change(session_id, typed)[1] == {}


def cancel(portal: Portal, key: str, before: Standing, _: Standing) -> bool:
    """Cancel the ID of an account."""
    typed = {"internet_user_id": before.internet_user_id, "internet_password": INTERNET_PASSWORD}
    draft_id = portal.cancel.form(key, typed | solved(portal, key))[0]
    return portal.cancel.confirm(draft_id, {"basic_password": before.basic_password}) == {}
