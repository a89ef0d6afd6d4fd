from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ipportal.cli import chosen
from ipportal.flows.faults import KINDS, STEPS
from ipportal.settings import LANGUAGES
from ipportal.vetting import ScenarioError
from ipportal.wording import say

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Terminal

PERSON = """
[[people]]
key = "one"
account_kind = "personal"
identity_prefix = "ZA12"
basic_user_ids = ["{account}"]
basic_password = "31415926"
{more}
names = {{ "zh-Hant" = "甲", en = "A", "zh-Hans" = "甲" }}
situation = {{ "zh-Hant" = "乙"{rest} }}
"""
REST = ', en = "B", "zh-Hans" = "乙"'


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        (PERSON.format(account="99000001", more="x = 1", rest=REST), "unknown", "people[0].x"),
        (PERSON.format(account="9900000", more="", rest=REST), "value", "one.basic_user_id"),
        (PERSON.format(account="99000001", more="", rest=""), "words", "one"),
        (PERSON.format(account="04000001", more="", rest=REST), "invented", "one"),
    ],
)
def test_a_scenario_that_cannot_be_used_is_told_with_where_it_is_wrong(
    bare: Terminal, text: str, code: str, where: str
) -> None:
    file: Path = bare.folder / "class.toml"
    file.write_text(text, encoding="utf-8")

    said = bare.run("accounts", "--scenario", str(file))

    told = say(f"cli.scenario.{code}", "en", where=where)
    assert (said.code, said.err) == (1, f"ipportal: {told}\n")


ACCOUNT, OTHER = (
    PERSON.format(account="99000001", more="", rest=REST),
    PERSON.format(account="99000002", more="", rest=REST),
)
MINE = 'internet_user_id = "MINE0001"\ninternet_password = "Practice20251"\n'
FAULT = '[[faults]]\nkind = "delay"\nstep = "home"\n'
LINE = "The scenario file FILE is not correct TOML. Look at line {}, column {}."
ONE_OF, LIKE = "{} in the scenario must be one of: {}.", "{} in the scenario must be written like this: {}."
WHOLE = "{} in the scenario must be a whole number from {} to {}."
UNSHOWN = (
    "one.names in the scenario holds control characters or marks of writing direction, which cannot be shown. "
    "Remove them."
)
ONCE = "A value of {} stands twice in the scenario. Each may stand there once only."
BESIDE = "{} in the scenario is only for somebody who has internet_user_id. Add the latter, or remove the former."
MOMENT = '"2025-03-31T09:00:00+08:00"'
WORDS = '{ "zh-Hant" = "…", en = "…", "zh-Hans" = "…" }'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('now = "monday"', LIKE.format("now", MOMENT)),
        ('captcha = "reveal"', LIKE.format("captcha", '{ mode = "reveal" }')),
        (
            'captcha = { mode = "open" }',
            ONE_OF.format("captcha.mode", "real, fixed, seeded, reveal, always_wrong, expired"),
        ),
        ('captcha = { mode = "fixed" }', LIKE.format("captcha.word", '{ mode = "fixed", word = "ABC123" }')),
        ("faults = 5", LIKE.format("faults", "[[faults]]")),
        ("faults = [5]", LIKE.format("faults[0]", "[[faults]]")),
        (FAULT.replace("delay", "slow"), ONE_OF.format("faults[0].kind", ", ".join(KINDS))),
        (FAULT.replace("home", "hone"), ONE_OF.format("faults[0].step", ", ".join(STEPS))),
        (FAULT + 'moment = "submit"', ONE_OF.format("faults[0].moment", "page")),
        (FAULT + "times = -1", WHOLE.format("faults[0].times", 0, 1000)),
        (FAULT + "chance = 2.0", LIKE.format("faults[0].chance", "0.5")),
        (FAULT + "seed = 1.5", LIKE.format("faults[0].seed", '"1"')),
        (FAULT + 'seed = "\\u0000"', LIKE.format("faults[0].seed", '"1"')),
        ('captcha = { mode = "seeded", seed = "\\u0000" }', UNSHOWN.replace("one.names", "captcha.seed")),
        (
            f'captcha = {{ mode = "seeded", seed = "{"s" * 81}" }}',
            "captcha.seed in the scenario is too long: 80 at the most.",
        ),
        ("people = 5", LIKE.format("people", "[[people]]")),
        ("people = [5]", LIKE.format("people[0]", "[[people]]")),
        ("notices = [5]", LIKE.format("notices[0]", "[[notices]]")),
        ('[[people]]\nkey = "one"', LIKE.format("people[0].situation", WORDS)),
        (ACCOUNT.replace('["99000001"]', '"99000001"'), LIKE.format("people[0].basic_user_ids", '["…", "…"]')),
        (ACCOUNT.replace("names", 'locked = "both"\nnames'), ONE_OF.format("one.locked", "internet, basic")),
        (ACCOUNT.replace("names", MINE + 'last_login = "monday"\nnames'), LIKE.format("one.last_login", MOMENT)),
        (ACCOUNT.replace("names", "issued = 1\nnames"), LIKE.format("people[0].issued", "true, false")),
        *(
            (ACCOUNT.replace('"one"', f'"{key}"'), LIKE.format(f"{key}.key", '"first-day"'))
            for key in ("", " ", "\u2800")
        ),
        (ACCOUNT.replace("names", 'locked = "internet"\nnames'), BESIDE.format("one.locked")),
        (ACCOUNT.replace("names", f"last_login = {MOMENT}\nnames"), BESIDE.format("one.last_login")),
        (ACCOUNT.replace("names", "cancelled = true\nnames"), BESIDE.format("one.cancelled")),
        (ACCOUNT.replace("names", f'{MINE}cancelled = true\nlocked = "internet"\nnames'), BESIDE.format("one.locked")),
        (
            ACCOUNT.replace("names", f"{MINE}cancelled = true\nlast_login = {MOMENT}\nnames"),
            BESIDE.format("one.last_login"),
        ),
        (ACCOUNT.replace("ZA12", "za12"), LIKE.format("one.identity_prefix", '"ZZ99"')),
        (
            ACCOUNT.replace("names", 'past_basic_passwords = ["31415926"]\nnames'),
            ONCE.format("one.past_basic_passwords"),
        ),
        (
            ACCOUNT.replace('en = "A"', 'en = "A\\u0007"'),
            UNSHOWN,
        ),
        (ACCOUNT + OTHER, ONCE.format("key")),
        (ACCOUNT + ACCOUNT.replace("one", "two"), ONCE.format("basic_user_ids")),
        ("\n\nkey: secret-31415926", LINE.format(3, 4)),
        (ACCOUNT + "basic_password = '31415926", LINE.format(11, 27)),
        ("people = ", LINE.format(1, 10)),
    ],
)
def test_what_no_rule_tells_is_told_where_it_is_refused(bare: Terminal, text: str, told: str) -> None:
    file: Path = bare.folder / "class.toml"
    file.write_text(text, encoding="utf-8")

    said = bare.run("accounts", "--scenario", str(file))

    assert (said.code, said.err) == (1, f"ipportal: {told.replace('FILE', str(file))}\n")
    assert "31415926" not in said.err


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('"\\u001b[2J\\nipportal: Restored" = 1', r"\x1b[2J\nipportal: Restored"),
        (ACCOUNT.replace('"one"', '"\\u001b[2J\\r\\u202e\\u0085"'), r"\x1b[2J\r\u202e\x85.key"),
        (ACCOUNT.replace("names", '"a\\nb" = 1\nnames'), r"people[0].a\nb"),
    ],
)
def test_what_a_terminal_would_obey_is_told_by_its_code(bare: Terminal, text: str, where: str) -> None:
    file: Path = bare.folder / "class.toml"
    file.write_text(text, encoding="utf-8")

    said = bare.run("accounts", "--scenario", str(file))

    assert said.code == 1
    assert said.err.startswith("ipportal: ")
    assert said.err[:-1].isprintable()
    assert where in said.err


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", ["people = ", "now = 5", FAULT + "times = -1", FAULT + "seed = 1.5", ACCOUNT + OTHER])
def test_what_is_wanted_is_told_in_the_terminals_language(bare: Terminal, text: str, lang: str) -> None:
    file: Path = bare.folder / "class.toml"
    file.write_text(text, encoding="utf-8")

    said = bare.run("accounts", "--scenario", str(file), "--terminal-lang", lang)

    assert said.code == 1
    assert ("scenario" in said.err.replace("--scenario", "").replace(str(file), "")) == (lang == "en")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", ["reset", "accounts"])
def test_a_scenario_that_is_not_there_is_told_with_those_that_are(bare: Terminal, command: str, lang: str) -> None:
    (bare.folder / "scenarios").mkdir()
    for name in ("monday", "tuesday"):
        (bare.folder / "scenarios" / f"{name}.toml").write_text("people = []", encoding="utf-8")

    said = bare.run(command, "--scenario", "tusday", "--terminal-lang", lang)

    names = "tuesday, monday, empty, default"
    told = say("cli.scenario_wanted.named", lang, where="tusday", accepted=names)
    assert (said.code, said.out, said.err) == (1, "", f"ipportal: {told}\n")


def test_every_code_of_a_scenario_has_its_sentence(bare: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    for code in ("file", "unknown", "value", "words", "invented"):

        def fails(_: object, code: str = code) -> None:
            raise ScenarioError(code, "here")

        monkeypatch.setattr(chosen, "assemble", fails)
        assert "here" in bare.run("accounts").err
