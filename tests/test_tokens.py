"""The server's token is made once and kept privately; a workspace's own opens that one, and not its successor."""

from __future__ import annotations

import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from houses import house_at
from props import new_portal
from store.rows import PATIENCE

from ipportal.people import EMPTY, read
from ipportal.tokens import FILE, TokenError, server_token, workspace_of, workspace_token

if TYPE_CHECKING:
    from pathlib import Path

    from ipportal.settings import Settings

SHAPE = "ipp-[A-Za-z0-9_-]{43}"


def settings(folder: Path) -> Settings:
    return new_portal(instance=folder).settings


def test_the_first_start_makes_a_token_and_the_next_reads_it(tmp_path: Path) -> None:
    first = server_token(settings(tmp_path / "a" / "b"))

    assert re.fullmatch(SHAPE, first)
    assert server_token(settings(tmp_path / "a" / "b")) == first
    assert [each.name for each in (tmp_path / "a" / "b").iterdir()] == [FILE]
    assert stat.S_IMODE((tmp_path / "a" / "b" / FILE).stat().st_mode) == 0o600


def test_two_servers_have_two_tokens(tmp_path: Path) -> None:
    assert server_token(settings(tmp_path / "a")) != server_token(settings(tmp_path / "b"))


def test_of_many_first_starts_at_once_all_have_the_same_token(tmp_path: Path) -> None:
    start, wanted = Barrier(8), settings(tmp_path)

    def begin(_: int) -> str:
        start.wait(PATIENCE)
        return server_token(wanted)

    with ThreadPoolExecutor(8) as pool:
        tokens = set(pool.map(begin, range(8)))

    assert len(tokens) == 1
    assert [each.name for each in tmp_path.iterdir()] == [FILE]


def test_a_token_with_blanks_around_it_is_read_without_them(tmp_path: Path) -> None:
    made = server_token(settings(tmp_path))
    (tmp_path / FILE).write_text(f"  {made}\n\n")

    assert server_token(settings(tmp_path)) == made


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"secret",
        b"ipp-short",
        b"ipp-" + b"x" * 44,
        b"ipw.a." + b"0" * 64,
        b"\xff" * 47,
        b"ipp-" + b" " * 43,
    ],
)
def test_a_file_that_holds_something_else_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)

    with pytest.raises(TokenError) as refusal:
        server_token(settings(tmp_path))

    assert refusal.value.where == str(tmp_path / FILE)
    assert (tmp_path / FILE).read_bytes() == content


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()

    with pytest.raises(TokenError) as refusal:
        server_token(settings(tmp_path / "a file"))

    assert (refusal.value.where, refusal.value.why) == (str(tmp_path / "a file" / FILE), "Not a directory")


def test_a_server_whose_folder_has_gone_makes_no_other_token(tmp_path: Path) -> None:
    with pytest.raises(TokenError):
        server_token(settings(tmp_path / "gone"), first=False)

    assert not (tmp_path / "gone").exists()
    assert server_token(settings(tmp_path), first=False) == server_token(settings(tmp_path))


def test_a_token_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()

    with pytest.raises(TokenError):
        server_token(settings(tmp_path))


def test_a_disk_that_fills_up_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)

    with pytest.raises(TokenError):
        server_token(settings(tmp_path))


def test_a_workspaces_token_names_it_and_is_the_same_in_every_process(tmp_path: Path) -> None:
    token = workspace_token("ipp-a", house_at(tmp_path).create("class-3b", read(EMPTY)))

    assert re.fullmatch(r"ipw\.class-3b\.[0-9a-f]{64}", token)
    assert workspace_of(token) == "class-3b"
    assert workspace_token("ipp-a", house_at(tmp_path).get("class-3b")) == token


def test_another_server_or_workspace_has_another_token(tmp_path: Path) -> None:
    house = house_at(tmp_path)
    one, other = house.create("one", read(EMPTY)), house.create("other", read(EMPTY))

    proofs = {workspace_token(*each)[-64:] for each in (("ipp-a", one), ("ipp-a", other), ("ipp-b", one))}

    assert len(proofs) == 3


def test_a_reset_leaves_the_token_and_a_workspace_made_anew_has_another(tmp_path: Path) -> None:
    house = house_at(tmp_path)
    first = workspace_token("ipp-a", house.create("a", read(EMPTY)))

    house.reset(house.get("a"), read(EMPTY))
    after = workspace_token("ipp-a", house.get("a"))
    house.remove("a")

    assert after == first
    assert workspace_token("ipp-a", house.create("a", read(EMPTY))) != first


def test_mains_token_opens_main_though_it_has_no_birth() -> None:
    assert workspace_of(workspace_token("ipp-a", new_portal())) == "main"


@pytest.mark.parametrize(
    "token",
    [
        *("", "ipp-" + "x" * 43, "ipw.a", "ipw.a.", "ipw.a." + "0" * 63, "ipw.a." + "0" * 65, "ipw.A." + "0" * 64),
        *(
            "ipw.a." + "G" * 64,
            "ipw.a." + "0" * 64 + "\n",
            "ipw..." + "0" * 64,
            "ipw.a.b." + "0" * 64,
            "ipw./." + "0" * 64,
        ),
        *("ipw./." + "0" * 64, "ipw." + "x" * 41 + "." + "0" * 64, "xipw.a." + "0" * 64, "ipwxax" + "0" * 64),
    ],
)
def test_what_is_no_workspaces_token_names_none(token: str) -> None:
    assert workspace_of(token) == ""
