"""Accounts and users as the flows see them: who holds what, wrong tries, and locks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rules import FIGURE, Problem
from ..store.schema import PastPassword
from .base import Desk

if TYPE_CHECKING:
    from ..store.schema import Account, User

HISTORY = FIGURE["password_history"].value


class Accounts(Desk):
    """Looks accounts up and counts wrong tries; call the counting inside the deciding transaction.

    Whatever locks also ends the sessions: locked means on every channel.
    """

    def linked(self, folded_id: str) -> list[Account]:
        """Return the accounts under an Internet user ID, the primary one first."""
        links = sorted(self.tables.links.where(folded_id=folded_id), key=lambda link: link.position)
        found = [self.tables.accounts.get(link.basic_user_id) for link in links]
        return [account for account in found if account]

    def primary(self, folded_id: str) -> Account | None:
        """Return the primary account of an Internet user ID, or None where it has none."""
        return next(iter(self.linked(folded_id)), None)

    def past_passwords(self, account: Account, newest: int) -> list[PastPassword]:
        """Return so many of the basic passwords that an account had before, the newest first."""
        return self.tables.past_passwords.where(basic_user_id=account.basic_user_id, newest=newest)

    def put_basic_password(self, account: Account, new_hash: str, **changes: object) -> None:
        """Move the current password into the history, which holds the last twelve, and put the new one in its place."""
        newest = self.past_passwords(account, 1)
        number = newest[0].number + 1 if newest else 1
        key = account.basic_user_id
        self.tables.past_passwords.insert(PastPassword(key, number, account.basic_password_hash))
        self.tables.past_passwords.delete(basic_user_id=key, number__before=number - HISTORY + 1)
        self.tables.accounts.update(key, basic_password_hash=new_hash, **changes)

    def judge_basic_password(self, account: Account, *, right: bool) -> Problem | None:
        """Count a try of the basic password and return its refusal; enough wrong ones in a row lock the account."""
        if account.locked:
            return Problem("locked")
        tries = 0 if right else account.failed_tries + 1
        locked = tries >= self.settings.basic_password_tries
        if tries != account.failed_tries:
            self.tables.accounts.update(account.basic_user_id, failed_tries=tries, locked=locked)
        if locked and (link := self.tables.links.get(account.basic_user_id)):
            self.tables.sessions.delete(folded_id=link.folded_id)
        if right:
            return None
        left = self.settings.basic_password_tries - tries
        return Problem("locked") if locked else Problem("wrong_basic_password", {"left": left})

    def judge_internet_password(self, user: User | None, *, right: bool) -> Problem | None:
        """Count a try of the Internet password and return its refusal; enough wrong ones in a row lock the ID."""
        if user is None:
            return Problem("wrong_credentials")
        if user.locked:
            return Problem("locked")
        tries = 0 if right else user.failed_tries + 1
        locked = tries >= self.settings.login_tries
        if tries != user.failed_tries:
            self.tables.users.update(user.folded_id, failed_tries=tries, locked=locked)
        if locked:
            self.tables.sessions.delete(folded_id=user.folded_id)
        if right:
            return None
        return Problem("locked") if locked else Problem("wrong_credentials")
