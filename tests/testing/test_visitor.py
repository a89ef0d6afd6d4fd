"""A visitor without a browser goes the guide's two ways and reads every page by its hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import NOON, WORD
from testing.ways import BASIC, DETAILS, to_details

from ipportal.testing import Visitor
from ipportal.testing.hooks import Code, Field, Header, Language, Mark, Path, Screen, Status

if TYPE_CHECKING:
    from ipportal.portal import Portal


@pytest.mark.parametrize("lang", list(Language))
def test_registration_and_first_login_take_ten_lines(url: str, lang: str) -> None:
    mine = "86420135"
    with Visitor(url, lang=lang) as visitor:
        visitor.get("/register/terms")
        visitor.press("agree")
        visitor.submit(account_kind="personal")
        visitor.submit(**DETAILS)
        visitor.submit(basic_password=BASIC)
        visitor.follow("continue")
        visitor.submit(internet_user_id="LokShan1", internet_password="Rehearse20251")
        visitor.submit(basic_password=BASIC, new_basic_password=mine, new_basic_password_again=mine, captcha=WORD)
        page = visitor.follow("continue")

    assert (page.screen, page.lang, page.status) == (Screen.ACCOUNT, lang, 200)
    assert page.url == f"{url}/account"


def test_a_refused_form_tells_fields_and_codes_and_keeps_what_was_typed(visitor: Visitor) -> None:
    to_details(visitor)

    page = visitor.submit(basic_user_id="9900010", identity_prefix="ZA12", internet_user_id="全形字母", captcha=WORD)

    assert page.status == Status.REFUSED
    assert page.problems["basic_user_id"] == Code.LENGTH
    assert page.problems["internet_password"] == Code.REQUIRED
    assert page.values[Field.IDENTITY_PREFIX] == "ZA12"
    assert page.values[Field.INTERNET_PASSWORD] == ""
    assert page.hidden["refused"]
    assert page.text(Mark.SUMMARY)


def test_hidden_fields_go_back_as_they_came_unless_they_are_named(visitor: Visitor) -> None:
    to_details(visitor)
    before = visitor.page.captcha_id

    page = visitor.submit(**DETAILS, captcha_id="of somebody else")

    assert page.problems == {"captcha": Code.CAPTCHA_EXPIRED}
    assert page.captcha_id == before != ""
    assert visitor.submit(**DETAILS).screen == Screen.CONFIRM


def test_a_forged_token_is_answered_as_forged(visitor: Visitor) -> None:
    visitor.get(Path.LOGIN)

    page = visitor.submit(csrf_token="mine")

    assert (page.status, page.screen) == (Status.FORGED, Screen.ERROR.of(400))


def test_the_terms_are_accepted_or_not_by_what_is_typed(visitor: Visitor) -> None:
    visitor.get(Path.TERMS)
    page = visitor.submit(agree="no")
    assert (page.screen, page.notice) == (Screen.HOME, "not_agreed")

    visitor.follow(Mark.REGISTER)

    assert visitor.submit(agree="yes").screen == Screen.KIND
    assert visitor.page.values == {"account_kind": ""}


def test_a_redirect_is_followed_inside_the_prefix(visitor: Visitor) -> None:
    page = visitor.get("/register/done")

    assert page.screen == Screen.TERMS
    assert page.problems == {"form": Code.STALE}
    assert page.url == f"{visitor.url}/register/terms"
    assert page.hops == (f"{visitor.url}/register/done",)


def test_a_page_opens_by_its_whole_address_too(visitor: Visitor) -> None:
    page = visitor.get(f"{visitor.url}/login/tips")

    assert (page.screen, page.title != "") == (Screen.TIPS, True)


def test_headers_and_texts_are_read_by_their_hooks(visitor: Visitor, portal: Portal) -> None:
    page = visitor.get(Path.HOME)

    assert page.headers[Header.NOW] == NOON.isoformat()
    assert page.headers[Header.EMULATOR] == "1"
    assert "2025" in page.text(Mark.PORTAL_TIME)
    portal.stored_clock.set(NOON.replace(hour=5, minute=30))
    closed = visitor.get(Path.LOGIN)
    assert (closed.status, closed.screen, closed.problems) == (Status.CLOSED, Screen.CLOSED, {"form": "closed"})
    assert closed.headers[Header.RETRY_AFTER] == "1800"


def test_a_chosen_kind_and_a_review_are_read_from_the_page(visitor: Visitor) -> None:
    to_details(visitor)
    assert visitor.follow(Mark.BACK).values == {"account_kind": "personal"}
    visitor.submit()
    visitor.submit(**DETAILS)

    assert visitor.page.text(Mark.REVIEW.of("internet_user_id")) == "LokShan1"
