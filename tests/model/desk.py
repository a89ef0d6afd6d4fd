"""Where the model and the portal are made to do the same, and held against each other after every step."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from model.learning import learn
from model.reading import Shown, held, told
from model.shelf import Shelf
from model.tabs import Seen, Tab
from model.world import World
from werkzeug.test import Client

from ipportal.app import create_app
from ipportal.clock import iso, parse_moment
from ipportal.people import DEFAULT, read
from ipportal.tokens import server_token

if TYPE_CHECKING:
    from model.base import Answer, Asked
    from model.world import Row
    from werkzeug.test import TestResponse

    from ipportal.portal import Portal

PREFIX: Final = "/_control/v1"
HERE: Final = "/workspaces/main"
COMPARED: Final = ("accounts", "users", "cancelled", "drafts", "challenges", "sessions", "notices")


class Desk:
    """A portal behind its web application and its control API, and the model of it."""

    def __init__(self, portal: Portal) -> None:
        self.portal, self.app = portal, create_app(portal=portal)
        self.api, self.token = Client(self.app, use_cookies=False), server_token(portal.settings)
        self.steps = 0
        self.begin()

    def begin(self) -> None:
        """Begin a new story, with three tabs in two browsers."""
        scenario = read(DEFAULT)
        self.model = Shelf(World())
        self.model.notices = {
            each.reference: {"published": each.published_on, "topic": each.topic} for each in scenario.notices
        }
        self.model.people = [
            asdict(each) | {"last_login": parse_moment(each.last_login) if each.last_login else None}
            for each in scenario.people
        ]
        one, two = self.app.test_client(), self.app.test_client()
        jar: Row = {}
        self.tabs = [Tab(one, jar), Tab(one, jar), Tab(two, {})]
        self.sequence = self.told = 0

    @property
    def world(self) -> World:
        return self.model.world

    # pages

    def open(self, tab: Tab, asked: Asked) -> Answer:
        """Send a request, hold the answer and the store against the model's, and follow where it leads."""
        self.steps += 1
        jar, cookies = dict(tab.jar), dict(tab.client._cookies or {})
        if "lang" in asked.query:
            tab.jar["lang"] = asked.query["lang"]
        answer = self.model.ask(asked)
        arrived = self._arrived(tab, asked, answer)
        learn(self.model, self.portal.tables, tab, answer)
        if arrived is None:
            tab.jar.clear()
            tab.jar.update(jar)
            tab.client._cookies = cookies
        else:
            self._check(tab, asked, *arrived, answer)
        self.compare()
        return self.go(tab, answer.location.partition("#")[0]) if arrived and answer.status == 303 else answer

    def go(self, tab: Tab, path: str, **query: str) -> Answer:
        """Follow a link, or an address that is typed in."""
        return self.open(tab, tab.asks("GET", path, query=query))

    def _arrived(self, tab: Tab, asked: Asked, answer: Answer) -> tuple[TestResponse, Shown | None] | None:
        """Return what arrives of the answer, and the page that arrives whole; None where nothing does."""
        headers = {"Origin": "http://elsewhere.example"} if asked.foreign else {}
        request: Row = {"method": asked.method, "data": asked.typed or None, "query_string": asked.query}
        cut, body, response = "nothing", b"", None
        try:
            response = tab.client.open(asked.path, headers=headers, **request)
            cut = "half"
            body = response.get_data()
            cut = ""
        except ConnectionResetError:
            pass
        # Of an answer without words, the half is nothing.
        wanted = "nothing" if answer.status == 303 and answer.cut else answer.cut
        assert cut == wanted, f"cut: {cut}, not {wanted}"
        if response is None or cut == "nothing":
            return None
        response.close()
        return response, Shown(body.decode()) if body and response.mimetype == "text/html" and not cut else None

    def _check(self, tab: Tab, asked: Asked, response: TestResponse, shown: Shown | None, answer: Answer) -> None:
        """Hold an answer against what the model would give."""
        assert (response.status_code, response.headers.get("Location", "")) == (answer.status, answer.location)
        assert response.headers["X-Ipportal-Now"] == iso(self.world.now())
        assert response.headers.get("X-Ipportal-Faults", "") == ", ".join(map(_line, self.world.faults))
        assert response.headers.get("Retry-After", type=int) in {answer.facts.pop("retry_after", None), 5}
        tab.check_cookie()
        if shown:
            self._check_page(tab, shown, answer)
            tab.show(Seen(asked.path, shown, tab.jar.get("csrf", ""), dict(answer.problems)))
        elif answer.facts.get("json") and not answer.cut:
            tab.replace_picture(response.get_json()["captcha_id"], answer.captcha)

    def _check_page(self, tab: Tab, shown: Shown, answer: Answer) -> None:
        """Hold a page against what the model would show."""
        wanted = sorted([*answer.problems.items(), *([("form", "stale")] if answer.notice == "stale" else [])])
        assert (shown.screen, shown.codes) == (answer.screen, wanted)
        assert shown.notice == ("" if answer.notice == "stale" else answer.notice)
        assert shown.lang == tab.jar.get("lang", "zh-Hant")
        assert shown.hidden.get("captcha_id", "") == answer.captcha
        revealed = self.world.challenges[answer.captcha]["answer"] if answer.captcha else ""
        assert shown.answer == (revealed if self.world.captcha["mode"] == "reveal" else "")
        for name, value in answer.facts.items():
            assert _fact(shown, name, value) == value, name

    # the control API

    def ask(self, method: str, path: str, body: Any = None, token: str | None = None) -> tuple[int, Any]:
        """Ask the control API; return the status and what it says."""
        self.steps += 1
        headers = {"Authorization": f"Bearer {self.token if token is None else token}"}
        request = {} if body is None else {"json": body}
        with self.api.open(PREFIX + path, method=method, headers=headers, **request) as response:
            return response.status_code, response.get_json(force=True)

    def control(self, refusal: str, method: str, path: str, body: Any = None, *, anew: bool = False) -> Any:
        """Have the API do what the model has done, or refuse it with the same code; return what it says."""
        status, said = self.ask(method, HERE + path, body)
        if refusal:
            assert (status >= 400, said.get("code")) == (True, refusal), said
        else:
            assert status in {200, 201}, said
        if anew:
            self.sequence = self.told = 0
        learn(self.model, self.portal.tables)
        self.compare()
        return said

    # the store

    def compare(self) -> None:
        """Hold the store against the model's dictionaries."""
        model = {name: getattr(self.world, name) for name in COMPARED}
        found = held(self.portal.tables, model)
        for name, rows in model.items():
            assert found[name] == rows, differences(name, found[name], rows)
        fresh = self.portal.journal.entries(self.sequence)
        assert [told(each) for each in fresh] == self.world.journal[self.told :]
        self.sequence, self.told = (fresh[-1].sequence if fresh else self.sequence), len(self.world.journal)


def differences(name: str, found: Row, wanted: Row) -> str:
    """Return in words what a table of the store has otherwise than the model."""
    keys = [key for key in {**found, **wanted} if found.get(key) != wanted.get(key)]
    return "\n".join(f"{name}[{key}]\n  store: {found.get(key)}\n  model: {wanted.get(key)}" for key in keys)


def _line(fault: Row) -> str:
    left = f"{fault['times'] - fault['struck']} left" if fault["times"] else "until disarmed"
    return f"{fault['kind']}@{fault['step']}:{fault['moment']} ({left})"


def _fact(shown: Shown, name: str, wanted: Any) -> Any:
    """Return what a page tells under the model's name for it; of a moment it has to tell the time."""
    if name == "notices":
        return shown.notices()
    if name == "linked":
        return shown.linked()
    if name == "position":
        return int(shown.hidden["position"])
    if name == "unread":
        return int("".join(filter(str.isdecimal, shown.value("new-messages"))))
    if name == "previous":
        words = shown.value("last-login")
        told = re.search("[0-9]{2}:[0-9]{2}:[0-9]{2}", words)
        return wanted if words and (told and told[0]) == (wanted and f"{wanted:%H:%M:%S}") else words
    return shown.value(name)
