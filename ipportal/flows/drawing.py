"""The words and pictures of CAPTCHA challenges: a word by chance or by a seed, a picture by its word and noise."""

from __future__ import annotations

import secrets
import string
from contextvars import ContextVar
from functools import cache, lru_cache
from io import BytesIO
from random import Random, SystemRandom
from typing import Any

# Without the two that nobody can tell apart in a picture.
ALPHABET = (string.ascii_uppercase + string.digits).translate({ord(each): None for each in "O0"})
_LENGTH = 6
_TALL, _APART = 46, 2  # pixels: of each letter, and of the paper on either side of it
# The package draws darker letters paler, so it is given the lightest, and these are the colours, from paper to ink.
_SHADES = bytes(255 - (255 - ink) * shade // 255 for shade in range(256) for ink in (22, 62, 72))


def random_word(seed: str = "") -> str:
    """Return a new answer; with a seed, the same one for the same seed."""
    chance = Random(f"word:{seed}") if seed else secrets  # noqa: S311 - a seed is asked for to be repeated
    return "".join(chance.choice(ALPHABET) for _ in range(_LENGTH))


# A page that is looked at again shows its picture again.
@lru_cache(maxsize=32)
def drawn(word: str, noise: str) -> bytes:
    """Return a picture of *word* as PNG, always the same bytes for the same noise."""
    before = _CHANCE.dice.set(Random(f"picture:{noise}"))  # noqa: S311 - no secret hangs on a picture's noise
    try:
        painted = _painter().generate_image(word, bg_color=(0, 0, 0), fg_color=(255, 255, 255))
    finally:
        _CHANCE.dice.reset(before)
    flat, file = painted.convert("L"), BytesIO()
    flat.putpalette(_SHADES)
    flat.save(file, "PNG", compress_level=1)
    return file.getvalue()


class _Chance:
    """What the drawing package asks for chance: the dice of the picture being drawn, else unforeseeable ones."""

    def __init__(self) -> None:
        self.dice: ContextVar[Random] = ContextVar("dice", default=SystemRandom())  # noqa: B039 - it has no state

    def choice(self, options: Any) -> Any:  # noqa: ANN401 - as the standard library has it
        return self.dice.get().choice(options)

    def randbelow(self, limit: int) -> int:
        return self.dice.get().randrange(limit)

    def randbits(self, bits: int) -> int:
        return self.dice.get().getrandbits(bits)


_CHANCE = _Chance()


# The package brings Pillow and fonts, so it is loaded when the first picture is drawn.
@cache
def _painter() -> Any:  # noqa: ANN401 - the package is not typed
    from captcha import image  # noqa: PLC0415

    vars(image)["secrets"] = _CHANCE  # it offers no other way to say where its chance comes from

    class Painter(image.ImageCaptcha):
        word_space_probability = 1  # of no blank before a letter: one costs as much as a letter
        word_offset_dx = 0  # letters keep their distance
        character_rotate = (-12, 12)  # a 1 that leans further is no 1 any more

        def _draw_character(self, *given: Any) -> Any:  # noqa: ANN401 - as above
            return _even(super()._draw_character(*given))

    return Painter(width=200, height=70, font_sizes=(42,))


def _even(drawn: Any) -> Any:  # noqa: ANN401 - a picture of the package
    """Return a letter as tall as all others, so that none looks like a small one, with paper on both sides of it."""
    left, top, right, bottom = drawn.getbbox()
    wide = max(1, (right - left) * _TALL // (bottom - top))
    letter = drawn.resize((wide, _TALL), box=(left, top, right, bottom))
    return letter.crop((-_APART, 0, wide + _APART, _TALL))
