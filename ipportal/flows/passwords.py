"""Secrets: bcrypt, and nothing else, touches a typed password."""

from __future__ import annotations

import hmac
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import bcrypt

from ..turns import aside, cores

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SALT_LENGTH = 29  # "$2b$10$" and 22 characters
_DEAR = "$2b$08$"  # what costs less is done sooner than handed over
_NICENESS = 10


class Gate:
    """Runs hashes on threads of its own, one a core, which give way to all others, so that pages stay quick."""

    def __init__(self, width: int | None = None) -> None:
        self._cores = cores()
        self._width = width or len(self._cores)
        self._threads, self._process = self._new(), os.getpid()

    def run(self, secret: str, salt: str) -> str:
        """Return the hash of *secret* under *salt*, or "" where bcrypt refuses either."""
        if salt < _DEAR:
            return _hashed(secret, salt)
        if self._process != os.getpid():  # a fork takes no threads along
            self._threads = self._new()
            self._process = os.getpid()
        with aside():
            return self._threads.submit(_hashed, secret, salt).result()

    def _new(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._width, initializer=_give_way, initargs=(self._cores,))


def _hashed(secret: str, salt: str) -> str:
    try:
        return bcrypt.hashpw(secret.encode(), salt.encode()).decode()
    except ValueError:
        return ""


def _give_way(cores: set[int]) -> None:
    """Have this thread run on any of *cores*, when no other has anything to do there.

    Elsewhere than on Linux only a whole process can.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            thread = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + _NICENESS)
            os.sched_setaffinity(thread, cores)  # the server's process may keep to one


gate = Gate()


@dataclass(frozen=True)
class Hasher:
    """Hashes and checks at one bcrypt cost. Callers judge the format first: bcrypt repeats its key after a NUL."""

    cost: int

    def hash(self, secret: str) -> str:
        """Return a hash under a new salt."""
        return gate.run(secret, bcrypt.gensalt(self.cost).decode())

    def like(self, secret: str, hashed: str) -> str:
        """Return a hash under the salt of another: an account keeps one salt for its whole history."""
        return gate.run(secret, hashed[:_SALT_LENGTH])

    def check(self, secret: str, hashed: str | None) -> bool:
        """Say whether *secret* has that hash; without one, take as long and say no."""
        if not hashed:
            self.spend(secret)
            return False
        return same_hash(gate.run(secret, hashed[:_SALT_LENGTH]), hashed)

    def spend(self, secret: str) -> None:
        """Take as long as a hash run does, so that a refusal costs what a success costs."""
        gate.run(secret, f"$2b${self.cost:02d}$" + "." * 22)

    def runs(self, secret: str, hashes: Iterable[str]) -> dict[str, str]:
        """Return the hash of *secret* under the salt of each of *hashes*, by salt: one run where they share it."""
        return {salt: gate.run(secret, salt) for salt in dict.fromkeys(hashed[:_SALT_LENGTH] for hashed in hashes)}

    def renew(self, secret: str, current: str, past: Iterable[str]) -> tuple[str, bool]:
        """Return the hash that *secret* gets as the account's next one, and whether it was used before.

        An account keeps one salt, so a single run gives the new hash and compares it with the whole
        history. Only a changed cost starts a new salt, and then costs a run for each.
        """
        used = (current, *past)
        runs = self.runs(secret, used)
        reused = any([fits(runs, hashed) for hashed in used])  # noqa: C419 - never leaves early
        if current.startswith(f"$2b${self.cost:02d}$"):
            return runs[current[:_SALT_LENGTH]], reused
        return self.hash(secret), reused


def fits(runs: Mapping[str, str], hashed: str) -> bool:
    """Say whether the secret of these runs has that hash."""
    return same_hash(runs.get(hashed[:_SALT_LENGTH], ""), hashed)


def same_hash(found: str, wanted: str) -> bool:
    """Compare two hashes in constant time; the empty one, of a secret that cannot be hashed, equals nothing."""
    return bool(found) and hmac.compare_digest(found.encode(), wanted.encode())
