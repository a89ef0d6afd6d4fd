"""Marked secrets are typed everywhere; then every place that could remember them is searched.

The answers, what the server says, its folder and the temporary one with every file in them, the journal, a snapshot,
a checkpoint, and the arguments and surroundings of its processes; of a database server every row, and its log with
every statement and each of its values.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import stores
from corpus.stage import FORMS, Stage
from corpus.wire import exchange, request
from journeys.served import Served

from ipportal.rules import CATALOGUE, Text
from ipportal.store import postgres_pool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeys.served import Visitor

MARK = "Kanarie"
SENDERS = ("User-Agent", "Referer", "X-Forwarded-For", "Accept-Language", "Authorization", "Cookie", "X-Api-Key")


class Watched(Stage):
    """A portal whose folder and temporary folder are one place of its own, and what could remember of it."""

    def __init__(self, served: Served, store: str, server: stores.Server | None) -> None:
        super().__init__(served, store)
        self.server = server

    def remembered(self) -> dict[str, bytes]:
        """Return by place everything that anybody could read afterwards."""
        self.control.call("PUT", "/workspaces/main/checkpoints/kept")
        place = self.served.folder
        found = {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}
        for what in ("journal", "snapshot", "sessions", "checkpoints/kept", "users", "accounts", "coverage"):
            told = self.control.call("GET", f"/workspaces/main/{what}")
            found[what] = json.dumps(told, ensure_ascii=False).encode()
        found["said"] = "\n".join(self.served.lines).encode()
        for process in processes(self.served.process.pid):
            for what in ("cmdline", "environ", "comm"):
                found[f"{process} {what}"] = Path(f"/proc/{process}/{what}").read_bytes()
        return found | (kept_on(self.server) if self.server else {})


def kept_on(server: stores.Server) -> dict[str, bytes]:
    """Return what a server keeps: every table's rows, and its log."""
    found = {"log": (server.folder / "log").read_bytes()}
    with psycopg.connect(server.address()) as conn:
        named = b"SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables"
        for (table,) in conn.execute(named + b" WHERE table_schema LIKE 'ipportal%'").fetchall():
            found[table] = str(conn.execute(f"SELECT * FROM {table}".encode()).fetchall()).encode()
    return found


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def watched(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    place = tmp_path_factory.mktemp("canary")
    (place / "tmp").mkdir()
    server = stores.Server("log_statement=all") if request.param == "postgres" else None
    store = server.address() if server else str(place / "portal.sqlite")
    with (
        Served(place, "--processes", "2", TMPDIR=str(place / "tmp"), IPPORTAL_STORE=store) as served,
        Watched(served, store, server) as stage,
    ):
        yield stage
    postgres_pool.close()
    if server:
        server.remove()


def secret(form: str, field: str) -> str:
    """Return a marker that has the form of a secret field, so that it comes as far as the hash."""
    number = 10_000 + 37 * sorted(FORMS).index(form) + 1009 * sorted(CATALOGUE).index(field)
    rule = CATALOGUE[field]
    assert isinstance(rule, Text)
    return f"{MARK}{number}xQ" if rule.longest > 8 else f"735{number}"


def secrets(form: str) -> dict[str, str]:
    """Return a marker for each secret field of a form; the field that repeats another has the other's."""
    found = {}
    for field in FORMS[form][1]:
        rule = CATALOGUE[field]
        if isinstance(rule, Text) and rule.secret:
            found[field] = secret(form, rule.again or field)
    return found


def typed(form: str) -> Iterator[dict[str, str]]:
    """Return what is typed into a form, one send after the other."""
    fields, marked = FORMS[form][1], secrets(form)
    yield {field: f"{MARK}-{form}-{field}-too-long" for field in fields}
    yield {field: f"{MARK}-{form}-{field}-too-long" for field in fields} | {"lang_switch": "en"}
    yield marked | {"captcha_refresh": "1"}
    yield marked | {"captcha": "WRONG1"}
    yield marked
    new = {field: value for field, value in marked.items() if CATALOGUE[field].name in NEW}
    yield new


NEW = ("internet_password", "internet_password_again", "new_basic_password", "new_basic_password_again")


def processes(parent: int) -> list[int]:
    """Return a process and those that it has begun."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [parent, *(each for child in children for each in processes(int(child)))]


def holding(found: dict[str, bytes], marks: set[str]) -> list[tuple[str, str]]:
    ways = [(mark, code) for mark in marks for code in (mark.encode(), mark.encode("utf-16-le"))]
    return [(place, mark) for place, held in found.items() for mark, code in ways if code in held]


def send(visitor: Visitor, path: str, hidden: dict[str, str], fields: dict[str, str]) -> bytes:
    page = visitor.press(path, hidden | fields)
    return page.body + str(page.headers).encode() + str(visitor.cookies).encode()


@pytest.mark.parametrize("form", FORMS)
def test_nothing_typed_into_a_form_is_shown_again_or_kept_where_it_must_not(watched: Watched, form: str) -> None:
    answers = {}
    for number, fields in enumerate(typed(form)):
        watched.reset()
        visitor, path, sent = watched.at(form)
        answers[f"answer {number}"] = send(visitor, path, sent, fields)
        again = {"csrf_token": sent["csrf_token"]}
        answers[f"answer to a second press {number}"] = send(visitor, path, again, fields)

    assert holding(answers | watched.remembered(), {MARK, *secrets(form).values()}) == []


def test_a_secret_that_a_tester_sets_is_only_in_the_answer_that_tells_it(watched: Watched) -> None:
    watched.reset()
    main, password = "/workspaces/main", f"{MARK}77777xQ"
    issued, past = "73599991", ["73599992", "73599993"]
    user = {"internet_user_id": "Canary01", "internet_password": password, "basic_user_ids": ["99000101"]}
    watched.control.call("POST", f"{main}/users", user)
    watched.control.call("POST", f"{main}/accounts", {"basic_user_id": "99100000", "basic_password": issued})
    watched.control.call("POST", f"{main}/accounts/99100000/reissue", {"basic_password": issued})
    watched.control.call("POST", f"{main}/accounts/99100000/history", {"passwords": past})

    assert holding(watched.remembered(), {MARK, issued, *past}) == []


def test_nothing_that_a_request_carries_besides_is_kept_or_told(watched: Watched) -> None:
    watched.reset()
    port = watched.served.port
    headers = [f"{name}: {MARK}-{name}" for name in SENDERS]
    bodies: list[Any] = [{MARK: 1}, {"at": f"{MARK}-moment"}, {"name": MARK, "scenario": MARK}, MARK, [MARK]]
    sent = [
        *(
            request(f"GET {path}?token={MARK}", headers, b"", usual(port))
            for path in ("/login", "/account", "/nowhere")
        ),
        request(f"POST /login?password={MARK}", headers, f"internet_password={MARK}".encode(), usual(port)),
        request(f"GET /{MARK}", headers, b"", usual(port)),
        request(f"GET /_control/v1/workspaces/{MARK}", headers, b"", usual(port)),
        f"GET / {MARK}\r\n\r\n".encode(),
        f"{MARK} / HTTP/1.1\r\n{MARK}\r\n\r\n".encode(),
    ]
    for body in bodies:
        told = usual(port) | {"Authorization": f"Bearer {watched.control.token}", "Content-Type": "application/json"}
        for path in ("clock/set", "users", "restore", "faults"):
            what = f"POST /_control/v1/workspaces/main/{path}"
            sent.append(request(what, [], json.dumps(body).encode(), told))

    answers = [exchange(port, each) for each in sent]

    assert all(400 <= answer.status < 500 or answer.status in {200, 303} for answer in answers)
    assert holding(watched.remembered(), {MARK}) == []
    assert all(MARK.encode() not in answer.came.partition(b"\r\n\r\n")[0] for answer in answers)


def usual(port: int) -> dict[str, str]:
    return {"Host": f"127.0.0.1:{port}", "Connection": "close"}


def test_the_search_finds_what_is_there(watched: Watched) -> None:
    found = watched.remembered()

    store = {"ipportal.account", "log"} if watched.server else {"portal.sqlite"}
    assert {*store, "token", "journal", "snapshot", "said"} <= set(found)
    assert len([name for name in found if name.endswith("cmdline")]) >= 3
    assert {where for where, _ in holding(found, {"99000101"})} >= {*store, "snapshot", "accounts"}
