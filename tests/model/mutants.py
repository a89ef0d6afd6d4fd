"""Portals that are wrong on purpose, each in one rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ipportal.flows import drafts
from ipportal.flows.accounts import Accounts
from ipportal.flows.captcha import Captcha
from ipportal.flows.passwords import Hasher
from ipportal.flows.register import Register
from ipportal.flows.sessions import Sessions
from ipportal.flows.staff import Staff
from ipportal.hours import Closure
from ipportal.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from ipportal.rules import Problem


def _setting(name: str, value: int) -> Callable[[pytest.MonkeyPatch], None]:
    def mutate(patch: pytest.MonkeyPatch) -> None:
        check = Settings.__post_init__

        def checked(settings: Settings) -> None:
            object.__setattr__(settings, name, value)
            check(settings)

        patch.setattr(Settings, "__post_init__", checked)

    return mutate


def _reusable_captcha(patch: pytest.MonkeyPatch) -> None:
    judge = Captcha.judge

    def judged(captcha: Captcha, captcha_id: str, owner: str, typed: str) -> Problem | None:
        challenge = captcha.tables.challenges.get(captcha_id)
        found = judge(captcha, captcha_id, owner, typed)
        if challenge and challenge.owner == owner:
            captcha.tables.challenges.insert(challenge)
        return found

    patch.setattr(Captcha, "judge", judged)


def _captcha_in_any_case(patch: pytest.MonkeyPatch) -> None:
    judge = Captcha.judge
    patch.setattr(Captcha, "judge", lambda captcha, key, owner, typed: judge(captcha, key, owner, typed.upper()))


def _history_forgotten(patch: pytest.MonkeyPatch) -> None:
    renew = Hasher.renew
    patch.setattr(Hasher, "renew", lambda *given: (renew(*given)[0], False))


def _must_change_for_ever(patch: pytest.MonkeyPatch) -> None:
    put = Accounts.put_basic_password

    def kept(accounts: Accounts, account: Any, new_hash: str, **changes: object) -> None:
        put(accounts, account, new_hash, **changes | {"issued": account.issued or changes["issued"]})

    patch.setattr(Accounts, "put_basic_password", kept)


def _closed_at_the_end(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Closure, "holds", lambda closure, moment: closure.start <= moment <= closure.end)


def _draft_one_moment_more(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(drafts, "alive", lambda begun, life, clock: begun <= clock.now() <= begun + life)


def _clock_set_back_revives(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(drafts, "alive", lambda begun, life, clock: clock.now() < begun + life)


def _earlier_login_goes_on(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Sessions, "_end_all", lambda *_: None)


def _cancelled_id_free_at_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Register, "_taken", lambda flow, folded: "taken" if flow.tables.users.get(folded) else "")


def _unlocked_with_its_tries(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Staff, "unlock_account", lambda staff, key: staff.tables.accounts.update(key, locked=False))


def _locked_but_signed_in(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Sessions, "end_user", lambda *_: None)


def _right_password_keeps_the_count(patch: pytest.MonkeyPatch) -> None:
    judge = Accounts.judge_basic_password

    def judged(flow: Accounts, account: Any, *, right: bool) -> Problem | None:
        found = judge(flow, account, right=right)
        if right and account:
            flow.tables.accounts.update(account.basic_user_id, failed_tries=account.failed_tries)
        return found

    patch.setattr(Accounts, "judge_basic_password", judged)


MUTANTS: Final[dict[str, Callable[[pytest.MonkeyPatch], None]]] = {
    "locks after six wrong logons": _setting("login_tries", 6),
    "locks after four wrong basic passwords": _setting("basic_password_tries", 4),
    "a CAPTCHA can be used again": _reusable_captcha,
    "a CAPTCHA fits in any case": _captcha_in_any_case,
    "the history is not looked at": _history_forgotten,
    "the change stays compulsory": _must_change_for_ever,
    "closed at the end of the window too": _closed_at_the_end,
    "a draft lives one moment more": _draft_one_moment_more,
    "a draft of the future counts": _clock_set_back_revives,
    "an earlier logon goes on": _earlier_login_goes_on,
    "nobody is idle": _setting("session_idle_minutes", 480),
    "a cancelled ID is free at once": _cancelled_id_free_at_once,
    "unlocking forgives no tries": _unlocked_with_its_tries,
    "whoever is locked stays signed in": _locked_but_signed_in,
    "a right password forgives no tries": _right_password_keeps_the_count,
}
