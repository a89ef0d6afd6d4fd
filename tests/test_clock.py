"""Time is read as people write it, with its offset, and told in Hong Kong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from ipportal.clock import (
    EARLIEST,
    HONG_KONG,
    LATEST,
    TimeError,
    iso,
    parse_moment,
    parse_span,
    utc,
    within,
)

MICROSECOND = timedelta(microseconds=1)
NEW_YORK_IN_SUMMER = timezone(timedelta(hours=-4), "EDT")


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-30T05:30+08:00",
        "2025-03-30 05:30:00+08:00",
        "2025-03-29T21:30Z",
        "2025-03-29T21:30:00.000000+00:00",
        "2025-03-29T17:30-04:00",
        "2025-03-30t05:30:00,0+08",
        "20250330T053000+0800",
        "2025-W13-7T0530+08:00:00",
        "2025-03-30T05:30:00.000000+08:00:00.000000",  # the longest
    ],
)
def test_a_moment_may_be_given_in_any_zone_and_is_told_in_hong_kong(text: str) -> None:
    found = parse_moment(text)

    assert (found, found.utcoffset()) == (datetime(2025, 3, 29, 21, 30, tzinfo=UTC), timedelta(hours=8))


@pytest.mark.parametrize("text", ["2025-03-30T05:30", "2025-03-30", "2025-03-30 05:30:00.5"])
def test_a_moment_without_an_offset_is_refused_as_naive(text: str) -> None:
    with pytest.raises(TimeError) as refusal:
        parse_moment(text)

    assert (refusal.value.code, refusal.value.figures) == ("naive", {"text": text})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "30.3.2025 05:30",
        f"2025-03-30T05:30:00.{'0' * 40}+08:00",
        "2025-03-30T05:30:00.0000000+08:00:00.000000",
        "2025-02-29T00:00+08:00",
        "2025-03-30T24:30+08:00",
        "2025-03-30T05:30+08:00\n",
        " 2025-03-30T05:30+08:00",
        "2025-03-30T05:30 HKT",
        "2025-03-30T05:30+08:60",
        "2025-03-30T05:30:00.000000-0799",
        "2025-03-30T05:30+08:00:60",
        "\uff12025-03-30T05:30+08:00",
        # What Python reads all the same, some of it as another time.
        "2025-03-30T05.30+08:00",
        "2025-03-30T05:304+08:00",
        "2025-03-30T05:30,30+08:00",
        "2025-03-30T05:30:001+08:00",
        "2025-03-30T05:30:00x+08:00",
        "2025-03-30T05:30:00\n+08:00",
        "2025-03-30é05:30+08:00",
        "2025-03-30T05:30+08:00:00,5",
    ],
)
def test_a_text_that_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(TimeError) as refusal:
        parse_moment(text)

    assert (refusal.value.code, refusal.value.figures) == ("moment", {"text": text})


@pytest.mark.parametrize(
    "text",
    [
        "1999-12-31T23:59:59+08:00",
        "2199-12-31T00:00:01+08:00",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
def test_a_moment_in_which_the_portal_cannot_live_is_refused_with_the_limits(text: str) -> None:
    with pytest.raises(TimeError) as refusal:
        parse_moment(text)

    assert refusal.value.code == "range"
    assert refusal.value.figures == {"earliest": "2000-01-01T00:00:00+08:00", "latest": "2199-12-31T00:00:00+08:00"}


@pytest.mark.parametrize(
    "text", ["2000-01-01T00:00+08:00", "1999-12-31T16:00Z", "2199-12-31T00:00+08:00", "2199-12-30T16:00Z"]
)
def test_the_limits_themselves_are_within_and_told_in_hong_kong(text: str) -> None:
    found = parse_moment(text)

    assert found in {EARLIEST, LATEST}
    assert (found.tzinfo, found.tzname()) == (HONG_KONG, "HKT")


def test_a_time_that_cannot_be_used_tells_why_wherever_it_surfaces() -> None:
    with pytest.raises(TimeError, match=r"span.*tomorrow"):
        parse_span("tomorrow")


@pytest.mark.parametrize("moment", [EARLIEST - MICROSECOND, LATEST + MICROSECOND])
def test_a_microsecond_beyond_a_limit_is_refused(moment: datetime) -> None:
    with pytest.raises(TimeError):
        within(moment)


@pytest.mark.parametrize("moment", [EARLIEST, EARLIEST + MICROSECOND, LATEST - MICROSECOND, LATEST])
def test_a_moment_within_the_limits_is_handed_back(moment: datetime) -> None:
    assert within(moment) == moment


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("90m", timedelta(minutes=90)),
        ("1h30m", timedelta(minutes=90)),
        ("2d", timedelta(days=2)),
        ("1d2h3m4s", timedelta(days=1, hours=2, minutes=3, seconds=4)),
        ("0s", timedelta()),
        ("-45s", timedelta(seconds=-45)),
        ("-1h30m", timedelta(minutes=-90)),
        ("-1d1s", timedelta(days=-1, seconds=-1)),
        ("99999d", timedelta(days=99999)),
    ],
)
def test_a_span_is_read_as_people_write_it(text: str, span: timedelta) -> None:
    assert parse_span(text) == span


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "90", "m", "+90m", "--1m", "90 m", "1.5h", "30m1h", "1h-30m", "1H", "1w", "1m1m"),
        *("1h\n", " 1h", "\uff11h", "100000d", "1000000h", "100000000m", "1000000000s"),
    ],
)
def test_a_text_that_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(TimeError) as refusal:
        parse_span(text)

    assert (refusal.value.code, refusal.value.figures) == ("span", {"text": text})


def test_a_moment_is_written_in_hong_kong_to_the_second() -> None:
    assert iso(datetime(2025, 3, 29, 21, 30, 15, 999_999, tzinfo=UTC)) == "2025-03-30T05:30:15+08:00"


def test_a_moment_is_kept_in_utc_with_all_its_microseconds() -> None:
    assert utc(datetime(2025, 3, 30, 5, 30, tzinfo=HONG_KONG)) == "2025-03-29T21:30:00.000000+00:00"


def test_kept_moments_sort_as_texts_in_the_order_of_time() -> None:
    noon = datetime(2025, 3, 30, 12, tzinfo=UTC)
    in_order = [
        noon - MICROSECOND,
        noon.astimezone(NEW_YORK_IN_SUMMER),
        (noon + MICROSECOND).astimezone(HONG_KONG),
        noon + timedelta(milliseconds=1),
        (noon + timedelta(seconds=1)).astimezone(HONG_KONG),
        LATEST,
    ]

    kept = [utc(moment) for moment in in_order]

    assert kept == sorted(set(kept))
