from __future__ import annotations

import re
import string

import pytest
from wording.pages import FILES, SOURCES, families, literals, prefixes, refusals, sentences, spoken

from ipportal import wording
from ipportal.settings import LANGUAGES
from ipportal.wording import explain, known, say


def figures(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("key", sorted(sentences()))
def test_a_sentence_is_said_in_all_three_languages_with_the_same_figures(key: str) -> None:
    found = sentences()[key]

    assert set(found) == set(LANGUAGES)
    assert all(each.strip() == each and each for each in found.values())
    asked = figures(found["en"])
    spelled = asked - {"month_name"} if key == "frame.moment" else asked
    assert all(figures(found[lang]) - {"month"} == spelled - {"month"} for lang in ("zh-Hant", "zh-Hans"))


def test_every_key_that_is_spoken_has_its_sentence() -> None:
    assert {key for key in spoken() if not known(key)} == set()


def test_every_key_that_data_makes_has_its_sentence() -> None:
    wanted = {key for keys in families().values() for key in keys}

    assert wanted - set(sentences()) == set()


def test_every_key_that_is_put_together_belongs_to_a_family() -> None:
    assert {each for each in prefixes() if not each.startswith("problems.")} - set(families()) == set()


def test_no_sentence_is_left_over_that_nobody_speaks() -> None:
    used = literals() | {key for keys in families().values() for key in keys}

    assert sorted(set(sentences()) - used) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_refusal_that_a_visitor_can_meet_is_explained(lang: str) -> None:
    for field, problem in refusals():
        told = explain(field, problem, lang)

        assert told
        assert "{" not in told
        assert told[-1] in ".!?\u3002" or told[-1].isdigit(), (field, problem.code)


def test_an_unknown_key_is_an_error_at_once() -> None:
    for key in ("home.nothing", "nowhere.title", "home", ""):
        with pytest.raises(wording.UnknownWording):
            say(key, "en")


def test_an_unknown_language_is_an_error_at_once() -> None:
    with pytest.raises(wording.UnknownWording):
        say("home.title", "fr")


def test_a_missing_figure_is_an_error_at_once() -> None:
    with pytest.raises(KeyError):
        say("problems.length", "en", min=1)


def test_templates_hold_keys_and_no_words() -> None:
    for path in SOURCES:
        if path.suffix == ".html":
            source = path.read_text(encoding="utf-8").replace("{% block width %}narrow{% endblock %}", "")
            bare = re.sub(r"\{[{%#].*?[}%#]\}|<[^>]*>", "", source, flags=re.DOTALL)
            assert not re.findall("[A-Za-z\u4e00-\u9fff]{2,}", bare), path.name


def test_no_chinese_stands_in_the_package_outside_the_wording() -> None:
    for path in SOURCES:
        if path.suffix == ".py":
            source = re.sub('""".*?"""', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            assert not re.findall("[\u4e00-\u9fff]+", source), path.name


def test_each_page_of_wording_says_first_what_it_is_for() -> None:
    assert all(file.read_text(encoding="utf-8").startswith("# ") for file in FILES)
