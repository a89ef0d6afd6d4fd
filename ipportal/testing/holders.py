"""The parts of a workspace's client about who is there: accounts, users, sessions, notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .facts import Account, Session, User, read
from .parts import Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Words = str | Mapping[str, str]


class Accounts(Part):
    """The accounts as they are now."""

    def all(self) -> list[Account]:
        """Return every account."""
        return [read(Account, each) for each in self._get("/accounts")["accounts"]]

    def get(self, basic_user_id: str) -> Account:
        """Return an account."""
        return read(Account, self._get(f"/accounts/{basic_user_id}"))

    def create(self, **wanted: str) -> tuple[Account, str]:
        """Open an account, what is left out made up; return it and its issued basic password."""
        told = self._post("/accounts", **wanted)
        return read(Account, told["account"]), told["basic_password"]

    def lock(self, basic_user_id: str) -> Account:
        """Lock an account on every channel."""
        return read(Account, self._post(f"/accounts/{basic_user_id}/lock"))

    def unlock(self, basic_user_id: str) -> Account:
        """Unlock an account."""
        return read(Account, self._post(f"/accounts/{basic_user_id}/unlock"))

    def reissue(self, basic_user_id: str, basic_password: str | None = None) -> str:
        """Issue a basic password, made up unless given, and return it."""
        return str(self._post(f"/accounts/{basic_user_id}/reissue", basic_password=basic_password)["basic_password"])

    def fill_history(
        self, basic_user_id: str, passwords: Sequence[str] | None = None, *, count: int | None = None
    ) -> list[str]:
        """Put these past basic passwords, newest first, or so many made-up ones in place; return them."""
        given = None if passwords is None else list(passwords)
        return list(self._post(f"/accounts/{basic_user_id}/history", passwords=given, count=count)["passwords"])

    def remove(self, basic_user_id: str) -> None:
        """Close an account that no Internet user ID holds."""
        self._delete(f"/accounts/{basic_user_id}")


class Users(Part):
    """The registered Internet user IDs."""

    def all(self) -> list[User]:
        """Return every Internet user ID."""
        return [read(User, each) for each in self._get("/users")["users"]]

    def get(self, internet_user_id: str) -> User:
        """Return an Internet user ID."""
        return read(User, self._get(f"/users/{internet_user_id}"))

    def create(self, internet_user_id: str, internet_password: str, *basic_user_ids: str) -> User:
        """Register an Internet user ID for one to four accounts, the primary one first."""
        typed = {"internet_user_id": internet_user_id, "internet_password": internet_password}
        return read(User, self._post("/users", **typed, basic_user_ids=list(basic_user_ids)))

    def lock(self, internet_user_id: str) -> User:
        """Lock an Internet user ID."""
        return read(User, self._post(f"/users/{internet_user_id}/lock"))

    def unlock(self, internet_user_id: str) -> User:
        """Unlock an Internet user ID."""
        return read(User, self._post(f"/users/{internet_user_id}/unlock"))

    def remove(self, internet_user_id: str) -> None:
        """Take an Internet user ID away; its accounts and the ID are free at once."""
        self._delete(f"/users/{internet_user_id}")


class Sessions(Part):
    """The sessions of signed-in users."""

    def all(self) -> list[Session]:
        """Return the sessions that the portal remembers."""
        return [read(Session, each) for each in self._get("/sessions")["sessions"]]

    def end(self, session: Session) -> None:
        """End a session."""
        self._delete(f"/sessions/{session.session}")


class Notices(Part):
    """The notice board."""

    def publish(self, reference: str, subject: Words, body: Words, topic: str = "training") -> None:
        """Publish a notice: plain words stand for all three languages, a mapping has them by language."""
        words = {
            name: {"en": given} if isinstance(given, str) else dict(given)
            for name, given in (("subject", subject), ("body", body))
        }
        self._post("/notices", reference=reference, topic=topic, **words)

    def withdraw(self, reference: str) -> None:
        """Take a notice off the board."""
        self._delete(f"/notices/{reference}")
