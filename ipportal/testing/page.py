"""A page that the portal sent, as a tester reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from .form import Form, buttons, owner
from .hooks import Attribute, Hidden, Mark
from .tree import Tree
from .trouble import NoForm, NoSuchMark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http.client import HTTPMessage

    from .tree import Node

__tracebackhide__ = True  # a failing test shows its own line, not one in here


@dataclass(frozen=True)
class Page:
    """An answer: `url` is where it came from, `hops` the addresses that redirected there, `body` its bytes."""

    url: str
    status: int
    headers: HTTPMessage = field(repr=False)
    body: bytes = field(repr=False)
    hops: tuple[str, ...] = ()

    @cached_property
    def tree(self) -> Tree:
        """The elements of the page; none where the answer is no HTML."""
        return Tree(self.body.decode(errors="replace") if self.is_html else "")

    @property
    def is_html(self) -> bool:
        """Whether the answer is a page, not a picture or JSON."""
        return self.headers.get_content_type() == "text/html" and bool(self.body)

    @property
    def screen(self) -> str:
        """Which screen it is: the body's `data-screen`, or nothing."""
        return self._of("body", Attribute.SCREEN)

    @property
    def lang(self) -> str:
        """The page's language."""
        return self._of("html", "lang")

    @property
    def title(self) -> str:
        """The page's title."""
        found = self.tree.first("title")
        return found.text if found else ""

    @property
    def problems(self) -> dict[str, str]:
        """The refusals on the page: field (`form` for the whole form) and code."""
        return {node[Attribute.PROBLEM]: node[Attribute.CODE] for node in self.tree.having(Attribute.PROBLEM)}

    @property
    def notice(self) -> str:
        """The code of what the page tells besides, such as `signed_out`, or nothing."""
        return next((node[Attribute.NOTICE] for node in self.tree.having(Attribute.NOTICE)), "")

    @property
    def testids(self) -> list[str]:
        """Every `data-testid` on the page, in its order."""
        return [node[Attribute.MARK] for node in self.tree.having(Attribute.MARK)]

    @property
    def links(self) -> dict[str, str]:
        """The addresses of links and of the CAPTCHA picture, by their marks."""
        return {
            node[Attribute.MARK]: urljoin(self.url, node["href"] or node["src"])
            for node in self.tree.all("a", "img")
            if Attribute.MARK in node
        }

    @property
    def values(self) -> dict[str, str]:
        """What the fields of the page's own form hold; a choice that nobody made is empty."""
        return dict(self._own_form.fields) if self._own_form else {}

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's own form."""
        return dict(self._own_form.hidden) if self._own_form else {}

    @property
    def captcha_id(self) -> str:
        """The id of the CAPTCHA challenge that the form shows, or nothing."""
        return self.hidden.get(Hidden.CAPTCHA_ID, "")

    def text(self, testid: str) -> str:
        """Return the words of the element with that `data-testid`."""
        for node in self.tree.having(Attribute.MARK):
            if node[Attribute.MARK] == testid:
                return node.text
        raise NoSuchMark(self.name, "element", testid, self.testids)

    def button(self, testid: str) -> Node:
        """Return the button with that `data-testid`."""
        found = buttons(self.tree)
        if testid not in found:
            raise NoSuchMark(self.name, "button", testid, found)
        return found[testid]

    def own_button(self, typed: Mapping[str, str]) -> Node:
        """Return the button that submits the page's own form: `submit`, or the one that means what was *typed*."""
        found = buttons(self.tree)
        if Mark.SUBMIT in found:
            return found[Mark.SUBMIT]
        for node in found.values():
            if node["name"] and typed.get(node["name"]) == node["value"]:
                return node
        raise NoForm(self.name, found)

    def form_of(self, button: Node) -> Form:
        """Return the form that a button sends."""
        form = owner(button, self.tree)
        if form is None:
            raise NoForm(self.name, buttons(self.tree))
        return Form(form, self.tree, self.name)

    @property
    def name(self) -> str:
        """What to call the page in a message."""
        return self.screen or f"{self.url} ({self.status})"

    @cached_property
    def _own_form(self) -> Form | None:
        found = buttons(self.tree)
        button = found.get(Mark.SUBMIT) or found.get(Mark.AGREE)
        return self.form_of(button) if button else None

    def _of(self, tag: str, attribute: str) -> str:
        found = self.tree.first(tag)
        return found[attribute] if found else ""
