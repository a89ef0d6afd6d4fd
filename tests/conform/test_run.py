"""A wrong validator is told exactly which rules it does not keep; a right one that it keeps them all."""

from __future__ import annotations

import json
import re
import threading
from typing import TYPE_CHECKING, Any, cast

import pytest
from conform.validator import RIGHT, WRONG, judge, wrong_in

from ipportal.conform import Unusable
from ipportal.conform.adapter import NoAnswer
from ipportal.conform.choose import chosen
from ipportal.conform.report import counts, wrong_rules
from ipportal.conform.run import Result, run
from ipportal.rules import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipportal.conform.adapter import Ask
    from ipportal.rules.vectors import Vector

LONG = 30.0


class Mute(Exception):
    """It cannot even tell what it is."""

    def __str__(self) -> str:
        raise ValueError


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
        ("OK", ("failed", "OK", 'no_such_answer "OK", such as accepted, required, length')),
        ("lenght", ("failed", "lenght", 'no_such_answer "lenght", nearest length')),
        ("Accepted\n", ("failed", "Accepted\n", r'no_such_answer "Accepted\n", nearest accepted')),
        (None, ("unsupported", None, "")),
        (5, ("failed", None, "type int, no word such as accepted, required, length")),
        (True, ("failed", None, "type bool, no word such as accepted, required, length")),
        (TimeoutError(), ("failed", None, "time_out")),
        (NoAnswer("status", "500"), ("failed", None, "status 500")),
    ],
)
def test_every_kind_of_answer_has_its_outcome(answer: object, expected: tuple[str, str | None, str]) -> None:
    assert outcome(answer) == expected


@pytest.mark.parametrize(
    ("fault", "told"), [(KeyError("x"), "KeyError: 'x'"), (SystemExit(), "SystemExit"), (Mute(), "Mute: <exception ")]
)
def test_a_validator_that_raises_is_told_with_its_message_and_its_own_line(fault: BaseException, told: str) -> None:
    what, answered, why = outcome(fault)

    assert (what, answered) == ("failed", None)
    assert why.startswith(f"raised {told}")
    assert re.search(r" \(test_run\.py:[0-9]+\)\Z", why)


def test_the_line_told_is_the_validators_own_and_not_that_of_what_it_calls() -> None:
    [result] = run(chosen(["login_tries"])[:1], lambda _vector: json.loads("{"), LONG)

    line = (lambda: 0).__code__.co_firstlineno - 2
    assert result.why.endswith(f"(test_run.py:{line})")


def test_a_validator_that_cannot_even_be_called_has_no_line() -> None:
    [result] = run(chosen(["login_tries"])[:1], cast("Ask", int.from_bytes), LONG)

    assert result.why.startswith("raised TypeError: ")
    assert not result.why.endswith(")")


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
