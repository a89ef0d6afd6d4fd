"""argparse in the language of the terminal: its headings and refusals are sentences of the page `usage`."""

from __future__ import annotations

import argparse
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..wording import page

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def spoken(lang: str) -> Iterator[None]:
    """Have argparse say what the page has, found by its English words, in that language while it reads a command."""
    ours = {sentence["en"]: sentence[lang] for sentence in page("usage").values()}

    def said(words: str) -> str:
        bare = words.strip()
        return words.replace(bare, ours.get(bare, bare))

    names, own = vars(argparse), argparse.__dict__["_"]
    names["_"] = said  # its name for gettext, whose catalogues would be wording of a second kind
    try:
        yield
    finally:
        names["_"] = own
