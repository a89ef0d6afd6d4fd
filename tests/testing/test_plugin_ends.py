"""How the plugin takes leave of a workspace: one that the test has removed is no error, all else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

pytest_plugins = ["pytester"]


def test_a_test_may_remove_its_workspace_and_fail_after_that(suite: pytest.Pytester) -> None:
    suite.makepyfile("""
        def test_it(ipportal):
            ipportal.remove()

        def test_other(ipportal):
            ipportal.remove()
            assert "this" == "told"
    """)

    result = suite.runpytest_inprocess("-p", "no:randomly")

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*'this' == 'told'*", "*workspace_unknown*"])


def test_what_else_is_refused_in_the_end_is_an_error(suite: pytest.Pytester) -> None:
    suite.makepyfile("""
        def test_it(ipportal):
            ipportal.control.token = "ipp-another"
    """)

    result = suite.runpytest_inprocess("-p", "no:randomly")

    result.assert_outcomes(passed=1, errors=1)
