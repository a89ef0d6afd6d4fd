"""The cookies of one visitor at one host."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import CookieError, Morsel, SimpleCookie
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass
class Jar:
    """Cookies by path and name. One lives as long as the visitor, unless a `Max-Age` of nothing takes it away."""

    kept: dict[tuple[str, str], str] = field(default_factory=dict)

    def take(self, lines: Iterable[str], path: str) -> None:
        """Keep what the `Set-Cookie` lines of an answer to *path* say; one that no browser understands is ignored."""
        for line in lines:
            found = SimpleCookie()
            with suppress(CookieError):
                found.load(line)
            for morsel in found.values():
                self._take(morsel, path)

    def header(self, path: str) -> str:
        """Return the `Cookie` header for a request to *path*, the narrowest path first."""
        fitting = [(scope, name) for scope, name in self.kept if _covers(scope, path)]
        fitting.sort(key=lambda key: len(key[0]), reverse=True)
        return "; ".join(f"{key[1]}={self.kept[key]}" for key in fitting)

    def _take(self, morsel: Morsel[str], path: str) -> None:
        scope = morsel["path"] if morsel["path"].startswith("/") else path.rpartition("/")[0] or "/"
        key = (scope, morsel.key)
        if morsel["max-age"].strip().startswith(("-", "0")):
            self.kept.pop(key, None)
        else:
            self.kept[key] = morsel.coded_value


def _covers(scope: str, path: str) -> bool:
    """Say whether a cookie of *scope* goes to *path*: `/w/one` covers `/w/one/login`, not `/w/onerous`."""
    return path == scope or path.startswith(scope.rstrip("/") + "/")
