"""The rules as a product: vectors written out for others, and somebody's own validator judged by them."""

from __future__ import annotations

__all__ = ["Unusable"]


class Unusable(Exception):
    """Something of the user's that cannot be worked with: a code and the figures of its sentence."""

    def __init__(self, code: str, **figures: str | int) -> None:
        super().__init__(code, figures)
        self.code, self.figures = code, figures
