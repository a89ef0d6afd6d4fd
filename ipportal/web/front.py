"""What stands before the pages: it leads to a workspace by its prefix, to the control API, and seals every answer."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from ..places import NAME
from ..store import RETRY_SECONDS, Unavailable
from ..tokens import TokenError
from .bodies import complete

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from ..workspaces import Workspaces

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Not no-referrer: over TLS the CSRF check needs the referrer.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Ipportal-Emulator": "1",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
WORKSPACE = "ipportal.workspace"  # under this name a request says which workspace it is for
_SEAL = list(HEADERS.items())
_log = logging.getLogger("ipportal")
_COME_AGAIN = [("Content-Type", "application/problem+json"), ("Retry-After", str(RETRY_SECONDS))]
_UNABLE = b'{"type": "urn:ipportal:problem:store", "status": 503, "code": "store"}'
"""A refusal of the control API without its words, which cannot be loaded then."""
_PREFIXED = re.compile(f"(/w/({NAME}))(/.*)?", re.DOTALL)


class Front:
    """Takes `/w/<name>` off a path into `SCRIPT_NAME`, so that every link is right and no view knows of it.

    Whatever the pages answer gets `HEADERS`.
    """

    def __init__(
        self, pages: WSGIApplication, house: Callable[[], Workspaces], control: Callable[[], WSGIApplication]
    ) -> None:
        self._pages, self._house, self._control = pages, house, control

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        complete(environ)
        path = environ["PATH_INFO"]
        if path.startswith("/_control/") and self._house().main.settings.control:
            try:
                control = self._control()
            except (OSError, TokenError) as fault:  # no file can be opened, of what it is loaded from neither
                _log.error("The control API cannot begin: %s", fault)
                start_response("503 Service Unavailable", [*_SEAL, *_COME_AGAIN])
                return [_UNABLE]
            return control(environ, start_response)
        if (found := _PREFIXED.fullmatch(path)) and self._has(found[2]):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + found[1]
            environ["PATH_INFO"] = found[3] or "/"
            environ[WORKSPACE] = found[2]
        return self._pages(environ, lambda status, headers, *fault: start_response(status, headers + _SEAL, *fault))

    def _has(self, name: str) -> bool:
        """Say whether there is a workspace of that name; where nobody can tell, its page says so."""
        try:
            return self._house().has(name)
        except Unavailable:
            return True
