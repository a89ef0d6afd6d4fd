"""A table of disagreements fits the terminal, and keeps what matters longest."""

from __future__ import annotations

import pytest

from ipportal.cli.chosen import heading
from ipportal.cli.narrow import narrow

HEADING = ["rule", "vector", "given", "shape", "expected", "answered", "nearest that agreed", "what differs"]
ROW = ["agree", "agree.required.no_cut", "g" * 90, "s" * 60, "required", "accepted", "agree.option.no", "d" * 60]


LONG = "internet_password.chars.full_width_digit_trailing"


@pytest.mark.parametrize(
    ("width", "left_out"),
    [
        (400, []),
        (180, []),
        (140, ["shape"]),
        (115, ["shape", "rule"]),
        (80, ["shape", "rule", "nearest that agreed", "given"]),
        (60, ["shape", "rule", "nearest that agreed", "given"]),
        (45, ["shape", "rule", "nearest that agreed", "given", "what differs"]),
    ],
)
def test_what_other_columns_imply_is_left_out_first_and_said(width: int, left_out: list[str]) -> None:
    (heading, row), told = narrow([HEADING, ROW], HEADING, width)

    assert told == left_out
    assert heading == [name for name in HEADING if name not in left_out]
    assert sum(max(map(len, cells)) for cells in zip(heading, row, strict=True)) + 2 * (len(heading) - 1) <= width


def test_a_table_that_fits_is_left_as_it_is() -> None:
    assert narrow([HEADING, ROW], HEADING, 400) == ([HEADING, ROW], [])


def test_a_cell_is_cut_in_the_middle() -> None:
    rows = [["vector", "expected"], ["agree.option.no", "wrong_credentials"]]

    assert narrow(rows, rows[0], 29)[0][1] == ["agree.option.no", "wrong...ials"]


@pytest.mark.parametrize("width", [3, 60, 80])
def test_the_name_of_a_vector_is_whole_however_narrow_the_terminal_is(width: int) -> None:
    row = ["internet_password", LONG, *ROW[2:]]

    (heading, found), _ = narrow([HEADING, row], HEADING, width)

    assert found[heading.index("vector")] == LONG
    assert {"required", "accepted"} <= set(found)


def test_a_column_without_anything_in_it_takes_no_room_and_no_word() -> None:
    rows = [["vector", "what differs"], ["agree.option.yes", ""]]

    assert narrow(rows, rows[0], 80) == ([["vector"], ["agree.option.yes"]], [])


@pytest.mark.parametrize("lang", ["zh-Hant", "zh-Hans"])
@pytest.mark.parametrize("width", [60, 80, 140, 180])
def test_a_chinese_heading_is_whole_and_counted_as_wide_as_it_is(lang: str, width: int) -> None:
    told = heading(HEADING, lang)
    row = ["agree", "agree.required.no_cut", "g" * 90, "s", "required", "accepted", "agree.option.no", "d" * 60]

    (shown, *cells), left_out = narrow([HEADING, row], told, width)

    assert {*shown, *left_out} == set(told)
    widths = [max(2 * len(head), len(cell)) for head, cell in zip(shown, *cells, strict=True)]
    assert sum(widths) + 2 * (len(widths) - 1) <= width
