"""What the scenes share: a portal in memory, the practice accounts, and short ways to a screen."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from stores import fresh

from ipportal.clock import HONG_KONG
from ipportal.flows.passwords import gate
from ipportal.people import DEFAULT, Person, read
from ipportal.portal import Portal, assemble
from ipportal.settings import Settings
from ipportal.store import Table, Tables, is_server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from ipportal.flows import Problems
    from ipportal.store.schema import Account, Challenge, Draft, Session, User

NOON: Final = datetime(2025, 3, 31, 12, 0, tzinfo=HONG_KONG)
SECOND: Final = timedelta(seconds=1)
WORD: Final = "PASS12"
PEOPLE: Final[dict[str, Person]] = {person.key: person for person in read(DEFAULT).people}

CHAN: Final = {
    "basic_user_id": "99000101",
    "identity_prefix": "ZA12",
    "internet_user_id": "LokShan1",
    "internet_password": "Rehearse20251",
    "internet_password_again": "Rehearse20251",
}
"""What fresh-individual types at `/register/details`, but for the CAPTCHA."""

MINE: Final = """[[people]]
key = "mine"
situation = { "zh-Hant" = "練習", en = "practice", "zh-Hans" = "练习" }
names = { "zh-Hant" = "某", en = "Somebody", "zh-Hans" = "某" }
account_kind = "personal"
identity_prefix = "ZZ99"
basic_user_ids = ["99100001", "99100002"]
basic_password = "12121212"
internet_user_id = "MINE0001"
internet_password = "Practice20251"
"""


def new_portal(store: str = "", **settings: Any) -> Portal:
    """Return an empty portal at noon, with cheap hashes and a CAPTCHA that always reads PASS12."""
    plain = Settings(store=store or fresh(), bcrypt_cost=4, captcha_mode="fixed", captcha_word=WORD)
    # On a server workspaces are schemas there.
    plain = plain if is_server(plain.store) else replace(plain, workspaces="memory")
    portal = assemble(replace(plain, **settings))
    portal.tables.backend.prepare()
    return portal.at(NOON)


def shared(portal: Portal) -> Portal:
    """Return the portal on the clock of its store, which `ipportal clock` moves."""
    return replace(portal, clock=portal.stored_clock)


def scenario_file(folder: Path, text: str) -> str:
    (path := folder / "class.toml").write_text(text, encoding="utf-8")
    return str(path)


def tables_of(portal: Portal) -> dict[str, Table[Any]]:
    return {name: table for name, table in vars(portal.tables).items() if isinstance(table, Table)}


def copy(source: Tables, target: Tables) -> None:
    """Put every row of one store into another."""
    with target.atomic():
        for name, table in source.by_name.items():
            if rows := table.dump():
                target.by_name[name].load(rows)


def dump(portal: Portal, *names: str) -> str:
    """Return every word in the named tables, or in all."""
    rows = [
        asdict(row) for name, table in tables_of(portal).items() if name in (names or [name]) for row in table.where()
    ]
    return json.dumps(rows, ensure_ascii=False, default=str)


def told(problems: Problems) -> dict[str, str]:
    """Return the refusals as field and code."""
    return {field: problem.code for field, problem in problems.items()}


def journalled(portal: Portal) -> list[tuple[str, str, str, str]]:
    """Return the journal as step, outcome, reason and account."""
    return [(each.step, each.outcome, each.reason, each.account) for each in portal.journal.entries()]


def last(portal: Portal) -> tuple[str, str, str, str]:
    """Return the newest entry of the journal."""
    return journalled(portal)[-1]


def account(portal: Portal, basic_user_id: str) -> Account:
    found = portal.tables.accounts.get(basic_user_id)
    assert found
    return found


def user(portal: Portal, internet_user_id: str) -> User:
    found = portal.tables.users.get(internet_user_id.lower())
    assert found
    return found


def session(portal: Portal, session_id: str) -> Session:
    """Return the session's row, whether it lives or not."""
    found = portal.tables.sessions.get(session_id)
    assert found
    return found


def draft(portal: Portal, draft_id: str) -> Draft:
    found = portal.tables.drafts.get(draft_id)
    assert found
    return found


def challenge(portal: Portal, captcha_id: str) -> Challenge:
    found = portal.tables.challenges.get(captcha_id)
    assert found
    return found


def solved(portal: Portal, owner: str) -> dict[str, str]:
    """Return the right answer to a new CAPTCHA."""
    return {"captcha_id": portal.captcha.issue(owner), "captcha": WORD}


def agreed(portal: Portal) -> str:
    """Return a registration whose terms were accepted."""
    draft_id, _ = portal.register.terms({"agree": "yes"})
    assert draft_id
    return draft_id


def at_details(portal: Portal, kind: str = "personal") -> str:
    """Return a registration that waits for its details."""
    draft_id = agreed(portal)
    assert portal.register.kind(draft_id, {"account_kind": kind}) == {}
    return draft_id


def at_confirm(portal: Portal, **typed: str) -> str:
    """Return fresh-individual's registration, or with *typed* another's, that waits for its confirmation."""
    draft_id = at_details(portal)
    assert portal.register.details(draft_id, CHAN | typed | solved(portal, draft_id)) == {}
    return draft_id


def signed_in(portal: Portal, key: str) -> str:
    """Return a new session of a practice account."""
    person = PEOPLE[key]
    typed = {"internet_user_id": person.internet_user_id or "", "internet_password": person.internet_password or ""}
    session_id, problems = portal.login.enter(typed)
    assert session_id, problems
    return session_id


def hash_runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by the secret of every hash run."""
    secrets: list[str] = []
    run = gate.run

    def counted(secret: str, salt: str) -> str:
        secrets.append(secret)
        return run(secret, salt)

    monkeypatch.setattr(gate, "run", counted)
    return secrets


def meanwhile(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> None:
    """Let something happen once, right after the next hash run: between looking and deciding."""
    run, waiting = gate.run, [deed]

    def interrupted(secret: str, salt: str) -> str:
        found = run(secret, salt)
        if waiting:
            waiting.pop()()
        return found

    monkeypatch.setattr(gate, "run", interrupted)
