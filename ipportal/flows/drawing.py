"""The words and pictures of CAPTCHA challenges: by chance, or by a seed that repeats them to the byte."""

from __future__ import annotations

import secrets
import string
from contextvars import ContextVar
from functools import cache, lru_cache
from random import Random
from typing import Any

ALPHABET = string.ascii_uppercase + string.digits
_LENGTH = 6
_PAPER, _INK = (255, 255, 255), (22, 62, 72)  # the package's own random ink can be too pale to read


def random_word(seed: str = "") -> str:
    """Return a new answer; with a seed, the same one for the same seed."""
    chance = Random(f"word:{seed}") if seed else secrets  # noqa: S311 - a seed is asked for to be repeated
    return "".join(chance.choice(ALPHABET) for _ in range(_LENGTH))


def drawn(word: str) -> bytes:
    """Return a picture of *word* as PNG."""
    picture: bytes = _painter().generate(word, bg_color=_PAPER, fg_color=_INK).getvalue()
    return picture


@lru_cache(maxsize=64)
def repeated(word: str, seed: str) -> bytes:
    """Return the picture of *word* as PNG, the same bytes for the same seed."""
    before = _CHANCE.seeded.set(Random(f"picture:{seed}"))  # noqa: S311 - as above
    try:
        return drawn(word)
    finally:
        _CHANCE.seeded.reset(before)


class _Chance:
    """What the drawing package asks for chance: its own `secrets`, or while a seed is set, that seed's numbers."""

    def __init__(self) -> None:
        self.seeded: ContextVar[Random | None] = ContextVar("seeded", default=None)

    def choice(self, options: Any) -> Any:  # noqa: ANN401 - as the standard library has it
        return (self.seeded.get() or secrets).choice(options)

    def randbelow(self, limit: int) -> int:
        seeded = self.seeded.get()
        return seeded.randrange(limit) if seeded else secrets.randbelow(limit)

    def randbits(self, bits: int) -> int:
        seeded = self.seeded.get()
        return seeded.getrandbits(bits) if seeded else secrets.randbits(bits)


_CHANCE = _Chance()


# The package brings Pillow and fonts, so it is loaded when the first picture is drawn.
@cache
def _painter() -> Any:  # noqa: ANN401 - the package is not typed
    from captcha import image  # noqa: PLC0415

    vars(image)["secrets"] = _CHANCE  # it offers no other way to say where its chance comes from
    return image.ImageCaptcha(width=200, height=70)
