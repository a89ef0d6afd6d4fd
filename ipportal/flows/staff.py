"""What the operator's staff can do behind the pages, and a tester through the control API."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ..store.schema import Account, Link, PastPassword, User
from .base import fold
from .counter import Counter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..store.schema import Notice

_FIRST, _LAST = 99_100_000, 99_999_999  # basic user IDs that are given to accounts made without one


class Unlocked(NamedTuple):
    """What was unlocked: whether it had been locked, and what of the same holder still is, by the name to unlock."""

    was_locked: bool
    still_locked: list[str]


class Staff(Counter):
    """Opens, locks and closes accounts and users, and publishes notices. Values have been judged by the rules."""

    def free_basic_user_id(self) -> str:
        """Return a basic user ID that no account has."""
        taken = {account.basic_user_id for account in self.tables.accounts.where()}
        return next(str(number) for number in range(_FIRST, _LAST) if str(number) not in taken)

    def add_account(self, account: Account, basic_password: str) -> str:
        """Open an account with an issued basic password, under a free basic user ID where it comes without one.

        Return the basic user ID, or "" where it is taken.
        """
        hashed = self.hasher.hash(basic_password)
        with self.tables.atomic():
            basic_user_id = account.basic_user_id or self.free_basic_user_id()
            if self.tables.accounts.get(basic_user_id):
                return ""
            self.tables.accounts.insert(replace(account, basic_user_id=basic_user_id, basic_password_hash=hashed))
        return basic_user_id

    def remove_account(self, basic_user_id: str) -> bool:
        """Close an account with its history; return False while an Internet user ID holds it."""
        with self.tables.atomic():
            if self.tables.links.get(basic_user_id):
                return False
            self.tables.past_passwords.delete(basic_user_id=basic_user_id)
            self.tables.accounts.delete(basic_user_id=basic_user_id)
        return True

    def lock_account(self, basic_user_id: str) -> None:
        """Lock an account on every channel, as enough wrong tries do."""
        with self.tables.atomic():
            self.tables.accounts.update(basic_user_id, locked=True)
            if link := self.tables.links.get(basic_user_id):
                self.sessions.end_user(link.folded_id)

    def unlock_account(self, basic_user_id: str) -> None:
        """Unlock an account; its wrong tries are counted from the start."""
        self.tables.accounts.update(basic_user_id, locked=False, failed_tries=0)

    def reissue(self, account: Account, basic_password: str) -> None:
        """Issue a new basic password: the replaced one goes into the history, and the next logon must change it."""
        hashed, key = self.hasher.like(basic_password, account.basic_password_hash), account.basic_user_id
        with self.tables.atomic():
            replaced = self.tables.accounts.get(key)
            if replaced is None:  # closed since it was read
                return
            tries = replaced.failed_tries if replaced.locked else 0  # a lock goes on, and with it what caused it
            self.accounts.put_basic_password(replaced, hashed, issued=True, failed_tries=tries)

    def fill_history(self, account: Account, newest_first: Sequence[str]) -> None:
        """Put these passwords in place of the account's history."""
        hashes = [self.hasher.like(each, account.basic_password_hash) for each in reversed(newest_first)]
        with self.tables.atomic():
            if self.tables.accounts.get(account.basic_user_id) is None:  # as above
                return
            self.tables.past_passwords.delete(basic_user_id=account.basic_user_id)
            for number, hashed in enumerate(hashes, 1):
                self.tables.past_passwords.insert(PastPassword(account.basic_user_id, number, hashed))

    def add_user(self, internet_user_id: str, internet_password: str, basic_user_ids: Sequence[str]) -> str:
        """Register an Internet user ID for accounts; return "", or why not: `taken`, `unknown` or `linked`."""
        hashed, folded = self.hasher.hash(internet_password), fold(internet_user_id)
        with self.tables.atomic():
            if self.tables.users.get(folded):
                return "taken"
            if not all(self.tables.accounts.get(each) for each in basic_user_ids):
                return "unknown"
            if any(self.tables.links.get(each) for each in basic_user_ids):
                return "linked"
            self.tables.cancelled_ids.delete(folded_id=folded)
            self.tables.users.insert(User(folded, internet_user_id, hashed, self.clock.now()))
            for position, each in enumerate(basic_user_ids, 1):
                self.tables.links.insert(Link(each, folded, position))
        return ""

    def remove_user(self, folded_id: str) -> None:
        """Take an Internet user ID away, with its sessions; its accounts and the ID itself are free at once."""
        with self.tables.atomic():
            self.sessions.end_user(folded_id)
            self.tables.notices_read.delete(folded_id=folded_id)
            self.tables.links.delete(folded_id=folded_id)
            self.tables.users.delete(folded_id=folded_id)

    def release(self, folded_id: str) -> bool:
        """Let an Internet user ID that was cancelled be registered at once; say whether it was kept back."""
        with self.tables.atomic():
            kept = self.kept_until(folded_id) is not None
            self.tables.cancelled_ids.delete(folded_id=folded_id)
        return kept

    def lock_user(self, folded_id: str) -> None:
        """Lock an Internet user ID, as enough wrong tries do."""
        with self.tables.atomic():
            self.tables.users.update(folded_id, locked=True)
            self.sessions.end_user(folded_id)

    def unlock_user(self, folded_id: str) -> None:
        """Unlock an Internet user ID; its wrong tries are counted from the start."""
        self.tables.users.update(folded_id, locked=False, failed_tries=0)

    def unlock(self, name: str) -> Unlocked | None:
        """Unlock the Internet user ID and the account of that name, whichever there is; return None for neither."""
        folded = fold(name)
        with self.tables.atomic():
            user, account = self.tables.users.get(folded), self.tables.accounts.get(name)
            if user is None and account is None:
                return None
            self.unlock_user(folded)
            self.unlock_account(name)
            link = self.tables.links.get(name)
            holder = self.tables.users.get(link.folded_id) if link else None
            beside = [each.basic_user_id for each in self.accounts.linked(folded) if each.locked]
            beside += [holder.internet_user_id] if holder and holder.locked else []
        return Unlocked(any(each.locked for each in (user, account) if each), beside)

    def publish(self, notice: Notice) -> bool:
        """Put a notice on the board; return False where its reference is taken."""
        with self.tables.atomic():
            if self.tables.notices.get(notice.reference):
                return False
            self.tables.notices.insert(notice)
        return True

    def withdraw(self, reference: str) -> bool:
        """Take a notice off the board; say whether it was there."""
        with self.tables.atomic():
            self.tables.notices_read.delete(reference=reference)
            return bool(self.tables.notices.delete(reference=reference))


def digits(but: Sequence[str] = (), count: int = 1) -> list[str]:
    """Return so many different new basic passwords, none of them among *but*."""
    found: list[str] = []
    while len(found) < count:
        made = f"{secrets.randbelow(10**8):08}"
        if made not in (*but, *found):
            found.append(made)
    return found
