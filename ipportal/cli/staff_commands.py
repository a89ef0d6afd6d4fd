"""What the commands for trainers do, as the control API does: unlock, reissue, free, suspend, resume, captcha."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..clock import iso, parse_span, within
from ..flows.base import fold
from ..flows.staff import digits
from ..settings import CAPTCHA_WORD
from ..wording import say
from .commands import filled, refuse, tell
from .refusals import REFUSED, USAGE

if TYPE_CHECKING:
    from argparse import Namespace

    from ..settings import Settings

__all__ = ["captcha", "free", "reissue", "resume", "suspend", "unlock"]


def unlock(settings: Settings, given: Namespace) -> int:
    """Unlock an Internet user ID or an account, by the ID that is typed for it."""
    if not filled(settings, given.workspace).staff.unlock(given.id):
        return refuse(say("cli.unlock_unknown", settings.terminal_lang, name=given.id), REFUSED)
    tell(say("cli.unlocked", settings.terminal_lang, name=given.id))
    return 0


def reissue(settings: Settings, given: Namespace) -> int:
    """Issue a new basic password to an account, as for a holder who has forgotten it, and print it."""
    portal, lang = filled(settings, given.workspace), settings.terminal_lang
    if not (account := portal.tables.accounts.get(given.id)):
        return refuse(say("control.account_unknown", lang), REFUSED)
    password = digits()[0]
    portal.staff.reissue(account, password)
    tell(say("cli.reissued", lang, name=given.id, password=password))
    return 0


def free(settings: Settings, given: Namespace) -> int:
    """Take an Internet user ID away, as for a user who has forgotten its password: the accounts register anew."""
    portal, lang, folded = filled(settings, given.workspace), settings.terminal_lang, fold(given.id)
    if not (user := portal.tables.users.get(folded)):
        return refuse(say("control.user_unknown", lang), REFUSED)
    accounts = ", ".join(account.basic_user_id for account in portal.login.accounts.linked(folded))
    portal.staff.remove_user(folded)
    tell(say("cli.freed", lang, name=user.internet_user_id, accounts=accounts))
    return 0


def suspend(settings: Settings, given: Namespace) -> int:
    """Close the portal from now on for so many minutes, or for a span."""
    portal, span = filled(settings, given.workspace), given.span.strip()
    moment = portal.clock.now()
    end = within(moment + parse_span(f"{span}m" if re.fullmatch("-?[0-9]+", span) else span))
    if end <= moment:
        return refuse(say("cli.suspend_span", settings.terminal_lang), USAGE)
    portal.at(moment).suspensions.begin(end)
    closure = portal.standing().portal.closed(moment)
    assert closure  # noqa: S101 - it has just begun
    tell(say("cli.suspended", settings.terminal_lang, opens=iso(closure.end)))
    return 0


def resume(settings: Settings, given: Namespace) -> int:
    """End the suspension."""
    portal = filled(settings, given.workspace)
    portal.suspensions.end()
    closure = portal.calendar.closed(portal.clock.now())
    lang = settings.terminal_lang
    tell(say("cli.resumed_closed", lang, opens=iso(closure.end)) if closure else say("cli.resumed", lang))
    return 0


def captcha(settings: Settings, given: Namespace) -> int:
    """Choose another CAPTCHA mode, and the word of the mode that has one."""
    lang = settings.terminal_lang
    if given.word and (given.mode != "fixed" or not re.fullmatch(CAPTCHA_WORD, given.word)):
        return refuse(say("control.captcha_word", lang), USAGE)
    if why := filled(settings, given.workspace).standing().portal.captcha.change(given.mode, given.word):
        return refuse(say(f"control.{why}", lang), REFUSED)
    tell(say("cli.captcha_is", lang, mode=given.mode))
    return 0
