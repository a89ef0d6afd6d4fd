"""A visit that the portal could not have begun, or a way to no page, is refused, and nothing has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from checkpoints.forge import DICT, LIST, altered, furnished, own
from checkpoints.test_hostile_files import fault, setting

from ipportal.app import create_app
from ipportal.checkpoints import Shelf
from ipportal.checkpoints.visits import PAGES

if TYPE_CHECKING:
    from ipportal.portal import Portal


@pytest.fixture
def portal(seeded: Portal) -> Portal:
    return furnished(own(seeded))


@pytest.mark.parametrize(
    "cookie",
    [
        *(None, [], "x", 1, {"session": "a-session"}, {"access": "a-session"}, {"csrf_token": "a-session"}),
        *(
            {"signed_in": value}
            for value in (None, 1, LIST, DICT, "", "short", "x" * 101, "a session", "a-session\n", "é" * 9)
        ),
        {"signed_in": "a-session", "admin": "a-session"},
        *({name: "a-session"} for name in ("register", "cancel")),
    ],
)
def test_ids_that_no_visit_could_have_are_refused(portal: Portal, cookie: object) -> None:
    text = altered(Shelf(portal).snapshot(), setting("cookie", cookie))

    assert fault(portal, text) == ("visit", "")


@pytest.mark.parametrize(
    "path",
    [
        *(
            None,
            1,
            [],
            "",
            "account",
            "//evil.test",
            "/\\evil.test",
            "https://evil.test/",
            "/../x",
            "/./x",
            "/_control/v1",
        ),
        *(
            "/_control/v1",
            "/account?next=x",
            "/account\n",
            "/account\r\nSet-Cookie: a=b",
            "/Account",
            "/a b",
            "/é",
            "/#",
            "/a#b#c",
        ),
        *("/" + "a" * 82, "/a#" + "b" * 41, "/%2e%2e/x", "/a:b", "/@evil.test", "javascript:alert(1)"),
        *(
            "/nope",
            "/logout",
            "/open/a-ticket",
            "/access",
            "/health",
            "/account/nope",
            "/cancel/form",
            "/static/portal.css",
        ),
    ],
)
def test_a_way_that_leads_out_of_the_portal_is_refused(portal: Portal, path: object) -> None:
    text = altered(Shelf(portal).snapshot(), setting("path", path))

    assert fault(portal, text) == ("visit", "")


@pytest.mark.parametrize("name", ["cancel", "signed_in"])
def test_the_id_of_a_registration_is_no_other_visits(portal: Portal, name: str) -> None:
    draft_id = portal.tables.drafts.where()[0].draft_id
    text = altered(Shelf(portal).snapshot(), setting("cookie", {name: draft_id}))

    assert fault(portal, text) == ("visit", "")


def test_the_id_of_a_visit_that_is_over_is_taken(portal: Portal) -> None:
    text = altered(Shelf(portal).snapshot(), setting("cookie", {"signed_in": "over-long-ago"}))

    assert Shelf(portal).restore(text).path == "/account"


@pytest.mark.parametrize("path", sorted(PAGES))
def test_every_page_of_a_checkpoint_can_be_opened(portal: Portal, path: str) -> None:
    answer = create_app(portal=portal).test_client().get(path)

    assert answer.status_code in {200, 302, 303}


def test_every_page_that_has_an_address_of_its_own_can_be_a_checkpoints(portal: Portal) -> None:
    rules = create_app(portal=portal).url_map.iter_rules()

    left = {rule.rule for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments} - PAGES

    assert left == {"/access", "/health", "/robots.txt"}
