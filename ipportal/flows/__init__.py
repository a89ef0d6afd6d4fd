"""What a visitor can do, without a web server."""

from __future__ import annotations

from .account import Account
from .base import FORM, Problems
from .basic_password import BasicPassword
from .cancel import Cancel
from .captcha import Captcha
from .journal import Journal
from .login import Login
from .register import Register
from .sessions import Sessions

__all__ = [
    "FORM",
    "Account",
    "BasicPassword",
    "Cancel",
    "Captcha",
    "Journal",
    "Login",
    "Problems",
    "Register",
    "Sessions",
]
