"""The verbs: insert, update, delete, get and where on a table; prepare, atomic and close on the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from . import schema
from .columns import columns, numbered, pack, revive, table_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from contextlib import AbstractContextManager

R = TypeVar("R", bound=schema.Record)


RETRY_SECONDS = 5  # after which it is worth to ask again


class Unavailable(Exception):
    """The store cannot be used now; `code` says how.

    One of busy, read_only, full, missing, foreign, damaged, unknown, schema, driver, fault.
    """

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(code)
        self.code, self.where = code, where


class Backend(Protocol):
    """What a database must offer to hold the tables."""

    def prepare(self, *, make: bool = ...) -> bool:
        """Create what is missing of the schema, once; return whether the store was new.

        Without *make*, raise `Unavailable` where there is no store.
        """
        ...

    def atomic(self) -> AbstractContextManager[None]:
        """Open a write transaction that nobody else can be in; nested blocks join it."""
        ...

    def rows(self, sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """Return the rows of a query, each the values of its columns."""
        ...

    def run(self, sql: str, values: Mapping[str, object]) -> int:
        """Run a statement and return how many rows it touched."""
        ...

    def run_many(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run a statement once for each row of values, which stand for its question marks."""
        ...

    def named(self, table: str) -> str:
        """Return a table's name as statements write it."""
        ...

    def count_on(self, table: str, column: str) -> None:
        """Have the numbers that the store gives in a column go on after those that the table holds."""
        ...

    def described(self) -> dict[str, str]:
        """Return what a terminal is told of the store: its `kind`, `where` it is, its `version`, and more."""
        ...

    def close(self) -> None:
        """Let go of this thread's connection."""
        ...


class Table(Generic[R]):
    """The rows of one record. Conditions are `column=value`, `column__after=…` or `column__before=…`."""

    def __init__(self, backend: Backend, record: type[R]) -> None:
        self._backend, self.record = backend, record
        self._name, self._columns = backend.named(table_name(record)), columns(record)
        self._all = ", ".join(self._columns)
        self._number = record.key[0] if numbered(record) else ""
        self._wheres: dict[tuple[str, ...], str] = {}  # the conditions asked for so far, as SQL

    def insert(self, record: R) -> None:
        """Add a row. A number that is the whole key and is 0 is given by the store."""
        given = {name: pack(getattr(record, name)) for name in self._columns}
        brought = self._number and given[self._number]
        if brought == 0:
            del given[self._number]
        names, marks = ", ".join(given), ", ".join(f":{name}" for name in given)
        self._backend.run(f"INSERT INTO {self._name} ({names}) VALUES ({marks})", given)
        if brought:
            self._backend.count_on(self._name, self._number)

    def update(self, *key: object, **changes: object) -> None:
        """Change columns of the row with that key; do nothing where there is none."""
        values = {name: pack(value) for name, value in changes.items()}
        sets = ", ".join(f"{self._columns[name].name} = :{name}" for name in values)
        where, more = self._by_key(key)
        self._backend.run(f"UPDATE {self._name} SET {sets}{where}", values | more)

    def delete(self, **conditions: object) -> int:
        """Remove the rows that match and return how many there were; without a condition, all."""
        where, values = self._matching(conditions)
        return self._backend.run(f"DELETE FROM {self._name}{where}", values)

    def get(self, *key: object) -> R | None:
        """Return the row with that key, or None."""
        where, values = self._by_key(key)
        found = self._backend.rows(f"SELECT {self._all} FROM {self._name}{where}", values)
        return revive(self.record, found[0]) if found else None

    def where(self, *, newest: int | None = None, **conditions: object) -> list[R]:
        """Return the rows that match, in order of their key; with *newest*, that many, the last key first."""
        where, values = self._matching(conditions)
        way = "" if newest is None else " DESC"
        order = ", ".join(f"{name}{way}" for name in self.record.key)
        limit = "" if newest is None else f" LIMIT {int(newest)}"
        asked = f"SELECT {self._all} FROM {self._name}{where} ORDER BY {order}{limit}"
        return [revive(self.record, row) for row in self._backend.rows(asked, values)]

    def dump(self, *, but: str = "") -> list[tuple[Any, ...]]:
        """Return every row as the database keeps it, in order of its key, the columns in the record's order.

        The row whose key is *but* is left out.
        """
        some = f" WHERE {self.record.key[0]} <> :but" if but else ""
        order = ", ".join(self.record.key)
        return self._backend.rows(f"SELECT {self._all} FROM {self._name}{some} ORDER BY {order}", {"but": but})

    def load(self, rows: Iterable[tuple[object, ...]]) -> None:
        """Add rows as `dump` returns them."""
        marks = ", ".join("?" * len(self._columns))
        self._backend.run_many(f"INSERT INTO {self._name} ({self._all}) VALUES ({marks})", rows)
        if self._number:
            self._backend.count_on(self._name, self._number)

    def _by_key(self, key: tuple[object, ...]) -> tuple[str, dict[str, object]]:
        return self._matching(dict(zip(self.record.key, key, strict=True)))

    def _matching(self, conditions: Mapping[str, object]) -> tuple[str, dict[str, object]]:
        values = {f"if_{number}": pack(value) for number, value in enumerate(conditions.values())}
        names = tuple(conditions)
        if names not in self._wheres:
            parts = [self._part(name, f"if_{number}") for number, name in enumerate(conditions)]
            self._wheres[names] = " WHERE " + " AND ".join(parts) if parts else ""
        return self._wheres[names], values

    def _part(self, condition: str, mark: str) -> str:
        name, _, relation = condition.partition("__")
        return f"{self._columns[name].name} {_RELATIONS[relation]} :{mark}"


class Tables:
    """The store: its tables by name, and the block in which to decide and write."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.atomic = backend.atomic
        self.facts = Table(backend, schema.Fact)
        self.accounts = Table(backend, schema.Account)
        self.past_passwords = Table(backend, schema.PastPassword)
        self.users = Table(backend, schema.User)
        self.links = Table(backend, schema.Link)
        self.cancelled_ids = Table(backend, schema.CancelledId)
        self.drafts = Table(backend, schema.Draft)
        self.challenges = Table(backend, schema.Challenge)
        self.sessions = Table(backend, schema.Session)
        self.notices = Table(backend, schema.Notice)
        self.notices_read = Table(backend, schema.NoticeRead)
        self.journal = Table(backend, schema.JournalEntry)
        self.tickets = Table(backend, schema.Ticket)
        self.checkpoints = Table(backend, schema.Checkpoint)

    @property
    def by_name(self) -> dict[str, Table[Any]]:
        """Return every table by its name here."""
        return {name: table for name, table in vars(self).items() if isinstance(table, Table)}

    def recall(self, name: str) -> dict[str, Any]:
        """Return the fact of that name, or {} where there is none."""
        fact = self.facts.get(name)
        return fact.value if fact else {}

    def remember(self, name: str, value: dict[str, Any]) -> None:
        """Keep a fact in place of an earlier one of that name."""
        with self.atomic():
            self.facts.delete(name=name)
            self.facts.insert(schema.Fact(name, value))

    def clear(self, but: Collection[str] = ()) -> None:
        """Remove every row of every table *but* the named ones, the store's facts included; call it in `atomic()`."""
        for name, table in self.by_name.items():
            if name not in but:
                table.delete()


_RELATIONS = {"": "=", "after": ">", "before": "<"}
