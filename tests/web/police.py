"""What every answer must have. A page that lacks any of it fails the test that met it."""

from __future__ import annotations

import json
import re
import zlib
from typing import TYPE_CHECKING, Final

from itsdangerous.encoding import base64_decode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markup import Element
    from web.client import Page
    from werkzeug.test import TestResponse

SUFFIX: Final = {"zh-Hant": "訓練模擬系統", "en": "training emulator", "zh-Hans": "训练模拟系统"}
BANNER: Final = {
    "zh-Hant": ("訓練模擬系統", "並非香港交易所", "虛構資料", "切勿輸入真實"),
    "en": ("Training emulator, not HKEX", "Invented data only", "never type real details"),
    "zh-Hans": ("训练模拟系统", "并非香港交易所", "虚构资料", "切勿输入真实"),
}
WRONG: Final = {"zh-Hant": "錯誤", "en": "Error: ", "zh-Hans": "错误"}
CODES: Final = frozenset(
    [
        "required",
        "length",
        "chars",
        "mixed",
        "differs",
        "duplicate",
        "captcha_wrong",
        "captcha_expired",
        "taken",
        "not_recognised",
        "wrong_credentials",
        "wrong_basic_password",
        "reused",
        "locked",
        "suspended",
        "stale",
        "closed",
    ]
)
HEADERS: Final = {
    "X-Ipportal-Emulator": "1",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY: Final = ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
RANDOM: Final = "[A-Za-z0-9_-]{40,}"
IN_COOKIE: Final = dict.fromkeys(("csrf_token", "access", "visit", "register", "cancel", "signed_in"), RANDOM) | {
    "lang": "[A-Za-z-]{2,30}",
    "tell": "[a-z_]{2,30}",
    "wanted": "/[A-Za-z0-9_/%.~-]{0,299}",  # at the gate, the path that was asked for
}
URLS: Final = frozenset({"href", "src", "action", "formaction", "data-refresh", "srcset", "poster"})
NOW: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+08:00"


def check_answer(response: TestResponse, *, static: bool, root: str = "") -> None:
    """Hold any answer of the workspace under *root* against the headers and the cookie that it may set."""
    for name, value in HEADERS.items():
        assert response.headers.getlist(name) == [value], name
    policy = response.headers["Content-Security-Policy"]
    assert all(part in policy for part in POLICY), policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "noindex" in response.headers["X-Robots-Tag"]
    if not static:
        assert response.headers["Cache-Control"] == "no-store"
        assert re.fullmatch(NOW, response.headers["X-Ipportal-Now"])
        assert response.headers["X-Ipportal-Workspace"] == (root.removeprefix("/w/") or "main")
    assert re.fullmatch(f"((http://localhost)?{root}/.*)?", response.headers.get("Location", "")), (
        "it leads out of the workspace"
    )
    for line in response.headers.getlist("Set-Cookie"):
        check_cookie(line, root)


def cookie_name(root: str) -> str:
    """Return the name of the cookie of the workspace under *root*."""
    return root.replace("/w/", "ipportal-") or "ipportal"


def check_cookie(line: str, root: str = "") -> None:
    """A cookie belongs to this workspace's pages only, and holds a language, a code, a path and random ids."""
    pair, *flags = [part.strip() for part in line.split(";")]
    assert len(line) <= 4096
    assert pair.startswith(f"{cookie_name(root)}=")
    assert {"HttpOnly", "SameSite=Lax", f"Path={root or '/'}"} <= set(flags)
    assert not any(flag.startswith("Domain") for flag in flags)
    for name, value in read_cookie(pair.partition("=")[2]).items():
        assert re.fullmatch(IN_COOKIE[name], str(value)), name


def read_cookie(value: str) -> dict[str, object]:
    """Return what anybody who holds the cookie can read in it."""
    packed = value.startswith(".")
    payload = base64_decode(value.removeprefix(".").partition(".")[0])
    found: dict[str, object] = json.loads(zlib.decompress(payload) if packed else payload or "{}")
    return found


def check_page(page: Page, root: str = "") -> None:
    """Hold an HTML page against everything that the portal promises of each; it leads nowhere but below *root*."""
    tags = [page, *page.select("*")]
    _frame(page, tags)
    _structure(page, tags)
    _no_code(tags, root)
    labels = {tag["for"]: tag for tag in tags if tag.name == "label"}
    for tag in tags:
        if tag.name == "form":
            _form(tag)
        if tag.name in {"input", "select", "textarea"} and tag.get("type") != "hidden":
            assert labels[tag["id"]].words, f"{tag} has no label"
    _refusals(page, tags)


def _having(tags: Iterable[Element], name: str, value: str = "") -> list[Element]:
    return [tag for tag in tags if name in tag and value in {"", tag[name]}]


def _frame(page: Page, tags: list[Element]) -> None:
    (body,) = page.select("body")
    (title,) = page.select("title")
    (banner,) = _having(tags, "data-testid", "banner")
    shown = [tag.get("data-testid") for tag in body.children]
    assert next(each for each in shown if each != "skip") == "banner", "it is first, but for the link that skips it"
    assert all(part in banner.words for part in BANNER[page.lang]), banner
    assert title.words.endswith(SUFFIX[page.lang])
    assert page.screen
    (robots,) = _having(tags, "name", "robots")
    assert "noindex" in robots["content"]
    switches = [tag for tag in _having(tags, "data-testid") if tag["data-testid"].startswith("lang-")]
    assert {each["lang"] for each in switches} == set(SUFFIX) - {page.lang}


def _structure(page: Page, tags: list[Element]) -> None:
    assert len([tag for tag in tags if tag.name == "h1"]) == 1
    ids = [tag["id"] for tag in _having(tags, "id")]
    assert len(ids) == len(set(ids)), sorted(each for each in ids if ids.count(each) > 1)
    for name in ("aria-labelledby", "aria-describedby", "for", "form"):
        for each in _having(tags, name):
            assert set(each[name].split()) <= set(ids), f"{name} of {each.name} leads nowhere: {each}"
    for tag in tags:
        if tag.name in {"a", "button"}:
            assert "data-testid" in tag, tag
        if tag.name == "a" and tag["href"].startswith("#"):
            assert tag["href"][1:] in ids, tag
    shown = page.words
    assert "{" not in shown, "a figure was not filled in"
    assert "None" not in shown


def _no_code(tags: list[Element], root: str) -> None:
    for tag in tags:
        assert tag.name not in {"style", "iframe", "object", "embed", "base"}
        assert tag.name != "script" or ("src" in tag and not tag.words)
        for name, value in tag.attributes.items():
            assert name != "style"
            assert not name.startswith("on"), tag
            if name in URLS or "://" in value:
                assert re.fullmatch(f"#[^ ]+|{root}/(?!/).*", value), f"{value} leaves this site"


def _form(form: Element) -> None:
    assert form["action"].startswith("/")
    if form["method"] == "post":
        names = [(each.get("name"), each.get("type")) for each in form.select("input")]
        assert ("csrf_token", "hidden") in names, form
        if any(kind != "hidden" for _, kind in names):
            assert "novalidate" in form, "the visitor meets the portal's own words"
    else:
        assert form["method"] == "get"


def _refusals(page: Page, tags: list[Element]) -> None:
    refusals = _having(tags, "data-problem")
    for each in refusals:
        assert each["data-code"] in CODES
        assert each.words
    summary = _having(tags, "data-testid", "summary")
    if summary:
        (title,) = page.select("title")
        assert title.words.startswith(WRONG[page.lang])
        assert "autofocus" in summary[0]
        assert len(summary[0].select("li")) == len(refusals), "the summary names each refusal once"
    else:
        assert {each["data-code"] for each in refusals} <= {"stale", "closed"}
