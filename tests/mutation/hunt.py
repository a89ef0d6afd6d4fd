"""The hunt: the tests run once as they are, then each mutant meets those that reach it."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from . import trial
from .baseline import AT_IMPORT, Baseline
from .choice import Choice
from .servers import Servers

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from .report import Name
    from .sites import Mutant, Source

FEW: Final = 5  # tests; what so few reach may be remembered from one test for all others, so it is imported anew


@dataclass(frozen=True)
class Outcome:
    """How a mutant ended: killed, endless, alive, or untested where no test comes by."""

    mutant: Mutant
    end: str


class Hunt:
    """A pytest plugin that takes the place of pytest's own loop over the tests."""

    def __init__(
        self, root: Path, sources: Sequence[Source], mutants: Sequence[Mutant], jobs: int, listed: Container[Name]
    ) -> None:
        self._root, self._jobs, self._mutants, self._listed = root, jobs, mutants, listed
        self._sources = {source.path: source for source in sources}
        self._baseline = Baseline([source.file for source in sources])
        self._choice = Choice(self._baseline)
        self._verdicts = trial.Verdicts()
        self._items: dict[str, pytest.Item] = {}
        self.outcomes: list[Outcome] = []
        self.left_out = False

    def run(self, tests: Sequence[str]) -> bool:
        """Hunt with these tests; say whether all of them pass without a change."""
        memory = Path("/dev/shm")  # thousands of stores are written, and none is meant to last
        with tempfile.TemporaryDirectory(prefix="mutants-", dir=memory if memory.is_dir() else None) as folder:
            self._folder = Path(folder)
            self._baseline.start()
            words = [*trial.QUIETLY, f"--basetemp={folder}/baseline", *tests]
            return pytest.main(words, plugins=[self, self._verdicts]) == pytest.ExitCode.OK

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise _stopped(session, "a test file cannot be read")
        self._items = {item.nodeid: item for item in session.items}
        self._baseline.run(session.items)
        again = [self._items[test] for test in dict.fromkeys(self._verdicts.failed)]
        self._verdicts.failed.clear()  # on a busy machine one that cannot wait may fail once
        for item in again:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        if self._verdicts.failed:
            raise _stopped(session, f"without any change: {self._verdicts.failed}")
        self._servers = Servers(self._jobs)
        if self._servers.absent:
            print(self._servers.absent, "Changes of that store are left out.", flush=True)
            self._mutants = [mutant for mutant in self._mutants if "/postgres" not in mutant.path]
            self.left_out = True
        self._functions = trial.Functions(str(self._root / "ipportal"))
        gc.collect()
        gc.freeze()
        self._rehearse(session)
        self._hunt()
        return True

    def _rehearse(self, session: pytest.Session) -> None:
        """A test that fails in a process of its own, or with its code put anew, would kill whatever it meets."""
        for source in self._sources.values():
            self._functions.become(source.file, source.code())
        (rehearsal := self._folder / "rehearsal").mkdir()

        def deed() -> int:
            self._servers.use(0)
            ended = trial.warm(session.items, self._baseline.seconds, self._verdicts, rehearsal)
            (self._folder / "failed").write_text("\n".join(self._verdicts.failed), encoding="utf-8")
            return ended

        _, status = os.waitpid(trial.forked(deed), 0)
        if status:
            told = (
                (self._folder / "failed").read_text(encoding="utf-8")
                if (self._folder / "failed").exists()
                else "one never ends"
            )
            raise _stopped(session, f"in a process of its own, without any change: {told}")

    def _hunt(self) -> None:
        began, running, free = time.monotonic(), dict[int, tuple["Mutant", Path, int]](), [*range(self._jobs)]
        for number, mutant in enumerate(self._mutants, 1):
            place = self._folder / str(number)
            if child := self._meet(mutant, place, free[-1]):
                running[child] = mutant, place, free.pop()
            else:
                self._told(mutant, "untested")
            if not free:
                free.append(self._bury(running))
            if number % 100 == 0:
                lives = sum(each.end in {"alive", "untested"} for each in self.outcomes)
                print(f"{number} of {len(self._mutants)}, {lives} alive, {time.monotonic() - began:.0f} s", flush=True)
        while running:
            self._bury(running)

    def _bury(self, running: dict[int, tuple[Mutant, Path, int]]) -> int:
        """Wait for a trial's end; return the number of its server."""
        child, status = os.wait()
        mutant, place, server = running.pop(child)
        shutil.rmtree(place, ignore_errors=True)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) not in {trial.ALIVE, trial.KILLED}:
            raise RuntimeError(f"the hunt itself fails at {mutant.name}")
        end = "endless" if os.WIFSIGNALED(status) else "killed" if os.WEXITSTATUS(status) else "alive"
        self._told(mutant, end)
        if end == "killed" and (killer := place.with_suffix(".killer").read_text(encoding="utf-8")):
            self._choice.killed(mutant.path, killer)
        return server

    def _told(self, mutant: Mutant, end: str) -> None:
        self.outcomes.append(Outcome(mutant, end))
        if end != "killed":
            print(end, *mutant.name, sep=" | ", flush=True)

    def _meet(self, mutant: Mutant, place: Path, server: int) -> int:
        """Let the mutant meet its tests in a new process; return its id, or 0 where there is no test."""
        source = self._sources[mutant.path]
        reached = self._baseline.reached(source.file, *mutant.where.lines)
        if not (reached or mutant.where.at_import):
            return 0
        at_import, listed = mutant.where.at_import or AT_IMPORT in reached, mutant.name in self._listed
        tests = [] if at_import else self._choice.tests(source, reached, listed=listed)

        def deed() -> int:
            code = source.code(mutant)
            if tests and self._functions.become(source.file, code):
                self._servers.use(server)
                place.mkdir()
                items = [self._items[test] for test in tests]
                ended = trial.warm(items, self._baseline.seconds, self._verdicts, place)
                if ended == trial.KILLED or len(items) > FEW or listed:
                    return ended
            files = self._choice.files(source, listed=listed)
            ready = partial(self._servers.use, server)
            return trial.cold(trial.Changed(source.file, code), files, self._verdicts, place, ready)

        return self._forked(deed, place)

    def _forked(self, deed: Callable[[], int], place: Path) -> int:
        """Do it in a new process, which leaves the name of the test that failed."""

        def noted() -> int:
            ended = deed()
            place.with_suffix(".killer").write_text("".join(self._verdicts.failed[:1]), encoding="utf-8")
            return ended

        return trial.forked(noted)


def _stopped(session: pytest.Session, why: str) -> Exception:
    print(f"\nTests fail {why}", flush=True)
    return session.Failed(why)
