"""Forms: fields named after the catalogue's rules. The flows judge; a form keeps what may be shown again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from flask import current_app
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from wtforms import Field as FormField

from ..rules import CATALOGUE, Choice, Field, Problem
from .sealing import seal, unseal
from .visit import asked, cookie

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..flows import Problems

UNFIT, STALE = 422, 409
_SLIP = 4  # characters too many are a slip of the hand; a password in the wrong field is longer
_STRICT = ("captcha", "identity_prefix")  # a basic password, or the rest of an identity number
SWITCH, REFRESH, REFUSED = "lang_switch", "captcha_refresh", "refused"


class Sent(FormField):  # type: ignore[misc]  # WTForms is not typed
    """A text as it was sent, without what WTForms' own fields have and no page uses: label, widget, validators."""

    data: Any = None

    @classmethod
    def named(cls, name: str) -> Self:
        """Return a field of a form; WTForms' own way there takes most of the time that a blank form takes."""
        bound: Self = object.__new__(cls)
        bound.name = name
        return bound


class RuledForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """A form whose visible fields are rules. Besides them it may carry hidden fields, sent back as they came."""

    which: ClassVar[Mapping[str, str]] = {}  # by code: which of its sentences a refusal of this form is told with

    class Meta:
        """CSRF is checked for every request at once, before any form."""

        csrf = False

        def bind_field(self, _form: RuledForm, _field: object, options: Mapping[str, Any]) -> Sent:
            """Return a field: all are of one kind, and need nothing but their name."""
            return Sent.named(options["name"])

    def __init__(self, values: Mapping[str, str] | None = None, *, anew: bool = False) -> None:
        """Take what was posted; a form that is looked at, or shown *anew*, takes *values*."""
        here = asked()
        self.sent = here.method == "POST"
        self.posted = posted = self.sent and not anew
        # Only what a form posts: Flask-WTF would also take uploaded files and JSON, which are no text.
        super().__init__(formdata=here.form if posted else None, data=values)
        self.problems: Problems = {}
        sent = here.form if self.sent else {}
        # The visitor only changes the language or the picture, so nothing is judged.
        self.refreshing = REFRESH in sent
        self.switching = SWITCH in sent or self.refreshing
        if self.switching:
            self.problems = unseal(sent.get(REFUSED, ""), sent)

    def process(
        self, formdata: Mapping[str, str] | None, _obj: object = None, data: Mapping[str, str] | None = None
    ) -> None:
        """Take the texts as they were posted; where nothing was, *data*."""
        taken = (data or {}) if formdata is None else formdata
        for name in self._fields.keys() & taken.keys():
            self[name].data = taken[name]

    @property
    def typed(self) -> dict[str, str]:
        """Return what was typed, and the hidden fields, by name; nothing is trimmed."""
        return {field.name: field.data or "" for field in self}

    @property
    def token(self) -> str:
        """Return the token that the visitor's forms carry."""
        return csrf_token()

    @property
    def blank(self) -> bool:
        """Say whether nothing is typed or remembered, and nothing refused."""
        return not self.problems and not any(field.data for field in self)

    @property
    def submitted(self) -> bool:
        """Say whether there is an answer to judge."""
        return self.sent and not self.switching

    def fill(self, values: Mapping[str, object]) -> None:
        """Show what is remembered, where nothing was posted."""
        if not self.posted:
            for name in values.keys() & self._fields:
                self[name].data = str(values[name])

    @classmethod
    def told(cls, problem: Problem) -> Problem:
        """Return a refusal with which of its sentences this form tells it."""
        which = cls.which.get(problem.code)
        return Problem(problem.code, {"which": which, **problem.figures}) if which else problem

    def refuse(self, problems: Problems) -> None:
        """Show these refusals; one that another form has judged keeps the sentence that it had there."""
        self.problems = {name: self.told(problem) for name, problem in problems.items()}

    @property
    def status(self) -> int:
        """Return the status of the page that shows this form again."""
        if self.switching or not self.problems:
            return 200
        return STALE if any(problem.code == "stale" for problem in self.problems.values()) else UNFIT

    @property
    def sealed(self) -> str:
        """Return the refusals as a hidden field, so that a change of language shows them again."""
        return seal(self.problems, self.value, self._fields)

    def rule(self, name: str) -> Field:
        """Return the rule of a field."""
        return CATALOGUE[name]

    def value(self, name: str) -> str:
        """Return what may be shown again of a field: no secret, and nothing so long that it may be another field's."""
        rule, value = CATALOGUE[name], self[name].data or ""
        if isinstance(rule, Choice):
            return value if value in rule.options else ""
        most = rule.longest + (0 if name in _STRICT else _SLIP)
        return "" if rule.secret or len(value) > most else value


class CaptchaForm(RuledForm):
    """A form with a CAPTCHA; it keeps the answer typed so far while its picture has not been judged."""

    captcha_id = Sent()
    shown_captcha = ""

    def show_captcha(self, captcha_id: str) -> None:
        """Say which challenge the page shows."""
        self.shown_captcha = captcha_id

    def value(self, name: str) -> str:
        """Return what may be shown again of a field."""
        if name == "captcha" and self.captcha_id.data != self.shown_captcha:
            return ""
        return super().value(name)


def csrf_token() -> str:
    """Return the token that the visitor's forms carry."""
    kept = cookie().get("csrf_token")
    return _signed(str(current_app.secret_key), kept) if isinstance(kept, str) else str(generate_csrf())


# A visitor's token stays the same for as long as the cookie: it is signed once.
@lru_cache(maxsize=1024)
def _signed(_key: str, _kept: str) -> str:
    return str(generate_csrf())
