"""What only the portal can name, learnt from its store and its cookie: ids, and the words of pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.base import Answer
    from model.shelf import Shelf
    from model.tabs import Tab

    from ipportal.store import Tables


def learn(model: Shelf, tables: Tables, tab: Tab | None = None, answer: Answer | None = None) -> None:
    """Put the portal's own names in place of those that the model has made up for new things."""
    world, names = model.world, dict[str, str]()
    if tab and str(tab.jar.get("visit", "")).startswith("?"):
        names[tab.jar["visit"]] = tab.cookie().get("visit", "")
    names |= _paired(world.drafts, {each.draft_id: each for each in tables.drafts.where()})
    names |= _paired(world.sessions, {each.session_id: each for each in tables.sessions.where()})
    challenges = {each.captcha_id: each for each in tables.challenges.where()}
    names |= _paired(world.challenges, challenges)
    if names:
        _rename(model, names, tab, answer)
    for key, row in world.challenges.items():
        if key in challenges:
            _learn_word(model, row, challenges[key])
    _learn_pictures(model, tables)


def _learn_pictures(model: Shelf, tables: Tables) -> None:
    """Learn which pictures a step of the guide had answered before anybody saw it."""
    for draft in tables.drafts.where():
        facts = model.world.drafts.get(draft.draft_id, {}).get("facts", {})
        if str(facts.get("captcha_id", "")).startswith("?"):
            facts["captcha_id"] = draft.facts["captcha_id"]
    for session in tables.sessions.where():
        row = model.world.sessions.get(session.session_id, {})
        if str(row.get("changed_with", "")).startswith("?"):
            row["changed_with"] = session.changed_with


def _paired(model: dict[str, Any], store: dict[str, Any]) -> dict[str, str]:
    """Pair what is new to the model with what is new in the store; of two sessions the one that goes on comes last."""
    made = sorted((key for key in model if key.startswith("?")), key=lambda key: not model[key].get("ended"))
    found = sorted((key for key in store if key not in model), key=lambda key: not getattr(store[key], "ended", ""))
    assert len(made) == len(found), f"new in the model: {[model[key] for key in made]}; in the store: {found}"
    assert all(re.fullmatch("[A-Za-z0-9_-]{40,}", key) for key in found)
    return dict(zip(made, found, strict=True))


def _rename(model: Shelf, names: dict[str, str], tab: Tab | None, answer: Answer | None) -> None:
    world = model.world
    for table in ("drafts", "sessions", "challenges"):
        rows = {names.get(key, key): row for key, row in getattr(world, table).items()}
        setattr(world, table, rows)
        for row in rows.values():
            for name in ("owner", "successor"):
                if name in row:
                    row[name] = names.get(row[name], row[name])
    if tab:
        tab.jar.update({name: names.get(value, value) for name, value in tab.jar.items()})
    if answer:
        answer.captcha = names.get(answer.captcha, answer.captcha)


def _learn_word(model: Shelf, row: Any, challenge: Any) -> None:
    """Learn the word of a new picture; a seed must give the same each time."""
    if row["owner"].startswith("?"):  # a visit whose cookie never reached the browser
        row["owner"] = challenge.owner
    if row["answer"] is None:
        assert re.fullmatch("[A-Z0-9]{6}", challenge.answer)
        row["answer"] = challenge.answer
        if model.world.captcha["mode"] == "seeded":
            model.words[model.world.captcha["seed"], model.world.draws] = challenge.answer
