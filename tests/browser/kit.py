"""Short ways to a screen with the kit's page objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from props import CHAN, WORD

from ipportal.testing import RegisterTermsPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from ipportal.testing import RegisterDetailsPage

PRACTICE = "Rehearse20251"


def details(page: Page) -> RegisterDetailsPage:
    """Go to the details of a personal account and fill them in as fresh-individual."""
    found = RegisterTermsPage.open(page).agree().choose("personal").submit()
    found.fill(basic_user_id=CHAN["basic_user_id"], identity_prefix="ZA12", internet_user_id="LokShan1")
    return found.fill(internet_password=PRACTICE, internet_password_again=PRACTICE, captcha=WORD)
