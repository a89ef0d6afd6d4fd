"""Nothing here can be taken for the operator's own site: no name, host, number or address of theirs."""

from __future__ import annotations

import re

import pytest
from wording.pages import PACKAGE, sentences

from ipportal import assets

NAMES = re.compile(
    "hkex|hkscc|hong kong exchanges|hong kong securities clearing|香港交易所|香港結算|香港结算|港交所"
    "|香港中央結算|香港中央结算|聯交所|联交所",
    re.IGNORECASE,
)
REACHES = {
    "an address of the web": re.compile(r"https?://|www\.|\.(?:com|hk|net|org)\b", re.IGNORECASE),
    "an address of mail": re.compile("[A-Za-z0-9]@[A-Za-z0-9]|mailto:", re.IGNORECASE),
    "a telephone number": re.compile(r"(?<![0-9])(?:\+?852[- ]?)?[2-9][0-9]{3}[- ][0-9]{4}(?![0-9])|tel:"),
}

# The banner and the greeting say whose site this is not; the menu has the guide's own label.
ALLOWED = {
    "frame.banner": {"HKEX", "香港交易所"},
    "cli.ready": {"HKEX", "香港交易所"},
    "account.function.contact": {"HKSCC", "香港結算", "香港结算"},
}
SVG = "http://www.w3.org/2000/svg"
SOURCES = [
    *assets.folder("templates").rglob("*.html"),
    *(path for path in assets.folder("static").rglob("*") if path.is_file()),
    PACKAGE / "scenarios.toml",
]


@pytest.mark.parametrize("key", sorted(sentences()))
def test_the_operators_name_is_said_only_to_deny_it_or_as_the_guides_label(key: str) -> None:
    said = {name for text in sentences()[key].values() for name in NAMES.findall(text)}

    assert said <= ALLOWED.get(key, set())


@pytest.mark.parametrize("key", ALLOWED)
def test_each_allowed_place_still_needs_its_leave(key: str) -> None:
    said = {name for text in sentences()[key].values() for name in NAMES.findall(text)}

    assert said == ALLOWED[key]


@pytest.mark.parametrize("what", REACHES)
def test_no_sentence_leads_to_anybody_outside(what: str) -> None:
    led = {key for key, found in sentences().items() for text in found.values() if REACHES[what].search(text)}

    assert led == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_template_or_static_file_names_the_operator_or_leads_outside(path: object) -> None:
    text = path.read_text(encoding="utf-8").replace(SVG, "")  # type: ignore[attr-defined]

    assert NAMES.findall(text) == []
    assert [what for what, pattern in REACHES.items() if pattern.search(text)] == []


def test_there_is_no_picture_that_could_be_a_mark_of_theirs() -> None:
    files = {path.suffix for path in assets.folder("static").rglob("*") if path.is_file()}

    assert files <= {".css", ".js", ".svg"}
