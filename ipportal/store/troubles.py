"""What SQLite cannot do, as the store says it."""

from __future__ import annotations

import errno
import sqlite3

from .tables import Unavailable

_BUGS = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)
CODES = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_READONLY_DBMOVED: "missing",  # removed since it was opened
    sqlite3.SQLITE_CANTOPEN: "missing",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_NOTADB: "foreign",
    sqlite3.SQLITE_CORRUPT: "damaged",
}

_FILES = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
}


def unusable(fault: OSError, where: str) -> OSError | Unavailable:
    """Return what a file's fault means for a store that is to be kept there; any other fault stays what it is."""
    code = _FILES.get(fault.errno or 0)
    return Unavailable(code, where) if code else fault


class translated:  # noqa: N801 - read as `with translated(path):`
    """Turns what the database itself cannot do into `Unavailable`; a misuse or a broken rule stays a bug."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Begin to look."""

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> None:
        """Raise `Unavailable` in place of a fault of the database."""
        if isinstance(fault, sqlite3.Error) and not isinstance(fault, _BUGS):
            code = getattr(fault, "sqlite_errorcode", 0)
            raise Unavailable(CODES.get(code) or CODES.get(code & 0xFF, "fault"), self._path) from fault
