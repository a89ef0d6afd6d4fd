"""The corpus: bad values and requests as data, one JSON object a line, each with what the portal has to answer."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent
KINDS: Final = ("fields", "requests", "control")


@dataclass(frozen=True)
class Entry:
    """`what` is sent, with `value`, and `expect` says what comes back: status, screen, codes, and which tables change.

    `with` holds further fields; `sender` says who sends; `headers` are whole lines, which replace usual ones.
    """

    id: str
    what: str
    why: str
    expect: dict[str, Any]
    value: Any = ""
    more: dict[str, str] = field(default_factory=dict)
    sender: str = "visitor"
    headers: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Say whether this is a control: a request that an over-strict portal would refuse."""
        return int(self.expect["status"]) < 400

    @property
    def changes(self) -> set[str]:
        """The tables that change, but for the journal and the CAPTCHA, which is used up by being judged."""
        return set(self.expect.get("changes", ()))


def text_of(kind: str) -> str:
    return (FOLDER / f"{kind}.jsonl").read_text(encoding="utf-8")


def entries(kind: str) -> list[Entry]:
    """Return the entries of one file."""
    found = []
    for line in text_of(kind).splitlines():
        told = json.loads(line)
        told["more"], told["headers"] = told.pop("with", {}), tuple(told.pop("headers", ()))
        found.append(Entry(**told))
    return found
