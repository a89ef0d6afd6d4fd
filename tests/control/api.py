"""A client of the control API that holds every answer against the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from control.conform import check
from werkzeug.test import Client, TestResponse

from ipportal.tokens import server_token, workspace_token
from ipportal.web.visit import EXTENSION

if TYPE_CHECKING:
    from flask import Flask

    from ipportal.portal import Portal
    from ipportal.workspaces import Workspaces

PREFIX = "/_control/v1"
NOTHING_TO_ADVISE = {"internal", "store"}  # the codes whose cause no other request could take away


class Answer:
    """A status and what the body says."""

    def __init__(self, response: TestResponse) -> None:
        self.status, self.headers, self.text = response.status_code, response.headers, response.get_data(as_text=True)
        self.json: Any = response.get_json(force=True, silent=True)

    @property
    def code(self) -> str:
        return str(self.json["code"])

    @property
    def accepted(self) -> list[str]:
        return list(self.json["accepted"])


class Api:
    """Asks the API below `/_control/v1` with a token."""

    def __init__(self, app: Flask, token: str | None = None) -> None:
        self.app, self.client = app, Client(app, use_cookies=False)
        self.house: Workspaces = app.extensions[EXTENSION]
        self.token = server_token(self.house.main.settings) if token is None else token

    def with_token(self, token: str) -> Api:
        """Return a client with another token; `""` for none."""
        return Api(self.app, token)

    def of(self, name: str) -> Api:
        """Return a client with a workspace's own token."""
        return self.with_token(workspace_token(server_token(self.house.main.settings), self.portal(name)))

    def portal(self, name: str = "main") -> Portal:
        found = self.house.find(name)
        assert found
        return found

    def ask(self, method: str, path: str, **request: Any) -> Answer:
        """Send anything; an answer that the document does not tell of is a failure."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        request["headers"] = headers | request.pop("headers", {})
        with self.client.open(PREFIX + path, method=method, **request) as response:
            assert isinstance(response, TestResponse)
            check(response, method, PREFIX + path)
            return Answer(response)

    def done(self, method: str, path: str, body: Any = None, **request: Any) -> Any:
        """Send a request that must be answered, and return the answer."""
        if body is not None:
            request["json"] = body
        found = self.ask(method, path, **request)
        assert found.status in {200, 201}, found.text
        return found.json

    def get(self, path: str, **query: str) -> Any:
        return self.done("GET", path, query_string=query)

    def post(self, path: str, **body: Any) -> Any:
        return self.done("POST", path, body)

    def create(self, name: str, **body: Any) -> Any:
        return self.done("POST", "/workspaces", {"name": name} | body)

    def refused(self, method: str, path: str, body: Any = None, **request: Any) -> Answer:
        """Send a request that must be refused, changing nothing and telling what would be right."""
        if body is not None:
            request["json"] = body
        before = self.everything()
        found = self.ask(method, path, **request)
        assert found.status >= 400, found.text
        assert found.accepted or found.code in NOTHING_TO_ADVISE, found.text
        assert self.everything() == before
        return found

    def everything(self) -> dict[str, Any]:
        """Return every row of every workspace, and what outlives them."""
        found: dict[str, Any] = {" coverage": dict(self.house.coverage.read())}
        for name in self.house.names():
            found[name] = {table: rows.dump() for table, rows in self.portal(name).tables.by_name.items()}
        return found
