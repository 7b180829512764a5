"""Figures of an indicator that a new plan brings, from the chair's line to the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.services.plans import store_plan
from domain.plan import Measure, PlanHead, Target, YearPlan
from messages_vi.office_words import IndicatorWords, OfficeWords
from tests.bot.conversation.reporting import chat, figures
from tests.people import House

GIFTS = Target("tang_qua", "Tặng quà cho đoàn viên khó khăn: 300 suất", Decimal(300), "suất", Measure.SUM)
PLAN = YearPlan(
    PlanHead("12/KH-CĐ", date(2024, 1, 5), 2024, "Công đoàn phường An Hòa", "Kế hoạch"), (GIFTS,), ()
)


def _with_plan(house: House) -> None:
    with house.context() as context:
        store_plan(context, PLAN)


def test_a_chair_reports_it_like_any_other_figure(small_house: House) -> None:
    _with_plan(small_house)
    talk = chat(small_house)
    (said,) = talk.say("chair", "hôm qua tặng 32 suất quà, kết nạp 5 đoàn viên")
    assert said == (
        "Em ghi thế này, đúng không chị?\n"
        "• 32 tặng quà cho đoàn viên khó khăn, ngày 14/4\n"
        "• 5 đoàn viên mới, ngày 14/4"
    )
    talk.say("chair", "đúng")
    assert figures(small_house) == {"tang_qua": 32, "doan_vien_moi": 5}


def test_without_the_plan_the_line_brings_no_such_figure(small_house: House) -> None:
    assert chat(small_house).say("chair", "hôm qua tặng 32 suất quà") == ["?"]


def test_the_words_of_the_office_name_it_too(small_house: House) -> None:
    _with_plan(small_house)
    small_house.office = replace(
        small_house.office,
        words=OfficeWords(indicators=(IndicatorWords("tang_qua", ("túi an sinh",), ("túi",)),)),
    )
    (said,) = chat(small_house).say("chair", "phát 40 túi an sinh")
    assert "• 40 tặng quà cho đoàn viên khó khăn" in said
