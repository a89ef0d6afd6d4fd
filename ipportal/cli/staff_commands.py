"""What the commands for trainers do, as the control API does: unlock, reissue, free, suspend, resume, captcha."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..clock import TimeError, iso, parse_span, within
from ..flows.base import fold
from ..flows.staff import digits
from ..settings import CAPTCHA_WORD, LONGEST_SEED
from ..vetting import harmless
from ..wording import say
from . import beside
from .chosen import in_chosen, together
from .refusals import REFUSED, USAGE

if TYPE_CHECKING:
    from argparse import Namespace

    from ..portal import Portal
    from ..settings import Settings

    Told = str | tuple[str, int]

__all__ = ["captcha", "free", "reissue", "resume", "suspend", "unlock"]


def unlock(settings: Settings, given: Namespace) -> int:
    """Unlock an Internet user ID or an account, by the ID that is typed for it; tell what else is locked."""
    lang = settings.terminal_lang

    def deed(portal: Portal) -> Told:
        found = portal.staff.unlock(given.id)
        if found is None:
            if until := portal.staff.kept_until(fold(given.id)):
                return say("cli.unlock_cancelled", lang, name=given.id, until=iso(until)), REFUSED
            return say("cli.unlock_unknown", lang, name=given.id), REFUSED
        told = (
            say("cli.unlocked", lang, name=given.id)
            if found.was_locked
            else say("cli.was_not_locked", lang, name=given.id)
        )
        if found.still_locked:
            return together(lang, told, say("cli.still_locked", lang, names=", ".join(found.still_locked)))
        return told

    return in_chosen(settings, given.workspace, deed)


def reissue(settings: Settings, given: Namespace) -> int:
    """Issue a new basic password to an account, as for a holder who has forgotten it, and print it."""
    lang = settings.terminal_lang

    def deed(portal: Portal) -> Told:
        if not (account := portal.tables.accounts.get(given.id)):
            return say("cli.reissue_unknown", lang, name=given.id), REFUSED
        password = digits()[0]
        portal.staff.reissue(account, password)
        link = portal.tables.links.get(given.id)
        told = (
            say("cli.reissued_linked", lang, name=given.id, password=password)
            if link and link.position > 1
            else say("cli.reissued", lang, name=given.id, password=password)
        )
        return together(lang, told, say("cli.locked_still", lang, name=given.id)) if account.locked else told

    return in_chosen(settings, given.workspace, deed)


def free(settings: Settings, given: Namespace) -> int:
    """Take an Internet user ID away, as for a user who has forgotten its password, or release a cancelled one."""
    lang, folded = settings.terminal_lang, fold(given.id)

    def deed(portal: Portal) -> Told:
        if not (user := portal.tables.users.get(folded)):
            if portal.staff.release(folded):
                return say("cli.released", lang, name=given.id)
            return say("cli.free_unknown", lang, name=given.id), REFUSED
        accounts = ", ".join(account.basic_user_id for account in portal.login.accounts.linked(folded))
        portal.staff.remove_user(folded)
        return say("cli.freed", lang, name=user.internet_user_id, accounts=accounts)

    return in_chosen(settings, given.workspace, deed)


def suspend(settings: Settings, given: Namespace) -> int:
    """Close the portal from now on for so many minutes, or for a span."""
    try:
        lasting = parse_span(f"{given.span}m" if re.fullmatch("-?[0-9]+", given.span) else given.span)
    except TimeError as fault:  # its own sentence is about moving a clock, forward or back
        raise TimeError("lasting", text=given.span) from fault

    def deed(portal: Portal) -> Told:
        moment = portal.clock.now()
        end = within(moment + lasting)
        if end <= moment:
            return say("cli.suspend_span", settings.terminal_lang), USAGE
        portal.at(moment).suspensions.begin(end)
        closure = portal.standing().portal.closed(moment)
        assert closure  # noqa: S101 - it has just begun
        return say("cli.suspended", settings.terminal_lang, opens=iso(closure.end))

    return in_chosen(settings, given.workspace, deed)


def resume(settings: Settings, given: Namespace) -> int:
    """End the suspension."""
    lang = settings.terminal_lang

    def deed(portal: Portal) -> Told:
        ended = say("cli.resumed", lang) if portal.suspensions.end() else say("cli.not_suspended", lang)
        closure = portal.calendar.closed(portal.clock.now())
        now = say("cli.closed_still", lang, opens=iso(closure.end)) if closure else say("cli.open_now", lang)
        return together(lang, ended, now)

    return in_chosen(settings, given.workspace, deed)


def captcha(settings: Settings, given: Namespace) -> int:
    """Show the CAPTCHA mode, or choose another one; each with the word of `fixed` or the seed of `seeded`."""
    lang = settings.terminal_lang
    word, seed = (given.word if given.mode == mode else None for mode in ("fixed", "seeded"))

    def deed(portal: Portal) -> Told:
        here = portal.standing().portal
        if given.mode is None:
            return say("cli.captcha_now", lang, mode=_mode(here.settings, lang))
        if word is not None and not re.fullmatch(CAPTCHA_WORD, word):
            return say("control.captcha_word", lang), USAGE
        if seed is not None and len(seed) > LONGEST_SEED:
            return say("cli.captcha_seed", lang, most=LONGEST_SEED), USAGE
        if given.word is not None and given.word not in {word, seed}:
            return say("cli.captcha_alone", lang, mode=given.mode), USAGE
        if given.mode != "real" and beside.is_public(settings):
            return say("control.captcha_public", lang), REFUSED
        if why := here.captcha.change(given.mode, word, seed):
            return say(f"control.{why}", lang), USAGE if why == "captcha_word" else REFUSED
        return say("cli.captcha_is", lang, mode=_mode(portal.standing().portal.settings, lang))

    return in_chosen(settings, given.workspace, deed)


def _mode(settings: Settings, lang: str) -> str:
    """Return the mode in force with the word or seed that belongs to it: a trainer's choice, and no secret."""
    mode, words = settings.captcha_mode, {"fixed": settings.captcha_word, "seeded": settings.captcha_seed}
    return say("cli.captcha_with", lang, mode=mode, word=harmless(words[mode])) if mode in words else mode
