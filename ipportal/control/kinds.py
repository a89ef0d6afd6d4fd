"""The kinds of value that requests hold, each judged by what already judges it elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ..clock import TimeError, parse_moment, parse_span
from ..places import NAME
from ..rules import CATALOGUE, problem
from ..rules.export import json_schema
from ..vetting import INKLESS, LONGEST_LINE, UNSHOWN, blank

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

T = TypeVar("T")


class Model(BaseModel):
    """A body, query or answer: unknown keys are refused, nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def timed(parse: Callable[[str], T], value: object, *, expected: str) -> T:
    """Read a time; its refusal keeps the code under which the command line explains it too.

    What would be right is *expected*, each example in quotes.
    """
    told = {"expected": expected}
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "text is expected", told)
    try:
        return parse(value)
    except TimeError as fault:
        raise PydanticCustomError(f"time_{fault.code}", "time", told) from fault


def whole(text: str) -> int:
    """Read a whole number of a query, in the one form in which JSON would have it."""
    if not re.fullmatch("-?(0|[1-9][0-9]{0,15})", text):
        raise PydanticCustomError("int_type", "a whole number is expected")
    return int(text)


def _seen(text: str) -> str:
    """Refuse words that nobody would see."""
    if blank(text):
        raise PydanticCustomError("blank", "more than spaces is expected", {"expected": "'more than spaces'"})
    return text


Moment = Annotated[
    datetime,
    BeforeValidator(partial(timed, parse_moment, expected="'2025-03-31T05:00:00+08:00'")),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2025-03-31T05:00:00+08:00"]}),
]
_SPAN = "([0-9]{1,5}d)?([0-9]{1,6}h)?([0-9]{1,8}m)?([0-9]{1,9}s)?$"
_SPANS = {"type": "string", "minLength": 2}
Span = Annotated[
    timedelta,
    BeforeValidator(partial(timed, parse_span, expected="'90m', '1h30m', '-2d'")),
    WithJsonSchema(_SPANS | {"pattern": f"^-?{_SPAN}", "examples": ["90m", "1h30m", "-2d"]}),
]
Lasting = Annotated[  # a span that leads forward
    timedelta,
    BeforeValidator(partial(timed, parse_span, expected="'90m', '1h30m'")),
    WithJsonSchema(_SPANS | {"pattern": f"^{_SPAN}", "examples": ["90m", "1h30m"]}),
]
Name = Annotated[str, Field(pattern=f"^{NAME}$")]
Line = Annotated[
    str,
    Field(
        min_length=1,
        max_length=LONGEST_LINE,
        pattern=rf"^[^\x00-\x1f{UNSHOWN}]*$",
        json_schema_extra={"not": {"pattern": f"^[{INKLESS}]*$"}},
    ),
    AfterValidator(_seen),
]


@dataclass(frozen=True)
class OneOf:
    """Text that is one of the known names: `Annotated[str, OneOf(STEPS)]`."""

    known: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic's protocol
        """Return how pydantic judges it: as it does a literal, which a checker of types would want written out."""
        return core_schema.literal_schema([*self.known])


@dataclass(frozen=True)
class Ruled:
    """Text that the catalogue's rule of that name judges: `Annotated[str, Ruled("basic_user_id")]`."""

    name: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic's protocol
        """Return how pydantic judges it."""
        return core_schema.no_info_after_validator_function(self._judge, handler(source))

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the rule as JSON Schema."""
        return json_schema(CATALOGUE[self.name])

    def _judge(self, value: str) -> str:
        if refusal := problem(CATALOGUE[self.name], value):
            raise PydanticCustomError(f"{self.name}.{refusal.code}", "rule")
        return value
