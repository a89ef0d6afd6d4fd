"""Chinese is written as Chinese: full-width marks, one script a language."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from opencc import OpenCC
from wording.pages import sentences

from ipportal.people import DEFAULT, read

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
HALF_WIDTH = re.compile(rf"[{HAN}\u3001-\u303f\uff00-\uffef] ?[,.:;?!()]|[,.:;?!()][{HAN}]")

# Characters that the converter would change though they belong to the script.
TRADITIONAL_ALSO: dict[str, str] = {
    "准": "准許 is written so in Hong Kong; 準 is another word",
    "余": "the surname of a practice person; 餘 is another word",
}
BOTH_SCRIPTS: dict[str, str] = {}
MAINLAND = {"半形": "半角", "字元": "字符"}  # words of computing that differ, not their characters alone


@cache
def converter(way: str) -> Any:
    return OpenCC(way)


def chinese(lang: str) -> list[tuple[str, str]]:
    """Return every sentence of a language, those of the default scenario included."""
    said = [
        (key, found[lang].replace(":memory:", "memory"))  # the name of a store, as one types it
        for key, found in sentences().items()
        if not key.startswith("frame.lang.")
    ]
    scenario = read(DEFAULT)
    for person in scenario.people:
        said += [(person.key, person.names[lang]), (person.key, person.situation[lang])]
    for notice in scenario.notices:
        said += [(notice.reference, notice.subject[lang]), (notice.reference, notice.body[lang])]
    return said


@pytest.mark.parametrize("lang", ["zh-Hant", "zh-Hans"])
def test_chinese_is_punctuated_in_full_width(lang: str) -> None:
    assert [(key, text) for key, text in chinese(lang) if HALF_WIDTH.search(text)] == []


@pytest.mark.parametrize("lang", ["zh-Hant", "zh-Hans"])
def test_chinese_quotes_with_corner_brackets(lang: str) -> None:
    quotes = "\"'\u2018\u2019\u201c\u201d"

    assert [(key, text) for key, text in chinese(lang) if any(mark in text for mark in quotes)] == []


def test_english_has_no_straight_double_quotes_and_no_chinese() -> None:
    wrong = re.compile(rf'"|[{HAN}\u3001-\u303f\uff00-\uffef]|(?<![A-Za-z])\'')

    assert [(key, text) for key, text in chinese("en") if wrong.search(text)] == []


def strangers(lang: str, way: str, allowed: dict[str, str]) -> dict[str, list[str]]:
    """Return the characters that a conversion to the language's own script would change, and where they are."""
    found: dict[str, list[str]] = {}
    for key, text in chinese(lang):
        for character in set(re.findall(f"[{HAN}]", text)) - set(allowed):
            if converter(way).convert(character) != character:
                found.setdefault(character, []).append(key)
    return found


def test_no_simplified_character_stands_in_traditional_text() -> None:
    assert strangers("zh-Hant", "s2t", TRADITIONAL_ALSO) == {}


def test_no_traditional_character_stands_in_simplified_text() -> None:
    assert strangers("zh-Hans", "t2s", BOTH_SCRIPTS) == {}


def mainland(text: str) -> str:
    """Return a traditional text as a reader on the mainland would have it written."""
    for traditional, simplified in MAINLAND.items():
        text = text.replace(traditional, simplified)
    return str(converter("t2s").convert(text))


def test_simplified_text_says_the_same_words_as_traditional_text() -> None:
    pairs = zip(chinese("zh-Hant"), chinese("zh-Hans"), strict=True)

    assert [(key, said) for (key, meant), (_, said) in pairs if mainland(meant) != said] == []


def test_the_converter_of_these_tests_knows_the_difference() -> None:
    assert converter("t2s").convert("戶") == "户"
    assert converter("s2t").convert("户") == "戶"


@pytest.mark.parametrize("lang", ["zh-Hant", "zh-Hans"])
def test_chinese_and_the_guides_terms_agree(lang: str) -> None:
    terms = {
        "zh-Hant": ("互聯網使用者編號", "中央結算系統", "基本密碼", "首要", "覆實", "遞交", "回上頁"),
        "zh-Hans": ("互联网使用者编号", "中央结算系统", "基本密码", "首要", "覆实", "递交", "回上页"),
    }
    everything = "\n".join(text for _, text in chinese(lang))

    assert [term for term in terms[lang] if term not in everything] == []
