"""What happens to one mutant, in a process of its own that nobody hears: it ends with 0 if the mutant lives."""

from __future__ import annotations

import gc
import importlib
import os
import resource
import signal
import sys
import traceback
from collections import Counter, defaultdict
from functools import _lru_cache_wrapper
from importlib.abc import Loader, MetaPathFinder
from importlib.util import spec_from_file_location
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from importlib.machinery import ModuleSpec
    from pathlib import Path
    from types import ModuleType

ALIVE, KILLED, BROKEN = 0, 1, 70
QUIETLY: Final = ("-qq", "-s", "--tb=no", "--no-header", "-p", "no:randomly", "-p", "no:cacheprovider")
PATIENCE: Final = 20.0  # seconds by the wall, for a test that waits for what never comes


class Verdicts:
    """A pytest plugin that hears what failed."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


class Functions:
    """Every function of the package that lives in this process, by its file."""

    def __init__(self, package: str) -> None:
        self._by_file: dict[str, list[FunctionType]] = defaultdict(list)
        for each in gc.get_objects():
            if isinstance(each, FunctionType) and each.__code__.co_filename.startswith(package):
                self._by_file[each.__code__.co_filename].append(each)
            elif isinstance(each, _lru_cache_wrapper) and each.__module__.startswith("ipportal"):
                each.cache_clear()  # nothing that a test remembered may hide a change from another

    def become(self, file: str, code: CodeType) -> bool:
        """Give the file's functions their code from *code*; say whether that is possible."""
        found = list(_within(code))
        new = {_place(each): each for each in found}
        several = {place for place, count in Counter(map(_place, found)).items() if count > 1}
        for function in self._by_file[file]:
            place = _place(function.__code__)
            if place in several or place not in new or new[place].co_freevars != function.__code__.co_freevars:
                return False
            function.__code__ = new[place]
        return True


def _within(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _within(each)


def _place(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def forked(deed: Callable[[], int]) -> int:
    """Do something in a process of its own, without words; return that process's id."""
    sys.stdout.flush()
    sys.stderr.flush()
    if child := os.fork():
        return child
    code, voice = BROKEN, os.dup(2)
    try:
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        code = deed()
    except BaseException:
        os.write(voice, traceback.format_exc().encode())
        raise
    finally:
        os._exit(code)


def warm(items: Sequence[pytest.Item], seconds: Mapping[str, float], verdicts: Verdicts, folder: Path) -> int:
    """Run tests that are collected already until one fails."""
    for item in items[:1]:  # each mutant's tests write where no other's do
        item.config._tmp_path_factory._basetemp = folder  # type: ignore[attr-defined]
    for item, following in zip(items, [*items[1:], None], strict=True):
        _limit(seconds[item.nodeid])
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if verdicts.failed:
            return KILLED
    return ALIVE


def cold(
    changed: Changed, tests: Mapping[str, float], verdicts: Verdicts, folder: Path, ready: Callable[[], None]
) -> int:
    """Forget the package and the tests, import them with the change, and run whole test files until a test fails."""
    root = changed.root
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None) or ""
        if path.startswith((f"{root}/ipportal/", f"{root}/tests/")) and not path.startswith(f"{root}/tests/mutation/"):
            del sys.modules[name]
    _limit(2 + sum(tests.values()))
    sys.meta_path.insert(0, changed)
    try:
        importlib.import_module(changed.name)
        ready()
    except Exception:  # noqa: BLE001 - whatever it is, nothing could be started with that
        return KILLED
    batch, rest = list(tests)[:1], list(tests)[1:]
    while batch:  # few at first: most mutants fall at once, and collecting takes longer than running
        try:
            ended = pytest.main([*QUIETLY, "-x", f"--basetemp={folder}", *batch], plugins=[verdicts])
        except Exception:  # noqa: BLE001 - not even the end of the session survives that
            return KILLED
        # A test that is no longer there has not failed; anything else that pytest complains of would stop a developer.
        if ended not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
            return KILLED
        batch, rest = rest[: 2 * len(batch)], rest[2 * len(batch) :]
    return ALIVE


class Changed(MetaPathFinder, Loader):
    """Finds one module with other code than its file has."""

    def __init__(self, file: str, code: CodeType) -> None:
        self.root = file[: file.rindex("/ipportal/")]
        self.name = file[len(self.root) + 1 :].removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        self._file, self._code = file, code

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> ModuleSpec | None:
        return spec_from_file_location(fullname, self._file, loader=self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, vars(module))


def _limit(seconds: float) -> None:
    """Die by a signal if what usually takes so long never ends: by its own work, or by waiting."""
    for alarm in (signal.SIGALRM, signal.SIGVTALRM):
        signal.signal(alarm, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_VIRTUAL, 3 + 10 * seconds)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE + 20 * seconds)
