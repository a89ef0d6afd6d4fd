"""The verbs: insert, get, where, update, delete and clear."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from store.rows import NOON, account, entry, link, past, tries, user

from ipportal.store import Unavailable
from ipportal.store.schema import CancelledId, NoticeRead

if TYPE_CHECKING:
    from ipportal.store import Tables

SECOND = timedelta(seconds=1)


class VerbsContract:
    """A part of `store.contract.StoreContract`."""

    duplicate_key: type[Exception]

    def test_an_inserted_row_is_got_by_its_key(self, tables: Tables) -> None:
        tables.users.insert(user("one"))
        tables.users.insert(user("two"))

        assert tables.users.get("two") == user("two")

    def test_a_key_that_is_not_there_gets_nothing(self, tables: Tables) -> None:
        tables.users.insert(user("one"))

        assert tables.users.get("two") is None

    def test_a_key_of_two_parts_needs_both(self, tables: Tables) -> None:
        tables.past_passwords.insert(past("99000001", 1))
        tables.past_passwords.insert(past("99000001", 2))

        assert tables.past_passwords.get("99000001", 2) == past("99000001", 2)
        assert tables.past_passwords.get("99000002", 2) is None
        with pytest.raises(ValueError, match="zip"):
            tables.past_passwords.get("99000001")

    def test_a_second_row_of_a_key_is_a_bug_and_leaves_the_first_alone(self, tables: Tables) -> None:
        tables.links.insert(link("99000001", "first"))

        with pytest.raises(self.duplicate_key) as fault:
            tables.links.insert(link("99000001", "second"))

        assert not isinstance(fault.value, Unavailable)
        assert tables.links.where() == [link("99000001", "first")]

    def test_a_key_may_share_one_of_its_parts_with_another(self, tables: Tables) -> None:
        for folded_id, reference in (("one", "a"), ("one", "b"), ("two", "a")):
            tables.notices_read.insert(NoticeRead(folded_id, reference))

        assert len(tables.notices_read.where(folded_id="one")) == 2

    def test_an_update_changes_the_named_columns_of_one_row_only(self, tables: Tables) -> None:
        tables.users.insert(user("one"))
        tables.users.insert(user("two"))

        tables.users.update("one", failed_tries=3, locked=True)

        changed = tables.users.get("one")
        assert changed
        assert (changed.failed_tries, changed.locked, changed.internet_user_id) == (3, True, "One")
        assert tables.users.get("two") == user("two")

    def test_an_update_of_a_row_that_is_not_there_does_nothing(self, tables: Tables) -> None:
        tables.users.update("nobody", failed_tries=3)

        assert tables.users.where() == []

    def test_a_delete_says_how_many_rows_it_removed(self, tables: Tables) -> None:
        for number, owner in enumerate(("one", "two", "one"), start=1):
            tables.links.insert(link(f"9900000{number}", owner))

        assert tables.links.delete(folded_id="one") == 2
        assert tables.links.delete(folded_id="one") == 0
        assert [each.folded_id for each in tables.links.where()] == ["two"]

    def test_a_delete_without_a_condition_removes_all_rows_of_its_table(self, tables: Tables) -> None:
        tables.users.insert(user("one"))
        tables.links.insert(link("99000001"))
        tables.links.insert(link("99000002"))

        assert tables.links.delete() == 2
        assert tables.links.where() == []
        assert tables.users.get("one")

    def test_rows_come_in_the_order_of_their_key(self, tables: Tables) -> None:
        for number in (10, 9, 1):
            tables.past_passwords.insert(past("99000002", number))
        tables.past_passwords.insert(past("99000001", 11))

        found = [(each.basic_user_id, each.number) for each in tables.past_passwords.where()]

        assert found == [("99000001", 11), ("99000002", 1), ("99000002", 9), ("99000002", 10)]

    def test_all_conditions_must_match(self, tables: Tables) -> None:
        for number, owner, position in ((1, "one", 1), (2, "one", 2), (3, "two", 1)):
            tables.links.insert(link(f"9900000{number}", owner, position))

        found = tables.links.where(folded_id="one", position=1)

        assert [each.basic_user_id for each in found] == ["99000001"]

    def test_after_and_before_leave_out_the_value_itself(self, tables: Tables) -> None:
        for number in range(1, 6):
            tables.past_passwords.insert(past("99000001", number))

        found = tables.past_passwords.where(number__after=2, number__before=5)

        assert [each.number for each in found] == [3, 4]

    def test_a_delete_knows_the_same_conditions(self, tables: Tables) -> None:
        for seconds in range(3):
            tables.cancelled_ids.insert(CancelledId(f"id{seconds}", NOON + seconds * SECOND))

        assert tables.cancelled_ids.delete(free_at__before=NOON + SECOND) == 1
        assert tables.cancelled_ids.delete(free_at__after=NOON + SECOND) == 1
        assert [each.folded_id for each in tables.cancelled_ids.where()] == ["id1"]

    def test_the_newest_rows_come_last_key_first_and_no_more_than_asked(self, tables: Tables) -> None:
        for number in (2, 10, 9):
            tables.past_passwords.insert(past("99000001", number))
        tables.past_passwords.insert(past("99000002", 99))

        found = tables.past_passwords.where(basic_user_id="99000001", newest=2)

        assert [each.number for each in found] == [10, 9]
        assert len(tables.past_passwords.where(newest=9)) == 4
        assert tables.past_passwords.where(newest=0) == []

    @pytest.mark.parametrize("condition", ["nobody", "folded_id__above", "__after"])
    def test_an_unknown_column_or_relation_is_a_bug_and_touches_nothing(self, tables: Tables, condition: str) -> None:
        tables.links.insert(link("99000001"))

        with pytest.raises(KeyError):
            tables.links.delete(**{condition: "x"})

        assert len(tables.links.where()) == 1

    @pytest.mark.parametrize("text", ["' OR 1=1 --", '"', ":if_0", "?", "%", "\\", "x'; DROP TABLE users"])
    def test_a_value_is_never_read_as_sql(self, tables: Tables, text: str) -> None:
        tables.users.insert(user("one"))
        tables.links.insert(link("99000001", text))

        assert tables.users.where(folded_id=text) == []
        assert tables.links.where(folded_id=text) == [link("99000001", text)]

    def test_the_store_numbers_the_journal_upwards(self, tables: Tables) -> None:
        for step in ("one", "two", "three"):
            tables.journal.insert(entry(step))

        found = tables.journal.where()

        assert [each.step for each in found] == ["one", "two", "three"]
        assert [each.sequence for each in found] == sorted({each.sequence for each in found})

    def test_a_number_of_the_journal_is_not_used_again(self, tables: Tables) -> None:
        tables.journal.insert(entry())
        (first,) = tables.journal.where()
        tables.journal.delete()

        tables.journal.insert(entry())

        (second,) = tables.journal.where()
        assert second.sequence > first.sequence

    def test_a_journal_entry_keeps_a_number_it_brings(self, tables: Tables) -> None:
        tables.journal.insert(entry())
        (first,) = tables.journal.where()
        tables.journal.delete()

        tables.journal.insert(first)

        assert tables.journal.where() == [first]

    def test_clearing_removes_every_row_of_every_table(self, tables: Tables) -> None:
        tables.users.insert(user())
        tables.accounts.insert(account())
        tables.journal.insert(entry())

        with tables.atomic():
            tables.clear()

        assert (tables.users.where(), tables.accounts.where(), tables.journal.where()) == ([], [], [])

    def test_preparing_twice_says_so_and_harms_nothing(self, tables: Tables) -> None:
        tables.users.insert(user())
        tables.users.update("lokshan1", failed_tries=2)

        assert tables.backend.prepare() is False
        assert tries(tables) == 2
