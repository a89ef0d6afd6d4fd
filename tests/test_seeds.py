"""A scenario is hashed once for a cost, kept in the instance folder, and put into any store as if made now."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import MINE, NOON, PEOPLE, hash_runs, new_portal

from ipportal import seeds
from ipportal.clock import EARLIEST
from ipportal.people import DEFAULT, EMPTY, INLINE, parse, read

if TYPE_CHECKING:
    from pathlib import Path

    from ipportal.people import Scenario
    from ipportal.settings import Settings

SCENARIO = parse(INLINE, MINE)
SOMEONE = 'last_login = "2025-03-28T10:33:31+08:00"\n'


@pytest.fixture(autouse=True)
def new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeds, "_made", {})


def settings(folder: Path, **more: object) -> Settings:
    """Return settings whose store is a file, so that images are kept for other processes."""
    return replace(new_portal().settings, instance=folder, store=str(folder / "portal.sqlite"), **more)  # type: ignore[arg-type]


def hashed(scenario: Scenario, wanted: Settings, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many hashes an image cost."""
    runs = hash_runs(monkeypatch)
    seeds.image(scenario, wanted)
    return len(runs)


def images(folder: Path) -> list[Path]:
    return sorted((folder / "images").iterdir())


def test_an_image_is_made_once_in_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = hashed(SCENARIO, new_portal(instance=tmp_path).settings, monkeypatch)

    again = hashed(SCENARIO, new_portal(instance=tmp_path).settings, monkeypatch)

    assert (first, again) == (3, 0)
    assert [*tmp_path.iterdir()] == []


def test_an_instance_folder_that_has_gone_is_not_made_anew_for_an_image(tmp_path: Path) -> None:
    made = seeds.image(SCENARIO, settings(tmp_path / "gone"))

    assert made["accounts"]
    assert [*tmp_path.iterdir()] == []


def test_an_image_is_kept_privately_for_other_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = seeds.image(SCENARIO, settings(tmp_path))
    seeds._made.clear()

    again = hashed(SCENARIO, settings(tmp_path), monkeypatch)

    assert again == 0
    assert seeds.image(SCENARIO, settings(tmp_path)) == made
    (kept,) = images(tmp_path)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_another_text_or_cost_has_another_image(tmp_path: Path) -> None:
    seeds.image(SCENARIO, settings(tmp_path))

    seeds.image(parse(INLINE, MINE + SOMEONE), settings(tmp_path))
    seeds.image(SCENARIO, settings(tmp_path, bcrypt_cost=5))

    assert len(images(tmp_path)) == 3


def test_another_layout_of_the_store_has_another_image(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds.image(SCENARIO, settings(tmp_path))
    monkeypatch.setattr(seeds, "columns", lambda _: ["another"])
    monkeypatch.setattr(seeds, "_make", lambda *_: {"accounts": []})

    seeds.image(SCENARIO, settings(tmp_path))

    assert len(images(tmp_path)) == 2


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"null", b"[]", b"{}"])
def test_an_image_that_cannot_be_read_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    made = seeds.image(SCENARIO, settings(tmp_path))
    (kept,) = images(tmp_path)
    kept.write_bytes(content)
    seeds._made.clear()

    again = hashed(SCENARIO, settings(tmp_path), monkeypatch)

    assert again == 3
    assert seeds.image(SCENARIO, settings(tmp_path)).keys() == made.keys()


def test_a_folder_that_cannot_be_written_to_costs_only_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "images").write_text("a file in the way")

    assert hashed(SCENARIO, settings(tmp_path), monkeypatch) == 3
    assert (tmp_path / "images").read_text() == "a file in the way"


def test_a_disk_that_fills_up_leaves_no_half_image(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    made = seeds.image(SCENARIO, settings(tmp_path))

    assert made["accounts"]
    assert images(tmp_path) == []


def test_no_password_stands_in_an_image(tmp_path: Path) -> None:
    seeds.image(read(DEFAULT), settings(tmp_path))

    (kept,) = images(tmp_path)

    text = kept.read_text(encoding="utf-8")
    secrets = {each for person in PEOPLE.values() for each in (person.basic_password, person.internet_password) if each}
    assert [secret for secret in secrets if secret in text] == []
    assert os.access(kept, os.R_OK)


def test_the_empty_scenario_has_nobody_and_costs_no_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hashed(read(EMPTY), settings(tmp_path), monkeypatch) == 0
    assert not any(seeds.image(read(EMPTY), settings(tmp_path)).values())


def test_moments_that_depend_on_the_day_are_of_the_day_on_which_an_image_is_put() -> None:
    portal = new_portal()
    rows = seeds.image(read(DEFAULT), portal.settings)

    with portal.tables.atomic():
        seeds.put(portal.tables, rows)
        seeds.date(portal.tables, NOON, 30)

    (held,) = portal.tables.cancelled_ids.where()
    assert held.free_at == NOON + timedelta(days=30)
    due = portal.tables.users.get("longtin6")
    assert due
    assert (due.registered_at, due.last_login_at) == (NOON, None)
    assert portal.tables.users.where(registered_at=EARLIEST) == []


def test_who_signed_in_before_was_registered_by_then() -> None:
    portal = new_portal()
    rows = seeds.image(parse(INLINE, MINE + SOMEONE), portal.settings)

    with portal.tables.atomic():
        seeds.put(portal.tables, rows)
        seeds.date(portal.tables, NOON, 30)

    (user,) = portal.tables.users.where()
    assert user.registered_at == user.last_login_at == NOON.replace(day=28, hour=10, minute=33, second=31)


def test_of_many_texts_only_the_newest_images_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeds, "_MOST", 2)

    for number in range(4):
        seeds.image(parse(INLINE, MINE.replace("ZZ99", f"ZZ9{number}")), settings(tmp_path))

    assert len(images(tmp_path)) == len(seeds._made) == 2
