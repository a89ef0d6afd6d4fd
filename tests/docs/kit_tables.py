"""The reference's tables of the test kit: the plugin, the client, the visitor, the hooks."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest

from ipportal.testing import Visitor, Workspace, hooks, pages, plugin, trouble
from ipportal.testing.holders import Accounts, Notices, Sessions, Users
from ipportal.testing.page import Page
from ipportal.testing.parts import Captcha, Checkpoints, Clock, Faults, Journal, MaintenanceDesk

from .tables import code, sentence, table

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS: dict[str, type] = {
    "ipportal": Workspace,
    "ipportal.clock": Clock,
    "ipportal.captcha": Captcha,
    "ipportal.accounts": Accounts,
    "ipportal.users": Users,
    "ipportal.faults": Faults,
    "ipportal.journal": Journal,
    "ipportal.maintenance": MaintenanceDesk,
    "ipportal.sessions": Sessions,
    "ipportal.notices": Notices,
    "ipportal.checkpoints": Checkpoints,
}
ARGUMENTS = {
    "scenario": "`default`, `empty`, the name of a file in the instance's `scenarios/`, or the path of a TOML file",
    "now": "where the clock is frozen, a moment with its offset; left out, where the scenario has it, else at "
    f"`{plugin.NOW}`",
    "captcha": "a mode, or the six characters of the answer; left out, the answer is `ABC123`",
    "captcha_word": "the answer in the mode `fixed`",
    "captcha_seed": "the seed in the mode `seeded`, a text or a whole number",
}


class Listener:
    """Takes note of what the plugin tells pytest."""

    def __init__(self) -> None:
        self.options: list[tuple[str, str]] = []
        self.lines: list[str] = []
        self.stash = pytest.Stash()

    def getgroup(self, _name: str) -> Listener:
        return self

    def addoption(self, name: str, **told: str) -> None:
        self.options.append((f"{name} {told['metavar']}", told["help"]))

    def addinivalue_line(self, _name: str, line: str) -> None:
        self.lines.append(line)


def listened() -> Listener:
    listener: Any = Listener()
    plugin.pytest_addoption(listener)
    plugin.pytest_configure(listener)
    found: Listener = listener
    return found


def fixtures() -> str:
    found = {name: each for name, each in vars(plugin).items() if type(each).__name__ == "FixtureFunctionDefinition"}
    rows = [
        (code(name), each._fixture_function_marker.scope, sentence(each._get_wrapped_function().__doc__))
        for name, each in found.items()
        if not name.startswith("_")
    ]
    return table(("Fixture", "Scope", "What it gives"), rows)


def marker() -> str:
    (line,) = listened().lines
    told = line.partition("(")[2].partition(")")[0].split(", ")
    return table(
        ("Argument of `@pytest.mark.ipportal`", "What it says"), [(code(each), ARGUMENTS[each]) for each in told]
    )


def options() -> str:
    return table(("Option", "What it does"), [(code(name), words) for name, words in listened().options])


def client() -> str:
    return table(("Call", "What it does"), [row for name, kind in PARTS.items() for row in calls(name, kind)])


def visitor() -> str:
    return table(("Call", "What it does"), [*calls("visitor", Visitor), *calls("visitor.page", Page)])


def calls(prefix: str, kind: type) -> Iterator[tuple[str, str]]:
    """Yield what somebody may call or read, in the order of the class."""
    for name, each in vars(kind).items():
        if name.startswith("_") or not (callable(each) or hasattr(each, "__get__")) or not each.__doc__:
            continue
        sign = f"({_signature(each)})" if inspect.isfunction(each) else ""
        yield code(f"{prefix}.{name}{sign}"), sentence(each.__doc__)


def _signature(function: Any) -> str:
    parameters = [each.replace(annotation=each.empty) for each in inspect.signature(function).parameters.values()]
    return str(inspect.Signature(parameters[1:])).strip("()")


def screens() -> str:
    rows = [(code(each.__name__), code(each.SCREEN), sentence(each.__doc__)) for each in pages.SCREENS]
    return table(("Page object", "`data-screen`", "The screen"), rows)


def hook_tables() -> str:
    kinds = [getattr(hooks, name) for name in hooks.__all__ if name != "Hook"]
    return "\n".join(
        f"### `hooks.{kind.__name__}`\n\n{sentence(kind.__doc__)}\n\n"
        + table(("Constant", "Value"), [(code(each.name), code(str(each.value))) for each in kind])
        for kind in kinds
    )


def troubles() -> str:
    rows = [
        (code(name), sentence(each.__doc__))
        for name, each in vars(trouble).items()
        if inspect.isclass(each) and issubclass(each, trouble.Trouble)
    ]
    return table(("Exception of `ipportal.testing.trouble`", "When"), rows)
