"""A table of disagreements fits the terminal, and keeps what matters longest."""

from __future__ import annotations

import pytest

from ipportal.conform.narrow import narrow

HEADING = ["rule", "vector", "given", "shape", "expected", "answered", "nearest that agreed", "what differs"]
ROW = ["agree", "agree.required.no_cut", "g" * 90, "s" * 60, "required", "accepted", "agree.option.no", "d" * 60]


@pytest.mark.parametrize(
    ("width", "left_out"),
    [
        (400, []),
        (170, []),
        (140, ["shape"]),
        (115, ["rule", "shape"]),
        (100, ["rule", "shape", "nearest that agreed"]),
        (80, ["rule", "shape", "nearest that agreed", "given"]),
        (30, ["rule", "shape", "nearest that agreed", "given"]),
    ],
)
def test_what_other_columns_imply_is_left_out_first(width: int, left_out: list[str]) -> None:
    heading, row = narrow([HEADING, ROW], width)

    assert [name for name in HEADING if name not in left_out] == heading or width == 30
    assert sum(max(map(len, cells)) for cells in zip(heading, row, strict=True)) + 2 * (len(heading) - 1) <= width


def test_a_table_that_fits_is_left_as_it_is() -> None:
    assert narrow([HEADING, ROW], 400) == [HEADING, ROW]


def test_a_cell_is_cut_in_the_middle() -> None:
    assert narrow([["vector"], ["agree.required.no_cut"]], 12) == [["vector"], ["agree..._cut"]]


def test_no_terminal_is_too_narrow_to_see_anything() -> None:
    assert narrow([HEADING, ROW], 3)[1] == ["a...t", "r...d", "a...d", "d...d"]


def test_a_column_without_anything_in_it_takes_no_room() -> None:
    assert narrow([["vector", "what differs"], ["agree.option.yes", ""]], 80) == [["vector"], ["agree.option.yes"]]
