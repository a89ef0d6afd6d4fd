"""CAPTCHA: a picture drawn for each challenge and kept with it; judged once, within five minutes of portal time."""

from __future__ import annotations

import hmac
import secrets
import string
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from ..rules import Problem
from ..store.schema import Challenge
from .base import Desk, alive, new_id

if TYPE_CHECKING:
    from datetime import datetime

ALPHABET = string.ascii_uppercase + string.digits
_LENGTH = 6
_PAPER, _INK = (255, 255, 255), (22, 62, 72)  # the package's own random ink can be too pale to read


@dataclass(frozen=True)
class Captcha(Desk):
    """Issues and judges challenges. An *owner* is the draft, session or visit that a challenge belongs to."""

    def draw(self, owner: str) -> Challenge:
        """Return a new challenge with its picture, not kept yet; call it outside a transaction."""
        word = self.settings.captcha_word
        answer = word if self.settings.captcha_mode == "fixed" else _random_word()
        picture: bytes = _painter().generate(answer, bg_color=_PAPER, fg_color=_INK).getvalue()
        return Challenge(new_id(), owner, answer, self.clock.now(), picture)

    def put(self, challenge: Challenge) -> Challenge:
        """Keep a challenge in place of its owner's earlier one, and let go of those that nobody can answer."""
        with self.tables.atomic():
            self.tables.challenges.delete(owner=challenge.owner)
            self.tables.challenges.delete(issued_at__before=challenge.issued_at - self._life)
            self.tables.challenges.insert(challenge)
        return challenge

    def issue(self, owner: str) -> str:
        """Draw and keep a new challenge; return its id."""
        return self.put(self.draw(owner)).captcha_id

    def shown(self, owner: str) -> str:
        """Return the id of the challenge that *owner* has open, or of a new one."""
        now = self.clock.now()
        standing = [each for each in self.tables.challenges.where(owner=owner) if self._open(each, now)]
        return standing[0].captcha_id if standing else self.issue(owner)

    def judge(self, captcha_id: str, owner: str, typed: str) -> Problem | None:
        """Use up the challenge, right or wrong; return what is wrong. Call it inside the deciding transaction."""
        challenge = self.tables.challenges.get(captcha_id)
        if challenge is None or challenge.owner != owner:
            return Problem("captcha_expired", {"minutes": self.settings.captcha_minutes})
        self.tables.challenges.delete(captcha_id=captcha_id)
        if not self._open(challenge, self.clock.now()):
            return Problem("captcha_expired", {"minutes": self.settings.captcha_minutes})
        right = hmac.compare_digest(typed.encode(), challenge.answer.encode())
        return None if right else Problem("captcha_wrong")

    def picture(self, captcha_id: str, owner: str) -> bytes | None:
        """Return the challenge's picture as PNG, or None where *owner* has no such challenge."""
        challenge = self.tables.challenges.get(captcha_id)
        return challenge.picture if challenge and challenge.owner == owner else None

    def sound(self, captcha_id: str, owner: str) -> bytes | None:
        """Return the challenge read out, as WAV, or None where *owner* has no such challenge."""
        challenge = self.tables.challenges.get(captcha_id)
        if challenge is None or challenge.owner != owner:
            return None
        return bytes(_speaker().generate(challenge.answer))

    @property
    def _life(self) -> timedelta:
        return timedelta(minutes=self.settings.captcha_minutes)

    def _open(self, challenge: Challenge, now: datetime) -> bool:
        return alive(challenge.issued_at, self._life, now)


def _random_word() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))


# The package brings Pillow, fonts and voices, so it is loaded when the first picture is drawn.
@cache
def _painter() -> Any:  # noqa: ANN401 - the package is not typed
    from captcha.image import ImageCaptcha  # noqa: PLC0415

    return ImageCaptcha(width=200, height=70)


@cache
def _speaker() -> Any:  # noqa: ANN401 - the package is not typed
    from captcha.audio import AudioCaptcha  # noqa: PLC0415

    return AudioCaptcha()
