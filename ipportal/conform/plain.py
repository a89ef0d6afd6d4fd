"""Odd characters made plain: everything that is written is ASCII, with an escape for whatever else was given."""

from __future__ import annotations

import json
from typing import Any

_MOST = 120


def plain(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return *value* as one line of JSON in printable ASCII."""
    return json.dumps(value, default=repr).replace("\x7f", "\\u007f")


def brief(value: Any) -> str:  # noqa: ANN401 - as above
    """Return `plain` text, cut in the middle where it is too long for a table."""
    text = plain(value)
    half = _MOST // 2
    return text if len(text) <= _MOST else f"{text[:half]} ... {text[-half:]}"
