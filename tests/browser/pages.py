"""Short ways about a page, by the stable hooks only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from props import CHAN, PEOPLE, WORD

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from ipportal.portal import Portal

LANGS = ("zh-Hant", "en", "zh-Hans")
OWN_PASSWORD = "86420135"
DETAILS = CHAN | {"captcha": WORD}
SECRETS = ("internet_password", "internet_password_again")


def at(page: Page, screen: str, lang: str = "") -> None:
    """Wait for a screen, in that language where one is given."""
    html = f'html[lang="{lang}"]' if lang else "html"
    page.locator(f'{html} body[data-screen="{screen}"]').wait_for(state="attached")
    page.wait_for_load_state()  # a click waits only until the next page begins to come


def screen(page: Page) -> str:
    """Return the screen that the page shows."""
    return page.locator("body").get_attribute("data-screen") or ""


def press(page: Page, testid: str) -> None:
    page.get_by_test_id(testid).first.click()


def field(page: Page, name: str) -> Locator:
    return page.locator(f'[name="{name}"]:not([type="hidden"])')


def hidden(page: Page, name: str) -> str:
    """Return the value of a hidden field."""
    return page.locator(f'#form [name="{name}"]').input_value()


def fill(page: Page, **typed: str) -> None:
    for name, value in typed.items():
        field(page, name).fill(value)


def shown(page: Page, *names: str) -> dict[str, str]:
    """Return what the fields hold."""
    return {name: field(page, name).input_value() for name in names}


def refused(page: Page) -> dict[str, str]:
    """Wait for the refusals and return them as field and code."""
    page.get_by_test_id("summary").wait_for()
    page.wait_for_load_state()
    return codes(page)


def codes(page: Page) -> dict[str, str]:
    """Return the refusals on the page as field and code."""
    script = "all => all.map(each => [each.dataset.problem, each.dataset.code])"
    return dict(page.locator("[data-problem]").evaluate_all(script))


def words(page: Page) -> str:
    """Return everything that can be read in the page's main part."""
    return page.locator("main").inner_text()


def to_details(page: Page, lang: str = "zh-Hant") -> None:
    """Go from the welcome page to the details of a personal account."""
    page.goto(f"/register/terms?lang={lang}")
    press(page, "agree")
    at(page, "register/kind")
    page.locator('[name="account_kind"][value="personal"]').check()
    press(page, "submit")
    at(page, "register/details")


def to_confirm(page: Page, lang: str = "zh-Hant", **typed: str) -> None:
    """Go on to the review of fresh-individual's details, or of what is typed instead."""
    to_details(page, lang)
    fill(page, **DETAILS | typed)
    press(page, "submit")
    at(page, "register/confirm")


def to_done(page: Page, lang: str = "zh-Hant") -> None:
    """Register fresh-individual."""
    to_confirm(page, lang)
    fill(page, basic_password=PEOPLE["fresh-individual"].basic_password)
    press(page, "submit")
    at(page, "register/done")


def credentials(key: str) -> dict[str, str]:
    """Return what a practice account types at `/login`."""
    person = PEOPLE[key]
    return {"internet_user_id": person.internet_user_id or "", "internet_password": person.internet_password or ""}


def sign_in(page: Page, key: str = "registered", lang: str = "zh-Hant") -> None:
    """Log on as a practice account."""
    page.goto(f"/login?lang={lang}")
    fill(page, **credentials(key))
    press(page, "submit")
    at(page, "basic_password/form" if PEOPLE[key].issued else "account/home", lang)


def to_cancel_confirm(page: Page, lang: str = "zh-Hant") -> None:
    """Ask for the cancelling of the practice account `registered`."""
    page.goto(f"/cancel?lang={lang}")
    fill(page, **credentials("registered"), captcha=WORD)
    press(page, "submit")
    at(page, "cancel/confirm")


def registered(stage: Portal) -> int:
    """Return how often the journal says that an Internet user ID was registered."""
    return sum(each.step == "register/confirm" and each.outcome == "done" for each in stage.journal.entries())
