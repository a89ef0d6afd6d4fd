"""Every field of every form with every bad value of the corpus, through a real server."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import pytest
from corpus.entries import Entry, entries
from corpus.stage import body_of, changed, journalled
from props import PEOPLE

from ipportal.rules import CATALOGUE, Text

if TYPE_CHECKING:
    from corpus.stage import Stage
    from journeys.served import Answer


HELD = {basic_user_id for person in PEOPLE.values() for basic_user_id in person.basic_user_ids}


def told(page: Answer) -> dict[str, Any]:
    return {"status": page.status, "screen": page.screen, "codes": page.problems}


@pytest.mark.parametrize("entry", entries("fields"), ids=lambda entry: entry.id)
def test_a_field_is_answered_as_the_corpus_says(stage: Stage, entry: Entry) -> None:
    form, _, field = entry.what.partition(" ")
    visitor, path, sent = stage.at(form)
    shown, before = visitor.page.body.decode(), stage.rows()

    page = visitor._follow("POST", path, body_of(sent | entry.more, field, entry.value))

    after = stage.rows()
    if changed(before, after):
        stage.reset()
    wanted = {"status": entry.expect["status"], "screen": entry.expect["screen"]}
    assert told(page) == wanted | {"codes": entry.expect.get("codes", {})}
    assert changed(before, after) == entry.changes
    assert page.first("[data-testid=banner]")
    assert stage.said() == []
    for value in entry.value if isinstance(entry.value, list) else [entry.value or ""]:
        if len(value) > 3 and not entry.accepted:
            assert value in HELD or value not in journalled(before, after)
            assert escape(value) in shown or not leaked(field, value, page.body.decode())


def leaked(field: str, value: str, body: str) -> bool:
    """Say whether a page shows what it must not: a secret, what is far longer than its field, or markup."""
    rule, slip = CATALOGUE.get(field), 0 if field in {"captcha", "identity_prefix"} else 4
    shown_again = isinstance(rule, Text) and not rule.secret and len(value) <= rule.longest + slip
    return ("<" in value and value in body) or (not shown_again and escape(value) in body)
