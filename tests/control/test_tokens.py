from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from control.conform import told

if TYPE_CHECKING:
    from control.api import Api

EVERY = [
    (method.upper(), path.removeprefix("/_control/v1"))
    for path, methods in told()["paths"].items()
    for method, each in methods.items()
    if each.get("security") != []
]


def filled(path: str) -> str:
    """Return the path with names that fit, so that nothing but the token can be refused."""
    names = {"workspace": "w", "basic_user_id": "99000101", "internet_user_id": "NimChi07", "fault_id": "1"}
    for name in ("session", "reference", "checkpoint"):
        names[name] = "login-1"
    return path.format(**names)


@pytest.mark.parametrize(("method", "path"), EVERY)
def test_no_operation_opens_without_a_token_or_with_a_wrong_one(api: Api, method: str, path: str) -> None:
    api.create("w")
    api.create("other")
    stranger, guesser, neighbour = api.with_token(""), api.with_token("ipp-" + "A" * 43), api.of("other")

    assert stranger.refused(method, filled(path), {}).code == "token_missing"
    assert guesser.refused(method, filled(path), {}).code == "token_wrong"
    assert neighbour.refused(method, filled(path), {}).code == "token_foreign"


@pytest.mark.parametrize(("method", "path"), [way for way in EVERY if "{workspace}" not in way[1]])
def test_a_workspaces_token_opens_no_operation_on_the_server(api: Api, method: str, path: str) -> None:
    api.create("w")

    found = api.of("w").refused(method, path, {})

    assert (found.code, found.accepted) == ("token_foreign", ["/_control/v1/workspaces/w"])


def test_a_workspaces_token_opens_every_operation_in_it(api: Api) -> None:
    token = api.create("w")["token"]
    own = api.with_token(token)

    assert own.get("/workspaces/w")["token"] == token
    assert own.post("/workspaces/w/clock/advance", by="1h")["mode"] == "shifted"
    assert own.done("DELETE", "/workspaces/w") == {}


def test_mains_own_token_opens_main_and_nothing_else(api: Api) -> None:
    api.create("w")
    token = api.get("/workspaces/main")["token"]

    assert api.with_token(token).get("/workspaces/main")["name"] == "main"
    assert api.with_token(token).refused("GET", "/workspaces/w").code == "token_foreign"


def test_the_token_of_a_removed_workspace_does_not_open_its_successor(api: Api) -> None:
    old = api.create("w")["token"]
    api.done("DELETE", "/workspaces/w")
    assert api.with_token(old).refused("GET", "/workspaces/w").code == "token_wrong"

    new = api.create("w")["token"]

    assert new != old
    assert api.with_token(old).refused("GET", "/workspaces/w").code == "token_wrong"
    assert api.with_token(new).get("/workspaces/w")["name"] == "w"


def test_a_reset_and_a_restored_checkpoint_leave_the_token_alone(api: Api) -> None:
    token = api.create("w")["token"]
    theirs = api.get("/workspaces/main/snapshot")

    api.post("/workspaces/w/reset", scenario="empty")
    api.done("POST", "/workspaces/w/restore", theirs)

    assert api.with_token(token).get("/workspaces/w")["token"] == token


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer ", "Basic {basic}", "Basic {token}", "Token {token}", "{token}", "Bearer: {token}"]
)
def test_only_the_bearer_scheme_with_a_token_counts(api: Api, given: str) -> None:
    words = {"token": api.token, "basic": b64encode(f"ipportal:{api.token}".encode()).decode()}

    found = api.with_token("").refused("GET", "/workspaces", headers={"Authorization": given.format(**words)})

    assert found.code == "token_missing"
    assert found.headers["WWW-Authenticate"] == 'Bearer realm="ipportal"'


@pytest.mark.parametrize("given", ["Bearer x{token}", "Bearer {token}x", "Bearer {lower}", "Bearer {token} {token}"])
def test_a_token_must_be_right_to_the_letter(api: Api, given: str) -> None:
    sent = given.format(token=api.token, lower=api.token.lower())

    assert api.with_token("").refused("GET", "/workspaces", headers={"Authorization": sent}).code == "token_wrong"


@pytest.mark.parametrize("given", ["ipw.main.", "ipw..", f"ipw.nowhere.{'0' * 64}", f"ipw.w.{'0' * 64}", "ipw.w.é"])
def test_a_forged_workspace_token_is_only_wrong(api: Api, given: str) -> None:
    api.create("w")

    assert api.with_token(given).refused("GET", "/workspaces/w").code == "token_wrong"
    assert api.with_token(given).refused("GET", "/workspaces/nowhere").code == "token_wrong"


def test_the_scheme_may_be_written_in_any_case(api: Api) -> None:
    headers = {"Authorization": f"bEARER {api.token}"}

    assert api.with_token("").done("GET", "/workspaces", headers=headers) == {"workspaces": ["main"]}


def test_a_token_in_the_address_or_a_cookie_opens_nothing(api: Api) -> None:
    stranger = api.with_token("")

    for name in ("token", "access_token", "Authorization"):
        assert stranger.refused("GET", f"/workspaces?{name}={api.token}").code == "token_missing"
        assert stranger.refused("GET", "/workspaces", headers={"Cookie": f"{name}={api.token}"}).code == "token_missing"
    at_host = f"http://{api.token}@localhost"
    assert stranger.refused("GET", "/workspaces", headers={"X-Token": api.token}, base_url=at_host).status >= 400


def test_an_unknown_workspace_is_told_only_to_whom_the_server_knows(api: Api) -> None:
    assert api.refused("GET", "/workspaces/nowhere").code == "workspace_unknown"
    assert api.with_token("").refused("GET", "/workspaces/nowhere").code == "token_missing"
