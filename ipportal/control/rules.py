"""Operations on the rules: the catalogue, its vectors, and which branches were reached."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field

from ..flows.branches import BRANCHES, reached
from ..rules import WHOLE
from ..rules.export import form_schema, table
from ..rules.vectors import vectors
from .kinds import Model
from .operations import Call, operation
from .problems import Refused


class Catalogue(Model):
    """Every rule with its source and the figures in force, and a JSON Schema of the fields."""

    rules: list[dict[str, Any]]
    json_schema: dict[str, Any]


class Vector(Model):
    """A question to a validator of the rules, and the answer: `accepted`, a refusal's code, or what refuses nothing."""

    id: str
    rule: str
    check: str
    kind: str
    source: str
    basis: str
    given: dict[str, Any]
    expected: str
    note: str


class VectorList(Model):
    """The vectors of one rule or of all."""

    vectors: list[Vector]


class VectorFilter(Model):
    """Of which rule."""

    rule: Annotated[str, Field(json_schema_extra={"enum": [*WHOLE]})] | None = None


class Coverage(Model):
    """How often each branch of the rules was reached, and which were not."""

    reached: dict[str, int]
    missing: list[str]


@operation("GET", "/rules", Catalogue)
def read_rules(call: Call) -> Catalogue:
    """Return the catalogue of rules."""
    return Catalogue(rules=list(table(call.house.main.settings.rules)), json_schema=form_schema())


@operation("GET", "/rules/vectors", VectorList, query=VectorFilter)
def list_vectors(call: Call) -> VectorList:
    """Return the boundary values of every rule, or of one, each with what a right validator answers."""
    if call.query.rule is not None and call.query.rule not in WHOLE:
        raise Refused("value", where="/rule", accepted=WHOLE)
    wanted = [each for each in vectors(call.house.main.settings.rules) if call.query.rule in {None, each.rule}]
    return VectorList(vectors=[Vector(**asdict(each)) for each in wanted])


@operation("GET", "/rules/coverage", Coverage)
def read_coverage(call: Call) -> Coverage:
    """Return which branches of the rules were reached in all workspaces that are and were on this server."""
    return _coverage(call.house.reached())


@operation("GET", "/workspaces/{workspace}/coverage", Coverage)
def read_workspace_coverage(call: Call) -> Coverage:
    """Return which branches of the rules the workspace's journal shows."""
    return _coverage(reached(call.portal.journal.entries()))


def _coverage(counts: dict[str, int]) -> Coverage:
    return Coverage(
        reached={branch: counts[branch] for branch in BRANCHES if counts.get(branch)},
        missing=[branch for branch in BRANCHES if not counts.get(branch)],
    )
