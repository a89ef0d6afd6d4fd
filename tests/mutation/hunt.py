"""The hunt: the tests run once as they are, then each mutant meets those that reach it."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from . import trial
from .baseline import AT_IMPORT, Baseline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from .sites import Mutant, Source

FEW: Final = 5  # tests; what so few reach may be remembered from one test for all others, so it is imported anew
ENOUGH: Final = (
    10.0  # seconds of tests of its own part, and as many of others, that a mutant meets beside its namesakes
)


@dataclass(frozen=True)
class Outcome:
    """How a mutant ended: killed, endless, alive, or untested where no test comes by."""

    mutant: Mutant
    end: str


class Hunt:
    """A pytest plugin that takes the place of pytest's own loop over the tests."""

    def __init__(self, root: Path, sources: Sequence[Source], mutants: Sequence[Mutant], jobs: int) -> None:
        self._root, self._jobs, self._mutants = root, jobs, mutants
        self._sources = {source.path: source for source in sources}
        self._baseline = Baseline([source.file for source in sources])
        self._verdicts = trial.Verdicts()
        self._items: dict[str, pytest.Item] = {}
        self._killers: dict[str, Counter[str]] = defaultdict(Counter)
        self.outcomes: list[Outcome] = []

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
        if self._verdicts.failed:
            raise _stopped(session, f"without any change: {self._verdicts.failed}")
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
        began, running = time.monotonic(), dict[int, tuple["Mutant", Path]]()
        for number, mutant in enumerate(self._mutants, 1):
            place = self._folder / str(number)
            if child := self._meet(mutant, place):
                running[child] = mutant, place
            else:
                self.outcomes.append(Outcome(mutant, "untested"))
            if len(running) == self._jobs:
                self._bury(running)
            if number % 100 == 0:
                lives = sum(each.end in {"alive", "untested"} for each in self.outcomes)
                print(f"{number} of {len(self._mutants)}, {lives} alive, {time.monotonic() - began:.0f} s", flush=True)
        while running:
            self._bury(running)

    def _bury(self, running: dict[int, tuple[Mutant, Path]]) -> None:
        child, status = os.wait()
        mutant, place = running.pop(child)
        shutil.rmtree(place, ignore_errors=True)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) not in {trial.ALIVE, trial.KILLED}:
            raise RuntimeError(f"the hunt itself fails at {mutant.name}")
        end = "endless" if os.WIFSIGNALED(status) else "killed" if os.WEXITSTATUS(status) else "alive"
        self.outcomes.append(Outcome(mutant, end))
        if end == "alive":
            print(*mutant.name, sep=" | ", flush=True)
        if end == "killed" and (killer := place.with_suffix(".killer").read_text(encoding="utf-8")):
            self._killers[mutant.path].update([killer, killer.partition("::")[0]])

    def _meet(self, mutant: Mutant, place: Path) -> int:
        """Let the mutant meet its tests in a new process; return its id, or 0 where there is no test."""
        source = self._sources[mutant.path]
        reached = self._baseline.reached(source.file, *mutant.where.lines)
        if mutant.where.at_import or AT_IMPORT in reached:
            files = self._files(source)
            return self._forked(
                lambda: trial.cold(source.file, source.code(mutant), files, self._verdicts, place), place
            )
        if not reached:
            return 0
        items = [self._items[test] for test in self._chosen(source, reached)]

        def deed() -> int:
            code = source.code(mutant)
            if self._functions.become(source.file, code):
                place.mkdir()
                ended = trial.warm(items, self._baseline.seconds, self._verdicts, place)
                if ended == trial.KILLED or len(items) > FEW:
                    return ended
            return trial.cold(source.file, code, self._files(source), self._verdicts, place)

        return self._forked(deed, place)

    def _forked(self, deed: Callable[[], int], place: Path) -> int:
        """Do it in a new process, which leaves the name of the test that failed."""

        def noted() -> int:
            ended = deed()
            place.with_suffix(".killer").write_text("".join(self._verdicts.failed[:1]), encoding="utf-8")
            return ended

        return trial.forked(noted)

    def _chosen(self, source: Source, tests: Iterable[str]) -> list[str]:
        return self._affordable(source, {test: self._baseline.seconds[test] for test in tests})

    def _files(self, source: Source) -> dict[str, float]:
        """Return the test files for a change that needs everything imported anew, with what each usually takes."""
        touching = {test.partition("::")[0] for test in self._baseline.in_file(source.file)}
        together = self._baseline.of_files()
        near = {file for file in together if _distance(source.path, file) < FAR}
        return {
            file: together[file]
            for file in self._affordable(source, {file: together[file] for file in near | touching})
        }

    def _affordable(self, source: Source, seconds: Mapping[str, float]) -> list[str]:
        """Return the nearest and the quickest of these, but first those that killed others of the same file."""
        spent, chosen = defaultdict[int, float](float), list[str]()
        for test in sorted(seconds, key=lambda test: (_distance(source.path, test), seconds[test], test)):
            distance = _distance(source.path, test)
            if distance == 0 or spent[distance] < ENOUGH:
                chosen.append(test)
            spent[distance] += seconds[test]
        return sorted(chosen, key=lambda test: -self._killers[source.path][test])


def _stopped(session: pytest.Session, why: str) -> Exception:
    print(f"\nTests fail {why}", flush=True)
    return session.Failed(why)


OF_ALL: Final = {"test_values", "test_whole"}  # what every part of the package promises
FAR: Final = 2


def _distance(path: str, test: str) -> int:
    """Return 0 for a test of the file's own name or of all parts, 1 for one of its part, 2 for any other."""
    part, name = Path(path).parent.name, Path(path).stem
    folder, file = Path(test.partition("::")[0]).parent.name, Path(test.partition("::")[0]).stem
    own = folder == (part if part != "ipportal" else "tests")
    if (own and file.removeprefix("test_").startswith(name)) or file in OF_ALL:
        return 0
    return 1 if own and part != "ipportal" else FAR
