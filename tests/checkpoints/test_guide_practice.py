"""Who the person at a step of the guide is, and what they type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from checkpoints.forge import own
from props import WORD

from ipportal.checkpoints import NEW_BASIC_PASSWORD, STEPS, TYPED, guide, practice
from ipportal.rules import CATALOGUE, problems
from ipportal.settings import LANGUAGES

if TYPE_CHECKING:
    from ipportal.portal import Portal

FIRST_LOGIN = {
    "internet_user_id": "LongTin6",
    "internet_password": "Practice20256",
    "basic_password": "26457513",
    "new_basic_password": NEW_BASIC_PASSWORD,
    "new_basic_password_again": NEW_BASIC_PASSWORD,
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", STEPS)
def test_who_a_step_is_for_is_told_with_what_they_type(name: str, lang: str) -> None:
    told = practice(name, lang)

    person = guide.people()[STEPS[name].person]
    assert told["person"] == person.published(lang)
    assert told["typed"] == (TYPED if name.startswith("register") else FIRST_LOGIN)


@pytest.mark.parametrize("typed", [TYPED, FIRST_LOGIN])
def test_what_is_typed_passes_the_visitors_rules(typed: dict[str, str]) -> None:
    assert problems([CATALOGUE[name] for name in typed], typed) == {}


def test_what_the_first_login_types_signs_in_and_changes_the_basic_password(seeded: Portal) -> None:
    portal = own(seeded)
    typed = practice("login-3", "en")["typed"]

    session_id, refused = portal.login.enter(typed)
    challenge = portal.captcha.shown(session_id or "")
    _, more = portal.basic_password.change(session_id or "", typed | {"captcha": WORD, "captcha_id": challenge})

    assert (bool(session_id), refused, more) == (True, {}, {})
