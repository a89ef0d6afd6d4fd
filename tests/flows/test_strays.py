"""Whose form it is: one that was made for another draft or user strays, one that does not say so is believed."""

from __future__ import annotations

import pytest

from ipportal.flows.base import strays, subject


@pytest.mark.parametrize(
    ("typed", "stray"),
    [({}, False), ({"subject": ""}, False), ({"subject": subject("nimchi07")}, False)]
    + [({"subject": each}, True) for each in (subject("hofung08"), "nimchi07", "x")],
)
def test_a_form_strays_that_says_it_is_for_another(typed: dict[str, str], *, stray: bool) -> None:
    assert strays(typed, "nimchi07") is stray


def test_a_form_does_not_tell_whose_it_is() -> None:
    assert "nimchi07" not in subject("nimchi07")
