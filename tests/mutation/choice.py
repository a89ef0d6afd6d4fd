"""Which tests a mutant meets, and in which order."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .baseline import Baseline
    from .sites import Source

# How much of what all tests take, on a slow machine as on a quick one, a mutant meets of those of its own part, and as
# much of others, beside its namesakes. Few need them: what is noticed is noticed early, and what is not is listed.
ENOUGH: Final = 0.45
# As little for one that is listed as a survivor: it counts as one, and only has to be struck off if a test notices it.
LITTLE: Final = 0.015
OF_ALL: Final = {"test_values", "test_whole"}  # what every part of the package promises
FAR: Final = 2


class Choice:
    """The tests of a run without any change, and those of them that killed mutants so far."""

    def __init__(self, baseline: Baseline) -> None:
        self._baseline = baseline
        self._killers: dict[str, Counter[str]] = defaultdict(Counter)

    def killed(self, path: str, test: str) -> None:
        """Remember which test noticed a change of a file."""
        self._killers[path].update([test, test.partition("::")[0]])

    def tests(self, source: Source, reached: Iterable[str], *, listed: bool) -> list[str]:
        """Return some of the tests that run a changed line."""
        return self._affordable(source, {test: self._baseline.seconds[test] for test in reached}, listed=listed)

    def files(self, source: Source, *, listed: bool) -> dict[str, float]:
        """Return the test files for a change that needs everything imported anew, with what each usually takes."""
        touching = {test.partition("::")[0] for test in self._baseline.in_file(source.file)}
        together = self._baseline.of_files()
        near = {file for file in together if _distance(source.path, file) < FAR}
        return {
            file: together[file]
            for file in self._affordable(source, {file: together[file] for file in near | touching}, listed=listed)
        }

    def _affordable(self, source: Source, seconds: Mapping[str, float], *, listed: bool) -> list[str]:
        """Return those that killed others of the same file, then the nearest, one of each function first."""
        spent, chosen = defaultdict[int, float](float), list[str]()
        killers = self._killers[source.path]
        enough = (LITTLE if listed else ENOUGH) * sum(self._baseline.seconds.values())
        cases, place = Counter[str](), dict[str, int]()
        for test in sorted(seconds, key=seconds.__getitem__):
            function = test.partition("[")[0]
            place[test], cases[function] = cases[function], cases[function] + 1
        for test in sorted(place, key=lambda test: (-killers[test], _distance(source.path, test), place[test])):
            distance = _distance(source.path, test)
            if spent[distance] < enough or (distance == 0 and not listed):
                chosen.append(test)
            spent[distance] += 0 if killers[test] and not listed else seconds[test]
        return chosen


def _distance(path: str, test: str) -> int:
    """Return 0 for a test of the file's own name or of all parts, 1 for one of its part, 2 for any other."""
    part, name = Path(path).parent.name, Path(path).stem
    folder, file = Path(test.partition("::")[0]).parent.name, Path(test.partition("::")[0]).stem
    own = folder == (part if part != "ipportal" else "tests")
    if (own and file.removeprefix("test_").startswith(name)) or file in OF_ALL:
        return 0
    return 1 if own and part != "ipportal" else FAR
