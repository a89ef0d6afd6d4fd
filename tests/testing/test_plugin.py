"""The plugin, as a test suite of somebody else's meets it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["pytester"]

SCENARIO = """[[people]]
key = "mine"
situation = { "zh-Hant" = "練習", en = "practice", "zh-Hans" = "练习" }
names = { "zh-Hant" = "某", en = "Somebody", "zh-Hans" = "某" }
account_kind = "personal"
identity_prefix = "ZZ99"
basic_user_ids = ["99100001"]
basic_password = "12121212"
"""


def test_each_test_gets_a_portal_that_nobody_else_has_touched(suite: pytest.Pytester) -> None:
    suite.makepyfile("""
        import pytest

        @pytest.mark.parametrize("time", range(3))
        def test_alone(ipportal, time):
            assert not ipportal.accounts.get("99000101").locked
            ipportal.accounts.lock("99000101")
    """)

    suite.runpytest_inprocess("-p", "no:randomly").assert_outcomes(passed=3)


def test_a_suite_passes_at_any_hour(suite: pytest.Pytester, tmp_path: Path) -> None:
    (tmp_path / "late.toml").write_text(f'now = "2025-04-01T23:00:00+08:00"\n{SCENARIO}', encoding="utf-8")
    suite.makepyfile(f"""
        import pytest

        def test_plain(ipportal):
            assert ipportal.clock.now.isoformat() == "2025-03-31T09:00:00+08:00"
            ipportal.clock.real()
            ipportal.reset()
            assert ipportal.clock.now.isoformat() == "2025-03-31T09:00:00+08:00"

        @pytest.mark.ipportal(scenario={str(tmp_path / "late.toml")!r})
        def test_staged(ipportal):
            assert ipportal.clock.now.isoformat() == "2025-04-01T23:00:00+08:00"
    """)

    suite.runpytest_inprocess("-p", "no:randomly").assert_outcomes(passed=2)


def test_a_reset_begins_as_the_marker_says(suite: pytest.Pytester) -> None:
    suite.makepyfile("""
        import pytest

        @pytest.mark.ipportal(now="2025-05-01T09:00:00+08:00", captcha="QWE123")
        def test_marked(ipportal):
            ipportal.clock.real()
            ipportal.captcha.set("reveal")
            ipportal.reset()
            assert ipportal.clock.now.isoformat() == "2025-05-01T09:00:00+08:00"
            assert ipportal.captcha.mode == "fixed"

        def test_plain(ipportal):
            ipportal.reset()
            assert ipportal.captcha.mode == "fixed"
    """)

    suite.runpytest_inprocess("-p", "no:randomly").assert_outcomes(passed=2)


def test_the_marker_says_how_the_workspace_begins(suite: pytest.Pytester, tmp_path: Path) -> None:
    (tmp_path / "class.toml").write_text(SCENARIO, encoding="utf-8")
    suite.makepyfile(f"""
        import pytest

        @pytest.mark.ipportal(now="2025-03-30T05:30:00+08:00")
        def test_time(ipportal):
            assert ipportal.clock.now.isoformat() == "2025-03-30T05:30:00+08:00"
            assert ipportal.visitor().get("/").screen == "closed"

        @pytest.mark.ipportal(scenario="empty", captcha="XYZ789")
        def test_nobody(ipportal):
            assert ipportal.people == {{}}
            ipportal.visitor().get("/cancel")
            assert ipportal.captcha.answer() == "XYZ789"

        @pytest.mark.ipportal(scenario={str(tmp_path / "class.toml")!r}, captcha="fixed")
        def test_file(ipportal):
            assert list(ipportal.people) == ["mine"]
            ipportal.visitor().get("/cancel")
            assert ipportal.captcha.answer() == "ABC123"

        @pytest.mark.ipportal(captcha="seeded", captcha_seed=7)
        def test_mode(ipportal):
            assert ipportal.captcha.mode == "seeded"
    """)

    suite.runpytest_inprocess("-p", "no:randomly").assert_outcomes(passed=4)


@pytest.mark.parametrize("asked", ["secnario='empty'", "'empty'"])
def test_a_marker_that_asks_for_what_is_not_there_is_an_error(suite: pytest.Pytester, asked: str) -> None:
    suite.makepyfile(f"""
        import pytest

        @pytest.mark.ipportal({asked})
        def test_it(ipportal):
            pass
    """)

    result = suite.runpytest_inprocess("-p", "no:randomly")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*captcha, captcha_seed, captcha_word, now, scenario*"])


def test_a_test_that_fails_shows_why_its_submits_were_refused(suite: pytest.Pytester) -> None:
    suite.makepyfile("""
        def test_it(ipportal):
            visitor = ipportal.visitor()
            visitor.get("/login")
            visitor.submit(internet_user_id="LokShan", internet_password="Practice12345")
            assert visitor.page.screen == "account/home"

        def test_other():
            assert False
    """)

    result = suite.runpytest_inprocess("-p", "no:randomly")

    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*ipportal journal of http*", "*login/form refused internet_user_id=length*"])


def test_the_branches_that_were_reached_are_written_down(suite: pytest.Pytester, tmp_path: Path) -> None:
    suite.makepyfile("""
        def test_it(ipportal):
            visitor = ipportal.visitor()
            visitor.get("/login")
            visitor.submit(internet_user_id="LokShan", internet_password="Practice12345")
    """)
    file = tmp_path / "coverage.jsonl"

    suite.runpytest_inprocess("-p", "no:randomly", f"--ipportal-coverage={file}").assert_outcomes(passed=1)

    (line,) = file.read_text().splitlines()
    assert json.loads(line) == {"internet_user_id.length_short": 1, "internet_password.accepted": 1}


def test_a_suite_without_a_server_starts_one_and_splits_over_processes(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("IPPORTAL_URL", raising=False)
    pytester.makepyfile("""
        import pytest

        @pytest.mark.parametrize("time", range(6))
        def test_alone(ipportal, time):
            ipportal.accounts.lock("99000101")
            assert [each.basic_user_id for each in ipportal.accounts.all() if each.locked] == ["99000101", "99001515"]
    """)

    pytester.runpytest_subprocess("-n", "2", "-p", "no:randomly").assert_outcomes(passed=6)
