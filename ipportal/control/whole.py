"""Operations on the server and on whole workspaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from .. import __version__
from ..clock import iso
from ..log import lost
from ..people import DEFAULT, EMPTY, INLINE, Scenario, parse, read
from ..places import NAME
from ..portal import MAIN
from ..scenarios import in_force, named, names
from ..settings import KNOBS
from ..store import shown
from ..tokens import workspace_token
from .captcha import CaptchaChange, CaptchaMode, CaptchaSeed, CaptchaWord, judged_captcha
from .kinds import Model, Moment, Name
from .operations import ANYONE, Call, Nothing, operation
from .problems import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from ..portal import Portal


class Health(Model):
    """The server answers, and its store can be read; of its log the process that answers lost so many lines."""

    status: str
    version: str
    workspaces: int
    lost_log_lines: int


class Setting(Model):
    """A setting in force; a secret's value is not told."""

    name: str
    value: str
    origin: str


class SettingList(Model):
    """The server's settings."""

    settings: list[Setting]


class Beginning(Model):
    """Where a workspace begins: a scenario by name, or by the text of its TOML file.

    The clock is frozen at `now`, else where the scenario has it, else at `default_now`; it is real where none is given.
    """

    scenario: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    scenario_toml: Annotated[str, Field(min_length=1, max_length=60_000)] | None = None
    now: Moment | None = None
    default_now: Moment | None = None

    def begins_at(self, scenario: Scenario) -> datetime | None:
        """Return where the clock is frozen, or None where the scenario has its say."""
        return self.now or (None if scenario.stage.now else self.default_now)


class WorkspaceCreate(Beginning):
    """A new workspace; what is left out has its usual value."""

    name: Name | None = None
    captcha: CaptchaMode | None = None
    captcha_word: CaptchaWord | None = None
    captcha_seed: CaptchaSeed | None = None

    def captcha_change(self) -> CaptchaChange | None:
        """Return which CAPTCHA is asked for, if any: a word alone means `fixed`, a seed alone `seeded`."""
        if (self.captcha, self.captcha_word, self.captcha_seed) == (None, None, None):
            return None
        meant: CaptchaMode = "fixed" if self.captcha_word else "seeded"
        return CaptchaChange(mode=self.captcha or meant, word=self.captcha_word, seed=self.captcha_seed)


class Workspace(Model):
    """A workspace: where its pages are, what opens it, and how long it stays when nobody uses it."""

    name: str
    url: str
    token: str
    scenario: str
    now: str
    clock_mode: str
    captcha: str
    expires_at: str | None


class WorkspaceList(Model):
    """The workspaces of the server, `main` first."""

    workspaces: list[str]


@operation("GET", "/health", Health, opens_to=ANYONE)
def health(call: Call) -> Health:
    """Say that the server is ready: its store can be read."""
    call.house.main.standing()
    return Health(status="ok", version=__version__, workspaces=len(call.house.names()), lost_log_lines=lost())


@operation("GET", "/settings", SettingList)
def list_settings(call: Call) -> SettingList:
    """Return every setting with its value in force and where that came from."""
    settings = call.house.main.settings
    return SettingList(
        settings=[
            Setting(
                name=knob.name,
                value="hidden" if knob.metadata.get("secret") else shown(str(getattr(settings, knob.name))),
                origin=settings.origins.get(knob.name, "default"),
            )
            for knob in KNOBS
        ]
    )


@operation("GET", "/workspaces", WorkspaceList)
def list_workspaces(call: Call) -> WorkspaceList:
    """Return the names of all workspaces."""
    return WorkspaceList(workspaces=call.house.names())


@operation("POST", "/workspaces", Workspace, body=WorkspaceCreate, status=201, conflict=True)
def create_workspace(call: Call) -> Workspace:
    """Create a workspace; unless they are given, its scenario is the setting's and its name is made up."""
    body: WorkspaceCreate = call.body
    # What main's tester has chosen does not hold here: a new workspace begins with the server's settings.
    settings, change = call.house.main.settings, body.captcha_change()
    scenario = _scenario(call, body) or named(settings.scenario, settings)
    chosen = judged_captcha(settings, change) if change else None
    return _told(call, call.house.make(body.name or "", scenario, body.begins_at(scenario), chosen))


@operation("GET", "/workspaces/{workspace}", Workspace)
def read_workspace(call: Call) -> Workspace:
    """Return a workspace."""
    return _told(call, call.portal)


@operation("DELETE", "/workspaces/{workspace}", Nothing, conflict=True)
def remove_workspace(call: Call) -> Nothing:
    """Remove a workspace and everything in it; `main` cannot be removed."""
    call.house.remove(call.portal.name)
    return Nothing()


@operation("POST", "/workspaces/{workspace}/reset", Workspace, body=Beginning)
def reset_workspace(call: Call) -> Workspace:
    """Put a workspace back to where it began, or to where another scenario begins; saved checkpoints stay."""
    body: Beginning = call.body
    call.house.reset(call.portal, _scenario(call, body), body.now, body.default_now)
    return _told(call, call.portal)


def _scenario(call: Call, body: Beginning) -> Scenario | None:
    """Return the scenario that a body names or holds, or None. A name never leads out of the scenarios folder."""
    if body.scenario and body.scenario_toml:
        raise Refused("scenario_two", where="/scenario", accepted=["either scenario or scenario_toml"])
    if body.scenario_toml:
        return parse(INLINE, body.scenario_toml)
    if body.scenario is None or body.scenario in {DEFAULT, EMPTY}:
        return read(body.scenario) if body.scenario else None
    settings = call.house.main.settings
    known = names(settings)
    if not re.fullmatch(NAME, body.scenario) or body.scenario not in known:
        raise Refused("scenario_unknown", where="/scenario", accepted=known)
    return named(body.scenario, settings)


def _told(call: Call, portal: Portal) -> Workspace:
    standing = portal.standing()
    expires_at = call.house.expires_at(portal)
    return Workspace(
        name=portal.name,
        url=call.root + ("/" if portal.name == MAIN else f"/w/{portal.name}/"),
        token=workspace_token(call.token, portal),
        scenario=in_force(portal).title,
        now=iso(standing.portal.clock.now()),
        clock_mode=standing.clock_mode,
        captcha=standing.portal.settings.captcha_mode,
        expires_at=iso(expires_at) if expires_at else None,
    )
