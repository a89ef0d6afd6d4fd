"""What forms carry and answer by: fields, hidden fields, refusal codes."""

from __future__ import annotations

from .base import Hook


class Field(Hook):
    """The names of what a visitor types or chooses."""

    AGREE = "agree"
    ACCOUNT_KIND = "account_kind"
    BASIC_USER_ID = "basic_user_id"
    LINKED_BASIC_USER_ID_2 = "linked_basic_user_id_2"
    LINKED_BASIC_USER_ID_3 = "linked_basic_user_id_3"
    LINKED_BASIC_USER_ID_4 = "linked_basic_user_id_4"
    IDENTITY_PREFIX = "identity_prefix"
    INTERNET_USER_ID = "internet_user_id"
    INTERNET_PASSWORD = "internet_password"  # noqa: S105 - a field's name
    INTERNET_PASSWORD_AGAIN = "internet_password_again"  # noqa: S105 - a field's name
    CURRENT_INTERNET_PASSWORD = "current_internet_password"  # noqa: S105 - a field's name
    CAPTCHA = "captcha"
    BASIC_PASSWORD = "basic_password"  # noqa: S105 - a field's name
    NEW_BASIC_PASSWORD = "new_basic_password"  # noqa: S105 - a field's name
    NEW_BASIC_PASSWORD_AGAIN = "new_basic_password_again"  # noqa: S105 - a field's name
    ACCESS_PASSWORD = "access_password"  # noqa: S105 - a field's name


class Hidden(Hook):
    """The hidden fields that forms may carry; a client sends them back as it got them."""

    CSRF_TOKEN = "csrf_token"  # noqa: S105 - a field's name
    CAPTCHA_ID = "captcha_id"
    REVISION = "revision"
    SUBJECT = "subject"
    POSITION = "position"
    REFUSED = "refused"


class Code(Hook):
    """Why a form was refused: the values of `data-code`."""

    REQUIRED = "required"
    LENGTH = "length"
    CHARS = "chars"
    MIXED = "mixed"
    DIFFERS = "differs"
    DUPLICATE = "duplicate"
    CAPTCHA_WRONG = "captcha_wrong"
    CAPTCHA_EXPIRED = "captcha_expired"
    TAKEN = "taken"
    NOT_RECOGNISED = "not_recognised"
    WRONG_CREDENTIALS = "wrong_credentials"
    WRONG_BASIC_PASSWORD = "wrong_basic_password"  # noqa: S105 - a code
    REUSED = "reused"
    LOCKED = "locked"
    SUSPENDED = "suspended"
    STALE = "stale"
    CLOSED = "closed"
