"""Pages, style and the instance folder are found in a checkout and in an installed wheel."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from ipportal import assets

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "somewhere" / "ipportal"
    found.mkdir(parents=True)
    monkeypatch.setattr(assets, "_PACKAGE", found)
    return found


@pytest.mark.parametrize("name", ["templates", "static"])
def test_an_installed_package_carries_its_folders_inside(package: Path, name: str) -> None:
    (package / name).mkdir()
    (package.parent / name).mkdir()

    assert assets.folder(name) == package / name


@pytest.mark.parametrize("name", ["templates", "static"])
def test_a_checkout_has_its_folders_beside_the_package(package: Path, name: str) -> None:
    assert assets.folder(name) == package.parent / name


def test_a_file_of_the_folders_name_is_not_taken_for_the_folder(package: Path) -> None:
    (package / "static").write_text("")

    assert assets.folder("static") == package.parent / "static"


def test_a_checkout_keeps_its_instance_beside_the_package(package: Path) -> None:
    (package.parent / "pyproject.toml").write_text("")

    assert assets.default_instance() == package.parent / "instance"


@pytest.mark.usefixtures("package")
def test_an_installed_package_keeps_its_instance_under_the_prefix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "venv"))

    assert assets.default_instance() == tmp_path / "venv" / "var" / "ipportal-instance"


def test_the_real_package_is_where_python_found_it() -> None:
    assert (assets._PACKAGE / "assets.py").is_file()
