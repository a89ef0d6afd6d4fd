"""A setting that cannot be meant is refused at the start, by name and with a code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ipportal.settings import SettingError, load

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC = {"public": "yes", "access_password": "practice", "host": "192.0.2.1"}


def _refused(instance: Path, environ: dict[str, str] | None = None, /, **options: str) -> SettingError:
    with pytest.raises(SettingError) as refusal:
        load({"instance": str(instance)} | options, environ or {})
    return refusal.value


def test_an_unknown_option_is_refused_with_the_nearest_known_one(tmp_path: Path) -> None:
    found = _refused(tmp_path, prot="1")

    assert (found.code, found.figures) == ("unknown", {"name": "prot", "origin": "option", "nearest": "port"})


def test_an_unknown_variable_is_refused_with_the_nearest_known_one(tmp_path: Path) -> None:
    found = _refused(tmp_path, {"IPPORTAL_CAPCHA_MODE": "real"})

    assert found.code == "unknown"
    assert found.figures == {"name": "capcha_mode", "origin": "environment", "nearest": "captcha_mode"}


def test_an_unknown_name_in_the_file_is_refused_with_the_nearest_known_one(tmp_path: Path) -> None:
    (tmp_path / "ipportal.toml").write_text("threds = 4")

    found = _refused(tmp_path)

    assert found.code == "unknown"
    assert found.figures == {"name": "threds", "origin": str(tmp_path / "ipportal.toml"), "nearest": "threads"}


@pytest.mark.parametrize("name", ["IPPORTAL_", "IPPORTAL_ORIGINS", "IPPORTAL_ZZZZ", "IPPORTAL_URLS"])
def test_even_the_strangest_name_is_refused_with_some_known_one(tmp_path: Path, name: str) -> None:
    found = _refused(tmp_path, {name: "1"})

    assert found.code == "unknown"
    assert found.figures["nearest"]


def test_an_unknown_name_in_the_file_is_refused_even_where_an_option_would_win(tmp_path: Path) -> None:
    (tmp_path / "ipportal.toml").write_text("threds = 4")

    assert _refused(tmp_path, threads="8").figures["name"] == "threds"


def test_a_file_that_cannot_be_read_is_refused_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "ipportal.toml"
    path.write_bytes(b"# \xff")

    found = _refused(tmp_path)

    assert (found.code, found.figures) == ("file", {"path": str(path), "why": "UnicodeDecodeError"})


def test_a_folder_in_the_files_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ipportal.toml").mkdir()

    assert _refused(tmp_path).code == "file"


def test_the_file_cannot_move_the_instance_it_lies_in(tmp_path: Path) -> None:
    (tmp_path / "ipportal.toml").write_text('instance = "elsewhere"')

    found = _refused(tmp_path)

    assert (found.code, found.figures) == ("instance_in_file", {"path": str(tmp_path / "ipportal.toml")})


@pytest.mark.parametrize("text", ["", "2", "maybe", "truee", " yes"])
def test_a_flag_that_is_neither_yes_nor_no_is_refused(tmp_path: Path, text: str) -> None:
    found = _refused(tmp_path, public=text)

    assert (found.code, found.figures) == ("flag", {"name": "public"})


@pytest.mark.parametrize("text", ["", "-1", "65536", "8080 ", "8_080", "80.0", "1e3", "\uff11", "1000000", "x"])
def test_a_number_outside_its_range_or_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    found = _refused(tmp_path, port=text)

    assert (found.code, found.figures) == ("number", {"name": "port", "least": 0, "most": 65535})


@pytest.mark.parametrize("text", ["3", "16"])
def test_a_cost_of_hashing_beyond_its_limits_is_refused(tmp_path: Path, text: str) -> None:
    assert _refused(tmp_path, bcrypt_cost=text).figures == {"name": "bcrypt_cost", "least": 4, "most": 15}


@pytest.mark.parametrize("text", ["4", "15"])
def test_a_cost_of_hashing_at_its_limits_is_accepted(tmp_path: Path, text: str) -> None:
    assert load({"instance": str(tmp_path), "bcrypt_cost": text}, {}).bcrypt_cost == int(text)


@pytest.mark.parametrize("text", ["0", "10001"])
def test_an_assumed_figure_is_at_least_one_and_at_most_ten_thousand(tmp_path: Path, text: str) -> None:
    found = _refused(tmp_path, session_hours=text)

    assert (found.code, found.figures) == ("number", {"name": "session_hours", "least": 1, "most": 10_000})


@pytest.mark.parametrize("text", ["", "zh", "EN", "zh-hant"])
def test_a_word_outside_its_list_is_refused_with_the_list(tmp_path: Path, text: str) -> None:
    found = _refused(tmp_path, lang=text)

    assert (found.code, found.figures) == ("word", {"name": "lang", "options": "zh-Hant | en | zh-Hans"})


def test_a_text_that_the_file_gives_as_a_number_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ipportal.toml").write_text("access_password = 12345678")

    found = _refused(tmp_path)

    assert (found.code, found.figures) == ("word", {"name": "access_password", "options": "text"})


def test_a_text_that_the_environment_gives_in_another_coding_than_utf_8_is_refused(tmp_path: Path) -> None:
    found = _refused(tmp_path, captcha_mode="seeded", captcha_seed="\udcff")

    assert (found.code, found.figures) == ("word", {"name": "captcha_seed", "options": "text"})


@pytest.mark.parametrize("seed", ["s" * 81, "\0"])
def test_a_seed_that_no_store_keeps_is_refused(tmp_path: Path, seed: str) -> None:
    assert _refused(tmp_path, captcha_seed=seed).figures == {"name": "captcha_seed", "most": 80}


@pytest.mark.parametrize(
    "text", ["2025-06-01", "+2025-6-1", "*2025-06-01", "+2025-02-30", "+20250601", "+\uff12025-06-01"]
)
def test_a_holiday_without_a_sign_or_that_is_no_day_is_refused(tmp_path: Path, text: str) -> None:
    found = _refused(tmp_path, holidays=f"+2025-12-25,{text}")

    assert (found.code, found.figures) == ("holiday", {"name": "holidays", "value": text})


@pytest.mark.parametrize("host", ["192.0.2.1", "0.0.0.0", "desk.test", "127.0.0.1.evil.test", "1127.0.0.1"])
def test_another_machine_may_reach_the_portal_only_when_it_is_public(tmp_path: Path, host: str) -> None:
    found = _refused(tmp_path, host=host)

    assert (found.code, found.figures) == ("host_needs_public", {"host": host})


@pytest.mark.parametrize("password", ["", "seven77"])
def test_a_public_portal_needs_an_access_password_of_eight(tmp_path: Path, password: str) -> None:
    assert _refused(tmp_path, **PUBLIC | {"access_password": password}).code == "public_needs_password"


def test_a_public_portal_needs_the_real_captcha(tmp_path: Path) -> None:
    assert _refused(tmp_path, **PUBLIC, captcha_mode="fixed", captcha_word="ABC123").code == "public_needs_real_captcha"


def test_a_public_portal_needs_a_safe_cost(tmp_path: Path) -> None:
    found = _refused(tmp_path, **PUBLIC, bcrypt_cost="9")

    assert (found.code, found.figures) == ("public_needs_cost", {"least": 10})


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_portal_on_every_address_needs_the_names_it_is_reached_by(tmp_path: Path, host: str) -> None:
    found = _refused(tmp_path, **PUBLIC | {"host": host})

    assert (found.code, found.figures) == ("public_needs_hosts", {"host": host})
    assert load({"instance": str(tmp_path)} | PUBLIC | {"host": host, "trusted_hosts": "desk.test"}, {}).host == host


@pytest.mark.parametrize("word", ["", "ABC12", "ABC1234", "abc123", "ABC 12", "ABC12\n", "\uff21BC123"])
def test_a_fixed_captcha_needs_its_six_characters(tmp_path: Path, word: str) -> None:
    assert _refused(tmp_path, captcha_mode="fixed", captcha_word=word).code == "captcha_word"


def test_a_word_for_a_captcha_that_is_not_fixed_is_refused(tmp_path: Path) -> None:
    assert _refused(tmp_path, captcha_word="ABC123").code == "captcha_word"


def test_a_fixed_captcha_with_its_word_is_accepted(tmp_path: Path) -> None:
    found = load({"instance": str(tmp_path), "captcha_mode": "fixed", "captcha_word": "ABC123"}, {})

    assert (found.captcha_mode, found.captcha_word) == ("fixed", "ABC123")


def test_changed_settings_are_refused_like_any_other_combination(tmp_path: Path) -> None:
    settings = load({"instance": str(tmp_path)}, {})

    with pytest.raises(SettingError) as refusal:
        replace(settings, host="192.0.2.1")

    assert refusal.value.code == "host_needs_public"
