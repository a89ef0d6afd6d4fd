"""Vetting: whoever and whatever is put into a store is held against the rules that visitors meet."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from .clock import TimeError, parse_moment
from .flows.account import TOPICS
from .flows.base import fold
from .rules import CATALOGUE, FIGURE, problem
from .settings import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .people import Person, Scenario
    from .store.schema import Notice

_LONGEST_KEY = 80
# A terminal would obey some of them; marks of direction make a line read other than it is.
UNSHOWN = r"\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
# Spaces, and what leaves no ink: words of nothing else are none. Those of five digits are kept apart: readers of JSON
# Schema differ about them.
INKLESS = (
    r" \xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800"
    r"\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
)
_INKLESS = re.compile(rf"[{INKLESS}\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]")
_CONTROL = re.compile(rf"[\x00-\x08\x0b-\x1f{UNSHOWN}]")
_OBEYED = re.compile(rf"[\x00-\x1f{UNSHOWN}]")
_WITH_ID = ("internet_user_id",)
_LOCKS = ("internet", "basic")
A_MOMENT = "2025-03-31T09:00:00+08:00"  # an example of how one is written
LONGEST_LINE = 200  # characters of a notice's subject or body, or of a name, that is typed
INVENTED = "99"  # no real basic user ID starts so; nothing else is let into a store


def harmless(text: str) -> str:
    """Return a text in which what a terminal would obey is told by its code."""
    return _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class ScenarioError(Exception):
    """A scenario that cannot be used: `code` (file, unknown, value, words, invented) and where it is wrong.

    `wanted` says how it would be right (one_of, like, between, most, once, plain, beside, named), or where to look
    (line), with its `figures`; it is empty where a rule of the catalogue says so.
    """

    def __init__(self, code: str, where: str, wanted: str = "", **figures: int | tuple[str, ...]) -> None:
        super().__init__(code, where)
        self.where = harmless(where)  # names and keys of the file stand in it
        self.code, self.wanted, self.figures = code, wanted, figures


class CheckpointError(Exception):
    """A checkpoint that cannot be used: `code` and what would be right, or where it is wrong."""

    def __init__(self, code: str, where: str) -> None:
        super().__init__(code, where)
        self.code, self.where = code, where


def vet(scenario: Scenario) -> None:
    """Hold a scenario against the same rules that visitors meet, and against itself."""
    for person in scenario.people:
        vet_person(person)
    for notice in scenario.notices:
        vet_notice(notice)
    for name, values in (
        ("key", [person.key for person in scenario.people]),
        ("basic_user_ids", [each for person in scenario.people for each in person.basic_user_ids]),
        ("internet_user_id", [fold(person.internet_user_id) for person in scenario.people if person.internet_user_id]),
        ("reference", [notice.reference for notice in scenario.notices]),
    ):
        if len(values) != len(set(values)):
            raise ScenarioError("value", name, "once")


def vet_person(person: Person) -> None:
    """Hold one holder of accounts against the rules; raise `ScenarioError` naming what does not fit."""
    typed = [("account_kind", person.account_kind), ("identity_prefix", person.identity_prefix)]
    typed += [("basic_user_id", each) for each in person.basic_user_ids]
    typed += [("basic_password", each) for each in (person.basic_password, *person.past_basic_passwords)]
    if person.internet_user_id is not None or person.internet_password is not None:
        typed.append(("internet_user_id", person.internet_user_id or ""))
        typed.append(("internet_password", person.internet_password or ""))
    for name, value in typed:
        if problem(CATALOGUE[name], value):
            raise ScenarioError("value", f"{person.key}.{name}")
    if not all(each.startswith(INVENTED) for each in person.basic_user_ids):
        raise ScenarioError("invented", person.key)
    if not _whole(person.names) or not _whole(person.situation):
        raise ScenarioError("words", person.key)
    holds = person.internet_user_id is not None and not person.cancelled
    for name, fits, wanted, accepted in (
        ("names", showable(person.names), "plain", ()),
        ("situation", showable(person.situation), "plain", ()),
        ("key", is_key(person.key), "like", ('"first-day"',)),
        ("identity_prefix", person.identity_prefix == person.identity_prefix.upper(), "like", ('"ZZ99"',)),
        ("basic_user_ids", 1 <= len(person.basic_user_ids) <= FIGURE["linked_accounts"].value, "", ()),
        ("past_basic_passwords", person.basic_password not in person.past_basic_passwords, "once", ()),
        ("locked", person.locked in {"", *_LOCKS}, "one_of", _LOCKS),
        ("cancelled", not person.cancelled or person.internet_user_id is not None, "beside", _WITH_ID),
        ("locked", person.locked != "internet" or holds, "beside", _WITH_ID),
        ("last_login", not person.last_login or holds, "beside", _WITH_ID),
        ("last_login", not person.last_login or is_moment(person.last_login), "like", (f'"{A_MOMENT}"',)),
    ):
        if not fits:
            raise ScenarioError("value", f"{person.key}.{name}", wanted, accepted=accepted)


def vet_notice(notice: Notice) -> None:
    """Hold a notice against what the board can show; raise `ScenarioError` naming what does not fit."""
    if not _whole(notice.subject) or not _whole(notice.body):
        raise ScenarioError("words", notice.reference)
    if not re.fullmatch("[A-Za-z0-9-]{1,40}", notice.reference):
        raise ScenarioError("value", f"{notice.reference[:40]}.reference", "like", accepted=('"TRN20250331-01"',))
    for name, fits, wanted, accepted in (
        ("topic", notice.topic in TOPICS, "one_of", TOPICS),
        ("published_on", _is_day(notice.published_on), "like", ('"2025-03-31"',)),
        ("subject", showable(notice.subject), "plain", ()),
        ("body", showable(notice.body), "plain", ()),
    ):
        if not fits:
            raise ScenarioError("value", f"{notice.reference}.{name}", wanted, accepted=accepted)


def showable(words: Mapping[str, str]) -> bool:
    """Say whether words, by language, hold no control characters but tabs and ends of lines, nor marks of direction."""
    return not any(_CONTROL.search(each) for each in words.values())


def invented(basic_user_id: str) -> bool:
    """Say whether a text is a basic user ID that nobody really has."""
    return problem(CATALOGUE["basic_user_id"], basic_user_id) is None and basic_user_id.startswith(INVENTED)


def blank(text: str) -> bool:
    """Say whether *text* is empty or holds only what nobody would see."""
    return not _INKLESS.sub("", text).strip()


def in_three(words: Mapping[Any, str]) -> dict[str, str]:
    """Return words in all three languages; those of the first language given stand in for the others."""
    first = next(iter(words.values()))
    return {lang: words.get(lang, first) for lang in LANGUAGES}


def is_key(key: str) -> bool:
    """Say whether a text can be the key of somebody in a scenario."""
    return len(key) <= _LONGEST_KEY and key.isprintable() and not blank(key)


def _whole(words: Mapping[str, str]) -> bool:
    return set(words) == set(LANGUAGES) and not any(map(blank, words.values()))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_moment(text: str) -> bool:
    """Say whether *text* is a moment in which the portal can live."""
    try:
        parse_moment(text)
    except TimeError:
        return False
    return True
