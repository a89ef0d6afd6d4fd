"""The words and pictures of CAPTCHA challenges: a word by chance or by a seed, a picture by its word and noise."""

from __future__ import annotations

import secrets
import string
from contextvars import ContextVar
from functools import cache, lru_cache
from importlib.util import find_spec, module_from_spec
from io import BytesIO
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec

# Without the two that nobody can tell apart in a picture.
ALPHABET = (string.ascii_uppercase + string.digits).translate({ord(each): None for each in "O0"})
_LENGTH = 6
# All in pixels. Of each letter: how tall and wide, how much bolder, and the paper on either side of it; then, at most,
# how far its head may stand beside its foot, and each of its corners above or below its place.
_TALL, _WIDE, _BOLDER, _APART = 46, 23, 2, 1
_LEAN, _SINK = 7, 2
# The package draws darker letters paler, so it is given the lightest; these are the colours, from paper to ink.
_PAPER, _INK, _COLOURS = (0,), (255,), 16
_PALETTE = bytes(255 - (255 - ink) * shade // (_COLOURS - 1) for shade in range(_COLOURS) for ink in (22, 62, 72))
_SHADE = [light * _COLOURS // 256 for light in range(256)]


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
        painted = _painter().generate_image(word, bg_color=_PAPER, fg_color=_INK)
    finally:
        _CHANCE.dice.reset(before)
    flat, file = painted.point(_SHADE), BytesIO()
    flat.putpalette(_PALETTE)
    flat.save(file, "PNG", compress_level=1)
    return file.getvalue()


class _Chance:
    """What the drawing package asks for chance: the dice of the picture being drawn, else unforeseeable ones."""

    def __init__(self) -> None:
        self.dice: ContextVar[Random] = ContextVar("dice", default=SystemRandom())  # noqa: B039 - it has no state

    def randbelow(self, limit: int) -> int:
        return self.dice.get().randrange(limit)

    def randbits(self, bits: int) -> int:
        return self.dice.get().getrandbits(bits)


_CHANCE = _Chance()


# The package brings Pillow and fonts, so it is loaded when the first picture is drawn.
@cache
def _painter() -> Any:  # noqa: ANN401 - the package is not typed
    image = own_copy("captcha.image")
    new = image.createImage
    # The simplest layout is enough for a letter; the other one loads libraries of a megabyte.
    font = image.truetype(image.DEFAULT_FONTS[0], _TALL * 4 // 3, layout_engine=0)
    # It offers no other way to say where its chance comes from, and that one shade a pixel is enough.
    vars(image).update(secrets=_CHANCE, createImage=lambda _mode, *rest: new("L", *rest))

    @cache
    def upright(letter: str) -> Any:  # noqa: ANN401 - as above
        """Return a letter as large as all others, so that none looks like a small one."""
        left, top, right, bottom = font.getbbox(letter, stroke_width=_BOLDER)
        plain = new("L", (right - left, bottom - top))
        image.Draw(plain).text((-left, -top), letter, _INK, font, stroke_width=_BOLDER)
        return plain.resize((_WIDE, _TALL))

    class Painter(image.ImageCaptcha):  # type: ignore[misc,name-defined]
        word_space_probability = 1  # of no blank before a letter: one costs as much as a letter
        word_offset_dx = 0  # letters keep their distance

        def _draw_character(self, letter: str, *_: Any) -> Any:  # noqa: ANN401 - as above
            """Have a letter lean; the package's own way to bend it takes several times as long."""
            head = _CHANCE.randbelow(_LEAN + 1)
            near, far = _APART + head, _APART + _LEAN - head
            a, b, c, d = (_CHANCE.randbelow(_SINK + 1) for _ in range(4))
            corners = -near, -a, -far, _TALL + b, _WIDE + near, _TALL + c, _WIDE + far, -d
            size = _WIDE + near + far, _TALL
            return upright(letter).transform(size, image.Transform.QUAD, corners, image.Resampling.BILINEAR)

    return Painter(width=200, height=70)


def own_copy(name: str) -> Any:  # noqa: ANN401 - as above
    """Return a module that nobody else in the process has, so that it can be told what others need not know."""
    spec = cast("ModuleSpec", find_spec(name))
    made = module_from_spec(spec)
    cast("Loader", spec.loader).exec_module(made)
    return made
