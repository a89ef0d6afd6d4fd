"""A table made to fit a terminal: empty columns and what others imply are left out, then cells cut in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NAME = "vector"  # is never cut: halves of one would fit several
# What is left out first, and of how many characters its cells, and those of its neighbours, may not fall short.
_GOING = {"shape": 24, "rule": 24, "nearest that agreed": 24, "given": 24, "what differs": 12}
_LEAST = 8  # characters of a cell that was cut: `accepted` and `required` are whole
_GAP = 2  # between columns


def narrow(rows: Sequence[Sequence[str]], width: int) -> tuple[list[list[str]], list[str]]:
    """Return the rows, of ASCII and with a heading, at most *width* wide where that can be, and what was left out.

    A column with nothing in it is gone without a word.
    """
    columns = {cells[0]: cells for cells in zip(*rows, strict=True) if any(cells[1:])}
    left_out = []
    for name, readable in _GOING.items():
        if _most(columns.values(), width) >= readable:
            break
        left_out += [name] if columns.pop(name, None) else []
    most = _most(columns.values(), width)
    kept = [cells if name == _NAME else [_cut(cell, most) for cell in cells] for name, cells in columns.items()]
    return [list(row) for row in zip(*kept, strict=True)], left_out


def _most(columns: Iterable[Sequence[str]], width: int) -> int:
    """Return how long a cell may be for all columns to fit."""
    wide = {cells[0]: max(map(len, cells)) for cells in columns}
    room = width - _GAP * (len(wide) - 1) - wide.pop(_NAME)
    return max(
        (most for most in range(_LEAST, width + 1) if sum(min(each, most) for each in wide.values()) <= room),
        default=_LEAST,
    )


def _cut(cell: str, most: int) -> str:
    half, odd = divmod(most - len("..."), 2)
    return cell if len(cell) <= most else f"{cell[: half + odd]}...{cell[-half:]}"
