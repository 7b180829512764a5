"""Records go in and come out unchanged, and claims are won once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.errors import NotFound
from domain.messages import Choice, ConversationState, OutboxRow, OutboxState, Priority
from domain.people import Role, Unit, UnitKind, UnitLevel
from domain.plan import Indicator, Measure, PeriodKind, PlanHead, PlanPeriod, Target
from storage.database import Database

NOW = datetime(2024, 4, 12, 3, 30, tzinfo=UTC)


def unit(code: str, **values: object) -> Unit:
    return Unit(code, f"CĐCS {code}", UnitLevel.GRASSROOTS, UnitKind.SCHOOL, **values)  # type: ignore[arg-type]


def test_records_come_back_as_they_went_in(database: Database) -> None:
    records = [
        unit("a", groups=("khối trường", "xã A"), valid_from=date(2024, 1, 1), workers=12),
        Indicator("doi_thoai", "đối thoại", "doanh nghiệp", Measure.SUM, (UnitKind.ENTERPRISE,), (), 3),
    ]
    with database.begin() as uow:
        kept_unit = uow.units.add(records[0])  # type: ignore[arg-type]
        kept_indicator = uow.indicators.add(records[1])  # type: ignore[arg-type]
        plan = uow.plans.add(PlanHead("31/KH", date(2024, 4, 1), 2024, "LĐLĐ", "Kế hoạch"))
        uow.targets.add(
            Target("doi_thoai", "21 DN", Decimal("21"), "doanh nghiệp", Measure.SUM, plan_id=plan.id)
        )
    with database.begin() as uow:
        assert uow.units.get(kept_unit.id) == kept_unit
        assert uow.indicators.first(code="doi_thoai") == kept_indicator
        assert uow.targets.find()[0].goal == Decimal("21")


def test_plans_of_several_periods_stand_side_by_side(database: Database) -> None:
    autumn = (date(2024, 10, 1), date(2024, 12, 31))
    of_year = PlanHead("31/KH", None, 2024, "LĐLĐ", "Kế hoạch")
    of_quarter = PlanHead(
        *("32/KH", None, 2024, "LĐLĐ", "Kế hoạch"),
        kind=PeriodKind.QUARTER,
        starts_on=autumn[0],
        ends_on=autumn[1],
        scope="quarter 10",
    )
    with database.begin() as uow:
        for head in (of_year, of_quarter):
            assert uow.plans.add_new(head, "year", "scope") is not None
            assert uow.plans.add_new(head, "year", "scope") is None
    with database.begin() as uow:
        first, second = uow.plans.find("id")
        assert first.period == PlanPeriod(PeriodKind.YEAR, date(2024, 1, 1), date(2024, 12, 31))
        assert second.period == PlanPeriod(PeriodKind.QUARTER, *autumn)
        assert uow.plans.find(year=2024, kind=PeriodKind.QUARTER) == [second]


def test_a_dialogue_comes_back_with_its_data_and_choices(database: Database) -> None:
    choices = (Choice("Đúng", "report.ok:1"), Choice("Không có", "report.zero:1", numbered=False))
    state = ConversationState("local", "7", NOW, "report.count", {"left": ["doi_thoai"]}, choices, NOW)
    with database.begin() as uow:
        uow.states.add(state)
    with database.begin() as uow:
        found = uow.states.first(account="local", chat_id="7")
    assert found is not None
    assert (found.data, found.choices, found.updated_at) == (state.data, state.choices, NOW)


def test_it_finds_by_value_by_list_and_by_null(database: Database) -> None:
    with database.begin() as uow:
        parent = uow.units.add(unit("office"))
        for code in "abc":
            uow.units.add(unit(code, parent_id=parent.id))
        assert [u.code for u in uow.units.find(parent_id=parent.id)] == ["a", "b", "c"]
        assert [u.code for u in uow.units.find("-code", code=("a", "c"))] == ["c", "a"]
        assert [u.code for u in uow.units.find(parent_id=None)] == ["office"]
        assert uow.units.find(code=()) == []
        assert uow.units.count(parent_id=parent.id) == 3


def test_it_changes_counts_and_removes(database: Database) -> None:
    with database.begin() as uow:
        kept = uow.units.add(unit("a"))
        uow.units.change(kept.id, workers=40, valid_to=date(2024, 6, 30))
        assert uow.units.get(kept.id).workers == 40
        assert uow.units.change_where({"code": "nobody"}, workers=1) == 0
        assert uow.units.delete(code="a") == 1
        with pytest.raises(NotFound):
            uow.units.change(kept.id, workers=41)


def test_a_unique_row_is_added_once(database: Database) -> None:
    with database.begin() as uow:
        row = OutboxRow("remind:1", "local", "7", Priority.REMINDER, "Chị ơi", NOW, NOW)
        assert uow.outbox.add_new(row, "key") is not None
        assert uow.outbox.add_new(row, "key") is None
        assert uow.outbox.count(state=OutboxState.QUEUED) == 1


def test_roles_are_those_of_the_day(database: Database) -> None:
    from domain.people import Membership, Person

    with database.begin() as uow:
        place = uow.units.add(unit("a"))
        person = uow.people.add(Person("Hoa"))
        uow.memberships.add(Membership(person.id, place.id, Role.CHAIR, date(2024, 1, 1), date(2024, 5, 31)))
        assert uow.queries.roles_of(person.id, date(2024, 5, 31)) == ((place, Role.CHAIR),)
        assert uow.queries.roles_of(person.id, date(2024, 6, 1)) == ()
        held = uow.queries.people_with_roles([Role.CHAIR], date(2024, 4, 1), place.id)
        assert [m.person_id for m in held] == [person.id]


def test_a_question_is_asked_again_after_a_write(database: Database) -> None:
    with database.begin() as uow:
        assert uow.units.find(code="a") == []
        kept = uow.units.add(unit("a"))
        assert uow.units.find(code="a") == [kept]
        uow.units.change(kept.id, workers=7)
        assert uow.units.get(kept.id).workers == 7
        uow.units.delete(code="a")
        assert uow.units.find(code="a") == []


def test_an_answer_that_is_remembered_cannot_be_spoilt(database: Database) -> None:
    with database.begin() as uow:
        kept = uow.units.add(unit("a"))
        uow.units.find(code="a").clear()
        assert uow.units.find(code="a") == [kept]
