"""Every sentence of the portal by key, and every key that its sources speak."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from ipportal import assets, wording
from ipportal.cli import class_command, commands, staff_commands
from ipportal.conform import report
from ipportal.conform.run import OUTCOMES
from ipportal.control.problems import STATUS
from ipportal.flows.account import FUNCTIONS, REHEARSED, TOPICS
from ipportal.flows.register import FLOW
from ipportal.hosts import FAULTS
from ipportal.rules import BEHAVIOURS, FIELDS, FIGURES, WINDOWS, Chars, Choice, Problem, Text
from ipportal.settings import KNOBS, LANGUAGES
from ipportal.store import troubles
from ipportal.web.errors import GONE, HOST, PAGES
from ipportal.web.home import CERTIFICATE

PACKAGE: Final = Path(wording.__file__).parents[1]
FILES: Final = sorted((PACKAGE / "wording").glob("*.toml"))
SOURCES: Final = [*assets.folder("templates").rglob("*.html"), *PACKAGE.rglob("*.py")]
COLUMNS: Final = {
    *("setting", "value", "default", "origin", "help"),
    *("key", "account_kind", "basic_user_ids", "identity_prefix", "basic_password"),
    *("internet_user_id", "internet_password", "situation"),
    *("rule", "kind", "what", "source", "rule_or_step", "reached"),
    *("change", "rule", "attribute", "old", "new"),
    *("screen", "field", "code", "message"),
    *class_command.COLUMNS,
    *(name.replace(" ", "_") for name in report.HEADING),
    *OUTCOMES,
}
COMMANDS: Final = tuple(name for name in commands.__all__)
TERMS: Final = ("acceptance", "keeping", "suspension", "copyright", "disclaimer", "privacy")
TIPS: Final = ("id", "password", "first", "one", "forgotten", "locked")


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Return every sentence by its whole key."""
    return {f"{file.stem}.{key}": found for file in FILES for key, found in wording.page(file.stem).items()}


@cache
def text() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)


def literals() -> set[str]:
    """Return the keys that stand whole in a template or a module."""
    pages = "|".join(file.stem for file in FILES)
    return set(re.findall(rf"""f?["']((?:{pages})\.[a-z0-9_.]+)["'](?! ~)""", text())) & spoken()


def spoken() -> set[str]:
    """Return what looks like a key where somebody speaks."""
    return set(re.findall(r"""(?:say|words)\(\s*["']([A-Za-z0-9_.-]+)["']\s*[,)]""", text()))


def prefixes() -> set[str]:
    """Return the beginnings of keys that are put together: `"x." ~ name` in a template, `f"x.{name}` in Python."""
    in_templates = re.findall(r"""["']([a-z_]+\.(?:[a-z_.]*\.)?)["'] ~""", text())
    return set(in_templates) | set(re.findall(r"""(?:say|words|=) ?\(?f["']([a-z_]+\.(?:[a-z_.]*\.)?)\{""", text()))


def raised(name: str) -> set[str]:
    """Return the codes with which an exception is raised, or a function called, anywhere in the package."""
    calls = re.findall(rf"""{name}\(((?:["'][a-z_]+["']| if | else |[^"'(),]*(?:\([^()]*\))?)*)""", text())
    return {code for call in calls for code in re.findall(r"""["']([a-z_]+)["']""", call)}


def refusals() -> set[tuple[str, Problem]]:
    """Return every refusal that a visitor can meet."""
    found: set[tuple[str, str]] = {
        ("captcha", "captcha_wrong"),
        ("captcha", "captcha_expired"),
        ("internet_user_id", "taken"),
        ("basic_password", "wrong_basic_password"),
        ("new_basic_password", "reused"),
        ("current_internet_password", "wrong_credentials"),
        ("access_password", "required"),
        ("access_password", "wrong_credentials"),
        *(("form", code) for code in ("not_recognised", "wrong_credentials", "locked", "suspended", "stale")),
    }
    for rule in FIELDS:
        if isinstance(rule, Choice) or not rule.optional:
            found.add((rule.name, "required"))
        if isinstance(rule, Text):
            found |= {(rule.name, code) for code in _codes(rule)}
    return {(field, Frozen(code)) for field, code in found}


def _codes(rule: Text) -> set[str]:
    if rule.again:
        return {"differs"}
    more = {"mixed"} if rule.mixed else set()
    return {"length", "chars"} | more | ({"duplicate"} if rule.unlike else set())


class Frozen(Problem):
    """A refusal with every figure that a sentence may ask for, to be kept in a set."""

    def __init__(self, code: str) -> None:
        super().__init__(code, {"min": 13, "max": 15, "minutes": 5, "left": 2, "history": 12, "login_tries": 5})

    def __hash__(self) -> int:
        return hash(self.code)


def explained() -> set[str]:
    """Return the keys under which the refusals are explained."""
    own = {(field, problem.code): f"problems.{field}.{problem.code}" for field, problem in refusals()}
    last = {"problems.basic_password.wrong_basic_password_last"}  # `explain` chooses it by what is left
    which = {f"problems.locked_{which}" for which in ("id", "account", "registration")}  # and these by the form
    which |= {f"problems.internet_password.{code}_new" for code in ("required", "length", "chars", "mixed")}
    which |= {f"problems.internet_password_again.{code}_new" for code in ("required", "differs")}
    which |= {f"problems.basic_password.{code}_current" for code in ("required", "length", "chars")}
    return {key if wording.known(key) else f"problems.{code}" for (_, code), key in own.items()} | last | which


def families() -> dict[str, set[str]]:
    """Return, for each beginning of a key, the keys that the data makes of it."""
    texts = [rule for rule in FIELDS if isinstance(rule, Text)]
    # `stale` is told as a refusal; `session_over` is where the request keeps why its session ended.
    said = raised("tell") - {"stale", "session_over"} | {"elsewhere", "changed", "expired"}
    names: dict[str, set[str]] = {
        "account.board.topic.": set(TOPICS),
        "account.function.": set(FUNCTIONS),
        "account.what.": set(FUNCTIONS) - REHEARSED,
        "cli.": {"address", "practice", "control", "clock.label", "store.label", "safety.label"},
        "cli.checkpoint.": {"list", "open", "save", "restore"},
        "cli.clock.": {"show", "set", "advance", "run", "real"},
        "cli.column.": COLUMNS,
        "cli.command.": {*COMMANDS, *staff_commands.__all__, "token", "exec", "workspaces", "class", "notice"},
        "cli.option.": {"create", "remove", "captcha_mode", "captcha_word"},
        "cli.origin.": {"default", "environment", "option"},
        "cli.safety.": {"public", "loopback"},
        "cli.scenario.": raised("ScenarioError"),
        "cli.scenario_wanted.": {"one_of", "like", "between", "once", "most", "plain", "beside", "named", "line"},
        "cli.store.": raised("Unavailable") | set(troubles.CODES.values()),
        "cli.store_is.": {"sqlite", "postgres"},
        "cli.time.": raised("TimeError"),
        "conform.command.": {"export", "conform", "messages", "diff", "coverage"},
        "conform.error.": raised("Unusable"),
        "control.": set(STATUS),
        "errors.": {f"{about}.{part}" for about in (*PAGES, HOST, GONE) for part in ("title", "text")},
        "fields.": {f"{rule.name}.label" for rule in FIELDS} | {f"{rule.name}.hint" for rule in texts},
        "fields.account_kind.": {"corporate", "personal"},
        "fields.agree.": {"yes", "no"},
        "frame.lang.": set(LANGUAGES),
        "frame.maintenance.": {window.name for window in WINDOWS},
        "frame.month.": {str(month) for month in range(1, 13)},
        "frame.tell.": said,
        "home.certificate.": set(CERTIFICATE),
        "home.certificate.what.": set(CERTIFICATE),
        "login.tips_page.": set(TIPS),
        "practice.clock_mode.": {"real", "shifted", "frozen"},
        "practice.rule.behaviour.": {each.name for each in BEHAVIOURS},
        "practice.rule.chars.": {each.name.lower() for each in Chars},
        "practice.rule.figure.": {each.name for each in FIGURES},
        "practice.rule.journey.": {"register", "login"},
        "practice.rule.partly.": {rule.assumed for rule in texts if rule.assumed},
        "practice.rule.unit.": {each.unit for each in FIGURES},
        "register.step.": {step.name for step in FLOW.steps},
        "settings.error.": raised("SettingError") | set(FAULTS),
        "settings.help.": {knob.name for knob in KNOBS},
        "usage.": set(wording.page("usage")),
        "terms.": {f"{part}.{kind}" for part in TERMS for kind in ("title", "text")},
    }
    return {prefix: {prefix + name for name in found} for prefix, found in names.items()} | {"problems.": explained()}
