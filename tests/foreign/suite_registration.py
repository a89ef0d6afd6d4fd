"""Registration and first login, by the Visitor and in Chromium; what is refused on the way, and why."""

from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from ipportal.testing import HomePage, Workspace

pytestmark = pytest.mark.ipportal(now="2025-03-31T12:00:00+08:00")  # else the tests fail in maintenance hours
LOGIN = {"internet_user_id": "LokShan1", "internet_password": "Practice12345"}
CHANGED = {"new_basic_password": "86420975", "new_basic_password_again": "86420975", "captcha": "ABC123"}
MISTAKES: list[tuple[str, str, str, list[str] | None]] = [
    ("basic_user_id", "", "required", ["add 8 digit"]),
    ("basic_user_id", "9900010", "length", ["add 1 digit"]),
    ("identity_prefix", "ZA123", "length", ["remove 1 letter_or_digit"]),
    ("internet_user_id", "Lok Shan1", "length", ["remove 1 space"]),
    ("basic_user_id", "9900010\uff11", "chars", ["replace 1 half_width"]),
    ("internet_user_id", "Lok_Shan", "chars", ["remove 1 symbol", "add 1 letter_or_digit"]),
    ("internet_password", "practicepract", "mixed", ["replace 1 digit"]),
    ("internet_password", "1234567890123", "mixed", ["replace 1 letter"]),
    ("internet_password_again", "Practice12346", "differs", None),
    ("linked_basic_user_id_2", "99000101", "duplicate", []),
]


def test_a_new_user_registers_and_changes_the_basic_password(ipportal: Workspace) -> None:
    person = ipportal.people["fresh-individual"]
    details = {"basic_user_id": person.basic_user_id, "identity_prefix": person.identity_prefix, "captcha": "ABC123"}
    visitor = ipportal.visitor(lang="en")
    visitor.get("/")
    visitor.follow("register")
    visitor.press("agree")
    visitor.submit(account_kind=person.account_kind)
    visitor.submit(**details, **LOGIN, internet_password_again="Practice12345")
    assert visitor.submit(basic_password=person.basic_password).screen == "register/done"
    visitor.get("/login")
    assert visitor.submit(**LOGIN).screen == "basic_password/form"
    assert visitor.submit(basic_password=person.basic_password, **CHANGED).screen == "basic_password/done"
    visitor.get("/account")
    assert visitor.press("logout").notice == "signed_out"
    visitor.get("/login")
    assert visitor.submit(**LOGIN).screen == "account/home"


@pytest.mark.parametrize(("field", "typed", "code", "edits"), MISTAKES)
def test_a_mistake_is_refused_with_reason_and_nearest_form(
    ipportal: Workspace, field: str, typed: str, code: str, edits: list[str] | None
) -> None:
    opened = ipportal.checkpoints.open("register-7")
    visitor = ipportal.visitor()
    fields: dict[str, Any] = visitor.get(opened.url).values
    right = {name: value for name, value in opened.typed.items() if name in fields} | {"captcha": "ABC123"}
    if field == "internet_password":
        right["internet_password_again"] = typed
    page = visitor.submit(**(right | {field: typed}))
    assert (page.status, page.problems) == (422, {field: code})
    entry = ipportal.journal.last(step="register/details")
    assert (entry.outcome, entry.codes) == ("refused", {field: code})
    nearest = {value["field"]: value["nearest"] for value in entry.values}[field]
    assert edits == (nearest and ["{edit} {count} {what}".format(**edit) for edit in nearest["edits"]])


@pytest.mark.browser
def test_a_browser_registers_and_logs_on_at_first(ipportal: Workspace) -> None:
    person = ipportal.people["fresh-individual"]
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-background-networking"]
        page = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags).new_page()
        details = HomePage.open(page, ipportal.url, lang="en").register().agree().choose("personal").submit()
        details.fill(basic_user_id=person.basic_user_id, identity_prefix=person.identity_prefix, **LOGIN)
        confirm = details.fill(internet_password_again="Practice12345", captcha="ABC123").submit()
        assert confirm.fill(basic_password=person.basic_password).submit().review["internet_user_id"] == "LokShan1"
        form = HomePage.open(page, ipportal.url, lang="en").login().fill(**LOGIN).submit_first()
        assert form.fill(basic_password=person.basic_password, **CHANGED).submit().screen == "basic_password/done"
    assert not ipportal.accounts.get(person.basic_user_id).issued
