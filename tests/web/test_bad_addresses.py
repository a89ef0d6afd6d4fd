from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web.scenes import sign_in

if TYPE_CHECKING:
    from web.client import Browser


@pytest.mark.parametrize(
    "path",
    ["/%ff%fe", "/register/%00", "/account/notices/%f0%28", "/captcha/%ff.png", "/" + "a" * 5000, "/?" + "a" * 5000],
)
def test_an_address_that_no_page_links_to_is_no_error_of_the_portal(browser: Browser, path: str) -> None:
    assert browser.get(path, follow=False).status in {200, 303, 400, 404}


@pytest.mark.parametrize("query", ["lang=%ff", "lang=en&lang=fr", "topic=%00", "lang[]=en", "=", "%"])
@pytest.mark.parametrize("path", ["/", "/account", "/basic-password", "/register/details"])
def test_a_query_that_no_page_links_to_is_no_error_of_the_portal(browser: Browser, path: str, query: str) -> None:
    sign_in(browser)

    assert browser.get(f"{path}?{query}").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "1.2.3.4"},
        {"X-Forwarded-Host": "evil.example"},
        {"Accept-Language": "\xff"},
        {"Range": "bytes=0-0,-1"},
        {"If-None-Match": "*"},
        {"Content-Length": "x"},
        {"Expect": "100-continue"},
        {"Cookie": "=;=;;"},
        {"Sec-Fetch-Site": "\xff"},
        {"Referer": "https://evil.example/"},
        {"Authorization": "Basic x"},
    ],
)
def test_a_strange_header_changes_nothing(browser: Browser, headers: dict[str, str]) -> None:
    page = browser.get("/login", headers=headers)

    assert (page.status, page.screen) == (200, "login/form")
    assert "evil" not in page.body.decode()
