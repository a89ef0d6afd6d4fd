"""The corpus itself: readable, whole, and with enough that has to be let through."""

from __future__ import annotations

import json

import pytest
from corpus.entries import KINDS, entries, text_of
from corpus.stage import FORMS

ALL = [(kind, entry) for kind in KINDS for entry in entries(kind)]


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_is_one_line_in_which_every_odd_character_is_seen(kind: str) -> None:
    lines = text_of(kind).split("\n")

    assert lines.pop() == ""
    for line in lines:
        assert line.isascii()
        assert line.isprintable()
        assert json.dumps(json.loads(line)) == line


def test_there_are_enough_entries_and_a_tenth_of_them_and_more_are_let_through() -> None:
    accepted = [entry for _, entry in ALL if entry.accepted]

    assert len(ALL) >= 1400
    assert len(accepted) >= len(ALL) / 10
    assert len({(kind, entry.id) for kind, entry in ALL}) == len(ALL)
    assert all(entry.why and entry.expect["status"] for _, entry in ALL)


def test_what_is_refused_changes_nothing_but_a_count_of_wrong_tries() -> None:
    for _, entry in ALL:
        assert entry.accepted or entry.changes <= {"accounts", "users"}, entry.id


def test_every_field_of_every_form_meets_the_empty_the_missing_and_the_repeated() -> None:
    met = {tuple(entry.id.partition(":")[::2]) for entry in entries("fields")}

    for form, (_, right) in FORMS.items():
        for field in right:
            for way in ("empty", "missing", "twice"):
                assert (f"{form}.{field}", way) in met
