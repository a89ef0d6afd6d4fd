"""A word and its noise give the same picture to the byte, in any process and beside any other drawing."""

from __future__ import annotations

import hashlib
import secrets
import string
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import groupby
from random import Random, SystemRandom
from threading import Event

import captcha.image
import pytest
from PIL import Image
from store.rows import PATIENCE

from ipportal.flows import drawing
from ipportal.flows.drawing import ALPHABET, drawn, random_word

PNG = b"\x89PNG\r\n\x1a\n"
SCRIPT = """
import hashlib
from ipportal.flows.drawing import drawn, random_word
for each in range(3):
    word = random_word(f"seed:{each}")
    print(word, hashlib.sha256(drawn(word, f"seed:{each}")).hexdigest())
"""


def fresh(word: str, noise: str) -> bytes:
    """Draw a picture, though it was drawn before."""
    return drawn.__wrapped__(word, noise)


def test_a_word_by_chance_is_six_capitals_and_digits() -> None:
    words = {random_word() for _ in range(50)}

    assert len(words) == 50
    assert all(len(word) == 6 and set(word) <= set(ALPHABET) for word in words)
    assert set("".join(random_word() for _ in range(500))) == set(ALPHABET)


def test_no_word_has_letters_that_look_the_same() -> None:
    assert set(string.ascii_uppercase + string.digits) - set(ALPHABET) == set("O0")


def test_a_seed_gives_the_same_word_again_and_another_seed_another() -> None:
    words = [random_word(seed) for seed in ("1", "1", "2", "1:1")]

    assert words[0] == words[1]
    assert len(set(words)) == 3
    assert all(len(word) == 6 and set(word) <= set(ALPHABET) for word in words)


@pytest.mark.parametrize("noise", ["7:1", ""])
@pytest.mark.parametrize("word", ["ABC123", "000000", "WWWWWW", "IIIIII"])
def test_a_picture_drawn_anew_has_the_same_bytes(word: str, noise: str) -> None:
    first, second = fresh(word, noise), fresh(word, noise)

    assert first == second
    assert first.startswith(PNG)
    assert first != fresh(word, "7:2")


def test_a_picture_that_was_drawn_lately_is_not_drawn_again() -> None:
    assert drawn("ABC123", "lately") is drawn("ABC123", "lately")


def test_another_process_draws_the_same_words_and_bytes() -> None:
    told = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True).stdout

    here = [
        f"{(word := random_word(f'seed:{each}'))} {hashlib.sha256(fresh(word, f'seed:{each}')).hexdigest()}"
        for each in range(3)
    ]
    assert told.splitlines() == here


@pytest.mark.parametrize("word", ["111111", "WWWWWW"])
def test_letters_are_as_dark_as_ink_on_white_paper(word: str) -> None:
    with Image.open(BytesIO(drawn(word, "7"))) as picture:
        flat = iter(picture.convert("RGB").tobytes())
    (paper, _), (ink, many) = Counter(zip(flat, flat, flat, strict=True)).most_common(2)

    assert (picture.size, paper, ink) == ((200, 70), (255, 255, 255), (22, 62, 72))
    assert many > 200 * 70 / 20


@pytest.mark.parametrize("word", ["ABC123", "CKOSUV", "WXZ111", "WWWWWW", "JQ7I1L"])
def test_letters_are_equally_tall_and_stand_apart(word: str) -> None:
    for noise in range(20):
        before = drawing._CHANCE.dice.set(Random(noise))
        plain = drawing._painter().create_captcha_image(word, (255,), (0,))
        drawing._CHANCE.dice.reset(before)
        ink = [plain.crop((x, 0, x + 1, 70)).point(lambda shade: shade // 128).getbbox() for x in range(200)]
        letters = [[*columns] for inked, columns in groupby(ink, bool) if inked]

        assert len(letters) == len(word)
        for letter in letters:
            top, bottom = min(each[1] for each in letter if each), max(each[3] for each in letter if each)
            assert 43 <= bottom - top <= 46


def test_who_else_draws_with_the_package_gets_what_it_draws_by_itself() -> None:
    fresh("ABC123", "7")

    assert vars(captcha.image)["secrets"] is secrets
    assert vars(captcha.image)["createImage"] is Image.new
    assert captcha.image.ImageCaptcha().generate_image("ABC123").mode == "RGB"


def test_a_picture_that_fails_leaves_chance_random(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(drawing._painter(), "generate_image", broken)
    with pytest.raises(RuntimeError):
        fresh("ABC123", "7")

    assert isinstance(drawing._CHANCE.dice.get(), SystemRandom)


def test_another_thread_that_draws_meanwhile_disturbs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    alone, begun, done = [fresh("ABC123", "7"), fresh("ABC123", "8")], Event(), Event()
    chance = drawing._CHANCE
    randbits = chance.randbits

    def slowly(bits: int) -> int:
        if not begun.is_set():
            begun.set()
            assert done.wait(PATIENCE)
        return randbits(bits)

    def meanwhile() -> bytes:
        assert begun.wait(PATIENCE)
        try:
            return fresh("ABC123", "8")
        finally:
            done.set()

    monkeypatch.setattr(chance, "randbits", slowly)
    with ThreadPoolExecutor(2) as pool:
        found = [pool.submit(fresh, "ABC123", "7"), pool.submit(meanwhile)]

    assert [each.result() for each in found] == alone


def test_many_threads_each_draw_their_own_picture() -> None:
    wanted = {str(noise): fresh("ABC123", str(noise)) for noise in range(6)}

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda noise: (noise, fresh("ABC123", noise)), [*wanted] * 3))

    assert [noise for noise, picture in found if picture != wanted[noise]] == []


@pytest.mark.parametrize("seeded", [True, False])
def test_every_kind_of_chance_comes_from_the_dice_that_are_set(*, seeded: bool) -> None:
    chance = drawing._CHANCE

    def some() -> list[object]:
        before = chance.dice.set(Random("7") if seeded else SystemRandom())
        try:
            return [chance.randbelow(10**9), chance.randbits(64)]
        finally:
            chance.dice.reset(before)

    assert (some() == some()) is seeded
