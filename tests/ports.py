"""A port that stays free until its server is there, and while that is stopped and started again."""

from __future__ import annotations

import socket
from contextlib import suppress
from random import SystemRandom


def free_port() -> int:
    """Return a port of this machine below those that the system itself hands out, to other servers and to clients."""
    while True:
        with suppress(OSError), socket.create_server(("127.0.0.1", SystemRandom().randrange(20_000, 32_000))) as one:
            return int(one.getsockname()[1])
