"""A visitor changes the language, filters, fetches, leaves and comes back."""

from __future__ import annotations

import pytest
from testing.ways import sign_in, to_details

from ipportal.testing import Visitor
from ipportal.testing.hooks import Mark, Path, Screen


def test_a_language_switch_stays_on_the_page_and_keeps_what_is_no_secret(visitor: Visitor) -> None:
    to_details(visitor)

    page = visitor.press(Mark.LANG.of("en"), basic_user_id="99000101", internet_password="Rehearse20251")

    assert (page.screen, page.lang) == (Screen.DETAILS, "en")
    assert (page.values["basic_user_id"], page.values["internet_password"]) == ("99000101", "")


def test_a_language_is_switched_by_button_or_link_or_not_at_all(plain_url: str) -> None:
    with Visitor(plain_url) as visitor:
        visitor.get(Path.HOME)

        assert visitor.switch_language("en").lang == "en"
        assert visitor.switch_language("en").screen == Screen.HOME
        visitor.follow(Mark.LOGIN)
        assert visitor.switch_language("zh-Hans").lang == "zh-Hans"
        assert visitor.page.screen == Screen.LOGIN


@pytest.mark.parametrize(("path", "lang"), [("/?topic=system", "en"), ("/?lang=zh-Hans", "zh-Hans")])
def test_the_visitors_language_is_asked_for_with_the_first_page(url: str, path: str, lang: str) -> None:
    with Visitor(url + "/", lang="en") as visitor:
        assert visitor.get(path).lang == lang
        assert visitor.follow(Mark.LOGIN).lang == lang


def test_a_filter_is_sent_in_the_address(visitor: Visitor) -> None:
    sign_in(visitor)
    assert visitor.page.values == {}

    page = visitor.press(Mark.FILTER, topic="system")

    assert page.url.endswith("/account?topic=system")
    assert len([mark for mark in page.testids if Mark.NOTICE_ROW.fits(mark)]) == 1
    assert visitor.press(Mark.FILTER).url == page.url


def test_a_menu_button_outside_its_form_logs_the_visitor_out(visitor: Visitor) -> None:
    sign_in(visitor)

    page = visitor.press(Mark.MENU_EXIT)

    assert (page.screen, page.notice) == (Screen.LOGIN, "signed_out")
    assert visitor.get(Path.ACCOUNT).notice == "login_first"


def test_the_captcha_picture_is_fetched_without_leaving_the_page(visitor: Visitor) -> None:
    to_details(visitor)
    here = visitor.page

    picture = visitor.fetch(here.links[Mark.CAPTCHA])

    assert picture.body.startswith(b"\x89PNG")
    assert (picture.screen, picture.lang, picture.title, picture.testids) == ("", "", "", [])
    assert visitor.page is here


def test_two_visitors_of_one_portal_are_strangers(url: str, visitor: Visitor) -> None:
    sign_in(visitor)

    with Visitor(url) as other:
        assert other.get(Path.ACCOUNT).screen == Screen.LOGIN

    assert visitor.get(Path.ACCOUNT).screen == Screen.ACCOUNT


def test_a_closed_visitor_opens_again_as_the_same_one(visitor: Visitor) -> None:
    sign_in(visitor)
    visitor.close()

    assert visitor.get(Path.ACCOUNT).screen == Screen.ACCOUNT
