"""What a visitor does as browsers do: redirects, cookies, quoting and controls that the portal has not."""

from __future__ import annotations

import pytest
from testing.raw import html, raw, see

from ipportal.testing import Visitor
from ipportal.testing.trouble import Elsewhere, NoForm, RedirectLoop

HOME = html('<body data-screen="home"></body>')
LOGIN = html(
    '<body data-screen="login/form"><form method="post" action="/login"><input name="internet_user_id">'
    '<button data-testid="submit">x</button></form></body>'
)


@pytest.mark.parametrize("location", ["http://elsewhere.example/", "//elsewhere.example/x", "https://{host}/"])
def test_a_redirect_to_another_host_is_not_followed(location: str) -> None:
    with (
        raw(see(location)) as server,
        Visitor(server.url) as visitor,
        pytest.raises(Elsewhere, match="is not on") as told,
    ):
        visitor.get("/")

    assert told.value.address.endswith(location.partition("//")[2].format(host=server.host))
    assert server.targets == ["GET /"]


def test_a_link_or_form_to_another_host_is_not_followed() -> None:
    away = html(
        '<body><a data-testid="x" href="http://elsewhere.example/">x</a>'
        '<form method="post" action="//elsewhere.example/"><button data-testid="submit">x</button></form></body>'
    )
    with raw(away) as server, Visitor(server.url) as visitor:
        visitor.get("/")

        with pytest.raises(Elsewhere):
            visitor.follow("x")
        with pytest.raises(Elsewhere):
            visitor.submit()
        with pytest.raises(Elsewhere):
            visitor.fetch("http://elsewhere.example/")


def test_redirects_that_do_not_end_are_told() -> None:
    with raw(*[see("/again")] * 20) as server, Visitor(server.url) as visitor:
        with pytest.raises(RedirectLoop, match="/again → "):
            visitor.get("/")
        server.script.clear()

    assert len(server.asked) == 11


@pytest.mark.parametrize(
    ("status", "second"),
    [
        ("302 FOUND", "GET /done"),
        ("303 SEE OTHER", "GET /done"),
        ("307 AGAIN", "POST /done"),
        ("308 MOVED", "POST /done"),
    ],
)
def test_a_submit_is_redirected_as_browsers_do(status: str, second: str) -> None:
    with raw(LOGIN, see("done", status=status), HOME) as server, Visitor(server.url) as visitor:
        visitor.get("/login")
        visitor.submit(internet_user_id="Lok & 山")

    assert server.targets == ["GET /login", "POST /login", second]
    assert server.asked[1].endswith("internet_user_id=Lok+%26+%E5%B1%B1")
    assert f"Origin: {server.url}\r\n" in server.asked[1]
    assert f"Referer: {server.url}/login\r\n" in server.asked[1]


def test_a_redirect_that_leads_nowhere_is_the_page() -> None:
    with raw(b"+HTTP/1.1 303 SEE OTHER\r\nContent-Length: 0\r\n\r\n") as server, Visitor(server.url) as visitor:
        page = visitor.get("/")

    assert (page.status, page.screen, page.name) == (303, "", f"{server.url}/ (303)")


def test_a_path_that_needs_quoting_is_quoted() -> None:
    with raw(HOME) as server, Visitor(server.url) as visitor:
        visitor.get("/帳戶 a?b=c d\r\nX: y")

    assert server.targets == ["GET /%E5%B8%B3%E6%88%B6%20a?b=c%20dX:%20y"]


def test_cookies_go_back_where_their_path_says() -> None:
    crumbs = ["a=1; Path=/w/one", 'b="x\\054y"; Path=/', "c=3", "d=4; Path=/; Max-Age=60", "e/e=5", "f=6; Path=nowhere"]
    lines = [f"Set-Cookie: {crumb}" for crumb in crumbs]
    gone = ["Set-Cookie: d=; Path=/; Max-Age=0"]
    script = [html("<body></body>", *lines), html("<body></body>", *gone), HOME, HOME]
    with raw(*script) as server, Visitor(server.url) as visitor:
        for path in ("/w/one/login", "/w/one/account", "/w/onerous", "/w/one"):
            visitor.get(path)

    sent = [request.partition("Cookie: ")[2].partition("\r\n")[0] for request in server.asked]
    assert sent == ["", 'a=1; c=3; f=6; b="x\\054y"; d=4', 'b="x\\054y"', 'a=1; c=3; f=6; b="x\\054y"']


def test_odd_controls_are_sent_as_browsers_do() -> None:
    form = (
        "</p><body data-screen=home><form id=one action=/one><input name=a value=1><input value=nameless>"
        "<input type=checkbox name=b value=2 checked><input type=checkbox name=c value=3>"
        "<input type=radio name=k value=x><input type=radio name=k value=y checked><input type=radio name=k value=z>"
        "<select name=s><option value=1>one<option value=2 selected>two</select><select name=t></select>"
        "<br/><svg><path/></svg><button data-testid=submit name=n value=v>go</button></form>"
        "<input name=d value=4 form=one><button data-testid=lost form=none>x</button><button>unmarked</button></body>"
    )
    with raw(html(form), HOME) as server, Visitor(server.url) as visitor:
        visitor.get("/")
        with pytest.raises(NoForm, match="its buttons: submit, lost"):
            visitor.press("lost")
        visitor.submit(n="v")

    assert server.targets[1] == "GET /one?a=1&b=2&k=y&s=2&t=&d=4&n=v"
