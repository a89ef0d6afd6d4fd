"""Every knob: its default, what it accepts, and where its value came from.

The order is command-line option, `IPPORTAL_*` variable, `ipportal.toml` in the instance folder,
default. An unknown name is refused with the nearest known one.
"""

from __future__ import annotations

import difflib
import os
import re
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .assets import default_instance
from .hosts import LOOPBACK, WILDCARDS, host_of, is_loopback, wrong
from .rules import FIGURE, FIGURES, Rule, in_force
from .toml import NoToml, as_text, read

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX, STORE = "IPPORTAL_", "portal.sqlite"  # of a variable; the file in the instance folder, unless another is named
LANGUAGES = ("zh-Hant", "en", "zh-Hans")
SAFE_COST = 10  # the lowest bcrypt cost that may be reached from another machine
CAPTCHA_MODES = ("real", "fixed", "seeded", "reveal", "always_wrong", "expired")
CAPTCHA_WORD = "[A-Z0-9]{6}"
MOST = 10_000  # that a figure of the rules can be set to
LONGEST_SEED = 80  # characters of a CAPTCHA's, or a fault's, seed
_NOT_SETTINGS = frozenset({"IPPORTAL_URL", "IPPORTAL_TOKEN", "IPPORTAL_FAILPOINT"})  # of test kit and rehearsals


class SettingError(Exception):
    """A setting that cannot be used: a code and the figures of its sentence, and where a wrong value came from."""

    def __init__(self, code: str, **figures: str | int) -> None:
        super().__init__(code, figures)
        self.code, self.figures, self.origin = code, figures, ""


def is_seed(text: str) -> bool:
    """Say whether a CAPTCHA or a fault can have that seed: not too long, and without a NUL."""
    return len(text) <= LONGEST_SEED and "\0" not in text


def _assumed(name: str) -> Any:  # noqa: ANN401 - `dataclasses.field` is typed as its default
    return field(default=FIGURE[name].value, metadata={"least": 1, "most": MOST})


def _number(default: int, least: int, most: int) -> Any:  # noqa: ANN401 - as above
    return field(default=default, metadata={"least": least, "most": most})


def _one_of(*options: str) -> Any:  # noqa: ANN401 - as above
    return field(default=options[0], metadata={"options": options})


@dataclass(frozen=True)
class Settings:
    """The settings in force; `origins` says for each whether option, environment, file or default gave it."""

    instance: Path = field(default_factory=default_instance)
    store: str = field(default="", repr=False)  # the address of a server holds a password
    host: str = "127.0.0.1"
    port: int = _number(8080, 0, 65535)
    public: bool = False
    access_password: str = field(default="", repr=False, metadata={"secret": True})
    trusted_hosts: tuple[str, ...] = ()
    public_url: str = ""
    processes: int = _number(0, 0, 64)
    threads: int = _number(32, 1, 512)
    server: str = _one_of("auto", "gunicorn", "waitress")
    bcrypt_cost: int = _number(SAFE_COST, 4, 15)
    captcha_mode: str = _one_of(*CAPTCHA_MODES)
    captcha_word: str = ""
    captcha_seed: str = "1"
    lang: str = _one_of(*LANGUAGES)
    terminal_lang: str = field(default="en", metadata={"options": LANGUAGES})
    scenario: str = "default"
    holidays: tuple[str, ...] = ()
    control: bool = True
    workspaces: str = _one_of("files", "memory")
    workspace_hours: int = _number(8, 1, 720)
    sunday_holiday: str = _one_of("sunday", "weekdays")
    login_tries: int = _assumed("login_tries")
    basic_password_tries: int = _assumed("basic_password_tries")
    captcha_minutes: int = _assumed("captcha_minutes")
    draft_minutes: int = _assumed("draft_minutes")
    session_idle_minutes: int = _assumed("session_idle_minutes")
    session_hours: int = _assumed("session_hours")
    cancelled_id_days: int = _assumed("cancelled_id_days")
    warning_minutes: int = _assumed("warning_minutes")
    origins: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse combinations that cannot be meant."""
        if not self.store:
            object.__setattr__(self, "store", str(self.instance / STORE))
        if not self.public and not is_loopback(self.host):
            raise SettingError("host_needs_public", host=self.host)
        for code, name, value in wrong(self.trusted_hosts, self.public_url):
            raise SettingError(code, name=name, value=value)
        if self.public:
            self._check_public()
        word = CAPTCHA_WORD if self.captcha_mode == "fixed" else ""
        if not re.fullmatch(word, self.captcha_word):
            raise SettingError("captcha_word", name="captcha_word")
        if not is_seed(self.captcha_seed):
            raise SettingError("captcha_seed", name="captcha_seed", most=LONGEST_SEED)
        for text in self.holidays:
            _signed_day(text)

    def _check_public(self) -> None:
        if len(self.access_password) < 8:  # noqa: PLR2004 - said in the refusal's sentence
            raise SettingError("public_needs_password")
        if self.captcha_mode != "real":
            raise SettingError("public_needs_real_captcha")
        if self.bcrypt_cost < SAFE_COST:
            raise SettingError("public_needs_cost", least=SAFE_COST)
        if self.host in WILDCARDS and not self.trusted_hosts and not self.public_url:
            raise SettingError("public_needs_hosts", host=self.host)

    @property
    def hosts(self) -> list[str]:
        """Return the host names that requests may carry, in small letters."""
        named = [each.lower() for each in (self.host, *self.trusted_hosts, host_of(self.public_url)) if each]
        return [*LOOPBACK, *(each for each in named if each not in LOOPBACK)]

    @property
    def figures(self) -> dict[str, int]:
        """Return the catalogue's figures as they are in force."""
        return {figure.name: getattr(self, figure.name, figure.value) for figure in FIGURES}

    @property
    def rules(self) -> dict[str, Rule]:
        """Return every rule of the catalogue as it is in force."""
        return in_force(self.figures, self.sunday_holiday, self.holiday_changes)

    @property
    def holiday_changes(self) -> dict[date, bool]:
        """Return the days that the `holidays` setting adds (True) or strikes (False)."""
        return dict(map(_signed_day, self.holidays))


KNOBS = tuple(knob for knob in fields(Settings) if knob.name != "origins")
_BY_NAME = {knob.name: knob for knob in KNOBS}


def load(options: Mapping[str, str] | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from options, environment and file; raise `SettingError` for the first that is wrong."""
    options = options or {}
    environ = os.environ if environ is None else environ
    given: dict[str, tuple[str, object]] = {}
    variables = _from_environment(environ)
    where = options.get("instance") or variables.get("instance")
    instance = _path("instance", where) if where else default_instance()
    for origin, found in (
        (str(instance / "ipportal.toml"), _from_file(instance / "ipportal.toml")),
        ("environment", variables),
        ("option", options),
    ):
        for name, value in found.items():
            given[_known(name, origin)] = (origin, value)
    origins = {name: origin for name, (origin, _) in given.items()}
    try:
        values: dict[str, Any] = {name: _convert(name, value) for name, (_, value) in given.items()}
        return Settings(**(values | {"instance": instance}), origins=origins)
    except SettingError as fault:
        fault.origin = origins.get(str(fault.figures.get("name")), "")
        raise


def default_of(name: str) -> object:
    """Return the default of a setting."""
    knob = _BY_NAME[name]
    return knob.default if knob.default is not MISSING else default_instance()


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environ.items()
        if name.startswith(PREFIX) and name not in _NOT_SETTINGS
    }


def _from_file(path: Path) -> dict[str, object]:
    try:
        found = read(path)
    except NoToml as fault:
        raise SettingError("toml", path=str(path), line=fault.line, column=fault.column) from fault
    except (OSError, ValueError) as fault:
        raise SettingError("file", path=str(path), why=type(fault).__name__) from fault
    if "instance" in found:
        raise SettingError("instance_in_file", path=str(path))
    return found


def _known(name: str, origin: str) -> str:
    if name in _BY_NAME:
        return name
    raise SettingError("unknown", name=name, origin=origin, nearest=difflib.get_close_matches(name, _BY_NAME, 1, 0)[0])


def _convert(name: str, value: object) -> object:
    if convert := {"Path": _path, "bool": _flag, "int": _count, "str": _word}.get(str(_BY_NAME[name].type)):
        return convert(name, value)
    parts = value if isinstance(value, list) else str(value).split(",")
    return tuple(part for part in (str(part).strip() for part in parts) if part)


def _path(name: str, value: object) -> Path:
    try:
        return Path(str(value)).expanduser().resolve()
    except (RuntimeError, ValueError) as fault:  # an unknown home folder; a NUL
        raise SettingError("path", name=name) from fault


def _flag(name: str, value: object) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if (word := str(value).lower()) not in words:
        raise SettingError("flag", name=name)
    return words[word]


def _count(name: str, value: object) -> int:
    least, most = _BY_NAME[name].metadata["least"], _BY_NAME[name].metadata["most"]
    text = str(value)
    if not re.fullmatch("[0-9]{1,6}", text) or not least <= int(text) <= most:
        raise SettingError("number", name=name, least=least, most=most)
    return int(text)


def _word(name: str, value: object) -> str:
    options = _BY_NAME[name].metadata.get("options", ())
    value = as_text(value) if name == "captcha_seed" else value
    # A surrogate stands for what was no UTF-8.
    if not isinstance(value, str) or not re.fullmatch("[^\ud800-\udfff]*", value) or (options and value not in options):
        raise SettingError("word", name=name, options=" | ".join(options) or "text")
    return value


def _signed_day(text: str) -> tuple[date, bool]:
    try:
        day = date.fromisoformat(text[1:] if re.fullmatch("[+-][0-9]{4}-[0-9]{2}-[0-9]{2}", text) else "")
    except ValueError as fault:
        raise SettingError("holiday", name="holidays", value=text) from fault
    return day, text[0] == "+"
