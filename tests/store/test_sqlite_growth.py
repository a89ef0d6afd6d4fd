"""A file of an older version keeps its rows and gains what its records have gained."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from store.rows import NOON, account

from ipportal.store import Tables, open_store
from ipportal.store.schema import Account, Challenge, Draft, JournalEntry, Session, User
from ipportal.store.sqlite import APPLICATION_ID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLDER = f"""
PRAGMA application_id = {APPLICATION_ID};
CREATE TABLE user (folded_id TEXT NOT NULL, internet_user_id TEXT NOT NULL,
    internet_password_hash TEXT NOT NULL, registered_at TEXT NOT NULL, PRIMARY KEY (folded_id)) WITHOUT ROWID;
INSERT INTO user VALUES ('00012345', '00012345', 'invented', '2025-03-31T04:00:00.000000+00:00');
CREATE TABLE account (basic_user_id TEXT NOT NULL, practice TEXT NOT NULL, account_kind TEXT NOT NULL,
    identity_prefix TEXT NOT NULL, basic_password_hash TEXT NOT NULL, PRIMARY KEY (basic_user_id)) WITHOUT ROWID;
INSERT INTO account VALUES ('00012345', 'fresh-individual', 'personal', '0012', 'invented');
CREATE TABLE draft (draft_id TEXT NOT NULL PRIMARY KEY, flow TEXT NOT NULL, begun_at TEXT NOT NULL);
INSERT INTO draft VALUES ('draft', 'register', '2025-03-31T04:00:00.000000+00:00');
CREATE TABLE challenge (captcha_id TEXT NOT NULL PRIMARY KEY, answer TEXT NOT NULL, issued_at TEXT NOT NULL);
INSERT INTO challenge VALUES ('captcha', 'A1B2C3', '2025-03-31T04:00:00.000000+00:00');
CREATE TABLE session (session_id TEXT NOT NULL PRIMARY KEY, folded_id TEXT NOT NULL, begun_at TEXT NOT NULL,
    seen_at TEXT NOT NULL, forgotten TEXT);
INSERT INTO session VALUES ('session', '00012345', '2025-03-31T04:00:00.000000+00:00',
    '2025-03-31T04:00:00.000000+00:00', 'a column that no record has any more');
CREATE TABLE journal_entry (sequence INTEGER PRIMARY KEY AUTOINCREMENT, portal_time TEXT NOT NULL,
    real_time TEXT NOT NULL, step TEXT NOT NULL, outcome TEXT NOT NULL);
INSERT INTO journal_entry VALUES (7, '2025-03-31T04:00:00.000000+00:00', '2025-03-31T04:00:00.000000+00:00', 'x', 'y');
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "older.sqlite"
    conn = sqlite3.connect(found)
    conn.executescript(OLDER)
    conn.close()
    return found


@pytest.fixture
def grown(path: Path) -> Iterator[Tables]:
    tables = open_store(str(path))
    assert tables.backend.prepare() is False
    yield tables
    tables.backend.close()


def test_a_gained_count_flag_or_moment_begins_with_its_default(grown: Tables) -> None:
    assert grown.users.where() == [User("00012345", "00012345", "invented", NOON)]


def test_a_gained_mapping_begins_empty_and_a_true_default_is_true(grown: Tables) -> None:
    (found,) = grown.accounts.where()

    assert (found.names, found.issued, found.locked, found.failed_tries) == ({}, True, False, 0)
    assert isinstance(found, Account)


def test_gained_facts_and_revision_begin_at_nothing(grown: Tables) -> None:
    assert grown.drafts.where() == [Draft("draft", "register", NOON)]


def test_gained_texts_begin_empty(grown: Tables) -> None:
    assert grown.challenges.where() == [Challenge("captcha", "", "A1B2C3", NOON, "")]


def test_a_column_that_no_record_has_any_more_does_no_harm(grown: Tables) -> None:
    assert grown.sessions.where() == [Session("session", "00012345", NOON, NOON)]


def test_a_grown_journal_goes_on_from_its_last_number(grown: Tables) -> None:
    grown.journal.insert(JournalEntry(0, NOON, NOON, "new", "ok", "reason"))

    assert [(each.sequence, each.reason) for each in grown.journal.where()] == [(7, ""), (8, "reason")]


def test_a_grown_table_takes_new_rows(grown: Tables) -> None:
    grown.accounts.insert(account("99000001"))
    grown.accounts.update("00012345", names={"en": "Somebody"}, issued=False)

    assert grown.accounts.get("99000001") == account("99000001")
    assert [each.names["en"] for each in grown.accounts.where()] == ["Somebody", "Chan Lok Shan"]


def test_tables_and_indexes_that_were_missing_are_made(grown: Tables) -> None:
    assert grown.notices.where() == []
    indexes = {name for (name,) in grown.backend.rows("SELECT name FROM sqlite_master WHERE type = 'index'", {})}

    assert {"link_folded_id", "challenge_owner", "session_folded_id"} <= indexes


def test_growing_twice_changes_nothing_more(grown: Tables) -> None:
    before = grown.backend.rows("SELECT sql FROM sqlite_master ORDER BY name", {})

    grown.backend.prepare()

    assert grown.backend.rows("SELECT sql FROM sqlite_master ORDER BY name", {}) == before


def test_every_text_column_is_declared_as_text(grown: Tables) -> None:
    declared = {name: kind for _, name, kind, *_ in grown.backend.rows("PRAGMA table_info(past_password)", {})}

    assert declared == {"basic_user_id": "TEXT", "number": "INTEGER", "basic_password_hash": "TEXT"}


def test_preparing_a_store_that_is_ready_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "portal.sqlite"
    open_store(str(path)).backend.prepare()
    before = path.read_bytes()

    open_store(str(path)).backend.prepare()

    assert path.read_bytes() == before
