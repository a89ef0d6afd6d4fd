"""The secrets that open the control API: the server's own, and one for each workspace that is made from it."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import TYPE_CHECKING

from . import durable
from .places import NAME, birth

if TYPE_CHECKING:
    from .portal import Portal
    from .settings import Settings

FILE = "token"
_SHAPE = "ipp-[A-Za-z0-9_-]{43}"


class TokenError(Exception):
    """The token file cannot be read, holds something else, or, with a *why*, cannot be made; `where` is its path."""

    def __init__(self, where: str, why: str = "") -> None:
        super().__init__(where, why)
        self.where, self.why = where, why


def server_token(settings: Settings, *, first: bool = True) -> str:
    """Return the server's token, 256 random bits; at the *first* start it is made and kept in the instance folder.

    Later it is made only where that folder is: a server that has lost it makes no other.
    """
    path = settings.instance / FILE
    try:
        if not path.exists() and (first or settings.instance.is_dir()):
            durable.add(path, f"ipp-{secrets.token_urlsafe(32)}\n".encode())  # the first of several makers wins
    except OSError as fault:
        raise TokenError(str(path), fault.strerror or type(fault).__name__) from fault
    try:
        token = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as fault:
        raise TokenError(str(path)) from fault
    if not re.fullmatch(_SHAPE, token):
        raise TokenError(str(path))
    return token


def workspace_token(server: str, portal: Portal) -> str:
    """Return the token that opens one workspace and nothing else; another of the same name gets another token."""
    made = hmac.new(server.encode(), f"{portal.name} {birth(portal.tables)}".encode(), hashlib.sha256).hexdigest()
    return f"ipw.{portal.name}.{made}"


def workspace_of(token: str) -> str:
    """Return the name of the workspace that a token says it opens, or ""."""
    found = re.fullmatch(f"ipw\\.({NAME})\\.[0-9a-f]{{64}}", token)
    return found[1] if found else ""
