"""Every way through the rules that a submit can take, and which of them a journal shows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..rules import FIELDS, Choice, Field
from .base import FORM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..store.schema import JournalEntry

_CAPTCHA = ("captcha_wrong", "captcha_expired")
_PROVED = ("no_such_user", "wrong_credentials", "locked", "suspended")
_BASIC = ("wrong_basic_password", "locked")

STEPS: Mapping[str, tuple[str, ...]] = {
    "register/terms": ("not_agreed", "done"),
    "register/kind": ("stale", "done"),
    "register/details": (
        *("stale", *_CAPTCHA, "no_such_account", "other_kind", "other_prefix", "locked"),
        *("already_registered", "taken", "recently_cancelled", "done"),
    ),
    "register/confirm": (
        *("stale", "reviewed_another_revision", "changed", "password_changed", *_BASIC),
        *("already_registered", "taken", "recently_cancelled", "done"),
    ),
    "login/form": (*_PROVED, "done"),
    "logout": ("done",),
    "basic_password/form": ("stale", *_CAPTCHA, *_BASIC, "reused", "changed", "issued", "done"),
    "account/internet": ("stale", "wrong_credentials", "locked", "done"),
    "cancel/form": (*_CAPTCHA, *_PROVED, "done"),
    "cancel/confirm": ("stale", "changed", *_BASIC, "done"),
}
"""What only the portal knows, by step: the reasons in the journal, `issued` for the change of an issued password."""

ANYWHERE = ("csrf", "signed_out", "expired", "elsewhere", "changed")
"""The reasons at any form: its token is wrong, nobody is signed in, or why the session is over."""

_TOLD = {
    "captcha_wrong": ("captcha", "captcha_wrong"),
    "captcha_expired": ("captcha", "captcha_expired"),
    **dict.fromkeys(("taken", "recently_cancelled"), ("internet_user_id", "taken")),
    "wrong_basic_password": ("basic_password", "wrong_basic_password"),
    "reused": ("new_basic_password", "reused"),
    "account/internet.wrong_credentials": ("current_internet_password", "wrong_credentials"),
    "register/details.locked": (FORM, "not_recognised"),
    "no_such_user": (FORM, "wrong_credentials"),
    **dict.fromkeys(("no_such_account", "other_kind", "other_prefix", "already_registered"), (FORM, "not_recognised")),
    **dict.fromkeys(("reviewed_another_revision", "changed", "password_changed"), (FORM, "stale")),
}


def _of_field(rule: Field) -> Iterator[str]:
    if isinstance(rule, Choice):
        yield from (*rule.options, "required")
        return
    yield "accepted"
    yield "empty" if rule.optional else "required"
    if rule.again:
        yield "differs"
        return
    yield from ("length_short", "length_long", "chars")
    if rule.mixed:
        yield "mixed"
    if rule.unlike:
        yield "duplicate"


BRANCHES: tuple[str, ...] = (
    *(f"{rule.name}.{branch}" for rule in FIELDS for branch in _of_field(rule)),
    *(f"{step}.{reason}" for step, reasons in STEPS.items() for reason in reasons),
)
"""Every branch: `field.branch` for what can be judged alone, `step.reason` for what only the portal knows."""

_KNOWN = frozenset(BRANCHES)


def told(step: str, reason: str) -> tuple[str, str]:
    """Return at which field, and with which code, a visitor is told of a reason: most are a code of the whole form."""
    return _TOLD.get(f"{step}.{reason}") or _TOLD.get(reason, (FORM, reason))


def reached(entries: Iterable[JournalEntry]) -> Counter[str]:
    """Return how often each branch was taken in a journal; branches that were never taken are not in it."""
    found: Counter[str] = Counter()
    for entry in entries:
        found.update(branch for branch in _taken(entry) if branch in _KNOWN)
    return found


def _taken(entry: JournalEntry) -> Iterator[str]:
    for field, told in entry.judged.items():
        yield f"{field}.{told.get('branch', '')}"
    # A reason is one word, or a list of `field=code`; what was done without a remark has none.
    yield from {f"{entry.step}.{part.rpartition('=')[2] or 'done'}" for part in entry.reason.split(",")}


def summary(counts: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Return for each rule and step how many of its branches were reached, and how many there are."""
    found: dict[str, tuple[int, int]] = {}
    for branch in BRANCHES:
        name = branch.rpartition(".")[0]
        some, every = found.get(name, (0, 0))
        found[name] = (some + (counts.get(branch, 0) > 0), every + 1)
    return found
