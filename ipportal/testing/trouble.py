"""What can go wrong between a test and the portal, each with words that say what there is instead."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Trouble(Exception):
    """Anything that the visitor or a page object cannot do."""


class Dropped(Trouble):
    """No answer came: nobody listens, the connection was closed, or what came is no HTTP. It was not asked again."""

    def __init__(self, request: str, fault: Exception) -> None:
        super().__init__(f"{request}: no answer ({type(fault).__name__}: {fault})")
        self.request = request


class TooSlow(Trouble):
    """The answer did not come, or did not end, within the visitor's timeout."""

    def __init__(self, request: str) -> None:
        super().__init__(f"{request}: no answer within the timeout")
        self.request = request


class Truncated(Trouble):
    """The answer broke off; `received` is what came of its body."""

    def __init__(self, request: str, received: bytes) -> None:
        super().__init__(f"{request}: the answer broke off after {len(received)} bytes of its body")
        self.request, self.received = request, received


class Elsewhere(Trouble):
    """A link, a form or a redirect leads away from the given host; it was not followed."""

    def __init__(self, address: str, host: str) -> None:
        super().__init__(f"{address} is not on {host}")
        self.address = address


class RedirectLoop(Trouble):
    """The redirects do not end."""

    def __init__(self, hops: Iterable[str]) -> None:
        super().__init__(f"the redirects do not end: {' → '.join(hops)}")


class NothingOpened(Trouble):
    """There is no page yet."""

    def __init__(self) -> None:
        super().__init__("no page yet: get() one first")


class NoForm(Trouble):
    """The page has no form to submit; the words list its buttons, for `press()`."""

    def __init__(self, page: str, buttons: Iterable[str]) -> None:
        super().__init__(f"{page} has no form to submit; its buttons: {_listed(buttons)}")


class NoSuchField(Trouble):
    """The form has no field of that name; the words list those that it has."""

    def __init__(self, page: str, names: Iterable[str], known: Iterable[str]) -> None:
        super().__init__(f"{page} has no field {_listed(names)}; its fields: {_listed(known)}")


class NoSuchMark(Trouble):
    """The page has nothing of that kind with that `data-testid`; the words list what it has."""

    def __init__(self, page: str, kind: str, mark: str, known: Iterable[str]) -> None:
        super().__init__(f"{page} has no {kind} {mark!s}; there are: {_listed(known)}")


class NoSuchPerson(Trouble, KeyError):
    """The scenario has nobody of that key; the words name the nearest key and list all."""

    __str__ = Trouble.__str__  # a KeyError would quote the whole sentence

    def __init__(self, key: object, known: Iterable[str]) -> None:
        keys = [*known]
        nearest = get_close_matches(str(key), keys, n=1)
        meant = f" (perhaps {nearest[0]}?)" if nearest else ""
        super().__init__(f"the scenario has nobody {key!r}{meant}; there are: {_listed(keys)}")


class WrongScreen(Trouble):
    """Another screen is there than the one that was expected."""

    def __init__(self, expected: str, found: str, url: str, problems: Mapping[str, str]) -> None:
        there = f"the screen {found}" if found else "no page of the portal"
        super().__init__(f"expected the screen {expected}, but {url} shows {there}{_refusing(problems)}")
        self.expected, self.found, self.problems = expected, found, dict(problems)


class Refused(Trouble):
    """The form was refused; `problems` says why, by field."""

    def __init__(self, screen: str, problems: Mapping[str, str]) -> None:
        super().__init__(f"{screen}{_refusing(problems)}")
        self.screen, self.problems = screen, dict(problems)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"


def _refusing(problems: Mapping[str, str]) -> str:
    told = ", ".join(f"{field}={code}" for field, code in problems.items())
    return f" with the refusals {told}" if told else ""


class Refusal(Trouble):
    """The control API refused a call; `code` says why and `accepted` what would be right."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status, self.problem = status, problem
        self.code = str(problem.get("code", ""))
        self.accepted: list[str] = list(problem.get("accepted", []))
        right = f" Accepted: {', '.join(self.accepted)}." if self.accepted else ""
        super().__init__(f"{status} {self.code}: {problem.get('title', '')} {problem.get('where', '')}{right}")


class NotStarted(Trouble):
    """The server did not start; the words are what it said."""
