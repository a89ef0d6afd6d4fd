# ruff: noqa: RUF001 - Chinese has marks of its own
"""What the command line says of its own use, in the language of the terminal."""

from __future__ import annotations

import argparse
import inspect
import re
from typing import TYPE_CHECKING

import pytest

from ipportal.wording import page

if TYPE_CHECKING:
    from cli.conftest import Terminal

WRONG = {
    ("rest",): "參數 command：不能選擇 'rest'（reset？）",
    ("accounts", "--jsn"): "不認得的參數：--jsn（--json？）",
    ("rules", "--login-trie", "3"): "不認得的參數：--login-trie 3（--login-tries？）",
    ("--port", "90", "serve"): "選項須寫在指令之後，例如 ipportal serve --port。",
    ("captcha", "x"): "參數 mode：不能選擇 'x'（可選：",
    ("unlock",): "尚欠參數：ID",
    ("unlock", ""): "參數 ID：編號是空的",
    ("conform",): "須有其中一個參數：--adapter --url",
    ("accounts", "--workspace", ""): "參數 --workspace：工作區名稱是空的",
    ("accounts", "--workspace", "t*"): "參數 --workspace：樣式代表多個工作區，此處只可一個：t*",
    ("class", "a", "--workspace", "b"): "參數 --workspace：不能與參數 PATTERN 同用",
    ("journal", "--after", "x"): "參數 --after：不是 0 至 9007199254740992 的數字：x",
    ("journal", "--after"): "參數 --after：須有一個值",
    ("journal", "--follow=1"): "參數 --follow：不能有值 '1'",
    ("workspaces", "--create"): "參數 --create：須有至少一個值",
    ("unlock", "\udcff"): "不是 UTF-8：'\\udcff'",
}


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_use_is_told_in_chinese(
    bare: Terminal, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPPORTAL_TERMINAL_LANG", "zh-Hant")

    said = bare.run(*words)

    assert (said.code, said.out) == (2, "")
    assert re.match("用法： ?ipportal", said.err)
    assert f"：錯誤：{WRONG[words]}" in said.err


def test_a_help_is_headed_in_chinese_and_argparse_speaks_english_again(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPPORTAL_TERMINAL_LANG", "zh-Hans")

    said = bare.run("unlock", "--help").out

    assert not re.findall("usage|arguments|options|show this", said)
    assert {"用法：", "参数:", "选项:", "显示此说明"} <= set(said.split())
    assert argparse.ArgumentParser("x").format_usage().startswith("usage: x")


@pytest.mark.parametrize("key", page("usage"))
def test_argparse_finds_each_sentence_by_its_own_words(key: str) -> None:
    assert page("usage")[key]["en"] in inspect.getsource(argparse)


@pytest.mark.parametrize(
    ("words", "heads"),
    [
        (("rules",), "規則 種類 內容 出處"),
        (("rules", "diff", "old.json", "new.json"), "改動 規則 屬性 舊 新"),
        (("rules", "coverage"), "規則或步驟 到達"),
    ],
)
def test_a_table_about_rules_is_headed_in_chinese(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], heads: str
) -> None:
    monkeypatch.chdir(bare.folder)
    for name, tries in (("old.json", "5"), ("new.json", "7")):
        (bare.folder / name).write_text(bare.run("rules", "--json", "--login-tries", tries).out)

    said = bare.run(*words, "--terminal-lang", "zh-Hant")

    assert said.out.splitlines()[0].split() == heads.split()
