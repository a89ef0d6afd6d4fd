"""The mutants of one file: where each change stands, and the file's code with it."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from zlib import crc32

from . import operators

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import CodeType


@dataclass(frozen=True)
class Where:
    """The place of a piece of code: its function, its statement's lines, and whether it runs at import."""

    function: str = ""
    lines: tuple[int, int] = (0, 0)
    at_import: bool = True
    annotation: bool = False


@dataclass(frozen=True)
class Mutant:
    """A change at a place: in `owner`, `field` (its item `at`, if it is a list) becomes `new`."""

    path: str
    where: Where
    change: str
    owner: ast.AST
    field: str
    at: int | None
    new: ast.AST

    @property
    def name(self) -> tuple[str, str, str]:
        """Return what tells it from every other mutant: file, function and change."""
        return self.path, self.where.function, self.change

    @property
    def number(self) -> int:
        """Return a number by which to choose some mutants, which other changes of the code leave as it is."""
        return crc32("|".join(self.name).encode())


class Source:
    """A file of the package."""

    def __init__(self, root: Path, path: Path) -> None:
        self.file, self.path = str(path), path.relative_to(root).as_posix()
        self._tree = ast.parse(path.read_text(encoding="utf-8"))

    def mutants(self) -> Iterator[Mutant]:
        """Yield every mutant; equal changes within a function are numbered."""
        seen: Counter[tuple[str, str]] = Counter()
        for owner, field, at, where, new, change in _walk(self._tree, Where()):
            seen[where.function, change] += 1
            number = seen[where.function, change]
            told = change if number == 1 else f"{change} (#{number})"
            yield Mutant(self.path, where, told, owner, field, at, new)

    def code(self, mutant: Mutant | None = None) -> CodeType:
        """Return the file's code, with one change or none."""
        if mutant is None:
            return compile(self._tree, self.file, "exec", dont_inherit=True)
        old = getattr(mutant.owner, mutant.field)
        place = old if mutant.at is None else old[mutant.at]
        new = [*old[: mutant.at], mutant.new, *old[mutant.at + 1 :]] if mutant.at is not None else mutant.new
        setattr(mutant.owner, mutant.field, new)
        try:
            _placed(mutant.new, place)
            return compile(self._tree, self.file, "exec", dont_inherit=True)
        finally:
            setattr(mutant.owner, mutant.field, old)


def _placed(new: ast.AST, old: ast.AST) -> None:
    """Give the new code the old one's lines, so that a function is still found by its first line."""
    if isinstance(new, (ast.expr, ast.stmt)) and not hasattr(new, "lineno"):
        ast.copy_location(new, old)
    ast.fix_missing_locations(new)


def _walk(node: ast.AST, where: Where) -> Iterator[tuple[ast.AST, str, int | None, Where, ast.AST, str]]:
    for field, value in ast.iter_fields(node):
        for at, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or _passed_over(node, field, child):
                continue
            inside = _inside(node, field, child, where)
            if not inside.annotation or isinstance(child, (ast.Constant, ast.Call)):
                for new, change in operators.changes(child):
                    yield node, field, at, inside, new, change
            for place, new, change in operators.filters(child):
                yield child, "ifs", place, inside, new, change
            yield from _walk(child, inside)


def _passed_over(node: ast.AST, field: str, child: ast.AST) -> bool:
    """Say whether nothing in there can change what the program does."""
    match child:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.Import() | ast.ImportFrom():
            return True
        case ast.Expr(value=ast.Constant()):  # a docstring, or the dots of a protocol
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case ast.Call(func=ast.Name(id="TypeVar")):
            return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "cast":
        return field == "args" and child is node.args[0]
    if field == "annotation":  # pydantic reads those of its models, and what is called in one is no mere type
        return not any(isinstance(each, ast.Call) for each in ast.walk(child)) and not _literal(child)
    return field in {"returns", "format_spec"}


def _literal(annotation: ast.AST) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "Literal" for each in ast.walk(annotation))


def _inside(node: ast.AST, field: str, child: ast.AST, where: Where) -> Where:
    """Return where a child of *node* stands."""
    function, lines, at_import = where.function, where.lines, where.at_import
    if isinstance(node, (ast.FunctionDef, ast.Lambda)) and field == "body":
        at_import = isinstance(node, ast.Lambda) and at_import
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and field in {"body", "args", "decorator_list", "keywords"}:
        function = f"{where.function}.{node.name}".removeprefix(".")
    if isinstance(child, ast.stmt):
        block = cast("Any", child)
        head = [each for name in ("test", "iter", "items", "subject") if (each := getattr(block, name, None))]
        last = head[0][-1].context_expr if head and isinstance(head[0], list) else head[0] if head else child
        lines = (child.lineno, last.end_lineno or child.lineno)
    elif isinstance(child, ast.match_case):
        lines = (child.pattern.lineno, (child.guard or child.pattern).end_lineno or child.pattern.lineno)
    return Where(function, lines, at_import, where.annotation or field == "annotation")
