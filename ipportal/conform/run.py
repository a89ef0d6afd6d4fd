"""The run: every vector is asked, and each answer weighed."""

from __future__ import annotations

import difflib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..rules import CODES
from ..rules.vectors import ANSWERS
from . import Unusable
from .adapter import NoAnswer
from .plain import brief, raised

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..rules.vectors import Vector
    from .adapter import Ask

AGREES, DISAGREES, UNSUPPORTED, FAILED = OUTCOMES = ("agrees", "disagrees", "unsupported", "failed")
_LONGEST = 64  # characters of an answer that are compared
_MOST_TIME_OUTS = 3  # a validator that hangs is not asked a thousand times more
_SUCH = f"such as {', '.join(ANSWERS[:1] + CODES[:2])}"


@dataclass(frozen=True)
class Result:
    """What became of one vector; `why` says of a failed one why that is no answer."""

    vector: Vector
    outcome: str
    answered: str | None = None
    why: str = ""

    @property
    def wrong(self) -> bool:
        """Say whether the validator does not keep the rule here."""
        return self.outcome in {DISAGREES, FAILED}


def run(vectors: Sequence[Vector], ask: Ask, timeout: float) -> list[Result]:
    """Ask every vector in turn, each for *timeout* seconds at most."""
    return list(_results(vectors, ask, timeout))


def reachable(results: Sequence[Result], url: str) -> None:
    """Refuse a service whose very first answer was none: it is not there, or is something else."""
    why, _, what = (results[0].why if results else "").partition(" ")
    if why == "unreachable":
        raise Unusable("unreachable", url=brief(url), why=what)
    if why in {"not_http", "status", "not_json", "no_code"}:
        raise Unusable("service", url=brief(url), why=results[0].why)


def _results(vectors: Sequence[Vector], ask: Ask, timeout: float) -> Iterator[Result]:
    late = 0
    for vector in vectors:
        if late >= _MOST_TIME_OUTS:
            yield Result(vector, FAILED, why="not_asked")
            continue
        result = _weighed(vector, _answer(vector, ask, timeout))
        late += result.why == "time_out"
        yield result


def _answer(vector: Vector, ask: Ask, timeout: float) -> object:
    """Return the answer, or the exception in its place; whoever is late is left behind in a thread of its own."""
    box: list[object] = [TimeoutError()]

    def fill() -> None:
        try:
            box[0] = ask(vector)
        except BaseException as fault:  # noqa: BLE001 - another's code may raise anything, an exit too
            box[0] = fault

    thread = threading.Thread(target=fill, daemon=True)
    thread.start()
    thread.join(timeout)
    return box[0]


def _weighed(vector: Vector, answer: object) -> Result:
    match answer:
        case None:
            return Result(vector, UNSUPPORTED)
        case str() if answer in ANSWERS:
            return Result(vector, AGREES if answer == vector.expected else DISAGREES, answer)
        case str():
            nearest = difflib.get_close_matches(answer[:_LONGEST], ANSWERS, 1)
            known = f"nearest {nearest[0]}" if nearest else _SUCH
            return Result(vector, FAILED, answer, f"no_such_answer {brief(answer)}, {known}")
        case TimeoutError():
            return Result(vector, FAILED, why="time_out")
        case NoAnswer():
            return Result(vector, FAILED, why=f"{answer.why} {answer.what}".strip())
        case BaseException():
            return Result(vector, FAILED, why=f"raised {raised(answer)}")
        case _:
            return Result(vector, FAILED, why=f"type {type(answer).__name__}, no word {_SUCH}")
