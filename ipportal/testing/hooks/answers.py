"""What answers carry besides their page: headers and statuses."""

from __future__ import annotations

from enum import IntEnum

from .base import Hook


class Header(Hook):
    """The headers that tell more than a page does."""

    NOW = "X-Ipportal-Now"
    EMULATOR = "X-Ipportal-Emulator"
    WORKSPACE = "X-Ipportal-Workspace"
    FAULTS = "X-Ipportal-Faults"
    RETRY_AFTER = "Retry-After"


class Status(IntEnum):
    """The statuses that answers mean something by."""

    SUCCESS = 303
    REFUSED = 422
    STALE = 409
    FORGED = 400
    FOREIGN = 403
    CLOSED = 503
