from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import NOON, PEOPLE
from web.scenes import LANGUAGES, at

from ipportal.rules import BEHAVIOURS, FIELDS, FIGURES, WINDOWS, Choice, Text
from ipportal.wording import say

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

SITUATIONS = tuple(PEOPLE)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_practice_page_lists_every_situation_with_what_to_type(browser: Browser, lang: str) -> None:
    browser.get(f"/?lang={lang}")

    page = browser.click("practice")

    assert page.screen == "practice/accounts"
    for key in SITUATIONS:
        person, shown = PEOPLE[key], page.text(f"person-{key}")
        typed = (*person.basic_user_ids, person.identity_prefix, person.basic_password, *person.past_basic_passwords)
        assert all(value in shown for value in typed)
        assert person.names[lang] in shown
        assert person.situation[lang] in shown
        assert (person.internet_user_id or "") in shown
        assert (person.internet_password or "") in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_practice_page_says_which_command_puts_its_own_workspace_back(
    browser: Browser, inside: Browser, lang: str
) -> None:
    told = [each.get(f"{root}/practice?lang={lang}").words for each, root in ((browser, ""), (inside, "/w/alpha"))]

    assert ["localhost/w/alpha/" in text for text in told] == [False, True]
    assert ["ipportal reset --workspace alpha" in text for text in told] == [False, True]
    assert all("ipportal reset" in text for text in told)


def test_every_published_basic_user_id_is_an_invented_one(browser: Browser) -> None:
    browser.get("/practice")

    assert all(each.startswith("99") for person in PEOPLE.values() for each in person.basic_user_ids)
    assert browser.click("start").screen == "home"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_rules_page_shows_every_rule_with_its_source_or_assumed(browser: Browser, lang: str) -> None:
    browser.get(f"/practice?lang={lang}")

    page = browser.click("rules")

    assumed = {"zh-Hant": "假設", "en": "assumed", "zh-Hans": "假设"}[lang]
    for rule in (*FIELDS, *FIGURES, *WINDOWS, *BEHAVIOURS):
        source = page.by(f"rule-{rule.name}").select("td")[-1].words
        assert source
        assert (source == assumed) == (rule.source == "assumed"), source
    assert browser.click("back").screen == "practice/accounts"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_rules_page_calls_fields_and_choices_as_their_own_pages_do(browser: Browser, lang: str) -> None:
    page = browser.get(f"/practice/rules?lang={lang}")

    for rule in FIELDS:
        told = page.by(f"rule-{rule.name}").select("td")[0].words
        others = (rule.again, *rule.unlike) if isinstance(rule, Text) else ()
        assert not any(name and name in told for name in others)
        named = [f"{name}.label" for name in others if name]
        named += [f"{rule.name}.{option}" for option in rule.options] if isinstance(rule, Choice) else []
        assert all(say(f"fields.{key}", lang) in told for key in named), rule.name


def test_the_rules_page_parts_two_sources_and_says_what_is_assumed(browser: Browser) -> None:
    page = browser.get("/practice/rules?lang=en")

    sources = [page.by(f"rule-{name}").select("td")[-1].words for name in ("captcha", "agree")]

    both = "guide: register, step 8; guide: first logon, step 7"
    assert sources == [f"{both} assumed how long the code is, and of which characters", "guide: register, step 3"]


def test_the_rules_page_shows_the_figures_in_force(browser: Browser, portal: Portal) -> None:
    page = browser.get("/practice/rules?lang=en")

    assert str(portal.settings.login_tries) in page.text("rule-login_tries")
    assert "30" in page.text("rule-draft_minutes")


@pytest.mark.parametrize("mode", ["real", "shifted", "frozen"])
def test_the_practice_page_says_how_the_clock_goes(browser: Browser, portal: Portal, mode: str) -> None:
    if mode == "real":
        portal.stored_clock.follow()
    if mode == "shifted":
        portal.stored_clock.run()

    told = browser.get("/practice?lang=en").text("clock")

    words = {"real": "real time", "shifted": "shifted", "frozen": "frozen"}
    assert words[mode] in told.lower()


@pytest.mark.parametrize(
    ("lang", "told", "until"),
    [
        ("zh-Hant", "系統正在維護", "2025年3月31日 06:00:00"),
        ("en", "The portal is closed for maintenance", "31 March 2025, 06:00:00"),
        ("zh-Hans", "系统正在维护", "2025年3月31日 06:00:00"),
    ],
)
def test_the_practice_page_says_until_when_the_portal_is_closed(
    browser: Browser, portal: Portal, lang: str, told: str, until: str
) -> None:
    assert not browser.get(f"/practice?lang={lang}").has("reopens")
    at(portal, NOON.replace(hour=5))

    sentence = browser.get("/practice").text("reopens")

    assert sentence.startswith(told)
    assert until in sentence
