"""When a request is all there: what a thread takes on, it need not wait for."""

from __future__ import annotations

import pytest

from ipportal.cli.arrival import MOST, patient, whole

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
FORM = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"
PIECES = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "seen",
    [
        GET,
        GET + GET[:9],
        FORM + b"a=b&c",
        FORM + b"a=b&cd",
        FORM.replace(b"Content-Length: 5", b"content-LENGTH:\t5 ") + b"a=b&c",
        FORM.replace(b"5", b"0"),
        FORM.replace(b"5", b"nonsense"),
        FORM.replace(b"5", b"9999999999"),  # too long a number for any body: a thread refuses it at once
        FORM.replace(b"Host: a", b"Expect: 100-continue"),
        PIECES + b"5\r\na=b&c\r\n0\r\n\r\n",
        PIECES + b"0\r\n\r\n",
        PIECES + b"0\r\nTrailer: x\r\n\r\n",
        PIECES + b"zz\r\n",  # no size of a piece: a thread refuses it at once
        PIECES + b"1\r\na\r\n" * 100,  # so many small ones that no more are counted
        PIECES.replace(b"chunked", b"gzip, chunked") + b"0\r\n\r\n",
        PIECES.replace(b"chunked", b"chinked"),  # a thread refuses it at once
        PIECES + b"5\r\na=b&c\r\n000;last\r\n\r\n",
        b"x" * MOST,
        FORM.replace(b"5", b"99999") + b"x" * (MOST - 49),
    ],
)
def test_nothing_is_missing(seen: bytes) -> None:
    assert whole(seen)


@pytest.mark.parametrize(
    "seen",
    [
        b"",
        b"G",
        GET[:-1],
        GET.replace(b"\r\n", b"\n"),
        FORM,
        FORM + b"a=b&",
        FORM.replace(b"Content-Length: 5", b"CONTENT-length:5") + b"a=b&",
        FORM.replace(b"\r\n\r\n", b"\r\nContent-Length: 1\r\n\r\n") + b"a=b&",
        PIECES,
        PIECES.replace(b": chunked", b":\tCHUNKED "),
        PIECES + b"5\r\na=b&c\r\n",
        PIECES + b"5\r\na=b&c\r\n0",
        PIECES + b"10\r\n",
        PIECES + b"FFFFFFFFFFFFFFFF\r\n",
        PIECES + b"000000010\r\n",
        PIECES + b"5\r\n\r\n0\r\n\r\n",  # the end is within a piece
        PIECES + b"0\r\n",
        PIECES + b"0\r\nTrailer: x\r\n",
        PIECES + b"1\r\na\r\n" * 99,
        PIECES.replace(b"chunked", b"gzip, chunked") + b"5\r\n",
        FORM.replace(b"5", b"0000000005"),
        b"x" * (MOST - 1),
        FORM.replace(b"5", b"99999") + b"x" * (MOST - len(FORM) - 5),
    ],
)
def test_something_is_missing(seen: bytes) -> None:
    assert not whole(seen)


@pytest.mark.parametrize(
    ("seen", "may_wait"),
    [
        (GET, False),
        (FORM + b"a=b&c", False),
        (FORM.replace(b"5", b"9999999999"), True),
        (FORM.replace(b"Host: a", b"Expect: 100-continue"), True),
        (PIECES + b"5\r\na=b&c\r\n0\r\n\r\n", False),
        (PIECES + b"000000005\r\na=b&c\r\n0\r\n\r\n", False),
        (PIECES + b"zz\r\n", True),
        (PIECES + b"1\r\na\r\n" * 100, True),
        (b"x" * MOST, True),
    ],
)
def test_a_thread_may_have_to_wait_for_what_only_it_can_judge(seen: bytes, may_wait: bool) -> None:  # noqa: FBT001 - a table
    assert whole(seen)
    assert patient(seen) is may_wait


def test_a_length_that_the_body_names_counts_for_nothing() -> None:
    assert whole(GET + b"\r\nContent-Length: 7\r\n")
