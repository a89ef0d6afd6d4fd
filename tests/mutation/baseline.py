"""The tests as they are: which of them run a line, how long each takes, and which stand a process of their own."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

AT_IMPORT: Final = ""  # what coverage calls the time before the first test


class Baseline:
    """One run of every test, watched."""

    def __init__(self, files: Sequence[str]) -> None:
        self._coverage = Coverage(data_file=None, config_file=False, include=list(files))
        self.seconds: dict[str, float] = {}
        self._tests: dict[str, dict[int, list[str]]] = {}

    def start(self) -> None:
        """Watch what importing the package runs; call it before anything imports that."""
        self._coverage.start()

    def run(self, items: Sequence[pytest.Item]) -> None:
        """Run the tests one after another, and stop watching."""
        for item, following in zip(items, [*items[1:], None], strict=True):
            self._coverage.switch_context(item.nodeid)
            began = time.process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            self.seconds[item.nodeid] = time.process_time() - began
        self._coverage.stop()
        data = self._coverage.get_data()
        self._tests = {file: data.contexts_by_lineno(file) for file in data.measured_files()}

    def reached(self, file: str, first: int, last: int) -> set[str]:
        """Return the tests that run one of these lines, and `AT_IMPORT` if importing or collecting does."""
        lines = self._tests.get(file, {})
        return {test for line in range(first, last + 1) for test in lines.get(line, ())}

    def in_file(self, file: str) -> set[str]:
        """Return the tests that run anything in that file."""
        return {test for tests in self._tests.get(file, {}).values() for test in tests} - {AT_IMPORT}

    def of_files(self) -> dict[str, float]:
        """Return how long the tests of each test file take together."""
        together: dict[str, float] = defaultdict(float)
        for test, seconds in self.seconds.items():
            together[test.partition("::")[0]] += seconds
        return dict(together)
