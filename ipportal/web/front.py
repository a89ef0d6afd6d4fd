"""What stands before the pages: it leads to a workspace by its prefix, and to the control API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..places import NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from ..workspaces import Workspaces

WORKSPACE = "ipportal.workspace"  # under this name a request says which workspace it is for
_PREFIXED = re.compile(f"(/w/({NAME}))(/.*)?", re.DOTALL)


class Front:
    """Takes `/w/<name>` off a path into `SCRIPT_NAME`, so that every link is right and no view knows of it."""

    def __init__(
        self, pages: WSGIApplication, house: Callable[[], Workspaces], control: Callable[[], WSGIApplication]
    ) -> None:
        self._pages, self._house, self._control = pages, house, control

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path = environ["PATH_INFO"]
        if path.startswith("/_control/") and self._house().main.settings.control:
            return self._control()(environ, start_response)
        if (found := _PREFIXED.fullmatch(path)) and self._house().has(found[2]):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + found[1]
            environ["PATH_INFO"] = found[3] or "/"
            environ[WORKSPACE] = found[2]
        return self._pages(environ, start_response)
