"""notice, as a trainer types it: published and withdrawn on one board, or on those of a class."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from cli.conftest import NOON, workspace

from ipportal.portal import MAIN
from ipportal.settings import LANGUAGES

if TYPE_CHECKING:
    from cli.conftest import Terminal

ENGLISH = ("--subject-en", "A drill", "--body-en", "At noon.")


def test_a_notice_is_published_and_withdrawn(terminal: Terminal, where: tuple[str, ...]) -> None:
    published = terminal.run("notice", "DRILL-1", *ENGLISH, *where)
    row = terminal.workspace(workspace(where)).tables.notices.get("DRILL-1")
    withdrawn = terminal.run("notice", "DRILL-1", "--withdraw", *where)

    assert (published.code, published.out) == (0, "The notice DRILL-1 is on the board.\n")
    assert row
    assert (row.topic, row.published_on) == ("training", NOON[:10])
    assert row.subject == dict.fromkeys(LANGUAGES, "A drill")
    assert row.body == dict.fromkeys(LANGUAGES, "At noon.")
    assert (withdrawn.code, withdrawn.out) == (0, "The notice DRILL-1 is withdrawn.\n")
    assert terminal.workspace(workspace(where)).tables.notices.get("DRILL-1") is None


def test_each_language_has_its_own_words_and_the_topic_is_chosen(terminal: Terminal) -> None:
    chinese = ("--subject-zh-hant", "演習", "--subject-zh-hans", "演习", "--topic", "system")

    assert terminal.run("notice", "DRILL-1", *ENGLISH, *chinese).code == 0

    row = terminal.workspace(MAIN).tables.notices.get("DRILL-1")
    assert row
    assert (row.topic, row.subject) == ("system", {"zh-Hant": "演習", "en": "A drill", "zh-Hans": "演习"})


def test_a_class_reads_it_at_once(terminal: Terminal) -> None:
    terminal.run("workspaces", "--create", "t1", "t2")
    terminal.run("notice", "DRILL-1", *ENGLISH, "--workspace", "t2")

    said = terminal.run("notice", "DRILL-1", *ENGLISH, "--workspace", "t*")

    assert said.code == 1
    assert said.out == "t1  The notice DRILL-1 is on the board.\n"
    assert said.err == (
        "ipportal: t2  There is a notice DRILL-1 already. "
        "Withdraw it first with --withdraw, or choose another reference.\n"
    )
    assert terminal.workspace(MAIN).tables.notices.get("DRILL-1") is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("DRILL-1",), "needs a subject and a body"),
        (("DRILL-1", "--subject-en", "A drill"), "needs a subject and a body"),
        (("DRILL-1", "--subject-en", " ", "--body-en", "x"), "needs a subject and a body"),
        (("DRILL-1", "--subject-en", "", "--body-en", "x"), "of 1 to 200 characters"),
        (("DRILL-1", "--subject-en", "x" * 201, "--body-en", "x"), "of 1 to 200 characters"),
        (("DRILL-1", "--subject-en", "x", "--body-en", "two\nlines"), "one line each"),
        (("DRILL-1", "--subject-en", "x", "--body-en", "\u202eturned"), "marks of writing direction"),
        (("DRILL 1", *ENGLISH), "letters A-Z, digits and hyphens"),
        (("x" * 41, *ENGLISH), "1 to 40"),
        (("DRILL-1", *ENGLISH, "--topic", "games"), "choose from"),
        (("DRILL-1", "--withdraw", *ENGLISH), "--withdraw takes no subject and no body."),
    ],
)
def test_a_notice_that_no_board_can_show_is_refused(terminal: Terminal, words: tuple[str, ...], told: str) -> None:
    before = terminal.workspace(MAIN).tables.notices.where()

    said = terminal.run("notice", *words)

    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert terminal.workspace(MAIN).tables.notices.where() == before


def test_a_notice_that_is_not_there_is_refused_with_those_that_are(terminal: Terminal) -> None:
    names = [each.reference for each in terminal.workspace(MAIN).tables.notices.where()]

    said = [terminal.run("notice", "NONE-1", "--withdraw")]
    for name in names:
        terminal.run("notice", name, "--withdraw")
    said.append(terminal.run("notice", "NONE-1", "--withdraw"))

    assert [each.code for each in said] == [1, 1]
    assert said[0].err == f"ipportal: There is no notice NONE-1. On the board: {', '.join(names)}.\n"
    assert said[1].err == "ipportal: There is no notice NONE-1. On the board: -.\n"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "words", [("DRILL-1", *ENGLISH), ("DRILL-1",), ("NONE-1", "--withdraw"), ("DRILL 1", *ENGLISH)]
)
def test_a_trainer_is_answered_in_the_terminals_language(terminal: Terminal, words: tuple[str, ...], lang: str) -> None:
    said = terminal.run("notice", *words, "--terminal-lang", lang)

    assert bool(re.search("[\u4e00-\u9fff]", said.out + said.err)) == (lang != "en")
