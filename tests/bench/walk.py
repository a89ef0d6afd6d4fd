"""The journeys that are measured, as what a browser asks for one after the other; and a browser without a server."""

from __future__ import annotations

import io
import re
import sys
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from ipportal.clock import HONG_KONG
from ipportal.store.columns import columns, pack
from ipportal.store.schema import Account

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping
    from wsgiref.types import WSGIApplication

    from ipportal.portal import Portal

NAMES = {"zh-Hant": "某", "en": "Somebody", "zh-Hans": "某"}
BASIC_PASSWORD, NEW_BASIC_PASSWORD, INTERNET_PASSWORD = "12121212", "34343434", "Practice20251"
MORNING = datetime(2025, 3, 31, 9, tzinfo=HONG_KONG)
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


class Unexpected(Exception):
    """An answer that is not as a visitor expects it."""


class Ask(NamedTuple):
    """A request; with *typed* it posts that form. Anything but the wanted status is a failure."""

    path: str
    typed: Mapping[str, str] | None = None

    @property
    def method(self) -> str:
        return "GET" if self.typed is None else "POST"

    @property
    def wanted(self) -> int:
        return 200 if self.typed is None else 303


def post(path: str, page: str, **typed: str) -> Ask:
    """Return the request that sends a page's form."""
    return Ask(path, {name: unescape(value) for name, value in _HIDDEN.findall(page)} | typed)


def look(page: str) -> Ask:
    """Return the request for the page's CAPTCHA picture."""
    return Ask(f"/captcha/{captcha_id(page)}.png")


def captcha_id(page: str) -> str:
    return str(dict(_HIDDEN.findall(page))["captcha_id"])


def register(number: int, read: Callable[[str], str]) -> Generator[Ask, str, None]:
    """Register: 10 requests from the home page to the last screen; *read* tells a CAPTCHA's answer by its id."""
    yield Ask("/")
    page = yield Ask("/register/terms")
    yield post("/register/terms", page, agree="yes")
    page = yield Ask("/register/kind")
    yield post("/register/kind", page, account_kind="personal")
    page = yield Ask("/register/details")
    yield look(page)
    empty = {f"linked_basic_user_id_{position}": "" for position in (2, 3, 4)}
    yield post(
        "/register/details",
        page,
        basic_user_id=basic_user_id(number),
        identity_prefix="ZZ99",
        internet_user_id=f"U{number:07}",
        internet_password=INTERNET_PASSWORD,
        internet_password_again=INTERNET_PASSWORD,
        captcha=read(captcha_id(page)),
        **empty,
    )
    page = yield Ask("/register/confirm")
    yield post("/register/confirm", page, basic_password=BASIC_PASSWORD)
    yield Ask("/register/done")


def enter(number: int) -> Generator[Ask, str, None]:
    """Sign in."""
    page = yield Ask("/login")
    yield post("/login", page, internet_user_id=f"U{number:07}", internet_password=INTERNET_PASSWORD)


def change(old: str, new: str, read: Callable[[str], str]) -> Generator[Ask, str, None]:
    """Change the basic password."""
    page = yield Ask("/basic-password")
    yield look(page)
    typed = {"new_basic_password": new, "new_basic_password_again": new, "captcha": read(captcha_id(page))}
    yield post("/basic-password", page, basic_password=old, **typed)


def journey(number: int, read: Callable[[str], str]) -> Generator[Ask, str, None]:
    """Walk from the home page to the main page, the first login with its change of password included."""
    yield from register(number, read)
    yield from enter(number)
    yield from change(BASIC_PASSWORD, NEW_BASIC_PASSWORD, read)
    yield Ask("/account")


def basic_user_id(number: int) -> str:
    return f"{number:08}"


def stock(portal: Portal, accounts: int) -> None:
    """Have a portal's clock go on from a Monday morning, so that it is open, and add so many accounts.

    All have one hash: a million would else take a quarter of an hour.
    """
    portal.stored_clock.shift(MORNING - portal.stored_clock.real.now())
    hashed = portal.staff.hasher.hash(BASIC_PASSWORD)
    rows = (Account(basic_user_id(number), "bench", "personal", "ZZ99", NAMES, hashed) for number in range(accounts))
    with portal.tables.atomic():
        portal.tables.accounts.load(tuple(pack(getattr(row, name)) for name in columns(Account)) for row in rows)


def reader(portal: Portal) -> Callable[[str], str]:
    """Return what reads a CAPTCHA where only the portal can."""

    def read(captcha_id: str) -> str:
        if not (answer := portal.captcha.answer(captcha_id)):
            raise Unexpected("no such picture")
        return answer

    return read


class Visitor:
    """One browser that calls the application itself, so that all the time measured is the portal's own."""

    def __init__(self, app: WSGIApplication, root: str = "") -> None:
        self.app, self.root, self.cookie = app, root, ""

    def walk(self, steps: Generator[Ask, str, None]) -> int:
        """Go that way and return how many requests it took."""
        count, page = 0, ""
        try:
            while True:
                ask = next(steps) if not count else steps.send(page)
                page = self.ask(ask).decode("utf-8", "replace")
                count += 1
        except StopIteration:
            return count

    def ask(self, ask: Ask) -> bytes:
        """Return the body of an answer that is as wanted."""
        body = urlencode(ask.typed or {}).encode()
        environ = _ENVIRON | {"REQUEST_METHOD": ask.method, "PATH_INFO": self.root + ask.path, "QUERY_STRING": ""}
        environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        if ask.typed is not None:
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
        if told[0][:3] != str(ask.wanted):
            raise Unexpected(f"{ask.method} {ask.path}: {told[0]}")
        return found
