"""The two journeys of the guide, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.pages import DETAILS, OWN_PASSWORD
from playwright.sync_api import expect
from props import CHAN, PEOPLE, WORD

if TYPE_CHECKING:
    from browser.hands import Hand

CARD = PEOPLE["fresh-individual"]


def register(hand: Hand, lang: str) -> None:
    """Follow the registration's steps 1 to 13."""
    hand.page.goto("/" if lang == "zh-Hant" else f"/?lang={lang}")
    hand.at("home", lang)  # 1
    hand.press("register")  # 2
    hand.at("register/terms", lang)
    hand.press("agree")  # 3
    hand.at("register/kind", lang)
    hand.choose("account_kind", "personal")  # 4
    hand.press("submit")
    hand.at("register/details", lang)
    for name, value in DETAILS.items():  # 5 to 8
        hand.fill(name, value)
    hand.press("submit")  # 9
    hand.at("register/confirm", lang)
    expect(hand.page.get_by_test_id("review-internet_user_id")).to_have_text(CHAN["internet_user_id"])  # 10
    hand.fill("basic_password", CARD.basic_password)  # 11
    hand.press("submit")
    hand.at("register/done", lang)  # 12
    expect(hand.page.get_by_test_id("review-basic_user_id")).to_have_text(CHAN["basic_user_id"])
    hand.press("continue")  # 13
    hand.at("login/form", lang)


def first_login(hand: Hand, lang: str) -> None:
    """Follow the first login's steps 1 to 10, right after the registration."""
    hand.page.goto("/")
    hand.at("home", lang)  # 1
    hand.press("login")  # 2
    hand.at("login/form", lang)
    hand.fill("internet_user_id", CHAN["internet_user_id"])  # 3
    hand.fill("internet_password", CHAN["internet_password"])
    hand.press("submit")  # 4
    hand.at("basic_password/form", lang)
    expect(hand.page.get_by_test_id("masked-basic_user_id")).to_have_text("99......")
    hand.fill("basic_password", CARD.basic_password)  # 5
    hand.fill("new_basic_password", OWN_PASSWORD)  # 6
    hand.fill("new_basic_password_again", OWN_PASSWORD)
    hand.fill("captcha", WORD)  # 7
    hand.press("submit")  # 8
    hand.at("basic_password/done", lang)
    hand.press("continue")  # 9
    hand.at("account/home", lang)  # 10
    expect(hand.page.get_by_test_id("last-login")).to_be_visible()
    expect(hand.page.locator('[data-testid^="menu-"]')).to_have_count(19)
