"""A real `ipportal serve` in a process of its own, and a client that knows only the spec's stable hooks."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlencode, urlsplit

from markup import Markup
from stores import at

from ipportal.store import Tables, is_server, open_store
from ipportal.store.postgres import Postgres

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

WORD: Final = "PASS12"
PATIENCE: Final = 60


def environment(**settings: str) -> dict[str, str]:
    """Return this process's environment with no setting of the portal but these."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("IPPORTAL_")}
    quick = {"IPPORTAL_BCRYPT_COST": "4", "IPPORTAL_CAPTCHA_MODE": "fixed", "IPPORTAL_CAPTCHA_WORD": WORD}
    return plain | quick | {"PYTHONUNBUFFERED": "1"} | settings


def command(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the portal on an instance folder, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "ipportal", *words, "--instance", str(folder)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env=environment(**{"IPPORTAL_STORE": at(folder)} | settings),
        cwd=folder,
    )


class Served:
    """A portal that runs until the block ends; `lines` is what it has said so far."""

    def __init__(self, folder: Path, *words: str, port: int = 0, **settings: str) -> None:
        self.folder, self.lines = folder, list[str]()
        self.store = settings.get("IPPORTAL_STORE") or at(folder)
        self._ready = threading.Event()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ipportal", "serve", "--instance", str(folder), "--port", str(port), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment(**{"IPPORTAL_STORE": at(folder)} | settings),
            cwd=folder,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def __enter__(self) -> Self:
        assert self._ready.wait(PATIENCE), self.lines
        found = re.search(r"http://127\.0\.0\.1:([0-9]+)/", "\n".join(self.lines))
        assert found, self.lines
        self.port = int(found[1])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self.lines.append(line.rstrip("\n"))
                if "Ctrl+C" in line:
                    self._ready.set()
        self._ready.set()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to stop and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code

    def workspace(self, name: str) -> Tables:
        """Return the store of a workspace, as another process sees it."""
        if is_server(self.store):
            return Tables(Postgres(self.store, name))
        return open_store(str(self.folder / "workspaces" / f"{name}.sqlite"))

    def clock(self, *words: str) -> str:
        """Move the clock of the running portal from another process."""
        done = command(self.folder, "clock", *words, IPPORTAL_STORE=self.store)
        assert done.returncode == 0, done.stderr
        return done.stdout


class Answer(Markup):
    """What the server sent."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.body = response.status, response.headers, response.read()
        super().__init__(self.body.decode() if "html" in str(self.headers["Content-Type"]) else "")

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's form, to be sent back as they came."""
        form = self.first("form[novalidate]") or self.first("form")
        assert form
        return {each["name"]: each["value"] for each in form.select("input[type=hidden]")}


class Visitor:
    """One visitor's cookies and page."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, dict[str, str]()
        self.page: Answer

    def wait(self) -> None:
        """Wait until somebody answers."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.get("/health")
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.02)
            else:
                return

    def get(self, path: str) -> Answer:
        return self._follow("GET", path, None)

    def submit(self, path: str, **typed: str) -> Answer:
        """Send the page's form with its hidden fields."""
        return self._follow("POST", path, urlencode(self.page.hidden() | typed))

    def press(self, path: str, sent: dict[str, str]) -> Answer:
        return self._follow("POST", path, urlencode(sent))

    def _follow(self, method: str, path: str, body: str | None) -> Answer:
        self.page = self._ask(method, path, body)
        while self.page.status == 303:
            self.page = self._ask("GET", urlsplit(self.page.headers["Location"]).path, None)
        return self.page

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, sent)
            answer = Answer(connection.getresponse())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: crumb.value for name, crumb in SimpleCookie(line).items()}
        return answer
