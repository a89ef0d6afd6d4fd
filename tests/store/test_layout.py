"""The layout of a store's file, worked by hand: what other programs find there, and what a row has that nobody gave."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from store.rows import NOON

from ipportal.store import sqlite
from ipportal.store.columns import pack
from ipportal.store.schema import Account, Draft, JournalEntry, Record, Session, User

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ipportal.store import Tables

EARLIEST = "'1999-12-31T16:00:00.000000+00:00'"


@pytest.fixture
def conn(tables: Tables, path: Path) -> Iterator[sqlite3.Connection]:
    """The file of a store, opened without the portal."""
    assert tables.users.where()
    found = sqlite3.connect(path)
    yield found
    found.close()


# Name, type, whether it must be given, the default for older rows, and the place in the key.
LAYOUT = {
    "user": [
        ("folded_id", "TEXT", 1, "''", 1),
        ("internet_user_id", "TEXT", 1, "''", 0),
        ("internet_password_hash", "TEXT", 1, "''", 0),
        ("registered_at", "TEXT", 1, EARLIEST, 0),
        ("last_login_at", "TEXT", 0, None, 0),
        ("failed_tries", "INTEGER", 1, "0", 0),
        ("locked", "INTEGER", 1, "0", 0),
    ],
    "past_password": [
        ("basic_user_id", "TEXT", 1, "''", 1),
        ("number", "INTEGER", 1, "0", 2),
        ("basic_password_hash", "TEXT", 1, "''", 0),
    ],
    "challenge": [
        ("captcha_id", "TEXT", 1, "''", 1),
        ("owner", "TEXT", 1, "''", 0),
        ("answer", "TEXT", 1, "''", 0),
        ("issued_at", "TEXT", 1, EARLIEST, 0),
        ("noise", "TEXT", 1, "''", 0),
    ],
    "fact": [("name", "TEXT", 1, "''", 1), ("value", "TEXT", 1, "'{}'", 0)],
    "notice": [
        ("reference", "TEXT", 1, "''", 1),
        ("published_on", "TEXT", 1, "''", 0),
        ("topic", "TEXT", 1, "''", 0),
        ("subject", "TEXT", 1, "'{}'", 0),
        ("body", "TEXT", 1, "'{}'", 0),
    ],
}


@pytest.mark.parametrize("table", LAYOUT)
def test_a_tables_columns_are_those_that_were_agreed(conn: sqlite3.Connection, table: str) -> None:
    found = conn.execute(f"PRAGMA table_info({table})").fetchall()

    assert [(name, kind, given, default, key) for _, name, kind, given, default, key in found] == LAYOUT[table]


@pytest.mark.parametrize(
    ("record", "left_out"),
    [
        (Account("99", "new", "personal", "ZZ99", {}, ""), {"issued": True, "failed_tries": 0, "locked": False}),
        (User("id", "ID", "", NOON), {"last_login_at": None, "failed_tries": 0, "locked": False}),
        (Draft("draft", "register", NOON), {"facts": {}, "revision": 0}),
        (
            Session("session", "id", NOON, NOON),
            {"previous_login_at": None, "ended": "", "changed_with": "", "successor": ""},
        ),
        (JournalEntry(1, NOON, NOON, "home", "done", ""), {"account": "", "codes": {}, "judged": {}}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_nobody_gives_a_row_is_nothing_yet(record: Record, left_out: dict[str, Any]) -> None:
    assert {name: getattr(record, name) for name in left_out} == left_out


def test_a_new_row_has_facts_of_its_own() -> None:
    assert Draft("one", "register", NOON).facts is not Draft("two", "register", NOON).facts


def test_a_file_can_be_told_from_other_applications_by_its_head(conn: sqlite3.Connection, path: Path) -> None:
    conn.execute("PRAGMA wal_checkpoint")

    assert path.read_bytes()[68:72] == b"IPP1"


def test_words_are_kept_as_they_are_written() -> None:
    assert pack({"zh-Hant": "颱風"}) == '{"zh-Hant": "颱風"}'


def test_a_visitor_waits_five_seconds_for_others_before_the_store_counts_as_busy() -> None:
    assert sqlite._BUSY_SECONDS == 5
