"""Files that are wholly there or not at all, and that the power may go after."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNFINISHED = ".*.new"
"""The names under which files are written, as a pattern: a process that is killed leaves one behind."""


def add(path: Path, content: bytes) -> bool:
    """Make a file that only its owner may read, and its folder; return False where there is one already."""
    with _written(path, content) as new:
        try:
            os.link(new, path)  # unlike a rename, it never replaces another
        except FileExistsError:
            return False
    sync(path.parent)
    return True


def put(path: Path, content: bytes) -> None:
    """Make a file as `add` does, in the place of another if there is one."""
    with _written(path, content) as new:
        new.replace(path)
    sync(path.parent)


def remove(path: Path) -> bool:
    """Remove a file; return whether it was there."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    sync(path.parent)
    return True


def make_folder(folder: Path) -> None:
    """Make a folder and those that it lies in, where they are missing."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync(folder.parent)


def sync(folder: Path) -> None:
    """Have the disk keep which files are in a folder; only POSIX systems need to be told, or can be."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _written(path: Path, content: bytes) -> Iterator[Path]:
    """Yield a file beside the path that holds the content for certain; after the block it is gone."""
    make_folder(path.parent)
    new = path.with_name(f".{secrets.token_hex(8)}.new")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield new
    finally:
        with suppress(OSError):
            new.unlink()
