from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.planreader.timephrases import Doubt, Window, names_a_time, read_window

ISSUED = date(2024, 4, 1)


def days(start: str, end: str) -> tuple[date, date]:
    """Read "1/3" and "31/10" as days of 2024, "31/3/2025" as written."""

    def one(text: str) -> date:
        day, month, *year = map(int, text.split("/"))
        return date(year[0] if year else 2024, month, day)

    return one(start), one(end)


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("Quý I/2024", "1/1", "31/3"),
        ("quí 2 năm 2024", "1/4", "30/6"),
        ("QUÝ III", "1/7", "30/9"),
        ("Quý tư", "1/10", "31/12"),
        ("Quý I (năm 2024)", "1/1", "31/3"),
        ("Hoàn thành trong Quý II/2024", "1/4", "30/6"),
        ("từ Quý II/2024 đến Quý III/2024", "1/4", "30/9"),
        ("Quý II-III/2024", "1/4", "30/9"),
        ("Quý II và Quý III", "1/4", "30/9"),
        ("Quý I, Quý II và Quý III năm 2024", "1/1", "30/9"),
        ("đầu Quý II/2024", "1/4", "30/4"),
        ("quý I hằng năm", "1/1", "31/3"),
        ("từ tháng 3/2024 đến tháng 10/2024", "1/3", "31/10"),
        ("từ tháng 3 đến tháng 10 năm 2024", "1/3", "31/10"),
        ("từ tháng 3 đến tháng 10, năm 2024", "1/3", "31/10"),
        ("từ tháng 10 đến tháng 3/2025", "1/10", "31/3/2025"),
        ("từ tháng 10/2024 đến tháng 3", "1/10", "31/3/2025"),
        ("từ tháng 4/2024", "1/4", "31/12"),
        ("từ 01/7/2024", "1/7", "31/12"),
        ("Quý IV năm 2024 và các năm tiếp theo", "1/10", "31/12"),
        ("Sau ngày 30/6/2024", "1/7", "31/12"),
        ("trong tháng 5", "1/5", "31/5"),
        ("tháng 02/2024", "1/2", "29/2"),
        ("tháng 5, 6/2024", "1/5", "30/6"),
        ("Tháng 7 – 9", "1/7", "30/9"),
        ("cuối tháng 6", "21/6", "30/6"),
        ("tuần cuối tháng 12/2024", "25/12", "31/12"),
        ("Tháng Công nhân năm 2024", "1/5", "31/5"),
        ("trước ngày 30/6/2024", "1/1", "29/6"),
        ("Trước 30/6", "1/1", "29/6"),
        ("trước ngày 30 tháng 6 năm 2024", "1/1", "29/6"),
        ("Hoàn thành trước tháng 6/2024", "1/1", "31/5"),
        ("trước Quý III", "1/1", "30/6"),
        ("trước ngày 15/11 hằng năm", "1/1", "14/11"),
        ("Từ 15/4 đến trước ngày 30/5/2024", "15/4", "29/5"),
        ("chậm nhất đến ngày 26/8/2024", "1/1", "26/8"),
        ("Chậm nhất là ngày 20 tháng 11", "1/1", "20/11"),
        ("đến hết tháng 6/2024", "1/1", "30/6"),
        ("phấn đấu đến tháng 9/2024 hoàn thành", "1/1", "30/9"),
        ("từ nay đến hết năm 2024", "1/4", "31/12"),
        ("Từ nay đến 30/6/2024", "1/4", "30/6"),
        ("01/5 - 31/5/2024", "1/5", "31/5"),
        ("từ ngày 01 đến ngày 31/5/2024", "1/5", "31/5"),
        ("từ 01 đến 15 tháng 5 năm 2024", "1/5", "15/5"),
        ("trong 10 ngày làm việc (từ ngày 20/11 đến ngày 03/12)", "20/11", "3/12"),
        ("ngày 15.6.2024", "15/6", "15/6"),
        ("6 tháng đầu năm", "1/1", "30/6"),
        ("6 tháng cuối năm 2024", "1/7", "31/12"),
        ("đầu năm 2024", "1/1", "31/3"),
        ("cuối năm", "1/10", "31/12"),
        ("từ đầu năm đến hết Quý III/2024", "1/1", "30/9"),
        ("cả năm", "1/1", "31/12"),
        ("Hoàn thành trong năm 2024", "1/1", "31/12"),
        ("giai đoạn 2023-2028", "1/1", "31/12"),
        ("Trong năm, trước 30/11", "1/1", "29/11"),
    ],
)
def test_it_reads_when(phrase: str, start: str, end: str) -> None:
    assert read_window(phrase, 2024, ISSUED) == Window(*days(start, end))


@pytest.mark.parametrize(
    "phrase",
    [
        "Thường xuyên.",
        "công việc thường xuyên",
        "thuờng xuyên, theo yêu cầu nhiệm vụ",
        "hằng tháng",
        "Hàng quý",
        "Hằng năm",
        "Mỗi quý 01 lần",
        "2 lần/năm",
        "Định kỳ hằng quý, trước ngày 15 hằng tháng",
        "Các quý trong năm",
    ],
)
def test_what_goes_on_all_the_time_recurs_in_the_year(phrase: str) -> None:
    assert read_window(phrase, 2024) == Window(*days("1/1", "31/12"), recurring=True)


def test_it_may_go_on_from_a_day() -> None:
    assert read_window("Thường xuyên từ Quý II/2024", 2024) == Window(*days("1/4", "31/12"), recurring=True)


@pytest.mark.parametrize(
    ("phrase", "window"),
    [
        ("theo tiến độ", Window(*days("1/1", "31/12"), doubt=Doubt.UNREAD)),
        ("khi có yêu cầu", Window(*days("1/1", "31/12"), doubt=Doubt.UNREAD)),
        ("31/02/2024", Window(*days("1/1", "31/12"), doubt=Doubt.UNREAD)),
        ("tháng 13/2024", Window(*days("1/1", "31/12"), doubt=Doubt.UNREAD)),
        ("từ 30/6/2024 đến 01/3/2024", Window(*days("1/1", "31/12"), doubt=Doubt.UNREAD)),
        ("tháng 4 và tháng 8 năm 2024", Window(*days("1/4", "31/8"), doubt=Doubt.SEVERAL)),
        ("Quý I, IV/2024", Window(*days("1/1", "31/12"), doubt=Doubt.SEVERAL)),
        ("Đợt 1: tháng 4; Đợt 2: tháng 9", Window(*days("1/4", "30/9"), doubt=Doubt.SEVERAL)),
        ("Quý I/2023", Window(*days("1/1/2023", "31/3/2023"), doubt=Doubt.OUTSIDE)),
    ],
)
def test_it_says_what_it_doubts(phrase: str, window: Window) -> None:
    assert read_window(phrase, 2024, ISSUED) == window


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Quý II/2024", True),
        ("hoàn thành trước ngày 30/9", True),
        ("28/7/1929 - 28/7/2024", False),
        ("nếu có", False),
        ("trước đây gọi là tổ hòa giải", False),
    ],
)
def test_it_knows_a_time_in_brackets(phrase: str, expected: bool) -> None:
    assert names_a_time(phrase, 2024) is expected


WORDS = st.sampled_from(
    [
        *(
            "quý",
            "I",
            "II",
            "III",
            "IV",
            "tháng",
            "3",
            "10",
            "13",
            "năm",
            "2024",
            "2025",
            "từ",
            "đến",
            "trước",
        ),
        *("sau", "ngày", "30/6", "31/2", "hết", "cuối", "đầu", "tuần", "-", ",", "và", "/", "hằng", "nay"),
    ]
)


@given(words=st.lists(WORDS, max_size=8))
def test_any_phrase_gives_a_window(words: list[str]) -> None:
    window = read_window(" ".join(words), 2024, ISSUED)
    assert window.start <= window.end
