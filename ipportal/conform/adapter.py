"""Somebody's own validator, asked one vector at a time: a Python function, or a service that answers JSON."""

from __future__ import annotations

import http.client
import importlib
import inspect
import json
import re
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from . import Unusable
from .plain import brief, plain, raised

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..rules.vectors import Vector

    Ask = Callable[[Vector], object]

_OK = 200
_MOST = 65_536  # bytes of an answer; a code is short


class NoAnswer(Exception):
    """The validator said something that is no answer: why not, as a code and what it was."""

    def __init__(self, why: str, what: str = "") -> None:
        super().__init__(why, what)
        self.why, self.what = why, what


def from_module(name: str) -> Ask:
    """Return the function that `MODULE:FUNCTION` names, looked for in the current directory first."""
    module_name, _, path = name.partition(":")
    if not module_name or not path:
        raise Unusable("adapter_name", name=name)
    if set(module_name) & set("/\\") or module_name.startswith(".") or module_name.endswith(".py"):
        *_, last = "my_rules", *re.findall(r"[^/\\.]+", module_name.removesuffix(".py"))
        raise Unusable("adapter_path", module=module_name, name=f"{last}:{path}")
    found: Any = _module(module_name)
    for part in path.split("."):
        if not hasattr(found, part):
            raise Unusable("adapter_function", module=module_name, name=path)
        found = getattr(found, part)
    if not callable(found):
        raise Unusable("adapter_callable", name=name, type=type(found).__name__)
    if inspect.iscoroutinefunction(found):
        raise Unusable("adapter_async", name=name)
    return lambda vector: found(vector.rule, json.loads(plain(vector.given)))


def _module(name: str) -> object:
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)
    importlib.invalidate_caches()
    try:
        return importlib.import_module(name)
    except SyntaxError as fault:
        raise Unusable("adapter_syntax", module=name, line=fault.lineno or 0) from fault
    except ModuleNotFoundError as fault:
        raise Unusable("adapter_module", module=name, missing=fault.name or name) from fault
    except (Exception, SystemExit) as fault:  # whatever another's module does when it is loaded
        raise Unusable("adapter_import", module=name, why=raised(fault)) from fault


def from_url(url: str, timeout: float) -> Ask:
    """Return a function that posts a vector to *url*; refuse an address where nobody answers as agreed."""
    parts = _address(url)

    def ask(vector: Vector) -> object:
        question = {"id": vector.id, "rule": vector.rule, "kind": vector.kind, "given": vector.given}
        try:
            return _code(*_post(parts, plain(question), timeout))
        except TimeoutError:
            raise
        except http.client.HTTPException as fault:  # somebody is there, who may also have hung up
            raise NoAnswer("not_http", type(fault).__name__) from fault
        except OSError as fault:
            raise NoAnswer("unreachable", type(fault).__name__) from fault

    return ask


def _address(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        (parts.hostname or "").encode("idna")
    except ValueError:
        usable = False
    if not usable or not url.isascii() or not url.isprintable() or " " in url:
        raise Unusable("url", url=brief(url))
    return parts


def _post(parts: SplitResult, body: str, timeout: float) -> tuple[int, bytes]:
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with closing(kind(parts.hostname or "", parts.port, timeout=timeout)) as connection:
        connection.request("POST", path, body, {"Content-Type": "application/json", "Accept": "application/json"})
        response = connection.getresponse()
        return response.status, response.read(_MOST + 1)


def _code(status: int, body: bytes) -> object:
    """Return the code of an answer as agreed: `{"code": ...}` with status 200."""
    if status != _OK:
        raise NoAnswer("status", str(status))
    try:
        answer = json.loads(body[:_MOST])
    except (ValueError, RecursionError) as fault:
        raise NoAnswer("not_json") from fault
    if not isinstance(answer, dict) or "code" not in answer:
        raise NoAnswer("no_code", brief(answer))
    return answer["code"]
