"""A seed repeats a picture to the byte, in any process, while all other drawing stays random."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from random import Random, SystemRandom
from threading import Event

import pytest
from PIL import Image
from store.rows import PATIENCE

from ipportal.flows import drawing
from ipportal.flows.drawing import ALPHABET, drawn, random_word, repeated

PNG = b"\x89PNG\r\n\x1a\n"
SCRIPT = """
import hashlib
from ipportal.flows.drawing import random_word, repeated
for each in range(3):
    word = random_word(f"seed:{each}")
    print(word, hashlib.sha256(repeated(word, f"seed:{each}")).hexdigest())
"""


def fresh(word: str, seed: str) -> bytes:
    """Draw a seeded picture, though it was drawn before."""
    return repeated.__wrapped__(word, seed)


def test_a_word_by_chance_is_six_capitals_and_digits() -> None:
    words = {random_word() for _ in range(50)}

    assert len(words) == 50
    assert all(len(word) == 6 and set(word) <= set(ALPHABET) for word in words)


def test_a_seed_gives_the_same_word_again_and_another_seed_another() -> None:
    words = [random_word(seed) for seed in ("1", "1", "2", "1:1")]

    assert words[0] == words[1]
    assert len(set(words)) == 3
    assert all(len(word) == 6 and set(word) <= set(ALPHABET) for word in words)


@pytest.mark.parametrize("seed", ["7:1", ""])
@pytest.mark.parametrize("word", ["ABC123", "000000", "WWWWWW", "IIIIII"])
def test_a_picture_drawn_anew_from_its_seed_has_the_same_bytes(word: str, seed: str) -> None:
    first, second = fresh(word, seed), fresh(word, seed)

    assert first == second
    assert first.startswith(PNG)
    assert first != fresh(word, "7:2")


def test_pictures_by_chance_differ_from_each_other_and_from_the_seeded_one() -> None:
    pictures = {drawn("ABC123") for _ in range(5)} | {fresh("ABC123", "7")}

    assert len(pictures) == 6


def test_another_process_draws_the_same_words_and_bytes() -> None:
    told = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True).stdout

    here = [
        f"{(word := random_word(f'seed:{each}'))} {hashlib.sha256(fresh(word, f'seed:{each}')).hexdigest()}"
        for each in range(3)
    ]
    assert told.splitlines() == here


@pytest.mark.parametrize("word", ["111111", "WWWWWW"])
def test_letters_are_as_dark_as_ink_on_white_paper(word: str) -> None:
    with Image.open(BytesIO(drawn(word))) as picture:
        flat = iter(picture.convert("RGB").tobytes())
    (paper, _), (ink, many) = Counter(zip(flat, flat, flat, strict=True)).most_common(2)

    assert (picture.size, paper, ink) == ((200, 70), (255, 255, 255), (22, 62, 72))
    assert many > 200 * 70 / 20


def test_a_picture_that_fails_leaves_chance_random(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(drawing._painter(), "generate_image", broken)
    with pytest.raises(RuntimeError):
        fresh("ABC123", "7")

    assert isinstance(drawing._CHANCE.dice.get(), SystemRandom)


def test_other_threads_that_draw_meanwhile_stay_random_and_disturb_no_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    alone, begun, done = fresh("ABC123", "7"), Event(), Event()
    chance = drawing._CHANCE
    randbits = chance.randbits

    def slowly(bits: int) -> int:
        if not begun.is_set():
            begun.set()
            assert done.wait(PATIENCE)
        return randbits(bits)

    def others() -> list[bytes]:
        assert begun.wait(PATIENCE)
        try:
            return [drawn("ABC123") for _ in range(4)]
        finally:
            done.set()

    monkeypatch.setattr(chance, "randbits", slowly)
    with ThreadPoolExecutor(2) as pool:
        seeded, by_chance = pool.submit(fresh, "ABC123", "7"), pool.submit(others)

    assert seeded.result() == alone
    assert len({*by_chance.result(), alone}) == 5


def test_many_threads_with_many_seeds_each_draw_their_own_picture() -> None:
    wanted = {str(seed): fresh("ABC123", str(seed)) for seed in range(6)}

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda seed: (seed, fresh("ABC123", seed)), [*wanted] * 3))

    assert [seed for seed, picture in found if picture != wanted[seed]] == []


@pytest.mark.parametrize("seeded", [True, False])
def test_every_kind_of_chance_comes_from_the_dice_that_are_set(*, seeded: bool) -> None:
    chance = drawing._CHANCE

    def some() -> list[object]:
        before = chance.dice.set(Random("7") if seeded else SystemRandom())
        try:
            return [chance.choice(range(10**9)), chance.randbelow(10**9), chance.randbits(64)]
        finally:
            chance.dice.reset(before)

    assert (some() == some()) is seeded
