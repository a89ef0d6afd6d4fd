"""A page of another origin can neither frame the portal's pages, nor send their forms, nor hold on to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.pages import at
from browser.test_other_origin import elsewhere, foreign  # noqa: F401 - fixtures
from playwright.sync_api import Error
from props import PEOPLE

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

    from ipportal.portal import Portal

pytestmark = pytest.mark.browser

FRAME = """([tag, url]) => new Promise(done => {
    const part = document.createElement(tag);
    part.onload = () => done("load");
    part.onerror = () => done("error");
    part[tag === "object" ? "data" : "src"] = url;
    document.body.append(part);
})"""
FORM = """([url, fields]) => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: url });
    for (const [name, value] of Object.entries(fields)) {
        form.append(Object.assign(document.createElement("input"), { name, value }));
    }
    document.body.append(form);
    form.submit();
}"""
SEND = """([url, body]) => fetch(url, {
    method: "POST", mode: "no-cors", credentials: "include", body: new URLSearchParams(body),
}).then(() => "sent", () => "stopped")"""
PERSON = PEOPLE["registered"]
LOGIN = {"internet_user_id": str(PERSON.internet_user_id), "internet_password": str(PERSON.internet_password)}
FORMS = {
    "/login": LOGIN,
    "/logout": {},
    "/register/terms": {"agree": "yes"},
    "/cancel": LOGIN,
    "/account/internet": {"current_internet_password": LOGIN["internet_password"]},
    "/basic-password": {"basic_password": PERSON.basic_password},
    "/account/notices/TRN20250324-01": {},
    "/captcha/refresh": {},
    "/register/details?lang=en": {"lang_switch": "en"},
}


@pytest.fixture
def signed_in(foreign: Page, served: str, stage: Portal) -> Page:  # noqa: ARG001, F811 - the fixtures, and set first
    """The page of another origin, in a browser that is signed in at the portal."""
    there = foreign.url
    foreign.goto(f"{served}/login")
    for name, value in LOGIN.items():
        foreign.locator(f"#{name}").fill(value)
    foreign.get_by_test_id("submit").click()
    at(foreign, "account/home")
    foreign.goto(there)
    return foreign


def everything(store: Portal) -> dict[str, object]:
    return {name: table.dump() for name, table in store.tables.by_name.items()}


@pytest.mark.parametrize("tag", ["iframe", "object", "embed"])
def test_a_frame_on_a_page_of_another_origin_stays_empty(signed_in: Page, served: str, tag: str) -> None:
    for path in ("/", "/login", "/register/terms", "/cancel", "/practice", "/account", "/nowhere"):
        signed_in.evaluate(FRAME, [tag, f"{served}{path}"])

    assert [frame.url for frame in signed_in.frames[1:] if "data-screen" in shown(frame)] == []


def shown(frame: Frame) -> str:
    """Return what a frame shows; an object that shows nothing goes away while it is asked."""
    try:
        return frame.content()
    except Error:
        return ""


def test_a_form_of_another_origin_is_refused_and_changes_nothing(signed_in: Page, served: str, store: Portal) -> None:
    there, before = signed_in.url, everything(store)
    for path, fields in FORMS.items():
        with signed_in.expect_navigation() as answer:
            signed_in.evaluate(FORM, [f"{served}{path}", fields])

        assert answer.value.status == 403, path
        at(signed_in, "errors/403")
        signed_in.goto(there)
    assert everything(store) == before
    signed_in.goto(f"{served}/account")
    at(signed_in, "account/home")


def test_a_script_of_another_origin_sends_a_form_in_vain(signed_in: Page, served: str, store: Portal) -> None:
    before = everything(store)
    for path, fields in FORMS.items():
        signed_in.evaluate(SEND, [f"{served}{path}", fields])

    assert everything(store) == before


def test_a_part_of_the_portal_is_not_loaded_into_a_page_of_another_origin(signed_in: Page, served: str) -> None:
    for path in ("/static/icon.svg", "/static/portal.js", "/static/portal.css", "/login"):
        tag = "img" if path.endswith("svg") else "script"
        assert signed_in.evaluate(FRAME, [tag, f"{served}{path}"]) == "error", path


def test_a_page_that_opened_the_portal_loses_hold_of_it(signed_in: Page, served: str) -> None:
    with signed_in.expect_popup() as popup:
        signed_in.evaluate("url => { window.opened = window.open(url) }", f"{served}/account")
    popup.value.wait_for_load_state()

    signed_in.wait_for_function("() => window.opened.closed")  # soon after, in the browser's own time
    assert popup.value.evaluate("window.opener") is None
