"""A validator may be a service that answers JSON; what does not answer as agreed is refused by name."""

from __future__ import annotations

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from conform.validator import judge, wrong_in

from ipportal.conform import Unusable
from ipportal.conform.adapter import NoAnswer, from_url
from ipportal.conform.choose import chosen
from ipportal.conform.report import wrong_rules
from ipportal.conform.run import reachable, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from conform.conftest import Service

LONG = 30.0


def refusal(deed: Callable[[], object]) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(Unusable) as refused:
        deed()
    return refused.value.code, refused.value.figures


def test_a_service_is_asked_as_agreed(service: Service) -> None:
    vector = next(each for each in chosen(["basic_user_id"]) if each.id.endswith("nul_trailing"))

    assert from_url(service.url, LONG)(vector) == "accepted"
    assert service.asked == [
        {
            "id": "basic_user_id.chars.nul_trailing",
            "rule": "basic_user_id",
            "kind": "text",
            "given": {"basic_user_id": "9900000\0"},
            "path": "/judge?v=1",
            "type": "application/json",
        }
    ]


def test_a_service_is_judged_as_a_function_is(service: Service) -> None:
    def answer(validator: Callable[[str, dict[str, Any]], str]) -> list[str]:
        service.reply = lambda asked: (200, json.dumps({"code": validator(asked["rule"], asked["given"])}).encode())
        return wrong_rules(run(chosen(["captcha", "login_tries", "sunday"]), from_url(service.url, LONG), LONG))

    assert answer(judge) == []
    assert answer(wrong_in("captcha")) == ["captcha"]


def test_an_address_without_a_path_is_asked_at_its_root(service: Service) -> None:
    service.reply = lambda _: (200, b'{"code": null}')

    assert from_url(service.url.partition("/judge")[0], LONG)(chosen(["agree"])[0]) is None
    assert service.asked[0]["path"] == "/"


@pytest.mark.parametrize(
    ("status", "body", "why", "what"),
    [
        (500, b"oops", "status", "500"),
        (302, b"", "status", "302"),
        (200, b"<html>", "not_json", ""),
        (200, b"\xff\xfe", "not_json", ""),
        (200, b"[" * 60_000, "not_json", ""),
        (200, b'{"code": "' + b"x" * 70_000 + b'"}', "not_json", ""),
        (200, b'["accepted"]', "no_code", '["accepted"]'),
        (200, b'{"answer": 1}', "no_code", '{"answer": 1}'),
    ],
)
def test_an_answer_that_was_not_agreed_is_no_answer(
    service: Service, status: int, body: bytes, why: str, what: str
) -> None:
    service.reply = lambda _: (status, body)

    with pytest.raises(NoAnswer) as refused:
        from_url(service.url, LONG)(chosen(["agree"])[0])

    assert (refused.value.why, refused.value.what) == (why, what)


def test_a_service_that_fails_at_one_value_is_judged_on_the_others(service: Service) -> None:
    service.reply = lambda asked: (
        (500, b"") if "\0" in asked["given"].get("agree", "") else (200, b'{"code": "required"}')
    )

    results = run(chosen(["agree"]), from_url(service.url, LONG), LONG)

    reachable(results[:1], service.url)
    assert {result.why for result in results} == {"", "status 500"}


def test_a_service_that_is_late_has_timed_out(service: Service) -> None:
    service.server.shutdown()

    with pytest.raises(TimeoutError):
        from_url(service.url, 0.05)(chosen(["agree"])[0])


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/",
        "file:///etc/hosts",
        "127.0.0.1:80",
        "",
        "http://",
        "http:///judge",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:x/",
        "http://[::1/",
        "http://127.0.0.1/a b",
        "http://127.0.0.1/\u00e9",
        "http://127.0.0.1/\r\nX: y",
        "http://..example/",
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    code, figures = refusal(lambda: from_url(url, LONG))

    assert code == "url"
    assert str(figures["url"]).isascii()


def test_an_address_where_nobody_answers_is_refused_at_the_first_question(service: Service) -> None:
    service.server.shutdown()
    service.server.server_close()
    results = run(chosen(["agree"])[:1], from_url(service.url, LONG), LONG)

    code, figures = refusal(lambda: reachable(results, service.url))

    assert (code, figures["why"]) == ("unreachable", "ConnectionRefusedError")


def test_who_answers_in_another_protocol_is_there_but_does_not_answer_as_agreed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mail, ThreadPoolExecutor(1) as pool:

        def greet() -> None:
            conn, _ = mail.accept()
            with conn:
                conn.sendall(b"220 mail.example ready\r\n")
                while conn.recv(4096):  # until the other side has hung up
                    pass

        pool.submit(greet)
        url = f"http://127.0.0.1:{mail.getsockname()[1]}/"
        results = run(chosen(["agree"])[:1], from_url(url, LONG), LONG)

    code, figures = refusal(lambda: reachable(results, url))

    assert (code, figures["why"]) == ("service", "not_http BadStatusLine")


def test_a_secure_address_of_a_service_that_is_not_is_unreachable(service: Service) -> None:
    with pytest.raises(NoAnswer, match="unreachable"):
        from_url(service.url.replace("http://", "https://"), LONG)(chosen(["agree"])[0])


def test_a_first_answer_that_is_late_or_none_at_all_is_left_to_the_run() -> None:
    reachable([], "http://127.0.0.1/")
    reachable(run(chosen(["agree"])[:1], lambda _: None, LONG), "http://127.0.0.1/")
