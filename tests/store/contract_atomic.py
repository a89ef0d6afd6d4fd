"""The block in which to decide and write: whole or not at all, and one at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING, Final

import pytest
from store.rows import PATIENCE, at_once, count, entry, tries, user

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipportal.store import Tables

THREADS: Final = 8
TIMES: Final = 25
A_MOMENT: Final = 0.05  # seconds that a thread is given to do what it must not be able to do


class LostError(Exception): ...


@contextmanager
def failing(tables: Tables, fault: type[BaseException]) -> Iterator[None]:
    with tables.atomic():
        yield
        raise fault


@contextmanager
def undone(tables: Tables, fault: type[BaseException] = LostError) -> Iterator[None]:
    """Open a block that fails at its end, and see that the fault comes out of it."""
    with pytest.raises(fault), failing(tables, fault):
        yield


class AtomicContract:
    """A part of `store.contract.StoreContract`."""

    duplicate_key: type[Exception]

    def test_a_block_that_ends_well_keeps_all_it_wrote(self, tables: Tables) -> None:
        with tables.atomic():
            tables.users.insert(user("one"))
            tables.users.insert(user("two"))

        assert len(tables.users.where()) == 2

    def test_a_block_sees_what_it_has_written(self, tables: Tables) -> None:
        with tables.atomic():
            tables.users.insert(user("one"))
            seen = tables.users.get("one")

        assert seen == user("one")

    @pytest.mark.parametrize("fault", [LostError, KeyboardInterrupt, SystemExit])
    def test_a_block_that_fails_leaves_nothing_behind(self, tables: Tables, fault: type[BaseException]) -> None:
        tables.users.insert(user("one"))

        with undone(tables, fault):
            tables.users.insert(user("two"))
            tables.users.update("one", failed_tries=5)
            tables.journal.insert(entry())

        assert tables.users.where() == [user("one")]
        assert tables.journal.where() == []

    def test_a_nested_block_joins_and_falls_with_the_outer_one(self, tables: Tables) -> None:
        with undone(tables):
            tables.users.insert(user("one"))
            with tables.atomic():
                tables.users.insert(user("two"))

        assert tables.users.where() == []

    def test_what_fails_in_a_nested_block_takes_the_outer_one_with_it(self, tables: Tables) -> None:
        def outer() -> None:
            with tables.atomic():
                tables.users.insert(user("one"))
                with failing(tables, LostError), tables.atomic():
                    tables.users.insert(user("two"))

        with pytest.raises(LostError):
            outer()

        assert tables.users.where() == []

    def test_a_nested_block_that_ends_does_not_commit_before_the_outer_one(self, tables: Tables) -> None:
        def other() -> int:
            try:
                return len(tables.users.where())
            finally:
                tables.backend.close()

        with ThreadPoolExecutor(1) as pool:
            with undone(tables):
                with tables.atomic():
                    tables.users.insert(user("one"))
                # In a file the other thread looks now, in memory it waits for the end: it finds nothing either way.
                look = pool.submit(other)
                Event().wait(A_MOMENT)

            assert look.result(PATIENCE) == 0

    def test_the_store_can_be_used_after_a_block_that_failed(self, tables: Tables) -> None:
        with undone(tables):
            tables.users.insert(user("one"))

        with tables.atomic():
            tables.users.insert(user("one"))

        assert tables.users.get("one")

    def test_a_broken_key_undoes_its_whole_block(self, tables: Tables) -> None:
        tables.users.insert(user("one"))

        def again() -> None:
            with tables.atomic():
                tables.journal.insert(entry())
                tables.users.insert(user("one"))

        with pytest.raises(self.duplicate_key):
            again()

        assert tables.journal.where() == []

    def test_nobody_sees_half_of_what_a_block_writes(self, tables: Tables) -> None:
        half_done, done = Event(), Event()

        def write() -> None:
            with tables.atomic():
                tables.users.insert(user("one"))
                half_done.set()
                done.wait(A_MOMENT)
                tables.users.insert(user("two"))
            tables.backend.close()

        with ThreadPoolExecutor(1) as pool:
            writer = pool.submit(write)
            assert half_done.wait(PATIENCE)
            seen = len(tables.users.where())
            done.set()
            writer.result(PATIENCE)

        assert seen in {0, 2}
        assert len(tables.users.where()) == 2

    def test_a_second_block_waits_until_the_first_has_ended(self, tables: Tables) -> None:
        tables.users.insert(user())
        order: list[str] = []

        def second() -> None:
            with tables.atomic():
                order.append("second")
            tables.backend.close()

        with ThreadPoolExecutor(1) as pool:
            with tables.atomic():
                waiting = pool.submit(second)
                Event().wait(A_MOMENT)
                order.append("first")
            waiting.result(PATIENCE)

        assert order == ["first", "second"]

    def test_eight_threads_that_count_lose_nothing(self, tables: Tables) -> None:
        tables.users.insert(user())

        at_once(tables, THREADS, lambda: count(tables), times=TIMES)

        assert tries(tables) == THREADS * TIMES

    def test_eight_threads_that_insert_get_eight_times_as_many_numbers(self, tables: Tables) -> None:
        at_once(tables, THREADS, lambda: tables.journal.insert(entry()), times=TIMES)

        assert len({each.sequence for each in tables.journal.where()}) == THREADS * TIMES

    def test_eight_threads_that_want_one_name_make_one_user(self, tables: Tables) -> None:
        won: list[str] = []

        def register() -> None:
            with tables.atomic():
                if not tables.users.get("lokshan1"):
                    tables.users.insert(user())
                    won.append("registered")

        at_once(tables, THREADS, register)

        assert won == ["registered"]

    def test_a_thread_that_lets_go_of_its_connection_can_come_back(self, tables: Tables) -> None:
        tables.users.insert(user())

        tables.backend.close()
        tables.backend.close()

        assert tables.users.get("lokshan1") == user()
