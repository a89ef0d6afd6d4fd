"""A browser without scripts: it follows redirects, keeps cookies, fills forms in, and polices every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markup import Markup
from web.police import check_answer, check_page, cookie_name, read_cookie

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from markup import Element
    from werkzeug.test import TestResponse


class Page(Markup):
    """An answer, as a tester reads it."""

    def __init__(self, response: TestResponse, path: str) -> None:
        self.response, self.path = response, path
        self.status, self.headers = response.status_code, response.headers
        self.body = response.get_data()
        response.close()
        self.html = response.mimetype == "text/html" and bool(self.body) and not 300 <= self.status < 400
        super().__init__(self.body.decode() if self.html else "")

    @property
    def notice(self) -> str:
        """The code of what the page tells the visitor besides."""
        found = self.first("[data-notice]")
        return found["data-notice"] if found else ""

    def has(self, testid: str) -> bool:
        return bool(self.select(f'[data-testid="{testid}"]'))

    def by(self, testid: str) -> Element:
        found = self.select(f'[data-testid="{testid}"]')
        assert len(found) == 1, f"{len(found)} elements are {testid} on {self.screen}"
        return found[0]

    def text(self, testid: str) -> str:
        return self.by(testid).words

    def value(self, name: str) -> str:
        """What a field of the form shows."""
        found = self.first(f'input[name="{name}"]')
        assert found, f"no field {name} on {self.screen}"
        return found.get("value")

    def filled(self, form: Element) -> dict[str, str]:
        """What a browser would send of a form that nobody touched."""
        typed = {}
        for control in form.select("input[name]:not([type=radio]), input[name][type=radio][checked]"):
            typed[control["name"]] = control.get("value")
        for choice in form.select("select[name]"):
            chosen = choice.first("option[selected]") or choice.first("option")
            typed[choice["name"]] = chosen["value"] if chosen else ""
        return typed


class Browser:
    """Visits an application, or the workspace under *root* of it; `page` is what it shows now."""

    def __init__(self, app: Flask, root: str = "", **environ: str) -> None:
        self.client = app.test_client()
        self.root, self.environ = root, environ
        self.page: Page

    def beside(self, root: str) -> Browser:
        """Open another tab of this browser, at the workspace under *root*."""
        tab = Browser(self.client.application, root, **self.environ)
        tab.client = self.client
        return tab

    def get(self, path: str, **more: Any) -> Page:
        return self.open(path, method="GET", **more)

    def post(self, path: str, data: Any = None, *, token: bool = True, **more: Any) -> Page:
        """Send a form by hand, with the token of the page that is shown."""
        if token and isinstance(data, dict | None):
            data = {"csrf_token": self.token} | (data or {})
        return self.open(path, method="POST", data=data, **more)

    def open(self, path: str, *, follow: bool = True, **request: Any) -> Page:
        request["environ_overrides"] = self.environ | request.pop("environ_overrides", {})
        if not path.startswith(f"{self.root}/"):
            path = self.root + path  # as typed into the address bar; what a page leads to is policed
        page = self._ask(path, **request)
        while follow and page.status == 303:
            page = self._ask(page.headers["Location"], environ_overrides=self.environ)
        self.page = page
        return page

    def click(self, testid: str) -> Page:
        """Follow a link of the page."""
        return self.get(self.page.by(testid)["href"])

    def submit(self, testid: str = "submit", **typed: str) -> Page:
        """Fill in the form of a button, by field names, and press the button."""
        path, method, sent = self.sending(testid, typed)
        if method == "post":
            return self.open(path, method="POST", data=sent)
        return self.open(path, method="GET", query_string=sent)

    def sending(self, testid: str, typed: Mapping[str, str]) -> tuple[str, str, dict[str, str]]:
        """Where a button sends its form, how, and with what."""
        button = self.page.by(testid)
        form = self.page.first(f"form#{button['form']}") if "form" in button else button.within("form")
        assert form
        known = {each["name"] for each in form.select("[name]")}
        assert set(typed) <= known, f"no such field: {set(typed) - known}"
        sent = self.page.filled(form) | dict(typed)
        if "name" in button:
            sent[button["name"]] = button["value"]
        path = button["formaction"] if "formaction" in button else form["action"]
        return path, form["method"], sent

    @property
    def token(self) -> str:
        """The CSRF token of the page, or of the login page where there is none."""
        page = getattr(self, "page", None)
        if page is None or not page.first("input[name=csrf_token]"):
            page = self._ask(f"{self.root}/login", environ_overrides=self.environ)
        return page.value("csrf_token")

    @property
    def cookie(self) -> str:
        found = self.client.get_cookie(cookie_name(self.root), path=self.root or "/")
        return found.value if found else ""

    @cookie.setter
    def cookie(self, value: str) -> None:
        self.client.set_cookie(cookie_name(self.root), value, path=self.root or "/")

    @property
    def kept(self) -> dict[str, object]:
        """What the cookie holds."""
        return read_cookie(self.cookie)

    def _ask(self, path: str, **request: Any) -> Page:
        response = self.client.open(path, **request)
        check_answer(response, static=path.startswith(f"{self.root}/static/"), root=self.root)
        page = Page(response, path)
        if page.html:
            check_page(page, self.root)
            assert page.headers["Content-Language"] == page.lang
        return page
