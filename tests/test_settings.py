"""A setting comes from an option, the environment, the file or its default, in that order."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ipportal.assets import default_instance
from ipportal.rules import ASSUMED, FIGURES
from ipportal.settings import KNOBS, Settings, default_of, load

if TYPE_CHECKING:
    from pathlib import Path


def _file(instance: Path, text: str) -> dict[str, str]:
    """Write the settings file and return the options that lead to it."""
    (instance / "ipportal.toml").write_text(text, encoding="utf-8")
    return {"instance": str(instance)}


def test_an_option_goes_before_the_environment_the_file_and_the_default(tmp_path: Path) -> None:
    options = _file(tmp_path, "port = 3\nthreads = 3\nprocesses = 3") | {"port": "1"}
    environ = {"IPPORTAL_PORT": "2", "IPPORTAL_THREADS": "2"}

    found = load(options, environ)

    assert (found.port, found.threads, found.processes, found.bcrypt_cost) == (1, 2, 3, 10)


def test_each_value_tells_where_it_came_from_and_a_default_tells_nothing(tmp_path: Path) -> None:
    options = _file(tmp_path, "port = 3\nthreads = 3\nprocesses = 3") | {"port": "1"}

    found = load(options, {"IPPORTAL_PORT": "2", "IPPORTAL_THREADS": "2"})

    assert found.origins == {
        "instance": "option",
        "port": "option",
        "threads": "environment",
        "processes": str(tmp_path / "ipportal.toml"),
    }


def test_the_file_is_sought_in_the_instance_that_the_environment_names(tmp_path: Path) -> None:
    _file(tmp_path, "port = 3")

    found = load({}, {"IPPORTAL_INSTANCE": str(tmp_path)})

    assert (found.instance, found.port) == (tmp_path, 3)


def test_the_instance_of_an_option_goes_before_that_of_the_environment(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    _file(tmp_path / "two", "port = 3")

    found = load(_file(tmp_path / "one", "port = 4"), {"IPPORTAL_INSTANCE": str(tmp_path / "two")})

    assert (found.instance, found.port) == (tmp_path / "one", 4)


def test_without_any_source_every_setting_has_its_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("ipportal.settings.default_instance", lambda: tmp_path)

    found = load({}, {})

    assert found == Settings(instance=tmp_path)
    assert found.origins == {}


def test_the_real_environment_is_read_when_none_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IPPORTAL_INSTANCE", str(tmp_path))
    monkeypatch.setenv("IPPORTAL_LANG", "zh-Hans")

    assert load().lang == "zh-Hans"


def test_the_names_of_the_test_kit_and_foreign_names_are_ignored(tmp_path: Path) -> None:
    environ = {"IPPORTAL_URL": "http://x", "IPPORTAL_TOKEN": "t", "PORT": "1", "MY_IPPORTAL_PORT": "1"}

    assert load({"instance": str(tmp_path)}, environ) == Settings(instance=tmp_path)


def test_the_store_lies_in_the_instance_unless_it_is_named(tmp_path: Path) -> None:
    options = {"instance": str(tmp_path)}

    assert load(options, {}).store == str(tmp_path / "portal.sqlite")
    assert load(options | {"store": ":memory:"}, {}).store == ":memory:"


def test_an_instance_may_be_relative_or_below_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))

    assert load({"instance": "desk"}, {}).instance == tmp_path / "desk"
    assert load({"instance": "~/desk"}, {}).instance == tmp_path / "home" / "desk"


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", True), ("true", True), ("YES", True), ("On", True), ("0", False), ("False", False), ("no", False)],
)
def test_a_flag_may_be_said_in_several_words(tmp_path: Path, text: str, value: object) -> None:
    found = load({"instance": str(tmp_path), "access_password": "practice"}, {"IPPORTAL_PUBLIC": text})

    assert found.public is value


def test_the_file_may_use_the_types_of_its_language(tmp_path: Path) -> None:
    text = 'public = true\naccess_password = "practice"\nport = 9000\ntrusted_hosts = ["a.test", " b.test "]'

    found = load(_file(tmp_path, text), {})

    assert (found.public, found.port, found.trusted_hosts) == (True, 9000, ("a.test", "b.test"))


def test_a_list_is_parted_at_commas_and_empty_parts_are_dropped(tmp_path: Path) -> None:
    found = load({"instance": str(tmp_path), "trusted_hosts": "a.test, b.test,,"}, {})

    assert found.trusted_hosts == ("a.test", "b.test")


def test_the_holidays_setting_adds_and_strikes_days(tmp_path: Path) -> None:
    found = load({"instance": str(tmp_path), "holidays": "+2025-06-01, -2025-07-01"}, {})

    assert found.holiday_changes == {date(2025, 6, 1): True, date(2025, 7, 1): False}


@pytest.mark.parametrize(
    ("more", "hosts"),
    [
        ({}, ["127.0.0.1", "localhost"]),
        ({"host": "127.0.0.7"}, ["127.0.0.1", "localhost", "127.0.0.7"]),
        ({"host": "localhost", "trusted_hosts": "Desk.test"}, ["127.0.0.1", "localhost", "desk.test"]),
        (
            {"host": "192.0.2.1", "public": "1", "access_password": "practice", "trusted_hosts": "desk.test"},
            ["127.0.0.1", "localhost", "192.0.2.1", "desk.test"],
        ),
    ],
)
def test_requests_may_carry_the_names_of_this_machine_and_the_trusted_ones(
    tmp_path: Path, more: dict[str, str], hosts: list[str]
) -> None:
    assert load({"instance": str(tmp_path)} | more, {}).hosts == hosts


def test_every_assumed_figure_is_a_setting_with_the_same_default() -> None:
    assert {figure.name: default_of(figure.name) for figure in FIGURES if figure.source == ASSUMED} == {
        figure.name: figure.value for figure in FIGURES if figure.source == ASSUMED
    }


def test_the_figures_in_force_are_the_settings_where_assumed_and_the_guides_elsewhere(tmp_path: Path) -> None:
    found = load({"instance": str(tmp_path), "login_tries": "2"}, {}).figures

    assert found == {figure.name: figure.value for figure in FIGURES} | {"login_tries": 2}


def test_every_setting_but_the_origins_is_listed_and_has_a_default() -> None:
    assert {knob.name for knob in KNOBS} == {knob.name for knob in fields(Settings)} - {"origins"}
    assert default_of("instance") == default_instance()
    assert default_of("port") == 8080


def test_a_printed_setting_shows_no_access_password(tmp_path: Path) -> None:
    found = load({"instance": str(tmp_path), "access_password": "practice-secret"}, {})

    assert "practice-secret" not in repr(found)


def test_changed_settings_keep_the_rest_and_leave_the_first_alone(tmp_path: Path) -> None:
    first = load({"instance": str(tmp_path), "port": "9000"}, {})

    second = replace(first, draft_minutes=1)

    assert (second.draft_minutes, second.port, second.store) == (1, 9000, first.store)
    assert first.draft_minutes == 30


def test_a_seed_may_be_as_long_as_a_store_keeps(tmp_path: Path) -> None:
    assert load({"instance": str(tmp_path), "captcha_seed": "s" * 80}, {}).captcha_seed == "s" * 80


@pytest.mark.parametrize(("written", "seed"), [("5", "5"), ("-1", "-1"), ("0x1F", "31"), ('"05"', "05")])
def test_a_seed_that_the_file_has_as_a_number_is_meant_as_its_digits(tmp_path: Path, written: str, seed: str) -> None:
    (tmp_path / "ipportal.toml").write_text(f"captcha_seed = {written}")

    assert load({"instance": str(tmp_path)}, {}).captcha_seed == seed
