"""The control API stands beside the pages; with the setting off there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web.test_maintenance import changed_portal

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal


def test_the_control_api_answers_beside_the_pages_and_sets_no_cookie(browser: Browser) -> None:
    answer = browser.client.get("/_control/v1/health")

    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert "Set-Cookie" not in answer.headers
    assert browser.client.get("/_control/v1/workspaces").mimetype == "application/problem+json"


@pytest.mark.parametrize("path", ["/_control/v1/health", "/_control/v1/openapi.json", "/_control/", "/_control"])
def test_without_the_control_api_its_addresses_are_not_found(browser: Browser, portal: Portal, path: str) -> None:
    changed_portal(browser, portal, control=False)

    assert (browser.get(path).status, browser.page.screen) == (404, "errors/404")


@pytest.mark.parametrize("path", ["/_control", "/_controls/v1/health", "/static/_control/v1/health"])
def test_an_address_that_only_resembles_the_control_api_is_a_page(browser: Browser, path: str) -> None:
    assert browser.client.get(path).mimetype == "text/html"
