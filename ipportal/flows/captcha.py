"""CAPTCHA: a picture drawn for each challenge and kept with it; judged once, within five minutes of portal time."""

from __future__ import annotations

import hmac
from datetime import timedelta
from functools import cache
from typing import Any

from ..rules import Problem
from ..store.schema import Challenge, Fact
from .base import Desk, alive, new_id
from .drawing import drawn, random_word, repeated

CHOICE = "captcha"  # the fact that says which mode a tester chose
DRAWS = "captcha_draws"  # the fact that counts the pictures of a seeded portal


class Captcha(Desk):
    """Issues and judges challenges. An *owner* is the draft, session or visit that a challenge belongs to."""

    def choose(self, mode: str, word: str, seed: str) -> None:
        """Have the portal go on in another mode than its settings say; `seeded` begins at its first picture."""
        with self.tables.atomic():
            self.tables.facts.delete(name=DRAWS)
            self.tables.facts.delete(name=CHOICE)
            self.tables.facts.insert(Fact(CHOICE, {"mode": mode, "word": word, "seed": seed}))

    def draw(self, owner: str) -> Challenge:
        """Return a new challenge with its picture, not kept yet; call it outside a transaction."""
        mode, seed = self.settings.captcha_mode, ""
        if mode == "seeded":
            seed = f"{self.settings.captcha_seed}:{self._count_draw()}"
        word = self.settings.captcha_word if mode == "fixed" else random_word(seed)
        picture = repeated(word, seed) if mode in {"fixed", "seeded"} else drawn(word)
        return Challenge(new_id(), owner, word, self.clock.now(), picture)

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
        standing = [each for each in self.tables.challenges.where(owner=owner) if self._open(each)]
        return standing[0].captcha_id if standing else self.issue(owner)

    def judge(self, captcha_id: str, owner: str, typed: str) -> Problem | None:
        """Use up the challenge, right or wrong; return what is wrong. Call it inside the deciding transaction."""
        challenge = self.tables.challenges.get(captcha_id)
        if challenge is None or challenge.owner != owner:
            return Problem("captcha_expired", {"minutes": self.settings.captcha_minutes})
        self.tables.challenges.delete(captcha_id=captcha_id)
        mode = self.settings.captcha_mode
        if mode == "expired" or not self._open(challenge):
            return Problem("captcha_expired", {"minutes": self.settings.captcha_minutes})
        right = mode != "always_wrong" and hmac.compare_digest(typed.encode(), challenge.answer.encode())
        return None if right else Problem("captcha_wrong")

    def revealed(self, captcha_id: str) -> str:
        """Return the answer where the portal shows it for teaching, else ""."""
        challenge = self.tables.challenges.get(captcha_id) if self.settings.captcha_mode == "reveal" else None
        return challenge.answer if challenge else ""

    def lose(self, owner: str) -> None:
        """Forget the challenges of *owner*, as if the portal had lost them."""
        self.tables.challenges.delete(owner=owner)

    def picture(self, captcha_id: str, *owners: str) -> bytes | None:
        """Return the challenge's picture as PNG, or None where none of the *owners* has such a challenge."""
        challenge = self.tables.challenges.get(captcha_id)
        return challenge.picture if challenge and challenge.owner in owners else None

    def sound(self, captcha_id: str, *owners: str) -> bytes | None:
        """Return the challenge read out, as WAV, or None where none of the *owners* has such a challenge."""
        challenge = self.tables.challenges.get(captcha_id)
        if challenge is None or challenge.owner not in owners:
            return None
        return bytes(_speaker().generate(challenge.answer))

    def _count_draw(self) -> int:
        """Count a picture: the same seed gives the same codes and pictures in the same order."""
        with self.tables.atomic():
            kept = self.tables.facts.get(DRAWS)
            number = kept.value["number"] + 1 if kept else 1
            self.tables.facts.delete(name=DRAWS)
            self.tables.facts.insert(Fact(DRAWS, {"number": number}))
        return int(number)

    @property
    def _life(self) -> timedelta:
        return timedelta(minutes=self.settings.captcha_minutes)

    def _open(self, challenge: Challenge) -> bool:
        return alive(challenge.issued_at, self._life, self.clock)


# The package brings voices, so it is loaded when the first code is read out.
@cache
def _speaker() -> Any:  # noqa: ANN401 - the package is not typed
    from captcha.audio import AudioCaptcha  # noqa: PLC0415

    return AudioCaptcha()
