"""What a request costs beyond hashing and drawing, beside Flask-Security's sign-up, set up as its manual has it."""

from __future__ import annotations

import re
import time
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

import bcrypt
from bench import alone
from bench.report import Finding, ratio
from bench.walk import INTERNET_PASSWORD, Ask, Visitor
from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore
from flask_security.models import fsqla_v3
from flask_sqlalchemy import SQLAlchemy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BATCH = 20  # users of a round
_TOKEN = re.compile('name="csrf_token"[^>]* value="([^"]+)"')


class Sent(Ask):
    """A request of its own kind of form, which leads on with another status than the portal's."""

    @property
    def wanted(self) -> int:
        return 200 if self.typed is None else 302


def beyond(folder: Path) -> Finding:
    """What does a request cost beside a rival's?"""
    finding = Finding(
        "What does a request cost beyond hashing and drawing?",
        "Processor time at cost 4, no server, of one request of the journey without hashing and drawing; beside one "
        "of Flask-Security's sign-up (the form, then its answer) on SQLAlchemy and SQLite, without its one hash.",
    )
    walk, sign_up = alone.walker(alone.opened(folder / "portal", 4, alone.FEW_ACCOUNTS)), signer(folder / "rival")

    def ours() -> float:
        return (alone.seconds(walk, 10) - alone.seconds(partial(alone.floor, 4, alone.painted), 10)) / alone.REQUESTS

    def theirs() -> float:
        return sum(sign_up() for _ in range(BATCH)) / BATCH / 2

    one, other, times = ratio(alone.ROUNDS, ours, theirs)
    finding.row("a request of the journey; of the sign-up", f"{one * 1000:.2f}; {other * 1000:.2f} ms")
    finding.row("journey ÷ sign-up", f"{times:.2f}", "≤ 0.75")
    finding.bar("ipportal", one, f"{one * 1000:.2f} ms")
    finding.bar("Flask-Security", other, f"{other * 1000:.2f} ms")
    return finding


def signer(folder: Path) -> Callable[[], float]:
    """Return what signs ever new users up, the form and its answer, and tells the processor time without the hash."""
    app, free = _app(folder), count()

    def sign_up() -> float:
        visitor = Visitor(app)
        began = time.process_time()
        page = visitor.ask(Sent("/register")).decode()
        found = _TOKEN.search(page)
        assert found, page
        typed = {"email": f"u{next(free)}@example.com", "password": INTERNET_PASSWORD}
        visitor.ask(Sent("/register", typed | {"password_confirm": INTERNET_PASSWORD, "csrf_token": found[1]}))
        taken = time.process_time() - began
        began = time.process_time()
        bcrypt.hashpw(INTERNET_PASSWORD.encode(), bcrypt.gensalt(4))
        return taken - (time.process_time() - began)

    sign_up()
    return sign_up


def _app(folder: Path) -> Flask:
    folder.mkdir(parents=True, exist_ok=True)
    app = Flask("rival", instance_path=str(folder))
    app.config.update(
        SECRET_KEY="of this run",
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SECURITY_PASSWORD_HASH="bcrypt",
        SECURITY_PASSWORD_HASH_OPTIONS={"bcrypt": {"rounds": 4}},
        SECURITY_PASSWORD_SALT="of this run",
        SECURITY_REGISTERABLE=True,
        SECURITY_SEND_REGISTER_EMAIL=False,
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'rival.sqlite'}",
    )
    db: Any = SQLAlchemy(app)
    fsqla_v3.FsModels.set_db_info(db)
    role = type("Role", (db.Model, fsqla_v3.FsRoleMixin), {})
    user = type("User", (db.Model, fsqla_v3.FsUserMixin), {})
    Security(app, SQLAlchemyUserDatastore(db, user, role))
    with app.app_context():
        db.create_all()
    return app
