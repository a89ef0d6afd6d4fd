"""A visitor without a browser: it keeps cookies, follows redirects, and fills in the page's own form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from urllib.parse import quote, urlencode, urljoin, urlsplit

from .hooks import Header, Language, Mark
from .jar import Jar
from .page import Page
from .trouble import Elsewhere, NoSuchMark, NothingOpened, RedirectLoop, Truncated
from .wire import Answer, Wire, parted

if TYPE_CHECKING:
    from types import TracebackType

    from .tree import Node

__tracebackhide__ = True  # a failing test shows its own line, not one in here

_AS_GET, _AS_IT_WAS = (301, 302, 303), (307, 308)
_MOST_HOPS = 10
_SAFE = "%/:=&?~#+!$,;'@()*[]"


class Visitor:
    """One visitor of one portal, with cookies of their own; close it, or use it in a `with` block.

    *url* is the portal's address, with the workspace's prefix where it has one; *lang* is asked for with the first
    page. After any trouble `page` is still the page from before.
    """

    def __init__(self, url: str, lang: str | None = None, *, timeout: float = 30) -> None:
        parts = parted(url)
        if parts.query or parts.fragment:
            raise ValueError(f"{url!r} is no address of a portal, such as http://127.0.0.1:8080/w/mine")
        if lang is not None and lang not in [*Language]:
            raise ValueError(f"{lang!r} is no language of the portal: {', '.join(Language)}")
        self.url = url.rstrip("/")
        self._host = (parts.scheme, parts.netloc)
        self._jar, self._wire = Jar(), Wire(parts.scheme, parts.netloc, timeout)
        self._lang = lang
        self._page: Page | None = None

    def __enter__(self) -> Self:
        """Return the visitor."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection; cookies and page stay, and the next request opens it again."""
        self._wire.close()

    @property
    def page(self) -> Page:
        """The page that the visitor sees."""
        if self._page is None:
            raise NothingOpened
        return self._page

    def get(self, path: str) -> Page:
        """Open a page by its path, seen from the portal's address, or by a whole address on the same host."""
        url = path if urlsplit(path).netloc else f"{self.url}/{path.lstrip('/')}"
        page = self._show("GET", self._in_lang(url))
        self._lang = None
        return page

    def fetch(self, url: str) -> Page:
        """Return what *url* holds, such as the picture of `page.links["captcha"]`; the visitor's page stays."""
        return self._walk("GET", urljoin(self.page.url, url))

    def submit(self, **fields: str) -> Page:
        """Fill in the page's own form and press its button; hidden fields go back as they came, unless named here."""
        button = self.page.own_button(fields)
        return self._press(button, {name: value for name, value in fields.items() if name != button["name"]})

    def press(self, testid: str, /, **fields: str) -> Page:
        """Press the button with that `data-testid`, after filling in the form that it sends."""
        return self._press(self.page.button(testid), fields)

    def follow(self, testid: str) -> Page:
        """Follow the link with that `data-testid`."""
        links = self.page.links
        if testid not in links:
            raise NoSuchMark(self.page.name, "link", testid, links)
        return self._show("GET", links[testid], referer=self.page.url)

    def switch_language(self, lang: str) -> Page:
        """Show the page in another language, by its own button or link; what the page shows already, it keeps."""
        testid = Mark.LANG.of(lang)
        if lang == self.page.lang:
            return self.page
        return self.follow(testid) if testid in self.page.links else self.press(testid)

    def _press(self, button: Node, typed: dict[str, str]) -> Page:
        form = self.page.form_of(button)
        sent = urlencode(form.filled(button, typed))
        method, url = form.target(button, self.page.url)
        if method == "GET":
            return self._show("GET", f"{url.partition('?')[0]}?{sent}", referer=self.page.url)
        return self._show(method, url, sent.encode(), referer=self.page.url)

    def _show(self, method: str, url: str, body: bytes | None = None, *, referer: str = "") -> Page:
        self._page = self._walk(method, url, body, referer=referer)
        return self._page

    def _walk(self, method: str, url: str, body: bytes | None = None, *, referer: str = "") -> Page:
        """Ask, and go where the answers lead."""
        hops: list[str] = []
        while len(hops) <= _MOST_HOPS:
            answer = self._ask(method, url, body, referer)
            location = answer.headers["Location"]
            if location is None or answer.status not in (*_AS_GET, *_AS_IT_WAS):
                return _whole(Page(url, answer.status, answer.headers, answer.body, tuple(hops)), method)
            hops.append(url)
            url = urljoin(url, location)
            if answer.status in _AS_GET:
                method, body = "GET", None
        raise RedirectLoop(hops)

    def _ask(self, method: str, url: str, body: bytes | None, referer: str) -> Answer:
        parts = urlsplit(url)
        if (parts.scheme, parts.netloc) != self._host:
            raise Elsewhere(url, self._host[1])
        path = quote(parts.path or "/", safe=_SAFE)
        headers = {"Cookie": self._jar.header(path), "Referer": quote(referer, safe=_SAFE)}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = "://".join(self._host)
        target = f"{path}?{quote(parts.query, safe=_SAFE)}" if parts.query else path
        answer = self._wire.ask(method, target, body, {name: value for name, value in headers.items() if value})
        self._jar.take(answer.headers.get_all("Set-Cookie", []), path)
        return answer

    def _in_lang(self, url: str) -> str:
        """Ask for the visitor's language with the first page, as long as nobody else has."""
        if self._lang is None or "lang=" in urlsplit(url).query:
            return url
        return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode({'lang': self._lang})}"


def _whole(page: Page, method: str) -> Page:
    """Return the page, unless it is one of the emulator's that stops before its end, which no length need tell."""
    if Header.EMULATOR in page.headers and page.is_html and not page.tree.whole:
        raise Truncated(f"{method} {page.url}", page.body)
    return page
