from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from control.cases_requests import W
from props import CHAN, NOON, WORD
from web.scenes import at_details

if TYPE_CHECKING:
    from control.api import Api
    from web.client import Browser

C = "/workspaces/main/captcha"


def test_open_challenges_are_told_with_their_answers_the_newest_first(api: Api) -> None:
    api.create("w", now=NOON.isoformat(), captcha="real")
    assert api.get(f"{W}/captcha") == {"mode": "real", "word": "", "seed": "1", "challenges": []}
    for second, owner in enumerate(("first", "second")):
        api.post(f"{W}/clock/advance", by=f"{second}s")
        api.portal("w").standing().portal.captcha.issue(owner)

    told = api.get(f"{W}/captcha")["challenges"]

    assert [each["issued_at"] for each in told] == ["2025-03-31T12:00:01+08:00", "2025-03-31T12:00:00+08:00"]
    kept = {each.captcha_id: each.answer for each in api.portal("w").tables.challenges.where()}
    assert {each["captcha_id"]: each["answer"] for each in told} == kept


def test_the_answer_that_is_told_is_the_one_that_is_accepted(api: Api, browser: Browser) -> None:
    api.done("PUT", C, {"mode": "real"})
    at_details(browser)

    [challenge] = api.get(C)["challenges"]

    assert browser.submit(**CHAN, captcha=challenge["answer"]).screen == "register/confirm"


@pytest.mark.parametrize(("mode", "code"), [("always_wrong", "captcha_wrong"), ("expired", "captcha_expired")])
def test_a_mode_that_refuses_refuses_the_open_challenge_too(api: Api, browser: Browser, mode: str, code: str) -> None:
    at_details(browser)

    assert api.done("PUT", C, {"mode": mode})["mode"] == mode

    assert browser.submit(**CHAN, captcha=WORD).problems == {"captcha": code}


def test_the_same_seed_gives_the_same_answers_and_pictures_in_two_workspaces(api: Api) -> None:
    seen = []
    for name in ("a", "b", "c"):
        api.create(name, captcha="seeded", captcha_seed="x" if name == "c" else "7")
        now = api.portal(name).standing().portal
        issued = {owner: now.captcha.issue(owner) for owner in "12"}
        seen.append([(now.captcha.answer(each), now.captcha.picture(each, owner)) for owner, each in issued.items()])

    assert seen[0] == seen[1] != seen[2]


def test_word_and_seed_stay_where_they_are_left_out(api: Api) -> None:
    api.create("w", captcha="fixed", captcha_word="ABC234")
    path = f"{W}/captcha"

    assert api.done("PUT", path, {"mode": "fixed"})["word"] == "ABC234"
    assert api.done("PUT", path, {"mode": "real", "seed": "7"})["word"] == ""
    assert api.done("PUT", path, {"mode": "reveal"})["seed"] == "7"
    assert api.done("PUT", path, {"mode": "fixed"}) == {
        "mode": "fixed",
        "word": "ABC234",
        "seed": "7",
        "challenges": [],
    }
    assert api.done("PUT", path, {"mode": "fixed", "word": "XYZ789"})["word"] == "XYZ789"


def test_the_servers_own_word_stands_until_another_is_given(api: Api) -> None:
    assert api.done("PUT", C, {"mode": "real"})["word"] == ""
    assert api.done("PUT", C, {"mode": "fixed"})["word"] == WORD


def test_a_workspace_that_needs_a_word_is_told_by_which_field(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(api.house.main.settings.__dict__, "captcha_word", "")

    found = api.refused("POST", "/workspaces", {"captcha": "fixed"})

    assert (found.code, found.json["where"], found.accepted) == ("captcha_word", "/captcha_word", ["^[A-Z0-9]{6}$"])


def test_a_public_portal_lets_only_the_real_captcha_stand(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("public", True), ("captcha_mode", "real"), ("captcha_word", "")):
        monkeypatch.setitem(api.house.main.settings.__dict__, name, value)

    for body in ({"captcha": "reveal"}, {"captcha_word": "ABC234"}, {"captcha_seed": "1"}):
        found = api.refused("POST", "/workspaces", body)
        assert (found.json["where"], found.accepted) == ("/captcha", ["real"])
    assert api.refused("PUT", C, {"mode": "fixed", "word": "ABC234"}).json["where"] == "/mode"
    assert api.done("PUT", C, {"mode": "real"})["mode"] == "real"
