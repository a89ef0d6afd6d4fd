from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from journeys.served import PATIENCE, environment

from ipportal.cli.rules_parsers import FORMATS
from ipportal.rules.vectors import vectors
from ipportal.settings import LANGUAGES
from ipportal.wording import say

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Terminal


def test_the_vectors_of_every_rule_are_written_to_the_screen(bare: Terminal) -> None:
    said = bare.run("vectors", "export", "--format", "json")

    assert (said.code, said.err) == (0, "")
    assert len(json.loads(said.out)["vectors"]) == len(vectors())
    assert not list(bare.folder.iterdir()), "the vectors need no store"


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_holds_what_the_screen_would_show(bare: Terminal, name: str) -> None:
    path = bare.folder / "vectors.out"
    words = ("vectors", "export", "--format", name, "--rule", "agree", "sunday", "--rule", "captcha")

    said = bare.run(*words, "--output", str(path))

    assert (said.code, said.out, said.err) == (0, "", "")
    assert path.read_bytes().decode() == bare.run(*words).out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_that_somebody_has_changed_is_written_over_by_force_alone(bare: Terminal, lang: str) -> None:
    path = bare.folder / "test_vectors.py"
    words = ("vectors", "export", "--format", "pytest", "--rule", "agree", "--output", str(path))
    bare.run(*words)
    written = path.read_text()
    path.write_text(changed := f"{written}# mine")

    refused = bare.run(*words, "--terminal-lang", lang)
    kept = path.read_text()
    forced = bare.run(*words, "--force")

    told = f"ipportal: {say('conform.error.holds_other', lang, path=path)}\n"
    assert (refused.code, refused.out, refused.err, kept) == (2, "", told, changed)
    assert (forced.code, forced.err, path.read_text()) == (0, "", written)


@pytest.mark.parametrize("held", [None, b"", b"\xef\xbb\xbf"])
def test_a_file_with_nothing_else_in_it_is_written_without_force(bare: Terminal, held: bytes | None) -> None:
    path = bare.folder / "vectors.csv"
    words = ("vectors", "export", "--format", "csv", "--rule", "agree")
    text = bare.run(*words).out
    path.write_bytes(text.replace("\n", "\r\n").encode() if held is None else held)

    said = bare.run(*words, "--output", str(path))

    assert (said.code, said.err, path.read_text()) == (0, "", text)


def test_a_file_that_is_no_text_is_left_alone(bare: Terminal) -> None:
    path = bare.folder / "vectors.csv"
    path.write_bytes(b"\xff")

    said = bare.run("vectors", "export", "--format", "csv", "--output", str(path))

    assert (said.code, path.read_bytes()) == (2, b"\xff")


def test_only_the_rules_that_were_asked_for_are_written(bare: Terminal) -> None:
    said = bare.run("vectors", "export", "--format", "json", "--rule", "sunday", "--rule", "agree", "captcha_case")

    rules = list(dict.fromkeys(vector["rule"] for vector in json.loads(said.out)["vectors"]))
    assert rules == ["agree", "sunday", "captcha_case"]


@pytest.mark.parametrize("words", [("--login-tries", "3"), ()])
def test_the_vectors_have_the_figures_in_force(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    if not words:
        monkeypatch.setenv("IPPORTAL_LOGIN_TRIES", "3")

    said = bare.run("vectors", "export", "--format", "json", "--rule", "login_tries", *words)

    answers = {each["given"]["wrong_in_a_row"]: each["expected"] for each in json.loads(said.out)["vectors"]}
    assert answers == {0: "accepted", 1: "wrong_credentials", 2: "wrong_credentials", 3: "locked", 6: "locked"}


def test_the_vectors_have_the_row_in_force_of_a_sunday_that_is_a_holiday(bare: Terminal) -> None:
    words = ("vectors", "export", "--format", "json", "--rule", "sunday_holiday")

    usual, other = (
        [each["expected"] for each in json.loads(bare.run(*words, *more).out)["vectors"]]
        for more in ((), ("--sunday-holiday", "weekdays"))
    )

    assert usual == ["closed", "closed", "closed", "closed", "accepted"]
    assert other == ["accepted", "accepted", "closed", "accepted", "accepted"]


def test_an_unknown_rule_is_refused_with_the_nearest_one(bare: Terminal) -> None:
    said = bare.run("vectors", "export", "--format", "csv", "--rule", "captcha_mintues")

    told = say("conform.error.rule", "en", name="captcha_mintues", nearest="captcha_minutes")
    assert (said.code, said.out, said.err) == (2, "", f"ipportal: {told}\n")


@pytest.mark.parametrize(("path", "why"), [("no/folder/x", "No such file or directory"), ("a\0b", "ValueError")])
def test_a_file_that_cannot_be_written_is_refused_by_its_path(bare: Terminal, path: str, why: str) -> None:
    where = str(bare.folder / path)

    said = bare.run("vectors", "export", "--format", "csv", "--output", where)

    assert (said.code, said.err) == (2, f"ipportal: {say('conform.error.write', 'en', path=where, why=why)}\n")


@pytest.mark.parametrize(
    "words",
    [("vectors",), ("vectors", "import"), ("vectors", "export"), ("vectors", "export", "--format", "xml")],
)
def test_a_wrong_export_is_refused_with_its_usage(bare: Terminal, words: tuple[str, ...]) -> None:
    said = bare.run(*words)

    assert said.code == 2
    assert said.err.startswith("usage: ipportal vectors")


def test_a_mistyped_option_is_refused_with_the_nearest_one(bare: Terminal) -> None:
    assert "(--output?)" in bare.run("vectors", "export", "--format", "csv", "--ouput=x").err


@pytest.mark.parametrize("lang", ["zh-Hant", "en", "zh-Hans"])
def test_the_help_of_the_new_commands_is_in_the_terminals_language(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("IPPORTAL_TERMINAL_LANG", lang)

    told = " ".join(bare.run("--help").out.split())

    assert say("conform.command.vectors", lang) in told
    assert say("conform.command.conform", lang) in told


@pytest.mark.parametrize(
    "words", [("vectors", "export"), ("conform",), ("rules", "diff"), ("rules", "coverage")], ids=" ".join
)
def test_every_new_command_takes_the_settings_too(bare: Terminal, words: tuple[str, ...]) -> None:
    said = bare.run(*words, "--help")

    assert said.code == 0
    assert "--terminal-lang" in said.out


def test_no_other_command_loads_the_vectors_or_a_client(tmp_path: Path) -> None:
    code = "import sys, ipportal.cli; print(*(name for name in sys.modules if name in sys.argv[1:]))"
    lazy = ["ipportal.rules.vectors", "ipportal.conform.run", "ipportal.flows.branches", "ipportal.testing"]
    lazy += ["ipportal.control", "pydantic", "xml.etree.ElementTree"]

    done = subprocess.run(
        [sys.executable, "-c", code, *lazy],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
        env=environment(),
        cwd=tmp_path,
    )

    assert done.stdout.split() == []
