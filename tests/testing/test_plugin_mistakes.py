"""What a suite has half told the plugin, or misspelt, is an error that says what would be right."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]


@pytest.mark.parametrize(("given", "missing"), [("IPPORTAL_URL", "IPPORTAL_TOKEN"), ("IPPORTAL_TOKEN", "IPPORTAL_URL")])
@pytest.mark.parametrize("empty", [True, False])
def test_an_address_without_its_token_starts_no_other_server(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, given: str, missing: str, *, empty: bool
) -> None:
    if empty:
        monkeypatch.setenv(missing, "")
    else:
        monkeypatch.delenv(missing)
    suite.makepyfile("def test_it(ipportal): pass")

    result = suite.runpytest_inprocess("-p", "no:randomly")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"*UsageError: {given} is set without {missing}: set both, or neither *"])


@pytest.mark.parametrize("url", ["127.0.0.1:8080", "ftp://127.0.0.1", "http://127.0.0.1:port"])
def test_what_is_no_address_is_an_error_that_names_the_variable(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("IPPORTAL_URL", url)
    suite.makepyfile("def test_it(ipportal): pass")

    result = suite.runpytest_inprocess("-p", "no:randomly")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"*UsageError: IPPORTAL_URL: '{url}' is no address of a portal, such as http://*"])


@pytest.mark.parametrize("captcha", ["revael", "abc123", 123456])
def test_a_captcha_that_is_neither_mode_nor_word_is_an_error(suite: pytest.Pytester, captcha: object) -> None:
    suite.makepyfile(f"""
        import pytest

        @pytest.mark.ipportal(captcha={captcha!r})
        def test_it(ipportal):
            pass
    """)

    result = suite.runpytest_inprocess("-p", "no:randomly")

    result.assert_outcomes(errors=1)
    modes = "real, fixed, seeded, reveal, always_wrong, expired"
    result.stdout.fnmatch_lines([f"*captcha={captcha!r}; it takes a mode: {modes}, or six of A-Z and 0-9."])


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("nope.toml", "No such file or directory."),
        ("latin.toml", "'utf-8' codec can't decode byte 0xe9 *."),
        ("a\0.toml", "*null*."),
    ],
)
@pytest.mark.parametrize("given", ["{!r}", "__import__('pathlib').Path({!r})"], ids=["text", "path"])
def test_a_scenario_whose_file_cannot_be_read_is_an_error_of_one_line(
    suite: pytest.Pytester, name: str, why: str, given: str
) -> None:
    (suite.path / "latin.toml").write_bytes(b"caf\xe9")
    suite.makepyfile(f"""
        import pytest

        @pytest.mark.ipportal(scenario={given.format(name)})
        def test_it(ipportal):
            pass
    """)

    result = suite.runpytest_inprocess("-p", "no:randomly")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [f"*UsageError: The marker ipportal has scenario={name!r}, which cannot be read: {why}"]
    )
    assert "pathlib.py" not in result.stdout.str()


@pytest.mark.parametrize("name", ["missing/coverage.jsonl", ".", "taken/coverage.jsonl", "a\0b"])
@pytest.mark.parametrize("processes", [(), ("-n", "1")], ids=["one", "xdist"])
def test_a_file_for_the_counts_that_cannot_be_written_is_refused_before_a_test_runs(
    suite: pytest.Pytester, name: str, processes: tuple[str, ...]
) -> None:
    (suite.path / "taken").touch()
    suite.makepyfile("def test_it(ipportal): pass")

    result = suite.runpytest_inprocess("-p", "no:randomly", *processes, f"--ipportal-coverage={name}")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    (told,) = [line for line in result.errlines if line]
    assert told.startswith("ERROR: --ipportal-coverage cannot write its file: ")
    assert repr(name) in told or "null" in told


def test_a_failing_test_shows_its_own_line_and_no_source_of_ours(suite: pytest.Pytester) -> None:
    suite.makepyfile("""
        import pytest

        def test_call(ipportal):
            ipportal.clock.set("yesterday")

        def test_form(ipportal):
            visitor = ipportal.visitor()
            visitor.get("/login")
            visitor.submit(nobody="x")

        @pytest.mark.ipportal(captcha="x")
        def test_marker(ipportal):
            pass
    """)

    result = suite.runpytest_inprocess("-p", "no:randomly")

    shown = result.stdout.str()
    assert result.ret == 1
    assert [line[1:].strip() for line in shown.splitlines() if line.startswith(">")] == [
        'ipportal.clock.set("yesterday")',
        'visitor.submit(nobody="x")',
    ]
