"""What PostgreSQL cannot do, as the store says it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from .tables import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

CODES = {
    "08": "missing",  # connection
    "22": "",  # a value that does not fit is a bug
    "23": "",  # and so is a broken key
    "25006": "read_only",
    "25P03": "busy",  # idle in a transaction
    "3D": "missing",  # no such database
    "3F": "missing",  # no such schema: the workspace was removed
    "40": "busy",  # overtaken by another transaction
    "42501": "read_only",  # privileges
    "42P01": "missing",  # no such table
    "42P07": "foreign",  # a table of that name, which is not ours
    "42": "",
    "53100": "full",
    "53": "busy",  # memory, connections
    "55P03": "busy",  # lock_timeout
    "57014": "busy",  # statement_timeout
    "57P": "missing",  # the server is stopping or starting
    "XX001": "damaged",
    "XX002": "damaged",
}
"""What the store says of an SQLSTATE, by the longest of these that it begins with; nothing of a bug."""

OVERTAKEN = ("40001", "40P01")
MADE_MEANWHILE = (*OVERTAKEN, "23505", "42P06", "42P07")


def code_of(fault: psycopg.Error) -> str:
    """Return the code of `Unavailable` for what the database says, or "" for a bug of ours."""
    state = fault.sqlstate
    if state is None:  # said by the driver: the connection was lost, or a value cannot be sent
        return "missing" if isinstance(fault, psycopg.OperationalError) else ""
    known = [start for start in CODES if state.startswith(start)]
    return CODES[max(known)] if known else "fault"  # the longest: the others are its beginnings


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn what the database itself cannot do into `Unavailable`; a misuse or a broken rule stays a bug."""
    try:
        yield
    except psycopg.Error as fault:
        if code := code_of(fault):
            raise Unavailable(code, where) from fault
        raise
