"""The reference's tables of the vectors: what they give, and what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ipportal.rules import CATALOGUE
from ipportal.rules.vectors import vectors

from .tables import code, table

if TYPE_CHECKING:
    from collections.abc import Iterable

TYPED: Final = "What is typed into the fields of these names; a field that is not there was not sent."
GIVEN: Final = {
    "accounts": "How many accounts are to be under one Internet user ID.",
    "changes_ago": "How many changes ago the new basic password was replaced; 0 is the current one.",
    "wrong_in_a_row": "How many wrong tries there were in a row, this one counted; 0 is a right one at once.",
    "age_seconds": "How long ago the picture was made, the registration begun, or the visitor signed in.",
    "idle_seconds": "How long ago the signed-in visitor was last seen.",
    "cancelled_seconds_ago": "How long ago the Internet user ID was cancelled that is now registered.",
    "seconds_before": "How long it is until the next maintenance window begins.",
    "moment": "When a page is asked for, with an offset, which need not be Hong Kong's.",
    "public_holiday": "Whether that day is a public holiday in Hong Kong.",
    "issued_basic_password": "Whether the primary account still has the basic password that was issued to it.",
    "wanted": "The screen that the signed-in visitor asks for.",
    "shown": "The characters in the picture; `captcha` is the answer.",
    "answered_before": "The answers that the same picture has had, oldest first.",
    "registered": "The Internet user ID that somebody has; `internet_user_id` is the one to be registered.",
    "on_file": "The identity prefix of the account; `identity_prefix` is the one that is typed.",
    "account": "What the portal finds of the account that is to be registered: `recognised`, or the exact reason.",
    "logins_since": "How many times the same user has signed in since this session began.",
}
REFUSED: Final = "A form is refused (422) with this `data-code`."
EXPECTED: Final = {
    "accepted": "Nothing in the way, as far as this rule goes.",
    "announced": "Nothing is refused: every page announces the maintenance, in the element `maintenance-soon`.",
    "change_first": "Nothing is refused: every page after the logon leads (303) to `/basic-password`, with the "
    "`data-notice` `password_first`.",
    "stale": "Of `draft_minutes`: a form is refused (409) with this `data-code`, a page leads to the first screen. "
    "Of the others: a page or a form leads (303) to `/login`, with the `data-notice` `expired` or, of `latest_login`, "
    "`elsewhere`, which is also the reason that the journal has for a form.",
    "closed": "Every page is closed (503), `data-screen` `closed`.",
}


def given() -> str:
    """Return every key, with its rules; a new one has no meaning yet, and fails."""
    rules = _of((key, each.rule) for each in vectors() for key in each.given)
    rows = [(code(key), code(*rules[key]), GIVEN[key]) for key in rules if key not in CATALOGUE]
    typed = [key for key in rules if key in CATALOGUE]
    return table(("Key of `given`", "Rules", "Meaning"), [(code(*typed), "those of the fields", TYPED), *rows])


def expected() -> str:
    """Return every answer with the rules that give it; `accepted` is given by all."""
    rules = _of((each.expected, each.rule) for each in vectors())
    rows = [
        (code(answer), "" if answer == "accepted" else code(*names), EXPECTED.get(answer, REFUSED))
        for answer, names in rules.items()
    ]
    return table(("`expected`", "Rules", "What the portal's pages do"), rows)


def _of(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, rule in pairs:
        names = found.setdefault(key, [])
        names += [] if rule in names else [rule]
    return found
