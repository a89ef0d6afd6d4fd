from __future__ import annotations

import json
import sys
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from ipportal.control.problems import Refused
from ipportal.control.strict import DEEPEST, loads

if TYPE_CHECKING:
    from control.api import Answer, Api

COMMA = 32 if sys.version_info >= (3, 13) else 33  # the comma itself, or what stands there in its place
GOOD = b'{"at": "2025-03-31T12:00+08:00"}'
BODIES = {
    "empty": (b"", "json"),
    "blank": (b"  \n", "json"),
    "cut short": (GOOD[:-1], "json"),
    "two values": (GOOD + GOOD, "json"),
    "a comma too many": (b'{"at": "2025-03-31T12:00+08:00",}', "json"),
    "single quotes": (b"{'at': '2025-03-31T12:00+08:00'}", "json"),
    "a comment": (b"/* now */" + GOOD, "json"),
    "a byte order mark": (b"\xef\xbb\xbf" + GOOD, "json"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "json"),
    "not UTF-8": (b'{"at": "\xff"}', "json"),
    "an overlong NUL": (b'{"at": "\xc0\x80"}', "json"),
    "a surrogate in UTF-8": (b'{"at": "\xed\xa0\x80"}', "json"),
    "a raw control character": (b'{"at": "\x01"}', "json"),
    "an endless integer": (b'{"at": ' + b"9" * 5000 + b"}", "json"),
    "a leading zero": (b'{"at": 01}', "json"),
    "a key twice": (b'{"at": 1, "at": 1}', "json_key_twice"),
    "a key twice, once escaped": (b'{"at": 1, "\\u0061t": 1}', "json_key_twice"),
    "a key twice inside": (b'{"at": [{"a": {"b": 1, "b": 2}}]}', "json_key_twice"),
    "NaN": (b'{"at": NaN}', "json_number"),
    "Infinity": (b'{"at": [Infinity]}', "json_number"),
    "minus Infinity": (b'{"at": -Infinity}', "json_number"),
    "infinite by its exponent": (b'{"at": 1e999}', "json_number"),
    "minus infinite by its exponent": (b'{"at": {"b": -1e999}}', "json_number"),
    "NUL": (b'{"at": "a\\u0000"}', "json_text"),
    "NUL in a key": (b'{"a\\u0000t": 1}', "json_text"),
    "a lone surrogate": (b'{"at": "\\ud800"}', "json_text"),
    "a lone surrogate in a key": (b'{"\\udfff": 1}', "json_text"),
    "a lone surrogate in a key twice": (b'{"\\udfff": 1, "\\udfff": 1}', "json_text"),
    "a lone surrogate inside": (b'{"at": [["\\udc00"]]}', "json_text"),
    "17 deep": (b'{"at": ' + b"[" * 16 + b"]" * 16 + b"}", "json_depth"),
    "17 objects deep": (b'{"a":' * 17 + b"1" + b"}" * 17, "json_depth"),
    "30,000 deep": (b"[" * 30_000 + b"]" * 30_000, "json_depth"),
    "30,000 deep and cut short": (b"[" * 30_000, "json_depth"),
}


def sent(api: Api, body: bytes, **more: object) -> Answer:
    return api.refused("POST", "/workspaces/main/clock/set", data=body, **{"content_type": "application/json"} | more)


@pytest.mark.parametrize("what", BODIES)
def test_a_body_that_readers_could_understand_differently_is_refused(api: Api, what: str) -> None:
    body, code = BODIES[what]

    assert sent(api, body).code == code


@pytest.mark.parametrize(
    ("what", "where"),
    [
        ("empty", "line 1, column 1"),
        ("blank", "line 2, column 1"),
        ("cut short", "line 1, column 32"),
        ("a comma too many", f"line 1, column {COMMA}"),
        ("single quotes", "line 1, column 2"),
        ("not UTF-8", "line 1, column 9"),
        ("an endless integer", ""),
    ],
)
def test_a_broken_body_is_told_with_the_place_where_it_breaks(api: Api, what: str, where: str) -> None:
    assert sent(api, BODIES[what][0]).json["where"] == where


def test_lines_and_columns_are_counted_in_characters() -> None:
    for body in ('{"戶口": 1,\n "名": }'.encode(), '{"戶口": 1,\n "名":'.encode() + b" \xff}"):
        with pytest.raises(Refused) as refused:
            loads(body)
        assert refused.value.where == "line 2, column 7"


@pytest.mark.parametrize("text", ["[]", "null", "true", '"at"', "1", "[" + GOOD.decode() + "]"])
def test_a_body_that_is_no_object_is_a_wrong_value(api: Api, text: str) -> None:
    found = sent(api, text.encode())

    assert (found.code, found.accepted) == ("value", ["object"])


def test_a_hundred_thousand_levels_are_refused_where_bodies_may_be_large(api: Api) -> None:
    for body in (b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 100_000 + b"1" + b"}" * 100_000):
        found = api.refused("POST", "/workspaces/main/restore", data=body, content_type="application/json")
        assert (found.code, found.accepted) == ("json_depth", ["16"])


def test_sixteen_levels_are_not_too_deep() -> None:
    whole = "[" * DEEPEST + "]" * DEEPEST

    assert json.dumps(loads(whole.encode())) == whole
    for deeper in (f"[{whole}]", whole.replace("[]", "[1]")):
        with pytest.raises(Refused):
            loads(deeper.encode())


def test_what_all_readers_understand_alike_is_read_as_it_stands() -> None:
    text = '{"a": [1, -0.5, 1e3, true, false, null, "\\ud83d\\ude00", "\U0001f600"], "": {}}'

    assert loads(text.encode()) == json.loads(text)


def test_twenty_thousand_different_keys_are_read_in_one_go() -> None:
    body = json.dumps({f"k{number}": number for number in range(20_000)})

    assert len(loads(body.encode())) == 20_000


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/json",
        "application/ld+json",
    ],
)
def test_a_body_of_another_media_type_is_refused(api: Api, kind: str) -> None:
    found = sent(api, GOOD, content_type=kind)

    assert (found.status, found.code, found.accepted) == (415, "media_type", ["application/json"])


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_json_may_be_named_with_its_charset(api: Api, kind: str) -> None:
    found = api.done("POST", "/workspaces/main/clock/set", data=GOOD, content_type=kind)

    assert found["mode"] == "frozen"


def test_a_body_too_large_is_refused_before_it_is_read(api: Api) -> None:
    assert sent(api, GOOD + b" " * (64 * 1024)).accepted == ["65536 bytes"]
    just_right = GOOD + b" " * (64 * 1024 - len(GOOD))
    assert api.done("POST", "/workspaces/main/clock/set", data=just_right, content_type="application/json")


def test_a_checkpoint_may_be_larger_than_any_other_body_but_not_endless(api: Api) -> None:
    length = {"CONTENT_LENGTH": str(16 * 1024 * 1024 + 1)}
    more = {"input_stream": BytesIO(b"{}"), "content_type": "application/json", "environ_overrides": length}

    assert api.refused("POST", "/workspaces/main/restore", **more).code == "too_large"


def test_a_body_shorter_than_it_says_is_no_json(api: Api) -> None:
    more = {"input_stream": BytesIO(GOOD), "environ_overrides": {"CONTENT_LENGTH": str(len(GOOD) + 9)}}

    found = api.refused("POST", "/workspaces/main/clock/set", content_type="application/json", **more)

    assert (found.code, found.accepted) == ("json", ["a body as long as its Content-Length"])


def test_an_operation_without_a_body_takes_none_or_an_empty_object(api: Api) -> None:
    path = "/workspaces/main/clock/real"

    assert api.done("POST", path)["mode"] == "real"
    assert api.done("POST", path, {})["mode"] == "real"
    assert api.refused("POST", path, {"at": "now"}).code == "value"
    assert (
        api.refused("POST", path, data=b"at=now", content_type="application/x-www-form-urlencoded").code == "media_type"
    )


@pytest.mark.parametrize("key", ["a." * 17 + "b", "'a' . " * 17 + "b", '"a\u3000".' * 3_000 + "b"])
def test_a_scenario_with_a_key_that_would_take_the_parser_long_is_refused_before_it_is_parsed(
    api: Api, key: str
) -> None:
    for text in (f"{key} = 1", f"[{key}]", f"x = {{ {key} = 1 }}"):
        assert api.refused("POST", "/workspaces", {"scenario_toml": text}).code == "scenario_file"
