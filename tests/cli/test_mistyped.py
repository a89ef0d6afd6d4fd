"""What is mistyped is told with what was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ipportal.settings import LANGUAGES
from ipportal.wording import say

if TYPE_CHECKING:
    from cli.conftest import Terminal


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("settings", "--prot", "1"), "--port"),
        (("accounts", "--jsn"), "--json"),
        (("rules", "--shema"), "--schema"),
        (("journal", "--folow"), "--follow"),
        (("serve", "--bcrypt=4"), "--bcrypt-cost"),
    ],
)
def test_an_unknown_option_is_refused_with_the_nearest_one(bare: Terminal, words: tuple[str, ...], told: str) -> None:
    said = bare.run(*words)

    assert said.code == 2
    assert f"({told}?)" in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("rest",), "argument command: invalid choice: 'rest' (reset?)"),
        (("clock", "advnace", "1h"), "argument move: invalid choice: 'advnace' (advance?)"),
        (("captcha", "fxied"), "argument mode: invalid choice: 'fxied' (fixed?)"),
        (("help", "jurnal"), "argument command: invalid choice: 'jurnal' (journal?)"),
    ],
)
def test_a_mistyped_command_or_choice_is_refused_with_the_nearest_one(
    bare: Terminal, words: tuple[str, ...], told: str
) -> None:
    said = bare.run(*words)

    assert (said.code, said.err.endswith(f": error: {told}\n")) == (2, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("class", "amy", "--workspace", "carl"), "argument --workspace: not allowed with argument PATTERN"),
        (("class", "--workspace", "carl", "amy"), "argument PATTERN: not allowed with argument --workspace"),
        (("rules", "--json", "--schema"), "argument --schema: not allowed with argument --json"),
    ],
)
def test_what_contradicts_itself_is_refused(bare: Terminal, words: tuple[str, ...], told: str) -> None:
    said = bare.run(*words)

    assert (said.code, said.out, said.err.endswith(f": error: {told}\n")) == (2, "", True)


@pytest.mark.parametrize(
    ("words", "usage", "told"),
    [
        ("rules --login-trie 3", "rules", "--login-trie 3 (--login-tries?)"),
        ("rules --login-trie 3 coverage", "rules", "--login-trie 3 (--login-tries?)"),
        ("clock --workspac t01", "clock", "--workspac t01 (--workspace?)"),
        ("clock --workspac t01 run", "clock", "--workspac t01 (--workspace?)"),
        ("captcha --workspac t01", "captcha", "--workspac t01 (--workspace?)"),
        ("checkpoint --workspac t01 list", "checkpoint list", "--workspac t01 (--workspace?)"),
        ("vectors --ouput x export", "vectors export", "--ouput x (--output?)"),
        ("clock --port 90 -x 3", "clock", "-x 3"),
        ("clock --nothing t01", "clock", "--nothing t01"),
    ],
)
def test_an_unknown_option_is_told_and_not_its_value(bare: Terminal, words: str, usage: str, told: str) -> None:
    said = bare.run(*words.split())

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"usage: ipportal {usage} [-h]")
    assert said.err.endswith(f": error: unrecognized arguments: {told}\n")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("checkpoint", "--workspace", "t01", "list"), "checkpoint list"),
        (("rules", "--fail-under", "80", "coverage"), "rules coverage"),
    ],
)
def test_an_option_before_the_part_that_takes_it_is_told_where_it_goes(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], part: str, lang: str
) -> None:
    monkeypatch.setenv("IPPORTAL_TERMINAL_LANG", lang)

    said = bare.run(*words)

    told = say("cli.usage.options_after", lang, command=f"ipportal {part}", words=words[1])
    assert (said.code, said.err.endswith(f"{told}\n")) == (2, True)


@pytest.mark.parametrize("words", ["clock --port 90 advnace", "clock --workspace=t01 advnace"])
def test_a_mistyped_part_behind_a_known_option_is_still_what_is_told(bare: Terminal, words: str) -> None:
    assert bare.run(*words.split()).err.endswith("argument move: invalid choice: 'advnace' (advance?)\n")


JOURNAL, COVERAGE, CONFORM = ("journal",), ("rules", "coverage"), ("conform", "--adapter", "a:b")


@pytest.mark.parametrize(
    ("words", "option", "number", "bounds"),
    [
        (JOURNAL, "--after", "x", "0 to 9007199254740992"),
        (JOURNAL, "--after", "-1", "0 to 9007199254740992"),
        (JOURNAL, "--after", "9007199254740993", "0 to 9007199254740992"),
        (COVERAGE, "--fail-under", "101", "0 to 100"),
        (COVERAGE, "--fail-under", "-0.1", "0 to 100"),
        (CONFORM, "--timeout", "0", "0.001 to 3600"),
        (CONFORM, "--timeout", "nan", "0.001 to 3600"),
        (CONFORM, "--timeout", "soon", "0.001 to 3600"),
    ],
)
def test_a_number_that_is_none_of_those_wanted_is_refused_with_its_range(
    bare: Terminal, words: tuple[str, ...], option: str, number: str, bounds: str
) -> None:
    said = bare.run(*words, f"{option}={number}")

    told = f"error: argument {option}: not from {bounds}: {number}\n"
    assert (said.code, said.err.endswith(told)) == (2, True)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "words", [("--port", "90", "serve"), ("--port=90",), ("--workspace", "amy", "accounts"), ("-v",)], ids=repr
)
def test_an_option_before_the_command_is_told_where_it_goes(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], lang: str
) -> None:
    monkeypatch.setenv("IPPORTAL_TERMINAL_LANG", lang)

    said = bare.run(*words)

    told = say("cli.usage.options_after", lang, command="ipportal serve", words=words[0].removesuffix("=90"))
    assert (said.code, said.err.endswith(f"{told}\n")) == (2, True)


def test_an_option_that_ipportal_itself_has_is_still_known(bare: Terminal) -> None:
    assert "(--version?)" in bare.run("--versoin").err


@pytest.mark.parametrize("words", [("settings", "--json"), ("rules", "--yaml"), ("workspaces", "--now", "2025")])
def test_an_option_of_another_command_is_not_taken_for_the_one_that_was_meant(
    bare: Terminal, words: tuple[str, ...]
) -> None:
    said = bare.run(*words)

    assert (said.code, "?)" in said.err) == (2, False)
    assert said.err.startswith(f"usage: ipportal {words[0]} ")


@pytest.mark.parametrize(
    "words", [("conform",), ("conform", "--adapter", "a:b", "--url", "http://x"), ("vectors", "export")], ids=" ".join
)
def test_no_other_option_is_named_where_none_is_misspelt(bare: Terminal, words: tuple[str, ...]) -> None:
    said = bare.run(*words)

    assert (said.code, "?)" in said.err) == (2, False)
