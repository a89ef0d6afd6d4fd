"""checkpoint, as a trainer types it: the guide's steps, and states of one's own."""

from __future__ import annotations

import codecs
import errno
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from ipportal.checkpoints import STEPS, Shelf
from ipportal.clock import HONG_KONG, RealClock
from ipportal.portal import MAIN
from ipportal.settings import LANGUAGES
from ipportal.wording import say

if TYPE_CHECKING:
    from cli.conftest import Terminal


def test_every_step_of_the_guide_is_listed_with_its_screen_and_its_person(terminal: Terminal) -> None:
    lines = [line.split() for line in terminal.run("checkpoint", "list").out.splitlines()]

    assert len(lines) == 23
    assert [line[0] for line in lines] == list(STEPS)
    assert ["register-10", "/register/confirm", "fresh-individual"] in lines


def test_opening_a_step_prints_a_link_into_a_workspace_of_its_own_with_what_to_type(terminal: Terminal) -> None:
    link, _, told = terminal.run("checkpoint", "open", "register-11").out.partition("\n")

    found = re.fullmatch("http://127.0.0.1:8080/w/(register-11-[0-9a-f]{6})/open/([A-Za-z0-9_-]{43})", link)
    assert found
    ticket = terminal.workspace(found[1]).tables.tickets.get(found[2])
    assert ticket
    assert ticket.path == "/register/confirm#basic_password"
    assert json.loads(told)["typed"]["basic_password"] == "31415926"


def test_a_pattern_puts_a_state_into_a_whole_class_with_a_link_for_each(terminal: Terminal) -> None:
    file = str(terminal.folder / "state.json")
    terminal.run("workspaces", "--create", "t1", "t2", "u1")
    terminal.run("checkpoint", "save", file, "--workspace", "u1")

    opened = terminal.run("checkpoint", "open", "register-11", "--workspace", "t*")
    restored = terminal.run("checkpoint", "restore", file, "--workspace", "t*")

    link = "({0})  http://127.0.0.1:8080/w/{0}/open/[A-Za-z0-9_-]{{43}}\n"
    both = link.format("t1") + link.format("t2")
    assert re.match(both + "{", opened.out)
    assert re.fullmatch(both, restored.out)
    assert terminal.run("checkpoint", "open", "register-11", "--workspace", "x*").code == 1
    assert terminal.run("checkpoint", "open", "mine", "--workspace", "t*").code == 1


def test_a_link_made_in_maintenance_hours_opens_after_them(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    sunday = datetime(2025, 3, 30, 5, 30, tzinfo=HONG_KONG)
    monkeypatch.setattr(RealClock, "now", lambda _: sunday)

    terminal.run("checkpoint", "open", "register-7", "--workspace", "new")

    assert terminal.workspace("new").stored_clock.reading() == (sunday.replace(hour=7, minute=0), "shifted")
    monkeypatch.setattr(RealClock, "now", lambda _: sunday.replace(hour=8))
    terminal.run("checkpoint", "open", "register-7", "--workspace", "late")
    assert terminal.workspace("late").stored_clock.reading()[1] == "real"


def test_a_state_of_real_time_that_is_restored_in_maintenance_hours_opens_and_one_that_stands_in_them_does_not(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    sunday, file = datetime(2025, 3, 30, 5, 30, tzinfo=HONG_KONG), str(terminal.folder / "state.json")
    monkeypatch.setattr(RealClock, "now", lambda _: sunday)
    terminal.run("checkpoint", "save", file)

    terminal.run("checkpoint", "restore", file, "--workspace", "open")

    assert terminal.workspace("open").stored_clock.reading() == (sunday.replace(hour=7, minute=0), "shifted")
    terminal.run("clock", "set", sunday.isoformat())
    terminal.run("checkpoint", "save", file)
    terminal.run("checkpoint", "restore", file, "--workspace", "closed")
    assert terminal.workspace("closed").stored_clock.reading() == (sunday, "frozen")


def test_a_state_travels_from_one_workspace_to_another_in_a_file(terminal: Terminal) -> None:
    terminal.run("workspaces", "--create", "from")
    terminal.workspace("from").accounts.tables.accounts.update("99000101", locked=True)
    file = str(terminal.folder / "state.json")

    saved = terminal.run("checkpoint", "save", file, "--workspace", "from")
    restored = terminal.run("checkpoint", "restore", file, "--workspace", "to")

    assert (saved.code, restored.code) == (0, 0)
    assert "/w/to/open/" in restored.out
    account = terminal.workspace("to").tables.accounts.get("99000101")
    assert account
    assert account.locked


def test_a_file_that_is_refused_is_told_by_its_name_with_the_place_where_it_is_wrong(terminal: Terminal) -> None:
    file = terminal.folder / "state.json"
    terminal.run("checkpoint", "save", str(file))
    saved = json.loads(file.read_text(encoding="utf-8"))
    twice = saved["tables"] | {"facts": saved["tables"]["facts"] * 2}
    wrong = [{"format": "another"}, saved | {"version": 0}, saved | {"more": 1}, saved | {"tables": twice}]
    told = []

    for text in ("{", *map(json.dumps, wrong)):
        file.write_text(text, encoding="utf-8")
        told.append(terminal.run("checkpoint", "restore", str(file)).err)

    assert told == [
        f"ipportal: The checkpoint file is not correct JSON. ({file})\n",
        f"ipportal: This is no checkpoint file. ({file})\n",
        f"ipportal: The checkpoint file is of another format version. ({file})\n",
        f"ipportal: The checkpoint file has other keys than it should. ({file})\n",
        f"ipportal: The checkpoint holds a key twice. ({file}: facts)\n",
    ]


def test_a_file_with_a_byte_order_mark_is_restored(terminal: Terminal) -> None:
    file = terminal.folder / "state.json"
    terminal.run("checkpoint", "save", str(file))
    file.write_bytes(codecs.BOM_UTF8 + file.read_bytes())

    assert terminal.run("checkpoint", "restore", str(file)).code == 0


def test_a_checkpoint_of_ones_own_is_listed_and_opened(terminal: Terminal) -> None:
    terminal.run("workspaces", "--create", "mine")
    Shelf(terminal.workspace("mine")).save("before-lunch")

    listed = terminal.run("checkpoint", "list", "--workspace", "mine").out
    opened = terminal.run("checkpoint", "open", "before-lunch", "--workspace", "mine")

    assert "before-lunch" in listed
    assert opened.code == 0
    assert "/w/mine/open/" in opened.out


def test_a_file_that_is_no_checkpoint_makes_no_workspace(terminal: Terminal) -> None:
    (terminal.folder / "state.json").write_text("[]")

    said = terminal.run("checkpoint", "restore", str(terminal.folder / "state.json"))

    assert said.code == 1
    assert "no checkpoint file" in said.err
    assert terminal.house().names() == ["main"]


def test_a_state_is_saved_wholly_or_not_at_all_and_for_its_owner_alone(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = terminal.folder / "lessons" / "state.json"
    file.parent.mkdir()
    terminal.run("checkpoint", "save", str(file))
    before = file.read_bytes()
    monkeypatch.setattr(os, "fsync", full)

    said = terminal.run("checkpoint", "save", str(file))

    assert (said.code, said.err) == (1, f"ipportal: The file {file} cannot be used: No space left on device\n")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (before, 0o600)
    assert [*file.parent.iterdir()] == [file]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_said_whose_state_was_saved_and_where(terminal: Terminal, lang: str) -> None:
    file = str(terminal.folder / "state.json")

    said = terminal.run("checkpoint", "save", file, "--terminal-lang", lang)

    assert (said.code, said.out) == (0, say("cli.saved", lang, name=MAIN, file=file) + "\n")


def test_a_state_can_be_saved_to_what_is_no_file(terminal: Terminal) -> None:
    pipe = terminal.folder / "pipe"
    os.mkfifo(pipe)

    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_text)
        said = terminal.run("checkpoint", "save", str(pipe))

    assert (said.code, said.out) == (0, "")
    assert json.loads(read.result())["format"] == "ipportal-checkpoint"


def test_a_file_that_cannot_be_written_is_refused_by_name(terminal: Terminal) -> None:
    said = terminal.run("checkpoint", "save", str(terminal.folder / "nowhere" / "state.json"))

    assert said.code == 1
    assert "state.json" in said.err
