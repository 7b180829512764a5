from datetime import date

import pytest

from bot.services.enrolment import hand_over
from bot.services.invites import create_invite
from bot.services.unit_search import best_matches, name_key
from bot.services.units import (
    add_unit,
    chairs,
    ensure_office,
    grassroots_unions,
    match_unit,
    office_unit,
    plan_year,
    view_unit,
)
from domain.errors import InputError, NotFound
from domain.people import ContactState, Role, Unit, UnitKind, UnitLevel
from domain.plan import Allocation, PlanHead
from tests.people import MONDAY, House

NAMES = (
    "CĐCS Công ty TNHH Hạt điều Phước Minh",
    "CĐCS Công ty Cổ phần May Suối Đá",
    "CĐCS Công ty TNHH MTV Bao bì Suối Đá",
    "CĐCS Trường Tiểu học Cầu Khởi",
    "CĐCS Trường Mầm non Cầu Khởi",
    "CĐCS Trường Tiểu học Suối Đá 1",
    "CĐCS Trường Tiểu học Suối Đá 2",
    "CĐCS Trạm Y tế xã Lộc Ninh",
)
UNITS = tuple(
    Unit(str(number), name, UnitLevel.GRASSROOTS, UnitKind.OTHER, id=number)
    for number, name in enumerate(NAMES, start=1)
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("CĐCS Trường Tiểu học Cầu Khởi", [4]),
        ("cty may suoi da", [2]),
        ("may suối đá", [2]),
        ("Công ty CP May Suối Đá", [2]),
        ("hat dieu", [1]),
        ("HẠT ĐIỀU PHƯỚC MINH", [1]),
        ("hạt diều phước mình", [1]),
        ("hat dieu phuoc mnih", [1]),
        ("th cau khoi", [4]),
        ("mn cầu khởi", [5]),
        ("cầu khởi", [5, 4]),
        ("th suoi da 2", [7]),
        ("tieu hoc suoi da", [6, 7]),
        ("tyt loc ninh", [8]),
        ("suối đá", [2, 3, 6, 7]),
        ("maysuoida", [2]),
        ("hạt điều xuất khẩu Phước Minh Tây", []),
        ("trạm y tế Lộc Nin", [8]),
        ("th suoi da 3", []),
        ("lộc minh", [8]),
        ("xí nghiệp gạch Tân Bình", []),
        ("công ty", []),
        ("", []),
        ("?!", []),
    ],
)
def test_it_finds_a_unit_by_what_is_typed_of_its_name(typed: str, found: list[int]) -> None:
    assert [unit.id for unit in best_matches(typed, UNITS, 6)] == found


def test_it_gives_no_more_units_than_asked_for() -> None:
    assert len(best_matches("suối đá", UNITS, 2)) == 2


def test_it_reduces_a_name_to_what_tells_it_from_others() -> None:
    assert (
        name_key("CĐCS Công ty TNHH MTV Chế biến Hạt điều")
        == name_key("cty cb hạt điều")
        == "che bien hat dieu"
    )


def test_it_looks_among_the_unions_that_stand_today(house: House) -> None:
    with house.context("staff") as context:
        context.uow.units.change(house.units["may"].id, valid_to=date(2024, 4, 14))
        context.uow.units.change(house.units["tram"].id, level=UnitLevel.PROSPECT)
        assert [unit.code for unit in match_unit(context, "hat dieu")] == ["dieu"]
        assert match_unit(context, "may suối đá") == []
        assert match_unit(context, "lộc ninh") == []
        assert match_unit(context, "An Hòa") == []
        assert [unit.code for unit in grassroots_unions(context)] == ["dieu", "truong"]


def test_it_makes_the_office_once_and_follows_its_name(house: House) -> None:
    with house.context() as context:
        office = office_unit(context)
        assert ensure_office(context, "Công đoàn phường An Hòa") == office
        renamed = ensure_office(context, "Công đoàn xã Lộc Ninh")
        assert renamed.id == house.units["van-phong"].id
        assert context.uow.units.count(level=UnitLevel.OFFICE) == 1


def test_it_makes_an_office_where_there_is_none(house: House) -> None:
    with house.context() as context:
        context.uow.units.change_where({"level": UnitLevel.OFFICE}, level=UnitLevel.PROSPECT)
        office = ensure_office(context, "Công đoàn phường An Hòa")
        assert (office.name, office.level) == ("Công đoàn phường An Hòa", UnitLevel.OFFICE)
        assert office.code == "cong-doan-phuong-an-hoa"


def test_it_adds_a_union_below_the_office(house: House) -> None:
    with house.context("staff") as context:
        added = add_unit(context, "CĐCS Bao bì Tân Bình", UnitKind.ENTERPRISE, 42)
        assert context.uow.units.get(added.id) == added
        assert added.parent_id == house.units["van-phong"].id
        assert (added.code, added.workers) == ("cdcs-bao-bi-tan-binh", 42)


@pytest.mark.parametrize("name", ["CĐCS May Suối Đá", "cdcs may suoi da", "Công đoàn phường An Hòa"])
def test_it_adds_no_name_twice(house: House, name: str) -> None:
    with house.context("staff") as context, pytest.raises(InputError, match="unit_exists"):
        add_unit(context, name, UnitKind.ENTERPRISE, None)


def test_it_shows_who_acts_for_a_unit_and_what_it_was_given(house: House) -> None:
    dieu, deputy = house.units["dieu"], house.people["deputy"]
    with house.context("staff") as context:
        context.uow.allocations.add(Allocation(2024, "doan_vien_moi", dieu.id, 30, MONDAY))
        context.uow.contacts.change_where({"person_id": deputy.id}, state=ContactState.UNREACHABLE)
        view = view_unit(context, dieu.id)
        with pytest.raises(NotFound):
            view_unit(context, 999)
    assert [(one.person.name, one.membership.role, one.reachable) for one in view.people] == [
        ("Nguyễn Thị Hoa", Role.CHAIR, True),
        ("Lê Văn Tám", Role.DEPUTY, False),
    ]
    assert [(share.indicator, share.goal) for share in view.shares] == [("doan_vien_moi", 30)]
    assert view.invited is None


def test_it_shows_the_code_that_waits_for_the_chair(house: House) -> None:
    with house.context("staff") as context:
        invite = create_invite(context, house.units["dieu"], Role.CHAIR, "anh Nam")
        create_invite(context, house.units["dieu"], Role.DEPUTY, "chị Mai")
        assert view_unit(context, house.units["dieu"].id).invited == invite


def test_it_counts_no_chair_whose_time_ends_before_it_begins(house: House) -> None:
    with house.context("staff") as context:
        hand_over(context, house.units["dieu"], "anh Nam", date(2023, 12, 1))
        assert house.people["chair"].id not in {held.person_id for held in chairs(context)}


@pytest.mark.parametrize(("plans", "year"), [((), 2024), ((2023,), 2023), ((2023, 2024, 2025), 2024)])
def test_it_knows_the_year_of_the_plan(house: House, plans: tuple[int, ...], year: int) -> None:
    with house.context() as context:
        for one in plans:
            context.uow.plans.add(PlanHead("1", None, one, "", ""))
        assert plan_year(context) == year
