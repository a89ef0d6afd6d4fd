"""Empty stores for tests: in memory, or with `--store=postgres` schemas on a server of the tests' own."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import time
from functools import cache
from itertools import count
from pathlib import Path
from typing import Final

import psycopg
import pytest

from ipportal.store import MEMORY, Tables, postgres_pool
from ipportal.store.postgres import Postgres

ABSENT: Final = "There is no PostgreSQL: its tests did not run (Debian: apt install postgresql)."
PATIENCE: Final = 60  # seconds
# Ends the server when this process is gone, however it went: then nobody holds the other end of its input any more.
_GUARD: Final = '"$@" & cat >/dev/null; kill -INT $!; wait $!'
_OPTIONS: Final = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "jit=off")

chosen = "sqlite"  # which store the portals of this run are on
_servers: list[Server] = []
_free: list[str] = []
_lent: list[str] = []
_made: list[str] = []
_owned = count()


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs, or None where there is none."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    found = shutil.which("initdb")
    ordered = sorted(folders, key=lambda path: int(path.parent.name))
    return ordered[-1] if ordered else Path(found).resolve().parent if found else None


def needed() -> Path:
    """Return that folder, or skip the test; where nothing may be skipped, fail."""
    if found := programs():
        return found
    if "CI" in os.environ:
        pytest.fail(ABSENT)
    pytest.skip(ABSENT)


class Server:
    """A PostgreSQL server of one's own, on a socket in a folder of its own; it ends with this process."""

    def __init__(self, *options: str) -> None:
        self._programs = needed()
        self.folder = Path(tempfile.mkdtemp(prefix="ipportal-pg-"))
        self._options = (*_OPTIONS, f"unix_socket_directories={self.folder}", *options)
        # The server refuses to run as root.
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self.folder, self._user, self._user)
        words = ["-D", str(self.folder / "data"), "-A", "trust", "-U", "ipportal", "-E", "UTF8", "--locale=C", "-N"]
        self._run(str(self._programs / "initdb"), *words).check_returncode()
        self.start()
        atexit.register(self.remove)
        _servers.append(self)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = [word for option in self._options for word in ("-c", option)]
        command = [str(self._programs / "postgres"), "-D", str(self.folder / "data"), *settings]
        with (self.folder / "log").open("a") as log:
            self._process = subprocess.Popen(
                ["sh", "-c", _GUARD, "sh", *command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                user=self._user,
                group=self._user,
                extra_groups=[] if self._user else None,
                cwd=self.folder,
            )
        until = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.address()).close()
            except psycopg.OperationalError:
                assert time.monotonic() < until, (self.folder / "log").read_text()
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        """Stop it at once, whoever is connected."""
        self._process.communicate(timeout=PATIENCE)

    def crash(self) -> None:
        """Have it fall in the middle of whatever it does, so that it has to recover when it starts."""
        os.kill(int((self.folder / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
        self.stop()

    def remove(self) -> None:
        """Stop it and remove all that it kept."""
        if self._process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, schema: str = "") -> str:
        """Return the address of a store on it."""
        place = f"postgresql://ipportal:hush@/postgres?host={self.folder}"
        return f"{place}&schema={schema}" if schema else place

    def _run(self, *command: str) -> subprocess.CompletedProcess[bytes]:
        groups: list[str] | None = [] if self._user else None
        return subprocess.run(
            command, capture_output=True, check=False, user=self._user, group=self._user, extra_groups=groups
        )


@cache
def server() -> Server:
    """Return the server of this process, started when it is first asked for."""
    return Server()


def fresh(file: str = MEMORY) -> str:
    """Return where an empty store is until the end of the test: the file, unless the run is on PostgreSQL."""
    return lent() if chosen == "postgres" else file


def lent() -> str:
    """Return the address of an empty store on this process's server until the end of the test, prepared or not."""
    if not _free:
        _made.append(f"test{len(_made)}")
        _free.append(server().address(_made[-1]))
    _lent.append(_free.pop())
    return _lent[-1]


def twin(store: str) -> str:
    """Return the address of a copy of a store on this process's server, until the end of the test."""
    found = Postgres(lent())
    found.prepare()
    source = Postgres(store)
    pairs = [(table._name, Tables(source).by_name[name]._name) for name, table in Tables(found).by_name.items()]
    copied = [f"INSERT INTO {new} SELECT * FROM {old}" for new, old in pairs]
    counted = f"SELECT setval('{counter(found)}', last_value, is_called) FROM {counter(source)}"
    with psycopg.connect(server().address()) as conn:
        conn.execute("; ".join([*copied, counted]).encode())
    return _lent[-1]


def counter(backend: Postgres) -> str:
    """Return the name of the sequence that numbers a store's journal."""
    return f'{backend.schema}."journal_entry_sequence_seq"'


def own() -> str:
    """Return the address of an empty store on this process's server, for as long as this process lives."""
    return server().address(f"own{next(_owned)}")


@cache
def at(folder: Path) -> str:
    """Return where the portal of an instance folder keeps its store, for as long as this process lives."""
    return own() if chosen == "postgres" else str(folder / "portal.sqlite")


def take_back() -> None:
    """Empty the stores that were lent, for other tests: making one takes ten times as long."""
    while _lent:
        store = _lent.pop()
        _empty(store)
        _free.append(store)


def end() -> None:
    """Let go of every connection and server of this process."""
    postgres_pool.close()
    while _servers:
        _servers.pop().remove()


def _empty(store: str) -> None:
    """Remove the workspaces of a store, and all that its `main` holds."""
    main = Postgres(store)
    if not main.rows("SELECT 1 FROM information_schema.schemata WHERE schema_name = :base", {"base": main.base}):
        return
    for (name,) in main.rows(f"SELECT name FROM {main.portals} WHERE name <> 'main'", {}):
        Postgres(store, name).drop()
    tables = Tables(main)
    with tables.atomic():
        tables.clear()
        main.rows(f"SELECT setval('{counter(main)}', 1, false)", {})
