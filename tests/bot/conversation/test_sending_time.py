"""When a message shall be sent, as staff type it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.sending_time import sending_time

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2024, 4, 15, 9, 0, tzinfo=ZONE)  # a Monday


def at(day: int, hour: int, minute: int = 0, month: int = 4, year: int = 2024) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("8h sáng mai", at(16, 8)),
        ("8h sang mai", at(16, 8)),
        ("sáng mai 8 giờ", at(16, 8)),
        ("8g30 sáng mai", at(16, 8, 30)),
        ("mai lúc 8 giờ rưỡi", at(16, 8, 30)),
        ("8 rưỡi sáng mai", at(16, 8, 30)),
        ("7 giờ tối nay", at(15, 19)),
        ("toi nay 7h", at(15, 19)),
        ("2 giờ", at(15, 14)),
        ("2h chiều", at(15, 14)),
        ("14h", at(15, 14)),
        ("1h trưa mai", at(16, 13)),
        ("8h", at(16, 8)),
        ("10:15", at(15, 10, 15)),
        ("15/4 8:30", at(15, 8, 30)),
        ("20/4 lúc 8:30", at(20, 8, 30)),
        ("8h 20/4", at(20, 8)),
        ("8 giờ 30 phút ngày 20 tháng 4 năm 2024", at(20, 8, 30)),
        ("8h ngày 20-4-2024", at(20, 8)),
        ("8h ngày 20", at(20, 8)),
        ("8h ngày 3", at(3, 8, month=5)),
        ("5/1 8h", at(5, 8, month=1)),
        ("thứ Sáu 8 giờ", at(19, 8)),
        ("thu sau 8 gio", at(19, 8)),
        ("t6 8h", at(19, 8)),
        ("8h thứ sáu tới", at(19, 8)),
        ("thứ sáu tới 8h", at(19, 8)),
        ("thứ sáu tối 8h", at(19, 20)),
        ("chủ nhật 7h", at(21, 7)),
        ("thứ hai 8h", at(22, 8)),
        ("thứ hai 10h", at(15, 10)),
        ("8h thứ ba tuần sau", at(23, 8)),
        ("thứ Ba 16/4 8h", at(16, 8)),
        ("9h ngày mốt", at(17, 9)),
    ],
)
def test_it_reads_what_staff_type(text: str, moment: datetime) -> None:
    assert sending_time(text, NOW, ZONE) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mai",
        "sáng mai",
        "25h mai",
        "8h75",
        "8h hoặc 9h",
        "8h-9h mai",
        "8h 31/4",
        "8h 1/1/0001",
        "8h thứ Tư 16/4",
        "8h tuần sau",
        "12h đêm nay",
        "gửi sớm giúp chị",
    ],
)
def test_it_does_not_guess(text: str) -> None:
    assert sending_time(text, NOW, ZONE) is None


def test_a_day_in_december_may_mean_january() -> None:
    assert sending_time("5/1 8h", datetime(2024, 12, 20, 9, tzinfo=ZONE), ZONE) == at(
        5, 8, month=1, year=2025
    )


@given(st.integers(0, 5 * 366 * 24 * 60), st.integers(0, 23))
def test_an_hour_alone_lies_within_the_coming_day(minutes: int, hour: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    moment = sending_time(f"{hour}h", now, ZONE)
    assert moment is not None
    assert now < moment <= now + timedelta(days=1)


@given(st.text())
def test_it_takes_any_text(text: str) -> None:
    moment = sending_time(text, NOW, ZONE)
    assert moment is None or moment.tzinfo is not None
