"""What a browser complains of, and whom else it asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# Chromium notes every page with a status from 400 on; a refusal is no fault.
_STATUS = re.compile("Failed to load resource: the server responded with a status of (4[0-9][0-9]|503)")


class Watch:
    """Collects what no page may cause: complaints of the console, other origins, and parts that do not load."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.faults: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._said)
        context.on("weberror", self._broke)
        context.on("request", self._asked)
        context.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not _STATUS.match(message.text):
            self.faults.append(f"{message.type}: {message.text}")

    def _broke(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.origin + "/", "data:")):
            self.faults.append(f"asked {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500 and response.status != 503:
            self.faults.append(f"{response.status} for {response.url}")
        if response.status >= 400 and response.request.resource_type != "document":
            self.faults.append(f"{response.status} for a part: {response.url}")
