from __future__ import annotations

from datetime import date

import pytest

from bot.language.reader import understand
from domain.understanding import Intent

TODAY = date(2024, 4, 15)


def _figures(text: str) -> list[tuple[str, int, str | None]]:
    return [(item.indicator, item.value, item.place) for item in understand(text, TODAY).items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kết nạp;6;;đối thoại;2", [("doan_vien_moi", 6, None), ("doi_thoai", 2, None)]),
        ("| kết nạp mới | 6 |\n| đối thoại | 2 |", [("doan_vien_moi", 6, None), ("doi_thoai", 2, None)]),
        (
            "Tên đơn vị;Kết nạp;Đối thoại\nCty May Lan;3;0\nTrường MN Nắng;0;1",
            [("doan_vien_moi", 3, "Cty May Lan"), ("doi_thoai", 1, "Trường MN Nắng")],
        ),
        ("Tổ\tKết nạp\nTổ 1\t3\nTổ 2\t4\nTổng\t7", [("doan_vien_moi", 7, None)]),
        ("Nội dung|KH|TH\nKết nạp mới|9|7\nĐối thoại|2|0", [("doan_vien_moi", 7, None)]),
        ("hôm qua đối thoại, 30 người dự", [("doi_thoai", 1, None)]),
    ],
)
def test_it_reads_cells_and_tables(text: str, expected: list[tuple[str, int, str | None]]) -> None:
    assert _figures(text) == expected


def test_it_takes_a_table_of_noughts_for_nothing_to_report() -> None:
    reading = understand("Kết nạp mới|Đối thoại\n0|0", TODAY)
    assert reading.intent is Intent.NONE_TO_REPORT
    assert reading.zeros == ("doan_vien_moi", "doi_thoai")


def test_it_says_where_the_number_of_a_cell_stands() -> None:
    reading = understand("Kết nạp mới|Đối thoại\n12|0", TODAY)
    (start, end), *_ = reading.items[0].spans
    assert reading.text[start:end] == "12"


def test_it_reads_a_wide_or_long_table_in_bounded_time() -> None:
    assert understand("kết nạp|" * 900 + "\n" + "1|" * 900, TODAY) is not None
    assert understand("\n".join(["a|b"] * 1900), TODAY).items == ()
