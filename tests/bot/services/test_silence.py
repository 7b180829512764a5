"""Which unions are silent, partial or closed in a period, and who is to be called."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.services.context import Context
from bot.services.ledger import add
from bot.services.report_closing import close, keep_open
from bot.services.silence import Standings, period_in_question, standing_of_units
from domain.ledger import Report, ReportState
from domain.people import Contact, ContactState, Invite, Membership, Person, Role
from domain.plan import ReportingPeriod
from tests.people import MONDAY, House

JUNE_14 = datetime(2024, 6, 14, 2, 0, tzinfo=UTC)
JUNE_15 = datetime(2024, 6, 15, 2, 0, tzinfo=UTC)
JUNE_21 = datetime(2024, 6, 21, 2, 0, tzinfo=UTC)
JUNE_25 = datetime(2024, 6, 25, 2, 0, tzinfo=UTC)
JUNE_26 = datetime(2024, 6, 26, 2, 0, tzinfo=UTC)


def second(context: Context) -> ReportingPeriod:
    return context.uow.periods.find(year=2024, number=2)[0]


def report(
    context: Context, unit_id: int, value: int, state: ReportState, code: str = "doan_vien_moi"
) -> None:
    add(context, Report(code, value, unit_id, second(context).id, state, f"b{value}", context.now))


def codes(found: Standings) -> tuple[list[str], list[str], list[str]]:
    lists = (found.silent, found.partial, found.closed)
    silent, partial, closed = ([one.unit.code for one in units] for units in lists)
    return silent, partial, closed


def test_without_any_answer_all_are_silent_by_name(house: House) -> None:
    with house.context("staff") as context:
        found = standing_of_units(context, second(context))
    assert codes(found) == (["dieu", "may", "tram", "truong"], [], [])
    assert (found.total, found.late) == (4, 0)


def test_figures_or_a_promise_make_a_unit_partial(house: House) -> None:
    dieu, may = house.units["dieu"], house.units["may"]
    with house.context("chair") as context:
        report(context, dieu.id, 5, ReportState.PENDING)
        report(context, dieu.id, 7, ReportState.APPROVED)
        report(context, dieu.id, 1, ReportState.PENDING, "doi_thoai")
        keep_open(context, may, second(context))
        found = standing_of_units(context, second(context))
    assert codes(found) == (["tram", "truong"], ["dieu", "may"], [])
    assert [dict(one.figures) for one in found.partial] == [{"doan_vien_moi": 12, "doi_thoai": 1}, {}]


def test_a_figure_that_nobody_confirmed_is_shown_apart(house: House) -> None:
    with house.context("chair") as context:
        report(context, house.units["dieu"].id, 5, ReportState.UNCONFIRMED)
        found = standing_of_units(context, second(context))
    assert codes(found)[:2] == (["may", "tram", "truong"], ["dieu"])
    assert (found.partial[0].figures, found.partial[0].unconfirmed) == ({}, {"doan_vien_moi": 5})


def test_closing_tells_on_time_from_late_and_nil_from_figures(house: House) -> None:
    with house.context("chair", JUNE_15) as context:
        report(context, house.units["dieu"].id, 5, ReportState.PENDING)
        close(context, house.units["dieu"], second(context))
    with house.context("other_chair", JUNE_21) as context:
        close(context, house.units["may"], second(context), nil=True)
        found = standing_of_units(context, second(context))
    told = [(one.unit.code, one.on_time, one.nil) for one in found.closed]
    assert told == [("dieu", True, False), ("may", False, True)]
    assert (codes(found)[0], found.total, found.late) == (["tram", "truong"], 4, 1)


def test_only_unions_that_stood_in_the_period_and_stand_today_are_asked(house: House) -> None:
    with house.context("staff", JUNE_21) as context:
        context.uow.units.change(house.units["may"].id, valid_from=date(2024, 6, 15))
        context.uow.units.change(house.units["tram"].id, valid_to=date(2024, 6, 20))
        context.uow.units.change(house.units["truong"].id, valid_from=date(2024, 6, 14))
        found = standing_of_units(context, second(context))
    assert codes(found) == (["dieu", "truong"], [], [])


def test_a_silent_unit_comes_with_who_speaks_for_it(house: House) -> None:
    people, units = house.people, house.units
    with house.context("staff") as context:
        context.uow.people.change(people["chair"].id, phone="0912 345 678")
        context.uow.contacts.change_where({"chat_id": "other_chair"}, state=ContactState.UNREACHABLE)
        context.uow.memberships.change_where({"unit_id": units["tram"].id}, valid_to=date(2024, 4, 14))
        context.uow.memberships.change_where({"unit_id": units["truong"].id}, role=Role.DEPUTY)
        deputy = context.uow.people.add(Person("Bùi Thị Năm", "chị"))
        context.uow.memberships.add(Membership(deputy.id, units["dieu"].id, Role.DEPUTY, date(2024, 4, 1)))
        context.uow.contacts.add(Contact(deputy.id, "local", "d", ContactState.ACTIVE, MONDAY))
        for code, name in (("A", "chị Một"), ("B", "anh Hai")):
            context.uow.invites.add(Invite(code, units["tram"].id, Role.CHAIR, name, MONDAY, MONDAY))
        found = standing_of_units(context, second(context))
    told = [
        (one.unit.code, one.speaker.person.name, one.speaker.person.phone, one.speaker.reachable)
        for one in found.silent
        if one.speaker is not None
    ]
    assert told == [
        ("dieu", "Nguyễn Thị Hoa", "0912 345 678", True),
        ("may", "Trần Minh Đức", "", False),
        ("truong", "Phạm Thị Lan", "", True),
    ]
    assert [one.invited for one in found.silent if one.speaker is None] == ["anh Hai"]


@pytest.mark.parametrize(
    ("now", "quarter", "expected"),
    [
        (MONDAY, None, 2),
        (JUNE_14, None, 2),  # The last day of the period.
        (JUNE_15, None, 2),  # Past its cut-off: that is the one people are asked for.
        (JUNE_25, None, 2),  # The last day of grace.
        (JUNE_26, None, 3),
        (JUNE_26, 1, 1),
        (JUNE_26, 4, None),
    ],
)
def test_a_question_means_the_period_that_is_asked_for(
    house: House, now: datetime, quarter: int | None, expected: int | None
) -> None:
    with house.context("staff", now) as context:
        if now < JUNE_26:  # One who has closed changes nothing for all.
            close(context, house.units["dieu"], second(context))
        found = period_in_question(context, quarter)
    assert (found.number if found else None) == expected
