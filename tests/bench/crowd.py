"""Many browsers at once, over HTTP: each keeps its connection and its cookie, as a real one does."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bench.walk import Ask, Unexpected

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

_HEADERS = (
    "Host: 127.0.0.1:{port}\r\nAccept: text/html,application/xhtml+xml,*/*;q=0.8\r\nAccept-Language: zh-HK,en;q=0.5\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\nConnection: keep-alive\r\n"
)
_PATIENCE = 60  # seconds
WINDOW = 20.0  # seconds


@dataclass
class Seen:
    """What a crowd met: the seconds that each answer took, what failed, and how long all of it lasted."""

    taken: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    walked: int = 0
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        """Walks to their end, a second."""
        return self.walked / self.lasted

    @property
    def requests(self) -> float:
        """Answers a second."""
        return len(self.taken) / self.lasted

    def worst(self, share: float = 0.99) -> float:
        """Return the milliseconds within which that share of the answers came."""
        return sorted(self.taken)[int(len(self.taken) * share)] * 1000


class Browser:
    """One visitor's connection and cookie."""

    def __init__(self, port: int, root: str = "") -> None:
        self.port, self.root, self.cookie = port, root, ""
        self._head = _HEADERS.format(port=port)
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._used = False

    async def ask(self, ask: Ask) -> bytes:
        """Return the body of an answer that is as wanted."""
        try:
            status, body = await self._exchange(self._message(ask))
        except (asyncio.IncompleteReadError, ConnectionError):
            if not self._used:
                raise
            self.close()  # the server lets go of a line that was quiet for long
            status, body = await self._exchange(self._message(ask))
        if status != ask.wanted:
            raise Unexpected(f"{ask.method} {ask.path}: {status}")
        return body

    async def _exchange(self, message: bytes) -> tuple[int, bytes]:
        if self._line is None:
            self._line, self._used = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20), False
        reader, writer = self._line
        writer.write(message)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        headers = [line.partition(": ")[::2] for line in head.split("\r\n")[1:]]
        told = {name.lower(): value for name, value in headers}
        self.cookie = told.get("set-cookie", self.cookie).partition(";")[0]
        body = await reader.readexactly(int(told.get("content-length", 0)))
        self._used = True
        if told.get("connection") == "close":
            self.close()
        return int(head[9:12]), body

    def close(self) -> None:
        if self._line:
            self._line[1].close()
        self._line = None

    def _message(self, ask: Ask) -> bytes:
        body = urlencode(ask.typed or {}).encode()
        head = f"{ask.method} {self.root}{ask.path} HTTP/1.1\r\n{self._head}"
        if self.cookie:
            head += f"Cookie: {self.cookie}\r\n"
        if ask.typed is not None:
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        return head.encode() + b"\r\n" + body


def crowd(
    port: int,
    walks: Iterable[Generator[Ask, str, None]],
    visitors: int,
    *,
    pause: float = 0.0,
    until: Callable[[], bool] = lambda: False,
) -> Seen:
    """Have so many visitors go those ways, each the next that is left, with a pause before each request."""

    async def walk() -> Seen:
        book, left = [Seen()], iter(walks)
        await asyncio.gather(*(_visit(port, left, lambda: pause, book, until) for _ in range(visitors)))
        book[0].lasted = time.perf_counter() - began
        return book[0]

    began = time.perf_counter()
    return asyncio.run(walk())


def stream(
    port: int, walks: Iterable[Generator[Ask, str, None]], visitors: int, *, pause: float, coming: float, windows: int
) -> list[Seen]:
    """Have visitors come over so many seconds, and then go way after way; return what they met in each window.

    Their pauses vary by half: people who all pause for as long go in step, and each step of a way is then asked
    for by everybody at once. The first of the list is what they met while they came.
    """
    chance = random.Random(f"{visitors} {pause}")

    async def walk() -> list[Seen]:
        book, left = [Seen()], iter(walks)

        async def visit(number: int) -> None:
            await asyncio.sleep(coming * number / visitors)
            await _visit(port, left, lambda: pause * chance.uniform(0.5, 1.5), book, lambda: False)

        tasks = [asyncio.create_task(visit(number)) for number in range(visitors)]
        for seconds in (coming, *(WINDOW for _ in range(windows))):
            await asyncio.sleep(seconds)
            book[-1].lasted = seconds
            book.append(Seen())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return book[:-1]

    return asyncio.run(walk())


async def _visit(
    port: int,
    walks: Iterator[Generator[Ask, str, None]],
    pause: Callable[[], float],
    book: list[Seen],
    until: Callable[[], bool],
) -> None:
    for steps in walks:
        if until():
            return
        await _walk(Browser(port), steps, pause, book)


async def _walk(
    browser: Browser, steps: Generator[Ask, str, None], pause: Callable[[], float], book: list[Seen]
) -> None:
    try:
        ask = next(steps)
        while True:
            if seconds := pause():
                await asyncio.sleep(seconds)
            began = time.perf_counter()
            async with asyncio.timeout(_PATIENCE):
                page = (await browser.ask(ask)).decode("utf-8", "replace")
            book[-1].taken.append(time.perf_counter() - began)
            ask = steps.send(page)
    except StopIteration:
        book[-1].walked += 1
    except (Unexpected, OSError, EOFError, TimeoutError) as fault:
        book[-1].failed.append(f"{type(fault).__name__}: {fault}")
    finally:
        browser.close()
