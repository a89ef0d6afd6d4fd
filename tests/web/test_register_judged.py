from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import PEOPLE, dump, last
from web.scenes import DETAILS, at_confirm, at_details

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

STRANGERS = [
    ("no such account", "personal", {"basic_user_id": "99999999"}),
    ("the other kind", "corporate", {}),
    ("another prefix", "personal", {"identity_prefix": "ZA13"}),
    ("registered already", "personal", {"basic_user_id": "99000707", "identity_prefix": "ZE11"}),
    ("a linked account of another prefix", "personal", {"linked_basic_user_id_3": "99000202"}),
]


@pytest.mark.parametrize(("why", "kind", "typed"), STRANGERS)
def test_one_message_tells_that_details_are_not_recognised(
    browser: Browser, why: str, kind: str, typed: dict[str, str]
) -> None:
    at_details(browser, kind)

    page = browser.submit(**DETAILS | typed)

    assert (page.status, page.screen, page.problems) == (422, "register/details", {"form": "not_recognised"}), why
    browser.get("/register/details?lang=en")
    again = browser.submit(**DETAILS | typed)
    assert "These details are not recognised." in again.text("summary")


@pytest.mark.parametrize("taken", ["NimChi07", "nIMcHI07", "GONE0016"])
def test_a_taken_internet_user_id_is_told_at_its_field(browser: Browser, taken: str) -> None:
    at_details(browser)

    page = browser.submit(**DETAILS | {"internet_user_id": taken})

    assert (page.status, page.problems) == (422, {"internet_user_id": "taken"})
    assert page.value("internet_user_id") == taken


@pytest.mark.parametrize(
    "typed", [{"internet_user_id": "NimChi07"}, {"basic_user_id": "99999999"}, {"identity_prefix": "ZA13"}]
)
def test_a_wrong_captcha_hides_what_the_store_knows(browser: Browser, typed: dict[str, str]) -> None:
    at_details(browser)

    page = browser.submit(**DETAILS | typed | {"captcha": "WRONG1"})

    assert page.problems == {"captcha": "captcha_wrong"}


@pytest.mark.parametrize(("typed", "code"), [("", "required"), ("3141592", "length"), ("3141592a", "chars")])
def test_the_confirmation_judges_the_format_first(browser: Browser, typed: str, code: str) -> None:
    at_confirm(browser)

    page = browser.submit(basic_password=typed)

    assert (page.status, page.screen, page.problems) == (422, "register/confirm", {"basic_password": code})


def test_wrong_basic_passwords_count_down_and_the_third_locks_and_ends_the_draft(
    browser: Browser, portal: Portal
) -> None:
    at_confirm(browser)
    browser.get("/register/confirm?lang=en")

    first = browser.submit(basic_password="00000000")
    assert (first.status, first.problems) == (422, {"basic_password": "wrong_basic_password"})
    assert "2 more wrong tries" in first.text("summary-basic_password")
    assert "One more wrong try" in browser.submit(basic_password="00000001").text("summary-basic_password")
    third = browser.submit(basic_password="00000002")

    assert (third.status, third.screen, third.problems) == (422, "register/terms", {"form": "locked"})
    assert portal.tables.drafts.where() == []
    found = portal.tables.accounts.get("99000101")
    assert found
    assert found.locked


def test_a_locked_account_stops_at_the_confirmation(browser: Browser) -> None:
    at_confirm(browser, basic_user_id="99001515", identity_prefix="ZJ66")

    page = browser.submit(basic_password=PEOPLE["locked-basic"].basic_password)

    assert (page.status, page.problems) == (422, {"form": "locked"})


def test_of_two_visitors_who_chose_one_id_the_second_is_told_taken(browser: Browser, another: Browser) -> None:
    at_confirm(browser)
    at_confirm(another, basic_user_id="99000202", identity_prefix="ZB34", internet_user_id="LOKSHAN1")
    browser.submit(basic_password="31415926")

    page = another.submit(basic_password="27182818")

    assert (page.status, page.screen, page.problems) == (422, "register/confirm", {"internet_user_id": "taken"})


def test_of_two_drafts_for_one_account_the_second_is_not_recognised(browser: Browser, another: Browser) -> None:
    at_confirm(browser)
    at_confirm(another, internet_user_id="LokShan2")
    browser.submit(basic_password="31415926")

    page = another.submit(basic_password="31415926")

    assert (page.status, page.problems) == (422, {"form": "not_recognised"})


def test_the_journal_keeps_the_exact_reason_that_the_page_hides(browser: Browser, portal: Portal) -> None:
    at_details(browser)

    browser.submit(**DETAILS | {"identity_prefix": "ZA13"})

    assert last(portal) == ("register/details", "refused", "basic_user_id=other_prefix", "99000101")
    assert "ZA13" not in dump(portal, "journal", "drafts")
