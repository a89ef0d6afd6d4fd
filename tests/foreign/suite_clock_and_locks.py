"""What time, wrong passwords and CAPTCHA modes do."""

import pytest

from ipportal.testing import Workspace

pytestmark = pytest.mark.ipportal(now="2025-03-31T12:00:00+08:00")  # else the tests fail in maintenance hours
REGISTERED = {"internet_user_id": "NimChi07", "internet_password": "Practice20257"}
OPEN = ["2025-03-31T04:59:59", "2025-03-31T06:00:00", "2025-03-29T23:59:59", "2025-03-30T07:00:00"]
SHUT = ["2025-03-31T05:00:00", "2025-03-31T05:59:59", "2025-03-30T00:00:00", "2025-03-30T06:59:59"]
MODES = {
    "real": {},
    "seeded": {},
    "always_wrong": {"captcha": "captcha_wrong"},
    "expired": {"captcha": "captcha_expired"},
}


@pytest.mark.parametrize(
    "moment", [pytest.param(moment, marks=pytest.mark.ipportal(now=moment + "+08:00")) for moment in OPEN + SHUT]
)
def test_the_portal_opens_and_closes_to_the_second(ipportal: Workspace, moment: str) -> None:
    page = ipportal.visitor().get("/")
    assert (page.screen, page.status) == (("closed", 503) if moment in SHUT else ("home", 200))
    assert page.headers["X-Ipportal-Now"] == moment + "+08:00"


@pytest.mark.parametrize(("time", "count"), [("04:44:59", 0), ("04:45:00", 1)])
def test_maintenance_is_announced_a_quarter_before(ipportal: Workspace, time: str, count: int) -> None:
    ipportal.clock.set(f"2025-03-31T{time}+08:00")
    assert ipportal.visitor().get("/").testids.count("maintenance-soon") == count


def test_five_wrong_passwords_lock_until_staff_unlock(ipportal: Workspace) -> None:
    visitor = ipportal.visitor()
    visitor.get("/login")
    wrong = REGISTERED | {"internet_password": "Wrong12345678"}
    assert [visitor.submit(**wrong).problems["form"] for _ in range(5)] == ["wrong_credentials"] * 4 + ["locked"]
    assert visitor.submit(**REGISTERED).problems == {"form": "locked"}
    ipportal.users.unlock("NimChi07")
    assert visitor.submit(**REGISTERED).screen == "account/home"


def test_three_wrong_basic_passwords_lock_the_account(ipportal: Workspace) -> None:
    visitor = ipportal.visitor()
    visitor.get("/cancel")
    visitor.submit(**REGISTERED, captcha="ABC123")
    for _ in range(3):
        visitor.submit(basic_password="00000000")
    assert visitor.page.problems == {"form": "locked"}
    assert ipportal.accounts.get("99000707").locked
    ipportal.accounts.unlock("99000707")
    assert not ipportal.accounts.get("99000707").locked


@pytest.mark.parametrize("mode", MODES)
def test_each_captcha_mode_judges_as_it_says(ipportal: Workspace, mode: str) -> None:
    ipportal.captcha.set(mode)
    visitor = ipportal.visitor()
    answer = ipportal.captcha.answer(visitor.get("/cancel").captcha_id)
    assert visitor.submit(**REGISTERED, captcha=answer).problems == MODES[mode]


@pytest.mark.ipportal(now="2025-03-31T12:00:00+08:00", captcha="reveal")
def test_a_revealed_captcha_is_good_under_five_minutes(ipportal: Workspace) -> None:
    visitor = ipportal.visitor()
    for passed, problems in (("5m", {"captcha": "captcha_expired"}), ("4m59s", {})):
        answer = visitor.get("/cancel").text("captcha-answer")
        ipportal.clock.advance(passed)
        assert visitor.submit(**REGISTERED, captcha=answer).problems == problems
