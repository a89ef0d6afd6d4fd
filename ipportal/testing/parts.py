"""The parts of a workspace's client, one for each thing that a test controls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .facts import Challenge, Closure, Entry, Fault, Maintenance, moment, opened, read

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from .control import Control
    from .facts import Opened

__tracebackhide__ = True  # a failing test shows its own line, not one in here


class Part:
    """What every part has: the control API, and the workspace's address in it."""

    def __init__(self, control: Control, workspace: str) -> None:
        self._control, self._root = control, f"/workspaces/{workspace}"

    def _get(self, path: str, **query: object) -> dict[str, Any]:
        return self._control.call("GET", self._root + path, query=query)

    def _post(self, path: str, **body: object) -> dict[str, Any]:
        return self._control.call("POST", self._root + path, body)

    def _delete(self, path: str) -> None:
        self._control.call("DELETE", self._root + path)


class Clock(Part):
    """The workspace's time, in Hong Kong. Moments need an offset; spans may read `90m`, `1h30m`, `-2d`."""

    @property
    def now(self) -> datetime:
        """The portal's time."""
        return moment(self._get("/clock")["now"])

    @property
    def mode(self) -> str:
        """The mode: real, shifted or frozen."""
        return str(self._get("/clock")["mode"])

    def set(self, at: datetime | str) -> datetime:
        """Freeze the clock at a moment, past or future."""
        return moment(self._post("/clock/set", at=at)["now"])

    def advance(self, by: timedelta | str) -> datetime:
        """Move the clock from where it stands; a frozen clock stays frozen."""
        return moment(self._post("/clock/advance", by=by)["now"])

    def shift(self, by: timedelta | str) -> datetime:
        """Have the clock run so far ahead of real time, or behind it."""
        return moment(self._post("/clock/shift", by=by)["now"])

    def run(self) -> datetime:
        """Let a frozen clock go on."""
        return moment(self._post("/clock/run")["now"])

    def real(self) -> datetime:
        """Go back to real time."""
        return moment(self._post("/clock/real")["now"])


class Captcha(Part):
    """The CAPTCHA mode and the open challenges."""

    @property
    def mode(self) -> str:
        """The mode in force."""
        return str(self._get("/captcha")["mode"])

    @property
    def challenges(self) -> list[Challenge]:
        """The open challenges with their answers, the newest first."""
        return [read(Challenge, each) for each in self._get("/captcha")["challenges"]]

    def set(self, mode: str, *, word: str | None = None, seed: str | int | None = None) -> None:
        """Change the mode: real, fixed, seeded, reveal, always_wrong or expired."""
        self._control.call("PUT", f"{self._root}/captcha", {"mode": mode, "word": word, "seed": seed})

    def answer(self, captcha_id: str | None = None) -> str:
        """Return the answer of a challenge, or of the newest; raise `LookupError` where it is not open."""
        answers = {each.captcha_id: each.answer for each in self.challenges}
        if not answers:
            raise LookupError("no CAPTCHA challenge is open: open a page that shows one first")
        if captcha_id is None:
            return next(iter(answers.values()))
        if captcha_id not in answers:
            raise LookupError(f"the CAPTCHA challenge {captcha_id!r} is not open; open are: {', '.join(answers)}")
        return answers[captcha_id]


class Faults(Part):
    """What goes wrong on request."""

    def arm(self, kind: str, step: str, *, moment: str | None = None, times: int = 1, **options: object) -> Fault:
        """Arm a fault; it strikes *times* times, 0 until it is disarmed. See the reference for kinds and options."""
        return read(Fault, self._post("/faults", kind=kind, step=step, moment=moment, times=times, **options))

    def armed(self) -> list[Fault]:
        """Return the armed faults."""
        return [read(Fault, each) for each in self._get("/faults")["faults"]]

    def disarm(self, fault: Fault | None = None) -> None:
        """Disarm a fault, or all."""
        self._delete(f"/faults/{fault.fault_id}" if fault else "/faults")


class Journal(Part):
    """What happened at each submit, and why."""

    def entries(self, **wanted: object) -> list[Entry]:
        """Return the entries that match: after, step, outcome, reason, code, account, and limit or newest."""
        return [read(Entry, each) for each in self._get("/journal", **wanted)["entries"]]

    def last(self, **wanted: object) -> Entry:
        """Return the newest entry that matches; raise `LookupError` where there is none."""
        found = self.entries(newest=1, **wanted)
        if not found:
            raise LookupError(f"no entry of the journal has {wanted}")
        return found[-1]

    def wait(self, *, within: timedelta | str = "5s", **wanted: object) -> Entry:
        """Return the first entry that matches as soon as there is one; raise `LookupError` after *within*."""
        found = self.entries(wait=within, **wanted)
        if not found:
            raise LookupError(f"no entry of the journal had {wanted} within {within}")
        return found[0]


class MaintenanceDesk(Part):
    """Maintenance windows and suspensions."""

    def state(self) -> Maintenance:
        """Say whether the portal is closed now, and what comes next."""
        return _maintenance(self._get("/maintenance"))

    def suspend(self, *, until: datetime | str | None = None, lasting: timedelta | str | None = None) -> Maintenance:
        """Close the portal now, until a moment or for a span."""
        return _maintenance(self._post("/maintenance/suspend", until=until, lasting=lasting))

    def resume(self) -> Maintenance:
        """End the suspension."""
        return _maintenance(self._post("/maintenance/resume"))


class Checkpoints(Part):
    """The guide's 23 steps as states, and those of one's own."""

    def names(self) -> list[str]:
        """Return the names of all."""
        told = self._get("/checkpoints")
        return [*told["guide"], *(each["name"] for each in told["own"])]

    def save(self, name: str) -> None:
        """Keep the workspace as it is now under a name."""
        self._control.call("PUT", f"{self._root}/checkpoints/{name}")

    def open(self, name: str) -> Opened:
        """Put a state in place and return the link that opens a browser there."""
        return opened(self._post(f"/checkpoints/{name}/open"))

    def remove(self, name: str) -> None:
        """Forget a checkpoint of one's own."""
        self._delete(f"/checkpoints/{name}")


def _maintenance(told: dict[str, Any]) -> Maintenance:
    closed = told["closed"]
    upcoming = read(Closure, told["upcoming"])
    return Maintenance(read(Closure, closed) if closed else None, upcoming, told["retry_after"])
