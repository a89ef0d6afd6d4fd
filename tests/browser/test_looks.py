"""What catches the eye: lines that break in the wrong place, edges that jump, signs that are missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from browser.measures import sticks_out
from browser.pages import LANGS, field, fill, press, refused, sign_in, to_details
from browser.tool import call
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from ipportal.portal import Portal

pytestmark = pytest.mark.browser

EACH_LANGUAGE = pytest.mark.parametrize("lang", LANGS)
PHONE, TABLET, DESKTOP = 360, 768, 1280


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


@EACH_LANGUAGE
def test_a_bullet_stands_beside_the_first_line_of_its_problem(page: Page, lang: str) -> None:
    to_details(page, lang)
    resize(page, PHONE)
    press(page, "submit")
    refused(page)

    links = page.locator(".summary li a")

    # A bullet keeps to the baseline of what follows it, which an inline block has in its last line.
    assert set(links.evaluate_all("all => all.map((one) => getComputedStyle(one).display)")) == {"block"}
    assert max(links.evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")) > 40, "none wraps"


_LINES = """all => all.map((one) => {
  const range = document.createRange();
  range.selectNodeContents(one);
  return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
})"""


@EACH_LANGUAGE
@pytest.mark.parametrize("width", [TABLET, 920, DESKTOP])
def test_dates_and_references_of_the_notice_board_stay_in_one_line(page: Page, lang: str, width: int) -> None:
    sign_in(page, lang=lang)
    resize(page, width)

    for column in (1, 2):
        assert set(page.locator(f".board td:nth-child({column})").evaluate_all(_LINES)) == {1}
    assert sticks_out(page) == []


@EACH_LANGUAGE
def test_a_range_of_characters_is_not_torn_apart(page: Page, lang: str) -> None:
    to_details(page, lang)
    resize(page, 320)
    fill(page, basic_user_id="x", internet_user_id="?", internet_password="?")
    press(page, "submit")
    refused(page)

    ranges = page.locator("main .together")

    told = re.findall(r"\b[0-9A-Za-z]-[0-9A-Za-z]\b", page.inner_text("main"), re.ASCII)
    assert ranges.all_inner_texts() == told
    assert set(told) == {"0-9", "A-Z", "a-z"}
    assert set(ranges.evaluate_all(_LINES)) == {1}


@pytest.mark.parametrize("width", [320, 360, 768])
@pytest.mark.parametrize(
    ("path", "heading"),
    [("/", "e-Certificate (e-Cert) Users"), ("/certificate/revoke", "e-Certificate users: Revoke e-Cert")],
)
def test_a_word_with_a_hyphen_is_not_torn_apart_and_is_found_as_it_is_typed(
    page: Page, path: str, heading: str, width: int
) -> None:
    page.goto(f"{path}?lang=en")
    resize(page, width)

    words = page.locator("main .together")

    assert set(words.all_inner_texts()) == {"e-Certificate", "e-Cert"}
    assert set(words.evaluate_all(_LINES)) == {1}
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(page.get_by_text(heading, exact=True)).to_be_visible()


def test_english_is_set_in_a_latin_font_before_a_chinese_one_whose_quotes_are_full_width(page: Page) -> None:
    page.goto("/?lang=en")

    fonts = str(page.locator("body").evaluate("one => getComputedStyle(one).fontFamily")).replace('"', "").split(", ")

    assert fonts.index("Liberation Sans") < fonts.index("DejaVu Sans") < fonts.index("Noto Sans CJK TC")


@EACH_LANGUAGE
def test_all_screens_begin_at_the_same_left_edge(page: Page, lang: str) -> None:
    page.goto(f"/?lang={lang}")
    resize(page, 1440)
    edges = set()
    for path in ("/", "/login", "/login/tips", "/cancel", "/certificate/login", "/practice", "/unknown"):
        page.goto(path)
        edges |= set(page.locator(".brand, h1").evaluate_all("all => all.map((one) => one.getBoundingClientRect().x)"))

    assert len(edges) == 1, edges


@pytest.mark.parametrize("width", [320, DESKTOP])
def test_a_refused_field_stays_in_line_with_the_others(page: Page, width: int) -> None:
    to_details(page)
    resize(page, width)
    press(page, "submit")
    refused(page)

    fields = page.locator(".captcha, .field > input:not([type=hidden])")
    marks = page.locator(".row.wrong").evaluate_all("all => all.map((one) => getComputedStyle(one, '::before').left)")

    assert len(set(fields.evaluate_all("all => all.map((one) => one.getBoundingClientRect().x)"))) == 1
    assert set(marks) == {marks[0]}
    assert sticks_out(page) == []


def test_a_refused_access_password_looks_like_any_refused_field(gate: tuple[Page, Path]) -> None:
    page, _ = gate
    page.goto("/access")
    press(page, "submit")
    refused(page)

    border = field(page, "access_password").evaluate("one => getComputedStyle(one).borderTopColor")

    assert border == page.locator(".refusal").evaluate("one => getComputedStyle(one).color")


def test_the_longest_name_of_a_workspace_fits_on_a_phone(page: Page, served: str, stage: Portal) -> None:
    name = "w" * 40
    call(served, stage, "POST", "/workspaces", {"name": name})
    resize(page, 320)

    page.goto(f"/w/{name}/")

    assert name in page.get_by_test_id("workspace").inner_text()
    assert sticks_out(page) == []


@EACH_LANGUAGE
@pytest.mark.parametrize("path", ["/practice/rules", "/practice/messages"])
def test_a_table_of_the_practice_side_hides_nothing_on_a_phone(page: Page, path: str, lang: str) -> None:
    page.goto(f"{path}?lang={lang}")
    resize(page, PHONE)

    right = "all => Math.max(...all.map((one) => one.getBoundingClientRect().right))"
    assert page.locator("main :is(th, td, li, code)").evaluate_all(right) <= PHONE
    assert sticks_out(page) == []
