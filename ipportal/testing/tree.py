"""An HTML page as a list of its elements, read with the standard library alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


@dataclass(eq=False)
class Node:
    """An element: its tag, its attributes, and the element it stands in."""

    tag: str
    attributes: dict[str, str]
    parent: Node | None
    words: list[str] = field(default_factory=list)

    def __getitem__(self, attribute: str) -> str:
        """Return an attribute; one that is absent is empty."""
        return self.attributes.get(attribute, "")

    def __contains__(self, attribute: str) -> bool:
        """Say whether the element has the attribute."""
        return attribute in self.attributes

    @property
    def text(self) -> str:
        """The words inside, with one space wherever there is any or an element begins or ends."""
        return " ".join(" ".join(self.words).split())

    def within(self, tag: str) -> Node | None:
        """Return the nearest element of that tag around this one."""
        around = self.parent
        while around and around.tag != tag:
            around = around.parent
        return around


class Tree(HTMLParser):
    """The elements of a page in their order; `whole` says whether the page's end was there."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: list[Node] = []
        self.whole = False
        self._open: list[Node] = []
        self.feed(source)
        self.close()

    def all(self, *tags: str) -> Iterator[Node]:
        """Yield the elements of these tags."""
        return (node for node in self.nodes if node.tag in tags)

    def having(self, attribute: str) -> Iterator[Node]:
        """Yield the elements that have the attribute."""
        return (node for node in self.nodes if attribute in node)

    def first(self, tag: str) -> Node | None:
        """Return the first element of that tag."""
        return next(self.all(tag), None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        node = Node(tag, {name: value or "" for name, value in attrs}, self._open[-1] if self._open else None)
        self.nodes.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        """End the innermost element of that tag, and all that was left open inside it."""
        self.whole |= tag == "html"
        depths = [depth for depth, node in enumerate(self._open) if node.tag == tag]
        if depths:
            del self._open[depths[-1] :]

    def handle_data(self, data: str) -> None:
        """Give the words to every element around them."""
        for node in self._open:
            node.words.append(data)
