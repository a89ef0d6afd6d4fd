from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web.scenes import sign_in

from ipportal.store.schema import Notice
from ipportal.vetting import in_three

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

NEWEST = "TRN20250324-01"


def test_a_new_notice_is_counted_marked_and_read_when_opened(browser: Browser) -> None:
    page = sign_in(browser)
    assert page.text("new-messages") == "新訊息數目\uff1a3"
    assert "未讀" in page.text(f"notice-{NEWEST}")

    page = browser.submit(f"open-{NEWEST}")

    assert page.screen == "account/notice"
    assert "請只用練習戶口的資料" in page.words
    page = browser.click("back")
    assert page.text("new-messages") == "新訊息數目\uff1a2"
    assert "未讀" not in page.text(f"notice-{NEWEST}")


def test_looking_at_a_notice_by_its_address_does_not_mark_it_read(browser: Browser) -> None:
    sign_in(browser)

    assert browser.get(f"/account/notices/{NEWEST}").screen == "account/notice"
    assert browser.get("/account").text("new-messages") == "新訊息數目\uff1a3"


def test_a_notice_that_was_withdrawn_meanwhile_leads_back_to_the_board(browser: Browser, portal: Portal) -> None:
    sign_in(browser)
    portal.staff.withdraw(NEWEST)

    page = browser.submit(f"open-{NEWEST}")

    assert (page.screen, page.notice, page.has(f"notice-{NEWEST}")) == ("account/home", "notice_gone", False)
    assert not browser.get("/account").notice


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"en": "A drill"}, {"zh-Hant": "en", "en": "", "zh-Hans": "en"}),
        ({"zh-Hans": "\u6f14\u4e60"}, {"zh-Hant": "", "en": "zh-Hant", "zh-Hans": ""}),
        ({"zh-Hans": "\u6f14\u4e60", "zh-Hant": "FAQ"}, {"zh-Hant": "", "en": "zh-Hans", "zh-Hans": ""}),
        ({"zh-Hant": "\u6f14\u7fd2", "en": "A drill"}, {"zh-Hant": "", "en": "", "zh-Hans": ""}),
    ],
)
def test_words_in_another_language_than_the_page_say_which(
    browser: Browser, portal: Portal, given: dict[str, str], told: dict[str, str]
) -> None:
    words = in_three(given)
    portal.staff.publish(Notice("DRILL-1", "2025-03-31", "training", words, words))
    sign_in(browser)

    for lang, wanted in told.items():
        board = browser.get(f"/account?lang={lang}").by("open-DRILL-1")
        page = browser.get("/account/notices/DRILL-1")
        shown = [board, page.select("h1")[0], page.select("h1 ~ p:not([class])")[0]]
        assert [each.get("lang") or "" for each in shown] == [wanted] * 3


def test_what_one_user_has_read_is_new_to_another(browser: Browser, another: Browser) -> None:
    sign_in(browser)
    browser.submit(f"open-{NEWEST}")

    assert sign_in(another, "registered-linked").text("new-messages") == "新訊息數目\uff1a3"


@pytest.mark.parametrize(("topic", "shown"), [("training", [NEWEST]), ("system", ["SYS20250317-02"]), ("", None)])
def test_the_board_can_be_narrowed_to_one_topic(browser: Browser, topic: str, shown: list[str] | None) -> None:
    sign_in(browser)

    page = browser.submit("filter", topic=topic)

    rows = [row["data-testid"].removeprefix("notice-") for row in page.select("tr[data-testid^=notice-]")]
    assert rows == (shown or [NEWEST, "SYS20250317-02", "GEN20250303-01"])
    assert page.text("new-messages") == "新訊息數目\uff1a3"


def test_a_topic_that_nobody_offers_narrows_nothing(browser: Browser) -> None:
    sign_in(browser)

    page = browser.get("/account?topic=<b>")

    assert len(page.select("tr[data-testid^=notice-]")) == 3
    assert "<b>" not in page.body.decode()


def test_a_topic_without_notices_says_so(browser: Browser, portal: Portal) -> None:
    portal.tables.notices.delete(topic="system")
    sign_in(browser)

    assert "沒有這類訊息" in browser.submit("filter", topic="system").words
