from __future__ import annotations

from datetime import date

import pytest

from bot.language import calendar
from bot.language.reader import read_tokens, understand
from bot.language.tags import Tag
from bot.language.tokens import Kind

TODAY = date(2024, 6, 19)  # A Wednesday.


def _days(text: str, today: date = TODAY) -> list[date]:
    return [token.on for token in read_tokens(text, today) if token.kind is Kind.DATE and token.on]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hôm nay", date(2024, 6, 19)),
        ("sáng nay", date(2024, 6, 19)),
        ("hom qua", date(2024, 6, 18)),
        ("chiều qua", date(2024, 6, 18)),
        ("bữa kia", date(2024, 6, 17)),
        ("hôm kìa", date(2024, 6, 16)),
        ("3 ngày trước", date(2024, 6, 16)),
        ("thứ hai", date(2024, 6, 17)),
        ("hom thu nam", date(2024, 6, 13)),
        ("thứ tư", date(2024, 6, 12)),
        ("chủ nhật", date(2024, 6, 16)),
        ("bữa cn", date(2024, 6, 16)),
        ("hôm t6", date(2024, 6, 14)),
        ("thứ ba tuần này", date(2024, 6, 18)),
        ("thứ 6 tuần trước", date(2024, 6, 14)),
        ("thứ bảy tuần rồi", date(2024, 6, 15)),
        ("ngày 12/6", date(2024, 6, 12)),
        ("12-6", date(2024, 6, 12)),
        ("ngay 9.6", date(2024, 6, 9)),
        ("12/6/24", date(2024, 6, 12)),
        ("05/12/2023", date(2023, 12, 5)),
        ("ngày 5 tháng 6", date(2024, 6, 5)),
        ("ngày 02 tháng 6 năm 2023", date(2023, 6, 2)),
        ("ngày mười hai tháng sáu", date(2024, 6, 12)),
        ("ngay muoi thang sau", date(2024, 6, 10)),
        ("mùng 8 tháng 4", date(2024, 4, 8)),
        ("bữa mùng 7/6", date(2024, 6, 7)),
        ("ngày 10", date(2024, 6, 10)),
        ("ngày 25 vừa rồi", date(2024, 5, 25)),
        ("cuối tháng 5", date(2024, 5, 31)),
        ("cuối tháng rồi", date(2024, 5, 31)),
        ("30/12", date(2023, 12, 30)),
        ("29/2", date(2024, 2, 29)),
        ("25/6 năm ngoái", date(2023, 6, 25)),
        ("ngày 25/6 năm rồi", date(2023, 6, 25)),
        ("ngày 12/3 năm trước", date(2023, 3, 12)),
        ("12/3 năm nay", date(2024, 3, 12)),
        ("ngày hai mươi tháng năm năm ngoái", date(2023, 5, 20)),
        ("năm ngoái họp ngày 12/3", date(2023, 3, 12)),
        ("năm ngoái chưa họp, năm nay họp ngày 12/3", date(2024, 3, 12)),
        ("cuối tháng 8 năm ngoái", date(2023, 8, 31)),
        ("thứ ba ngày 11/6", date(2024, 6, 11)),
    ],
)
def test_it_reads_a_day(text: str, day: date) -> None:
    assert _days(text) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "tháng 5",
        "tháng này",
        "quý 2",
        "tuần rồi",
        "mới đây",
        "năm 2024",
        "T5/2024",
        "từ 1/6 đến 15/6",
        "bữa hổm",
        "32/6",
    ],
)
def test_it_takes_a_month_a_week_or_a_range_for_no_day(text: str) -> None:
    assert _days(text) == []


@pytest.mark.parametrize(
    "text", ["ngày mai", "tuần sau", "thứ sáu tuần này", "tháng 8", "20/12/2024", "tháng tới"]
)
def test_it_knows_what_is_still_to_come(text: str) -> None:
    assert any(token.has(Tag.FUTURE) for token in read_tokens(text, TODAY))


def test_it_gives_two_days_that_share_their_month() -> None:
    assert _days("ngày 5 và 12/6") == [date(2024, 6, 5), date(2024, 6, 12)]


def test_it_takes_no_lunar_feast_for_a_day() -> None:
    assert _days("mùng 10/3 nghỉ, mùng 11 họp") == []


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("t5 rồi kết nạp 6", ["Ngày 13/6", "Chỉ nói tháng"]),
        ("t2 rồi kết nạp 6", None),
    ],
)
def test_it_asks_whether_a_short_form_is_a_weekday_or_a_month(text: str, choices: list[str] | None) -> None:
    ask = understand(text, TODAY).ask
    assert (ask and [label for label, _ in ask.choices]) == choices


def test_the_latest_day_is_looked_for_over_leap_years() -> None:
    assert calendar.latest(29, 2, date(2023, 6, 1)) == date(2020, 2, 29)
    assert calendar.latest(31, 4, date(2023, 6, 1)) is None
    assert calendar.latest_day_of_month(31, date(2024, 3, 1)) == date(2024, 1, 31)
    assert calendar.end_of_month(2, date(2024, 3, 4)) == date(2024, 2, 29)
    assert calendar.end_of_month(12, date(2024, 3, 4)) == date(2023, 12, 31)
    assert calendar.end_of_month(13, date(2024, 3, 4)) is None


def test_a_bare_weekday_is_the_one_before_today() -> None:
    for weekday in range(7):
        found = calendar.past_weekday(weekday, TODAY)
        assert found.weekday() == weekday
        assert 1 <= (TODAY - found).days <= 7
