"""The wheel carries everything, and a page comes from it far from the checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATIENCE = 300
VISIT = """
import sys
sys.path.insert(0, sys.argv[1])
import ipportal
from ipportal.cli import main
from ipportal.settings import load

assert ipportal.__file__.startswith(sys.argv[1]), ipportal.__file__
assert not str(load({}, {}).instance).startswith(sys.argv[1])
assert main(["accounts"]) == 0
assert main(["clock", "set", "2025-03-31T12:00+08:00"]) == 0
app = ipportal.create_app()
client = app.test_client()
for path in ("/", "/practice", "/practice/rules", "/login", "/static/portal.css", "/static/portal.js", "/nowhere"):
    answer = client.get(path)
    assert answer.status_code == (404 if path == "/nowhere" else 200), path
    assert "/static/" in path or b'data-testid="banner"' in answer.data, path
    answer.close()
app.extensions["ipportal"].main.close()
print("visited")
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    words = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run([sys.executable, *words], check=True, capture_output=True, timeout=PATIENCE)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_carries_pages_static_files_wording_and_the_scenario(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        carried = set(archive.namelist())

    wanted = {f"ipportal/{path.relative_to(ROOT)}" for path in (ROOT / "templates").rglob("*.html")}
    wanted |= {f"ipportal/{path.relative_to(ROOT)}" for path in (ROOT / "static").rglob("*") if path.is_file()}
    source = (ROOT / "ipportal").rglob("*")
    wanted |= {str(path.relative_to(ROOT)) for path in source if path.suffix in {".py", ".toml"}}
    assert wanted - carried == set()


def test_the_wheel_carries_no_test_no_store_and_no_setting(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        carried = archive.namelist()

    assert not [name for name in carried if name.endswith((".sqlite", ".pyc")) or "tests" in name or "instance" in name]
    assert {name.partition("/")[0].partition("-")[0] for name in carried} == {"ipportal"}


def test_an_installed_wheel_gives_its_pages_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    words = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site), str(wheel)]
    subprocess.run([sys.executable, *words], check=True, capture_output=True, timeout=PATIENCE)
    settings = {"IPPORTAL_INSTANCE": str(tmp_path / "instance"), "IPPORTAL_BCRYPT_COST": "4"}

    done = subprocess.run(
        [sys.executable, "-c", VISIT, str(site)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        cwd=tmp_path,
        env=settings,
    )

    assert done.stdout.endswith("visited\n"), done.stderr
