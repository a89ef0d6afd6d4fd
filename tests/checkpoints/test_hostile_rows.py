"""A row that the portal could not have written is refused by its place, and nothing has changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from checkpoints.forge import HASH, altered, cell, furnished, own, row
from houses import rows

from ipportal.checkpoints import CheckpointError, Shelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoints.forge import File

    from ipportal.portal import Portal

NO_TEXTS: list[object] = [None, 1, 1.5, True, [], {}, "x" * 20_001, "a\0", "a\tb", "\ud800", "\u202e", "a\rb"]
NO_NUMBERS: list[object] = [None, "1", 1.5, True, -1, 2**53, 10**30, [], {}, "1; DROP TABLE users"]
NO_FLAGS: list[object] = [None, "1", True, False, 2, -1, 1.0, []]
NO_MOMENTS = [
    *(None, 1, "", "now", "2025-03-31", "2025-03-31T04:00:00+00:00", "2025-03-31T04:00:00.000000"),
    *("2025-03-31T04:00:00.000000+08:00", "2025-03-31T04:00:00.000000+00:00\n", "2025-02-30T04:00:00.000000+00:00"),
    *("1999-12-31T15:59:59.999999+00:00", "2200-01-01T00:00:00.000000+00:00", "2025-13-01T00:00:00.000000+00:00"),
    *("\uff12025-03-31T04:00:00.000000+00:00", "2025-03-31T24:00:00.000000+00:00", "9999-12-31T23:59:59.999999+00:00"),
]
NO_WORDS: list[object] = [
    *(None, 1, {}, "", "x", "[]", "null", "{", '{"en": 1}', '{"en": null}', '{"en": {}}', "{} {}"),
    *('{"en": "\ud800"}', '{"en": "\\ud800"}', '{"a":' * 3000, '{"en": "' + "x" * 200_000 + '"}'),
]
LANGUAGES = {"zh-Hant": "某", "en": "X", "zh-Hans": "某"}
NO_HASHES = ["", "x", "$2b$04$", HASH[:-1], HASH + "a", HASH.replace("$04", "$03"), HASH.replace("$04", "$16")]


def fault(portal: Portal, *changes: Callable[[File], None]) -> tuple[str, str]:
    text = Shelf(portal).snapshot()
    for change in changes:
        text = altered(text, change)
    before = rows(portal)
    with pytest.raises(CheckpointError) as refusal:
        Shelf(portal).restore(text)
    assert rows(portal) == before
    return refusal.value.code, refusal.value.where


@pytest.fixture
def portal(seeded: Portal) -> Portal:
    return furnished(own(seeded))


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        *(("accounts", "practice", value) for value in NO_TEXTS),
        *(("journal", "reason", value) for value in NO_TEXTS),
        *(("accounts", "failed_tries", value) for value in NO_NUMBERS),
        *(("journal", "sequence", value) for value in NO_NUMBERS),
        *(("users", "locked", value) for value in NO_FLAGS),
        *(("users", "registered_at", value) for value in NO_MOMENTS),
        *(("users", "last_login_at", value) for value in NO_MOMENTS if value is not None),
        *(("accounts", "names", value) for value in NO_WORDS),
        *(("journal", "codes", value) for value in NO_WORDS),
    ],
)
def test_a_value_of_another_kind_is_refused(portal: Portal, table: str, column: str, value: object) -> None:
    assert fault(portal, cell(table, column, value)) == ("row", f"{table}[0]")


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        *(("accounts", "basic_user_id", value) for value in ("", "04000001", "9900010", "990001011", "9900010x")),
        *(("accounts", "account_kind", value) for value in ("", "joint", "Personal")),
        *(("accounts", "identity_prefix", value) for value in ("", "ZA1", "ZA123", "ZA 1")),
        *(("accounts", "names", json.dumps(value)) for value in ({}, {"en": "X"}, LANGUAGES | {"fr": "X"})),
        *(("accounts", "names", json.dumps(LANGUAGES | {"en": value})) for value in ("", " ", "\u2800", "\x1b[2J")),
        *(("accounts", "practice", value) for value in (" ", "a\nb", "x" * 81)),
        *((table, "failed_tries", 10_001) for table in ("accounts", "users")),
        *(("accounts", "basic_password_hash", value) for value in NO_HASHES),
        *(("past_passwords", "basic_password_hash", value) for value in NO_HASHES),
        *(("users", "internet_password_hash", value) for value in NO_HASHES),
        *(("users", "internet_user_id", value) for value in ("", "short", "another1", "x" * 40)),
        *(("users", "folded_id", value) for value in ("", "another1", "GONE0016")),
        *(("cancelled_ids", "folded_id", value) for value in ("", "GONE0016", "gone 016", "x" * 40)),
        *(("links", "position", value) for value in (0, 5, 100)),
        *(("sessions", "session_id", value) for value in ("", "short", "a session", "x" * 101)),
        *(("sessions", "ended", value) for value in ("yes", "Changed", "expired")),
        *(("sessions", "changed_with", value) for value in ("short", "a session")),
        *(("sessions", "successor", value) for value in ("short", "a session")),
        *(("notices", "reference", value) for value in ("", "a b", "../x", "x" * 41)),
        *(("notices", "published_on", value) for value in ("", "today", "2025-1-1", "2025-13-45")),
        *(("notices", "topic", value) for value in ("", "gossip")),
        *(("notices", "subject", json.dumps(value)) for value in ({}, {"en": "X"}, LANGUAGES | {"fr": "X"})),
        *(("notices", "body", json.dumps(value)) for value in ({}, {"en": "X"})),
        *(
            (*each, json.dumps(LANGUAGES | {"en": "\x1b[31m"}))
            for each in (("accounts", "names"), ("notices", "subject"))
        ),
        ("notices", "body", json.dumps(LANGUAGES | {"en": "X\x00"})),
    ],
)
def test_a_value_that_breaks_the_visitors_rules_is_refused(
    portal: Portal, table: str, column: str, value: object
) -> None:
    assert fault(portal, cell(table, column, value)) == ("row", f"{table}[0]")


def test_the_row_that_is_wrong_is_named(portal: Portal) -> None:
    assert fault(portal, cell("accounts", "locked", 7, at=3)) == ("row", "accounts[3]")
    assert fault(portal, cell("accounts", "account_kind", "joint", at=4)) == ("row", "accounts[4]")


@pytest.mark.parametrize(
    ("change", "table"),
    [
        (row("links", basic_user_id="99999999"), "links"),
        (row("links", basic_user_id="99000101", folded_id="nobody01"), "links"),
        (cell("links", "position", 4), "links"),
        (lambda file: file["tables"].update(links=[]), "links"),
        (lambda file: file["tables"].update(users=[]), "links"),
        (lambda file: file["tables"].update(accounts=[]), "links"),
        (row("past_passwords", basic_user_id="99999999"), "past_passwords"),
        (row("cancelled_ids", folded_id="nimchi07"), "cancelled_ids"),
        (row("sessions", session_id="another-1", folded_id="nobody01"), "sessions"),
        (row("notices_read", folded_id="nobody01"), "notices_read"),
        (row("notices_read", reference="TRN-nowhere"), "notices_read"),
        (lambda file: file["tables"].update(notices=[]), "notices_read"),
        (row("users", folded_id="unlinked", internet_user_id="Unlinked"), "links"),
    ],
)
def test_a_row_that_refers_to_what_is_not_there_is_refused(
    portal: Portal, change: Callable[[File], None], table: str
) -> None:
    assert fault(portal, change) == ("refers", table)


def test_two_accounts_in_one_place_of_a_user_are_refused(portal: Portal) -> None:
    folded_id = portal.tables.links.where()[0].folded_id

    assert fault(portal, row("links", basic_user_id="99000101", folded_id=folded_id)) == ("refers", "links")


def test_an_account_that_could_be_real_is_never_let_in(portal: Portal) -> None:
    assert fault(portal, row("accounts", basic_user_id="04000001"))[0] == "row"
    assert portal.tables.accounts.get("04000001") is None


def test_every_cell_that_is_put_out_of_kind_is_refused(portal: Portal) -> None:
    file = json.loads(Shelf(portal).snapshot())
    cells = [(table, name) for table, names in file["columns"].items() for name in names]

    told = {(table, name): fault(portal, cell(table, name, [1])) for table, name in cells}

    assert len(cells) > 50
    assert {told[each] == ("row", f"{each[0]}[0]") for each in cells} == {True}
