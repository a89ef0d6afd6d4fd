"""At the start: a file that is not ours, or that cannot be written, is refused with a code and left alone."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from store.rows import user

from ipportal.store import Unavailable, open_store, sqlite
from ipportal.store.sqlite import APPLICATION_ID


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "portal.sqlite"


def _refused(path: Path) -> str:
    """Return the code of the refusal, and see that it names the file."""
    tables = open_store(str(path))
    with pytest.raises(Unavailable) as refusal:
        tables.backend.prepare()
    tables.backend.close()
    assert refusal.value.where == str(path)
    return refusal.value.code


@pytest.mark.parametrize(
    "content",
    [b"xy", b"A letter to somebody.\n", b"\0" * 100, b"text\n" * 5000, b"SQLite format 3\0" + b"\xff" * 5000],
    ids=["two bytes", "a line", "NULs", "a long text", "a false beginning"],
)
def test_a_file_that_is_no_database_is_refused_and_keeps_its_content(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    assert _refused(path) == "foreign"
    assert path.read_bytes() == content
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("mark", [0, 1, APPLICATION_ID + 1])
def test_the_database_of_another_application_is_refused_and_keeps_its_content(path: Path, mark: int) -> None:
    conn = sqlite3.connect(path)
    conn.executescript(f"PRAGMA application_id = {mark}; CREATE TABLE user (name TEXT); INSERT INTO user VALUES ('x');")
    conn.close()
    content = path.read_bytes()

    assert _refused(path) == "foreign"
    assert path.read_bytes() == content


def test_the_database_of_another_application_keeps_its_journal_mode(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.executescript("PRAGMA journal_mode = wal; CREATE TABLE theirs (name TEXT);")
    conn.close()
    content = path.read_bytes()

    assert _refused(path) == "foreign"
    assert path.read_bytes() == content


def test_a_database_without_tables_may_still_be_someone_elses(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA user_version = 5")
    conn.close()
    content = path.read_bytes()

    assert _refused(path) == "foreign"
    assert path.read_bytes() == content


def test_an_empty_file_is_taken_for_a_new_store(path: Path) -> None:
    path.touch()
    tables = open_store(str(path))

    assert tables.backend.prepare() is True
    tables.backend.close()


def test_a_file_that_may_not_be_written_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.touch()
    # Root may write everywhere, and tests may run as root: so the system's answer is given for it.
    monkeypatch.setattr(os, "access", lambda found, mode: (Path(found), mode) != (path, os.W_OK))

    assert _refused(path) == "read_only"


def test_a_file_that_is_there_is_opened_without_a_touch(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"")
    monkeypatch.setattr(Path, "touch", _denied)
    tables = open_store(str(path))

    assert tables.backend.prepare() is True
    tables.backend.close()


def test_a_file_that_may_not_be_made_is_missing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "touch", _denied)  # as above: a folder that root may write into all the same

    assert _refused(path) == "missing"
    assert not path.exists()


def _denied(path: Path, mode: int = 0o666) -> None:
    raise PermissionError(mode, "denied", str(path))


def test_a_folder_that_cannot_be_made_leaves_the_store_missing(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()

    assert _refused(tmp_path / "a file" / "portal.sqlite") == "missing"


def test_a_store_whose_beginning_is_overwritten_is_refused_as_foreign(path: Path) -> None:
    tables = open_store(str(path))
    tables.backend.prepare()
    tables.backend.close()
    with path.open("r+b") as file:
        file.write(b"\xff" * 200)

    assert _refused(path) == "foreign"


def test_a_store_that_another_process_holds_is_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 0.05)
    tables = open_store(str(path))
    tables.backend.prepare()
    tables.users.insert(user())
    tables.backend.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    assert _refused(path) == "busy"

    other.close()
    assert tables.users.where() == [user()]
    tables.backend.close()


def test_the_address_of_another_server_is_refused_without_repeating_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(Unavailable) as refusal:
        open_store("mysql://trainer:hush@desk.test/portal")

    assert (refusal.value.code, refusal.value.where) == ("unknown", "mysql://\u2026")
    assert [*tmp_path.iterdir()] == []
