"""The reference's tables of the journal: what an entry can say."""

from __future__ import annotations

from typing import Final

from ipportal.flows.branches import ANYWHERE
from ipportal.flows.branches import STEPS as BRANCHES
from ipportal.flows.faults import STEPS as VISITED
from ipportal.flows.journal import OUTCOMES, STEPS
from ipportal.rules import CODES

from .tables import code, table

OTHER_STEPS: Final = {
    "safety/access": "the access password of a public portal",
    "seed": "the store is filled: a workspace begins, or a checkpoint of the guide is put in place",
    "reset": "everything is put back to where the scenario, or another, begins",
}
MEANINGS: Final = {
    "done": "What was asked is done.",
    "refused": "It is refused; `codes` holds what the visitor was told, unless the page leads elsewhere.",
    "declined": "The visitor did not agree to the terms.",
    "fault": "A fault on request struck; what became of the request stands in entries of its own.",
}
SENTENCES: Final = (
    ("empty", "Done, without a remark."),
    (
        "`form=stale`, `basic_user_id=length,captcha=required`",
        "A refusal of which the visitor was told all: each field, `form` for the whole form, with its code.",
    ),
    (
        "`basic_user_id=no_such_account,taken`",
        "One that was told in fewer words: the exact reason, of each field that has one.",
    ),
    ("`answer_lost`", "With the outcome `fault`: the kind of fault."),
    ("`default`", "At `seed` and `reset`: the name of the scenario."),
    ("`register-11`", "At `seed`: the checkpoint of the guide that the entries above it led to."),
)
REASONS: Final = {
    "no_such_account": "Nobody has an account of this basic user ID.",
    "other_kind": "The account is of the other kind.",
    "other_prefix": "The account's identity number begins with other characters.",
    "already_registered": "An Internet user ID holds the account.",
    "recently_cancelled": "The Internet user ID was cancelled, and is kept back for some days yet.",
    "reviewed_another_revision": "The details were changed after the review was shown.",
    "changed": "The form had been submitted, and is sent again with a change; or a password was changed meanwhile.",
    "password_changed": "The basic password was changed while it was judged.",
    "no_such_user": "Nobody has this Internet user ID.",
    "not_agreed": "The visitor does not agree to the terms.",
    "issued": "Done: the basic password that was changed was still the issued one.",
}
AT_ANY_FORM: Final = {
    "csrf": ("any form", "The form's CSRF token is wrong."),
    "signed_out": ("forms after the logon", "Nobody is signed in."),
    "expired": ("forms after the logon", "The session is past its time, or forgotten."),
    "elsewhere": ("forms after the logon", "The session was ended by a later logon."),
    "changed": ("forms after the logon", "The session was ended by the change of a password elsewhere."),
}


def steps() -> str:
    told = dict.fromkeys(VISITED, "one at which faults can be armed") | OTHER_STEPS
    together: dict[str, list[str]] = {}
    for step in STEPS:
        together.setdefault(told[step], []).append(step)
    return table(("Steps", "What they are"), [(code(*names), words) for words, names in together.items()])


def outcomes() -> str:
    return table(("`outcome`", "Meaning"), [(code(each), MEANINGS[each]) for each in OUTCOMES])


def reasons() -> str:
    return table(("`reason`, for instance", "Meaning"), SENTENCES)


def words() -> str:
    """Return every word that is no code, with its steps; a new one has no meaning yet, and fails."""
    found: dict[str, list[str]] = {}
    for step, known in BRANCHES.items():
        for each in known:
            if each not in (*CODES, "done"):
                found.setdefault(each, []).append(step)
    rows = [(code(word), code(*names), REASONS[word]) for word, names in found.items()]
    rows += [(code(word), *AT_ANY_FORM[word]) for word in ANYWHERE]
    return table(("Word", "Steps", "Meaning"), rows)
