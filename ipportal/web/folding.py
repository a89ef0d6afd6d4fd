"""Folding: what all visitors of a language get alike is worked out when a template is compiled, and is then text."""

from __future__ import annotations

from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from flask import current_app
from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer

from .. import __version__
from ..flows.account import FUNCTIONS
from ..flows.register import FLOW
from ..rules import BASIC_USER_IDS, WINDOW
from ..settings import LANGUAGES
from ..wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping


_KNOWN = {
    "BASIC_USER_IDS": BASIC_USER_IDS,
    "FUNCTIONS": FUNCTIONS,
    "LANGUAGES": LANGUAGES,
    "STEPS": tuple(step.name for step in FLOW.steps),
    "WINDOW": WINDOW,
    "version": __version__,
}


class Speaking(Environment):
    """A template environment that speaks one language."""

    lang = ""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what every template knows, as a plain dictionary: each page copies it, which a chain makes slow."""
        return self.globals | dict(d or {})

    def _generate(self, source: nodes.Template, *where: Any, **how: Any) -> str:  # noqa: ANN401 - Jinja's hook for this
        # A node is copied where a loop is written out, and its environment is not to be copied with it.
        folded = _Folding(self).visit(source.set_environment(None))  # type: ignore[arg-type]
        return super()._generate(folded.set_environment(self), *where, **how)


class _Folding(NodeTransformer):
    """Puts text in place of sentences, loops over known words, and addresses but for the workspace's prefix.

    A page is given that prefix as `root`; a macro sees nothing of its page and asks for each address.
    """

    def __init__(self, made_for: Speaking) -> None:
        self._context = nodes.EvalContext(made_for)
        self._texts: dict[str, Callable[..., str]] = {
            "lang": lambda: made_for.lang,
            "say": partial(say, lang=made_for.lang),
        }
        self._known: dict[str, object] = dict(_KNOWN)
        self._in_macro = False

    def visit_Macro(self, node: nodes.Macro) -> nodes.Macro:  # noqa: N802 - so are a visitor's methods named
        """Fold what is in a macro."""
        self._in_macro = True
        self.generic_visit(node)
        self._in_macro = False
        return node

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:  # noqa: N802 - as above
        """Fold a name whose value is known."""
        if node.ctx == "load" and node.name in self._known:
            return nodes.Const(self._known[node.name], lineno=node.lineno)
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node | list[nodes.Node]:  # noqa: N802 - as above
        """Write a loop over known words out, one round after the other; such a loop cannot count its rounds."""
        node.iter = words = self.visit(node.iter)
        try:
            words = words.as_const(self._context)
        except nodes.Impossible:
            return self.generic_visit(node)
        return [part for word in words for part in self._round(node, word)]

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - as above
        """Fold a call whose words are all in the template."""
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        try:
            args = [each.as_const(self._context) for each in node.args]
            kwargs = dict(each.as_const(self._context) for each in node.kwargs)
        except nodes.Impossible:
            return node
        if name in self._texts and not node.dyn_kwargs:
            return nodes.Const(self._texts[name](*args, **kwargs), lineno=node.lineno)
        if name != "url_for" or self._in_macro:
            return node
        address = current_app.url_map.bind("localhost").build(args[0], kwargs)
        return nodes.Add(nodes.Name("root", "load", lineno=node.lineno), nodes.Const(address), lineno=node.lineno)

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - as above
        """Fold what is written, an address in its two parts so that only the prefix is not text."""
        self.generic_visit(node)
        parts = [[each.left, each.right] if isinstance(each, nodes.Add) else [each] for each in node.nodes]
        node.nodes = [part for each in parts for part in each]
        return node

    def _round(self, loop: nodes.For, word: str) -> list[nodes.Node]:
        """Return the body of a loop for one word; nothing where the loop's condition leaves it out."""
        name, made = str(loop.target.name), deepcopy(loop)  # type: ignore[attr-defined]  # the target is a name
        self._known[name] = word
        self.generic_visit(made)
        del self._known[name]
        test = cast("nodes.Expr | None", made.test)
        return made.body if test is None or test.as_const(self._context) else []
