"""A table made to fit a terminal: empty columns and what others imply are left out, then cells cut in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .commands import width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NAME = "vector"  # is never cut: halves of one would fit several
# What is left out first, and of how many characters its cells, and those of its neighbours, may not fall short.
_GOING = {"shape": 24, "rule": 24, "nearest that agreed": 24, "given": 24, "what differs": 12}
_LEAST = 8  # columns of a cell that was cut: `accepted`, `required` and each Chinese heading are whole
_GAP = 2  # between columns


def narrow(rows: Sequence[Sequence[str]], heading: Sequence[str], room: int) -> tuple[list[list[str]], list[str]]:
    """Return the rows, of ASCII, at most *room* wide where that can be, and the headings of what was left out.

    The first row names the columns; *heading* stands in its place. A column with nothing in it is gone without a word.
    """
    named = zip(heading, zip(*rows, strict=True), strict=True)
    columns = {name: (said, *cells) for said, (name, *cells) in named if any(cells)}
    left_out = []
    for name, readable in _GOING.items():
        if _most(columns, room) >= readable:
            break
        left_out += [columns.pop(name)[0]] if name in columns else []
    most = _most(columns, room)
    kept = [cells if name == _NAME else [_cut(cell, most) for cell in cells] for name, cells in columns.items()]
    return [list(row) for row in zip(*kept, strict=True)], left_out


def _most(columns: Mapping[str, Sequence[str]], room: int) -> int:
    """Return how long a cell may be for all columns to fit."""
    wide = {name: max(map(width, cells)) for name, cells in columns.items()}
    left = room - _GAP * (len(wide) - 1) - wide.pop(_NAME)
    return max(
        (most for most in range(_LEAST, room + 1) if sum(min(each, most) for each in wide.values()) <= left),
        default=_LEAST,
    )


def _cut(cell: str, most: int) -> str:
    half, odd = divmod(most - len("..."), 2)
    return cell if len(cell) <= most else f"{cell[: half + odd]}...{cell[-half:]}"
