"""What a page sealed for its own language switch is harmless on every other page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web.test_bad_requests import EACH_FORM, FORMS, brought

if TYPE_CHECKING:
    from web.client import Browser


@pytest.mark.parametrize("other", FORMS)
@EACH_FORM
def test_the_sealed_refusals_of_one_form_do_no_harm_on_another(browser: Browser, path: str, other: str) -> None:
    browser.post(path, {"csrf_token": brought(browser, path)["csrf_token"]}, token=False)
    sealed = browser.page.value("refused")
    token = brought(browser, other)["csrf_token"]

    page = browser.post(f"{other}?lang=en", {"csrf_token": token, "refused": sealed, "lang_switch": "en"}, token=False)

    assert page.status in {200, 303}
