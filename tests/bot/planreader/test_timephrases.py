from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.planreader.frames import school_frame, year_frame, years_frame
from bot.planreader.timephrases import Doubt, Window, read_windows
from domain.plan import PeriodKind, PlanPeriod

ISSUED = date(2024, 4, 1)
YEAR = year_frame(2024)


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
        ("Từ quý II đến quý III/2024", "1/4", "30/9"),
        ("từ tháng 3 - 10/2024", "1/3", "31/10"),
        ("dự kiến trung tuần tháng 5/2024", "11/5", "20/5"),
        ("trong tháng 5", "1/5", "31/5"),
        ("tháng 02/2024", "1/2", "29/2"),
        ("tháng 5, 6/2024", "1/5", "30/6"),
        ("Tháng 7 – 9", "1/7", "30/9"),
        ("cuối tháng 6", "21/6", "30/6"),
        ("Tuần 2 tháng 5/2024", "8/5", "14/5"),
        ("tuần thứ ba của tháng 5", "15/5", "21/5"),
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
    assert read_windows(phrase, YEAR, ISSUED) == (Window(*days(start, end)),)


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
        "02 lần trong năm",
        "6 tháng/lần",
        "Thường xuyên, đột xuất",
        "Định kỳ hằng quý, trước ngày 15 hằng tháng",
        "Các quý trong năm",
    ],
)
def test_what_goes_on_all_the_time_recurs_in_the_year(phrase: str) -> None:
    assert read_windows(phrase, YEAR) == (Window(*days("1/1", "31/12"), recurring=True),)


def test_it_may_go_on_from_a_day() -> None:
    window = Window(*days("1/4", "31/12"), recurring=True)
    assert read_windows("Thường xuyên từ Quý II/2024", YEAR) == (window,)


@pytest.mark.parametrize(
    ("phrase", "window"),
    [
        ("theo tiến độ", Window(*days("1/1", "31/12"), doubt=Doubt.UNREAD)),
        ("khi có yêu cầu", Window(*days("1/1", "31/12"), doubt=Doubt.UNREAD)),
        ("31/02/2024", Window(*days("1/1", "31/12"), doubt=Doubt.UNREAD)),
        ("tháng 13/2024", Window(*days("1/1", "31/12"), doubt=Doubt.UNREAD)),
        ("từ 30/6/2024 đến 01/3/2024", Window(*days("1/1", "31/12"), doubt=Doubt.UNREAD)),
        ("chi thường xuyên", Window(*days("1/1", "31/12"), doubt=Doubt.UNREAD)),
        ("theo kế hoạch hằng năm", Window(*days("1/1", "31/12"), doubt=Doubt.UNREAD)),
        ("Theo kế hoạch của Công đoàn tỉnh năm 2024", Window(*days("1/1", "31/12"), doubt=Doubt.UNREAD)),
        (
            "Sau khi Nghị định số 12/2024/NĐ-CP ngày 05/3/2024 được ban hành",
            Window(*days("1/1", "31/12"), doubt=Doubt.UNREAD),
        ),
        ("95 năm Ngày thành lập (28/7/1929 - 28/7/2024)", Window(*days("1/1", "31/12"), doubt=Doubt.UNREAD)),
        ("Quý I/2023", Window(*days("1/1/2023", "31/3/2023"), doubt=Doubt.OUTSIDE)),
    ],
)
def test_it_says_what_it_doubts(phrase: str, window: Window) -> None:
    assert read_windows(phrase, YEAR, ISSUED) == (window,)


@pytest.mark.parametrize(
    ("phrase", "windows"),
    [
        ("vào tháng 4 và tháng 8 năm 2024", [("1/4", "30/4"), ("1/8", "31/8")]),
        ("Quý I, IV/2024", [("1/1", "31/3"), ("1/10", "31/12")]),
        ("tháng 3, 6, 9, 12", [("1/3", "31/3"), ("1/6", "30/6"), ("1/9", "30/9"), ("1/12", "31/12")]),
        ("Đợt 1: tháng 4; Đợt 2: tháng 9", [("1/4", "30/4"), ("1/9", "30/9")]),
        ("Đợt 1: từ 01/3 đến 15/3/2024, Đợt 2: 01/9 - 15/9/2024", [("1/3", "15/3"), ("1/9", "15/9")]),
        ("ngày 15 và 20/3/2024", [("15/3", "15/3"), ("20/3", "20/3")]),
        ("trước ngày 15/6 và trước ngày 15/11", [("1/1", "14/6"), ("15/6", "14/11")]),
        ("chậm nhất 20/6 và 20/12", [("1/1", "20/6"), ("21/6", "20/12")]),
    ],
)
def test_times_apart_are_windows_of_their_own(phrase: str, windows: list[tuple[str, str]]) -> None:
    assert read_windows(phrase, YEAR) == tuple(Window(*days(*window)) for window in windows)


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("trước ngày nghỉ Tết ít nhất 20 ngày", "1/1", "20/1"),
        ("trước tối 30 Tết", "1/1", "9/2"),
        ("Đêm 30 Tết", "9/2", "9/2"),
        ("mùng 4 Tết", "13/2", "13/2"),
        ("sau Tết Nguyên đán", "15/2", "31/12"),
        ("dịp Tết", "10/1", "9/2"),
        ("trước Tết Nguyên đán 2025", "1/1/2025", "28/1/2025"),
    ],
)
def test_times_by_tet_are_looked_up(phrase: str, start: str, end: str) -> None:
    (window,) = read_windows(phrase, YEAR)
    assert (window.start, window.end) == days(start, end)
    assert window.doubt is (Doubt.OUTSIDE if "2025" in phrase else Doubt.LUNAR)


def test_the_tet_that_is_meant_is_the_next_after_the_day_of_issue() -> None:
    (window,) = read_windows("trước Tết", YEAR, date(2024, 10, 10))
    assert window.end == date(2025, 1, 28)


def test_working_days_and_days_are_counted_from_the_day_given() -> None:
    assert read_windows("Trong 30 ngày kể từ ngày 01/3/2024", YEAR) == (Window(*days("1/3", "31/3")),)
    assert read_windows("trong 10 ngày làm việc từ 01/3/2024", YEAR) == (Window(*days("1/3", "15/3")),)


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("Tháng 10", "1/10", "31/10"),
        ("tháng 3", "1/3/2025", "31/3/2025"),
        ("Tháng 8/2024", "1/8", "31/8"),
        ("từ tháng 9 đến tháng 5", "1/9", "31/5/2025"),
        ("Quý IV", "1/10", "31/12"),
        ("Học kỳ I", "1/9", "15/1/2025"),
        ("trước 20/11", "1/9", "19/11"),
        ("Từ tháng 10", "1/10", "31/5/2025"),
        ("Cả năm học 2024-2025", "1/9", "31/5/2025"),
    ],
)
def test_in_a_school_year_a_month_takes_its_year_from_it(phrase: str, start: str, end: str) -> None:
    assert read_windows(phrase, school_frame(2024)) == (Window(*days(start, end)),)


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("Ngày 05", "5/10", "5/10"),
        ("trước ngày 20", "1/10", "19/10"),
        ("từ ngày 10 đến ngày 15", "10/10", "15/10"),
        ("01-15", "1/10", "15/10"),
        ("Tuần 1", "1/10", "7/10"),
        ("Tuần 4", "22/10", "31/10"),
        ("cuối tháng", "21/10", "31/10"),
        ("ngày 20/10/2024", "20/10", "20/10"),
    ],
)
def test_in_a_plan_of_a_month_a_bare_day_is_of_that_month(phrase: str, start: str, end: str) -> None:
    frame = PlanPeriod(PeriodKind.MONTH, date(2024, 10, 1), date(2024, 10, 31))
    assert read_windows(phrase, frame) == (Window(*days(start, end)),)


def test_in_a_plan_of_several_years_a_stretch_of_years_is_kept() -> None:
    frame = years_frame(2024, 2028)
    assert read_windows("Giai đoạn 2024-2026", frame) == (Window(*days("1/1", "31/12/2026")),)
    assert read_windows("Năm 2026 và các năm tiếp theo", frame) == (Window(*days("1/1/2026", "31/12/2028")),)


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
    windows = read_windows(" ".join(words), YEAR, ISSUED)
    assert windows
    assert all(window.start <= window.end for window in windows)
