"""Progress over real tables: the sample plan, the list behind a share, units from the weakest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.services import ledger
from bot.services.context import Context
from bot.services.plans import store_plan
from bot.services.progress import (
    UnitShare,
    office_progress,
    progress_year,
    target_units,
    told_of,
    unit_dues,
    unit_progress_of,
    unit_standings,
)
from domain.ledger import Report, ReportState, Submission, SubmissionState
from domain.people import Unit, UnitKind, UnitLevel
from domain.plan import Allocation
from domain.progress import Standing, TargetProgress
from tests.bot.services.sample_plan import PLAN, TARGETS
from tests.people import MONDAY, House

APPROVED, PENDING = ReportState.APPROVED, ReportState.PENDING


def add(
    context: Context, unit: Unit, indicator: str, value: int, state: ReportState = APPROVED, **more: object
) -> None:
    number = more.pop("quarter", 2)
    period = context.uow.periods.find(year=2024, number=number)[0]
    ledger.add(
        context,
        Report(indicator, value, unit.id, period.id, state, "b", context.now, **more),  # type: ignore[arg-type]
    )


def prospect(context: Context, name: str, workers: int, **more: object) -> Unit:
    unit = Unit(name, name, UnitLevel.PROSPECT, UnitKind.ENTERPRISE, workers=workers, **more)  # type: ignore[arg-type]
    return context.uow.units.add(unit)


def target(context: Context, position: int) -> TargetProgress:
    return office_progress(context, 2024)[position - 1]


def weakest_first(rows: Sequence[UnitShare]) -> list[tuple[str, int | None, int, int]]:
    return [(one.unit.code, one.share, one.approved, one.pending) for one in rows]


def test_without_a_plan_there_is_no_progress_of_the_office(house: House) -> None:
    with house.context() as context:
        assert office_progress(context, 2024) == []
        assert progress_year(context) == 2024


def test_the_six_targets_of_the_sample_plan(house: House) -> None:
    dieu, may = house.units["dieu"], house.units["may"]
    with house.context() as context:
        store_plan(context, PLAN)
        add(context, dieu, "doan_vien_moi", 60, quarter=1)
        add(context, may, "doan_vien_moi", 50)
        add(context, may, "doan_vien_moi", 5, PENDING)
        add(context, may, "tuldtt", 1)
        add(context, dieu, "doi_thoai", 2)
        add(context, dieu, "doi_thoai", 1, quarter=1)
        add(context, may, "doi_thoai", 1, PENDING)
        found = office_progress(context, 2024)
    assert [(one.approved, one.pending, one.percent, one.reached) for one in found] == [
        (110, 5, Decimal("103.77"), True),
        (0, 0, None, False),
        (0, 0, None, False),
        (1, 0, Decimal("100.00"), True),
        (0, 0, Decimal("0.00"), False),
        (1, 1, Decimal("4.76"), False),
    ]
    assert [(one.quarter, one.approved, one.pending) for one in found[0].by_quarter][:2] == [
        (1, 60, 0),
        (2, 50, 5),
    ]
    assert (found[0].standing, found[0].gap) == (Standing.AHEAD, 84)
    assert (found[4].standing, found[4].gap) == (Standing.BEHIND, -5)


def test_551_of_530_is_103_96_percent(house: House) -> None:
    plan = replace(PLAN, targets=(replace(TARGETS[0], goal=Decimal(530)),))
    with house.context() as context:
        store_plan(context, plan)
        add(context, house.units["may"], "doan_vien_moi", 551)
        assert target(context, 1).percent == Decimal("103.96")


def test_a_share_needs_a_list_of_enterprises(house: House) -> None:
    with house.context() as context:
        store_plan(context, PLAN)
        add(context, house.units["dieu"], "cdcs_10_25", 1)
        found = target(context, 2)
    assert (found.approved, found.eligible, found.percent, found.standing) == (
        1,
        None,
        None,
        Standing.UNKNOWN,
    )


def test_the_list_holds_enterprises_of_the_class_within_the_year(house: House) -> None:
    with house.context() as context:
        store_plan(context, PLAN)
        for workers in (9, 10, 24, 25):
            prospect(context, f"Công ty {workers}", workers)
        prospect(context, "Đóng cửa năm trước", 15, valid_to=date(2023, 12, 31))
        prospect(context, "Đóng cửa trong năm", 15, valid_to=date(2024, 2, 1))
        prospect(context, "Mở năm sau", 15, valid_from=date(2025, 1, 1))
        assert (target(context, 2).eligible, target(context, 3).eligible) == (3, 1)


def test_an_enterprise_that_founded_its_union_stays_on_the_list_once(house: House) -> None:
    staff = house.units["van-phong"]
    with house.context() as context:
        store_plan(context, PLAN)
        first = prospect(context, "Công ty TNHH Bao bì Suối Đá", 18)
        prospect(context, "Công ty Gỗ Lộc Ninh", 20)
        third = prospect(context, "Công ty Nhựa Cầu Khởi", 22)
        union = context.uow.units.add(
            Unit("bao-bi", "CĐCS Công ty TNHH Bao bì Suối Đá", UnitLevel.GRASSROOTS, UnitKind.ENTERPRISE)
        )
        add(context, union, "cdcs_10_25", 1)
        assert (target(context, 2).eligible, target(context, 2).percent) == (3, Decimal("33.33"))
        context.uow.units.change(first.id, name="Hộ kinh doanh Tám", replaced_by_id=union.id)
        add(context, staff, "cdcs_10_25", 1, subject="go loc ninh", place="cty Gỗ Lộc Ninh")
        add(context, third, "cdcs_10_25", 1, PENDING)
        found = target(context, 2)
        assert (found.eligible, found.approved, found.pending, found.percent) == (3, 2, 1, Decimal("66.67"))


def test_a_counted_enterprise_that_was_never_listed_joins_the_list(house: House) -> None:
    with house.context() as context:
        store_plan(context, PLAN)
        prospect(context, "Công ty Nhựa Cầu Khởi", 22)
        add(context, house.units["van-phong"], "cdcs_10_25", 1, subject="minh phat")
        add(context, house.units["dieu"], "cdcs_10_25", 1, subject="minh phat", quarter=1)
        assert target(context, 2).eligible == 2


def test_the_units_of_a_share_are_those_still_without_a_union_and_the_counted(house: House) -> None:
    with house.context() as context:
        store_plan(context, PLAN)
        first = prospect(context, "Công ty Gỗ Lộc Ninh", 20)
        prospect(context, "Công ty Nhựa Cầu Khởi", 22)
        add(context, first, "cdcs_10_25", 1)
        rows = weakest_first(target_units(context, 2024, target(context, 2)))
    assert rows == [("Công ty Nhựa Cầu Khởi", None, 0, 0), ("Công ty Gỗ Lộc Ninh", None, 1, 0)]


def test_units_stand_from_the_weakest_share_on(house: House) -> None:
    units = house.units
    with house.context() as context:
        store_plan(context, PLAN)
        for code, goal in (("dieu", 30), ("may", 60), ("tram", 2)):
            context.uow.allocations.add(Allocation(2024, "doan_vien_moi", units[code].id, goal, MONDAY))
        add(context, units["dieu"], "doan_vien_moi", 12)
        add(context, units["may"], "doan_vien_moi", 3)
        add(context, units["may"], "doan_vien_moi", 15, PENDING)
        rows = weakest_first(target_units(context, 2024, target(context, 1)))
        dialogues = weakest_first(target_units(context, 2024, target(context, 6)))
    assert rows == [("tram", 2, 0, 0), ("may", 60, 3, 15), ("dieu", 30, 12, 0), ("truong", None, 0, 0)]
    assert [row[0] for row in dialogues] == ["dieu", "may"]


def test_a_closed_unit_with_figures_stays_in_the_breakdown(house: House) -> None:
    tram = house.units["tram"]
    with house.context() as context:
        store_plan(context, PLAN)
        add(context, tram, "doan_vien_moi", 2)
        context.uow.units.change(tram.id, valid_to=date(2024, 4, 1))
        assert ("tram", None, 2, 0) in weakest_first(target_units(context, 2024, target(context, 1)))


def test_a_unit_against_its_share(house: House) -> None:
    dieu = house.units["dieu"]
    with house.context("chair") as context:
        store_plan(context, PLAN)
        context.uow.allocations.add(Allocation(2024, "doan_vien_moi", dieu.id, 30, MONDAY))
        add(context, dieu, "doan_vien_moi", 17)
        add(context, dieu, "doan_vien_moi", 5, PENDING)
        add(context, house.units["may"], "doan_vien_moi", 40)
        found = unit_progress_of(context, dieu)
    assert [one.indicator.code for one in found] == [one.indicator for one in TARGETS]
    assert (found[0].share, found[0].approved, found[0].pending) == (30, 17, 5)
    assert (found[0].percent, found[0].gap) == (Decimal("56.67"), 13)
    assert [one.indicator.code for one in told_of(dieu, found)] == [
        "doan_vien_moi",
        "tuldtt",
        "hoi_nghi_nld",
        "doi_thoai",
    ]


def test_a_school_is_only_told_what_it_counts_for(house: House) -> None:
    with house.context("teacher") as context:
        found = unit_progress_of(context, house.units["truong"])
    assert [one.indicator.code for one in found] == ["doan_vien_moi"]


def test_all_units_from_the_weakest_on(house: House) -> None:
    units = house.units
    with house.context() as context:
        context.uow.allocations.add(Allocation(2024, "doan_vien_moi", units["truong"].id, 2, MONDAY))
        add(context, units["truong"], "doan_vien_moi", 1)
        add(context, units["tram"], "doan_vien_moi", 1, PENDING)
        add(context, units["may"], "doi_thoai", 1)
        found = unit_standings(context, 2024)
    assert [one.unit.code for one in found] == ["dieu", "may", "truong", "tram"]


@pytest.mark.parametrize(
    ("now", "closed", "expected"),
    [
        (datetime(2024, 4, 15, 2, 0, tzinfo=UTC), (), [(2, False, 66)]),
        (datetime(2024, 4, 15, 2, 0, tzinfo=UTC), (2,), [(2, True, 66)]),
        (datetime(2024, 6, 17, 2, 0, tzinfo=UTC), (), [(2, False, 3)]),
        (datetime(2024, 6, 17, 2, 0, tzinfo=UTC), (2,), [(2, True, 3), (3, False, 95)]),
        (datetime(2024, 6, 22, 2, 0, tzinfo=UTC), (), [(2, False, -2)]),
        (datetime(2024, 6, 26, 2, 0, tzinfo=UTC), (), [(3, False, 86)]),
    ],
)
def test_the_periods_that_a_unit_is_in(
    house: House, now: datetime, closed: tuple[int, ...], expected: list[tuple[int, bool, int]]
) -> None:
    dieu = house.units["dieu"]
    with house.context("chair", now) as context:
        for number in closed:
            period = context.uow.periods.find(number=number)[0]
            state = SubmissionState.CLOSED
            context.uow.submissions.add(Submission(dieu.id, period.id, state, nil=True, at=now))
        found = unit_dues(context, dieu)
    assert [(one.period.number, one.closed, one.days_left) for one in found] == expected


def test_a_due_period_names_what_is_there_and_what_is_waited_for(house: House) -> None:
    dieu = house.units["dieu"]
    with house.context("chair") as context:
        add(context, dieu, "doan_vien_moi", 5)
        add(context, dieu, "doan_vien_moi", 7, PENDING)
        (due,) = unit_dues(context, dieu)
    assert due.figures == {"doan_vien_moi": 12}
    assert [one.code for one in due.waited_for] == ["tuldtt", "hoi_nghi_nld", "doi_thoai"]
