"""The phrasebook: every refusal of a screen, and what any page may tell besides, in all languages side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..flows import FORM
from ..flows.branches import STEPS, told
from ..rules import CATALOGUE, CODES, Choice, Field, Problem, problems
from ..rules.cases import choice_cases, text_cases
from ..settings import LANGUAGES
from ..wording import explain, page, say
from .account import InternetPasswordForm
from .basic_password import BasicPasswordForm
from .cancel import CancelConfirmForm, CancelForm
from .login import LoginForm
from .register import ConfirmForm, DetailsForm, KindForm, TermsForm
from .safety import AccessForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .forms import RuledForm

ANY = ""  # the screen of what any page may tell

_FORMS: Mapping[str, type[RuledForm]] = {
    "register/terms": TermsForm,
    "register/kind": KindForm,
    "register/details": DetailsForm,
    "register/confirm": ConfirmForm,
    "login/form": LoginForm,
    "basic_password/form": BasicPasswordForm,
    "account/internet": InternetPasswordForm,
    "cancel/form": CancelForm,
    "cancel/confirm": CancelConfirmForm,
}
# What is told as a refusal though no form was judged.
_UNASKED = (
    ("closed", "closed", "problems.closed"),
    ("closed", "closed", "closed.suspended.problem"),
    (ANY, "stale", "problems.stale"),
    (ANY, "stale", "frame.begin"),
)


@dataclass(frozen=True)
class Message:
    """A sentence by language: on which screen, at which field (`form` for the whole form, empty for a notice)."""

    screen: str
    field: str
    code: str
    said: Mapping[str, str]


def messages(figures: Mapping[str, int]) -> Iterator[Message]:
    """Yield every message in the guide's order, with the figures in force; what any page may tell comes last."""
    for screen, form in _FORMS.items():
        yield from _refusals(screen, form, figures)
    access = "access_password"  # which no rule judges
    for code in ("required", "wrong_credentials"):
        yield Message("access", access, code, _explained(access, AccessForm.told(Problem(code)), figures))
    for screen, code, key in _UNASKED:
        yield Message(screen, FORM, code, {lang: say(key, lang) for lang in LANGUAGES})
    for key, said in page("frame").items():
        if key.startswith("tell."):
            yield Message(ANY, "", key.removeprefix("tell."), said)


def _refusals(screen: str, form: type[RuledForm], figures: Mapping[str, int]) -> Iterator[Message]:
    """Yield what a form is refused with: by the rules of its fields, then by what only the portal knows."""
    found = {name: list(_judged(CATALOGUE[name])) for name in vars(form) if name in CATALOGUE}
    for field, code in dict.fromkeys(told(screen, reason) for reason in STEPS[screen]):
        if code in CODES:
            found.setdefault(field, []).extend(_known(code, figures))
    for field, refused in found.items():
        for problem in refused:
            yield Message(screen, field, problem.code, _explained(field, form.told(problem), figures))


def _judged(rule: Field) -> Iterable[Problem]:
    """Return every refusal of a field by its own rule: what is tried on it in the test vectors is judged."""
    cases = choice_cases(rule) if isinstance(rule, Choice) else text_cases(rule)
    found = (problems([rule], case.given).get(rule.name) for case in cases)
    return {problem.code: problem for problem in found if problem}.values()


def _known(code: str, figures: Mapping[str, int]) -> list[Problem]:
    """Return a refusal with its figures; a wrong basic password has a sentence of its own for the last try."""
    match code:
        case "captcha_expired":
            return [Problem(code, {"minutes": figures["captcha_minutes"]})]
        case "reused":
            return [Problem(code, {"history": figures["password_history"]})]
        case "wrong_basic_password":
            tries = figures["basic_password_tries"]
            return [Problem(code, {"left": left}) for left in dict.fromkeys((tries - 1, 1)) if 0 < left < tries]
        case _:
            return [Problem(code)]


def _explained(field: str, problem: Problem, figures: Mapping[str, int]) -> dict[str, str]:
    return {lang: explain(field, problem, lang, **figures) for lang in LANGUAGES}
