"""The published hooks are those of the real templates, addresses and rules, and the README names them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path as File
from typing import TYPE_CHECKING

import pytest
from wtforms.fields.core import UnboundField

import ipportal.testing
from ipportal import assets
from ipportal.app import create_app
from ipportal.flows.account import FUNCTIONS
from ipportal.rules import CODES
from ipportal.settings import LANGUAGES
from ipportal.testing.hooks import (
    Attribute,
    Code,
    Field,
    Function,
    Header,
    Hidden,
    Hook,
    Language,
    Mark,
    Path,
    Screen,
    Status,
)
from ipportal.web.forms import RuledForm
from ipportal.web.front import HEADERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ipportal.portal import Portal

TEMPLATES = assets.folder("templates")
SOURCES = {str(path.relative_to(TEMPLATES)): path.read_text("utf-8") for path in sorted(TEMPLATES.rglob("*.html"))}
README = (File(__file__).parents[2] / "README.md").read_text("utf-8")
VARIES = re.compile(r"{{.*?}}|{[^{}]*}|<[^<>]*>")

# Addresses that pages and tools hand out; nobody writes them down.
SHORT = "/register"  # leads to the first screen
HANDED_OUT = {SHORT, "/captcha/{}.png", "/captcha/{}.wav", "/captcha/refresh", "/robots.txt", "/static/{}"}
# Of these the README's section does not tell yet.
UNTOLD: set[str] = set()
# What forms send besides fields: names of buttons, which are pressed by their marks, and of the notice board's filter.
PRESSED = {"lang_switch", "captcha_refresh", "topic"}


def plain(texts: Iterable[str]) -> set[str]:
    """Write every varying part as `{}`."""
    return {VARIES.sub("{}", text) for text in texts}


def published() -> Iterator[str]:
    """Yield what the README's section has in backticks, its short forms written out."""
    section = README.partition("## The interface that tests may rely on")[2].partition("\n## ")[0]
    for text in re.findall("`([^`]+)`", section):
        yield from spelled(VARIES.sub("{}", text))


def spelled(text: str) -> Iterator[str]:
    """Write out `a/x|y`, `linked-N`, `name[-N]`; and `_3` beside a name that ends in a number."""
    prefix, cut, rest = text.rpartition("/" if "/" in text else "-")
    if "|" in rest:
        for each in rest.split("|"):
            yield prefix + cut + each
    elif text.endswith("[-N]"):
        yield from (text.removesuffix("[-N]"), text.replace("[-N]", "-{}"))
    elif re.fullmatch("_[0-9]", text):
        yield f"linked_basic_user_id{text}"
    else:
        yield re.sub("-N$", "-{}", text)
    yield text.partition(":")[0]


@pytest.mark.parametrize("kind", [Code, Field, Function, Header, Hidden, Mark, Path, Screen])
def test_the_readme_names_every_constant(kind: type[Hook]) -> None:
    told = set(published())
    told |= {f"account/{name}" for name in told if "account/{}" in told}

    assert plain(kind) - told <= UNTOLD


def test_the_readme_names_every_attribute() -> None:
    assert {name for name in Attribute if name not in README} <= UNTOLD


def test_the_readme_names_every_status() -> None:
    assert [each for each in Status if not re.search(rf"\b{each}\b", README)] == []


def test_every_mark_of_the_readme_is_a_constant() -> None:
    paragraph = README.partition("**`data-testid`**")[2].partition("\n\n")[0]
    marks = {each for text in re.findall("`([^`]+)`", paragraph) for each in [*spelled(VARIES.sub("{}", text))][:-1]}

    assert marks - plain(Mark) == set()


def test_marks_are_those_of_the_templates() -> None:
    found = {mark for source in SOURCES.values() for mark in re.findall('data-testid="([^"]*)"', source)}

    assert plain(found) == plain(Mark) | {"review-identity_prefix", "review-internet_user_id"}


def test_screens_are_those_of_the_templates() -> None:
    layouts = {name for source in SOURCES.values() for name in re.findall('{% extends "(.*?)"', source)}
    screens = {name.removesuffix(".html") for name in SOURCES if not name.startswith("parts/")}
    screens -= {name.removesuffix(".html") for name in layouts}
    patterns = {"account/function": "account/{}", "certificate": "certificate/{}", "errors/page": "errors/{}"}

    assert {patterns.get(name, name) for name in screens} == plain(Screen)


def test_paths_are_those_of_the_url_map(seeded: Portal) -> None:
    paths = plain(rule.rule for rule in create_app(portal=seeded).url_map.iter_rules())

    assert paths - HANDED_OUT - {Path.FUNCTION.of(name) for name in Function} == plain(Path)


def test_fields_are_those_of_the_forms() -> None:
    forms = {
        name for form in descendants(RuledForm) for name, each in vars(form).items() if isinstance(each, UnboundField)
    }
    written = {name for source in SOURCES.values() for name in re.findall(' name="([a-z_0-9]+)"', source)}
    heads = {"viewport", "robots", "color-scheme"}

    assert {str(name) for name in Field} == {name for name in forms if name not in set(Hidden)}
    assert written - heads - PRESSED - set(Field) == {str(name) for name in Hidden}


def descendants(form: type) -> Iterator[type]:
    subclasses: list[type] = form.__subclasses__()
    for each in subclasses:
        yield each
        yield from descendants(each)


def test_codes_functions_and_languages_are_the_portals() -> None:
    assert tuple(Code) == CODES
    assert tuple(Function) == FUNCTIONS
    assert tuple(Language) == LANGUAGES


def test_attributes_are_those_of_the_templates() -> None:
    everything = "".join(SOURCES.values())

    assert [name for name in Attribute if f' {name}="' not in everything] == []
    assert HEADERS[Header.EMULATOR] == "1"


def test_a_pattern_is_filled_in_and_recognised() -> None:
    assert Mark.MENU.of("eipo") == "menu-eipo"
    assert Screen.ERROR.of(404) == "errors/404"
    assert Screen.ERROR.fits("errors/404")
    assert not Screen.ERROR.fits("errors/")
    assert Screen.HOME.fits("home")
    assert not Screen.HOME.fits("homely")
    with pytest.raises(ValueError, match="submit has no part that varies"):
        Mark.SUBMIT.of("now")


def test_every_public_name_loads_when_it_is_asked_for() -> None:
    for name in ipportal.testing.__all__:
        assert ipportal.testing.__getattr__(name) is getattr(ipportal.testing, name)

    with pytest.raises(AttributeError):
        ipportal.testing.no_such_name  # noqa: B018 - the asking is the point


def test_the_kit_loads_without_what_it_does_not_need() -> None:
    heavy = ["bcrypt", "flask", "playwright", "pydantic", "pytest", "werkzeug"]
    code = f"import sys, ipportal.testing, ipportal.testing.hooks\nprint([m for m in {heavy} if m in sys.modules])\n"
    code += f"from ipportal.testing import *\nprint([m for m in {heavy} if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("[]\n[]\n", "")
