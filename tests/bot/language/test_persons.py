"""Persons named in full are counted with a question; they are no workplaces and bring no figures."""

from __future__ import annotations

from datetime import date

import pytest

from bot.language.reader import understand
from domain.understanding import Intent

TODAY = date(2024, 4, 15)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("kết nạp: Nguyễn Thị Mai, Trần Văn Tú, Lê Thị Bé", 3),
        ("kết nạp Nguyễn Thị Mai 1990, Trần Văn Tú 1985", 2),
        ("kết nạp: Nguyễn Thị Mai 90, Trần Văn Tú 85", 2),
        ("kết nạp Nguyễn Thị Mai sinh 5/6/1990, Trần Văn Tú sinh 7/8/1985", 2),
        ("Danh sách kết nạp mới:\n1. Nguyễn Thị Mai - 1990\n2. Trần Văn Tú - 1985\n3. Lê Hùng", 3),
        ("kết nạp Nguyễn Thị Mai 0912345678, Trần Văn Tú cccd 070190001234", 2),
        ("Nguyễn Thị Mai, Trần Văn Tú mới vào công đoàn", 2),
    ],
)
def test_it_proposes_the_number_of_persons_named(text: str, count: int) -> None:
    reading = understand(text, TODAY)
    assert [(item.value, item.place, item.on) for item in reading.items] == [(count, None, None)]
    assert reading.ask is not None
    assert str(reading.ask.choices[0][0]) == f"{count} đoàn viên mới"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("kết nạp 2 đv: Nguyễn Thị Mai 1990, Trần Văn Tú 1985", 2),
        ("kết nạp 3 đồng chí Nguyễn Thị Mai, Trần Văn Tú, Lê An", 3),
        ("2 bạn Nguyễn Thị Mai và Trần Văn Tú mới vô công đoàn", 2),
    ],
)
def test_a_number_that_is_said_is_sure(text: str, count: int) -> None:
    reading = understand(text, TODAY)
    assert [(item.value, item.place) for item in reading.items] == [(count, None)]
    assert reading.ask is None


def test_a_bare_list_of_names_reports_nothing() -> None:
    reading = understand("Nguyễn Thị Mai, 90\nTrần Văn Tú, 85\nLê Thị Bé, 1993", TODAY)
    assert (reading.intent, reading.items, reading.losses) == (Intent.OTHER, (), ())


@pytest.mark.parametrize(
    ("text", "place", "value"),
    [
        ("trường Nguyễn Văn Trỗi kết nạp 5 đv", "trường Nguyễn Văn Trỗi", 5),
        ("cty TNHH Trần Văn Long kết nạp 7 bạn", "cty TNHH Trần Văn Long", 7),
    ],
)
def test_a_workplace_may_bear_the_name_of_a_person(text: str, place: str, value: int) -> None:
    assert [(item.value, item.place) for item in understand(text, TODAY).items] == [(value, place)]
