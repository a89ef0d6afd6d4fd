"""The table of messages holds what the pages tell, word for word, and where they tell it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pytest
from web.acts import NEW
from web.scenes import (
    DETAILS,
    LANGUAGES,
    PASSWORD,
    PEOPLE,
    WORD,
    at,
    at_cancel_confirm,
    at_confirm,
    at_details,
    at_kind,
    change,
    credentials,
    sign_in,
)

from ipportal.web.visit import EXTENSION
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from web.client import Browser, Page

    from ipportal.portal import Portal

    Told = set[tuple[str, str, str, str]]

EACH_LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)
OLD: Final = PEOPLE["registered"].basic_password
WRONG: Final = {"basic_password": "11111111"}
ANSWERED: Final = {"captcha": WORD}
GUESS: Final = credentials("registered") | {"internet_password": "Guessed202599"}


@dataclass(frozen=True)
class Way:
    """A way to be refused at a screen: once, or as often as it takes to be locked."""

    screen: str
    before: Callable[[Browser], object]
    do: Callable[[Browser], Page]
    codes: str


def _to(path: str) -> Callable[[Browser], object]:
    return lambda browser: (sign_in(browser), browser.get(path))


def _submit(**typed: str) -> Callable[[Browser], Page]:
    return lambda browser: browser.submit(**typed)


def _spoilt(browser: Browser) -> Page:
    """Send each field too long, and no two alike."""
    return browser.submit(**{name: f"{value}~{name}" for name, value in DETAILS.items()})


WAYS: Final = [
    Way("register/terms", lambda b: b.get("/register/terms"), lambda b: b.post("/register/terms"), "required"),
    Way("register/kind", at_kind, _submit(), "required"),
    Way("register/kind", lambda b: b.get("/"), lambda b: b.post("/register/kind"), "stale"),
    Way("register/details", at_details, _submit(), "required " * 6),
    Way("register/details", at_details, _spoilt, "length " * 5 + "differs"),
    Way("register/details", at_details, _submit(**DETAILS | {"captcha": "WRONG1"}), "captcha_wrong"),
    Way("register/details", at_details, _submit(**DETAILS | {"captcha_id": "x"}), "captcha_expired"),
    Way("register/details", at_details, _submit(**DETAILS | {"identity_prefix": "ZA13"}), "not_recognised"),
    Way("register/details", at_details, _submit(**DETAILS | {"internet_user_id": "NIMCHI07"}), "taken"),
    Way("register/confirm", at_confirm, _submit(**WRONG), "wrong_basic_password wrong_basic_password locked"),
    Way("login/form", lambda b: b.get("/login"), _submit(), "required required"),
    Way("login/form", lambda b: b.get("/login"), _submit(**GUESS), "wrong_credentials " * 4 + "locked"),
    Way("basic_password/form", _to("/basic-password"), _submit(), "required " * 4),
    Way(
        "basic_password/form",
        _to("/basic-password"),
        lambda b: change(b, "registered", new_basic_password=OLD, new_basic_password_again=OLD),
        "reused",
    ),
    Way(
        "basic_password/form",
        _to("/basic-password"),
        lambda b: change(b, "registered", **WRONG),
        "wrong_basic_password wrong_basic_password locked",
    ),
    Way("account/internet", _to("/account/internet"), _submit(), "required required required"),
    Way(
        "account/internet",
        _to("/account/internet"),
        _submit(**NEW | {"current_internet_password": "Guessed202599"}),
        "wrong_credentials " * 4 + "locked",
    ),
    Way("cancel/form", lambda b: b.get("/cancel"), _submit(**GUESS | ANSWERED), "wrong_credentials " * 4 + "locked"),
    Way("cancel/confirm", at_cancel_confirm, _submit(**WRONG), "wrong_basic_password wrong_basic_password locked"),
]


def table(page: Page, lang: str) -> Told:
    """Return screen, field, code and sentence of each row, in one of the languages."""
    found: Told = set()
    for each in page.select("table.messages"):
        screen = each.first("caption code")
        for group in each.select("tbody"):
            field = group.first('[scope="rowgroup"] code')
            place = screen.words if screen else "", field.words if field else ""
            for row in group.select("tr[data-code]"):
                (cell,) = row.select(f"td[lang={lang}]")
                found.add((*place, row["data-code"], cell.words))
    return found


def refused(page: Page, screen: str) -> list[tuple[str, str, str, str]]:
    """Return what the page refuses, as it would stand in the table."""
    found = page.select("[data-problem]")
    return [(screen, each["data-problem"], each["data-code"], each.words) for each in found]


@EACH_LANGUAGE
@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.screen} {way.codes}")
def test_a_refusal_stands_in_the_table_as_its_screen_tells_it(
    browser: Browser, another: Browser, way: Way, lang: str
) -> None:
    known = table(another.get("/practice/messages"), lang)
    browser.get(f"/?lang={lang}")
    way.before(browser)
    told: list[tuple[str, str, str, str]] = []

    while len(told) < len(way.codes.split()):
        told += refused(way.do(browser), way.screen)

    assert sorted(code for _, _, code, _ in told) == sorted(way.codes.split())
    assert set(told) <= known


@EACH_LANGUAGE
def test_what_any_page_may_tell_stands_in_the_table(
    browser: Browser, another: Browser, portal: Portal, lang: str
) -> None:
    known = table(another.get("/practice/messages"), lang)
    pages = [browser.get(f"/register/done?lang={lang}"), browser.submit("disagree"), browser.get("/account")]

    told = {("", "", page.notice, page.text("notice")) for page in pages if page.has("notice")}
    at(portal, portal.clock.now().replace(hour=5))
    closed = browser.get("/").first("[data-code=closed] p")

    assert {code for _, _, code, _ in told} == {"not_agreed", "login_first"}
    assert told | {("closed", "form", "closed", closed.words if closed else "")} <= known
    assert set(refused(pages[0], "")) <= known


def test_the_screens_stand_in_the_guides_order_and_each_in_three_languages(browser: Browser) -> None:
    page = browser.get("/practice/messages?lang=en")

    screens = [each.words for each in page.select("caption code")]
    columns = [[cell["lang"] for cell in row.select("td")] for row in page.select("tr[data-code]")]
    assert screens[:4] == ["register/terms", "register/kind", "register/details", "register/confirm"]
    assert screens[4:7] == ["login/form", "basic_password/form", "account/internet"]
    assert screens[7:] == ["cancel/form", "cancel/confirm", "access", "closed"]
    assert all(each == list(LANGUAGES) for each in columns)


def test_the_sentences_have_the_figures_in_force(browser: Browser, app: Flask, portal: Portal) -> None:
    settings = replace(portal.settings, login_tries=9, basic_password_tries=2, captcha_minutes=7)
    app.extensions[EXTENSION] = Workspaces(replace(portal, settings=settings))

    told = {(field, code): text for _, field, code, text in table(browser.get("/practice/messages"), "en")}

    assert "reaches 9." in told["form", "wrong_credentials"]
    assert "7-minute limit" in told["captcha", "captcha_expired"]
    assert "One more wrong try" in told["basic_password", "wrong_basic_password"]


def test_the_gates_own_refusals_stand_in_the_table(visitor: Browser) -> None:
    visitor.get("/access?lang=en")
    told = [refused(visitor.submit(access_password=typed), "access") for typed in ("", "guessed")]

    visitor.submit(access_password=PASSWORD)

    assert [len(each) for each in told] == [1, 1]
    assert {*told[0], *told[1]} <= table(visitor.get("/practice/messages"), "en")


@EACH_LANGUAGE
def test_the_practice_side_leads_to_the_table_and_back(browser: Browser, lang: str) -> None:
    browser.get(f"/practice?lang={lang}")

    screens = [browser.click(link).screen for link in ("messages", "rules", "messages", "back")]

    assert screens == ["practice/messages", "practice/rules", "practice/messages", "practice/accounts"]
