from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ipportal.flows.branches import BRANCHES
from ipportal.portal import assemble
from ipportal.settings import Settings
from ipportal.wording import say

if TYPE_CHECKING:
    from cli.conftest import Terminal


def sentence(code: str, **figures: str | int) -> str:
    return f"ipportal: {say(f'conform.error.{code}', 'en', **figures)}\n"


@pytest.fixture
def pair(bare: Terminal) -> tuple[str, str]:
    """Two exported catalogues, the newer with a figure changed."""
    old, new = bare.folder / "old.json", bare.folder / "new.json"
    old.write_text(bare.run("rules", "--json").out)
    new.write_text(bare.run("rules", "--json", "--login-tries", "7").out)
    return str(old), str(new)


def test_two_catalogues_that_are_the_same_are_told_to_be(bare: Terminal, pair: tuple[str, str]) -> None:
    said = bare.run("rules", "diff", pair[0], pair[0])

    assert (said.code, said.out) == (0, "The rules in both files are the same.\n")


def test_files_with_a_byte_order_mark_are_read(bare: Terminal, pair: tuple[str, str]) -> None:
    (marked := bare.folder / "marked.json").write_bytes(codecs.BOM_UTF8 + Path(pair[0]).read_bytes())

    assert bare.run("rules", "diff", pair[0], str(marked)).code == 0
    marked.write_bytes(codecs.BOM_UTF8 + b'{"agree.no": 1}')
    assert bare.run("rules", "coverage", str(marked)).code == 0


def test_what_changed_is_told_with_the_old_and_the_new_value(bare: Terminal, pair: tuple[str, str]) -> None:
    said = bare.run("rules", "diff", *pair)

    assert said.code == 1
    assert [line.split() for line in said.out.splitlines()] == [
        ["change", "rule", "attribute", "old", "new"],
        ["changed", "login_tries", "value", "5", "7"],
    ]


def test_rules_that_came_and_went_are_told(bare: Terminal, pair: tuple[str, str]) -> None:
    rows = json.loads(bare.run("rules", "--json").out)
    rows[0]["name"] = "agreed"
    (bare.folder / "new.json").write_text(json.dumps(rows))

    said = bare.run("rules", "diff", *pair)

    assert [line.split() for line in said.out.splitlines()[1:]] == [["added", "agreed"], ["removed", "agree"]]


@pytest.mark.parametrize("words", [("rules", "diff", "--json"), ("rules", "--json", "diff")], ids=" ".join)
def test_a_difference_is_told_as_json_too(bare: Terminal, pair: tuple[str, str], words: tuple[str, ...]) -> None:
    said = bare.run(*words, *pair)

    assert said.code == 1
    assert json.loads(said.out) == {"added": [], "removed": [], "changed": {"login_tries": {"value": [5, 7]}}}


def test_a_file_that_is_not_there_is_refused_by_its_path(bare: Terminal, pair: tuple[str, str]) -> None:
    said = bare.run("rules", "diff", pair[0], "nowhere.json")

    assert (said.code, said.out) == (2, "")
    assert said.err == sentence("read", path="nowhere.json", why="No such file or directory")


@pytest.mark.parametrize("text", ["", "{}", "[]", "[1]", "rules", '[{"name": "x"}]', "[" * 60_000], ids=len)
def test_a_file_that_is_no_catalogue_is_refused(bare: Terminal, pair: tuple[str, str], text: str) -> None:
    (other := bare.folder / "other.json").write_text(text)

    said = bare.run("rules", "diff", str(other), pair[1])

    assert (said.code, said.err) == (2, sentence("catalogue", path=str(other)))


def test_a_file_that_is_no_text_is_refused(bare: Terminal, pair: tuple[str, str]) -> None:
    (other := bare.folder / "other.json").write_bytes(b"\xff\xfe\x00")

    said = bare.run("rules", "diff", pair[0], str(other))

    assert (said.code, said.err) == (2, sentence("read", path=str(other), why="invalid start byte"))


def test_the_rules_are_listed_as_before_where_no_part_is_named(bare: Terminal) -> None:
    assert bare.run("rules").out.startswith("rule ")
    assert isinstance(json.loads(bare.run("rules", "--json").out), list)
    assert "$defs" in json.loads(bare.run("rules", "--schema").out)


def lines(bare: Terminal, *counts: dict[str, Any]) -> str:
    (path := bare.folder / "counts.jsonl").write_text("\n\n".join(json.dumps(each) for each in counts) + "\n")
    return str(path)


def test_the_counts_of_all_lines_and_files_are_summed(bare: Terminal) -> None:
    first = lines(bare, {"agree.yes": 2}, {"agree.yes": 1, "login/form.done": 4, "agree.no": 0})
    (second := bare.folder / "more.jsonl").write_text('{"agree.yes": 5}')

    said = bare.run("rules", "coverage", first, str(second), "--json")

    told = json.loads(said.out)
    assert (said.code, told["counts"]) == (0, {"agree.yes": 8, "login/form.done": 4})
    assert (told["reached"], told["total"], told["percent"]) == (2, len(BRANCHES), round(200 / len(BRANCHES), 1))
    assert told["rules"]["agree"] == {"reached": 1, "total": 3}
    assert told["not_reached"] == [name for name in BRANCHES if name not in told["counts"]]


def test_coverage_is_shown_by_rule_with_what_was_not_reached(bare: Terminal) -> None:
    said = bare.run("rules", "coverage", lines(bare, {"agree.yes": 1, "login/form.done": 1}))

    printed = said.out.splitlines()
    assert ["agree", "1/3"] in [line.split() for line in printed]
    assert f"Reached 2 of {len(BRANCHES)} branches ({200 / len(BRANCHES):.1f}%)." in printed
    missed = printed[printed.index("Not reached:") + 1 :]
    assert missed == [f"  {name}" for name in BRANCHES if name not in {"agree.yes", "login/form.done"}]


def test_nothing_is_listed_as_missed_where_every_branch_was_reached(bare: Terminal) -> None:
    said = bare.run("rules", "coverage", lines(bare, dict.fromkeys(BRANCHES, 1)), "--fail-under", "100")

    assert said.code == 0
    assert said.out.endswith("(100.0%).\n")


@pytest.mark.parametrize(("percent", "code"), [("0", 0), ("1", 0), ("1.6", 1), ("100", 1)])
def test_too_few_branches_fail_the_run(bare: Terminal, percent: str, code: int) -> None:
    path = lines(bare, {"agree.yes": 1, "login/form.done": 1})

    assert bare.run("rules", "coverage", path, "--fail-under", percent).code == code


def test_without_a_file_the_journal_of_the_store_is_read(terminal: Terminal) -> None:
    portal = assemble(Settings(store=str(terminal.folder / "portal.sqlite"), bcrypt_cost=4))
    portal.register.terms({"agree": "no"})
    portal.register.terms({})
    portal.close()

    said = terminal.run("rules", "coverage", "--json")

    assert (said.code, said.err) == (0, "")
    assert json.loads(said.out)["counts"] == {"agree.no": 1, "agree.required": 1, "register/terms.not_agreed": 1}


@pytest.mark.parametrize("text", ["x", "[]", "5", '{"agree.yes": "1"}', '{"agree.yes": true}', '{"agree.yes": -1}'])
def test_a_line_that_holds_no_counts_is_refused_by_its_number(bare: Terminal, text: str) -> None:
    (path := bare.folder / "counts.jsonl").write_text(f'{{"agree.no": 1}}\n{text}\n')

    said = bare.run("rules", "coverage", str(path))

    assert (said.code, said.out, said.err) == (2, "", sentence("counts", path=str(path), line=2))


def test_an_unknown_branch_is_refused_with_the_nearest_one(bare: Terminal) -> None:
    path = lines(bare, {"agree.yse": 1})

    said = bare.run("rules", "coverage", path)

    assert (said.code, said.err) == (2, sentence("branch", path=path, line=1, name="agree.yse", nearest="agree.yes"))


@pytest.mark.parametrize(
    "words",
    [
        ("rules", "difference"),
        ("rules", "diff", "one.json"),
        ("rules", "coverage", "--fail-under", "101"),
        ("rules", "coverage", "--fail-under", "-1"),
        ("rules", "coverage", "--fail-under", "most"),
    ],
    ids=" ".join,
)
def test_a_wrong_part_is_refused_with_its_usage(bare: Terminal, words: tuple[str, ...]) -> None:
    said = bare.run(*words)

    assert said.code == 2
    assert said.err.startswith("usage: ipportal rules")
