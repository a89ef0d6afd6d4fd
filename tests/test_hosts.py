"""By which names a portal can be reached, and by which it never may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ipportal.app import create_app
from ipportal.cli import beside
from ipportal.scenarios import open_portal
from ipportal.settings import SettingError, Settings, load
from ipportal.tokens import server_token

if TYPE_CHECKING:
    from pathlib import Path


def _refused(instance: Path, **options: str) -> tuple[str, object]:
    with pytest.raises(SettingError) as refusal:
        load({"instance": str(instance)} | options, {})
    return refusal.value.code, refusal.value.figures["value"]


@pytest.mark.parametrize(
    "host",
    [
        "portal.example",
        ".portal.example",
        "trainer-pc",
        "a_b",
        "192.0.2.7",
        "portal.example:65535",
        "[::1]",
        "[::1]:80",
    ],
)
def test_a_name_or_an_address_is_a_trusted_host_with_a_port_or_without(tmp_path: Path, host: str) -> None:
    assert load({"instance": str(tmp_path), "trusted_hosts": host}, {}).trusted_hosts == (host,)


@pytest.mark.parametrize(
    "host",
    [
        "http://portal.example",
        "portal.example/",
        "a b",
        "*",
        "*.example",
        "-a",
        "a..b",
        "a:",
        "a:65536",
        "\uff50.example",
        "\u00e9",
    ],
)
def test_what_no_request_can_carry_is_no_trusted_host(tmp_path: Path, host: str) -> None:
    assert _refused(tmp_path, trusted_hosts=f"desk.test,{host}") == ("trusted_host", host)


@pytest.mark.parametrize(
    "host",
    [
        "hkex.com.hk",
        "WWW.hkex.com.hk",
        ".hkex.com.hk",
        "hkexnews.hk",
        "ip.ccass.com",
        "hk-ex.com",
        "hk3x.com.hk:443",
        "cc455-login.com",
        "hkex.com.hk.evil.example",
        "hkex-portal.example",
        "nothkex.pages.example",
        "xn--hkx-sdd.com.hk",  # with a Cyrillic e
        "xn--hkx-cma.com",  # with an acute accent
        "xn--80a7aa5fa.com",
    ],
)
def test_no_emulator_is_reached_in_the_real_operators_domains_or_in_one_that_looks_like_them(
    tmp_path: Path, host: str
) -> None:
    assert _refused(tmp_path, trusted_hosts=host) == ("operators_host", host)
    if not host.startswith("."):
        assert _refused(tmp_path, public_url=f"https://{host}") == ("operators_host", host)


@pytest.mark.parametrize(
    "host",
    [
        "ccass-practice.broker.example",
        "ccass",
        "training.broker.com.hk",
        "xn--bcher-kva.example",
        "xn--999999999.example",
    ],
)
def test_a_name_within_somebodys_own_domain_is_theirs_to_choose(tmp_path: Path, host: str) -> None:
    assert load({"instance": str(tmp_path), "trusted_hosts": host}, {}).hosts[-1] == host


@pytest.mark.parametrize(
    "text", ["portal.example", "ftp://a", "https://", "https://a/w", "https://a?b", "https://u@a", "http://a:65536"]
)
def test_a_public_url_is_the_address_of_a_site(tmp_path: Path, text: str) -> None:
    assert _refused(tmp_path, public_url=text) == ("public_url", text)


def test_behind_a_proxy_links_lead_where_visitors_reach_the_portal(tmp_path: Path) -> None:
    words = {"public": "1", "access_password": "trainees-only", "host": "0.0.0.0"}
    settings = load({"instance": str(tmp_path), "public_url": "https://Portal.example/"} | words, {})
    client = create_app(portal=open_portal(settings)).test_client()
    token = {"Authorization": f"Bearer {server_token(settings)}", "Host": "portal.example"}

    with client.get("/_control/v1/workspaces/main", headers=token) as answer:
        assert answer.get_json()["url"] == "https://Portal.example/"
    assert beside.address_at(settings, 80) == "https://Portal.example"
    assert settings.hosts[-1] == "portal.example"


def test_the_server_of_exec_is_reached_where_it_is(tmp_path: Path) -> None:
    memory = Settings(instance=tmp_path, store=":memory:")

    with beside.told(memory, 8461):
        assert beside.address(Settings(instance=tmp_path)) == "http://127.0.0.1:8080"
