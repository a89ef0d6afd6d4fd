"""What a template says alike to all visitors of a language is text once it is compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ipportal.settings import LANGUAGES
from ipportal.web.folding import Speaking
from ipportal.wording import say

if TYPE_CHECKING:
    from flask import Flask


def compiled(app: Flask, source: str, lang: str = "en") -> str:
    made = Speaking(autoescape=True)
    made.lang = lang
    with app.test_request_context():
        return made.compile(source, raw=True)


def rendered(app: Flask, source: str, **shown: object) -> str:
    made = Speaking(autoescape=True)
    made.lang = "en"
    with app.test_request_context():
        return made.from_string(source).render(shown)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_without_figures_is_text(app: Flask, lang: str) -> None:
    code = compiled(app, '<p>{{ say("home.title") }}</p>', lang)

    assert repr(f"<p>{say('home.title', lang)}</p>") in code


def test_a_sentence_is_escaped_as_ever(app: Flask) -> None:
    assert rendered(app, "{{ '<b>' ~ lang() }}") == "&lt;b&gt;en"


def test_a_sentence_whose_figures_only_a_page_knows_is_left_to_the_page(app: Flask) -> None:
    assert "context.call" in compiled(app, '{{ say("login.locked_note", tries=tries) }}')
    assert "context.call" in compiled(app, '{{ say("frame.soon", **soon) }}')


def test_an_address_is_text_but_for_the_workspaces_prefix(app: Flask) -> None:
    assert rendered(app, "{{ url_for('login.form') }}", root="/w/alpha") == "/w/alpha/login"
    assert rendered(app, "{% set action = url_for('login.form') %}{{ action }}", root="") == "/login"


def test_a_prefix_is_escaped(app: Flask) -> None:
    assert rendered(app, "{{ url_for('login.form') }}", root='"') == "&#34;/login"


def test_a_loop_over_known_words_is_written_out(app: Flask) -> None:
    source = "{% for other in LANGUAGES if other != lang() %}{{ other }} {{ shown }} {% endfor %}"

    assert "for l_" not in compiled(app, source)
    assert rendered(app, source, shown="<") == "zh-Hant &lt; zh-Hans &lt; "


def test_a_loop_over_what_a_page_shows_stays_a_loop(app: Flask) -> None:
    source = "{% for each in found %}{{ loop.index }}{{ each }}{% endfor %}"

    assert rendered(app, source, found=["a", "b"]) == "1a2b"


def test_a_loop_inside_a_loop_knows_both_words(app: Flask) -> None:
    source = "{% for one in ('a', 'b') %}{% for two in ('c', 'd') %}{{ one ~ two }} {% endfor %}{% endfor %}"

    assert rendered(app, source) == "ac ad bc bd "
