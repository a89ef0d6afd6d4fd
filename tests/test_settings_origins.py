"""A wrong value is refused with its setting and where it came from: option, variable or file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ipportal.settings import SettingError, load

if TYPE_CHECKING:
    from pathlib import Path


def _refused(instance: Path, environ: dict[str, str], **options: str) -> SettingError:
    with pytest.raises(SettingError) as refusal:
        load({"instance": str(instance)} | options, environ)
    return refusal.value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("port", "x"),
        ("public", "maybe"),
        ("lang", "fr"),
        ("holidays", "2025-12-24"),
        ("captcha_word", "ABC123"),
        ("captcha_seed", "s" * 81),
        ("public_url", "https://portal.example/a"),
        ("trusted_hosts", "a b"),
        ("trusted_hosts", "hkex.com.hk"),
        ("public_url", "https://hkex.com.hk"),
    ],
)
def test_a_wrong_value_knows_its_setting_and_where_it_came_from(tmp_path: Path, name: str, text: str) -> None:
    by_option = _refused(tmp_path, {f"IPPORTAL_{name.upper()}": "overruled"}, **{name: text})
    by_variable = _refused(tmp_path, {f"IPPORTAL_{name.upper()}": text})
    (tmp_path / "ipportal.toml").write_text(f'{name} = "{text}"')
    by_file = _refused(tmp_path, {})

    assert [each.figures["name"] for each in (by_option, by_variable, by_file)] == [name] * 3
    told = [each.origin for each in (by_option, by_variable, by_file)]
    assert told == ["option", "environment", str(tmp_path / "ipportal.toml")]


def test_a_combination_that_cannot_be_meant_is_no_single_values_fault(tmp_path: Path) -> None:
    assert not _refused(tmp_path, {"IPPORTAL_HOST": "192.0.2.1"}).origin


@pytest.mark.parametrize("seed", ["true", "1.5", "[5]", f"0x{'f' * 4000}"])
def test_a_seed_that_is_neither_text_nor_a_whole_number_that_can_be_written_out_is_refused(
    tmp_path: Path, seed: str
) -> None:
    (tmp_path / "ipportal.toml").write_text(f"captcha_seed = {seed}")

    assert _refused(tmp_path, {}).figures == {"name": "captcha_seed", "options": "text"}
