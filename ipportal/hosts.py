"""The names of hosts: which are this machine's, which one can be reached by, and which a portal never is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

LOOPBACK = ("127.0.0.1", "localhost")
WILDCARDS = ("", "0.0.0.0", "::")  # noqa: S104 - recognised, not bound
FAULTS = PUBLIC_URL, TRUSTED_HOST, OPERATORS_HOST = "public_url", "trusted_host", "operators_host"
_LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = rf"({_LABEL}(\.{_LABEL})*|\[[0-9A-Fa-f:.]+\])(:[0-9]{{1,5}})?"
_OPERATORS = ("hkex", "ccass")
_LOOKS = str.maketrans("345", "eas", "-_")  # what is read as another letter, or over
_SUFFIX = 3  # the longest label, as of com.hk, that stands behind the registered one without being it


def is_loopback(host: str) -> bool:
    """Say whether nobody but this machine reaches what listens there."""
    return host == "localhost" or re.fullmatch(r"127\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}", host) is not None


def host_of(origin: str) -> str:
    """Return the host of a site's address, with its port."""
    return origin.partition("://")[2].rstrip("/")


def wrong(names: Collection[str], origin: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong, one of `FAULTS`, with the text that is: a name or a site's address that no portal may have.

    A name may have a port, or stand for a whole domain behind a dot; the address, which may be left out, has no path.
    """
    if origin and not re.fullmatch(f"https?://{_HOST}/?", origin):
        yield PUBLIC_URL, origin
    for each in names:
        if not re.fullmatch(rf"\.?{_HOST}", each):
            yield TRUSTED_HOST, each
    for each in (*names, host_of(origin)):
        if _is_operators(each):
            yield OPERATORS_HOST, each


def _is_operators(host: str) -> bool:
    """Say whether a host is in a domain of the real operator's, or in one that a visitor could take for it."""
    labels = host.lower().partition(":")[0].strip(".").translate(_LOOKS).split(".")
    behind = 2 if len(labels) > 2 and len(labels[-2]) <= _SUFFIX else 1  # noqa: PLR2004 - com.hk, or com
    registered = labels[-behind - 1] if len(labels) > 1 else ""
    # A label of their domain may also stand before somebody else's; the system's name is anybody's to use there.
    return any(each in registered for each in _OPERATORS) or _OPERATORS[0] in labels
