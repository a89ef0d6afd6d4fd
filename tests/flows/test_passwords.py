from __future__ import annotations

from typing import TYPE_CHECKING

import bcrypt
import pytest
from props import CHAN, at_confirm, at_details, hash_runs, signed_in, solved, told

from ipportal.flows.passwords import Gate, Hasher, gate

if TYPE_CHECKING:
    from ipportal.portal import Portal

SALT = "$2b$04$abcdefghijklmnopqrstuu"
CHEAP = Hasher(4)
DEARER = Hasher(5)


def test_a_hash_is_what_bcrypt_makes_of_the_secret() -> None:
    hashed = CHEAP.hash("Rehearse20251")

    assert hashed.startswith("$2b$04$")
    assert bcrypt.checkpw(b"Rehearse20251", hashed.encode())


def test_two_hashes_of_one_secret_have_different_salts() -> None:
    assert CHEAP.hash("31415926") != CHEAP.hash("31415926")


@pytest.mark.parametrize(("typed", "right"), [("31415926", True), ("31415927", False), ("", False), ("x" * 73, False)])
def test_only_the_secret_itself_has_its_hash(typed: str, *, right: bool) -> None:
    assert CHEAP.check(typed, CHEAP.hash("31415926")) == right


@pytest.mark.parametrize("hashed", [None, "", "no hash", "$2b$99$" + "." * 53])
def test_nothing_is_right_where_there_is_no_hash_to_match(hashed: str | None) -> None:
    assert not CHEAP.check("31415926", hashed)


@pytest.mark.parametrize("hashed", [None, "", SALT + "." * 31])
def test_a_check_costs_one_run_whether_there_is_a_hash_or_not(
    monkeypatch: pytest.MonkeyPatch, hashed: str | None
) -> None:
    runs = hash_runs(monkeypatch)

    CHEAP.check("31415926", hashed)

    assert runs == ["31415926"]


def test_the_dummy_run_is_as_dear_as_a_real_one(monkeypatch: pytest.MonkeyPatch) -> None:
    salts: list[str] = []

    def noted(_: str, salt: str) -> str:
        salts.append(salt)
        return ""

    monkeypatch.setattr(gate, "run", noted)

    DEARER.spend("31415926")

    assert [salt[:7] for salt in salts] == ["$2b$05$"]
    assert Gate().run("31415926", salts[0]).startswith(salts[0])


def test_a_new_password_is_compared_with_the_whole_history_in_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    current = CHEAP.hash("40000012")
    past = [CHEAP.like(f"422200{each:02}", current) for each in range(12)]
    runs = hash_runs(monkeypatch)

    new_hash, reused = CHEAP.renew("42220011", current, past)

    assert runs == ["42220011"]
    assert reused
    assert new_hash == past[11]


def test_a_dearer_cost_gives_a_new_salt_and_still_knows_the_old_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    current = CHEAP.hash("40000012")
    past = [CHEAP.like("42220001", current)]
    runs = hash_runs(monkeypatch)

    new_hash, reused = DEARER.renew("42220001", current, past)

    assert runs == ["42220001"] * 2
    assert reused
    assert new_hash.startswith("$2b$05$")
    assert DEARER.check("42220001", new_hash)


def test_after_a_dearer_cost_every_salt_of_the_history_is_tried() -> None:
    old = CHEAP.hash("42220001")
    current = DEARER.hash("40000012")

    new_hash, reused = DEARER.renew("42220001", current, [old])
    fresh_hash, fresh_reused = DEARER.renew("50000000", current, [old])

    assert (reused, fresh_reused) == (True, False)
    assert new_hash[:29] == fresh_hash[:29] == current[:29]


BAD_FOR_BCRYPT = ["31415926\0" + "31415926", "3" * 73, "3" * 4000, "31415926\0", "\0"]


@pytest.mark.parametrize("secret", BAD_FOR_BCRYPT)
def test_what_bcrypt_misreads_never_reaches_it_from_any_form(
    monkeypatch: pytest.MonkeyPatch, portal: Portal, secret: str
) -> None:
    details, confirm, visit = at_details(portal), at_confirm(portal), signed_in(portal, "registered-first-login-due")
    cancel, _ = portal.cancel.form("visit", _named("HoFung08", "Practice20258") | solved(portal, "visit"))
    runs = hash_runs(monkeypatch)
    twice = {"internet_password": secret, "internet_password_again": secret}
    basic = {"new_basic_password": secret, "new_basic_password_again": secret}

    outcomes = [
        portal.register.details(details, CHAN | twice | solved(portal, details)),
        portal.register.confirm(confirm, {"basic_password": secret}),
        portal.login.enter(_named("NimChi07", secret))[1],
        portal.basic_password.change(visit, basic | {"basic_password": secret} | solved(portal, visit))[1],
        portal.account.change_internet_password(
            portal.tables.sessions.where()[0], twice | {"current_internet_password": secret}
        )[1],
        portal.cancel.form("visit", _named("HoFung08", secret) | solved(portal, "visit"))[1],
        portal.cancel.confirm(cancel, {"basic_password": secret}),
    ]

    assert runs == []
    assert all(set(told(outcome).values()) <= {"length", "chars"} and outcome for outcome in outcomes)


def _named(internet_user_id: str, internet_password: str) -> dict[str, str]:
    return {"internet_user_id": internet_user_id, "internet_password": internet_password}
