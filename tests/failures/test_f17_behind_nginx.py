"""F17: the recipe of docs/scale.md, with a real nginx: two portals begin anew one after the other, unnoticed."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from docs.blocks import PAGES, blocks
from failures.crowd import crowded
from failures.requests import portal_at
from failures.test_f17_one_of_two_ends import (
    PEOPLE,
    WORDS,
    Class,
    assert_all_went_through,
    practised_while_they_end,
)
from journeys.served import Served, Visitor
from ports import free_port
from props import NOON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
AROUND = """
daemon off;
pid nginx.pid;
error_log nginx.log;
events {{}}
http {{
access_log off;
{paths}
{recipe}
}}
"""
PATHS = ("client_body_temp_path", "proxy_temp_path", "fastcgi_temp_path", "scgi_temp_path", "uwsgi_temp_path")


def recipe(port: int, *portals: int) -> str:
    """Return the page's block for nginx with these ports, without what needs a certificate."""
    (block,) = (each for page in PAGES for each in blocks(page) if each.lang == "nginx")
    numbers = iter(portals)
    text = re.sub(r"server [\w.-]+:8081", lambda _: f"server 127.0.0.1:{next(numbers)}", block.text)
    return text.replace("listen 443 ssl", f"listen 127.0.0.1:{port}")


@contextmanager
def nginx(folder: Path, *portals: int) -> Iterator[int]:
    """Have nginx before the portals; give its port."""
    port = free_port()
    paths = "".join(f"{each} {folder / each};\n" for each in PATHS)
    (folder / "nginx.conf").write_text(AROUND.format(paths=paths, recipe=recipe(port, *portals)), encoding="utf-8")
    assert NGINX
    with subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")]) as process:
        try:
            Visitor(port).wait()
            yield port
        finally:
            process.terminate()


@pytest.mark.skipif(not NGINX, reason="there is no nginx")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
def test_a_rolling_restart_behind_the_recipes_nginx_fails_no_request(
    new_store: Callable[[], str], folder: Path, how: signal.Signals
) -> None:
    portal = crowded(portal_at(store := new_store()), PEOPLE)
    portal.stored_clock.set(NOON)
    two = [Served(folder, *WORDS, port=free_port(), IPPORTAL_STORE=store).__enter__() for _ in range(2)]

    with nginx(folder, *(each.port for each in two)) as port:
        practised_while_they_end(Class(lambda: Visitor(port)), two, how)

    log = (folder / "nginx.log").read_text(encoding="utf-8")
    assert "while connecting to upstream" in log, "no request met a portal that had ended: the test showed nothing"
    assert_all_went_through(portal)
    portal.close()
