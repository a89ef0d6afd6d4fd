"""What is tried on a typed field: both sides of every edge, and each kind of character that does not belong."""

from __future__ import annotations

from itertools import cycle, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from .characters import DIGITS_ONLY, EVERY, FOREIGN, GOOD, LETTERS, LETTERS_ONLY, LONG, SLIPPERY, WIDE
from .kinds import Chars, Choice, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ACCEPTED = "accepted"


class Case(NamedTuple):
    """One thing that is tried: what it checks, its tag within that check, what is given, and the answer due."""

    check: str
    tag: str
    given: Mapping[str, Any]
    expected: str = ACCEPTED
    note: str = ""


_AS_TYPED = "judged as typed: nothing is trimmed, folded or composed"
_NO_OPTION = "no option, letter for letter, which is as good as no answer"
_LEFT_OUT = "left empty, or not sent at all"
_COUNTED = "so many characters, each of them from the alphabet"
_EACH = "every character of the alphabet has its turn"
_ALONE = "letters alone, or digits alone"
_AMONG = "a single letter among digits, or a single digit among letters"
_REPEATED = "compared with the first field character for character"
_TWINS = "what another field holds may not stand here too; empty fields are not compared"


def choice_cases(rule: Choice) -> Iterator[Case]:
    """Yield every option, and words that only look like one."""
    for option in rule.options:
        yield Case("option", option, {rule.name: option}, note="an option, letter for letter")
    wrong = {"empty": "", "joined": ",".join(rule.options)}
    wrong |= {word: word for word in ("other", "none", "null", "true", "on", "0", "1")}
    for option in rule.options:
        wrong |= {f"{option}_upper": option.upper(), f"{option}_capital": option.capitalize()}
        wrong |= {f"{option}_space_leading": f" {option}", f"{option}_space_trailing": f"{option} "}
        wrong |= {f"{option}_newline": f"{option}\n", f"{option}_nul": f"{option}\0", f"{option}_cut": option[:-1]}
        wrong |= {f"{option}_full_width": option.translate(WIDE)}
    yield Case("required", "missing", {}, "required", _LEFT_OUT)
    for tag, value in wrong.items():
        if value not in rule.options:
            yield Case("required", tag, {rule.name: value}, "required", _NO_OPTION if value else _LEFT_OUT)


def text_cases(rule: Text) -> Iterator[Case]:
    """Yield both sides of everything the rule says of a typed value."""
    first = {rule.again: _good(rule, rule.longest)} if rule.again else {}
    unanswered = ACCEPTED if rule.optional else "required"
    yield Case("required", "empty", first | {rule.name: ""}, unanswered, _LEFT_OUT)
    yield Case("required", "missing", first, unanswered, _LEFT_OUT)
    if rule.again:
        yield from _repetitions(rule)
        return
    yield from _lengths(rule)
    yield from _characters(rule)
    if rule.chars is Chars.LETTERS_DIGITS:
        yield from _mixtures(rule)
    if rule.unlike:
        yield from _twins(rule)


def _good(rule: Text, length: int) -> str:
    return "".join(islice(cycle(GOOD[rule.chars]), length))


def _lengths(rule: Text) -> Iterator[Case]:
    inside = range(rule.shortest, rule.longest + 1)
    for length in sorted({1, rule.shortest - 1, *inside, rule.longest + 1, 2 * rule.longest, *LONG} - {0}):
        expected = ACCEPTED if length in inside else "length"
        yield Case("length", str(length), {rule.name: _good(rule, length)}, expected, _COUNTED)
    full = _good(rule, rule.longest)
    strange = {f"{name}_too_many": full + extra for name, extra in SLIPPERY.items()}
    strange |= {"space_too_many_leading": f" {full}", "line_end_too_many": f"{full}\r\n"}
    strange |= {"composed": f"{full[:-1]}e\u0301", "utf8_bytes": "\u00e9" * (rule.shortest // 2)}
    strange |= {"utf16_units": "\U0001f600" * (rule.shortest // 2)}
    for tag, value in strange.items():
        yield Case("length", tag, {rule.name: value}, "length", _AS_TYPED)


def _characters(rule: Text) -> Iterator[Case]:
    """Yield the whole alphabet, and what does not belong to it at exactly the right length."""
    size, every = rule.shortest, EVERY[rule.chars]
    for number, at in enumerate(range(0, len(every), size), 1):
        yield Case("chars", f"inside_{number}", {rule.name: (every[at:] + every)[:size]}, note=_EACH)
    short, long = _good(rule, size), _good(rule, rule.longest)
    wrong = {f"{name}_trailing": short[:-1] + each for name, each in (SLIPPERY | FOREIGN).items()}
    wrong |= {f"{name}_leading": each + short[1:] for name, each in SLIPPERY.items()}
    wrong |= {f"{name}_inside": short[: size // 2] + each + short[size // 2 + 1 :] for name, each in SLIPPERY.items()}
    wrong |= {"newline_trailing_longest": f"{long[:-1]}\n", "blank": " " * size, "emoji_all": "\U0001f600" * size}
    wrong |= {"full_width_all": short.translate(WIDE), "arabic_indic_all": "\u0667" * size}
    if rule.chars is Chars.DIGITS:
        wrong |= {f"{name}_trailing": short[:-1] + each for name, each in LETTERS.items()}
        wrong |= {f"{name}_leading": each + short[1:] for name, each in LETTERS.items()}
        wrong |= {"letters_all": _run(LETTERS_ONLY, size)}
    for tag, value in wrong.items():
        yield Case("chars", tag, {rule.name: value}, "chars", _AS_TYPED)


def _mixtures(rule: Text) -> Iterator[Case]:
    """Yield letters alone, digits alone, one among the other, and one case alone."""
    for size in sorted({rule.shortest, rule.longest}):
        letters, digits = _run(LETTERS_ONLY, size), _run(DIGITS_ONLY, size)
        for tag, value in {"letters": letters, "digits": digits}.items():
            yield Case("mixed", f"{tag}_{size}", {rule.name: value}, "mixed" if rule.mixed else ACCEPTED, _ALONE)
        one = {"digit_last": f"{letters[:-1]}7", "digit_first": f"7{letters[1:]}"}
        one |= {"letter_last": f"{digits[:-1]}k", "letter_first": f"K{digits[1:]}"}
        for tag, value in one.items():
            yield Case("mixed", f"{tag}_{size}", {rule.name: value}, note=_AMONG)
    for tag, value in {
        "lower": _good(rule, rule.shortest).lower(),
        "upper": _good(rule, rule.shortest).upper(),
    }.items():
        yield Case("case", tag, {rule.name: value}, ACCEPTED, "either case may be typed")


def _repetitions(rule: Text) -> Iterator[Case]:
    """Yield what is the same as the first field, and what is nearly."""
    for size in sorted({rule.shortest, rule.longest}):
        same = {rule.again: _good(rule, size), rule.name: _good(rule, size)}
        yield Case("differs", f"same_{size}", same, note=_REPEATED)
    first = _good(rule, rule.longest)
    near = {f"{name}_too_many": first + each for name, each in SLIPPERY.items()}
    near |= {
        "space_leading": f" {first}",
        "cut": first[:-1],
        "longer": f"{first}7",
        "full_width": first.translate(WIDE),
    }
    near |= {
        "last": f"{first[:-1]}9",
        "first": f"7{first[1:]}",
        "reversed": first[::-1],
        "other_case": first.swapcase(),
    }
    for tag, value in near.items():
        if value != first:
            yield Case("differs", tag, {rule.again: first, rule.name: value}, "differs", _REPEATED)


def _twins(rule: Text) -> Iterator[Case]:
    """Yield a value that stands in one of the other fields, for each of them, and one that stands in none."""
    numbered = {name: _good(rule, rule.shortest)[:-1] + str(at) for at, name in enumerate([*rule.unlike, rule.name], 1)}
    yield Case("duplicate", "different", numbered, note=_TWINS)
    for other in rule.unlike:
        yield Case("duplicate", other, numbered | {rule.name: numbered[other]}, "duplicate", _TWINS)
    if rule.optional:
        yield Case("duplicate", "empty_twice", dict.fromkeys(numbered, ""), note=_TWINS)


def _run(text: str, size: int) -> str:
    return "".join(islice(cycle(text), size))
