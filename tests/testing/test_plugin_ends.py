"""How the plugin takes leave of a workspace: one that the test has removed is no error, all else is; what is kept."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from ipportal.testing import Workspace

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


KEEPING = """
    import pytest

    def test_passes(ipportal):
        pass

    @pytest.mark.parametrize("name", ["李", "李:", "x" * 300])
    def test_fails(ipportal, name):
        visitor = ipportal.visitor(lang="en")
        visitor.get("/register/terms")
        visitor.press("agree")
        visitor.submit(account_kind="personal")
        assert visitor.page.screen == "register/done"
"""


def test_the_portals_of_tests_that_failed_are_kept_and_can_be_opened(
    suite: pytest.Pytester, tmp_path: Path, ipportal: Workspace
) -> None:
    suite.makepyfile(KEEPING)
    folder = tmp_path / "of a run" / "failed"

    result = suite.runpytest_inprocess("-p", "no:randomly", "--ipportal-checkpoints", str(folder))

    result.assert_outcomes(passed=1, failed=3)
    told = [shlex.split(line) for line in result.outlines if line.startswith("ipportal checkpoint restore ")]
    assert [words[:3] for words in told] == [["ipportal", "checkpoint", "restore"]] * 3
    assert {words[3] for words in told} == {str(each) for each in folder.iterdir()}
    for *_, file in told:
        with open(file, encoding="utf-8") as kept:  # noqa: PTH123 - the words of the command are text
            opened = ipportal.restore(json.load(kept))
        visitor = ipportal.visitor()
        visitor.get(opened.url)
        assert visitor.page.screen == "register/details"


def test_where_nothing_can_be_kept_the_report_says_why(suite: pytest.Pytester, tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    suite.makepyfile("""
        def test_fails(ipportal):
            assert False

        def test_removes(ipportal):
            ipportal.remove()
            assert False
    """)

    result = suite.runpytest_inprocess("-p", "no:randomly", "--ipportal-checkpoints", str(tmp_path / "taken"))

    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*ipportal checkpoint*", "*taken*", "*ipportal checkpoint*", "*workspace_unknown*"])


@pytest.mark.parametrize("processes", [(), ("-n", "1")], ids=["one", "xdist"])
def test_counts_that_cannot_be_written_in_the_end_are_told_beside_the_whole_report(
    suite: pytest.Pytester, tmp_path: Path, processes: tuple[str, ...]
) -> None:
    file = tmp_path / "coverage.jsonl"
    suite.makepyfile(f"""
        from pathlib import Path

        def test_it(ipportal):
            visitor = ipportal.visitor()
            visitor.get("/login")
            visitor.submit(internet_user_id="LokShan", internet_password="Practice12345")
            Path({str(file)!r}).unlink()
            Path({str(file)!r}).mkdir()
            assert "this" == "told"
    """)

    result = suite.runpytest_inprocess("-p", "no:randomly", *processes, f"--ipportal-coverage={file}")

    result.assert_outcomes(failed=1)
    lost = f"ipportal: counts of branches are lost: --ipportal-coverage {file}: *"
    result.stdout.fnmatch_lines(["*'this' == 'told'*", lost])
    assert not any("Traceback" in line for line in [*result.outlines, *result.errlines])
