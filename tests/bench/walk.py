"""A visitor without a server: it calls the application itself, so that all the time measured is the portal's own."""

from __future__ import annotations

import io
import re
import sys
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from ipportal.store.columns import columns, pack
from ipportal.store.schema import Account

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from wsgiref.types import WSGIApplication

    from ipportal.portal import Portal

NAMES = {"zh-Hant": "某", "en": "Somebody", "zh-Hans": "某"}
BASIC_PASSWORD, NEW_BASIC_PASSWORD, INTERNET_PASSWORD = "12121212", "34343434", "Practice20251"
_HIDDEN = re.compile('<input type="hidden" name="([a-z_]+)" value="([^"]*)">')
_ENVIRON = {
    "REMOTE_ADDR": "127.0.0.1",
    "SCRIPT_NAME": "",
    "SERVER_NAME": "127.0.0.1",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "HTTP_HOST": "127.0.0.1",
    "HTTP_ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8",
    "HTTP_ACCEPT_LANGUAGE": "zh-HK,en;q=0.5",
    "HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "wsgi.errors": sys.stderr,
    "wsgi.multiprocess": True,
    "wsgi.multithread": True,
    "wsgi.run_once": False,
    "wsgi.url_scheme": "http",
    "wsgi.version": (1, 0),
}


def basic_user_id(number: int) -> str:
    return f"{number:08}"


def people(portal: Portal, numbers: Iterable[int]) -> None:
    """Add accounts that all have one hash: a million would else take a quarter of an hour."""
    hashed = portal.staff.hasher.hash(BASIC_PASSWORD)
    rows = (Account(basic_user_id(number), "bench", "personal", "ZZ99", NAMES, hashed) for number in numbers)
    with portal.tables.atomic():
        portal.tables.accounts.load(tuple(pack(getattr(row, name)) for name in columns(Account)) for row in rows)


class Visitor:
    """One browser: a cookie, and the page it last saw. Every answer that is not as expected stops the run."""

    def __init__(self, app: WSGIApplication, portal: Portal, root: str = "") -> None:
        self.app, self.portal, self.root = app, portal, root
        self.cookie = self.page = ""
        self.requests = 0

    def ask(self, method: str, path: str, typed: Mapping[str, str] | None = None, wanted: str = "200") -> bytes:
        body = urlencode(typed).encode() if typed else b""
        environ = _ENVIRON | {"REQUEST_METHOD": method, "PATH_INFO": self.root + path, "QUERY_STRING": ""}
        environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        if typed is not None:
            environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
        if self.cookie:
            environ["HTTP_COOKIE"] = self.cookie
        told: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *_: object) -> object:
            told.append(status)
            for name, value in headers:
                if name == "Set-Cookie":
                    self.cookie = value.partition(";")[0]
            return None

        answer = self.app(environ, start)  # type: ignore[arg-type]
        try:
            found = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        self.requests += 1
        if told[0][:3] != wanted:
            raise SystemExit(f"{method} {path}: {told[0]}")
        return found

    def get(self, path: str) -> None:
        self.page = self.ask("GET", path).decode()

    def post(self, path: str, **typed: str) -> None:
        hidden = {name: unescape(value) for name, value in _HIDDEN.findall(self.page)}
        self.ask("POST", path, hidden | typed, "303")

    def captcha(self) -> str:
        """Look at the picture, and read the answer where only the portal can."""
        captcha_id = dict(_HIDDEN.findall(self.page))["captcha_id"]
        self.ask("GET", f"/captcha/{captcha_id}.png")
        challenge = self.portal.tables.challenges.get(captcha_id)
        if challenge is None:
            raise SystemExit("no such picture")
        return challenge.answer

    def register(self, number: int) -> None:
        """Register: 11 requests, from the home page to the last screen."""
        self.get("/")
        self.get("/register/terms")
        self.post("/register/terms", agree="yes")
        self.get("/register/kind")
        self.post("/register/kind", account_kind="personal")
        self.get("/register/details")
        empty = {f"linked_basic_user_id_{position}": "" for position in (2, 3, 4)}
        again = {"internet_password_again": INTERNET_PASSWORD, "captcha": self.captcha()}
        self.post(
            "/register/details",
            basic_user_id=basic_user_id(number),
            identity_prefix="ZZ99",
            internet_user_id=f"U{number:07}",
            internet_password=INTERNET_PASSWORD,
            **empty,
            **again,
        )
        self.get("/register/confirm")
        self.post("/register/confirm", basic_password=BASIC_PASSWORD)
        self.get("/register/done")

    def enter(self, number: int) -> None:
        self.get("/login")
        self.post("/login", internet_user_id=f"U{number:07}", internet_password=INTERNET_PASSWORD)

    def change(self, old: str, new: str) -> None:
        self.get("/basic-password")
        captcha = self.captcha()
        self.post(
            "/basic-password",
            basic_password=old,
            new_basic_password=new,
            new_basic_password_again=new,
            captcha=captcha,
        )

    def journey(self, number: int) -> None:
        """Walk from the home page to the main page, the first login with its change of password included."""
        self.register(number)
        self.enter(number)
        self.change(BASIC_PASSWORD, NEW_BASIC_PASSWORD)
        self.get("/account")
