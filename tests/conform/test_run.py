"""A wrong validator is told exactly which rules it does not keep; a right one that it keeps them all."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from conform.validator import RIGHT, WRONG, judge, wrong_in

from ipportal.conform import Unusable
from ipportal.conform.adapter import NoAnswer
from ipportal.conform.choose import chosen
from ipportal.conform.report import counts, wrong_rules
from ipportal.conform.run import Result, run
from ipportal.rules.vectors import WHOLE, Vector

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipportal.conform.adapter import Ask

LONG = 30.0


def asked(validator: Callable[[str, dict[str, Any]], object]) -> Ask:
    return lambda vector: validator(vector.rule, dict(vector.given))


def outcome(answer: object, timeout: float = LONG) -> tuple[str, str | None, str]:
    """Return what becomes of a vector whose validator gives, or raises, that answer."""

    def ask(_vector: Vector) -> object:
        if isinstance(answer, BaseException):
            raise answer
        return answer() if callable(answer) else answer

    [result] = run(chosen(["login_tries"])[:1], ask, timeout)
    return result.outcome, result.answered, result.why


def test_a_right_validator_keeps_every_rule() -> None:
    results = run(chosen([]), asked(judge), LONG)

    assert wrong_rules(results) == []
    assert counts(results) == {"agrees": len(results), "disagrees": 0, "unsupported": 0, "failed": 0}


@pytest.mark.parametrize("rule", WHOLE)
def test_a_validator_with_one_fault_is_told_exactly_the_rule_it_is_in(rule: str) -> None:
    results = run(chosen([]), asked(wrong_in(rule)), LONG)

    assert wrong_rules(results) == [rule]


def test_every_rule_has_its_deliberate_fault() -> None:
    assert set(RIGHT) == set(WRONG) == set(WHOLE)


def test_several_faults_are_told_in_the_catalogues_order() -> None:
    broken = {"sunday", "agree", "captcha"}

    results = run(chosen([]), asked(lambda rule, given: (WRONG if rule in broken else RIGHT)[rule](given)), LONG)

    assert wrong_rules(results) == ["agree", "captcha", "sunday"]


def test_only_the_rules_that_were_asked_for_are_judged() -> None:
    results = run(chosen(["sunday", "agree"]), asked(wrong_in("captcha")), LONG)

    assert list(dict.fromkeys(result.vector.rule for result in results)) == ["agree", "sunday"]
    assert wrong_rules(results) == []


def test_a_rule_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(Unusable) as refused:
        chosen(["agree", "internet_pasword"])

    assert (refused.value.code, refused.value.figures["nearest"]) == ("rule", "internet_password")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("wrong_credentials", ("agrees", "wrong_credentials", "")),
        ("locked", ("disagrees", "locked", "")),
        ("no such code", ("disagrees", "no such code", "")),
        (None, ("unsupported", None, "")),
        (5, ("failed", None, "type int")),
        (True, ("failed", None, "type bool")),
        (KeyError("x"), ("failed", None, "raised KeyError")),
        (SystemExit(), ("failed", None, "raised SystemExit")),
        (TimeoutError(), ("failed", None, "time_out")),
        (NoAnswer("status", "500"), ("failed", None, "status 500")),
    ],
)
def test_every_kind_of_answer_has_its_outcome(answer: object, expected: tuple[str, str | None, str]) -> None:
    assert outcome(answer) == expected


def test_an_answer_that_does_not_come_is_not_waited_for() -> None:
    never = threading.Event()

    assert outcome(never.wait, timeout=0.01) == ("failed", None, "time_out")
    never.set()


def test_a_validator_that_hangs_is_not_asked_for_ever() -> None:
    never, times = threading.Event(), []

    def hang(vector: Vector) -> None:
        times.append(vector.id)
        never.wait()

    results = run(chosen(["login_tries"]), hang, 0.01)
    never.set()

    assert [result.why for result in results] == ["time_out"] * 3 + ["not_asked"] * 2
    assert len(times) == 3


def test_a_failed_vector_is_wrong_and_an_unsupported_one_is_not() -> None:
    vector = chosen(["agree"])[0]

    assert [Result(vector, each).wrong for each in ("agrees", "disagrees", "unsupported", "failed")] == [
        False,
        True,
        False,
        True,
    ]
