"""An address that is none is answered with the path that was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from control.api import PREFIX

from ipportal.control.nearest import nearest
from ipportal.control.operations import OPERATIONS

if TYPE_CHECKING:
    from control.api import Api

DOCUMENT = f"{PREFIX}/openapi.json"
ONE = "/workspaces/{workspace}"


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/workspaces/", "/workspaces"),
        ("/Workspaces", "/workspaces"),
        ("/workspace", "/workspaces"),
        ("//workspaces", "/workspaces"),
        ("/workspaces/w/", ONE),
        ("/workspace/w", ONE),
        ("/workspaces/w/clocks", f"{ONE}/clock"),
        ("/workspaces/w/cloxx", f"{ONE}/clock"),
        ("/workspaces/w/clock/advanced", f"{ONE}/clock/advance"),
        ("/workspaces/w/account/99000101/unlock", f"{ONE}/accounts/{{basic_user_id}}/unlock"),
        ("/rules/vector", "/rules/vectors"),
        ("/openapi", "/openapi.json"),
    ],
)
def test_an_address_that_is_none_is_answered_with_the_nearest_path(api: Api, asked: str, meant: str) -> None:
    api.create("w")

    found = api.refused("GET", asked)

    assert (found.status, found.code, found.accepted) == (404, "route", [PREFIX + meant, DOCUMENT])


@pytest.mark.parametrize("asked", ["/", "/nowhere", "/w/w/clock", "/workspaces/w/clock/set/now", "/" + "a" * 5000])
def test_an_address_that_is_like_no_path_is_answered_with_the_document(api: Api, asked: str) -> None:
    assert api.refused("GET", asked).accepted == [DOCUMENT]


@pytest.mark.parametrize("start", ["/_control", "/_control/v2", "/_CONTROL/V1", ""])
def test_another_version_is_no_other_path(start: str) -> None:
    assert nearest(f"{start}/settings") == f"{PREFIX}/settings"
    assert nearest(f"{start}xy/settings") is None


@pytest.mark.parametrize("path", sorted({each.path for each in OPERATIONS}))
def test_every_path_is_nearest_to_itself(path: str) -> None:
    assert nearest(f"{PREFIX}{path}/") == PREFIX + path
