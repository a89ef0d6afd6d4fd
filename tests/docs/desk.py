"""Where a page's blocks are run, one after the other: a folder, a server, a shell that remembers its variables."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import stores
from ports import free_port

from ipportal import settings
from ipportal.people import read
from ipportal.rules.vectors import vectors
from ipportal.testing import Visitor

from .blocks import ROOT, used

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ipportal.rules.vectors import Vector
    from ipportal.testing import Server

    from .blocks import Block

PATIENCE = 300
GREETED = "Press Ctrl+C to stop."
ADDRESS, SERVICE = "127.0.0.1:8080", "8099"  # what the pages write for the server, and for a service of the reader's
DATABASE = "postgresql://portal@db.example/portal"
OWN_SERVER = re.compile(r"^ipportal (serve|exec)\b", re.MULTILINE)
REMEMBER = "set -eua\n[ ! -f .shell ] || . ./.shell\ntrap 'export -p | grep -v IPPORTAL_PORT= > .shell' EXIT\n"


class Desk:
    """Runs blocks; whatever a block says that is not so, or does that goes wrong, is an `AssertionError`."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder, self.server, self.said = folder, server, ""
        self.asked: Vector | None = None
        self._service = str(free_port())

    def run(self, block: Block, rest: Sequence[Block] = ()) -> None:
        """Do with a block what its language asks for; *rest* are the blocks that follow on its page."""
        kinds: dict[str, Callable[[Block], None]] = {
            "sh": self._shell,
            "text": self._output,
            "json": self._json,
            "python": self._save if used(block, rest) else self._python,
            "toml": self._toml,
            "nginx": self._nginx,
        }
        assert block.lang in kinds, f"{block}: nobody knows how to run {block.lang or 'a block without a language'}"
        self.said = self.said if block.lang == "text" else ""
        kinds[block.lang](block)
        shown = block.lang == "text" or (bool(rest) and rest[0].lang == "text")
        assert shown or "urn:ipportal:problem:" not in self.said, f"{block}: {self.said}"

    def environ(self, *, own_server: bool = False) -> dict[str, str]:
        """Return the environment of a reader's shell; a block that starts a server is not told this one's port."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("IPPORTAL_", "PYTEST_"))}
        host, _, port = self.server.url.rpartition(":")
        assert host == "http://127.0.0.1"
        mine = {"IPPORTAL_INSTANCE": str(self.server.instance), "IPPORTAL_BCRYPT_COST": "4"}
        mine |= {"IPPORTAL_URL": self.server.url, "IPPORTAL_TOKEN": self.server.token, "LC_ALL": "C.UTF-8"}
        mine |= {} if own_server else {"IPPORTAL_PORT": port}
        return kept | mine | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}

    def _here(self, text: str) -> str:
        """Return a text with the addresses that this desk has."""
        if DATABASE in text:
            text = text.replace(DATABASE, shlex.quote(stores.lent()))
        return text.replace(ADDRESS, self.server.url.partition("//")[2]).replace(SERVICE, self._service)

    def _shell(self, block: Block) -> None:
        lines = [line for each in block.text.splitlines() if (line := each.partition("  #")[0].strip())]
        if all(line.startswith("make ") for line in lines):
            for line in lines:
                made(line.split()[1])
        elif any(line.startswith("ipportal serve") for line in lines):
            assert len(lines) == 1, f"{block}: a server that goes on stands alone"
            self._serve(lines[0])
        else:
            self._script(block)

    def _serve(self, line: str) -> None:
        """Run a server until it has greeted, then stop it as Ctrl+C does."""
        environ = self.environ(own_server=True) | {"IPPORTAL_PORT": "0", "PYTHONUNBUFFERED": "1"}
        environ["IPPORTAL_INSTANCE"] = str(self.folder / "served")
        command = shlex.split(line)
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ, cwd=self.folder) as process:
            assert process.stdout
            for said in process.stdout:
                self.said += said
                if said.strip() == GREETED:
                    break
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 0, self.said
            assert GREETED in self.said, line

    def _script(self, block: Block) -> None:
        environ = self.environ(own_server=bool(OWN_SERVER.search(block.text)))
        self._process(block, ["sh", "-c", REMEMBER + self._here(block.text)], environ)
        for link in re.findall(r'http://[^\s"]+/open/[A-Za-z0-9_-]+', self.said):
            opens(link)

    def _output(self, block: Block) -> None:
        """Find each line in what the last block said; an ellipsis stands for anything, white space counts as one."""
        said = [" ".join(line.split()) for line in self.said.splitlines()]
        for line in self._here(block.text).splitlines():
            pattern = ".*".join(re.escape(" ".join(part.split())) for part in line.split("…"))
            assert any(re.search(pattern, each) for each in said), f"{block}: nothing like {line!r} in {self.said}"

    def _json(self, block: Block) -> None:
        """Read it; what a service is asked is a vector, and what it answers is the answer due to that vector."""
        found = json.loads(block.text)
        if "given" in found:
            self.asked = next(each for each in vectors() if each.id == found["id"])
            assert found == {name: getattr(self.asked, name) for name in ("id", "rule", "kind", "given")}, block
        else:
            assert self.asked, block
            assert found == {"code": self.asked.expected}, block

    def _save(self, block: Block) -> None:
        (self.folder / block.name).write_text(self._here(block.text), encoding="utf-8")

    def _python(self, block: Block) -> None:
        """Run a test file with pytest, and any other block that has no name as it is."""
        test = block.name.startswith("test_")
        assert test or not block.name, f"{block}: no later block uses {block.name}"
        name = block.name or "block.py"
        (self.folder / name).write_text(self._here(block.text), encoding="utf-8")
        words = ["-m", "pytest", "-q", "-p", "no:cacheprovider"] if test else []
        self._process(block, [sys.executable, *words, name], self.environ())
        assert "skipped" not in self.said, f"{block}: {self.said}"

    def _process(self, block: Block, command: Sequence[str], environ: Mapping[str, str]) -> None:
        """Run a command; what it has left running ends with it, where it goes wrong or takes too long."""
        out = self.folder / ".said"
        with (
            out.open("w") as said,
            subprocess.Popen(
                command, stdout=said, stderr=said, env=environ, cwd=self.folder, start_new_session=True
            ) as process,
        ):
            try:
                code = process.wait(PATIENCE)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        self.said = out.read_text(encoding="utf-8")
        assert code == 0, f"{block}: {self.said}"

    def _nginx(self, block: Block) -> None:
        """Look whether the braces close, each line ends, and the proxy asks where a page says that the portal is."""
        ends = "".join(line.strip()[-1] for line in block.text.splitlines())
        assert re.fullmatch("[{;}]+", ends), block
        assert ends.count("{") == ends.count("}"), block
        bound = re.search('bind = "([^"]+)"', (self.folder / "gunicorn.conf.py").read_text(encoding="utf-8"))
        assert bound, block
        assert f"server {bound[1]} max_fails=0;" in block.text, block

    def _toml(self, block: Block) -> None:
        """Read settings as settings, elsewhere, so that they do not hold for what follows; keep a scenario."""
        place = Path(block.name)
        if place.name == "ipportal.toml":
            instance = self.folder / "settings"
            instance.mkdir(exist_ok=True)
            (instance / place.name).write_text(block.text, encoding="utf-8")
            assert settings.load({"instance": str(instance)}, {}).origins
            return
        assert place.match("instance/scenarios/*.toml"), f"{block}: its first line says which file it is"
        path = self.folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
        assert read(str(path)).people


def made(target: str) -> None:
    """Hold a `make` command against the Makefile; `make run` is the command that other blocks run for real."""
    recipe = re.search(rf"^{target}:.*\n((?:\t.*\n)*)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert recipe, target
    if target == "run":
        assert recipe[1] == "\t$(BIN)/ipportal serve $(ARGS)\n"


def opens(link: str) -> None:
    """Follow a link that was printed; it must lead to a screen, at once."""
    with Visitor(link.partition("/open/")[0]) as visitor:
        page = visitor.get(link)
    assert page.status == 200, link
    assert page.screen, link
    assert page.notice != "link_over", link
