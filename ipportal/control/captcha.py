"""Operations on the CAPTCHA: its mode, and the open challenges with their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ..clock import iso
from ..flows.captcha import CHOICE
from .kinds import Model
from .operations import Call, operation
from .problems import Refused

if TYPE_CHECKING:
    from ..settings import Settings

CaptchaMode = Literal["real", "fixed", "seeded", "reveal", "always_wrong", "expired"]
CaptchaWord = Annotated[str, Field(pattern="^[A-Z0-9]{6}$")]
CaptchaSeed = Annotated[str, Field(max_length=80)]


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
    settings = call.now.settings
    # The settings of a portal have a word only while the mode is `fixed`; its choice keeps it for the next time.
    kept = call.portal.tables.facts.get(CHOICE)
    word = kept.value["word"] if kept else settings.captcha_word
    call.portal.captcha.choose(**judged_captcha(settings, word, call.body))
    return read_captcha(call)


def judged_captcha(settings: Settings, word: str, change: CaptchaChange) -> dict[str, str]:
    """Return the mode, word and seed that a portal of these settings goes on with; *word* is the one it had."""
    if settings.public and change.mode != "real":
        raise Refused("captcha_public", where="/mode", accepted=["real"])
    word = change.word or word
    if change.mode == "fixed" and not word:
        raise Refused("captcha_word", where="/word", accepted=["^[A-Z0-9]{6}$"])
    seed = settings.captcha_seed if change.seed is None else change.seed
    return {"mode": change.mode, "word": word, "seed": seed}
