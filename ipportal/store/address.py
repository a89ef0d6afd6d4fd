"""The address of a database server: what may be shown of it, and the name of the portal's schema there."""

from __future__ import annotations

import re

_PLAIN = re.compile(
    "(postgres(?:ql)?://)"
    "(?:([A-Za-z0-9_.%-]+)(?::[^@/?#]*)?@)?"  # the user and the password
    "((?:[A-Za-z0-9_.%-]*(?::[0-9]+)?,?)*(?:/[A-Za-z0-9_.%-]*)?)"  # hosts and the database
    "(?:[?][^@]*)?"
)
_SCHEMA = re.compile("[?&]schema=([a-z][a-z0-9_]{0,19})(?=&|\\Z)")
SCHEMA = "ipportal"


def is_server(store: str) -> bool:
    """Say whether a store is on a server, rather than in a file."""
    return "://" in store


def shown(store: str) -> str:
    """Return where a store is, without the password and whatever else an address of a server may hold."""
    if not is_server(store):
        return store
    found = _PLAIN.fullmatch(store)
    if found is None:
        return f"{store.partition('://')[0][:20]}://…"
    scheme, user, place = found.groups()
    return f"{scheme}{user}@{place}" if user else f"{scheme}{place}"


def misnamed(store: str) -> bool:
    """Say whether `?schema=` names what can be no schema of the portal's."""
    return any(f"{mark}schema=" in store for mark in "?&") and not _SCHEMA.search(store)


def parted(store: str) -> tuple[str, str]:
    """Return the address as the driver takes it, and the schema that `?schema=` names."""
    found = _SCHEMA.search(store)
    if found is None:
        return store, SCHEMA
    rest = store[found.end() :]
    return store[: found.start()] + (f"?{rest[1:]}" if store[found.start()] == "?" and rest else rest), found[1]
