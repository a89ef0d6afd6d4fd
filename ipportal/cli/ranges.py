"""Numbers that an option takes: one outside its range, or none at all, is refused with the range."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

N = TypeVar("N", int, float)


def between(kind: Callable[[str], N], least: N, most: N) -> Callable[[str], N]:
    """Return what reads a number of that kind, from *least* to *most*."""

    def read(word: str) -> N:
        try:
            number = kind(word)
        except ValueError:
            number = None
        if number is None or not least <= number <= most:  # as nothing holds of what is not a number
            raise argparse.ArgumentTypeError(f"not from {least} to {most}: {word}")
        return number

    return read
