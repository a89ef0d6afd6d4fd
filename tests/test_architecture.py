"""The house is as its plan says: each feature in every layer, nothing banned, nothing broken."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest
from jinja2 import Environment

from ipportal import assets

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ipportal"
STEMS = ("register", "login", "basic_password", "account", "cancel")
MODULES = sorted(PACKAGE.rglob("*.py"))
TEMPLATES = sorted(assets.folder("templates").rglob("*.html"))
BANNED = re.compile(r"\\d|\\w|\\s(?!\\S)|isdigit|isalnum|isalpha|isdecimal|re\.I\b|re\.IGNORECASE")


@pytest.mark.parametrize("stem", STEMS)
def test_a_feature_is_found_under_its_name_in_every_layer(stem: str) -> None:
    wanted = {
        "flow": PACKAGE / "flows" / f"{stem}.py",
        "view": PACKAGE / "web" / f"{stem}.py",
        "templates": ROOT / "templates" / stem,
        "wording": PACKAGE / "wording" / f"{stem}.toml",
    }

    assert [what for what, path in wanted.items() if not path.exists()] == []
    for layer in ("flows", "web"):
        assert list((ROOT / "tests" / layer).glob(f"test_{stem}*.py")), layer


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_judges_input_with_a_shorthand_that_lets_other_scripts_through(path: Path) -> None:
    code = ast.unparse(ast.parse(path.read_text(encoding="utf-8")))

    assert BANNED.findall(code.replace(r"[\\s\\S]", "")) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_pattern_ends_with_a_dollar_that_lets_a_final_newline_through(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    ]

    assert {node.func.attr for node in calls} <= {"fullmatch", "compile", "sub", "findall"}  # type: ignore[attr-defined]
    assert not [node for node in calls if "$" in ast.unparse(node.args[0])]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_template_parses_and_turns_off_no_escaping(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    Environment(autoescape=True).parse(source)
    assert not re.search(r"\|\s*safe\b|autoescape|Markup", source)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_imports_and_says_what_it_is(path: Path) -> None:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    module = importlib.import_module(name)

    assert module.__doc__


@pytest.mark.parametrize("folder", ["ipportal", "tests"])
def test_a_file_is_small_enough_to_be_read_at_once(folder: str) -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in (ROOT / folder).rglob("*.py")
    }
    allowed = {"ipportal/settings.py": 250, "ipportal/scenarios.py": 240, "ipportal/store/sqlite.py": 260}

    assert {path: length for path, length in lengths.items() if length > allowed.get(path, 200)} == {}


def test_every_test_names_a_sentence() -> None:
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                assert len(node.name.split("_")) >= 4, f"{path.name}: {node.name}"


def example() -> str:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```", readme, re.DOTALL)
    return found[1] if found else ""


@pytest.mark.skipif(not example(), reason="the README has no Python example yet")
def test_the_readmes_ten_lines_register_somebody_without_a_web_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IPPORTAL_INSTANCE", str(tmp_path))
    monkeypatch.setenv("IPPORTAL_BCRYPT_COST", "4")

    exec(compile(example(), "README.md", "exec"), {"__name__": "readme"})
