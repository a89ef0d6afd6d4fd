"""Operations as values: from one entry come the route, the judgement of the request, and the OpenAPI document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from .kinds import Model

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import BaseModel

    from ..portal import Portal
    from ..workspaces import Workspaces

T = TypeVar("T")
PREFIX = "/_control/v1"
ANYONE, SERVER, WORKSPACE = "anyone", "server", "workspace"


class Nothing(Model):
    """No body, no query, or nothing to tell."""


@dataclass(frozen=True)
class Operation:
    """One thing a test may do from outside. `opens_to` says whose token opens it."""

    method: str
    path: str
    answer: type[BaseModel]
    run: Callable[[Call], Any]
    body: type[BaseModel] | None = None
    query: type[Model] = Nothing
    status: int = 200
    opens_to: str = SERVER
    conflict: bool = False
    largest: int = 64 * 1024

    @property
    def needs_body(self) -> bool:
        """Say whether there must be a body: one whose every field may be left out may be left out whole."""
        return self.body is not None and any(field.is_required() for field in self.body.model_fields.values())

    @property
    def name(self) -> str:
        """Return the operation's id."""
        return self.run.__name__

    @property
    def about(self) -> str:
        """Return what it does, in one sentence."""
        return str(self.run.__doc__).partition("\n")[0]


@dataclass(frozen=True)
class Call:
    """A request that has been judged: who is asked, and what for."""

    house: Workspaces
    token: str
    root: str
    body: Any = None
    query: Any = None
    path: Mapping[str, str] = field(default_factory=dict)
    whole: Portal | None = None

    @property
    def portal(self) -> Portal:
        """The workspace that is asked, on its running clock."""
        assert self.whole  # noqa: S101 - only an operation on a workspace asks
        return self.whole

    @property
    def now(self) -> Portal:
        """The workspace at this moment, with what the tester has set."""
        return self.portal.standing().portal

    def changed(self, change: Callable[[], object], read: Callable[[Call], T]) -> T:
        """Change the workspace and return what is read of it then: of many calls at once, each tells its own change."""
        with self.portal.tables.atomic():
            change()
            return read(self)


F = TypeVar("F", bound="Callable[..., Any]")
OPERATIONS: list[Operation] = []


def operation(method: str, path: str, answer: type[BaseModel], **more: Any) -> Callable[[F], F]:  # noqa: ANN401
    """Enter a function as an operation."""
    if method != "GET":
        more.setdefault("body", Nothing)
    if path.startswith("/workspaces/{workspace}"):
        more.setdefault("opens_to", WORKSPACE)

    def enter(run: F) -> F:
        OPERATIONS.append(Operation(method, path, answer, run, **more))
        return run

    return enter
