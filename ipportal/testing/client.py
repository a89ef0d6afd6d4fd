"""A typed client of one workspace: its clock, CAPTCHA, accounts, faults, journal and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from .facts import People, Person, opened, read
from .holders import Accounts, Notices, Sessions, Users
from .parts import Captcha, Checkpoints, Clock, Faults, Journal, MaintenanceDesk
from .visitor import Visitor

if TYPE_CHECKING:
    from datetime import datetime

    from .control import Control
    from .facts import Opened

__tracebackhide__ = True  # a failing test shows its own line, not one in here

__all__ = ["Workspace", "create"]


class Workspace:
    """One portal of a server. `url` is where its pages are, `token` opens nothing else.

    It begins at *default_now* wherever its scenario does not say when.
    """

    def __init__(self, control: Control, told: dict[str, Any], default_now: datetime | str | None = None) -> None:
        self.name: str = told["name"]
        self.url: str = told["url"].rstrip("/")
        self.token: str = told["token"]
        self.control = control
        self.clock = Clock(control, self.name)
        self.captcha = Captcha(control, self.name)
        self.accounts = Accounts(control, self.name)
        self.users = Users(control, self.name)
        self.faults = Faults(control, self.name)
        self.journal = Journal(control, self.name)
        self.maintenance = MaintenanceDesk(control, self.name)
        self.sessions = Sessions(control, self.name)
        self.notices = Notices(control, self.name)
        self.checkpoints = Checkpoints(control, self.name)
        self._default_now = default_now
        self._people = People()
        self._visitors: list[Visitor] = []

    @property
    def people(self) -> People:
        """The people of the scenario by key, each with everything they type."""
        if not self._people:
            told = self.control.call("GET", f"/workspaces/{self.name}/people")["people"]
            self._people = People((each["key"], read(Person, each)) for each in told)
        return self._people

    def visitor(self, lang: str | None = None) -> Visitor:
        """Return a new visitor of this workspace, with cookies of their own."""
        self._visitors.append(Visitor(self.url, lang))
        return self._visitors[-1]

    def close(self) -> None:
        """Close the connections of its visitors."""
        for visitor in self._visitors:
            visitor.close()

    def reset(self, scenario: str | None = None, now: datetime | str | None = None) -> None:
        """Put everything back to where the scenario, or another, begins."""
        self._people = People()
        body = {"scenario": scenario, "now": now, "default_now": self._default_now}
        self.control.call("POST", f"/workspaces/{self.name}/reset", body)

    def snapshot(self) -> dict[str, Any]:
        """Return the workspace as a checkpoint file's content."""
        return self.control.call("GET", f"/workspaces/{self.name}/snapshot")

    def restore(self, file: dict[str, Any]) -> Opened:
        """Put the workspace back to a checkpoint file."""
        return opened(self.control.call("POST", f"/workspaces/{self.name}/restore", file))

    def coverage(self) -> dict[str, int]:
        """Return how often each branch of the rules was reached here."""
        return dict(self.control.call("GET", f"/workspaces/{self.name}/coverage")["reached"])

    def remove(self) -> None:
        """Remove the workspace and everything in it."""
        self.close()
        self.control.call("DELETE", f"/workspaces/{self.name}")


class Wanted(TypedDict, total=False):
    """How a workspace begins; what is left out has its usual value."""

    name: str
    scenario: str
    scenario_toml: str
    now: datetime | str
    default_now: datetime | str
    captcha: str
    captcha_word: str
    captcha_seed: str | int


def create(control: Control, **wanted: Unpack[Wanted]) -> Workspace:
    """Create a workspace and return its client."""
    return Workspace(control, control.call("POST", "/workspaces", wanted), wanted.get("default_now"))
