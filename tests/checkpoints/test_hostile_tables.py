"""Tables and rows of another shape are refused by their place, and nothing has changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from checkpoints.forge import altered, furnished, own
from houses import rows
from props import new_portal

from ipportal.checkpoints import CheckpointError, Shelf, files
from ipportal.checkpoints.files import LEFT_BEHIND

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipportal.portal import Portal

KEYS = ("format", "version", "saved_at", "cookie", "path", "columns", "tables")


def setting(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(file: dict[str, Any]) -> None:
        file[name] = value

    return change


def fault(portal: Portal, text: str) -> tuple[str, str]:
    """Return the code and the words with which a file is refused, once it is seen that nothing changed."""
    before = rows(portal)
    with pytest.raises(CheckpointError) as refusal:
        Shelf(portal).restore(text)
    assert rows(portal) == before
    return refusal.value.code, refusal.value.where


@pytest.fixture
def portal(seeded: Portal) -> Portal:
    return furnished(own(seeded))


@pytest.mark.parametrize("tables", [None, [], "users", 1, {}])
def test_a_file_whose_tables_are_no_tables_is_refused(portal: Portal, tables: object) -> None:
    text = altered(Shelf(portal).snapshot(), setting("tables", tables))

    code, where = fault(portal, text)

    assert code == "tables"
    assert where.split() == list(files.layout(portal.tables))


@pytest.mark.parametrize("name", [*sorted(LEFT_BEHIND), "sqlite_master", "user", ""])
def test_a_file_with_a_table_that_stays_behind_is_refused(portal: Portal, name: str) -> None:
    text = altered(Shelf(portal).snapshot(), lambda file: file["tables"].update({name: []}))

    assert fault(portal, text)[0] == "tables"


@pytest.mark.parametrize("name", ["facts", "links", "journal"])
def test_a_file_that_lacks_a_table_is_refused(portal: Portal, name: str) -> None:
    text = altered(Shelf(portal).snapshot(), lambda file: file["tables"].pop(name))

    assert fault(portal, text)[0] == "tables"


@pytest.mark.parametrize("name", ["users", "journal", "notices_read", "facts"])
@pytest.mark.parametrize("found", [None, 1, "rows", {}, {"0": []}])
def test_rows_that_are_no_rows_are_refused(portal: Portal, name: str, found: object) -> None:
    text = altered(Shelf(portal).snapshot(), lambda file: file["tables"].update({name: found}))

    assert fault(portal, text) == ("row", name)


@pytest.mark.parametrize("name", ["users", "journal", "notices_read", "facts"])
@pytest.mark.parametrize("found", [None, 1, "row", {}, [], ["x"], ["x"] * 20])
def test_a_row_of_another_shape_is_refused(portal: Portal, name: str, found: object) -> None:
    text = altered(Shelf(portal).snapshot(), lambda file: file["tables"][name].insert(0, found))

    assert fault(portal, text) == ("row", f"{name}[0]")


def test_a_journal_as_long_as_a_course_is_taken(portal: Portal) -> None:
    kept = Shelf(portal).snapshot()
    (row, *_) = json.loads(kept)["tables"]["journal"]
    many = [[number, *row[1:]] for number in range(1, 20_002)]
    text = altered(kept, lambda file: file["tables"].update(journal=many))

    Shelf(portal).restore(text)

    assert len(portal.tables.journal.where()) >= len(many)


@pytest.mark.parametrize("name", [each for each in new_portal().tables.by_name if each not in LEFT_BEHIND])
def test_two_rows_of_one_key_are_refused(portal: Portal, name: str) -> None:
    text = altered(Shelf(portal).snapshot(), lambda file: file["tables"][name].append(file["tables"][name][0]))

    code, where = fault(portal, text)

    assert (code, where) == ("twice", name)


def test_a_file_that_is_cut_short_anywhere_is_refused(portal: Portal) -> None:
    text = Shelf(portal).snapshot()

    codes = {fault(portal, text[:at])[0] for at in range(0, len(text), max(len(text) // 40, 1))}

    assert codes == {"json"}


def test_keys_that_stand_twice_count_as_the_last(portal: Portal) -> None:
    text = Shelf(portal).snapshot()
    doubled = text[:-1] + ',"version":2}'

    assert fault(portal, doubled) == ("version", "1")
    assert json.loads(doubled)["version"] == 2
