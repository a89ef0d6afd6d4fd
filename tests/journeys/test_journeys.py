"""Both journeys over the wire, by the stable hooks only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from journeys.served import Visitor, command
from journeys.ways import change, login, register, to_confirm

if TYPE_CHECKING:
    from journeys.served import Served
    from journeys.ways import Person

LANGUAGES = pytest.mark.parametrize("lang", ["zh-Hant", "en", "zh-Hans"])


@LANGUAGES
def test_somebody_registers_and_logs_in_for_the_first_time(
    visitor: Visitor, people: dict[str, Person], lang: str
) -> None:
    chan = people["fresh-individual"]
    screens = [register(visitor, chan, "LokShan1", lang).screen]
    screens.append(login(visitor, "LokShan1").screen)
    screens.append(change(visitor, chan["basic_password"], "86420135").screen)
    screens.append(visitor.get("/account").screen)

    assert screens == ["register/done", "basic_password/form", "basic_password/done", "account/home"]
    assert visitor.page.lang == lang


@pytest.mark.parametrize("key", ["fresh-joint", "fresh-corporate", "fresh-four", "fresh-macau", "cancelled"])
def test_every_fresh_situation_registers(visitor: Visitor, people: dict[str, Person], key: str) -> None:
    assert register(visitor, people[key], "Someone1").screen == "register/done"


@pytest.mark.parametrize(("key", "screen"), [("registered", "account/home"), ("registered-linked", "account/home")])
def test_every_registered_situation_logs_in(visitor: Visitor, people: dict[str, Person], key: str, screen: str) -> None:
    person = people[key]

    assert login(visitor, person["internet_user_id"], person["internet_password"]).screen == screen


def test_a_trap_is_not_recognised_and_a_locked_account_stops_at_the_confirmation(
    visitor: Visitor, people: dict[str, Person]
) -> None:
    mixed = people["fresh-individual"] | {"identity_prefix": people["trap-prefix"]["identity_prefix"]}
    assert to_confirm(visitor, mixed, "LokShan1").problems == {"form": "not_recognised"}
    assert visitor.page.status == 422

    page = register(visitor, people["locked-basic"], "YipChing")

    assert (page.status, page.problems) == (422, {"form": "locked"})


def test_a_double_click_on_confirm_makes_one_user(portal: Served, visitor: Visitor, people: dict[str, Person]) -> None:
    chan = people["fresh-individual"]
    sent = to_confirm(visitor, chan, "LokShan1").hidden() | {"basic_password": chan["basic_password"]}
    hands = [Visitor(portal.port), Visitor(portal.port)]
    for hand in hands:
        hand.cookies = dict(visitor.cookies)

    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(lambda hand: hand.press("/register/confirm", sent), hands))

    assert [(page.status, page.screen) for page in pages] == [(200, "register/done")] * 2
    journal = command(portal.folder, "journal").stdout
    assert journal.count("register/confirm  done") == 1
    assert login(Visitor(portal.port), "LokShan1").screen == "basic_password/form"


def test_every_answer_carries_the_emulators_headers(visitor: Visitor) -> None:
    for path in ("/", "/login", "/health", "/nowhere", "/account", "/static/portal.css"):
        page = visitor.get(path)

        assert page.headers["X-Ipportal-Emulator"] == "1"
        if not path.startswith("/static"):
            assert page.headers["X-Ipportal-Now"] == "2025-03-31T12:00:00+08:00"
        if page.screen:
            assert len(page.select("[data-testid=banner]")) == 1


def test_logging_off_and_going_back_shows_nothing(visitor: Visitor, people: dict[str, Person]) -> None:
    person = people["registered"]
    login(visitor, person["internet_user_id"], person["internet_password"])
    saved = dict(visitor.cookies)
    visitor.submit("/logout")
    visitor.cookies = saved

    assert visitor.get("/account").screen == "login/form"


def test_a_wrong_token_is_refused_with_400(visitor: Visitor) -> None:
    visitor.get("/login")

    page = visitor.press("/login", {"csrf_token": "x", "internet_user_id": "NimChi07"})

    assert (page.status, page.screen) == (400, "errors/400")
