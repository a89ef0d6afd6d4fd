"""What a disk may hold when the power goes: of a process's writes those that it saw to, and any of the others.

A file's content is certain once the file was synchronised, its name once its folder was. Until then each sector and
each name may be there or not, the later without the earlier: file systems promise more, and none of it is relied on.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Chance = Callable[[], bool]

ABSENT = "There is no strace that may trace here: losing power was not rehearsed (Debian: apt install strace)."
SECTOR = 512  # bytes: the least that a disk writes
TESTS = Path(__file__).parents[1]
_CALLS = (
    "open,openat,write,pwrite64,ftruncate,fsync,fdatasync,link,linkat,rename,renameat,renameat2,unlink,unlinkat,mkdir"
)
_SHAPE = re.compile(r"([a-z]+)[0-9]*\((.*)\) += ([0-9]+)(?:<.*>)?")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_HANDLE = re.compile(r"[0-9]+<((?:\\x[0-9a-f]{2})+)>")
_WRITES = {"write", "pwrite"}


class Call(NamedTuple):
    """What a process had the system do: its name, on which paths, with which content and at which place or size."""

    name: str
    paths: tuple[str, ...]
    content: bytes = b""
    number: int = 0


def can_trace() -> bool:
    """Say whether there is a strace, and whether it may trace."""
    found = shutil.which("strace")
    return bool(found) and not subprocess.run(["strace", "-qq", "true"], check=False).returncode


def traced(deed: str, folder: Path, *words: str) -> list[Call]:
    """Have a process of its own do a deed of `failures.traced`; return what it had the system do in that folder."""
    log = folder.with_name(f"{folder.name}.trace")
    command = ["strace", "-qq", "-y", "-xx", "-s", "1000000", "-e", f"trace={_CALLS}", "-o", str(log)]
    subprocess.run(
        [*command, sys.executable, "-m", "failures.traced", deed, str(folder), *words], check=True, cwd=TESTS
    )
    calls = [call for line in log.read_text("ascii").splitlines() if (call := _call(line))]
    return [call for call in calls if any(Path(path).is_relative_to(folder) for path in call.paths)]


def _call(line: str) -> Call | None:
    """Return what a line tells of a call; None for one that failed, or that only reads."""
    shape = _SHAPE.fullmatch(line)
    if not shape:
        return None
    name, words, answer = shape.groups()
    texts, handles = [_bytes(text) for text in _TEXT.findall(words)], (_bytes(text) for text in _HANDLE.findall(words))
    held, paths = (
        tuple(path.decode() for path in handles),
        tuple(text.decode() for text in texts if name not in _WRITES),
    )
    number = int(words.rpartition(", ")[2]) if name in {"pwrite", "ftruncate"} else -1
    match name:
        case "write" | "pwrite":
            return Call("write", held, texts[0][: int(answer)], number)
        case "ftruncate":
            return Call("cut", held, number=number)
        case "fsync" | "fdatasync":
            return Call("sync", held)
        case "open" | "openat":
            return Call("empty" if "O_TRUNC" in words else "make", paths) if "O_CREAT" in words else None
        case _:
            return Call(name.removesuffix("at"), paths)


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


class File:
    """A file: what it holds for certain, and what was done to it since; a folder is one without content."""

    def __init__(self, kept: bytes = b"", *, folder: bool = False) -> None:
        self.folder = folder
        self._kept, self._since = kept, list[tuple[int, bytes] | int]()

    def write(self, at: int, content: bytes) -> None:
        """Write at a place, or at the end where that is less than nothing."""
        self._since.append((at if at >= 0 else len(_after(self._kept, self._since)), content))

    def cut(self, size: int) -> None:
        """Make it as long as that."""
        self._since.append(size)

    def sync(self) -> None:
        """Have the disk keep what was done."""
        self._kept, self._since = _after(self._kept, self._since), []

    def found(self, chance: Chance) -> bytes:
        """Return what it holds if chance says of each sector whether it reached the disk."""
        pieces = (piece for each in self._since for piece in ([each] if isinstance(each, int) else _sectors(*each)))
        return _after(self._kept, [piece for piece in pieces if chance()])


def _sectors(at: int, content: bytes) -> Iterator[tuple[int, bytes]]:
    while content:
        size = SECTOR - at % SECTOR
        yield at, content[:size]
        at, content = at + size, content[size:]


def _after(kept: bytes, deeds: list[tuple[int, bytes] | int]) -> bytes:
    made = bytearray(kept)
    for each in deeds:
        at, content = (each, b"") if isinstance(each, int) else each
        made += bytes(max(0, at - len(made)))
        made[at : len(made) if isinstance(each, int) else at + len(content)] = content
    return bytes(made)


Names = dict[Path, File | None]
"""What paths name; None where nothing is there any more."""


class Disk:
    """A folder on a disk, as a process's calls change it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: Names = {folder: File(folder=True)}
        for path in folder.rglob("*"):
            self._kept[path] = File(folder=True) if path.is_dir() else File(path.read_bytes())
        self._now = dict(self._kept)
        self._since = list[Names]()  # each to be kept with the folder of the last of its names

    def take(self, call: Call) -> None:
        """Have a call done."""
        path = Path(call.paths[-1])
        file = self._now.get(path)
        if call.name in {"make", "empty"} and not file:
            self._name({path: File()})
        elif call.name in {"mkdir", "link", "rename", "unlink"}:
            self._rename(call.name, Path(call.paths[0]), path)
        elif file:
            self._change(call, path, file)

    def _rename(self, name: str, first: Path, path: Path) -> None:
        made = {"mkdir": File(folder=True), "unlink": None}
        names: Names = {first: None} if name == "rename" else {}
        names[path] = made.get(name, self._now.get(first))
        self._name(names)

    def _change(self, call: Call, path: Path, file: File) -> None:
        match call.name:
            case "empty":
                file.cut(0)
            case "write":
                file.write(call.number, call.content)
            case "cut":
                file.cut(call.number)
            case "sync":
                self._sync(path, file)

    def _name(self, names: Names) -> None:
        self._now |= names
        self._since.append(names)

    def _sync(self, path: Path, file: File) -> None:
        file.sync()
        if file.folder:
            for names in [each for each in self._since if [*each][-1].parent == path]:
                self._kept |= names
                self._since.remove(names)

    def found_at(self, folder: Path, named: Chance, written: Chance) -> None:
        """Write into another folder what this one holds if those say which names and contents reached the disk."""
        names: Names = dict(self._kept)
        for each in self._since:
            names |= each if named() else {}
        there = {self._folder.parent}
        for path, file in sorted(names.items()):
            if not file or path.parent not in there:
                continue
            there.add(path)
            copy = folder / path.relative_to(self._folder)
            if file.folder:
                copy.mkdir(exist_ok=True)
            else:
                copy.write_bytes(file.found(written))
