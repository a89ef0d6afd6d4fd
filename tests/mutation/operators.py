"""What is done to a piece of code: every small change that a slip of the hand could make."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPARISONS: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
TWINS: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}


def changes(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Yield what may stand in the place of *node*, and how a person would tell the change."""
    match node:
        case ast.Compare():
            yield from _compared(node)
        case ast.BoolOp() | ast.UnaryOp() | ast.BinOp():
            yield from _computed(node)
        case ast.Constant():
            yield from (_told(node, ast.Constant(value)) for value in _others(node.value))
        case ast.Call():
            yield from _called(node)
        case ast.stmt():
            yield from _stated(node)
    if (test := _condition(node)) is not None:
        yield from _negated(node, test)


def _told(old: ast.AST, new: ast.AST) -> tuple[ast.AST, str]:
    return new, f"{_text(old)} -> {_text(new)}"


def _text(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 100 else f"{text[:70]} ... {text[-25:]}"


def _compared(node: ast.Compare) -> Iterator[tuple[ast.AST, str]]:
    for at, operator in enumerate(node.ops):
        for other in COMPARISONS[type(operator)]:
            yield _told(node, ast.Compare(node.left, [*node.ops[:at], other(), *node.ops[at + 1 :]], node.comparators))


def _computed(node: ast.BoolOp | ast.UnaryOp | ast.BinOp) -> Iterator[tuple[ast.AST, str]]:
    match node:
        case ast.BoolOp():
            yield _told(node, ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values))
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield _told(node, node.operand)
        case ast.BinOp() if type(node.op) in ARITHMETIC:
            yield _told(node, ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right))


def _others(value: object) -> list[bool | int | float | str | bytes]:
    match value:
        case bool():
            return [not value]
        case int() | float():
            return [value + 1]
        case str():
            return [f"XX{value}"]
        case bytes():
            return [b"XX" + value]
    return []


def _called(node: ast.Call) -> Iterator[tuple[ast.AST, str]]:
    if isinstance(node.func, ast.Name) and node.func.id in TWINS:
        yield _told(node, ast.Call(ast.Name(TWINS[node.func.id], ast.Load()), node.args, node.keywords))
    for given in node.keywords:
        if given.arg:
            rest = [each for each in node.keywords if each is not given]
            yield ast.Call(node.func, node.args, rest), f"{_text(node.func)}(...) without {_text(given)}"


def _stated(node: ast.stmt) -> Iterator[tuple[ast.AST, str]]:
    """Yield the statement's absence, or its opposite."""
    match node:
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield _told(node, ast.Return(ast.Constant(None)))
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise() | ast.Delete():
            yield ast.Pass(), f"without {_text(node)}"
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript(), *_]):
            yield ast.Pass(), f"without {_text(node)}"
        case ast.Continue():
            yield _told(node, ast.Break())
        case ast.Break():
            yield _told(node, ast.Continue())
        case ast.With() if not any(each.optional_vars for each in node.items):
            block = ast.If(ast.Constant(True), node.body, [])
            yield block, f"without with {', '.join(_text(each) for each in node.items)}"
    if isinstance(node, ast.AugAssign) and type(node.op) in ARITHMETIC:
        yield _told(node, ast.AugAssign(node.target, ARITHMETIC[type(node.op)](), node.value))


def _condition(node: ast.AST) -> ast.expr | None:
    match node:
        case ast.If() | ast.While() | ast.IfExp() | ast.Assert():
            return node.test
        case ast.match_case(guard=guard):
            return guard
    return None


def _negated(node: ast.AST, test: ast.expr) -> Iterator[tuple[ast.AST, str]]:
    """Yield the condition's opposite, unless another change already is just that."""
    match test:
        case ast.UnaryOp(op=ast.Not()):
            return
        case ast.Compare(ops=[_]):
            return
    field = "guard" if isinstance(node, ast.match_case) else "test"
    parts = {name: getattr(node, name) for name in node._fields}
    opposite = type(node)(**parts | {field: ast.UnaryOp(ast.Not(), test)})
    yield opposite, f"{_text(test)} -> not ({_text(test)})"


def filters(node: ast.AST) -> Iterator[tuple[int, ast.expr, str]]:
    """Yield the opposite of each filter of a comprehension, with its place."""
    if isinstance(node, ast.comprehension):
        for at, test in enumerate(node.ifs):
            if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
                continue
            if isinstance(test, ast.Compare) and len(test.ops) == 1:
                continue
            yield at, ast.UnaryOp(ast.Not(), test), f"{_text(test)} -> not ({_text(test)})"
