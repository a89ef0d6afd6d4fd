"""What the command for the notice board does: publish a notice, or withdraw it, for a portal or a whole class."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..settings import LANGUAGES
from ..store.schema import Notice
from ..vetting import LONGEST_LINE, UNSHOWN, ScenarioError, in_three, vet_notice
from ..wording import say
from .chosen import in_chosen, refuse
from .refusals import REFUSED, USAGE

if TYPE_CHECKING:
    from argparse import Namespace

    from ..portal import Portal
    from ..settings import Settings

    Told = str | tuple[str, int]

__all__ = ["PARTS", "notice"]

PARTS = ("subject", "body")
_LINE = re.compile(rf"[^\x00-\x1f{UNSHOWN}]{{1,{LONGEST_LINE}}}")


def notice(settings: Settings, given: Namespace) -> int:
    """Publish a notice, dated today by the portal's clock; or withdraw it."""
    lang = settings.terminal_lang
    typed = {part: _typed(given, part) for part in PARTS}
    if given.withdraw:
        if any(typed.values()):
            return refuse(say("cli.notice_either", lang), USAGE)
        return in_chosen(settings, given.workspace, lambda portal: _withdrawn(portal, given.reference, lang))
    if not all(typed.values()):
        return refuse(say("cli.notice_words", lang), USAGE)
    if not all(_LINE.fullmatch(line) for words in typed.values() for line in words.values()):
        return refuse(say("cli.notice_line", lang, most=LONGEST_LINE), USAGE)
    subject, body = (in_three(typed[part]) for part in PARTS)

    def deed(portal: Portal) -> Told:
        today = portal.clock.now().date().isoformat()
        row = Notice(given.reference, today, given.topic, subject, body)
        try:
            vet_notice(row)
        except ScenarioError as fault:  # its own sentence is about a scenario
            words = say("cli.notice_words", lang) if fault.code == "words" else say("cli.notice_reference", lang)
            return words, USAGE
        if not portal.staff.publish(row):
            return say("cli.notice_taken", lang, name=given.reference), REFUSED
        return say("cli.published", lang, name=given.reference)

    return in_chosen(settings, given.workspace, deed)


def _typed(given: Namespace, part: str) -> dict[str, str]:
    """Return the words of a part by language, those that were given."""
    words = {lang: getattr(given, f"{part}_{lang}") for lang in LANGUAGES}
    return {lang: line for lang, line in words.items() if line is not None}


def _withdrawn(portal: Portal, reference: str, lang: str) -> Told:
    if portal.staff.withdraw(reference):
        return say("cli.withdrawn", lang, name=reference)
    names = ", ".join(each.reference for each in portal.tables.notices.where())
    return say("cli.notice_unknown", lang, name=reference, names=names or "-"), REFUSED
