"""A visitor who asks for what is not there is told what is."""

from __future__ import annotations

import re

import pytest
from testing.ways import sign_in

from ipportal.testing import Visitor
from ipportal.testing.control import Control
from ipportal.testing.hooks import Mark, Path
from ipportal.testing.trouble import NoForm, NoSuchField, NoSuchMark, NothingOpened


def test_a_field_that_the_form_has_not_is_named_with_those_it_has(visitor: Visitor) -> None:
    visitor.get(Path.LOGIN)

    with pytest.raises(
        NoSuchField, match=r"login/form has no field user; .*: internet_user_id, internet_password, csrf"
    ):
        visitor.submit(user="LokShan1")


def test_a_page_without_a_form_names_its_buttons(visitor: Visitor) -> None:
    sign_in(visitor)

    with pytest.raises(NoForm, match=r"account/home has no form to submit; its buttons: logout, .*menu-exit, filter"):
        visitor.submit()
    visitor.get(Path.TERMS)
    with pytest.raises(NoForm, match=r"its buttons: enter, lang-en, lang-zh-Hans, agree, disagree$"):
        visitor.submit()


def test_a_mark_that_the_page_has_not_is_named_with_those_it_has(visitor: Visitor) -> None:
    visitor.get(Path.HOME)

    with pytest.raises(NoSuchMark, match="home has no button login; there are: none"):
        visitor.press(Mark.LOGIN)
    with pytest.raises(NoSuchMark, match="home has no link submit; there are: skip, practice, home, "):
        visitor.follow(Mark.SUBMIT)
    with pytest.raises(NoSuchMark, match="home has no element summary; there are: "):
        visitor.page.text(Mark.SUMMARY)


def test_before_the_first_page_there_is_nothing_to_submit(visitor: Visitor) -> None:
    with pytest.raises(NothingOpened, match="get"):
        visitor.submit()


WRONG = ["127.0.0.1:8080", "ftp://127.0.0.1", "http:///w/mine", "http://127.0.0.1:port", "http://[::1", "http://h:0"]


@pytest.mark.parametrize("url", [*WRONG, "http://127.0.0.1/?lang=en", "http://127.0.0.1/#top"])
def test_what_is_no_address_of_a_portal_is_refused_at_once(url: str) -> None:
    with pytest.raises(ValueError, match=f"^'{re.escape(url)}' is no address of a portal, such as http://"):
        Visitor(url)


@pytest.mark.parametrize("url", WRONG)
def test_what_is_no_address_of_a_server_opens_no_control_either(url: str) -> None:
    with pytest.raises(ValueError, match=f"^'{re.escape(url)}' is no address of a portal, such as http://"):
        Control(url, "ipp-any")
