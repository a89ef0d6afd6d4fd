"""A disagreement is shown with its near miss, in a table, in JSON and in JUnit XML."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from conform.validator import judge, wrong_in

from ipportal.conform import report
from ipportal.conform.choose import chosen
from ipportal.conform.near import differences, near_miss
from ipportal.conform.plain import brief, plain
from ipportal.conform.run import Result, run
from ipportal.rules.vectors import Vector

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LONG = 30.0


def ran(rules: list[str], validator: Callable[[str, dict[str, Any]], object] = judge) -> list[Result]:
    return run(chosen(rules), lambda vector: validator(vector.rule, dict(vector.given)), LONG)


def row(results: Sequence[Result], name: str) -> dict[str, str]:
    rows = report.rows(results)
    return next(dict(zip(rows[0], each, strict=True)) for each in rows[1:] if each[1] == name)


def broken(rule: str, given: dict[str, Any]) -> object:
    """Return an answer of each kind: right, wrong, none, and a fault."""
    if rule == "sunday":
        return None
    if rule == "one_message":
        raise ValueError
    return wrong_in("internet_password")(rule, given)


def test_the_near_miss_of_a_length_is_the_length_beside_it() -> None:
    assert row(ran(["internet_password"], wrong_in("internet_password")), "internet_password.length.12") == {
        "rule": "internet_password",
        "vector": "internet_password.length.12",
        "given": '{"internet_password": "A1b2C3d4E5f6"}',
        "shape": "internet_password: 12 upper=3 digit=6 lower=3",
        "expected": "length",
        "answered": "accepted",
        "nearest that agreed": "internet_password.length.13",
        "what differs": 'internet_password: "A1b2C3d4E5f6" | "A1b2C3d4E5f6G"',
    }


def test_the_near_miss_of_a_character_has_the_same_length() -> None:
    found = row(ran(["basic_user_id"], wrong_in("basic_user_id")), "basic_user_id.chars.arabic_indic_digit_trailing")

    assert found["nearest that agreed"] == "basic_user_id.length.8"
    assert found["what differs"] == r'basic_user_id: "9900000\u0667" | "99000001"'
    assert found["given"] == r'{"basic_user_id": "9900000\u0667"}'


def test_the_near_miss_of_a_figure_is_the_number_beside_it() -> None:
    found = row(ran(["login_tries"], wrong_in("login_tries")), "login_tries.edge.5")

    assert (found["shape"], found["what differs"]) == ("", "wrong_in_a_row: 5 | 4")


def test_the_near_miss_of_a_repetition_tells_only_the_field_that_differs() -> None:
    results = ran(["internet_password_again"], wrong_in("internet_password_again"))
    found = row(results, "internet_password_again.differs.other_case")

    assert "internet_password: " in found["shape"]
    assert found["what differs"].startswith('internet_password_again: "a1B2c3D4e5F6g7H" | ')


def test_a_validator_that_was_never_right_has_no_near_miss() -> None:
    found = row(ran(["one_message"], broken), "one_message.message.other_kind")

    assert re.fullmatch(r"raised ValueError \(test_report\.py:[0-9]+\)", found["answered"])
    assert (found["nearest that agreed"], found["what differs"]) == ("", "")


def test_the_table_holds_nothing_but_the_wrong() -> None:
    assert report.rows(ran(["agree", "sunday"], broken)) == [report.HEADING]


def test_a_strange_answer_is_shown_in_plain_characters() -> None:
    results = ran(["login_tries"], lambda _rule, _given: "loc\0ked\u202e" * 40)
    found = row(results, "login_tries.edge.5")["answered"]

    assert found.isascii()
    assert found.isprintable()
    assert len(found) < 180


def test_every_text_of_a_table_is_printable_ascii() -> None:
    cells = [cell for each in report.rows(ran([], lambda _rule, _given: "x")) for cell in each]

    assert [cell for cell in cells if not (cell.isascii() and cell.isprintable())] == []


@pytest.mark.parametrize(
    ("value", "told"), [("\0", r'"\u0000"'), ("\x7f", r'"\u007f"'), ("\ud800", r'"\ud800"'), ({1}, '"{1}"')]
)
def test_odd_values_are_escaped_and_not_lost(value: object, told: str) -> None:
    assert plain(value) == told


def test_a_long_value_is_cut_in_the_middle() -> None:
    assert brief("x" * 256) == '"' + "x" * 59 + " ... " + "x" * 59 + '"'


def test_what_is_not_given_differs_from_what_is_given_empty() -> None:
    assert differences({"a": "1"}, {"a": "1", "b": ""}) == {"b": (None, "")}


def test_values_of_different_kinds_have_a_distance_too() -> None:
    def result(outcome: str, **given: object) -> Result:
        return Result(Vector("x", "x", "x", "behaviour", "assumed", "assumed", given, "accepted"), outcome)

    far, near = result("agrees", before=["50FSYX", "50FSYZ"]), result("agrees", before=["50FSYX"])

    assert near_miss(result("disagrees", before=[]), [far, near]) is near


def test_the_json_tells_the_whole_run() -> None:
    told = json.loads(report.as_json(ran(["internet_password", "sunday", "one_message"], broken)))

    assert (told["format"], told["version"]) == ("ipportal-conform", 1)
    assert told["wrong_rules"] == ["internet_password", "one_message"]
    assert told["total"] == told["agrees"] + told["disagrees"] + told["unsupported"] + told["failed"]
    assert (told["unsupported"], told["failed"]) == (10, 5)
    rows = {each["id"]: each for each in told["results"]}
    assert rows["internet_password.length.12"]["nearest"] == "internet_password.length.13"
    assert rows["internet_password.length.12"]["differs"] == {"internet_password": ["A1b2C3d4E5f6", "A1b2C3d4E5f6G"]}
    assert rows["one_message.message.other_kind"]["why"].startswith("raised ValueError (test_report.py:")
    assert rows["one_message.message.other_kind"]["differs"] is None
    assert "nearest" not in rows["internet_password.length.13"]
    assert rows["internet_password.chars.nul_inside"]["given"] == {"internet_password": "A1b2C3\0" + "4E5f6G"}


def test_the_junit_file_counts_failures_errors_and_skipped() -> None:
    results = ran(["internet_password", "sunday", "one_message"], broken)
    suite = ET.fromstring(report.as_junit(results))[0]

    wrong = len([each for each in results if each.outcome == "disagrees"])
    counted = {name: int(suite.attrib[name]) for name in ("tests", "failures", "errors", "skipped")}
    assert counted == {"tests": len(results), "failures": wrong, "errors": 5, "skipped": 10}
    case = next(each for each in suite if each.attrib["name"] == "internet_password.length.12")
    [failure] = case.findall("failure")
    assert failure.attrib["message"] == "expected length, answered accepted"
    assert (failure.text or "").startswith("internet_password.length.13: ")
    error = next(each for each in suite if each.attrib["name"] == "one_message.message.other_kind").find("error")
    assert error is not None
    assert not (error.text or "").strip()
