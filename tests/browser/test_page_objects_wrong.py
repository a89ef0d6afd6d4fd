"""The kit's page objects say which screen is there, and why a form was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.kit import details
from playwright.sync_api import TimeoutError  # noqa: A004 - so Playwright calls it
from props import WORD

from ipportal.testing import (
    HomePage,
    LoginFormPage,
    RegisterConfirmPage,
    RegisterDetailsPage,
    RegisterDonePage,
    RegisterKindPage,
    RegisterTermsPage,
    shown,
)
from ipportal.testing.hooks import Code, Screen
from ipportal.testing.trouble import NoSuchField, Refused, WrongScreen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

    from ipportal.portal import Portal

pytestmark = pytest.mark.browser


def test_a_submit_that_is_refused_raises_the_reasons(page: Page) -> None:
    found = details(page).fill(identity_prefix="ZA1")

    with pytest.raises(Refused, match="register/details with the refusals identity_prefix=length") as told:
        found.submit()

    assert told.value.problems == {"identity_prefix": Code.LENGTH}


def test_a_refusal_that_was_expected_but_did_not_come_names_the_screen_that_did(page: Page) -> None:
    with pytest.raises(
        WrongScreen, match=r"expected the screen register/details, but .* shows the screen register/conf"
    ):
        details(page).submit_refused()


def test_a_page_that_never_comes_whole_is_none(chromium: Browser, served: str, stage: Portal) -> None:
    stage.faults.arm(kind="truncated_page", step="login/form", moment="submit")
    with chromium.new_page(base_url=served) as page:  # a browser whose complaint is to be expected
        page.set_default_timeout(2_000)
        login = LoginFormPage.open(page)

        with pytest.raises(TimeoutError):
            login.submit_refused()


@pytest.mark.parametrize("later", [RegisterKindPage, RegisterDetailsPage, RegisterConfirmPage, RegisterDonePage])
def test_a_screen_that_does_not_open_yet_names_the_one_that_is_there(
    page: Page, later: type[RegisterKindPage | RegisterDetailsPage | RegisterConfirmPage | RegisterDonePage]
) -> None:
    with pytest.raises(WrongScreen, match="shows the screen register/terms with the refusals form=stale") as told:
        later.open(page)

    assert (told.value.expected, told.value.found) == (later.SCREEN, Screen.TERMS)
    assert told.value.problems == {"form": Code.STALE}


def test_a_page_that_is_not_the_portals_is_named_by_its_address(page: Page) -> None:
    page.goto("about:blank")

    with pytest.raises(WrongScreen, match="expected the screen home, but about:blank shows no page of the portal"):
        HomePage(page)
    with pytest.raises(WrongScreen, match="about:blank shows no page of the portal"):
        shown(page)


def test_a_field_that_the_screen_has_not_is_named_with_those_it_has(page: Page) -> None:
    login = LoginFormPage.open(page)

    with pytest.raises(NoSuchField, match="no field captcha; its fields: internet_user_id, internet_password"):
        login.fill(captcha=WORD)  # type: ignore[call-arg]  # the point


@pytest.mark.parametrize(("context", "base"), [("/w/mine/", ""), ("/w/other/", "{}/w/mine"), ("/", "{}/w/mine/")])
def test_a_prefix_stays_in_front_of_every_address(chromium: Browser, context: str, base: str) -> None:
    host, asked = "http://portal.test", list[str]()
    opened = chromium.new_context(base_url=host + context)

    def answered(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="nothing of the portal")

    opened.route("**", answered)
    page = opened.new_page()

    for each in (HomePage, RegisterTermsPage):
        with pytest.raises(WrongScreen):
            each.open(page, base.format(host), lang="en")
    opened.close()

    assert [url for url in asked if "lang" in url] == [
        f"{host}/w/mine/?lang=en",
        f"{host}/w/mine/register/terms?lang=en",
    ]
