"""Operations on investor accounts."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from ..flows.accounts import HISTORY
from ..flows.staff import digits
from ..settings import LANGUAGES
from ..store.schema import Account as Row
from ..vetting import INVENTED
from ..wording import say
from .kinds import Line, Model, Ruled
from .operations import Call, Nothing, operation
from .problems import Refused

BasicUserId = Annotated[str, Ruled("basic_user_id")]
BasicPassword = Annotated[str, Ruled("basic_password")]

_ONE = "/workspaces/{workspace}/accounts/{basic_user_id}"


class Account(Model):
    """An account as it is now. `person` is the key of its holder; `history` how many past passwords it remembers."""

    basic_user_id: str
    person: str
    account_kind: str
    identity_prefix: str
    names: dict[str, str]
    issued: bool
    failed_tries: int
    locked: bool
    history: int
    internet_user_id: str | None
    position: int | None


class AccountList(Model):
    """The accounts of the workspace."""

    accounts: list[Account]


class AccountCreate(Model):
    """A new account; what is left out is made up."""

    basic_user_id: Annotated[str, Field(pattern=f"^{INVENTED}[0-9]{{6}}$")] | None = None
    account_kind: Annotated[str, Ruled("account_kind")] = "personal"
    identity_prefix: Annotated[str, Ruled("identity_prefix")] = "ZZ99"
    basic_password: BasicPassword | None = None
    name: Line | None = None


class Issued(Model):
    """An account with the basic password that was issued to it."""

    account: Account
    basic_password: str


class Reissue(Model):
    """The basic password to issue; made up if left out."""

    basic_password: BasicPassword | None = None


class History(Model):
    """The past basic passwords to remember, newest first, or how many to make up."""

    passwords: Annotated[list[BasicPassword], Field(max_length=HISTORY)] | None = None
    count: Annotated[int, Field(ge=0, le=HISTORY)] = HISTORY


class PastPasswords(Model):
    """The past basic passwords that the account now remembers, newest first."""

    passwords: list[str]


@operation("GET", "/workspaces/{workspace}/accounts", AccountList)
def list_accounts(call: Call) -> AccountList:
    """Return every account as it is now."""
    return AccountList(accounts=[_told(call, row) for row in call.portal.tables.accounts.where()])


@operation("POST", "/workspaces/{workspace}/accounts", Issued, body=AccountCreate, status=201, conflict=True)
def create_account(call: Call) -> Issued:
    """Open a practice account; its basic user ID starts with 99, as all invented ones do."""
    body: AccountCreate = call.body
    password = body.basic_password or digits()[0]
    names = {lang: body.name or say("control.practice_name", lang) for lang in LANGUAGES}
    row = Row(body.basic_user_id or "", "", body.account_kind, body.identity_prefix.upper(), names, "")
    if not (opened := call.now.staff.add_account(row, password)):
        raise Refused("account_taken", where="/basic_user_id", accepted=[call.now.staff.free_basic_user_id()])
    return Issued(account=_told(call, replace(row, basic_user_id=opened)), basic_password=password)


@operation("GET", _ONE, Account)
def read_account(call: Call) -> Account:
    """Return an account as it is now."""
    return _told(call, _row(call))


@operation("DELETE", _ONE, Nothing, conflict=True)
def remove_account(call: Call) -> Nothing:
    """Close an account; one that an Internet user ID holds stays until that is removed."""
    with call.portal.tables.atomic():  # of many who remove it at once, one has
        if not call.now.staff.remove_account(_row(call).basic_user_id):
            raise Refused("account_linked", where="basic_user_id", accepted=free_accounts(call))
    return Nothing()


@operation("POST", f"{_ONE}/lock", Account)
def lock_account(call: Call) -> Account:
    """Lock an account on every channel, as three wrong basic passwords do."""
    return call.changed(lambda: call.now.staff.lock_account(_row(call).basic_user_id), read_account)


@operation("POST", f"{_ONE}/unlock", Account)
def unlock_account(call: Call) -> Account:
    """Unlock an account; wrong tries are counted from the start."""
    return call.changed(lambda: call.now.staff.unlock_account(_row(call).basic_user_id), read_account)


@operation("POST", f"{_ONE}/reissue", Issued, body=Reissue)
def reissue_basic_password(call: Call) -> Issued:
    """Issue a new basic password, which the next logon must change."""
    row, body = _row(call), call.body
    password = body.basic_password or digits()[0]
    call.now.staff.reissue(row, password)
    return Issued(account=_told(call, _row(call)), basic_password=password)


@operation("POST", f"{_ONE}/history", PastPasswords, body=History)
def fill_history(call: Call) -> PastPasswords:
    """Put past basic passwords in place of those that the account remembers."""
    row, body = _row(call), call.body
    if body.passwords is not None and "count" in body.model_fields_set:
        raise Refused("value", where="/count", accepted=["either passwords or count"])
    passwords = digits(count=body.count) if body.passwords is None else body.passwords
    call.now.staff.fill_history(row, passwords)
    _row(call)  # which may have been closed meanwhile
    return PastPasswords(passwords=list(passwords))


def free_accounts(call: Call) -> list[str]:
    """Return the basic user IDs that no Internet user ID holds, not more than a refusal can tell."""
    held = {link.basic_user_id for link in call.portal.tables.links.where()}
    accounts = call.portal.tables.accounts.where()
    return [account.basic_user_id for account in accounts if account.basic_user_id not in held][:50]


def _row(call: Call) -> Row:
    row = call.portal.tables.accounts.get(call.path["basic_user_id"])
    if row is None:
        known = [account.basic_user_id for account in call.portal.tables.accounts.where()]
        raise Refused("account_unknown", where="basic_user_id", accepted=known[:50])
    return row


def _told(call: Call, row: Row) -> Account:
    tables = call.portal.tables
    link = tables.links.get(row.basic_user_id)
    user = tables.users.get(link.folded_id) if link else None
    return Account(
        basic_user_id=row.basic_user_id,
        person=row.practice,
        account_kind=row.account_kind,
        identity_prefix=row.identity_prefix,
        names=row.names,
        issued=row.issued,
        failed_tries=row.failed_tries,
        locked=row.locked,
        history=len(tables.past_passwords.where(basic_user_id=row.basic_user_id)),
        internet_user_id=user.internet_user_id if user else None,
        position=link.position if link else None,
    )
