"""A form of a page, and what a browser would send of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from .hooks import Attribute
from .trouble import NoSuchField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .tree import Node, Tree

__tracebackhide__ = True  # a failing test shows its own line, not one in here

_CHOICES = ("radio", "checkbox")


class Form:
    """A form's controls: `fields` is what the visitor sees in them, `hidden` what goes back as it came."""

    def __init__(self, node: Node, tree: Tree, screen: str) -> None:
        self._node, self._screen = node, screen
        self.fields: dict[str, str] = {}
        self.hidden: dict[str, str] = {}
        self._unchosen: set[str] = set()
        for control in tree.all("input", "select"):
            if control["name"] and owner(control, tree) is node:
                self._add(control, tree)

    def filled(self, button: Node, typed: Mapping[str, str]) -> dict[str, str]:
        """Return what *button* sends after *typed* was typed; a name that the form has not is refused."""
        known = self.fields | self.hidden
        if unknown := [name for name in typed if name not in known]:
            raise NoSuchField(self._screen, unknown, known)
        shown = {name: value for name, value in known.items() if name not in self._unchosen}
        pressed = {button["name"]: button["value"]} if button["name"] else {}
        return shown | dict(typed) | pressed

    def target(self, button: Node, url: str) -> tuple[str, str]:
        """Return how and where *button* sends the form, seen from *url*."""
        method = self._node["method"].upper() or "GET"
        return method, urljoin(url, button["formaction"] or self._node["action"])

    def _add(self, control: Node, tree: Tree) -> None:
        name, kind = control["name"], control["type"]
        if kind == "hidden":
            self.hidden[name] = control["value"]
        elif kind in _CHOICES and "checked" not in control:
            if name not in self.fields:
                self.fields[name] = ""
                self._unchosen.add(name)
        else:
            self.fields[name] = _chosen(control, tree) if control.tag == "select" else control["value"]
            self._unchosen.discard(name)


def owner(control: Node, tree: Tree) -> Node | None:
    """Return the form that a control or button belongs to: the one that it names, or the one around it."""
    if "form" not in control:
        return control.within("form")
    return next((form for form in tree.all("form") if form["id"] == control["form"]), None)


def buttons(tree: Tree) -> dict[str, Node]:
    """Return the page's buttons by their marks."""
    return {node[Attribute.MARK]: node for node in tree.all("button") if Attribute.MARK in node}


def _chosen(select: Node, tree: Tree) -> str:
    options = [option for option in tree.all("option") if option.within("select") is select]
    chosen = [option for option in options if "selected" in option] or options
    return chosen[0]["value"] if chosen else ""
