"""What `ipportal serve` tells whoever runs it; lines that nobody could take are counted."""

from __future__ import annotations

import logging
import secrets
import traceback

_log = logging.getLogger("ipportal")


class Lines(logging.StreamHandler):  # type: ignore[type-arg]  # it is not generic when it runs
    """Writes each line to where errors go, and says no more of one that could not be written."""

    lost = 0

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - its name and what it is given
        """Count a line that nobody could take: its disk is full, or its reader gone."""
        self.lost += 1


def keep() -> None:
    """Have the lines of this process written, unless it has a log already."""
    logging.basicConfig(handlers=[Lines()], format="%(asctime)s %(message)s", datefmt="%Y-%m-%dT%H:%M:%S%z")
    logging.getLogger("waitress").setLevel(logging.ERROR)  # it warns of each request that waits for a thread


def incident(fault: Exception) -> str:
    """Log where it broke, never with what: an exception's words may hold what a visitor typed. Return its number."""
    number = secrets.token_hex(4)
    _log.error("Incident %s: %s\n%s", number, type(fault).__name__, "".join(traceback.format_tb(fault.__traceback__)))
    return number


def lost() -> int:
    """Return how many lines of this process could not be written."""
    return sum(each.lost for each in logging.getLogger().handlers if isinstance(each, Lines))
