"""What the rows of a checkpoint must mean: the same rules that visitors and scenario files meet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..flows.accounts import HISTORY
from ..flows.base import fold
from ..flows.register import DETAILS, PLAIN
from ..rules import CATALOGUE, FIGURE, problem, problems
from ..settings import LANGUAGES, MOST
from ..store.schema import (
    Account,
    CancelledId,
    Draft,
    Fact,
    Link,
    Notice,
    NoticeRead,
    PastPassword,
    Session,
    User,
)
from ..vetting import CheckpointError, ScenarioError, blank, invented, is_key, is_moment, vet_notice
from .facts import fact_fits
from .visits import ID

if TYPE_CHECKING:
    from collections.abc import Callable

_HASH = "\\$2b\\$(0[4-9]|1[0-5])\\$[./A-Za-z0-9]{53}"


def people_fit(records: dict[str, list[Any]]) -> None:
    """Hold the rows against each other; raise `CheckpointError` naming the table that does not fit."""
    accounts = {account.basic_user_id for account in records["accounts"]}
    users = {user.folded_id for user in records["users"]}
    places = [(link.folded_id, link.position) for link in records["links"]]
    references = {notice.reference for notice in records["notices"]}
    living = [session.folded_id for session in records["sessions"] if not session.ended]
    for name, fits in (
        ("links", all(link.basic_user_id in accounts and link.folded_id in users for link in records["links"])),
        ("links", len(places) == len(set(places)) and {user for user, place in places if place == 1} == users),
        ("past_passwords", all(past.basic_user_id in accounts for past in records["past_passwords"])),
        ("past_passwords", all(map(_history_fits, _histories(records["past_passwords"])))),
        ("cancelled_ids", users.isdisjoint(each.folded_id for each in records["cancelled_ids"])),
        (
            "notices_read",
            all(each.folded_id in users and each.reference in references for each in records["notices_read"]),
        ),
        ("sessions", all(session.folded_id in users for session in records["sessions"])),
        ("sessions", len(living) == len(set(living))),
    ):
        if not fits:
            raise CheckpointError("refers", name)


def _histories(past_passwords: list[PastPassword]) -> list[list[int]]:
    """Return the numbers of each account's past passwords, in order."""
    found: dict[str, list[int]] = {}
    for past in past_passwords:
        found.setdefault(past.basic_user_id, []).append(past.number)
    return [sorted(numbers) for numbers in found.values()]


def _history_fits(numbers: list[int]) -> bool:
    """Say whether they are those of the last changes: all of them, or as many as are kept."""
    last = numbers[-1]
    return numbers == [*range(max(last - HISTORY, 0) + 1, last + 1)]


def _ruled(name: str, value: object) -> bool:
    return isinstance(value, str) and problem(CATALOGUE[name], value) is None


def _hashed(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(_HASH, value) is not None


def _account(account: Account) -> bool:
    return (
        invented(account.basic_user_id)
        and _ruled("account_kind", account.account_kind)
        and _ruled("identity_prefix", account.identity_prefix)
        and set(account.names) == set(LANGUAGES)
        and not any(map(blank, account.names.values()))
        and (account.practice == "" or is_key(account.practice))
        and account.failed_tries <= MOST
        and _hashed(account.basic_password_hash)
    )


def _past(past: PastPassword) -> bool:
    return _hashed(past.basic_password_hash)


def _user(user: User) -> bool:
    named = _ruled("internet_user_id", user.internet_user_id) and fold(user.internet_user_id) == user.folded_id
    return named and user.failed_tries <= MOST and _hashed(user.internet_password_hash)


def _link(link: Link) -> bool:
    return 1 <= link.position <= FIGURE["linked_accounts"].value


def _cancelled(held: CancelledId) -> bool:
    return _ruled("internet_user_id", held.folded_id) and fold(held.folded_id) == held.folded_id


def _draft(draft: Draft) -> bool:
    have = set(draft.facts)
    named = re.fullmatch(ID, draft.draft_id) is not None and draft.flow in _WHOLE
    whole = named and any(needs <= have <= needs | more for needs, more in _WHOLE[draft.flow])
    if not whole or not all(_draft_fact(*fact) for fact in draft.facts.items()):
        return False
    return not problems((CATALOGUE[name] for name in PLAIN if name in have), draft.facts)


def _draft_fact(name: str, value: object) -> bool:
    return _FACTS[name](value) if name in _FACTS else _ruled(name, value)


def _session(session: Session) -> bool:
    ids = (session.session_id, session.changed_with or session.session_id, session.successor or session.session_id)
    ended = session.ended in ({"changed"} if session.successor else {"", "elsewhere", "changed"})
    return ended and all(re.fullmatch(ID, each) for each in ids)


def _notice(notice: Notice) -> bool:
    try:
        vet_notice(notice)
    except ScenarioError:
        return False
    return True


def _is_text(value: object) -> bool:
    return isinstance(value, str)


_FACTS: dict[str, Callable[[Any], bool]] = {
    "agreed": lambda value: value is True,
    "captcha_id": lambda value: _is_text(value) and re.fullmatch(f"({ID})?", value) is not None,
    "internet_password_hash": _hashed,
    "basic_password_hash": _hashed,
    "registered": lambda value: type(value) is int,
    "cancelled": lambda value: value is True,
    "free_at": lambda value: _is_text(value) and is_moment(value),
}

_CHOSEN = frozenset({"agreed", "account_kind"})
_WHOLE: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {
    "register": [
        (frozenset({"agreed"}), _CHOSEN),
        (_CHOSEN, frozenset(PLAIN)),
        (_CHOSEN | DETAILS | {"captcha_id"}, frozenset()),
        (_CHOSEN | DETAILS | {"captcha_id", "registered"}, frozenset({"basic_password_hash"})),
    ],
    "cancel": [
        (frozenset({"internet_user_id", "basic_user_id"}), frozenset()),
        (frozenset({"internet_user_id", "basic_user_id", "cancelled", "free_at"}), frozenset({"basic_password_hash"})),
    ],
}
"""What drafts of a flow hold at its stages: what they must, and what they may besides."""

SENSE: dict[type, Callable[[Any], bool]] = {
    Fact: fact_fits,
    Account: _account,
    PastPassword: _past,
    User: _user,
    Link: _link,
    CancelledId: _cancelled,
    Draft: _draft,
    Session: _session,
    Notice: _notice,
    NoticeRead: lambda _: True,  # it only refers
}
