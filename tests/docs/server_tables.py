"""The reference's tables of the server: operations, refusals, settings, faults, checkpoints, rules."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ipportal.checkpoints.guide import STEPS as GUIDE
from ipportal.cli import _parser
from ipportal.cli.parser import NAMES
from ipportal.control import create_control  # noqa: F401 - it enters the operations
from ipportal.control.operations import ANYONE, OPERATIONS, Nothing, Operation
from ipportal.control.problems import STATUS
from ipportal.flows.faults import KINDS, STEPS
from ipportal.rules import CODES
from ipportal.rules.export import table as export
from ipportal.settings import KNOBS
from ipportal.settings import PREFIX as VARIABLE
from ipportal.wording import page, say

from .tables import accepts, code, sentence, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TOKENS = {ANYONE: "none", "server": "server's", "workspace": "server's or workspace's"}
STRIKES = {
    "delay": "The answer comes later, by `milliseconds`; with `up_to_milliseconds`, by a time drawn between the two.",
    "error_500": "The error page with status 500 comes instead; nothing is done.",
    "error_503": "The error page with status 503 and `Retry-After` comes instead; nothing is done.",
    "dropped_connection": "The connection ends without an answer; nothing is done.",
    "truncated_page": "What was asked is done, and half of the page comes. A form that is taken is answered by a "
    "redirect (303), of which there is no half: the connection ends without an answer, as with `answer_lost`.",
    "session_lost": "The visitor's session, registration and cancellation are forgotten before the request is judged.",
    "csrf_expired": "The CSRF token is forgotten before the request is judged.",
    "captcha_lost": "The visitor's open CAPTCHA challenges are forgotten before the request is judged.",
    "store_busy": "The store is busy at the first write; nothing is kept.",
    "disk_full": "The disk is full when the store would keep what was written; nothing is kept.",
    "maintenance_now": "A suspension begins now, for `minutes`.",
    "answer_lost": "What was asked is done and kept; the connection ends without an answer.",
}
PATHS = {"instance": "`instance/` of a checkout, else `var/ipportal-instance`", "store": "`portal.sqlite` in it"}


def commands() -> str:
    return table(("Command", "What it does"), _commands(_parser("en")))


def _commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """Return the commands below a parser; what goes on without a part is one itself."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {each.dest: each.help for each in action._choices_actions}
            for name, command in action.choices.items():
                parts = [each for each in command._actions if isinstance(each, argparse._SubParsersAction)]
                if not any(each.required for each in parts):
                    yield code(_usage(command)), str(told[name])
                yield from _commands(command)


def _usage(command: argparse.ArgumentParser) -> str:
    """Return a command with what is its own, on one line."""
    either = [action for group in command._mutually_exclusive_groups for action in group._group_actions]
    shared = (argparse._HelpAction, argparse._SubParsersAction)
    own = [each for each in command._actions if each.dest not in NAMES and not isinstance(each, shared)]
    words = [_word(each) if _needed(each) else f"[{_word(each)}]" for each in own if each not in either]
    if either:
        needed = any(group.required for group in command._mutually_exclusive_groups)
        words.insert(0, ("({})" if needed else "[{}]").format(" | ".join(map(_word, either))))
    return " ".join([command.prog, *words])


def _needed(action: argparse.Action) -> bool:
    return action.required and action.nargs != "*"


def _word(action: argparse.Action) -> str:
    name = str(action.metavar or "|".join(action.choices or ()))
    several = f"{name} …" if action.nargs in {"+", "*"} else name
    return " ".join([*action.option_strings[:1], several]).rstrip()


def operations() -> str:
    ordered = sorted(OPERATIONS, key=lambda each: (each.path, each.method))
    rows = [
        (f"`{each.method} {each.path}`", code(each.name), sentence(each.about), fields(each), TOKENS[each.opens_to])
        for each in ordered
    ]
    return table(("Method and path", "Operation", "What it does", "Body or query", "Token"), rows)


def fields(each: Operation) -> str:
    """Return the names of what a request holds; those that may be left out in brackets."""
    told = []
    for model in (each.body, each.query):
        schema = model.model_json_schema() if model else {}
        needed = schema.get("required", [])
        told += [code(name) if name in needed else f"[{code(name)}]" for name in schema.get("properties", {})]
    return " ".join(told) or ("a checkpoint file" if each.name == "restore" else "")


def values() -> str:
    return table(("Operation", "Field", "Accepts", "Left out"), _values())


def _values() -> Iterator[tuple[str, ...]]:
    for each in sorted(OPERATIONS, key=lambda each: each.name):
        for model in (each.body, each.query):
            if model and model is not Nothing:
                yield from _fields_of(each, model.model_json_schema())


def _fields_of(each: Operation, schema: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, value in schema.get("properties", {}).items():
        default = value.get("default")
        left = "refused" if name in schema.get("required", []) else "" if default in (None, "") else code(default)
        yield code(each.name), code(name), accepts(value, schema.get("$defs", {})), left


def refusals() -> str:
    rows = [(code(name), status, say(f"control.{name}", "en")) for name, status in STATUS.items()]
    return table(("Code", "Status", "Title"), rows)


def settings() -> str:
    rows = []
    for knob in KNOBS:
        told = PATHS.get(knob.name) or (code(_written(knob.default)) if knob.default not in ("", ()) else "")
        words = say(f"settings.help.{knob.name}", "en")
        rows.append((code(knob.name), code(VARIABLE + knob.name.upper()), told, _bounds(knob.metadata), words))
    return table(("Setting", "Variable", "Default", "Accepts", "What for"), rows)


def _written(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def _bounds(known: Mapping[str, Any]) -> str:
    if "least" in known:
        return f"{known['least']} to {known['most']}"
    return code(*known.get("options", ()))


def fault_kinds() -> str:
    rows = [(code(kind.name), STRIKES[kind.name], code(*kind.options)) for kind in KINDS.values()]
    return table(("Kind", "What happens", "Options of its own"), rows)


def fault_steps() -> str:
    return table(("Step", "Moments"), [(code(step), code(*moments)) for step, moments in STEPS.items()])


def checkpoints() -> str:
    rows = [(code(step.name), code(step.path), code(step.person)) for step in GUIDE.values()]
    return table(("Checkpoint", "Opens", "Practice account"), rows)


def rule_codes() -> str:
    """Return every code of a refused form; where no sentence stands for all fields, that of one field."""
    sentences = page("problems")
    rows = []
    for name in CODES:
        found = [key for key in sentences if key == name or key.endswith(f".{name}")]
        where = "" if found[0] == name else f" ({code(found[0].rpartition('.')[0])})"
        rows.append((code(name), sentences[found[0]]["en"] + where))
    return table(("Code", "What the visitor reads (of one field, where fields differ)"), rows)


def notices() -> str:
    """Return every code of what a page tells besides, in the order of the wording."""
    told = {key.partition("tell.")[2]: words["en"] for key, words in page("frame").items() if key.startswith("tell.")}
    return table(("Code", "What the visitor reads"), [(code(name), words) for name, words in told.items()])


def rules() -> str:
    rows = [(code(row["name"]), row["kind"], row["source"], _figures(row)) for row in export()]
    return table(("Rule", "Kind", "Source", "What"), rows)


def _figures(row: Mapping[str, Any]) -> str:
    aside = {"name", "kind", "source", "stated", "secret"}
    told = {name: value for name, value in row.items() if name not in aside and value not in (None, [], "")}
    parts = [name if value is True else f"{name} {_plain(value)}" for name, value in told.items() if value is not False]
    return ", ".join(parts)


def _plain(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
