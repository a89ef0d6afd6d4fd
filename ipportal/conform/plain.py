"""Odd characters made plain: everything that is written is ASCII, with an escape for whatever else was given."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from traceback import TracebackException
from typing import Any

_MOST = 120
_OWN = {Path(__file__).parent, Path(importlib.__file__).parent, Path()}  # the last of what is part of Python itself


def plain(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return *value* as one line of JSON in printable ASCII."""
    return json.dumps(value, default=repr).replace("\x7f", "\\u007f")


def brief(value: Any) -> str:  # noqa: ANN401 - as above
    """Return `plain` text, cut in the middle where it is too long for a table."""
    text = plain(value)
    half = _MOST // 2
    return text if len(text) <= _MOST else f"{text[:half]} ... {text[-half:]}"


def raised(fault: BaseException) -> str:
    """Return the kind and message of an exception, and where the validator's own file was left."""
    told = TracebackException.from_exception(fault, lookup_lines=False, compact=True)
    frames = [frame for frame in told.stack if Path(frame.filename).parent not in _OWN]
    place = next((frame for frame in reversed(frames) if frame.filename == frames[0].filename), None)
    message = f": {brief(str(told))[1:-1]}" if str(told) else ""
    where = f" ({brief(Path(place.filename).name)[1:-1]}:{place.lineno})" if place else ""
    return f"{type(fault).__name__}{message}{where}"
