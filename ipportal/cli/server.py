"""`ipportal serve`: gunicorn with threads where processes can fork, waitress elsewhere."""

from __future__ import annotations

import errno
import gc
import math
import os
import shlex
import shutil
import signal
import socket
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__, log
from ..app import create_app
from ..clock import iso
from ..portal import SCENARIO, assemble
from ..scenarios import DEFAULT, fill
from ..store import MEMORY
from ..store.clock import told
from ..tokens import server_token
from ..turns import cores
from ..wording import say
from . import beside
from .chosen import together
from .wire import HEADER_BYTES, have_waitress_refuse

if TYPE_CHECKING:
    from flask import Flask

    from ..portal import Portal
    from ..settings import Settings

_BACKLOG = 1024


def run(settings: Settings) -> int:
    """Run the portal until it is told to stop."""
    lang = settings.terminal_lang
    portal = assemble(settings)
    if scenario := fill(portal):
        _print(say("cli.seeded", lang, scenario=scenario.name, people=len(scenario.people)))
    try:
        listener = _listen(settings)
    except (OSError, TypeError, UnicodeError) as fault:  # of a name that can be none Python has more kinds
        return _unusable(settings, fault)
    app = create_app(portal=portal)
    if settings.control:
        server_token(settings)
    port = listener.getsockname()[1]
    lines = _greeting(portal, port)
    portal.close()
    log.keep()
    with beside.told(settings, port):
        if settings.server == "gunicorn" or (settings.server == "auto" and hasattr(os, "fork")):
            _gunicorn(app, settings, listener, lines)
        else:
            _waitress(app, settings, listener, lines)
    return 0


def _listen(settings: Settings) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((settings.host, settings.port))
    listener.listen(_BACKLOG)
    return listener


def _unusable(settings: Settings, fault: Exception) -> int:
    lang, where = settings.terminal_lang, {"host": settings.host, "port": settings.port}
    if getattr(fault, "errno", None) == errno.EADDRINUSE:
        sentence = say("cli.port_in_use", lang, **where)
    else:
        why = getattr(fault, "strerror", None) or type(fault).__name__
        sentence = say("cli.address_unusable", lang, **where, why=why)
    sys.stderr.write(f"ipportal: {sentence}\n")
    return 1


def _greeting(portal: Portal, port: int) -> list[str]:
    """Return the lines that say where the portal is, what time it has, and how safe it is."""
    settings, lang = portal.settings, portal.settings.terminal_lang
    address = f"{beside.address_at(settings, port)}/"
    safety = [say(f"cli.safety.{'public' if settings.public else 'loopback'}", lang)]
    if settings.captcha_mode == "fixed":
        safety.append(say("cli.safety.fixed", lang, word=settings.captcha_word))
    store = portal.tables.backend.described()
    facts = {
        "address": address,
        "practice": f"{address}practice",
        "control": f"{address}_control/v1" if settings.control else say("cli.none", lang),
        "clock.label": told(portal.stored_clock),
        "store.label": say(f"cli.store_is.{store.pop('kind')}", lang, **store),
        "safety.label": together(lang, *safety),
    }
    lines = [say("cli.ready", lang, version=__version__)]
    lines += [say("cli.line", lang, label=say(f"cli.{name}", lang), value=value) for name, value in facts.items()]
    kept = portal.tables.recall(SCENARIO).get("name", DEFAULT)
    if kept != settings.scenario:
        lines.append(say("cli.other_scenario", lang, kept=kept, wanted=settings.scenario))
    moment = portal.clock.now()
    if closure := portal.calendar.closed(moment):
        minutes = math.ceil((closure.end - moment) / timedelta(minutes=1))
        lines.append(say("cli.closed_now", lang, opens=iso(closure.end), minutes=minutes, command=typed()))
    return [*lines, say("cli.stop", lang)]


def typed() -> str:
    """Return how one types the command that was started here: by its name alone where the PATH leads to this one."""
    started = Path(sys.argv[0])
    if Path(shutil.which("ipportal") or "").resolve() == started.resolve():
        return "ipportal"
    if started.name == "__main__.py":
        return f"{shlex.quote(sys.executable)} -m ipportal"
    return shlex.quote(str(started))


def _gunicorn(app: Flask, settings: Settings, listener: socket.socket, lines: list[str]) -> None:
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 - there is none where processes cannot fork
    from gunicorn.arbiter import Arbiter  # noqa: PLC0415 - as above

    from .system import a_core_each, die_with_parent  # noqa: PLC0415 - nobody else needs it

    # What is in memory is known to one process only.
    in_memory = MEMORY in {settings.store, f":{settings.workspaces}:"}
    processes = 1 if in_memory else settings.processes or len(cores())
    ends = {signal.SIGINT, signal.SIGQUIT, signal.SIGTERM}

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn is not typed
        def load_config(self) -> None:
            chosen: dict[str, Any] = {
                "bind": f"fd://{listener.fileno()}",
                "control_socket_disable": True,
                "graceful_timeout": 10,
                "loglevel": "error",
                "post_fork": lambda _arbiter, _worker: die_with_parent(),
                "post_worker_init": lambda _worker: signal.pthread_sigmask(signal.SIG_UNBLOCK, ends),
                "proc_name": "ipportal",
                "threads": settings.threads,
                "when_ready": lambda _arbiter: _print("\n".join(lines)),
                "worker_class": "ipportal.cli.worker.Worker",
                "worker_connections": _BACKLOG,
                "workers": processes,
            }
            for name, value in chosen.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return app

    class Forking(Arbiter):  # type: ignore[misc]  # as above
        def spawn_worker(self) -> int:
            """Fork; a worker that is told to stop before it listens to signals would not hear it, and be waited for."""
            signal.pthread_sigmask(signal.SIG_BLOCK, ends)
            try:
                with a_core_each(self.WORKERS, processes):
                    return int(super().spawn_worker())
            finally:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, ends)

    gc.collect()
    gc.freeze()  # what all processes share stays shared
    Forking(Server()).run()


def _waitress(app: Flask, settings: Settings, listener: socket.socket, lines: list[str]) -> None:
    from waitress.server import create_server  # noqa: PLC0415 - not needed beside gunicorn

    from ..checkpoints.files import LARGEST  # noqa: PLC0415 - as above

    have_waitress_refuse()
    server = create_server(
        app,
        sockets=[listener],
        threads=settings.threads,
        connection_limit=_BACKLOG,
        ident=None,
        max_request_body_size=LARGEST,
        max_request_header_size=HEADER_BYTES * 4,
    )
    for end in (signal.SIGINT, signal.SIGTERM):  # a shell has what it runs in the background ignore the first
        signal.signal(end, lambda *_: sys.exit(0))
    _print("\n".join(lines))
    server.run()


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
