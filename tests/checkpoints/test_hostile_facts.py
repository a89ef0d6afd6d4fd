"""Facts and drafts on which a portal could not stand are refused, and nothing has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from checkpoints.forge import DICT, HASH, LIST, altered, draft, fact, furnished, own
from houses import rows
from props import MINE

from ipportal.checkpoints import CheckpointError, Shelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoints.forge import File

    from ipportal.portal import Portal

YEARS = 366 * 86_400.0
AGREED: dict[str, object] = {"agreed": True, "account_kind": "personal"}
DETAILS = {
    **AGREED,
    "basic_user_id": "99000101",
    "linked_basic_user_id_2": "",
    "linked_basic_user_id_3": "",
    "linked_basic_user_id_4": "",
    "identity_prefix": "ZA12",
    "internet_user_id": "LokShan1",
    "internet_password_hash": HASH,
    "captcha_id": "captcha-1",
}
CANCEL: dict[str, object] = {"internet_user_id": "NimChi07", "basic_user_id": "99000707"}
OVER = {**CANCEL, "cancelled": True, "free_at": "2025-04-30T12:00:00+08:00"}


def restored(portal: Portal, change: Callable[[File], None]) -> str:
    """Restore a file after a change; return the code of its refusal, once it is seen that nothing changed, or ""."""
    text, before = altered(Shelf(portal).snapshot(), change), rows(portal)
    try:
        Shelf(portal).restore(text)
    except CheckpointError as refusal:
        assert rows(portal) == before
        return refusal.code
    return ""


@pytest.fixture
def portal(seeded: Portal) -> Portal:
    return furnished(own(seeded))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("scenario", value) for value in ({"name": "default"}, {"name": "empty"}, {"name": "inline", "text": MINE})),
        *(("clock", {"shift_seconds": seconds}) for seconds in (0.0, 3600.0, -3600.0, 199 * YEARS, -199 * YEARS)),
        *(("clock", {"stopped_at": moment}) for moment in ("2000-01-01T00:00:00+08:00", "2199-12-31T00:00:00+08:00")),
        ("captcha", {"mode": "fixed", "word": "ABC123", "seed": "7"}),
        *(("captcha", {"mode": mode, "word": "", "seed": ""}) for mode in ("real", "seeded", "reveal", "expired")),
        *(("captcha_draws", {"number": number}) for number in (3, 2**53 - 1)),
        ("suspension", {"start": "2025-03-31T12:00:00+08:00", "end": "2025-03-31T13:00:00+08:00"}),
    ],
)
def test_a_fact_that_a_portal_writes_is_taken_and_stood_on(portal: Portal, name: str, value: object) -> None:
    refused = restored(portal, fact(name, value))

    assert refused == ""
    assert portal.standing().clock_mode in {"real", "shifted", "frozen"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("scenario", value) for value in ({}, {"name": "class.toml"}, {"name": "/etc/passwd"}, {"name": None})),
        *(("scenario", {"name": "inline", "text": text}) for text in ("[", "x = 1", MINE + MINE, 7, None)),
        *(("scenario", value) for value in ({"name": "inline"}, {"name": "class", "text": MINE}, {"text": MINE})),
        *(("clock", {"shift_seconds": each}) for each in (1, "1", None, True, LIST, 201 * YEARS, -201 * YEARS)),
        *(("clock", f'{{"shift_seconds": {each}}}') for each in ("NaN", "Infinity", "-Infinity", "1e999", "1e12")),
        *(("clock", {"stopped_at": each}) for each in (1, None, "", "now", "2025-03-31", "2025-03-31T12:00:00")),
        *(("clock", {"stopped_at": each}) for each in ("1999-12-31T00:00:00Z", "2200-01-01T00:00:00Z")),
        *(("clock", value) for value in ({}, {"stopped_at": "2025-03-31T12:00:00+08:00", "shift_seconds": 1.0})),
        *(
            ("captcha", {"mode": "real", "word": word, "seed": ""})
            for word in (5, None, ["A"], DICT, "abcdef", "ABC12")
        ),
        *(("captcha", {"mode": "fixed", "word": word, "seed": ""}) for word in ("", "abcdef", "ABC12", "ABC1234")),
        *(("captcha", {"mode": mode, "word": "", "seed": ""}) for mode in ("", "off", "Real", 1, None, LIST)),
        *(("captcha", value) for value in ({}, {"mode": "real"}, {"mode": "real", "word": "", "seed": 7})),
        *(("captcha_draws", DICT), ("captcha", {"mode": "seeded", "word": "", "seed": "7" * 81})),
        ("captcha", {"mode": "seeded", "word": "", "seed": "\0"}),
        *(("captcha_draws", {"number": number}) for number in ("1", 1.0, True, -1, 2**53, None, LIST)),
        *(("suspension", value) for value in ({}, {"start": "2025-03-31T12:00:00+08:00"}, {"start": 1, "end": 2})),
        *(("suspension", {"start": "2025-03-31T12:00:00+08:00", "end": end}) for end in ("never", "2025-03-31T13:00")),
        *((name, {"key": "known"}) for name in ("cookie_key", "workspace", "access_tries", "faults", "", "Clock")),
        ("faults", {"next": 2, "armed": []}),
        *(("clock", value) for value in ("", "[]", "null", "{", '"x"')),
        ("scenario", '{"name": "inline", "text": "\\ud800"}'),
    ],
)
def test_a_fact_that_a_portal_cannot_stand_on_is_refused(portal: Portal, name: str, value: object) -> None:
    assert restored(portal, fact(name, value)) == "row"


@pytest.mark.parametrize(
    ("flow", "facts"),
    [
        *(("register", facts) for facts in ({"agreed": True}, AGREED, AGREED | {"basic_user_id": "99000101"}, DETAILS)),
        *(("register", DETAILS | more) for more in ({"registered": 3}, {"captcha_id": ""})),
        *(("cancel", facts) for facts in (CANCEL, OVER)),
    ],
)
def test_a_draft_that_a_flow_makes_is_taken_and_can_go_on(portal: Portal, flow: str, facts: dict[str, Any]) -> None:
    refused = restored(portal, draft(flow, **facts))

    assert refused == ""
    assert {**(portal.register.confirm if flow == "register" else portal.cancel.confirm)("draft-0001", {})}
    assert Shelf(portal).snapshot()


@pytest.mark.parametrize(
    ("flow", "facts"),
    [
        *(("register", facts) for facts in ({}, {"agreed": False}, {"agreed": 1}, {"agreed": "yes"}, OVER, CANCEL)),
        *(("register", {"agreed": True} | more) for more in ({"registered": 1}, {"basic_user_id": "99000101"})),
        *(("register", AGREED | more) for more in ({"captcha_id": "captcha-1"}, {"internet_password_hash": HASH})),
        *(("register", {each: DETAILS[each] for each in DETAILS if each != name}) for name in DETAILS),
        *(("register", DETAILS | {name: 7}) for name in DETAILS),
        *(("register", DETAILS | {"registered": value}) for value in (True, "1", None, 1.5)),
        *(("register", DETAILS | {"internet_password_hash": value}) for value in ("", "Rehearse20251")),
        *(("register", DETAILS | {"captcha_id": value}) for value in ("short", "a captcha", "captcha-1\n")),
        *(("register", DETAILS | {"basic_user_id": value}) for value in ("", "9900010")),
        ("register", DETAILS | {"linked_basic_user_id_3": "99000101"}),
        *(("register", DETAILS | {name: "x"}) for name in ("internet_password", "colour", "")),
        *(("cancel", facts) for facts in ({}, {"internet_user_id": "NimChi07"}, {"cancelled": True}, AGREED, DETAILS)),
        *(("cancel", CANCEL | more) for more in ({"cancelled": True}, {"free_at": OVER["free_at"]}, {"x": "y"})),
        *(("cancel", OVER | {"cancelled": value}) for value in (False, 1, "yes")),
        *(("cancel", OVER | {"free_at": value}) for value in ("", 1, "later", "2025-04-30T12:00:00")),
        *((flow, AGREED) for flow in ("", "Register", "basic_password", "login")),
    ],
)
def test_a_draft_on_which_a_flow_would_break_is_refused(portal: Portal, flow: str, facts: dict[str, Any]) -> None:
    assert restored(portal, draft(flow, **facts)) == "row"


@pytest.mark.parametrize("draft_id", ["", "short", "a draft 1", "x" * 101, "draft-1\n", "\uff41" * 8])
def test_a_draft_under_an_id_that_no_cookie_holds_is_refused(portal: Portal, draft_id: str) -> None:
    assert restored(portal, draft(draft_id=draft_id, agreed=True)) == "row"


def test_a_public_portal_keeps_real_captchas_whatever_a_file_says(seeded: Portal) -> None:
    portal = own(seeded)
    public = replace(
        portal.settings, public=True, access_password="invented-1", bcrypt_cost=10, captcha_mode="real", captcha_word=""
    )
    portal = replace(portal, settings=public)

    refused = restored(portal, fact("captcha", {"mode": "reveal", "word": "", "seed": ""}))

    assert refused == ""
    assert portal.standing().portal.settings.captcha_mode == "real"
