"""What has to hold of a store at any moment, whatever went wrong before: I1 to I9, as far as its rows show them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ipportal.flows.accounts import HISTORY
from ipportal.flows.base import fold
from ipportal.flows.register import DETAILS
from ipportal.rules import FIGURE
from ipportal.store import MEMORY, Sqlite

if TYPE_CHECKING:
    from ipportal.store import Tables

Rows = dict[str, list[Any]]
LINKED = FIGURE["linked_accounts"].value


def assert_store_sane(tables: Tables) -> None:
    """Fail where rows contradict each other; they are read at one moment, so writers may be at work."""
    assert_file_sound(tables)
    rows = rows_of(tables)
    for judge in (_people, _links, _histories, _visits):
        judge(rows)


def rows_of(tables: Tables) -> Rows:
    """Return every row by table, all of one moment."""
    with tables.atomic():
        return {name: table.where() for name, table in tables.by_name.items()}


def assert_journal_tells(before: Rows, tables: Tables) -> None:
    """Fail where what visitors changed since *before* is not what the journal's new entries say (I1, I4, I6, I7).

    Staff and resets, who do not write as visitors do, must have kept away meanwhile.
    """
    after, seen = rows_of(tables), len(before["journal"])
    done = Counter((entry.step, entry.account) for entry in after["journal"][seen:] if entry.outcome == "done")
    assert after["journal"][:seen] == before["journal"]
    primaries = [{link.basic_user_id for link in rows["links"] if link.position == 1} for rows in (before, after)]
    numbers = [{past.basic_user_id: past.number for past in rows["past_passwords"]} for rows in (before, after)]
    kept = {account.basic_user_id: account for account in after["accounts"]}
    for old in before["accounts"]:
        key, new = old.basic_user_id, kept.pop(old.basic_user_id)
        registered = done["register/confirm", key] - done["cancel/confirm", key]
        assert (key in primaries[1]) - (key in primaries[0]) == registered, f"{key} registered {registered} times"
        changes = done["basic_password/form", key]
        assert numbers[1].get(key, 0) - numbers[0].get(key, 0) == changes, f"{key} changed {changes} times"
        assert (new.basic_password_hash != old.basic_password_hash) == bool(changes)
        assert new.issued == (old.issued and not changes)
    assert kept == {}
    drafts = [each.facts for each in after["drafts"] if each.flow == "register" and "registered" in each.facts]
    assert all(set(facts) >= DETAILS and done["register/confirm", facts["basic_user_id"]] for facts in drafts)
    taken = {user.folded_id for user in after["users"]} & {held.folded_id for held in after["cancelled_ids"]}
    assert not taken, "registered and cancelled at once"


def assert_file_sound(tables: Tables) -> None:
    """Fail where SQLite itself finds the file damaged, or left in another layout than was declared (I9)."""
    if not isinstance(tables.backend, Sqlite):
        return
    for pragma, told in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
        assert tables.backend.rows(f"PRAGMA {pragma}", {}) == told, pragma
    if tables.backend.path != MEMORY:
        assert tables.backend.rows("PRAGMA foreign_keys", {}) == [(1,)]


def _people(rows: Rows) -> None:
    """I1, I2: who is registered has an ID of their own, a password's hash and a primary account; counters fit."""
    ids = {user.folded_id for user in rows["users"]}
    assert len({fold(user.internet_user_id) for user in rows["users"]}) == len(ids)
    assert all(user.folded_id == fold(user.internet_user_id) for user in rows["users"])
    assert ids == {link.folded_id for link in rows["links"] if link.position == 1}, "a user without a primary account"
    for each in (*rows["users"], *rows["accounts"]):
        assert each.failed_tries >= 0
    assert all(user.internet_password_hash for user in rows["users"])
    assert all(account.basic_password_hash for account in rows["accounts"])


def _links(rows: Rows) -> None:
    """I1, I3, I9: an account is under one user at most, and nothing refers to what is not there."""
    users, accounts = ({user.folded_id for user in rows["users"]}, {row.basic_user_id for row in rows["accounts"]})
    assert {link.folded_id for link in rows["links"]} <= users
    assert {link.basic_user_id for link in rows["links"]} <= accounts
    assert max(Counter(link.basic_user_id for link in rows["links"]).values(), default=1) == 1
    places = Counter((link.folded_id, link.position) for link in rows["links"])
    assert max(places.values(), default=1) == 1, "two accounts in one place"
    assert all(1 <= link.position <= LINKED for link in rows["links"])
    assert {past.basic_user_id for past in rows["past_passwords"]} <= accounts
    assert {session.folded_id for session in rows["sessions"]} <= users
    assert {read.folded_id for read in rows["notices_read"]} <= users
    assert {read.reference for read in rows["notices_read"]} <= {notice.reference for notice in rows["notices"]}


def _histories(rows: Rows) -> None:
    """I6: the numbers of a history have no gap, and it is as long as the rule says once that many were replaced."""
    numbers: dict[str, list[int]] = {}
    for past in rows["past_passwords"]:
        numbers.setdefault(past.basic_user_id, []).append(past.number)
    for basic_user_id, found in numbers.items():
        assert found == list(range(found[0], found[0] + len(found))), basic_user_id
        assert len(found) <= HISTORY
        assert found[0] == 1 or len(found) == HISTORY, f"{basic_user_id} lost a part of its history"


def _visits(rows: Rows) -> None:
    """One living session a user, a successor only after a change, one open challenge an owner, a journal in order."""
    living = Counter(session.folded_id for session in rows["sessions"] if not session.ended)
    assert max(living.values(), default=1) == 1, living
    assert all(session.ended == "changed" for session in rows["sessions"] if session.successor)
    assert max(Counter(each.owner for each in rows["challenges"]).values(), default=1) == 1
    sequence = [entry.sequence for entry in rows["journal"]]
    assert sequence == sorted(set(sequence))
