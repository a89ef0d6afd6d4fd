from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from props import dump, last
from web.scenes import at_cancel_confirm, at_confirm, at_details, at_kind, credentials, sign_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from web.client import Browser

    from ipportal.portal import Portal

FORMS: dict[str, tuple[str, Callable[[Browser], object]]] = {
    "/register/terms": ("agree", lambda browser: browser.get("/register/terms")),
    "/register/kind": ("account_kind", at_kind),
    "/register/details": ("identity_prefix", at_details),
    "/register/confirm": ("basic_password", at_confirm),
    "/login": ("internet_user_id", lambda browser: browser.get("/login")),
    "/basic-password": ("new_basic_password", lambda browser: sign_in(browser, "registered-first-login-due")),
    "/account/internet": ("internet_password", lambda browser: (sign_in(browser), browser.get("/account/internet"))),
    "/cancel": ("internet_user_id", lambda browser: browser.get("/cancel")),
    "/cancel/confirm": ("basic_password", at_cancel_confirm),
}
STEPS = {"/login": "login/form", "/basic-password": "basic_password/form", "/cancel": "cancel/form"}
EACH_FORM = pytest.mark.parametrize("path", FORMS)
NASTY = [
    "\x00",
    "12345678\x00",
    "12345678\n",
    " 1234567",
    "\u200b1234567",
    "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
    "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668",
    "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
    "'; DROP TABLE user; --",
    "<script>alert(1)</script>",
    '"><img src=x onerror=y>',
    "{{ 7 * 7 }}",
    "{0.__class__}",
    "%s%s%n",
    "../../etc/passwd",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "x" * 5000,
    "\r\nSet-Cookie: a=b",
]


def brought(browser: Browser, path: str) -> dict[str, str]:
    """Bring the visitor to a form and return what its fields hold."""
    FORMS[path][1](browser)
    form = browser.page.first(f'form[action="{path}"]')
    assert form
    return browser.page.filled(form)


@EACH_FORM
@pytest.mark.parametrize("value", NASTY)
def test_nothing_nasty_in_any_field_is_an_error_of_the_portal_or_comes_back_as_code(
    browser: Browser, path: str, value: str
) -> None:
    sent = brought(browser, path)

    page = browser.post(path, dict.fromkeys(sent, value) | {"csrf_token": sent["csrf_token"], FORMS[path][0]: value})

    assert page.status in {200, 409, 422}
    body = page.body.decode()
    assert not any(code in body for code in ("<script>alert", "<img src=x", ">49<", "<class "))
    assert "a=b" not in str(page.headers.get("Set-Cookie"))


@EACH_FORM
def test_a_field_that_is_sent_twice_is_refused(browser: Browser, portal: Portal, path: str) -> None:
    sent = brought(browser, path)
    before = dump(portal, "users", "accounts", "drafts", "journal")

    for twice in (["a", "b"], ["a", (io.BytesIO(b"b"), "b.txt")]):
        page = browser.post(path, {"csrf_token": sent["csrf_token"], FORMS[path][0]: twice}, token=False)
        assert (page.status, page.screen) == (400, "errors/400")
    assert dump(portal, "users", "accounts", "drafts", "journal") == before


@pytest.mark.parametrize("name", ["csrf_token", "lang_switch", "nobodys", "captcha_id"])
@EACH_FORM
def test_a_hidden_or_unknown_field_that_is_sent_twice_is_refused_too(
    browser: Browser, portal: Portal, path: str, name: str
) -> None:
    sent = brought(browser, path)
    before = dump(portal)

    page = browser.post(path, sent | {name: [sent.get(name, "en")] * 2}, token=False)

    assert (page.status, page.screen, dump(portal)) == (400, "errors/400", before)


@EACH_FORM
def test_a_form_without_its_token_is_refused_with_the_way_back(browser: Browser, portal: Portal, path: str) -> None:
    sent = brought(browser, path)
    before = dump(portal, "users", "accounts", "drafts")
    for token in ({}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": sent["csrf_token"][:-2]}):
        rest = {name: value for name, value in sent.items() if name != "csrf_token"}
        page = browser.post(path, rest | token, token=False)

        assert (page.status, page.screen) == (400, "errors/400")
        assert last(portal) == (STEPS.get(path, path[1:]), "refused", "csrf", "")
    assert dump(portal, "users", "accounts", "drafts") == before
    assert browser.page.has("again")


def test_the_token_of_another_visitor_is_refused(browser: Browser, another: Browser) -> None:
    another.get("/login")
    foreign = another.token
    browser.get("/login")

    assert browser.post("/login", credentials("registered") | {"csrf_token": foreign}).status == 400


BODIES: list[dict[str, Any]] = [
    {"data": b"internet_user_id=%ff%fe%80&csrf_token=%c3%28"},
    {"data": b"\xff\xfe\x00\x01"},
    {"data": b"=&&&==&=%00", "content_type": "application/x-www-form-urlencoded"},
    {"data": b"&".join(b"a%d=1" % number for number in range(2000))},
    {"json": {"internet_user_id": "NimChi07"}},
    {"data": b"{", "content_type": "application/json"},
    {"data": {"file": (io.BytesIO(b"x"), "x.txt"), "internet_user_id": "NimChi07"}},
    {"data": b"--x\r\nbroken", "content_type": "multipart/form-data; boundary=x"},
    {"data": b"x", "content_type": "multipart/form-data"},
    {
        "data": b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--\r\n",
        "content_type": "multipart/form-data; boundary=x",
    },
    {"data": b"<a/>", "content_type": "text/xml"},
    {"data": b"x", "content_type": "\x00/\xff"},
    {"data": b"", "content_length": 10},
    {"data": b"a=b", "content_type": "application/x-www-form-urlencoded; charset=utf-16"},
    {"data": b"a=" + b"x" * 65_536},
    {"data": b"a=" + b"x" * 1_000_000},
]


@EACH_FORM
@pytest.mark.parametrize("body", range(len(BODIES)))
def test_a_body_that_no_form_sends_is_refused(browser: Browser, path: str, body: int) -> None:
    brought(browser, path)
    sent = dict(BODIES[body])
    if "file" in str(sent.get("data"))[:10]:
        sent["data"] = {"file": (io.BytesIO(b"x"), "x.txt"), "internet_user_id": "NimChi07"}

    page = browser.open(path, method="POST", **sent)

    assert page.status in {400, 413}
    assert page.screen == f"errors/{page.status}"


@EACH_FORM
def test_a_body_of_64_kib_is_read_and_one_byte_more_is_not(browser: Browser, path: str) -> None:
    token = brought(browser, path)["csrf_token"]
    head = f"csrf_token={token}&x="
    kind = "application/x-www-form-urlencoded"

    most = browser.open(path, method="POST", data=head + "x" * (65_536 - len(head)), content_type=kind)
    more = browser.open(path, method="POST", data=head + "x" * (65_537 - len(head)), content_type=kind)

    assert most.status in {200, 409, 422}
    assert more.status == 413


@pytest.mark.parametrize("path", ["/register/details", "/login", "/cancel"])
def test_a_right_form_sent_as_multipart_is_as_good(browser: Browser, path: str) -> None:
    sent = brought(browser, path)

    page = browser.open(path, method="POST", data=sent, content_type="multipart/form-data")

    assert page.status == 422
    assert set(page.problems.values()) == {"required"}


@EACH_FORM
def test_a_file_in_place_of_a_field_counts_as_nothing_typed(browser: Browser, path: str) -> None:
    sent = brought(browser, path)
    wanted: dict[str, Any] = sent | {FORMS[path][0]: (io.BytesIO(b"NimChi07"), "id.txt")}

    page = browser.open(path, method="POST", data=wanted)

    assert (page.status, page.problems[FORMS[path][0]]) == (422, "required")


@EACH_FORM
@pytest.mark.parametrize("body", [{"internet_user_id": 5}, {"agree": ["yes"]}, [1, 2], "x", 7, None, {"captcha": {}}])
def test_json_is_no_form_even_with_the_token_in_a_header(browser: Browser, path: str, body: object) -> None:
    token = brought(browser, path)["csrf_token"]

    page = browser.open(path, method="POST", json=body, headers={"X-CSRFToken": token})

    assert page.status in {400, 409, 415, 422}
