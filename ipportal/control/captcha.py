"""Operations on the CAPTCHA: its mode, and the open challenges with their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ..clock import iso
from ..flows.captcha import choice
from ..settings import CAPTCHA_WORD, LONGEST_SEED
from .kinds import Model
from .operations import Call, operation
from .problems import Refused

if TYPE_CHECKING:
    from ..settings import Settings

CaptchaMode = Literal["real", "fixed", "seeded", "reveal", "always_wrong", "expired"]
CaptchaWord = Annotated[str, Field(pattern=f"^{CAPTCHA_WORD}$")]
CaptchaSeed = Annotated[str, Field(max_length=LONGEST_SEED)]


class Challenge(Model):
    """An open challenge with its answer."""

    captcha_id: str
    answer: str
    issued_at: str


class Captcha(Model):
    """The CAPTCHA mode of a workspace, and its open challenges, the newest first."""

    mode: str
    word: str
    seed: str
    challenges: list[Challenge]


class CaptchaChange(Model):
    """Another mode; word and seed stay as they are where they are left out."""

    mode: CaptchaMode
    word: CaptchaWord | None = None
    seed: CaptchaSeed | None = None


@operation("GET", "/workspaces/{workspace}/captcha", Captcha)
def read_captcha(call: Call) -> Captcha:
    """Return the CAPTCHA mode and the open challenges with their answers."""
    settings = call.now.settings
    newest = sorted(call.portal.tables.challenges.where(), key=lambda each: each.issued_at, reverse=True)
    challenges = [
        Challenge(captcha_id=each.captcha_id, answer=each.answer, issued_at=iso(each.issued_at)) for each in newest
    ]
    return Captcha(
        mode=settings.captcha_mode, word=settings.captcha_word, seed=settings.captcha_seed, challenges=challenges
    )


@operation("PUT", "/workspaces/{workspace}/captcha", Captcha, body=CaptchaChange, conflict=True)
def set_captcha(call: Call) -> Captcha:
    """Change the CAPTCHA mode, from the next challenge on; `always_wrong` and `expired` also for open ones."""
    wanted: CaptchaChange = call.body
    captcha = call.now.captcha
    return call.changed(lambda: _granted(captcha.change(wanted.mode, wanted.word, wanted.seed)), read_captcha)


def judged_captcha(settings: Settings, change: CaptchaChange) -> dict[str, str]:
    """Return the mode, word and seed that a new portal of these settings goes on with."""
    chosen, why = choice(settings, settings.captcha_word, change.mode, change.word, change.seed)
    _granted(why, "/captcha", "/captcha_word")
    return chosen


def _granted(why: str, mode: str = "/mode", word: str = "/word") -> None:
    """Refuse what was not granted, at the field of the body that holds the mode or the word."""
    if why == "captcha_public":
        raise Refused("captcha_public", where=mode, accepted=["real"])
    if why == "captcha_word":
        raise Refused("captcha_word", where=word, accepted=[f"^{CAPTCHA_WORD}$"])
