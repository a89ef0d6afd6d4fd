from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from control.cases_requests import W
from props import NOON, PEOPLE
from web.scenes import at_details, sign_in

from ipportal.checkpoints import STEPS

if TYPE_CHECKING:
    from control.api import Api
    from flask import Flask
    from web.client import Browser

C = f"{W}/checkpoints"


def opened(app: Flask, url: str) -> tuple[int, str]:
    """Follow the link in a browser of its own; return the status and the path of the screen."""
    client = app.test_client()
    with client.get(urlsplit(url).path) as link:
        path = link.headers["Location"]
    with client.get(path) as page:
        return page.status_code, path


@pytest.mark.parametrize("step", STEPS)
def test_each_step_of_the_guide_opens_with_who_to_be_and_what_to_type(api: Api, app: Flask, step: str) -> None:
    api.create("w", now=NOON.isoformat(), scenario="empty")

    told = api.post(f"{C}/{step}/open")

    assert told["url"].startswith("http://localhost/w/w/open/")
    assert told["path"] == STEPS[step].path
    assert told["person"] == PEOPLE[STEPS[step].person].published("en")
    assert told["typed"]
    assert opened(app, told["url"]) == (200, f"/w/w{told['path']}")
    with app.test_client().get(urlsplit(told["url"]).path) as again:
        assert again.headers["Location"] == "/w/w/"


def test_a_guide_step_keeps_clock_captcha_and_suspension(api: Api) -> None:
    api.create("w", now=NOON.isoformat(), captcha="reveal")
    api.post(f"{W}/maintenance/suspend", lasting="1h")

    api.post(f"{C}/login-5/open")

    assert api.get(f"{W}/clock") == {"now": NOON.isoformat(), "mode": "frozen"}
    assert api.get(f"{W}/captcha")["mode"] == "reveal"
    assert api.get(f"{W}/maintenance")["closed"]["row"] == "suspension"


def test_a_checkpoint_is_kept_listed_read_and_forgotten(api: Api) -> None:
    api.create("w")

    saved = api.done("PUT", f"{C}/mine")
    assert api.get(C) == {"guide": list(STEPS), "own": [saved]}
    assert api.get(f"{C}/mine")["format"] == "ipportal-checkpoint"
    assert api.done("DELETE", f"{C}/mine") == {}

    assert api.get(C)["own"] == []
    assert api.refused("DELETE", f"{C}/mine").accepted == list(STEPS)


def test_a_kept_checkpoint_brings_the_state_back_under_the_same_name(api: Api, app: Flask) -> None:
    api.create("w", now=NOON.isoformat())
    api.post(f"{W}/accounts", basic_user_id="99777777")
    api.done("PUT", f"{C}/mine")
    api.done("DELETE", f"{W}/accounts/99777777")
    api.post(f"{W}/faults", kind="error_500", step="home")

    told = api.post(f"{C}/mine/open")

    assert (told["path"], told["person"], told["typed"]) == ("/", None, {})
    assert api.get(f"{W}/accounts/99777777")["basic_user_id"] == "99777777"
    assert api.get(f"{W}/faults")["faults"] == []
    assert opened(app, told["url"]) == (200, "/w/w/")
    api.done("PUT", f"{C}/mine")
    assert len(api.get(C)["own"]) == 1


def test_a_snapshot_goes_from_one_workspace_to_another_with_its_visit(api: Api, browser: Browser, app: Flask) -> None:
    sign_in(browser)
    file = api.get("/workspaces/main/snapshot")
    api.create("w", scenario="empty")

    told = api.done("POST", f"{W}/restore", file)

    assert told["path"] == "/account"
    assert opened(app, told["url"]) == (200, "/w/w/account")
    assert api.get(f"{W}/snapshot")["tables"]["users"] == file["tables"]["users"]
    main = api.done("POST", "/workspaces/main/restore", file)
    assert main["url"].startswith("http://localhost/open/")


def test_a_snapshot_holds_no_captcha_and_no_secret_of_the_server(api: Api, browser: Browser) -> None:
    api.done("PUT", "/workspaces/main/captcha", {"mode": "real"})
    at_details(browser)
    [challenge] = api.get("/workspaces/main/captcha")["challenges"]
    cookie_key = api.portal().tables.facts.get("cookie_key")
    assert cookie_key

    told = api.ask("GET", "/workspaces/main/snapshot").text

    for secret in (challenge["answer"], challenge["captcha_id"], cookie_key.value["key"], api.token):
        assert secret not in told


@pytest.mark.parametrize("way", [("GET", ""), ("DELETE", ""), ("POST", "/open")])
@pytest.mark.parametrize("name", ["nowhere", "login-11", "Login-1", "%00"])
def test_a_checkpoint_that_is_not_there_is_refused_with_those_that_are(
    api: Api, way: tuple[str, str], name: str
) -> None:
    api.create("w")
    api.done("PUT", f"{C}/mine")

    found = api.refused(way[0], f"{C}/{name}{way[1]}")

    assert (found.code, found.accepted) == ("checkpoint_unknown", ["mine", *STEPS])


@pytest.mark.parametrize("name", ["login-1", "Mine", "a_b", "a" * 41, "%20", "a.b"])
def test_a_checkpoint_needs_a_name_that_no_step_has(api: Api, name: str) -> None:
    api.create("w")

    found = api.refused("PUT", f"{C}/{name}")

    assert (found.code, found.accepted) == ("checkpoint_name", ["[a-z0-9-]{1,40}", "not a step of the guide"])


def test_the_fiftieth_checkpoint_may_be_saved_over_and_over(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipportal.checkpoints.MOST", 1)
    api.create("w")

    for _ in range(2):
        assert api.done("PUT", f"{C}/mine")["name"] == "mine"
    assert api.refused("PUT", f"{C}/other").accepted == ["1"]


def test_a_refused_file_is_told_with_where_it_is_wrong(api: Api) -> None:
    api.create("w")
    file = api.get(f"{W}/snapshot")
    file["tables"]["accounts"][3].append("more")

    found = api.refused("POST", f"{W}/restore", file)

    assert (found.code, found.json["where"]) == ("checkpoint_row", "accounts[3]")
    assert found.accepted == ["what `snapshot` writes there"]


def test_coverage_counts_what_a_checkpoint_replaced_once_and_a_refusal_not_at_all(api: Api, browser: Browser) -> None:
    empty = api.get("/workspaces/main/snapshot")
    at_details(browser)
    before = api.get("/rules/coverage")["reached"]
    assert before["agree.yes"] == 1

    api.refused("POST", "/workspaces/main/restore", empty | {"version": 9})
    api.refused("POST", "/workspaces/main/checkpoints/nowhere/open")
    assert api.get("/rules/coverage")["reached"] == before

    api.done("POST", "/workspaces/main/restore", empty)
    assert api.get("/rules/coverage")["reached"] == before
    assert "agree.yes" in api.get("/workspaces/main/coverage")["missing"]


def test_coverage_keeps_what_a_step_of_the_guide_or_a_kept_checkpoint_replaced(api: Api, browser: Browser) -> None:
    for name in ("login-1", "mine"):
        api.done("PUT", "/workspaces/main/checkpoints/mine")
        before = api.get("/rules/coverage")["reached"].get("agree.yes", 0)
        at_details(browser)

        api.post(f"/workspaces/main/checkpoints/{name}/open")

        assert api.get("/rules/coverage")["reached"]["agree.yes"] == before + 1
        browser.client.delete_cookie("session")
