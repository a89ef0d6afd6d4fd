"""Faults and the recovery after them, checkpoints, two workspaces, waiting, and a client of any language."""

import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from ipportal.testing import Control, Server, Workspace, create
from ipportal.testing.trouble import Dropped, Truncated

pytestmark = pytest.mark.ipportal(now="2025-03-31T12:00:00+08:00")  # else the tests fail in maintenance hours
REGISTERED = {"internet_user_id": "NimChi07", "internet_password": "Practice20257"}
STOPPED = {"error_500": 500, "error_503": 503, "csrf_expired": 400, "store_busy": 503, "disk_full": 503}
ANY_LANGUAGE = """
import json, os
from urllib.error import HTTPError
from urllib.request import Request, urlopen

def post(path, body):
    headers = {"Authorization": "Bearer " + os.environ["IPPORTAL_TOKEN"], "Content-Type": "application/json"}
    url = os.environ["IPPORTAL_URL"] + "/_control/v1/workspaces" + path
    return json.load(urlopen(Request(url, json.dumps(body).encode(), headers)))

made = post("", {"name": "urllib", "now": "2025-03-31T04:59:59+08:00"})
assert urlopen(made["url"]).status == 200
post("/urllib/clock/advance", {"by": "1s"})
try:
    urlopen(made["url"])
except HTTPError as closed:
    assert (closed.code, closed.headers["Retry-After"]) == (503, "3600")
else:
    raise SystemExit("It is open.")
"""


@pytest.mark.parametrize("kind", STOPPED)
def test_a_login_that_a_fault_stopped_succeeds_then(ipportal: Workspace, kind: str) -> None:
    visitor = ipportal.visitor()
    visitor.get("/login")
    ipportal.faults.arm(kind, "login/form")
    assert visitor.submit(**REGISTERED).status == STOPPED[kind]
    visitor.get("/login")
    assert visitor.submit(**REGISTERED).screen == "account/home"


def test_a_registration_whose_answer_was_lost_stands(ipportal: Workspace) -> None:
    opened = ipportal.checkpoints.open("register-11")
    basic_password = opened.typed["basic_password"]
    visitor = ipportal.visitor()
    visitor.get(opened.url)
    ipportal.faults.arm("answer_lost", "register/confirm")
    with pytest.raises(Dropped):
        visitor.submit(basic_password=basic_password)
    assert visitor.submit(basic_password=basic_password).screen == "register/done"
    assert ipportal.users.get("LokShan1").basic_user_ids == [opened.typed["basic_user_id"]]


def test_a_lost_session_and_a_broken_page_are_survived(ipportal: Workspace) -> None:
    visitor = ipportal.visitor()
    visitor.get("/login")
    visitor.submit(**REGISTERED)
    ipportal.faults.arm("session_lost", "account/home")
    assert visitor.get("/account").screen == "login/form"
    ipportal.faults.arm("truncated_page", "account/home")
    with pytest.raises(Truncated):
        visitor.submit(**REGISTERED)
    assert visitor.get("/account").screen == "account/home"


def test_an_own_checkpoint_brings_a_lock_back(ipportal: Workspace) -> None:
    ipportal.users.lock("NimChi07")
    ipportal.checkpoints.save("locked")
    ipportal.users.unlock("NimChi07")
    ipportal.checkpoints.open("locked")
    assert ipportal.users.get("NimChi07").locked


def test_two_workspaces_do_not_see_each_other(ipportal: Workspace, ipportal_server: Server) -> None:
    other = create(Control(ipportal_server.url, ipportal_server.token), now="2025-03-31T05:00:00+08:00")
    ipportal.clock.set("2025-03-31T12:00:00+08:00")
    ipportal.users.lock("NimChi07")
    assert (ipportal.visitor().get("/").screen, other.visitor().get("/").screen) == ("home", "closed")
    assert not other.users.get("NimChi07").locked
    other.remove()


def test_the_journal_waits_for_a_login_elsewhere(ipportal: Workspace) -> None:
    visitor = ipportal.visitor()
    visitor.get("/login")
    elsewhere = Thread(target=visitor.submit, kwargs=REGISTERED)
    seen = ipportal.journal.last().sequence
    elsewhere.start()
    assert ipportal.journal.wait(after=seen, step="login/form", within="20s").outcome == "done"
    elsewhere.join()


def test_a_client_of_any_language_works_beside_exec(tmp_path: Path) -> None:
    (tmp_path / "client.py").write_text(ANY_LANGUAGE)
    words = [str(Path(sys.executable).with_name("ipportal")), "exec", "--", sys.executable, f"{tmp_path}/client.py"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
