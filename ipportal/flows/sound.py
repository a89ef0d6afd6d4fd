"""CAPTCHA challenges read out, by the voices of the captcha package."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from .drawing import own_copy

if TYPE_CHECKING:
    from collections.abc import Callable


def spoken(word: str) -> bytes:
    """Return *word* read out, as WAV: digits and letters, in other noise each time."""
    return bytes(_speaker().generate(word))


# The package brings voices, so it is loaded when the first word is read out.
@cache
def _speaker() -> Any:  # noqa: ANN401 - the package is not typed
    audio = own_copy("captcha.audio")
    # It asks the system for each grain of the noise by itself, and computes each louder or softer one anew.
    audio.create_noise, audio.change_sound = _noise, _by_table(audio.change_sound)
    return audio.AudioCaptcha()


def _noise(length: int, level: int) -> bytearray:
    """Return so many grains of noise, of so many shades around silence."""
    shades = bytes(128 - level // 2 + each % level for each in range(256))
    return bytearray(os.urandom(length).translate(shades))


def _by_table(change: Callable[[bytearray, float], bytearray]) -> Callable[[bytearray, float], bytearray]:
    """Return a change of sound that treats each of the 256 values once."""
    return lambda body, level: body.translate(change(bytearray(range(256)), level))
