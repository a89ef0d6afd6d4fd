from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web.scenes import sign_in

if TYPE_CHECKING:
    from flask import Flask
    from web.client import Browser


@pytest.mark.parametrize(
    "path",
    ["/%ff%fe", "/register/%00", "/account/notices/%f0%28", "/captcha/%ff.png", "/" + "a" * 5000, "/?" + "a" * 5000],
)
def test_an_address_that_no_page_links_to_is_no_error_of_the_portal(browser: Browser, path: str) -> None:
    assert browser.get(path, follow=False).status in {200, 303, 400, 404}


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/login/", "/login"),
        ("/login//?lang=en", "/login?lang=en"),
        ("/register", "/register/terms"),
        ("/register/", "/register"),
        ("/basic-password/?account=2&endpoint=%0d%0a%E4%BD%A0", "/basic-password?account=2&endpoint=%0D%0A%E4%BD%A0"),
        ("/account/notices/TRN%3F%23/", "/account/notices/TRN%3F%23"),
        ("/certificate/a%3Fb/", "/certificate/a%3Fb"),
        ("/Login", "/login"),
        ("/LOGIN/?LANG=en", "/login?LANG=en"),
        ("/REGISTER/TERMS", "/register/terms"),
        ("/Practice", "/practice"),
        ("/Account/Voting", "/account/voting"),
        ("/Certificate/Login", "/certificate/login"),
        ("/Login//evil.example", ""),
        ("/Account/Exit", ""),
        ("/Certificate/Nothing", ""),
        ("/account/notices/trn/Nothing", ""),
        ("/Account/Notices/TRN20250324-01", ""),
        ("/Captcha/x.png", ""),
        ("/Open/x", ""),
        ("/Static/portal.css", ""),
        ("/static/Portal.css", ""),
        ("/Logout", ""),
        ("/nothing/", ""),
        ("/.//evil.example/", ""),
        ("/%5Cevil.example/", ""),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_address_with_a_slash_too_many_or_in_other_case_leads_to_the_page_that_is_meant(
    app: Flask, method: str, path: str, leads: str
) -> None:
    answer = app.test_client().open(path, method=method)

    assert (answer.status_code, answer.headers.get("Location", "")) == ((303, leads) if leads else (404, ""))


@pytest.mark.parametrize("path", ["//evil.example/", "//Evil.example", "//evil.example/Login", "/\\Evil.example"])
def test_no_such_address_leads_to_another_site(app: Flask, path: str) -> None:
    answer = app.test_client().get("/", environ_overrides={"PATH_INFO": path})

    assert answer.status_code == 404


def test_a_form_sent_to_such_an_address_is_not_sent_on_without_what_was_typed(browser: Browser) -> None:
    browser.get("/login")

    for path in ("/login/", "/Login"):
        assert browser.post(path, {"internet_user_id": "NimChi07"}).status == 404


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


@pytest.mark.parametrize("part", ["bytes=5-1", "bytes=999999-", "x"])
def test_a_part_that_a_file_does_not_have_is_told_by_how_long_the_file_is(browser: Browser, part: str) -> None:
    whole = browser.get("/static/portal.css").headers["Content-Length"]

    page = browser.get("/static/portal.css", headers={"Range": part})

    assert (page.status, page.screen) == (416, "errors/416")
    assert page.headers["Content-Range"] == f"bytes */{whole}"
