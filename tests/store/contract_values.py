"""The values: what goes into a row comes out of it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from store.rows import NOON, account, entry, link, past, user

from ipportal.store import Table
from ipportal.store.schema import (
    RECORDS,
    CancelledId,
    Challenge,
    Checkpoint,
    Draft,
    Fact,
    Notice,
    NoticeRead,
    Record,
    Session,
    Ticket,
)

if TYPE_CHECKING:
    from ipportal.store import Tables

NEW_YORK = timezone(timedelta(hours=-4), "EDT")
MICROSECOND = timedelta(microseconds=1)
ODD_TEXTS = ["00012345", "00000000", "1e7", "", " x ", "null", "O'Neil", "陳樂珊 𠮷", "a\nb\r\n"]

ROWS: dict[str, Record] = {
    "facts": Fact("scenario", {"name": "default", "deep": {"list": [1, 2.5, None, True, "陳"]}}),
    "accounts": account(),
    "past_passwords": past("00012345", 3),
    "users": replace(user(), last_login_at=NOON + MICROSECOND, locked=True, failed_tries=4),
    "links": link("00012345"),
    "cancelled_ids": CancelledId("lokshan1", NOON),
    "drafts": Draft("draft", "register", NOON, {"basic_user_id": "00012345"}, 7),
    "challenges": Challenge("captcha", "owner", "A1B2C3", NOON, "noise"),
    "sessions": Session("session", "lokshan1", NOON, NOON + MICROSECOND),
    "notices": Notice("001", "2025-03-28", "general", {"en": "Typhoon"}, {"zh-Hant": "颱風"}),
    "notices_read": NoticeRead("lokshan1", "001"),
    "journal": replace(entry(), sequence=41, codes={"form": "stale"}, judged={"captcha": {"length": 6}}),
    "tickets": Ticket("ticket", NOON, {"register": "draft"}, "/register/details"),
    "checkpoints": Checkpoint("before-lunch", NOON, "{}"),
}


def _table(tables: Tables, name: str) -> Table[Any]:
    found = getattr(tables, name)
    assert isinstance(found, Table)
    return found


class ValuesContract:
    """A part of `store.contract.StoreContract`."""

    @pytest.mark.parametrize("name", ROWS)
    def test_a_row_of_every_table_comes_out_as_it_went_in(self, tables: Tables, name: str) -> None:
        table, row = _table(tables, name), ROWS[name]
        table.insert(row)

        (found,) = table.where()

        assert found == row
        assert [type(getattr(found, each.name)) for each in fields(row)] == [  # type: ignore[arg-type]
            type(getattr(row, each.name))
            for each in fields(row)  # type: ignore[arg-type]
        ]

    def test_every_record_has_its_table_and_its_row_above(self, tables: Tables) -> None:
        assert set(tables.by_name) == set(ROWS)
        assert {type(row) for row in ROWS.values()} == set(RECORDS)

    @pytest.mark.parametrize("text", ODD_TEXTS)
    def test_a_text_stays_the_text_it_was(self, tables: Tables, text: str) -> None:
        tables.links.insert(link(text, text))

        assert tables.links.get(text) == link(text, text)
        assert tables.links.where(folded_id=text) == [link(text, text)]

    def test_digits_with_leading_zeros_are_not_the_number(self, tables: Tables) -> None:
        tables.links.insert(link("00012345"))
        tables.links.insert(link("12345"))

        assert tables.links.get("0012345") is None
        assert [each.basic_user_id for each in tables.links.where()] == ["00012345", "12345"]

    def test_texts_are_told_apart_by_their_case(self, tables: Tables) -> None:
        tables.links.insert(link("99000001", "LokShan1"))

        assert tables.links.where(folded_id="lokshan1") == []

    @pytest.mark.parametrize("zone", [UTC, NEW_YORK], ids=str)
    def test_a_moment_comes_back_aware_and_in_hong_kong(self, tables: Tables, zone: timezone) -> None:
        tables.cancelled_ids.insert(CancelledId("one", (NOON + MICROSECOND).astimezone(zone)))

        found = tables.cancelled_ids.get("one")

        assert found
        assert found.free_at == NOON + MICROSECOND
        assert found.free_at.utcoffset() == timedelta(hours=8)

    def test_moments_compare_as_moments_whatever_zone_they_are_given_in(self, tables: Tables) -> None:
        moments = {
            "early": (NOON - MICROSECOND).astimezone(NEW_YORK),
            "noon": NOON.astimezone(UTC),
            "late": NOON + MICROSECOND,
            "later": NOON + timedelta(seconds=1),
        }
        for name, moment in moments.items():
            tables.cancelled_ids.insert(CancelledId(name, moment))

        before = {each.folded_id for each in tables.cancelled_ids.where(free_at__before=NOON.astimezone(NEW_YORK))}
        after = {each.folded_id for each in tables.cancelled_ids.where(free_at__after=NOON.astimezone(UTC))}

        assert (before, after) == ({"early"}, {"late", "later"})
        assert [each.folded_id for each in tables.cancelled_ids.where(free_at=NOON)] == ["noon"]

    def test_a_moment_without_an_offset_is_refused(self, tables: Tables) -> None:
        with pytest.raises(ValueError, match="2025"):
            tables.cancelled_ids.insert(CancelledId("lokshan1", NOON.replace(tzinfo=None)))

    def test_a_moment_may_be_missing_given_and_taken_away(self, tables: Tables) -> None:
        tables.users.insert(user())
        seen: list[datetime | None] = []

        for moment in (NOON, None):
            tables.users.update("lokshan1", last_login_at=moment)
            seen += [each.last_login_at for each in tables.users.where()]

        assert user().last_login_at is None
        assert seen == [NOON, None]

    def test_a_flag_is_found_by_its_value(self, tables: Tables) -> None:
        tables.users.insert(user("open"))
        tables.users.insert(replace(user("locked"), locked=True))

        assert [each.folded_id for each in tables.users.where(locked=True)] == ["locked"]
        assert [each.folded_id for each in tables.users.where(locked=False)] == ["open"]

    def test_a_mapping_is_replaced_whole_and_its_first_value_is_not_shared(self, tables: Tables) -> None:
        facts: dict[str, Any] = {"kind": "personal"}
        tables.drafts.insert(Draft("draft", "register", NOON, facts))
        facts["kind"] = "changed afterwards"

        first = tables.drafts.get("draft")
        tables.drafts.update("draft", facts={"agree": "yes"})

        second = tables.drafts.get("draft")
        assert first
        assert second
        assert (first.facts, second.facts) == ({"kind": "personal"}, {"agree": "yes"})
