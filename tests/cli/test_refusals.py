"""One plain sentence for each thing that the command line refuses."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from ipportal.cli import chosen
from ipportal.cli.refusals import worded
from ipportal.settings import LANGUAGES, SettingError
from ipportal.store import Unavailable
from ipportal.wording import say

if TYPE_CHECKING:
    from cli.conftest import Terminal

PUBLIC = ("--public", "--access-password", "trainees-only", "--bcrypt-cost", "10")

LANGS = "zh-Hant | en | zh-Hans"
SETTINGS: list[tuple[tuple[str, ...], str, dict[str, str | int]]] = [
    (("--public=perhaps",), "flag", {"name": "public"}),
    (("--port", "70000"), "number", {"name": "port", "least": 0, "most": 65535}),
    (("--threads", "many"), "number", {"name": "threads", "least": 1, "most": 512}),
    (("--lang", "fr"), "word", {"name": "lang", "options": LANGS}),
    (("--holidays", "2025-12-24"), "holiday", {"name": "holidays", "value": "2025-12-24"}),
    (("--holidays=-2025-02-30",), "holiday", {"name": "holidays", "value": "-2025-02-30"}),
    (("--captcha-mode", "fixed"), "captcha_word", {"name": "captcha_word"}),
    (("--host", "192.0.2.1"), "host_needs_public", {"host": "192.0.2.1"}),
    (("--public",), "public_needs_password", {}),
    ((*PUBLIC, "--captcha-mode", "fixed", "--captcha-word", "ABC123"), "public_needs_real_captcha", {}),
    ((*PUBLIC, "--bcrypt-cost", "9"), "public_needs_cost", {"least": 10}),
    ((*PUBLIC, "--host", "0.0.0.0"), "public_needs_hosts", {"host": "0.0.0.0"}),
    (("--instance", "~nobody-at-all/x"), "path", {"name": "instance"}),
]


def sentence(key: str, **figures: str | int) -> str:
    """Return how the command line refuses, in English."""
    return f"ipportal: {say(key, 'en', **figures)}\n"


@pytest.mark.parametrize(("words", "code", "figures"), SETTINGS)
def test_a_setting_that_cannot_be_used_is_refused_by_name(
    bare: Terminal, words: tuple[str, ...], code: str, figures: dict[str, str | int]
) -> None:
    said = bare.run("settings", *words)

    assert (said.code, said.out, said.err) == (2, "", sentence(f"settings.error.{code}", **figures))


@pytest.mark.parametrize(
    ("name", "nearest"), [("IPPORTAL_PROT", "port"), ("IPPORTAL_BCRYPT", "bcrypt_cost"), ("IPPORTAL_LANGUAGE", "lang")]
)
def test_an_unknown_variable_is_refused_with_the_nearest_setting(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, nearest: str
) -> None:
    monkeypatch.setenv(name, "1")

    said = bare.run("settings")

    unknown = name.removeprefix("IPPORTAL_").lower()
    told = sentence("settings.error.unknown", name=unknown, origin="environment", nearest=nearest)
    assert (said.code, said.err) == (2, told)


@pytest.mark.parametrize(
    ("text", "code", "figures"),
    [
        ("prot = 1\n", "unknown", {"name": "prot", "origin": "FILE", "nearest": "port"}),
        ("port = \n", "toml", {"path": "FILE", "line": 1, "column": 8}),
        ('instance = "x"\n', "instance_in_file", {"path": "FILE"}),
        ("port = true\n", "number", {"name": "port (from FILE)", "least": 0, "most": 65535}),
        ("lang = 5\n", "word", {"name": "lang (from FILE)", "options": LANGS}),
        ('trusted_hosts = ["a b"]\n', "trusted_host", {"name": "trusted_hosts (from FILE)", "value": "a b"}),
    ],
)
def test_a_fault_in_the_file_names_the_file(
    bare: Terminal, text: str, code: str, figures: dict[str, str | int]
) -> None:
    file = bare.folder / "ipportal.toml"
    file.write_text(text, encoding="utf-8")

    said = bare.run("settings")

    assert (said.code, said.err) == (2, sentence(f"settings.error.{code}", **figures).replace("FILE", str(file)))


@pytest.mark.parametrize("words", [("unlock", "\udcff"), ("workspaces", "--create", "t1", "--captcha-seed", "\udcff")])
def test_what_is_no_utf_8_is_not_understood(terminal: Terminal, words: tuple[str, ...]) -> None:
    said = terminal.run(*words)

    assert said.code == 2
    assert said.err.endswith("ipportal: error: not UTF-8: '\\udcff'\n")
    assert terminal.house().names() == ["main"]


@pytest.mark.parametrize("words", [("sevre",), ("clock", "tomorrow"), ("clock", "set"), ("settings", "extra")])
def test_a_command_that_is_not_understood_is_refused_with_the_known_ones(
    bare: Terminal, words: tuple[str, ...]
) -> None:
    said = bare.run(*words)

    assert said.code == 2
    assert said.err.startswith("usage: ipportal")
    assert len(said.err.splitlines()) <= 3


def test_the_usage_names_what_is_the_commands_own_and_no_setting(bare: Terminal) -> None:
    said = bare.run("clock", "set")

    assert said.err.splitlines()[0] == "usage: ipportal clock set [-h] [--workspace NAME] MOMENT"


STORE = ["busy", "read_only", "missing", "foreign", "damaged", "full", "fault", "unknown", "schema", "driver"]


@pytest.mark.parametrize("code", STORE)
@pytest.mark.parametrize("lang", ["zh-Hant", "en", "zh-Hans"])
def test_a_store_that_cannot_be_used_is_told_plainly(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch, code: str, lang: str
) -> None:
    def fails(_: object) -> None:
        raise Unavailable(code, "/somewhere/portal.sqlite")

    monkeypatch.setattr(chosen, "assemble", fails)

    said = bare.run("accounts", "--terminal-lang", lang)

    assert (said.code, said.out) == (1, "")
    assert "/somewhere/portal.sqlite" in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("command", ["serve", "reset", "accounts", "clock", "journal"])
def test_a_foreign_database_is_left_alone(bare: Terminal, command: str) -> None:
    file = bare.folder / "portal.sqlite"
    with sqlite3.connect(file) as conn:
        conn.execute("CREATE TABLE theirs (x)")
    conn.close()
    before = file.read_bytes()

    said = bare.run(command)

    assert (said.code, said.err) == (1, sentence("cli.store.foreign", where=str(file)))
    assert file.read_bytes() == before


def test_a_store_in_a_folder_that_cannot_be_made_is_told(bare: Terminal) -> None:
    (bare.folder / "file").write_text("x")
    where = bare.folder / "file" / "portal.sqlite"

    said = bare.run("accounts", "--store", str(where))

    assert (said.code, said.err) == (1, sentence("cli.store.missing", where=str(where)))


def test_while_the_settings_cannot_be_read_the_default_language_is_spoken(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPPORTAL_PORT", "x")
    monkeypatch.setenv("IPPORTAL_TERMINAL_LANG", "zh-Hant")

    told = sentence("settings.error.number", name="port (from IPPORTAL_PORT)", least=0, most=65535)
    assert bare.run("settings").err == told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wrong_value_is_told_with_its_variable_in_each_language(lang: str) -> None:
    fault = SettingError("flag", name="control")
    fault.origin = "environment"

    told, code = worded(fault, lang)

    assert code == 2
    assert told == say(
        "settings.error.flag", lang, name=say("settings.name_from", lang, name="control", place="IPPORTAL_CONTROL")
    )
