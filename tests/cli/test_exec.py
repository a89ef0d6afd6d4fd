"""`ipportal exec`: a server for the time of one command."""

from __future__ import annotations

import http.client
import json
import socket
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from cli.conftest import Terminal

ASK = """
import json, os, sys, urllib.request
request = urllib.request.Request(os.environ["IPPORTAL_URL"] + "/_control/v1/settings")
request.add_header("Authorization", "Bearer " + os.environ["IPPORTAL_TOKEN"])
told = json.load(urllib.request.urlopen(request))["settings"]
found = {each["name"]: each["value"] for each in told} | {"url": os.environ["IPPORTAL_URL"]}
open(sys.argv[1], "w").write(json.dumps(found))
sys.exit(int(sys.argv[2]))
"""


def asked(bare: Terminal, *options: str, code: int = 0) -> dict[str, str]:
    """Return what the command found out about its server."""
    told = bare.folder / "told.json"
    said = bare.run("exec", *options, "--", sys.executable, "-c", ASK, str(told), str(code))
    assert said.code == code, said.err
    found: dict[str, str] = json.loads(told.read_text())
    return found


def test_a_command_finds_its_own_server_and_its_exit_code_comes_back(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("IPPORTAL_INSTANCE")

    found = asked(bare, code=7)

    assert found["store"] == ":memory:"
    assert found["workspaces"] == "memory"
    assert not found["url"].endswith(":8080")


def test_the_server_is_reached_at_its_own_address_where_visitors_come_through_a_proxy(bare: Terminal) -> None:
    (bare.folder / "ipportal.toml").write_text('public_url = "https://portal.example"', encoding="utf-8")

    found = asked(bare)

    assert found["url"].startswith("http://127.0.0.1:")
    assert found["public_url"] == ""


def test_settings_that_were_given_go_to_the_server(bare: Terminal) -> None:
    options = ("--captcha-mode", "fixed", "--captcha-word", "XYZ789", "--holidays", "+2025-05-02,-2025-05-05")

    found = asked(bare, *options, "--public", "false")

    assert found["captcha_word"] == "XYZ789"
    assert found["holidays"] == "('+2025-05-02', '-2025-05-05')"
    assert found["instance"] == str(bare.folder)


def test_the_server_is_gone_when_the_command_is(bare: Terminal) -> None:
    found = asked(bare)

    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection(urlsplit(found["url"]).netloc, timeout=5).request("GET", "/")


def test_what_is_no_utf_8_is_passed_on_to_the_command(bare: Terminal) -> None:
    code = r"import sys; sys.exit(7 * (sys.argv[1] == '\udcff'))"

    assert bare.run("exec", "--", sys.executable, "-c", code, "\udcff").code == 7


def test_a_word_that_looks_like_a_span_is_passed_on_as_it_is(bare: Terminal) -> None:
    code = "import sys; sys.exit(7 * (sys.argv[1:] == ['-5', '-9m', '-1h']))"

    assert bare.run("exec", "--", sys.executable, "-c", code, "-5", "-9m", "-1h").code == 7


def test_a_command_that_a_signal_ends_has_the_code_that_a_shell_tells(bare: Terminal) -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"

    assert bare.run("exec", "--", sys.executable, "-c", code).code == 137


def test_nothing_to_run_is_a_mistake_in_the_call(bare: Terminal) -> None:
    assert bare.run("exec").code == 2
    assert bare.run("exec", "--").code == 2


def test_a_command_that_is_not_there_is_refused_by_its_name(bare: Terminal) -> None:
    said = bare.run("exec", "--", "no-such-command-at-all")

    assert said.code == 127
    assert "no-such-command-at-all" in said.err


def test_the_port_is_a_free_one_unless_an_option_says(bare: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPPORTAL_PORT", "8099")

    found = asked(bare)

    assert not found["url"].endswith(":8099")


def test_a_server_that_does_not_start_is_refused_in_its_own_words(bare: Terminal) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        said = bare.run("exec", "--port", port, "--", "true")

    assert said.code == 1
    assert "The server did not start" in said.err
    assert port in said.err
