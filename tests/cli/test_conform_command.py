from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from conform import validator

from ipportal.wording import say

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Terminal

SHOP = """
def judge(rule, given):
    tries = given["wrong_in_a_row"]
    return "accepted" if tries == 0 else "locked" if tries > LIMIT else "wrong_credentials"

def refuse(rule, given):
    return None
"""


@pytest.fixture
def here(bare: Terminal, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current directory with somebody's validators in it; what is imported from it is forgotten."""
    (folder := bare.folder / "shop").mkdir()
    (folder / "right.py").write_text(SHOP.replace("LIMIT", "4"))
    (folder / "wrong.py").write_text(SHOP.replace("LIMIT", "5"))
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    return folder


def sentence(code: str, **figures: str | int) -> str:
    return f"ipportal: {say(f'conform.error.{code}', 'en', **figures)}\n"


@pytest.mark.usefixtures("here")
def test_a_right_validator_is_told_that_no_rule_is_wrong(bare: Terminal) -> None:
    said = bare.run("conform", "--adapter", "right:judge", "--rule", "login_tries")

    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "5 vectors: 5 agree, 0 disagree, 0 failed, 0 unsupported.",
        "No rule was found wrong.",
    ]


@pytest.mark.usefixtures("here")
def test_a_wrong_validator_is_shown_the_rule_and_the_near_miss(bare: Terminal) -> None:
    said = bare.run("conform", "--adapter", "wrong:judge", "--rule", "login_tries")

    lines = said.out.splitlines()
    assert said.code == 1
    assert len(lines) == 7
    assert [cell.strip() for cell in lines[1].split("  ") if cell] == [
        "login_tries",
        "login_tries.edge.5",
        '{"wrong_in_a_row": 5}',
        "locked",
        "wrong_credentials",
        "login_tries.edge.4",
        "wrong_in_a_row: 5 | 4",
    ]
    assert lines[0].index("expected") == lines[1].index("locked")
    assert [line.split() for line in lines[2:5]] == [
        [],
        ["rule", "agrees", "disagrees", "unsupported", "failed"],
        ["login_tries", "4", "1", "0", "0"],
    ]
    assert lines[5:] == [
        "5 vectors: 4 agree, 1 disagree, 0 failed, 0 unsupported.",
        "Rules not kept: login_tries",
    ]


def test_the_results_are_written_as_json_and_as_junit(bare: Terminal, here: Path) -> None:
    words = ("--json", "found.json", "--junit", "found.xml")

    said = bare.run("conform", "--adapter", "wrong:judge", "--rule", "login_tries", *words)

    assert said.code == 1
    assert json.loads((here / "found.json").read_bytes())["wrong_rules"] == ["login_tries"]
    assert ET.fromstring((here / "found.xml").read_bytes()).attrib["failures"] == "1"


@pytest.mark.parametrize("other", ["found.xml", "./found.xml"])
def test_both_reports_in_one_file_are_refused_before_anything_is_judged(bare: Terminal, here: Path, other: str) -> None:
    said = bare.run("conform", "--adapter", "right:judge", "--json", "found.xml", "--junit", other)

    assert (said.code, said.out, said.err) == (2, "", sentence("one_file", path=other))
    assert not (here / "found.xml").exists()


@pytest.mark.usefixtures("here")
def test_the_whole_catalogue_is_asked_where_no_rule_is_named(bare: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "theirs", validator)

    said = bare.run("conform", "--adapter", "theirs:judge")

    assert said.code == 0
    assert say("conform.none_wrong", "en") in said.out


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("lang", ["zh-Hant", "en", "zh-Hans"])
def test_a_validator_that_keeps_no_rule_at_all_was_not_judged(bare: Terminal, lang: str) -> None:
    said = bare.run("conform", "--adapter", "right:refuse", "--rule", "login_tries", "--terminal-lang", lang)

    counts = {"agrees": 0, "disagrees": 0, "failed": 0, "unsupported": 5}
    assert (said.code, said.out) == (2, say("conform.total", lang, total=5, **counts) + "\n")
    assert said.err == f"ipportal: {say('conform.error.nothing_judged', lang)}\n"


@pytest.mark.usefixtures("here")
def test_a_validator_is_judged_by_the_figures_in_force(bare: Terminal) -> None:
    words = ("conform", "--adapter", "wrong:judge", "--rule", "login_tries")

    assert bare.run(*words, "--login-tries", "6").code == 0


@pytest.mark.usefixtures("here")
def test_the_table_is_as_wide_as_the_terminal(bare: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")

    lines = bare.run("conform", "--adapter", "wrong:judge", "--rule", "login_tries").out.splitlines()

    assert lines[0].split() == ["vector", "expected", "answered", "what", "differs"]
    assert lines[2] == say("conform.left_out", "en", columns="rule, nearest that agreed, given")
    assert max(map(len, lines[:2])) <= 80


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("lang", "heads", "failed"),
    [
        ("zh-Hant", "規則 測試向量 所給的值 應有答案 實際答案 最近一致 差異", "出錯"),
        ("zh-Hans", "规则 测试向量 所给的值 应有答案 实际答案 最近一致 差异", "出错"),
    ],
)
@pytest.mark.parametrize("tty", [True, False])
def test_the_tables_are_headed_in_the_terminals_language(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch, lang: str, heads: str, failed: str, *, tty: bool
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: tty)
    monkeypatch.setenv("COLUMNS", "300")

    said = bare.run("conform", "--adapter", "wrong:judge", "--rule", "login_tries", "--terminal-lang", lang)

    lines = said.out.splitlines()
    assert [head for head in lines[0].split() if head not in {"字元組成", "字符组成"}] == heads.split()
    assert lines[3].split()[-1] == failed
    assert f"0 {'個' if lang == 'zh-Hant' else '个'}{failed}" in lines[5]


@pytest.mark.usefixtures("here")
def test_a_broken_validator_is_refused_in_one_sentence(bare: Terminal) -> None:
    said = bare.run("conform", "--adapter", "nobody:judge")

    assert (said.code, said.out) == (2, "")
    assert said.err == sentence("adapter_module", module="nobody", missing="nobody")


@pytest.mark.parametrize("lang", ["zh-Hant", "en", "zh-Hans"])
def test_a_service_that_is_not_there_is_refused_in_one_sentence(bare: Terminal, lang: str) -> None:
    url = "http://127.0.0.1:1/judge"

    said = bare.run("conform", "--url", url, "--terminal-lang", lang)

    told = say("conform.error.unreachable", lang, url=f'"{url}"', why="ConnectionRefusedError")
    assert (said.code, said.out, said.err) == (2, "", f"ipportal: {told}\n")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--adapter", "a:b", "--url", "http://127.0.0.1/"),
        ("--adapter", "a:b", "--timeout", "0"),
        ("--adapter", "a:b", "--timeout", "nan"),
        ("--adapter", "a:b", "--timeout", "soon"),
        ("--adapter", "a:b", "extra"),
    ],
    ids=repr,
)
def test_a_wrong_call_is_refused_with_its_usage(bare: Terminal, words: tuple[str, ...]) -> None:
    said = bare.run("conform", *words)

    assert said.code == 2
    assert said.err.startswith("usage: ipportal")
