"""What an option takes: a number within its range, or a word that is not empty; else it is refused in a sentence."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, TypeVar

from ..wording import say

if TYPE_CHECKING:
    from collections.abc import Callable

N = TypeVar("N", int, float)


def between(kind: Callable[[str], N], least: N, most: N, lang: str) -> Callable[[str], N]:
    """Return what reads a number of that kind, from *least* to *most*."""

    def read(word: str) -> N:
        try:
            number = kind(word)
        except ValueError:
            number = None
        if number is None or not least <= number <= most:  # as nothing holds of what is not a number
            raise argparse.ArgumentTypeError(say("cli.usage.range", lang, least=least, most=most, word=word))
        return number

    return read


def filled(sentence: str) -> Callable[[str], str]:
    """Return what reads a word; the empty one, as of a variable that nobody has set, is refused in that sentence."""

    def read(word: str) -> str:
        if not word:
            raise argparse.ArgumentTypeError(sentence)
        return word

    return read
