"""TOML of a user's: a fault is told by its place, and a byte order mark, as editors of Windows write it, is none."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest

from ipportal import people
from ipportal.settings import SettingError, load
from ipportal.toml import NoToml, parse

if TYPE_CHECKING:
    from pathlib import Path

FAULTS = [("port =", 1, 7), ("port = 1\nport = 2", 2, 9), ('port = 1\nlang = "', 2, 9), ("port = 1\n[", 2, 2)]


@pytest.mark.parametrize(("text", "line", "column"), FAULTS)
def test_a_fault_is_told_by_line_and_column(text: str, line: int, column: int) -> None:
    with pytest.raises(NoToml) as refused:
        parse(text)

    assert (refused.value.line, refused.value.column) == (line, column)


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize(("text", "line", "column"), FAULTS)
def test_settings_that_are_no_toml_are_refused_by_place(
    tmp_path: Path, mark: bytes, text: str, line: int, column: int
) -> None:
    path = tmp_path / "ipportal.toml"
    path.write_bytes(mark + text.encode())

    with pytest.raises(SettingError) as refused:
        load({"instance": str(tmp_path)}, {})

    assert refused.value.code == "toml"
    assert refused.value.figures == {"path": str(path), "line": line, "column": column}


def test_settings_with_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    (tmp_path / "ipportal.toml").write_bytes(codecs.BOM_UTF8 + b"port = 5001")

    assert load({"instance": str(tmp_path)}, {}).port == 5001


def test_a_scenario_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(codecs.BOM_UTF8 + b'now = "2025-04-01T23:00:00+08:00"')

    assert people.read(str(path)).stage.now
    assert people.parse(people.INLINE, path.read_text(encoding="utf-8")).text.startswith("now")
