"""A table made to fit a terminal: empty columns and what others imply are left out, then cells cut in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_IMPLIED = ("shape", "rule", "nearest that agreed", "given")
_READABLE, _LEAST = 24, 5  # characters of a cell that was cut
_GAP = 2  # between columns


def narrow(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """Return the rows, of ASCII and with a heading, at most *width* wide where that leaves anything to be seen."""
    columns = {cells[0]: cells for cells in zip(*rows, strict=True) if any(cells[1:])}
    for name in _IMPLIED:
        if _most(columns.values(), width) >= _READABLE:
            break
        columns.pop(name, None)
    most = _most(columns.values(), width)
    return [[_cut(cell, most) for cell in row] for row in zip(*columns.values(), strict=True)]


def _most(columns: Iterable[Sequence[str]], width: int) -> int:
    """Return how long a cell may be for all columns to fit."""
    wide = [max(map(len, cells)) for cells in columns]
    room = width - _GAP * (len(wide) - 1)
    return max(
        (most for most in range(_LEAST, width + 1) if sum(min(each, most) for each in wide) <= room), default=_LEAST
    )


def _cut(cell: str, most: int) -> str:
    half, odd = divmod(most - len("..."), 2)
    return cell if len(cell) <= most else f"{cell[: half + odd]}...{cell[-half:]}"
