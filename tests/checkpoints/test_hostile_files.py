"""An old, broken or hostile file is refused by its code before any row is looked at, and nothing has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from checkpoints.forge import LIST, altered, furnished, own
from houses import rows

from ipportal.checkpoints import CheckpointError, Shelf, files

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


def test_what_the_faults_are_made_from_is_without_one(portal: Portal) -> None:
    text = altered(Shelf(portal).snapshot(), lambda file: file)

    assert Shelf(portal).restore(text).path == "/account"


@pytest.mark.parametrize(
    "text",
    ["", " ", "{", "[", "null,", "{'a': 1}", "\ufeff{}", "[" * 100_000, '{"a":' * 100_000, "9" * 5000, "\0", "nope"],
)
def test_a_file_that_is_no_json_is_refused(portal: Portal, text: str) -> None:
    assert fault(portal, text) == ("json", "")


@pytest.mark.parametrize("text", ["null", "1", "true", '"x"', "[]", "{}", '{"format": null}', '{"format": "zip"}'])
def test_a_file_of_another_format_is_refused(portal: Portal, text: str) -> None:
    assert fault(portal, text) == ("format", "ipportal-checkpoint")


@pytest.mark.parametrize("version", [0, 2, -1, None, "1", [1], {}, 1.0, 1.5, True, 10**30])
def test_a_file_of_another_version_is_refused(portal: Portal, version: object) -> None:
    text = altered(Shelf(portal).snapshot(), setting("version", version))

    assert fault(portal, text) == ("version", "1")


@pytest.mark.parametrize("name", KEYS[2:])
def test_a_file_that_lacks_a_key_is_refused(portal: Portal, name: str) -> None:
    text = altered(Shelf(portal).snapshot(), lambda file: file.pop(name))

    assert fault(portal, text) == ("keys", " ".join(KEYS))


@pytest.mark.parametrize("name", ["", "Tables", "settings", "__class__"])
def test_a_file_with_another_key_is_refused(portal: Portal, name: str) -> None:
    text = altered(Shelf(portal).snapshot(), setting(name, {}))

    assert fault(portal, text) == ("keys", " ".join(KEYS))


def without(table: str) -> Callable[[dict[str, Any]], object]:
    return lambda file: file["columns"].pop(table)


def turned(table: str) -> Callable[[dict[str, Any]], object]:
    return lambda file: file["columns"][table].reverse()


def longer(table: str) -> Callable[[dict[str, Any]], object]:
    return lambda file: file["columns"][table].append("picture")


@pytest.mark.parametrize("change", [without, turned, longer])
@pytest.mark.parametrize("table", ["users", "journal", "facts"])
def test_a_file_with_the_columns_of_another_version_is_refused(
    portal: Portal, table: str, change: Callable[[str], Callable[[dict[str, Any]], object]]
) -> None:
    text = altered(Shelf(portal).snapshot(), change(table))

    code, where = fault(portal, text)

    assert code == "columns"
    assert where.split() == list(files.layout(portal.tables))


@pytest.mark.parametrize("columns", [None, [], "users", {}])
def test_a_file_whose_columns_are_no_columns_is_refused(portal: Portal, columns: object) -> None:
    text = altered(Shelf(portal).snapshot(), setting("columns", columns))

    assert fault(portal, text)[0] == "columns"


@pytest.mark.parametrize("moment", [None, 1, LIST, "", "now", "2025-03-31", "2025-03-31T12:00:00", "\x1b[2J"])
def test_a_file_that_was_saved_at_no_moment_is_refused(portal: Portal, moment: object) -> None:
    text = altered(Shelf(portal).snapshot(), setting("saved_at", moment))

    assert fault(portal, text) == ("row", "saved_at")
