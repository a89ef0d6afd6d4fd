"""Operations on Internet user IDs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from ..clock import iso
from ..flows.base import fold
from .accounts import BasicUserId, free_accounts
from .kinds import Model, Ruled
from .operations import Call, Nothing, operation
from .problems import Refused

if TYPE_CHECKING:
    from ..store.schema import User as Row

_ONE = "/workspaces/{workspace}/users/{internet_user_id}"


class User(Model):
    """A registered Internet user ID as it is now; `basic_user_ids` the primary one first."""

    internet_user_id: str
    basic_user_ids: list[str]
    registered_at: str
    last_login_at: str | None
    failed_tries: int
    locked: bool


class UserList(Model):
    """The registered Internet user IDs."""

    users: list[User]


class UserCreate(Model):
    """An Internet user ID to register, as if its holder had gone through the pages."""

    internet_user_id: Annotated[str, Ruled("internet_user_id")]
    internet_password: Annotated[str, Ruled("internet_password")]
    basic_user_ids: Annotated[list[BasicUserId], Field(min_length=1, max_length=4)]


@operation("GET", "/workspaces/{workspace}/users", UserList)
def list_users(call: Call) -> UserList:
    """Return every registered Internet user ID."""
    return UserList(users=[_told(call, row) for row in call.portal.tables.users.where()])


@operation("POST", "/workspaces/{workspace}/users", User, body=UserCreate, status=201, conflict=True)
def create_user(call: Call) -> User:
    """Register an Internet user ID for one to four accounts, primary first, even such as no visitor could combine."""
    body: UserCreate = call.body
    if len(set(body.basic_user_ids)) < len(body.basic_user_ids):
        raise Refused("value", where="/basic_user_ids", accepted=["each basic user ID once"])
    now = call.now
    why = now.staff.add_user(body.internet_user_id, body.internet_password, body.basic_user_ids)
    if why == "taken":
        raise Refused("user_taken", where="/internet_user_id", accepted=["an Internet user ID that nobody has"])
    if why:
        raise Refused(f"account_{why}", where="/basic_user_ids", accepted=free_accounts(call))
    return User(
        internet_user_id=body.internet_user_id,
        basic_user_ids=body.basic_user_ids,
        registered_at=iso(now.clock.now()),
        last_login_at=None,
        failed_tries=0,
        locked=False,
    )


@operation("GET", _ONE, User)
def read_user(call: Call) -> User:
    """Return an Internet user ID as it is now."""
    return _told(call, _row(call, call.path["internet_user_id"]))


@operation("DELETE", _ONE, Nothing)
def remove_user(call: Call) -> Nothing:
    """Take an Internet user ID away; unlike a cancellation it leaves no waiting time."""
    with call.portal.tables.atomic():  # of many who remove it at once, one has
        call.now.staff.remove_user(_row(call, call.path["internet_user_id"]).folded_id)
    return Nothing()


@operation("POST", f"{_ONE}/lock", User)
def lock_user(call: Call) -> User:
    """Lock an Internet user ID, as five wrong passwords do."""
    return call.changed(
        lambda: call.now.staff.lock_user(_row(call, call.path["internet_user_id"]).folded_id), read_user
    )


@operation("POST", f"{_ONE}/unlock", User)
def unlock_user(call: Call) -> User:
    """Unlock an Internet user ID; wrong tries are counted from the start."""
    return call.changed(
        lambda: call.now.staff.unlock_user(_row(call, call.path["internet_user_id"]).folded_id), read_user
    )


def _row(call: Call, internet_user_id: str) -> Row:
    row = call.portal.tables.users.get(fold(internet_user_id))
    if row is None:
        known = [user.internet_user_id for user in call.portal.tables.users.where()]
        raise Refused("user_unknown", where="internet_user_id", accepted=known[:50])
    return row


def _told(call: Call, row: Row) -> User:
    return User(
        internet_user_id=row.internet_user_id,
        basic_user_ids=[account.basic_user_id for account in call.portal.accounts.linked(row.folded_id)],
        registered_at=iso(row.registered_at),
        last_login_at=iso(row.last_login_at) if row.last_login_at else None,
        failed_tries=row.failed_tries,
        locked=row.locked,
    )
