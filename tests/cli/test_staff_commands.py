"""unlock, reissue, free, suspend, resume and captcha, as a trainer types them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ipportal.portal import MAIN
from ipportal.settings import LANGUAGES

if TYPE_CHECKING:
    from cli.conftest import Terminal

NOON = "2025-03-31T12:00:00+08:00"
SUNDAY = "2025-03-30T06:30:00+08:00"


@pytest.fixture(params=[MAIN, "amy"])
def where(request: pytest.FixtureRequest, terminal: Terminal) -> tuple[str, ...]:
    """The options that name a workspace at noon; `main` needs none."""
    options = () if request.param == MAIN else ("--workspace", request.param)
    if options:
        terminal.run("workspaces", "--create", request.param)
    terminal.run("clock", "set", NOON, *options)
    return options


def workspace(where: tuple[str, ...]) -> str:
    return where[1] if where else MAIN


@pytest.mark.parametrize("name", ["LOCKED14", "locked14"])
def test_a_locked_internet_user_id_is_unlocked(terminal: Terminal, where: tuple[str, ...], name: str) -> None:
    before = terminal.workspace(workspace(where)).tables.users.get("locked14")

    said = terminal.run("unlock", name, *where)

    after = terminal.workspace(workspace(where)).tables.users.get("locked14")
    assert before
    assert after
    assert (before.locked, after.locked, after.failed_tries) == (True, False, 0)
    assert (said.code, said.out) == (0, f"{name} is unlocked. Wrong tries are counted from the start.\n")


def test_a_locked_account_is_unlocked_in_its_own_workspace_alone(terminal: Terminal) -> None:
    terminal.run("workspaces", "--create", "amy")

    terminal.run("unlock", "99001515", "--workspace", "amy")

    accounts = [terminal.workspace(name).tables.accounts.get("99001515") for name in (MAIN, "amy")]
    assert [each.locked for each in accounts if each] == [True, False]


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


def test_an_id_that_nobody_has_is_refused_by_its_name(terminal: Terminal) -> None:
    said = terminal.run("unlock", "NOBODY01")

    assert (said.code, said.err) == (1, "ipportal: There is no Internet user ID and no account NOBODY01.\n")


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


@pytest.mark.parametrize(
    ("command", "words"),
    [("reissue", "There is no such account."), ("free", "There is no such Internet user ID.")],
)
def test_what_nobody_has_is_neither_issued_nor_freed(terminal: Terminal, command: str, words: str) -> None:
    said = terminal.run(command, "NOBODY01")

    assert (said.code, said.out, said.err) == (1, "", f"ipportal: {words}\n")


@pytest.mark.parametrize(
    ("span", "opens"), [("30", "12:30:00"), ("30m", "12:30:00"), ("1h30m", "13:30:00"), ("90s", "12:01:30")]
)
def test_a_suspension_begins_now_and_is_ended(
    terminal: Terminal, where: tuple[str, ...], span: str, opens: str
) -> None:
    begun = terminal.run("suspend", span, *where)
    closed = terminal.workspace(workspace(where)).standing().portal.suspension
    ended = terminal.run("resume", *where)

    assert (begun.code, begun.out) == (0, f"Suspended until 2025-03-31T{opens}+08:00.\n")
    assert closed
    assert closed.start.isoformat() == NOON
    assert (ended.code, ended.out) == (0, "There is no suspension now, and the portal is open.\n")
    assert terminal.workspace(workspace(where)).standing().portal.suspension is None


def test_maintenance_hours_outlast_a_suspension_that_ends_in_them(terminal: Terminal) -> None:
    terminal.run("clock", "set", SUNDAY)

    said = [terminal.run("suspend", "10").out, terminal.run("resume").out]

    assert said == [
        "Suspended until 2025-03-30T07:00:00+08:00.\n",
        "There is no suspension now, but maintenance hours until 2025-03-30T07:00:00+08:00.\n",
    ]


@pytest.mark.parametrize("span", ["0", "-5", "-5m", "0m", "soon", "", "999999999", "99999d"])
def test_a_suspension_that_could_not_be_is_refused(terminal: Terminal, span: str) -> None:
    said = terminal.run("suspend", span)

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("ipportal: ")
    assert terminal.workspace(MAIN).standing().portal.suspension is None


@pytest.mark.parametrize(
    ("words", "mode", "word"),
    [(("reveal",), "reveal", ""), (("fixed", "ABC234"), "fixed", "ABC234"), (("always_wrong",), "always_wrong", "")],
)
def test_another_captcha_mode_is_chosen(
    terminal: Terminal, where: tuple[str, ...], words: tuple[str, ...], mode: str, word: str
) -> None:
    said = terminal.run("captcha", *words, *where)

    settings = terminal.workspace(workspace(where)).standing().portal.settings
    assert (settings.captcha_mode, settings.captcha_word) == (mode, word)
    assert (said.code, said.out) == (0, f"From the next picture on, the CAPTCHA mode is {mode}.\n")


def test_a_word_that_was_chosen_once_is_kept_for_the_next_time(terminal: Terminal) -> None:
    for words in (("fixed", "ABC234"), ("real",), ("fixed",)):
        terminal.run("captcha", *words)

    assert terminal.workspace(MAIN).standing().portal.settings.captcha_word == "ABC234"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("fixed",), 1, "needs a word of six"),
        (("fixed", "abc234"), 2, "needs a word of six"),
        (("reveal", "ABC234"), 2, "needs a word of six"),
        (("open",), 2, "choose from"),
        (
            ("reveal", "--public", "--access-password", "long enough", "--bcrypt-cost", "10"),
            1,
            "A public server keeps to the mode real.",
        ),
    ],
)
def test_a_captcha_mode_that_cannot_be_is_refused(
    terminal: Terminal, words: tuple[str, ...], code: int, told: str
) -> None:
    said = terminal.run("captcha", *words)

    assert said.code == code
    assert told in said.err
    assert terminal.workspace(MAIN).tables.facts.get("captcha") is None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "words", [("unlock", "LOCKED14"), ("unlock", "NOBODY01"), ("suspend", "30"), ("suspend", "0"), ("resume",)]
)
def test_a_trainer_is_answered_in_the_terminals_language(terminal: Terminal, words: tuple[str, ...], lang: str) -> None:
    said = terminal.run(*words, "--terminal-lang", lang)

    assert bool(re.search("[\u4e00-\u9fff]", said.out + said.err)) == (lang != "en")


@pytest.mark.parametrize("command", [("unlock", "LOCKED14"), ("suspend", "30"), ("resume",), ("captcha", "reveal")])
def test_a_workspace_that_is_not_there_is_refused(terminal: Terminal, command: tuple[str, ...]) -> None:
    said = terminal.run(*command, "--workspace", "nobody")

    assert said.code == 1
    assert "no such workspace" in said.err
