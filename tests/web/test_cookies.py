from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from flask_login import current_user
from props import CHAN, NOON, PEOPLE
from web.scenes import STATES, at, at_details, bring_to, change, sign_in

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal


@pytest.mark.parametrize("state", STATES)
def test_the_cookie_holds_nothing_but_random_ids_and_a_language(browser: Browser, state: str) -> None:
    browser.get("/?lang=en")
    bring_to(browser, state)

    readable = str(browser.kept)
    typed = [*CHAN.values(), *(value for person in PEOPLE.values() for value in person.basic_user_ids)]
    assert not any(value in readable for value in typed)
    assert browser.kept["lang"] == "en"


@pytest.mark.parametrize(
    "cookie", ["", "x", "e30.x", "eyJsYW5nIjoiZW4ifQ.AAAA", "\u00e9", "." * 3000, "eyJzaWduZWRfaW4iOjF9.", "null.x"]
)
def test_a_cookie_that_the_portal_did_not_sign_counts_as_none(browser: Browser, cookie: str) -> None:
    page = browser.get("/account", headers={"Cookie": f"ipportal={cookie}"}, follow=False)

    assert (page.status, page.headers["Location"]) == (303, "/login")


def test_a_cookie_signed_elsewhere_opens_nothing(browser: Browser) -> None:
    sign_in(browser)
    payload, _, signature = browser.cookie.rpartition(".")
    flipped = "A" if signature[3] != "A" else "B"
    browser.cookie = f"{payload}.{signature[:3]}{flipped}{signature[4:]}"

    assert browser.get("/account").screen == "login/form"


@pytest.mark.parametrize(
    "junk", ["x", "1|", "|", "1|\u00e9", "\u00e9\u00e9|\u00e9", "a" * 3000, "1|" + "0" * 128, '"', ";", "%00"]
)
@pytest.mark.parametrize("name", ["remember_token", ";"])
def test_a_made_up_remember_me_cookie_is_never_an_error(browser: Browser, name: str, junk: str) -> None:
    for path in ("/", "/account", "/basic-password", "/login"):
        header = f"{name}={junk}".encode().decode("latin-1")
        page = browser.get(path, headers={"Cookie": header}, follow=False)

        assert page.status in {200, 303}


def test_there_is_never_a_remember_me_cookie(browser: Browser) -> None:
    sign_in(browser)

    assert browser.client.get_cookie("remember_token") is None
    assert [cookie.key for cookie in browser.client._cookies.values()] == ["ipportal"]  # type: ignore[union-attr]


def test_a_cookie_saved_before_logging_off_is_worthless_after(browser: Browser) -> None:
    sign_in(browser)
    saved = browser.cookie
    browser.submit("logout")
    browser.cookie = saved

    for path in ("/account", "/account/internet", "/basic-password"):
        assert browser.get(path).screen == "login/form"


def test_the_session_has_a_new_id_at_login_and_at_each_change_of_a_password(browser: Browser) -> None:
    sign_in(browser)
    ids = [browser.kept["signed_in"]]
    browser.get("/basic-password")
    change(browser, "registered")
    ids.append(browser.kept["signed_in"])
    browser.get("/account/internet")
    new = {"internet_password": "Another202577", "internet_password_again": "Another202577"}
    browser.submit(current_internet_password="Practice20257", **new)
    ids.append(browser.kept["signed_in"])

    assert len(set(ids)) == 3


def test_whoever_is_signed_in_is_known_by_the_id_of_the_session(browser: Browser) -> None:
    sign_in(browser)
    with browser.client:
        browser.get("/account")

        assert current_user.get_id() == browser.kept["signed_in"]


def test_an_id_that_a_visitor_brings_to_the_login_is_not_taken_over(browser: Browser, another: Browser) -> None:
    another.get("/login")
    browser.cookie = another.cookie
    sign_in(browser)

    assert another.get("/account").screen == "login/form"


def test_a_registration_in_another_tab_goes_on_after_a_login(browser: Browser) -> None:
    at_details(browser)
    details = browser.page
    sign_in(browser)

    answer = browser.post("/register/details", {"csrf_token": details.value("csrf_token")})

    assert (answer.status, answer.screen) == (422, "register/details")


def test_the_cookie_does_not_age_with_the_machines_clock(browser: Browser, portal: Portal) -> None:
    browser.get("/?lang=en")
    before = browser.cookie
    at(portal, NOON + timedelta(days=400))

    assert browser.get("/").lang == "en"
    assert browser.cookie == before


def test_the_session_cookie_ends_with_the_browser(browser: Browser) -> None:
    page = browser.get("/?lang=en")

    (line,) = page.headers.getlist("Set-Cookie")
    assert "Expires" not in line
    assert "Max-Age" not in line


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_of_another_site_does_not_replace_the_cookie_that_came_without_it(
    browser: Browser, headers: dict[str, str]
) -> None:
    page = browser.open("/login?lang=en", method="POST", headers=headers)

    assert page.status == 403
    assert page.headers.getlist("Set-Cookie") == []
