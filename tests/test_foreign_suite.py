"""A test suite that knows only the documentation passes on the installed wheel, far from the checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
SUITE = ROOT / "tests" / "foreign"
CHROMIUM = shutil.which("chromium")
PATIENCE = 300
# As a tester's shell has it; nothing of the checkout, of its settings or of coverage.
KEPT = ("HOME", "LANG", "PATH", "TMPDIR")


class Place(NamedTuple):
    """A folder with the suite in it, and the programs of an environment that has the wheel."""

    folder: Path
    programs: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        shell = {name: os.environ[name] for name in KEPT if name in os.environ}
        return subprocess.run(
            [str(self.programs / words[0]), *words[1:]],
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
            cwd=self.folder,
            env=shell,
        )


def install(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True, timeout=PATIENCE)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("foreign")
    build = ("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder / "dist"), str(ROOT))
    install(sys.executable, *build)
    (wheel,) = (folder / "dist").glob("*.whl")
    install(sys.executable, "-m", "venv", str(folder / "venv"))
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    wanted = (f"{wheel}[playwright]", "pytest", "pytest-xdist", "-c", str(ROOT / ".constraints.txt"))
    install(str(programs / "python"), "-m", "pip", "install", "--quiet", *wanted)
    suite = folder / "suite"
    suite.mkdir()
    for path in SUITE.glob("suite_*.py"):
        shutil.copy(path, suite / path.name.replace("suite_", "test_", 1))
    (suite / "pytest.ini").write_text("[pytest]\nmarkers = browser: drives Debian's Chromium\n")
    return Place(suite, programs)


PYTEST = ("-m", "pytest", "-n", "2", "-p", "no:cacheprovider", "-q")


@pytest.fixture(scope="module")
def chosen(place: Place) -> tuple[tuple[str, ...], int]:
    """Which tests are run, and how many they are; without a browser all but those that drive it."""
    if CHROMIUM is None and "CI" in os.environ:
        pytest.fail("There is no chromium (Debian: apt install chromium).")
    choice = () if CHROMIUM else ("-m", "not browser")
    listed = place.run("python", "-m", "pytest", "-p", "no:cacheprovider", "-q", "--collect-only", *choice)
    assert listed.returncode == 0, listed.stdout + listed.stderr
    return choice, sum("::" in line for line in listed.stdout.splitlines())


def passed(done: subprocess.CompletedProcess[str]) -> int:
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.search(r"^(\d+) passed in ", done.stdout, re.MULTILINE)
    assert found, done.stdout
    return int(found[1])


def test_a_foreign_suite_passes_on_the_installed_wheel(place: Place, chosen: tuple[tuple[str, ...], int]) -> None:
    choice, count = chosen

    assert passed(place.run("python", *PYTEST, *choice)) == count >= 30


def test_a_foreign_suite_passes_beside_a_server_of_exec(place: Place, chosen: tuple[tuple[str, ...], int]) -> None:
    choice, count = chosen
    python = str(place.programs / "python")

    assert passed(place.run("ipportal", "exec", "--", python, *PYTEST, *choice)) == count


def test_the_foreign_suite_comes_from_the_wheel_alone(place: Place) -> None:
    found = place.run("python", "-c", "import ipportal; print(ipportal.__file__)")

    assert found.stdout.startswith(str(place.programs.parent)), found.stderr
