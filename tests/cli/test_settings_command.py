from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from journeys.served import environment

from ipportal.settings import KNOBS
from ipportal.wording import say

if TYPE_CHECKING:
    from cli.conftest import Terminal


def rows(terminal: Terminal, *words: str) -> dict[str, list[str]]:
    """Return the printed table: each setting's value, default, origin and help."""
    lines = terminal.run("settings", *words).out.splitlines()
    cells = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines]
    return {row[0]: row[1:] for row in cells}


def test_every_setting_is_listed_with_value_default_origin_and_purpose(bare: Terminal) -> None:
    listed = rows(bare)

    assert list(listed) == ["setting", *(knob.name for knob in KNOBS)]
    assert listed["setting"] == ["value", "default", "from", "what for"]
    assert all(len(row) == 4 for row in listed.values())
    assert listed["port"] == ["8080", "8080", "default", say("settings.help.port", "en")]


def test_each_value_says_where_it_came_from(bare: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    file = bare.folder / "ipportal.toml"
    file.write_text('port = 1111\nthreads = 5\nlang = "en"\nholidays = ["+2025-12-24"]\n', encoding="utf-8")
    monkeypatch.setenv("IPPORTAL_THREADS", "6")
    monkeypatch.setenv("IPPORTAL_PROCESSES", "2")

    listed = rows(bare, "--port", "2222")

    assert [listed["port"][0], listed["port"][2]] == ["2222", "option"]
    assert [listed["threads"][0], listed["threads"][2]] == ["6", "environment"]
    assert [listed["lang"][0], listed["lang"][2]] == ["en", str(file)]
    assert [listed["holidays"][0], listed["holidays"][1]] == ["+2025-12-24", "(none)"]
    assert listed["host"][2] == "default"


def test_the_default_of_the_store_is_the_file_that_is_used_where_none_is_named(bare: Terminal) -> None:
    listed = rows(bare, "--store", ":memory:")

    assert listed["store"][:2] == [":memory:", str(bare.folder / "portal.sqlite")]


def test_the_access_password_is_not_shown(bare: Terminal) -> None:
    said = bare.run("settings", "--public", "--access-password", "trainees-only", "--bcrypt-cost", "10")

    assert said.code == 0
    assert "trainees-only" not in said.out
    assert "(not shown)" in said.out


@pytest.mark.parametrize("lang", ["zh-Hant", "zh-Hans"])
def test_the_table_speaks_the_terminals_language_and_lines_up(bare: Terminal, lang: str) -> None:
    said = bare.run("settings", "--terminal-lang", lang)

    assert {"zh-Hant": "預設值", "zh-Hans": "预设值"}[lang] in said.out


@pytest.mark.parametrize("word", [("--public",), ("--public", "true"), ("--public=yes",)])
def test_a_flag_can_be_given_alone_or_with_its_word(bare: Terminal, word: tuple[str, ...]) -> None:
    listed = rows(bare, *word, "--access-password", "trainees-only", "--bcrypt-cost", "10")

    assert listed["public"][:2] == ["true", "false"]


def test_the_scripts_environment_holds_no_setting_of_the_testers_own() -> None:
    ours = {name for name in environment() if name.startswith("IPPORTAL_")}

    assert ours == {"IPPORTAL_BCRYPT_COST", "IPPORTAL_CAPTCHA_MODE", "IPPORTAL_CAPTCHA_WORD"}
