from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON, WORD
from web.scenes import CHAN, DETAILS, LANGUAGES, at, at_details

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

FAULTS = [
    ("basic_user_id", "", "required"),
    ("basic_user_id", "9900010", "length"),
    ("basic_user_id", "9900010A", "chars"),
    ("basic_user_id", "99000101 ", "length"),
    ("basic_user_id", "\uff19\uff19\uff10\uff10\uff10\uff11\uff10\uff11", "chars"),
    ("linked_basic_user_id_2", "990001011", "length"),
    ("linked_basic_user_id_2", "9900 101", "chars"),
    ("linked_basic_user_id_2", "99000101", "duplicate"),
    ("linked_basic_user_id_4", "99000101", "duplicate"),
    ("identity_prefix", "", "required"),
    ("identity_prefix", "AC1", "length"),
    ("identity_prefix", "AC1\u00e9", "chars"),
    ("internet_user_id", "", "required"),
    ("internet_user_id", "LokShan", "length"),
    ("internet_user_id", "Lok-Shan", "chars"),
    ("internet_password", "", "required"),
    ("internet_password", "Rehearse2025", "length"),
    ("internet_password", "Rehearse202512345", "length"),
    ("internet_password", "Rehearse 2025", "chars"),
    ("internet_password", "RehearseRehears", "mixed"),
    ("internet_password", "1234567890123", "mixed"),
    ("internet_password_again", "", "required"),
    ("internet_password_again", "Rehearse20252", "differs"),
    ("captcha", "", "required"),
    ("captcha", "PASS1", "length"),
    ("captcha", "PASS1!", "chars"),
]


@pytest.mark.parametrize(("field", "value", "code"), FAULTS)
def test_a_format_fault_is_told_at_its_field(browser: Browser, field: str, value: str, code: str) -> None:
    at_details(browser)
    both = {"internet_password_again": value} if field == "internet_password" and value else {}

    page = browser.submit(**DETAILS | both | {field: value})

    assert (page.status, page.screen, page.problems) == (422, "register/details", {field: code})
    assert page.first(f'[name="{field}"][aria-invalid="true"]')


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_format_faults_are_told_at_once_with_a_link_to_each_field(browser: Browser, lang: str) -> None:
    at_details(browser)
    browser.get(f"/register/details?lang={lang}")

    page = browser.submit()

    wanted = {name: "required" for name in DETAILS if not name.startswith("linked")}
    assert (page.status, page.problems) == (422, wanted)
    assert [link["href"] for link in page.by("summary").select("a")] == [f"#{name}" for name in wanted]


def test_a_refusal_keeps_what_was_typed_but_no_secret(browser: Browser) -> None:
    at_details(browser)

    page = browser.submit(**DETAILS | {"identity_prefix": "A<1"})

    assert page.value("basic_user_id") == "99000101"
    assert page.value("identity_prefix") == "A<1"
    assert [page.value(name) for name in ("internet_password", "internet_password_again")] == ["", ""]
    assert CHAN["internet_password"] not in page.body.decode()


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ("basic_user_id", "990001011", "990001011"),
        ("basic_user_id", "990001011234", "990001011234"),
        ("basic_user_id", "9900010112345", ""),  # as long as a password
        ("internet_user_id", "LokShan12", "LokShan12"),
        ("captcha", "PASS121", ""),
        ("captcha", "31415926", ""),  # a basic password
        ("identity_prefix", "ZA123", ""),
    ],
)
def test_a_slip_of_a_few_characters_is_shown_again_and_an_identity_number_never(
    browser: Browser, field: str, typed: str, shown: str
) -> None:
    at_details(browser)

    page = browser.submit(**DETAILS | {field: typed})

    assert (page.problems, page.value(field)) == ({field: "length"}, shown)
    assert browser.submit("lang-en").value(field) == shown


def test_the_captcha_answer_stays_while_its_picture_has_not_been_judged(browser: Browser) -> None:
    shown = at_details(browser).value("captcha_id")

    page = browser.submit(**DETAILS | {"basic_user_id": ""})

    assert (page.value("captcha_id"), page.value("captcha")) == (shown, WORD)


def test_a_judged_captcha_is_replaced_and_its_answer_emptied(browser: Browser) -> None:
    shown = at_details(browser).value("captcha_id")

    page = browser.submit(**DETAILS | {"captcha": "pass12"})

    assert (page.status, page.problems) == (422, {"captcha": "captcha_wrong"})
    assert page.value("captcha") == ""
    assert page.value("captcha_id") != shown


def test_a_captcha_is_five_minutes_old_and_refused(browser: Browser, portal: Portal) -> None:
    at_details(browser)
    at(portal, NOON + timedelta(minutes=5))

    page = browser.submit(**DETAILS)

    assert (page.status, page.problems) == (422, {"captcha": "captcha_expired"})
    assert browser.submit(**DETAILS).screen == "register/confirm"


def test_a_captcha_holds_until_the_last_second_of_its_five_minutes(browser: Browser, portal: Portal) -> None:
    at_details(browser)
    at(portal, NOON + timedelta(minutes=4, seconds=59))

    assert browser.submit(**DETAILS).screen == "register/confirm"
