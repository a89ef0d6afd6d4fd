"""The names of hosts: which are this machine's, which one can be reached by, and which a portal never is."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

LOOPBACK = ("127.0.0.1", "localhost")
WILDCARDS = ("", "0.0.0.0", "::")  # noqa: S104 - recognised, not bound
FAULTS = PUBLIC_URL, TRUSTED_HOST, OPERATORS_HOST = "public_url", "trusted_host", "operators_host"
_LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = rf"({_LABEL}(\.{_LABEL})*|\[[0-9A-Fa-f:.]+\])(:(?P<port>[0-9]{{1,5}}))?"
_HIGHEST_PORT = 65_535
_OPERATORS = ("hkex", "ccass")
_LOOKS = str.maketrans(  # what is read as another letter, some Cyrillic and Greek ones too, or over
    "345\u04bb\u03ba\u043a\u03b5\u0435\u03c7\u0445\u03b1\u0430\u0441\u0455", "eashkkeexxaacs", "-_"
)
_SUFFIX = 3  # the longest label, as of com.hk, that stands behind the registered one without being it


def is_loopback(host: str) -> bool:
    """Say whether nobody but this machine reaches what listens there."""
    return host == "localhost" or re.fullmatch(r"127\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}", host) is not None


def host_of(origin: str) -> str:
    """Return the host of a site's address, with its port."""
    return origin.partition("://")[2].rstrip("/")


def wrong(names: Collection[str], origin: str) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong, one of `FAULTS`, its setting and text: a name or a site's address that no portal may have.

    A name may have a port, or stand for a whole domain behind a dot; the address, which may be left out, has no path.
    """
    if origin and not _fits(f"https?://{_HOST}/?", origin):
        yield PUBLIC_URL, "public_url", origin
    for each in names:
        if not _fits(rf"\.?{_HOST}", each):
            yield TRUSTED_HOST, "trusted_hosts", each
    for setting, each in (*(("trusted_hosts", name) for name in names), ("public_url", host_of(origin))):
        if _is_operators(each):
            yield OPERATORS_HOST, setting, each


def _fits(pattern: str, text: str) -> bool:
    found = re.fullmatch(pattern, text)
    return found is not None and int(found["port"] or 0) <= _HIGHEST_PORT


def _is_operators(host: str) -> bool:
    """Say whether a host is in a domain of the real operator's, or in one that a visitor could take for it."""
    labels = [_read(each) for each in host.lower().partition(":")[0].strip(".").split(".")]
    behind = 2 if len(labels) > 2 and len(labels[-2]) <= _SUFFIX else 1  # noqa: PLR2004 - com.hk, or com
    registered = labels[-behind - 1] if len(labels) > 1 else ""
    # Their name may also stand before somebody else's; the system's is anybody's to use there.
    return any(each in registered for each in _OPERATORS) or any(_OPERATORS[0] in each for each in labels)


def _read(label: str) -> str:
    """Return what somebody reads in a label: letters of other alphabets and with marks as those that they look like."""
    if label.startswith("xn--"):
        with suppress(UnicodeError):
            label = label[4:].encode().decode("punycode").lower()
    letters = unicodedata.normalize("NFKD", label)
    return "".join(each for each in letters if not unicodedata.combining(each)).translate(_LOOKS)
