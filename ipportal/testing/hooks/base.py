"""What every published hook is: a string, or a pattern of strings."""

from __future__ import annotations

from enum import StrEnum


class Hook(StrEnum):
    """A published string, or a pattern whose last part varies."""

    def of(self, part: object) -> str:
        """Return the string of this pattern for *part*."""
        prefix, brace, _ = self.partition("{")
        if not brace:
            raise ValueError(f"{self} has no part that varies")
        return f"{prefix}{part}"

    def fits(self, found: str) -> bool:
        """Say whether *found* is this string, or one of this pattern."""
        prefix, brace, _ = self.partition("{")
        return found.startswith(prefix) and found != prefix if brace else found == self
