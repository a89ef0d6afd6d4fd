"""What a page shows and what the store holds, as the model would have it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import bcrypt

if TYPE_CHECKING:
    from model.world import Codes, Row

    from ipportal.store import Tables
    from ipportal.store.schema import Draft, JournalEntry


class Shown:
    """A page as a browser without scripts sees it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.screen = _one('<body data-screen="([^"]*)"', text)
        self.lang = _one('<html lang="([^"]*)"', text)
        self.notice = _one('data-notice="([^"]*)"', text)
        found = re.findall('data-problem="([^"]*)" data-code="([^"]*)"', text)
        self.problems: Codes = dict(found)
        self.codes = sorted(found)
        form = _one('(?s)<form id="form"(.*?)</form>', text)
        self.hidden = dict(re.findall('<input type="hidden" name="([^"]*)" value="([^"]*)">', form))
        self.token = _one('name="csrf_token" value="([^"]*)"', text)
        self.answer = _one('data-testid="captcha-answer">([^<]*)<', text)

    def value(self, testid: str) -> str:
        """Return the words of the element of that name."""
        return _one(f'data-testid="{testid}">([^<]*)<', self.text)

    def notices(self) -> dict[str, bool]:
        """Return the notices on the board, and whether each is unread."""
        found = re.findall('<tr( class="unread")? data-testid="notice-([^"]*)"', self.text)
        return {reference: bool(unread) for unread, reference in found}

    def linked(self) -> list[str]:
        """Return which of the linked accounts still have their issued password."""
        return re.findall('data-testid="linked-[0-9]" data-issued="([a-z]*)"', self.text)


def _one(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return str(found[1]) if found else ""


@cache
def fits(secret: str, hashed: str) -> bool:
    """Say whether a secret has that hash."""
    return bcrypt.checkpw(secret.encode(), hashed.encode())


def clear(hashed: str, wanted: object) -> str:
    """Return the secret behind a hash where it is the wanted one."""
    return str(wanted) if isinstance(wanted, str) and fits(wanted, hashed) else f"another than {wanted}"


def held(tables: Tables, model: dict[str, Row]) -> dict[str, Any]:
    """Return what the store holds; the model's rows say which secrets to look for behind the hashes."""
    return {
        "accounts": _accounts(tables, model["accounts"]),
        "users": _users(tables, model["users"]),
        "cancelled": {each.folded_id: each.free_at for each in tables.cancelled_ids.where()},
        "drafts": {
            each.draft_id: _draft(each, model["drafts"].get(each.draft_id, {})) for each in tables.drafts.where()
        },
        "challenges": {
            each.captcha_id: {"owner": each.owner, "answer": each.answer, "issued": each.issued_at}
            for each in tables.challenges.where()
        },
        "sessions": {
            each.session_id: {
                "user": each.folded_id,
                "begun": each.begun_at,
                "seen": each.seen_at,
                "previous": each.previous_login_at,
                "ended": each.ended,
                "changed_with": each.changed_with,
                "successor": each.successor,
            }
            for each in tables.sessions.where()
        },
        "notices": {
            each.reference: {"published": each.published_on, "topic": each.topic} for each in tables.notices.where()
        },
    }


def _accounts(tables: Tables, model: Row) -> Row:
    past: dict[str, list[tuple[int, str]]] = {}
    for each in tables.past_passwords.where():
        past.setdefault(each.basic_user_id, []).insert(0, (each.number, each.basic_password_hash))
    found = {}
    for row in tables.accounts.where():
        wanted = model.get(row.basic_user_id, {})
        numbers = [number for number, _ in past.get(row.basic_user_id, [])]
        assert numbers == [max(numbers) - at for at in range(len(numbers))], "a gap in a history"
        known = [*wanted.get("past", []), *[None] * len(numbers)]
        found[row.basic_user_id] = {
            "kind": row.account_kind,
            "prefix": row.identity_prefix,
            "password": clear(row.basic_password_hash, wanted.get("password")),
            "issued": row.issued,
            "tries": row.failed_tries,
            "locked": row.locked,
            "salt": wanted.get("salt"),  # which the model counts
            "past": [clear(hashed, known[at]) for at, (_, hashed) in enumerate(past.pop(row.basic_user_id, []))],
        }
    assert not past, "a history of no account"
    return found


def _users(tables: Tables, model: Row) -> Row:
    links = sorted(tables.links.where(), key=lambda link: (link.folded_id, link.position))
    read = tables.notices_read.where()
    found = {}
    for row in tables.users.where():
        own = [link for link in links if link.folded_id == row.folded_id]
        assert [link.position for link in own] == list(range(1, len(own) + 1))
        found[row.folded_id] = {
            "shown": row.internet_user_id,
            "password": clear(row.internet_password_hash, model.get(row.folded_id, {}).get("password")),
            "registered": row.registered_at,
            "last_login": row.last_login_at,
            "tries": row.failed_tries,
            "locked": row.locked,
            "accounts": [link.basic_user_id for link in own],
            "read": {each.reference for each in read if each.folded_id == row.folded_id},
        }
    assert {link.folded_id for link in links} == set(found), "a link of nobody"
    assert {each.folded_id for each in read} <= set(found), "read by nobody"
    return found


def _draft(row: Draft, wanted: Row) -> Row:
    facts = dict(row.facts)
    if hashed := facts.pop("internet_password_hash", ""):
        facts["internet_password"] = clear(hashed, wanted.get("facts", {}).get("internet_password"))
    if hashed := facts.pop("basic_password_hash", ""):
        facts["basic_password"] = clear(hashed, wanted.get("facts", {}).get("basic_password"))
    found = {"flow": row.flow, "begun": row.begun_at, "facts": facts, "revision": row.revision}
    return found | {name: wanted[name] for name in ("begun_by", "salt") if name in wanted}  # what the store cannot tell


def told(row: JournalEntry) -> Row:
    """Return an entry of the journal; how each value was judged is others' to test."""
    return {name: getattr(row, name) for name in ("step", "outcome", "reason", "account", "codes")}
