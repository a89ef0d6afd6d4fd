"""Vectors are written out in four formats, and every odd character comes back from each."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from journeys.served import PATIENCE

from ipportal.cli.rules_parsers import FORMATS as OFFERED
from ipportal.conform.export import FORMATS, as_csv, as_json, as_junit_template, as_pytest
from ipportal.rules.vectors import vectors

if TYPE_CHECKING:
    from pathlib import Path

ALL = vectors()
VALIDATOR = """def judge(rule: str, given: dict[str, Any]) -> str | None:
    \"\"\"Answer.\"\"\"
    if rule != "login_tries":
        return None
    tries = given["wrong_in_a_row"]
    return "accepted" if tries == 0 else "locked" if tries > LIMIT else "wrong_credentials"
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The file for pytest, as it is exported."""
    (path := tmp_path / "test_boundaries.py").write_text(as_pytest(ALL), encoding="utf-8")
    return path


def fill(path: Path, limit: int) -> None:
    """Put a validator where the file asks for one."""
    text = path.read_text(encoding="utf-8")
    start = text.index("def judge")
    end = text.index("# ---- end of the place")
    path.write_text(text[:start] + VALIDATOR.replace("LIMIT", str(limit)) + "\n\n" + text[end:], encoding="utf-8")


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words], capture_output=True, text=True, check=False, timeout=PATIENCE, cwd=cwd
    )


def run_pytest(path: Path) -> subprocess.CompletedProcess[str]:
    return run("pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", path.name, cwd=path.parent)


def test_the_command_line_offers_every_format() -> None:
    assert tuple(FORMATS) == OFFERED


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_plain_ascii_on_every_line(name: str) -> None:
    text = FORMATS[name](ALL)

    assert text.isascii()
    assert text.endswith("\n")
    assert all(line.isprintable() for line in text.splitlines())


def test_the_json_gives_every_vector_back() -> None:
    told = json.loads(as_json(ALL))

    assert (told["format"], told["version"]) == ("ipportal-vectors", 1)
    assert [(each["id"], each["given"], each["expected"]) for each in told["vectors"]] == [
        (vector.id, vector.given, vector.expected) for vector in ALL
    ]
    assert set(told["vectors"][0]) == {
        *("id", "rule", "check", "kind", "source", "basis", "given", "expected", "note"),
    }


def test_the_table_gives_every_vector_back() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(ALL))))

    assert [(row["id"], json.loads(row["given"]), row["basis"]) for row in rows] == [
        (vector.id, vector.given, vector.basis) for vector in ALL
    ]


def test_no_cell_of_the_table_begins_a_formula() -> None:
    cells = [cell for row in csv.reader(io.StringIO(as_csv(ALL))) for cell in row]

    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_the_junit_template_has_every_vector_as_a_skipped_case() -> None:
    suite = ET.fromstring(as_junit_template(ALL))[0]
    told = {
        case.attrib["name"]: {each.attrib["name"]: each.attrib["value"] for each in case.iter("property")}
        for case in suite
    }

    assert suite.attrib["tests"] == suite.attrib["skipped"] == str(len(ALL))
    assert list(told) == [vector.id for vector in ALL]
    assert [json.loads(each["given"]) for each in told.values()] == [vector.given for vector in ALL]
    assert told["login_tries.edge.5"]["expected"] == "locked"
    assert told["login_tries.edge.5"]["source"] == "assumed"


def test_the_file_for_pytest_skips_what_nobody_answers(written: Path) -> None:
    done = run_pytest(written)

    assert done.returncode == 0
    assert f"{len(ALL)} skipped" in done.stdout


def test_the_file_for_pytest_judges_the_validator_that_was_put_into_it(written: Path) -> None:
    written.write_text(as_pytest([vector for vector in ALL if vector.kind == "figure"]), encoding="utf-8")
    fill(written, limit=4)
    assert "5 passed" in run_pytest(written).stdout

    fill(written, limit=5)
    done = run_pytest(written)

    assert done.returncode == 1
    assert "test_vector[login_tries.edge.5]" in done.stdout
    assert "1 failed, 4 passed" in done.stdout


def test_the_file_for_pytest_gives_every_vector_back(written: Path) -> None:
    space: dict[str, object] = {}
    exec(compile(written.read_text(encoding="utf-8"), written.name, "exec"), space)

    assert [each["given"] for each in space["VECTORS"]] == [vector.given for vector in ALL]  # type: ignore[attr-defined]


def test_the_file_for_pytest_is_clean_to_a_linter(written: Path) -> None:
    rules = ("--extend-select", "E,F,I,UP,B,ANN,D2,RUF")
    linted = run("ruff", "check", "--isolated", "--no-cache", *rules, written.name, cwd=written.parent)
    formatted = run("ruff", "format", "--isolated", "--no-cache", "--check", written.name, cwd=written.parent)

    assert (linted.returncode, linted.stdout.strip()) == (0, "All checks passed!")
    assert formatted.returncode == 0
