"""Pages as a test reads them: elements found by CSS selectors, their attributes and their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode


class Element:
    """An element of a page."""

    def __init__(self, node: LexborNode) -> None:
        self._node: Final = node
        self.name: Final = node.tag
        self.attributes: Final = {name: value or "" for name, value in node.attributes.items()}

    def __repr__(self) -> str:
        return str(self._node.html)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def __contains__(self, name: str) -> bool:
        """Say whether there is such an attribute, be it without a value."""
        return name in self.attributes

    def get(self, name: str) -> str:
        """Return the value of an attribute, empty where there is none."""
        return self.attributes.get(name, "")

    def select(self, selector: str) -> list[Element]:
        """Return what a CSS selector finds in here, in the page's order."""
        own = self._node.mem_id  # two nodes are compared by all their HTML
        return [Element(node) for node in self._node.css(selector) if node.mem_id != own]

    def first(self, selector: str) -> Element | None:
        """Return the first that a CSS selector finds in here, or None."""
        return next(iter(self.select(selector)), None)

    @property
    def children(self) -> Iterator[Element]:
        return map(Element, self._node.iter())

    def within(self, name: str) -> Element | None:
        """Return the nearest element of a name that this one stands in, or None."""
        node = self._node.parent
        while node and node.tag != name:
            node = node.parent
        return Element(node) if node else None

    @property
    def words(self) -> str:
        """What is written in it, a space between the pieces."""
        return self._node.text(separator=" ", strip=True, skip_empty=True)


class Markup(Element):
    """A page; without HTML, one that has nothing."""

    def __init__(self, html: str) -> None:
        root = LexborHTMLParser(html).root
        assert root
        super().__init__(root)

    @property
    def lang(self) -> str:
        return self.get("lang")

    @property
    def screen(self) -> str:
        found = self.first("body[data-screen]")
        return found["data-screen"] if found else ""

    @property
    def problems(self) -> dict[str, str]:
        """The refusals on the page: field and code."""
        return {each["data-problem"]: each["data-code"] for each in self.select("[data-problem]")}
