"""CAPTCHA: a word to be read in a picture; judged once, within five minutes of portal time."""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import TYPE_CHECKING

from ..rules import Problem
from ..store.schema import Challenge
from .base import Desk, alive, new_id
from .drawing import drawn, random_word
from .sound import spoken

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..settings import Settings

CHOICE = "captcha"  # the fact that says which mode a tester chose
DRAWS = "captcha_draws"  # the fact that counts the pictures of a seeded portal


class Captcha(Desk):
    """Issues and judges challenges. An *owner* is the draft, session or visit that a challenge belongs to."""

    def choose(self, mode: str, word: str, seed: str) -> None:
        """Have the portal go on in another mode than its settings say; `seeded` begins at its first picture."""
        with self.tables.atomic():
            self.tables.facts.delete(name=DRAWS)
            self.tables.remember(CHOICE, {"mode": mode, "word": word, "seed": seed})

    def change(self, mode: str, word: str | None = None, seed: str | None = None) -> str:
        """Choose another mode; word and seed stay where they are left out. Return "", or why not, as `choice` does."""
        with self.tables.atomic():
            # The settings have a word only while the mode is `fixed`; the choice keeps it for the next time.
            had = self.tables.recall(CHOICE).get("word", self.settings.captcha_word)
            chosen, why = choice(self.settings, had, mode, word, seed)
            if not why:
                self.choose(**chosen)
        return why

    def issue(self, owner: str) -> str:
        """Keep a new challenge in place of its owner's earlier one, and return its id."""
        captcha_id, now = new_id(), self.clock.now()
        with self.tables.atomic():
            self.tables.challenges.delete(owner=owner)
            self.tables.challenges.delete(issued_at__before=now - self._life)  # that nobody can answer any more
            word, noise = self._word()
            self.tables.challenges.insert(Challenge(captcha_id, owner, word, now, noise))
        return captcha_id

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

    def answer(self, captcha_id: str) -> str:
        """Return the challenge's answer, or "" where there is no such challenge."""
        challenge = self.tables.challenges.get(captcha_id)
        return challenge.answer if challenge else ""

    def revealed(self, captcha_id: str) -> str:
        """Return the answer where the portal shows it for teaching, else ""."""
        return self.answer(captcha_id) if self.settings.captcha_mode == "reveal" else ""

    def lose(self, owner: str) -> None:
        """Forget the challenges of *owner*, as if the portal had lost them."""
        self.tables.challenges.delete(owner=owner)

    def picture(self, captcha_id: str, *owners: str) -> bytes | None:
        """Return the challenge's picture as PNG, or None where none of the *owners* has such a challenge."""
        challenge = self._held(captcha_id, owners)
        return drawn(challenge.answer, challenge.noise) if challenge else None

    def sound(self, captcha_id: str, *owners: str) -> bytes | None:
        """Return the challenge read out, as WAV, or None where none of the *owners* has such a challenge."""
        challenge = self._held(captcha_id, owners)
        return spoken(challenge.answer) if challenge else None

    def owner(self, captcha_id: str, *owners: str) -> str | None:
        """Return who of the *owners* has such a challenge, or None."""
        challenge = self._held(captcha_id, owners)
        return challenge.owner if challenge else None

    def _held(self, captcha_id: str, owners: Collection[str]) -> Challenge | None:
        challenge = self.tables.challenges.get(captcha_id)
        return challenge if challenge and challenge.owner in owners else None

    def _word(self) -> tuple[str, str]:
        """Return a new word, and the noise in its picture."""
        mode = self.settings.captcha_mode
        if mode == "fixed":
            return self.settings.captcha_word, ""
        if mode != "seeded":
            return random_word(), new_id()
        # Counted, so that the same seed gives the same words and pictures in the same order.
        number = self.tables.recall(DRAWS).get("number", 0) + 1
        self.tables.remember(DRAWS, {"number": number})
        seed = f"{self.settings.captcha_seed}:{number}"
        return random_word(seed), seed

    @property
    def _life(self) -> timedelta:
        return timedelta(minutes=self.settings.captcha_minutes)

    def _open(self, challenge: Challenge) -> bool:
        return alive(challenge.issued_at, self._life, self.clock)


def choice(
    settings: Settings, had: str, mode: str, word: str | None = None, seed: str | None = None
) -> tuple[dict[str, str], str]:
    """Return the mode, word and seed with which a portal of these settings goes on; *had* is the word it had.

    Or why not: `captcha_public` where it must keep to `real`, `captcha_word` where `fixed` has none.
    """
    if settings.public and mode != "real":
        return {}, "captcha_public"
    word = word or had
    if mode == "fixed" and not word:
        return {}, "captcha_word"
    return {"mode": mode, "word": word, "seed": settings.captcha_seed if seed is None else seed}, ""
