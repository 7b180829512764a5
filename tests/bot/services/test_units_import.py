from dataclasses import replace
from datetime import date

from bot.documents.units_sheet import UnitRow
from bot.services.enrolment import invite_cards, redeem_code
from bot.services.invites import create_invite, live_invites
from bot.services.units_import import FieldChange, UnitsPreview, apply, preview
from domain.messages import Incoming, IncomingKind
from domain.people import Role, Unit, UnitKind, UnitLevel
from tests.people import MONDAY, House

UNION, ENTERPRISE = UnitLevel.GRASSROOTS, UnitKind.ENTERPRISE

DIEU = UnitRow(
    4, "dieu", "CĐCS Hạt điều Phước Minh", UNION, ENTERPRISE, workers=130, shares=(("doan_vien_moi", 30),)
)
BAO_BI = UnitRow(
    5,
    "cdcs-bao-bi",
    "CĐCS Bao bì",
    UNION,
    ENTERPRISE,
    groups=("xã A", "nữ công"),
    sector="bao bì",
    workers=42,
    members=40,
    shares=(("doan_vien_moi", 5), ("doi_thoai", 1)),
    chair_name="Lý Thị Mai",
    chair_address="chị",
    code_is_derived=True,
)


def done(house: House, *rows: UnitRow) -> UnitsPreview:
    with house.context("staff") as context:
        return apply(context, rows)


def unit(house: House, code: str) -> Unit:
    with house.context() as context:
        found = context.uow.units.first(code=code)
    assert found is not None
    return found


def shares(house: House, unit_id: int) -> dict[str, int]:
    with house.context() as context:
        return {one.indicator: one.goal for one in context.uow.allocations.find(unit_id=unit_id, year=2024)}


def invited(house: House, unit_id: int) -> list[str]:
    with house.context() as context:
        wanted = context.uow.units.get(unit_id)
        return [invite.person_name for invite in live_invites(context, wanted, Role.CHAIR)]


def test_it_says_what_would_change_and_changes_nothing(house: House) -> None:
    with house.context("staff") as context:
        plan = preview(context, (DIEU, BAO_BI))
    assert plan.added == (BAO_BI,)
    assert [(one.unit.code, one.changes) for one in plan.changed] == [
        ("dieu", (FieldChange("workers", 120, 130), FieldChange("share:doan_vien_moi", None, 30)))
    ]
    assert plan.unchanged == ()
    assert [one.code for one in plan.missing] == ["may", "tram", "truong"]
    assert unit(house, "dieu").workers == 120
    with house.context() as context:
        assert context.uow.units.count() == 5


def test_it_adds_and_changes_units_with_their_shares(house: House) -> None:
    assert done(house, DIEU, BAO_BI).added == (BAO_BI,)
    added = unit(house, "cdcs-bao-bi")
    assert added == Unit(
        "cdcs-bao-bi",
        "CĐCS Bao bì",
        UNION,
        ENTERPRISE,
        house.units["van-phong"].id,
        ("xã A", "nữ công"),
        "bao bì",
        42,
        40,
        id=added.id,
    )
    assert unit(house, "dieu").workers == 130
    assert shares(house, added.id) == {"doan_vien_moi": 5, "doi_thoai": 1}
    assert shares(house, house.units["dieu"].id) == {"doan_vien_moi": 30}


def test_it_changes_nothing_the_second_time(house: House) -> None:
    done(house, DIEU, BAO_BI)
    again = done(house, DIEU, BAO_BI)
    assert (again.added, again.changed) == ((), ())
    assert [one.code for one in again.unchanged] == ["dieu", "cdcs-bao-bi"]
    assert len(invited(house, unit(house, "cdcs-bao-bi").id)) == 1


def test_it_removes_nothing_for_empty_cells(house: House) -> None:
    done(house, DIEU)
    bare = UnitRow(4, "dieu", DIEU.name, UNION, ENTERPRISE)
    assert done(house, bare).changed == ()
    assert unit(house, "dieu").workers == 130
    assert unit(house, "dieu").groups == ("xã A",)


def test_it_moves_a_share(house: House) -> None:
    done(house, DIEU)
    moved = done(house, replace(DIEU, shares=(("doan_vien_moi", 25),)))
    assert [one.changes for one in moved.changed] == [(FieldChange("share:doan_vien_moi", 30, 25),)]
    assert shares(house, house.units["dieu"].id) == {"doan_vien_moi": 25}


def test_it_knows_a_unit_by_name_when_the_sheet_has_no_code(house: House) -> None:
    row = replace(
        DIEU, code="cdcs-hat-dieu-phuoc-minh", name="CĐCS HẠT ĐIỀU PHƯỚC MINH", code_is_derived=True
    )
    changes = done(house, row).changed[0].changes
    assert FieldChange("name", "CĐCS Hạt điều Phước Minh", "CĐCS HẠT ĐIỀU PHƯỚC MINH") in changes
    assert unit(house, "dieu").name == "CĐCS HẠT ĐIỀU PHƯỚC MINH"


def test_it_gives_a_known_unit_the_code_of_the_sheet(house: House) -> None:
    done(house, replace(DIEU, code="D01"))
    assert unit(house, "D01").id == house.units["dieu"].id


def test_it_renames_a_unit_that_has_a_code(house: House) -> None:
    done(house, replace(DIEU, name="CĐCS Hạt điều Lộc Ninh"))
    assert unit(house, "dieu").name == "CĐCS Hạt điều Lộc Ninh"


def test_it_lets_no_row_touch_the_office(house: House) -> None:
    row = UnitRow(4, "van-phong", "Công đoàn phường An Hòa", UNION, ENTERPRISE)
    with house.context("staff") as context:
        assert preview(context, (row,)).added == (row,)
    done(house, row)
    assert unit(house, "van-phong").level is UnitLevel.OFFICE
    assert unit(house, "van-phong-2").level is UNION


def test_it_makes_a_code_for_the_chair_that_is_named(house: House) -> None:
    done(house, BAO_BI)
    with house.context() as context:
        assert [(card.unit, card.person) for card in invite_cards(context)] == [
            ("CĐCS Bao bì", "chị Lý Thị Mai")
        ]


def test_it_makes_no_code_for_a_workplace_without_a_union(house: House) -> None:
    done(house, replace(BAO_BI, level=UnitLevel.PROSPECT))
    assert invited(house, unit(house, "cdcs-bao-bi").id) == []


def test_it_makes_no_code_where_a_chair_has_joined(house: House) -> None:
    same = replace(DIEU, chair_name="Nguyễn Thị Hoa")
    assert done(house, same).other_chairs == ()
    other = done(house, replace(DIEU, chair_name="Lý Thị Mai"))
    assert [(one.code, name) for one, name in other.other_chairs] == [("dieu", "Lý Thị Mai")]
    assert invited(house, house.units["dieu"].id) == []


def test_it_withdraws_the_code_of_a_chair_whose_name_was_changed(house: House) -> None:
    done(house, BAO_BI)
    changed = done(house, replace(BAO_BI, chair_name="Lê Văn Tám", chair_address="anh"))
    assert changed.changed[0].changes == (FieldChange("chair", "chị Lý Thị Mai", "anh Lê Văn Tám"),)
    assert invited(house, unit(house, "cdcs-bao-bi").id) == ["anh Lê Văn Tám"]


def test_it_puts_the_name_on_a_code_that_was_given_out_without_one(house: House) -> None:
    done(house, replace(BAO_BI, chair_name=""))
    bao_bi = unit(house, "cdcs-bao-bi")
    with house.context("staff") as context:
        code = create_invite(context, bao_bi, Role.CHAIR).code
    done(house, BAO_BI)
    assert invited(house, bao_bi.id) == ["chị Lý Thị Mai"]
    with house.context() as context:
        incoming = Incoming("local", "new", "m1", MONDAY, IncomingKind.TEXT)
        redeem_code(context, incoming, code)
    assert done(house, BAO_BI).changed == ()


def test_it_does_not_name_a_union_that_has_ended_as_missing(house: House) -> None:
    with house.context() as context:
        context.uow.units.change(house.units["may"].id, valid_to=date(2024, 1, 31))
        plan = preview(context, (DIEU,))
    assert [one.code for one in plan.missing] == ["tram", "truong"]
