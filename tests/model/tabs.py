"""Browser tabs: the pages they have shown, to go back to, and the forms that these still hold."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from itsdangerous.encoding import base64_decode
from model.base import Asked

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from model.reading import Shown
    from model.world import Codes, Row

IDS = ("register", "cancel", "signed_in", "visit")


@dataclass
class Seen:
    """A page that a tab has shown; `token` names the cookie's secret with which its forms are signed."""

    path: str
    shown: Shown
    token: str
    problems: Codes

    @property
    def screen(self) -> str:
        return self.shown.screen


@dataclass
class Tab:
    """A tab; `jar` is what the model has its browser's cookie hold."""

    client: FlaskClient
    jar: Row
    pages: list[Seen] = field(default_factory=list)
    sent: Asked | None = None

    @property
    def page(self) -> Seen | None:
        return self.pages[-1] if self.pages else None

    def show(self, seen: Seen) -> None:
        """Show a page; a tab remembers the last of them."""
        self.pages = [*self.pages[-7:], seen]

    def holding(self, *screens: str) -> Seen | None:
        """Return the newest page in the history that has one of these screens."""
        return next((each for each in reversed(self.pages) if each.screen in screens), None)

    def asks(self, method: str, path: str, typed: Row | None = None, query: Row | None = None) -> Asked:
        """Return a request without a form."""
        return Asked(self.jar, method, path, typed or {}, query or {}, token=False)

    def sends(self, seen: Seen, path: str, typed: Row, query: Row | None = None) -> Asked:
        """Return the request that sends the form of a page."""
        whole = {"csrf_token": seen.shown.token} | seen.shown.hidden | typed
        valid = seen.token == self.jar.get("csrf")
        sealed = seen.problems if "refused" in whole else {}
        return Asked(self.jar, "POST", path, whole, query or {}, token=valid, token_name=seen.token, sealed=sealed)

    def replace_picture(self, captcha_id: str, wanted: str) -> None:
        """Put another challenge into the page, as its script does."""
        assert captcha_id == wanted
        if self.page and "captcha_id" in self.page.shown.hidden:
            self.page.shown.hidden["captcha_id"] = captcha_id

    def cookie(self) -> Row:
        """Return what anybody who holds the cookie can read in it."""
        found = self.client.get_cookie("ipportal")
        if found is None:
            return {}
        payload = base64_decode(found.value.removeprefix(".").partition(".")[0])
        kept: Row = json.loads(zlib.decompress(payload) if found.value.startswith(".") else payload or "{}")
        return kept

    def check_cookie(self) -> None:
        """Hold the cookie against what the model has in it."""
        kept = self.cookie()
        assert ("csrf_token" in kept) == ("csrf" in self.jar)
        assert {name: kept.get(name) for name in (*IDS, "tell", "lang")} == {
            name: self.jar.get(name) for name in (*IDS, "tell", "lang")
        }
