"""Figures in words: the same wherever they are read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.ledger import Report, ReportState
from domain.people import UnitKind
from domain.plan import Indicator, Measure, ReportingPeriod
from messages_vi.indicators import STANDING
from messages_vi.reports import (
    amount,
    draft_choices,
    draft_lines,
    enough_choices,
    figure,
    kind_names,
    names,
    period_name,
    state_name,
)

TODAY = date(2024, 4, 15)
KNOWN = {one.code: one for one in STANDING}
NOW = datetime(2024, 4, 15, 2, 0, tzinfo=UTC)


def row(indicator: str = "doan_vien_moi", value: int = 5, **more: Any) -> Report:
    return replace(Report(indicator, value, 1, 2, ReportState.UNCONFIRMED, "7", NOW, id=3), **more)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (row(), "5 đoàn viên mới"),
        (row(happened_on=date(2024, 4, 12)), "5 đoàn viên mới, ngày 12/4"),
        (row(happened_on=date(2023, 4, 12)), "5 đoàn viên mới, ngày 12/4/2023"),
        (row(value=1250, women=1100), "1.250 đoàn viên mới (trong đó 1.100 nữ)"),
        (row("doi_thoai", 1, people=33), "1 cuộc đối thoại, 33 người dự"),
        (row("hoi_nghi_nld", 1, people=150), "1 hội nghị người lao động, 150 người dự"),
        (row("tuldtt", 1, people=95), "1 thỏa ước lao động tập thể ký mới, 95 lao động được áp dụng"),
        (
            row("cdcs_25", 1, people=42, place="Cty Bao bì Suối Đá", subject="bao bi suoi da"),
            "1 công đoàn cơ sở mới ở doanh nghiệp từ 25 lao động, tại Cty Bao bì Suối Đá, 42 lao động",
        ),
        (row("doi_thoai", 1, place="cty em", subject=""), "1 cuộc đối thoại"),
        (row("tuldtt", 0), "không có thỏa ước lao động tập thể ký mới"),
    ],
)
def test_a_row_is_said_in_full(one: Report, said: str) -> None:
    assert figure(one, KNOWN[one.indicator], TODAY) == said


def test_an_indicator_of_a_new_plan_is_said_by_its_name() -> None:
    assert amount(Indicator("qua_tet", "phần quà Tết", "suất", Measure.SUM), 32) == "32 phần quà Tết"


def test_a_draft_is_a_list() -> None:
    rows = [row(happened_on=date(2024, 4, 12)), row("doi_thoai", 1, people=33)]
    assert draft_lines(rows, STANDING, TODAY) == (
        "• 5 đoàn viên mới, ngày 12/4\n• 1 cuộc đối thoại, 33 người dự"
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (row(), row(value=7), "• 5 → 7 đoàn viên mới"),
        (row(), row(value=0), "• bỏ 5 đoàn viên mới"),
        (
            row(happened_on=date(2024, 4, 11)),
            row(happened_on=date(2024, 4, 10)),
            "• 5 đoàn viên mới, ngày 11/4 → 5 đoàn viên mới, ngày 10/4",
        ),
    ],
)
def test_a_correction_says_what_was_there_before(old: Report, new: Report, said: str) -> None:
    assert draft_lines([new], STANDING, TODAY, {new.id: old}) == said


def test_what_a_place_says_never_becomes_a_mark() -> None:
    odd = row("doi_thoai", 1, place="\ue000Cty\ue001", subject="cty")
    assert figure(odd, KNOWN["doi_thoai"], TODAY) == "1 cuộc đối thoại, tại Cty"


def test_the_answers_to_a_read_back_carry_what_was_read() -> None:
    assert [(one.label, one.action) for one in draft_choices("17", 45)] == [
        ("Đúng", "report.ok:17.45"),
        ("Sửa", "report.fix:17"),
        ("Bỏ", "report.drop:17"),
    ]
    assert draft_choices("17")[0].action == "report.ok:17"
    assert [(one.label, one.action) for one in enough_choices(3, 2)] == [
        ("Đủ rồi", "report.enough:2.3"),
        ("Còn bổ sung", "report.more:2.3"),
    ]


def test_names_of_things() -> None:
    period = ReportingPeriod(2023, 4, date(2023, 9, 15), date(2023, 12, 14), date(2023, 12, 20))
    assert period_name(period, TODAY) == "quý IV/2023"
    assert period_name(period, date(2023, 12, 1)) == "quý IV"
    assert names([KNOWN["doi_thoai"]]) == "đối thoại"
    assert names(STANDING[3:]) == ("thỏa ước lao động tập thể ký mới, hội nghị người lao động và đối thoại")
    assert kind_names((UnitKind.ENTERPRISE,)) == "doanh nghiệp"
    assert [state_name(state) for state in ReportState] == [
        "chờ xác nhận",
        "chờ duyệt",
        "đã duyệt",
        "văn phòng nhờ xem lại",
        "đã bỏ",
    ]
