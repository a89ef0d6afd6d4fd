from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ipportal.cli import commands
from ipportal.vetting import ScenarioError
from ipportal.wording import say

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Terminal

PERSON = """
[[people]]
key = "one"
account_kind = "personal"
identity_prefix = "ZA12"
basic_user_ids = ["{account}"]
basic_password = "31415926"
{more}
names = {{ "zh-Hant" = "甲", en = "A", "zh-Hans" = "甲" }}
situation = {{ "zh-Hant" = "乙"{rest} }}
"""
REST = ', en = "B", "zh-Hans" = "乙"'


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("people = ", "file", "FILE"),
        (PERSON.format(account="99000001", more="x = 1", rest=REST), "unknown", "people[0].x"),
        (PERSON.format(account="9900000", more="", rest=REST), "value", "one.basic_user_id"),
        (PERSON.format(account="99000001", more="", rest=""), "words", "one"),
        (PERSON.format(account="04000001", more="", rest=REST), "invented", "one"),
    ],
)
def test_a_scenario_that_cannot_be_used_is_told_with_where_it_is_wrong(
    bare: Terminal, text: str, code: str, where: str
) -> None:
    file: Path = bare.folder / "class.toml"
    file.write_text(text, encoding="utf-8")

    said = bare.run("accounts", "--scenario", str(file))

    told = say(f"cli.scenario.{code}", "en", where=where.replace("FILE", str(file)))
    assert (said.code, said.err) == (1, f"ipportal: {told}\n")


def test_every_code_of_a_scenario_has_its_sentence(bare: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    for code in ("file", "unknown", "value", "words", "invented"):

        def fails(_: object, code: str = code) -> None:
            raise ScenarioError(code, "here")

        monkeypatch.setattr(commands, "assemble", fails)
        assert "here" in bare.run("accounts").err
