"""unlock, suspend, resume and captcha, as a trainer types them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from cli.conftest import NOON, workspace

from ipportal.portal import MAIN
from ipportal.settings import LANGUAGES
from ipportal.wording import say

if TYPE_CHECKING:
    from cli.conftest import Terminal

SUNDAY = "2025-03-30T06:30:00+08:00"


@pytest.mark.parametrize("name", ["LOCKED14", "locked14"])
def test_a_locked_internet_user_id_is_unlocked(terminal: Terminal, where: tuple[str, ...], name: str) -> None:
    before = terminal.workspace(workspace(where)).tables.users.get("locked14")

    said = terminal.run("unlock", name, *where)

    after = terminal.workspace(workspace(where)).tables.users.get("locked14")
    assert before
    assert after
    assert (before.locked, after.locked, after.failed_tries) == (True, False, 0)
    assert (said.code, said.out) == (0, f"{name} is unlocked. Wrong tries are counted from the start.\n")


def test_a_locked_account_is_unlocked_in_its_own_workspace_alone(terminal: Terminal) -> None:
    terminal.run("workspaces", "--create", "amy")

    terminal.run("unlock", "99001515", "--workspace", "amy")

    accounts = [terminal.workspace(name).tables.accounts.get("99001515") for name in (MAIN, "amy")]
    assert [each.locked for each in accounts if each] == [True, False]


def test_an_id_that_nobody_has_is_refused_by_its_name(terminal: Terminal) -> None:
    said = terminal.run("unlock", "NOBODY01")

    assert (said.code, said.err) == (1, "ipportal: There is no Internet user ID and no account NOBODY01.\n")


@pytest.mark.parametrize(
    ("span", "opens"), [("30", "12:30:00"), ("30m", "12:30:00"), ("1h30m", "13:30:00"), ("90s", "12:01:30")]
)
def test_a_suspension_begins_now_and_is_ended(
    terminal: Terminal, where: tuple[str, ...], span: str, opens: str
) -> None:
    begun = terminal.run("suspend", span, *where)
    closed = terminal.workspace(workspace(where)).standing().portal.suspension
    ended = terminal.run("resume", *where)

    assert (begun.code, begun.out) == (0, f"Suspended until 2025-03-31T{opens}+08:00.\n")
    assert closed
    assert closed.start.isoformat() == NOON
    assert (ended.code, ended.out) == (0, "The suspension is ended. The portal is open.\n")
    assert terminal.workspace(workspace(where)).standing().portal.suspension is None


def test_maintenance_hours_outlast_a_suspension_that_ends_in_them(terminal: Terminal) -> None:
    terminal.run("clock", "set", SUNDAY)

    said = [terminal.run("suspend", "10").out, terminal.run("resume").out]

    assert said == [
        "Suspended until 2025-03-30T07:00:00+08:00.\n",
        "The suspension is ended. It is closed for maintenance until 2025-03-30T07:00:00+08:00.\n",
    ]


@pytest.mark.parametrize("before", [None, "suspend"])
def test_to_resume_what_is_not_suspended_says_so(terminal: Terminal, before: str | None) -> None:
    terminal.run("clock", "set", NOON)
    if before:
        terminal.run(before, "1")
        terminal.run("clock", "advance", "1m")

    said = terminal.run("resume")

    assert (said.code, said.out) == (0, "There was no suspension. The portal is open.\n")


@pytest.mark.parametrize("span", ["x", "999999999"])
def test_a_span_that_suspend_cannot_read_is_told_with_what_it_takes(terminal: Terminal, span: str) -> None:
    said = terminal.run("suspend", span)

    assert said.err == (
        f"ipportal: \u201c{span}\u201d does not say how long to suspend: write 30 (minutes), 90m, 1h30m or 2d.\n"
    )


@pytest.mark.parametrize("span", ["0", "-5", "-5m", "0m", "soon", "", "999999999", "99999d"])
def test_a_suspension_that_could_not_be_is_refused(terminal: Terminal, span: str) -> None:
    said = terminal.run("suspend", span)

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("ipportal: ")
    assert terminal.workspace(MAIN).standing().portal.suspension is None


@pytest.mark.parametrize(
    ("words", "word", "told"),
    [
        (("reveal",), "", "reveal"),
        (("fixed", "ABC234"), "ABC234", "fixed (ABC234)"),
        (("always_wrong",), "", "always_wrong"),
        (("seeded",), "", "seeded (1)"),
    ],
)
def test_another_captcha_mode_is_chosen(
    terminal: Terminal, where: tuple[str, ...], words: tuple[str, ...], word: str, told: str
) -> None:
    said = terminal.run("captcha", *words, *where)
    shown = terminal.run("captcha", *where)

    settings = terminal.workspace(workspace(where)).standing().portal.settings
    assert (settings.captcha_mode, settings.captcha_word) == (words[0], word)
    assert (said.code, said.out) == (0, f"From the next picture on, the CAPTCHA mode is {told}.\n")
    assert (shown.code, shown.out) == (0, f"The CAPTCHA mode is {told}.\n")


def test_the_second_word_of_the_mode_seeded_is_its_seed(terminal: Terminal) -> None:
    said = terminal.run("captcha", "seeded", "lesson 5")

    settings = terminal.workspace(MAIN).standing().portal.settings
    assert (settings.captcha_mode, settings.captcha_seed) == ("seeded", "lesson 5")
    assert (said.code, said.out) == (0, "From the next picture on, the CAPTCHA mode is seeded (lesson 5).\n")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_terminal_would_obey_in_a_seed_is_told_by_its_code(terminal: Terminal, lang: str) -> None:
    terminal.run("captcha", "seeded", "a\x1b[2J\nb")

    said = terminal.run("captcha", "--terminal-lang", lang)

    assert (
        said.out
        == say("cli.captcha_now", lang, mode=say("cli.captcha_with", lang, mode="seeded", word=r"a\x1b[2J\nb")) + "\n"
    )


def test_a_word_that_was_chosen_once_is_kept_for_the_next_time(terminal: Terminal) -> None:
    for words in (("fixed", "ABC234"), ("real",), ("fixed",)):
        terminal.run("captcha", *words)

    assert terminal.workspace(MAIN).standing().portal.settings.captcha_word == "ABC234"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("fixed",), 2, "needs a word of six"),
        (("fixed", "abc234"), 2, "needs a word of six"),
        (("fixed", ""), 2, "needs a word of six"),
        (("reveal", "ABC234"), 2, "The mode reveal takes no word: fixed takes one, and seeded a seed."),
        (("real", ""), 2, "The mode real takes no word"),
        (("seeded", "x" * 81), 2, "A seed has 80 characters at the most."),
        (("open",), 2, "choose from"),
        (
            ("reveal", "--public", "--access-password", "long enough", "--bcrypt-cost", "10"),
            1,
            "A public server keeps to the mode real.",
        ),
    ],
)
def test_a_captcha_mode_that_cannot_be_is_refused(
    terminal: Terminal, words: tuple[str, ...], code: int, told: str
) -> None:
    said = terminal.run("captcha", *words)

    assert said.code == code
    assert told in said.err
    assert terminal.workspace(MAIN).tables.facts.get("captcha") is None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "words", [("unlock", "LOCKED14"), ("unlock", "NOBODY01"), ("suspend", "30"), ("suspend", "0"), ("resume",)]
)
def test_a_trainer_is_answered_in_the_terminals_language(terminal: Terminal, words: tuple[str, ...], lang: str) -> None:
    said = terminal.run(*words, "--terminal-lang", lang)

    assert bool(re.search("[\u4e00-\u9fff]", said.out + said.err)) == (lang != "en")


@pytest.mark.parametrize("command", [("unlock", "LOCKED14"), ("suspend", "30"), ("resume",), ("captcha", "reveal")])
def test_a_workspace_that_is_not_there_is_refused(terminal: Terminal, command: tuple[str, ...]) -> None:
    said = terminal.run(*command, "--workspace", "nobody")

    assert said.code == 1
    assert "no such workspace" in said.err
