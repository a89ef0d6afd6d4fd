"""What a visitor can do, without a web server."""

from __future__ import annotations

from .account import Account
from .accounts import Accounts
from .base import FORM, Problems
from .basic_password import BasicPassword
from .cancel import Cancel
from .captcha import Captcha
from .drafts import Drafts
from .faults import Faults
from .journal import Journal
from .login import Login
from .register import Register
from .sessions import Sessions
from .staff import Staff
from .suspension import Suspension

__all__ = [
    "FORM",
    "Account",
    "Accounts",
    "BasicPassword",
    "Cancel",
    "Captcha",
    "Drafts",
    "Faults",
    "Journal",
    "Login",
    "Problems",
    "Register",
    "Sessions",
    "Staff",
    "Suspension",
]
