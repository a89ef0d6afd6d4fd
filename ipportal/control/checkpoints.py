"""Operations on checkpoints: the guide's 23, and those that a workspace keeps."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ConfigDict, RootModel

from ..checkpoints import NAME, STEPS, Shelf, practice
from ..checkpoints.files import LARGEST
from ..clock import iso
from ..portal import MAIN
from .kinds import Model
from .operations import Call, Nothing, operation
from .people import Person
from .problems import Refused

_ONE = "/workspaces/{workspace}/checkpoints/{checkpoint}"


class Saved(Model):
    """A checkpoint that the workspace keeps."""

    name: str
    saved_at: str


class CheckpointList(Model):
    """The guide's steps, and the checkpoints of the workspace's own."""

    guide: list[str]
    own: list[Saved]


class Opened(Model):
    """A link that opens a browser at a screen, once; at a step of the guide with who to be and what to type."""

    url: str
    path: str
    person: Person | None
    typed: dict[str, str]


class CheckpointFile(RootModel[dict[str, Any]]):
    """A checkpoint file, as `snapshot` returns it."""

    model_config = ConfigDict(frozen=True)


@operation("GET", "/workspaces/{workspace}/snapshot", CheckpointFile)
def snapshot(call: Call) -> CheckpointFile:
    """Return the workspace as it is now, as a checkpoint file."""
    return CheckpointFile.model_validate_json(Shelf(call.portal).snapshot())


@operation("POST", "/workspaces/{workspace}/restore", Opened, body=CheckpointFile, largest=LARGEST)
def restore(call: Call) -> Opened:
    """Put the workspace back to a checkpoint file, and return a link to its screen."""
    opened = Shelf(call.portal, call.house.coverage.going).restore(call.body.model_dump_json())
    return _opened(call, opened.ticket_id, opened.path)


@operation("GET", "/workspaces/{workspace}/checkpoints", CheckpointList)
def list_checkpoints(call: Call) -> CheckpointList:
    """Return the names of all checkpoints."""
    own = [Saved(name=each.name, saved_at=iso(each.saved_at)) for each in Shelf(call.portal).own()]
    return CheckpointList(guide=list(STEPS), own=own)


@operation("PUT", _ONE, Saved, conflict=True)
def save_checkpoint(call: Call) -> Saved:
    """Keep the workspace as it is now under a name, in place of an earlier one of that name."""
    name, shelf = call.path["checkpoint"], Shelf(call.portal)
    if not re.fullmatch(NAME, name) or name in STEPS:
        raise Refused("checkpoint_name", where="checkpoint", accepted=[NAME, "not a step of the guide"])
    saved = shelf.save(name)
    return Saved(name=saved.name, saved_at=iso(saved.saved_at))


@operation("GET", _ONE, CheckpointFile)
def read_checkpoint(call: Call) -> CheckpointFile:
    """Return a checkpoint of the workspace's own as its file."""
    text = Shelf(call.portal).file(call.path["checkpoint"])
    if text is None:
        raise _unknown(call)
    return CheckpointFile.model_validate_json(text)


@operation("DELETE", _ONE, Nothing)
def remove_checkpoint(call: Call) -> Nothing:
    """Forget a checkpoint of the workspace's own."""
    if not Shelf(call.portal).remove(call.path["checkpoint"]):
        raise _unknown(call)
    return Nothing()


@operation("POST", f"{_ONE}/open", Opened)
def open_checkpoint(call: Call) -> Opened:
    """Put the state of a checkpoint in place and return a link that opens a browser there, once, within the hour.

    At a step of the guide the practice data begins anew; clock, CAPTCHA mode and suspension stay.
    """
    name = call.path["checkpoint"]
    opened = Shelf(call.portal, call.house.coverage.going).open(name)
    if opened is None:
        raise _unknown(call)
    return _opened(call, opened.ticket_id, opened.path, name)


def _opened(call: Call, ticket_id: str, path: str, name: str = "") -> Opened:
    prefix = "" if call.portal.name == MAIN else f"/w/{call.portal.name}"
    who = practice(name, call.portal.settings.terminal_lang) if name in STEPS else {"person": None, "typed": {}}
    person = Person(**who["person"]) if who["person"] else None
    return Opened(url=f"{call.root}{prefix}/open/{ticket_id}", path=path, person=person, typed=who["typed"])


def _unknown(call: Call) -> Refused:
    own = [each.name for each in Shelf(call.portal).own()]
    return Refused("checkpoint_unknown", where="checkpoint", accepted=[*own, *STEPS])
