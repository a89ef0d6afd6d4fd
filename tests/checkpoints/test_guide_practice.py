"""Who the person at a step of the guide is, and what they type."""

from __future__ import annotations

import pytest

from ipportal.checkpoints import NEW_BASIC_PASSWORD, STEPS, TYPED, guide, practice
from ipportal.rules import CATALOGUE, problem
from ipportal.settings import LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", STEPS)
def test_who_a_step_is_for_is_told_with_what_they_type(name: str, lang: str) -> None:
    told = practice(name, lang)

    person = guide.people()[STEPS[name].person]
    assert told["person"] == person.published(lang)
    assert told["typed"] == (TYPED if name.startswith("register") else {"new_basic_password": NEW_BASIC_PASSWORD})


@pytest.mark.parametrize("name", [*TYPED, "new_basic_password"])
def test_what_is_typed_passes_the_visitors_rules(name: str) -> None:
    value = (TYPED | {"new_basic_password": NEW_BASIC_PASSWORD})[name]

    assert problem(CATALOGUE[name], value) is None
