"""The address of a server is shown without its password, however odd it is written."""

from __future__ import annotations

import pytest

from ipportal.settings import Settings
from ipportal.store import Unavailable, open_store
from ipportal.store.address import is_server, parted, shown

PLACE = "postgresql://desk.test/portal"


@pytest.mark.parametrize(
    ("store", "told"),
    [
        ("/var/portal.sqlite", "/var/portal.sqlite"),
        (":memory:", ":memory:"),
        ("postgresql://trainer:hush@desk.test:5432/portal", "postgresql://trainer@desk.test:5432/portal"),
        ("postgres://trainer@desk.test/portal", "postgres://trainer@desk.test/portal"),
        ("postgresql://desk.test/portal?password=hush", PLACE),
        ("postgresql://a.test:5432,b.test/portal", "postgresql://a.test:5432,b.test/portal"),
        ("postgresql:///portal?host=/run/postgresql", "postgresql:///portal"),
    ],
)
def test_an_address_is_shown_without_what_is_secret(store: str, told: str) -> None:
    assert shown(store) == told


@pytest.mark.parametrize(
    "store",
    [
        "postgresql://trainer:hu@sh@desk.test/portal",
        "postgresql://trainer:hu/sh@desk.test/portal",
        "postgresql://trainer:hu?sh@desk.test/portal",
        "postgresql://trainer:hu#sh@desk.test/portal",
        "postgresql://trainer:hush",
        "postgresql://desk.test/portal?password=hu@sh",
        "postgresql://desk.test/portal#hush",
        "mysql://trainer:hush@desk.test/portal",
    ],
)
def test_of_an_address_that_is_odd_only_the_kind_is_shown(store: str) -> None:
    assert shown(store) == f"{store.partition('://')[0]}://…"


@pytest.mark.parametrize(
    ("store", "found"),
    [
        (PLACE, (PLACE, "ipportal")),
        (f"{PLACE}?schema=class_a", (PLACE, "class_a")),
        (f"{PLACE}?schema=a&sslmode=require", (f"{PLACE}?sslmode=require", "a")),
        (f"{PLACE}?sslmode=require&schema=a", (f"{PLACE}?sslmode=require", "a")),
        (f"{PLACE}?x=1&schema=a&y=2", (f"{PLACE}?x=1&y=2", "a")),
    ],
)
def test_the_schema_is_taken_off_the_address(store: str, found: tuple[str, str]) -> None:
    assert parted(store) == found


@pytest.mark.parametrize("schema", ["", "A", "1a", "a-b", 'a"', "a;drop", "x" * 21])
@pytest.mark.parametrize("mark", ["?", "?sslmode=require&"])
def test_a_schema_of_another_form_is_refused_before_anybody_is_asked(schema: str, mark: str) -> None:
    with pytest.raises(Unavailable) as refusal:
        open_store(f"{PLACE}{mark}schema={schema}")

    assert (refusal.value.code, refusal.value.where) == ("schema", PLACE)


def test_what_has_a_scheme_is_on_a_server() -> None:
    assert is_server(PLACE)
    assert not is_server("portal.sqlite")


def test_settings_that_are_printed_for_a_programmer_hold_no_address() -> None:
    assert "hush" not in repr(Settings(store="postgresql://trainer:hush@desk.test/portal"))
