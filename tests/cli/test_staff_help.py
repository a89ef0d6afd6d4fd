"""reissue, free, and what is done to a whole class at once, as a trainer types it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from cli.conftest import NOON, workspace

from ipportal.clock import iso, parse_moment
from ipportal.portal import MAIN
from ipportal.settings import LANGUAGES

if TYPE_CHECKING:
    from cli.conftest import Terminal


def test_a_forgotten_basic_password_is_issued_anew(terminal: Terminal, where: tuple[str, ...]) -> None:
    said = terminal.run("reissue", "99000101", *where)

    password = re.fullmatch(
        r"The basic password of 99000101 is ([0-9]{8}) now\. The next logon must change it\.\n", said.out
    )
    assert password, said
    portal = terminal.workspace(workspace(where))
    account = portal.tables.accounts.get("99000101")
    assert account
    assert account.issued
    assert portal.staff.hasher.check(password[1], account.basic_password_hash)


def test_that_of_a_linked_account_is_changed_on_a_page_as_no_logon_forces_it(terminal: Terminal) -> None:
    said = [terminal.run("reissue", account).out for account in ("99000801", "99000803")]

    assert [line.partition(" now. ")[2] for line in said] == [
        "The next logon must change it.\n",
        "It is a linked account, so no logon forces the change: it is made on the page Internet Account Information.\n",
    ]


def test_a_basic_password_that_is_issued_while_the_account_is_locked_tells_so_and_the_overview_too(
    terminal: Terminal,
) -> None:
    terminal.workspace(MAIN).tables.accounts.update("99000101", locked=True, failed_tries=3)

    said = terminal.run("reissue", "99000101")

    assert said.out.endswith(" It is still locked: ipportal unlock 99000101\n")
    assert " 99000101 " in terminal.run("class", MAIN).out


def test_who_has_forgotten_the_internet_password_can_register_anew(terminal: Terminal, where: tuple[str, ...]) -> None:
    portal = terminal.workspace(workspace(where))
    held = [account.basic_user_id for account in portal.login.accounts.linked("nimchi07")]

    said = terminal.run("free", "nimchi07", *where)

    assert (said.code, said.out) == (
        0,
        f"NimChi07 is taken away. Its accounts can be registered anew at once: {', '.join(held)}.\n",
    )
    assert held
    assert portal.tables.users.get("nimchi07") is None
    assert portal.tables.cancelled_ids.get("nimchi07") is None
    assert not [each for each in held if portal.tables.links.get(each)]


def test_an_id_that_is_kept_back_after_its_cancellation_is_released(terminal: Terminal, where: tuple[str, ...]) -> None:
    portal = terminal.workspace(workspace(where))
    held = portal.tables.cancelled_ids.get("gone0016")
    assert held

    said = [terminal.run(*words, "gone0016", *where) for words in (["unlock"], ["free"], ["free"])]

    assert [each.code for each in said] == [1, 0, 1]
    assert said[0].err == (
        f"ipportal: gone0016 was cancelled, and is kept back until {iso(held.free_at)}. "
        "To release it at once: ipportal free gone0016\n"
    )
    assert said[1].out == "gone0016 was cancelled and kept back. It is released, and can be registered anew at once.\n"
    assert said[2].err.startswith("ipportal: There is no Internet user ID gone0016.")
    assert portal.tables.cancelled_ids.get("gone0016") is None


def test_an_id_whose_time_of_being_kept_back_is_over_is_nobodys(terminal: Terminal) -> None:
    terminal.workspace(MAIN).tables.cancelled_ids.update("gone0016", free_at=parse_moment(NOON))

    said = [terminal.run(command, "GONE0016").err for command in ("unlock", "free")]

    assert [line.partition(".")[0] for line in said] == [
        "ipportal: There is no Internet user ID and no account GONE0016",
        "ipportal: There is no Internet user ID GONE0016",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_told_of_a_cancelled_id_is_in_the_terminals_language(terminal: Terminal, lang: str) -> None:
    said = [terminal.run(command, "GONE0016", "--terminal-lang", lang) for command in ("unlock", "free")]

    assert [bool(re.search("[\u4e00-\u9fff]", each.out + each.err)) for each in said] == [lang != "en"] * 2


@pytest.mark.parametrize(
    ("command", "name", "words"),
    [
        ("reissue", "NimChi07", "There is no account NimChi07. reissue takes a basic user ID, which has 8 digits."),
        (
            "free",
            "99000707",
            "There is no Internet user ID 99000707. free takes an Internet user ID, not a basic user ID.",
        ),
    ],
)
def test_what_nobody_has_is_neither_issued_nor_freed(terminal: Terminal, command: str, name: str, words: str) -> None:
    said = terminal.run(command, name)

    assert (said.code, said.out, said.err) == (1, "", f"ipportal: {words}\n")


def test_an_id_that_was_not_locked_is_told_with_what_of_its_holder_is(terminal: Terminal) -> None:
    terminal.workspace(MAIN).staff.lock_account("99000707")

    said = [terminal.run("unlock", name).out for name in ("NimChi07", "99000707", "NimChi07")]

    assert said == [
        (
            "NimChi07 was not locked. Wrong tries are counted from the start. "
            "Still locked, of the same holder: 99000707. Unlock that too.\n"
        ),
        "99000707 is unlocked. Wrong tries are counted from the start.\n",
        "NimChi07 was not locked. Wrong tries are counted from the start.\n",
    ]


def test_a_class_is_helped_at_once(terminal: Terminal) -> None:
    terminal.run("workspaces", "--create", "t1", "t2", "u1")
    terminal.run("clock", "set", NOON, "--workspace", "t?")

    done = [
        terminal.run(*words, "--workspace", "t*")
        for words in (("clock",), ("suspend", "30"), ("captcha", "reveal"), ("captcha",), ("unlock", "NOBODY01"))
    ]

    assert [said.out.splitlines() for said in done] == [
        [f"t1  {NOON} frozen", f"t2  {NOON} frozen"],
        [f"{name}  Suspended until 2025-03-31T12:30:00+08:00." for name in ("t1", "t2")],
        [f"{name}  From the next picture on, the CAPTCHA mode is reveal." for name in ("t1", "t2")],
        [f"{name}  The CAPTCHA mode is reveal." for name in ("t1", "t2")],
        [],
    ]
    assert [said.code for said in done] == [0, 0, 0, 0, 1]
    assert [line.split()[1] for line in done[-1].err.splitlines()] == ["t1", "t2"]
    assert terminal.workspace("u1").standing().portal.suspension is None
    assert terminal.run("reset", "--workspace", "t*").out.count("Restored scenario") == 2
    assert terminal.run("reset", "--workspace", "x*").code == 1
