"""JUnit XML, as continuous integration reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from .plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..rules.vectors import Vector

SUITE = "ipportal-vectors"


def testcase(vector: Vector) -> Element:
    """Return the test case of one vector: its rule, what is given and the answer due, as properties."""
    case = Element("testcase", classname=vector.rule, name=vector.id)
    properties = SubElement(case, "properties")
    told = {
        "rule": vector.rule,
        "kind": vector.kind,
        "check": vector.check,
        "source": vector.source,
        "basis": vector.basis,
        "given": plain(vector.given),
        "expected": vector.expected,
    }
    for name, value in told.items():
        SubElement(properties, "property", name=name, value=value)
    return case


def document(cases: Iterable[Element]) -> str:
    """Return the whole document, with the counts that readers of such files want."""
    kept = list(cases)
    counts = {"tests": str(len(kept))}
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        counts[name] = str(sum(case.find(tag) is not None for case in kept))
    suites = Element("testsuites", {"name": SUITE, **counts})
    SubElement(suites, "testsuite", {"name": SUITE, **counts}).extend(kept)
    indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(suites, encoding="unicode") + "\n"
