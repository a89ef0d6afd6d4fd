"""A word is read out as a wave, as the package reads it, in noise of its own."""

from __future__ import annotations

import io
import wave

import captcha.audio
import pytest

from ipportal.flows import sound
from ipportal.flows.drawing import ALPHABET
from ipportal.flows.sound import spoken

RATE = 8000  # values a second
EVERY_VALUE = bytearray(range(256))


def heard(word: str) -> bytes:
    """Return the values of a word that is read out."""
    with wave.open(io.BytesIO(spoken(word))) as read:
        assert (read.getnchannels(), read.getsampwidth(), read.getframerate()) == (1, 1, RATE)
        return bytes(read.readframes(-1))


@pytest.mark.parametrize("word", [ALPHABET[at : at + 6] for at in range(0, len(ALPHABET), 6)])
def test_every_letter_can_be_read_out_after_a_second_at_the_least(word: str) -> None:
    assert len(heard(word)) > RATE * len(word)


def test_a_word_is_never_read_out_the_same_way_twice() -> None:
    assert heard("A") != heard("A")


@pytest.mark.parametrize(("level", "shades"), [(4, {126, 127, 128, 129}), (2, {127, 128}), (1, {128})])
def test_the_noise_is_of_the_shades_around_silence(level: int, shades: set[int]) -> None:
    noise = sound._noise(2000, level)

    assert len(noise) == 2000
    assert set(noise) == shades == set(captcha.audio.create_noise(2000, level))


@pytest.mark.parametrize("level", [0.2, 0.8, 1, 1.2])
def test_a_sound_is_as_loud_as_the_package_makes_it(level: float) -> None:
    plain = captcha.audio.change_sound

    assert sound._by_table(plain)(EVERY_VALUE * 3, level) == plain(EVERY_VALUE * 3, level)


def test_who_else_reads_out_with_the_package_hears_what_it_reads_by_itself() -> None:
    spoken("A")

    assert captcha.audio.create_noise.__module__ == captcha.audio.change_sound.__module__ == "captcha.audio"
