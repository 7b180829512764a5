import pytest

from bot.services.invites import create_invite
from domain.messages import Attachment
from domain.people import ContactState, Role, Unit, UnitKind, UnitLevel
from domain.plan import Allocation
from tests.bot.conversation.enrol_chat import enrol_chat
from tests.people import MONDAY, Chat, House

NOT_FOR_YOU = "Việc này em chưa làm cho "


@pytest.fixture
def chat(small_house: House) -> Chat:
    return enrol_chat(small_house)


def add_unions(chat: Chat, count: int) -> None:
    with chat.house.context() as context:
        for number in range(1, count + 1):
            name = f"CĐCS Cao su Đội {number:02}"
            context.uow.units.add(Unit(f"x{number}", name, UnitLevel.GRASSROOTS, UnitKind.ENTERPRISE))


def names(chat: Chat) -> list[str]:
    with chat.house.context() as context:
        return [unit.name for unit in context.uow.units.find(level=UnitLevel.GRASSROOTS)]


def test_staff_see_all_units_with_their_kinds(chat: Chat) -> None:
    assert chat.say("staff", "/donvi") == [
        "4 công đoàn cơ sở: 2 doanh nghiệp, 1 trường công lập, 1 cơ sở y tế công lập. "
        "Dấu ⏳ là chưa có chủ tịch tham gia.\n"
        "• CĐCS Hạt điều Phước Minh\n• CĐCS May Suối Đá\n• CĐCS Trạm Y tế xã Lộc Ninh\n"
        "• CĐCS Trường Tiểu học Cầu Khởi\n"
        "Chị gõ /donvi kèm vài chữ trong tên để xem một đơn vị."
    ]
    assert chat.choices("staff") == ["Thêm đơn vị"]


def test_a_long_list_comes_page_by_page(chat: Chat) -> None:
    add_unions(chat, 20)
    (first,) = chat.say("staff", "/donvi")
    assert first.count("\n• ") == 10
    assert "• CĐCS Cao su Đội 01 ⏳\n" in first
    assert chat.choices("staff") == ["Tiếp", "Thêm đơn vị"]
    (second,) = chat.say("staff", "tiếp")
    assert second.startswith("• CĐCS Cao su Đội 11 ⏳\n")
    (third,) = chat.say("staff", "tiep")
    assert third.count("• ") == 4
    assert chat.choices("staff") == ["Thêm đơn vị"]


def test_exactly_one_page_has_no_next_one(chat: Chat) -> None:
    add_unions(chat, 6)
    chat.say("staff", "/donvi")
    assert chat.choices("staff") == ["Thêm đơn vị"]


def test_staff_see_one_unit(chat: Chat) -> None:
    dieu = chat.house.units["dieu"]
    with chat.house.context() as context:
        context.uow.units.change(dieu.id, members=1118)
        context.uow.allocations.add(Allocation(2024, "doan_vien_moi", dieu.id, 30, MONDAY))
        context.uow.contacts.change_where({"chat_id": "deputy"}, state=ContactState.UNREACHABLE)
    assert chat.say("staff", "/donvi hat dieu") == [
        "CĐCS Hạt điều Phước Minh\n"
        "Doanh nghiệp, 120 lao động, 1.118 đoàn viên, xã A\n"
        "Chủ tịch: chị Nguyễn Thị Hoa\n"
        "Phó chủ tịch: anh Lê Văn Tám, hiện không nhận được tin\n"
        "Giao năm 2024: 30 đoàn viên mới."
    ]
    assert chat.choices("staff") == []


def test_a_unit_without_a_chair_offers_to_invite_one(chat: Chat) -> None:
    add_unions(chat, 1)
    assert chat.say("staff", "/donvi cao su") == [
        "CĐCS Cao su Đội 01\nDoanh nghiệp\n⏳ Chưa có chủ tịch tham gia."
    ]
    assert chat.tap("staff", "Mời chủ tịch")[0].startswith("Ai là chủ tịch CĐCS Cao su Đội 01?")
    with chat.house.context("staff") as context:
        unit = context.uow.units.find(code="x1")[0]
        create_invite(context, unit, Role.CHAIR, "chị Lý Thị Mai")
    assert chat.say("staff", "/donvi cao su")[0].endswith(
        "⏳ Chủ tịch chị Lý Thị Mai đã có mã, chưa tham gia."
    )


def test_a_handover_shows_in_the_unit(chat: Chat) -> None:
    chat.say("staff", "/bangiao hạt điều")
    chat.say("staff", "anh Lý Văn Nam từ 1/5")
    forwarded = chat.tap("staff", "Đúng")[-1]
    chat.say("new", forwarded)
    lines = chat.say("staff", "/donvi hạt điều")[0].splitlines()
    assert "Chủ tịch: chị Nguyễn Thị Hoa, đến hết 30/4" in lines
    assert "Chủ tịch: anh Lý Văn Nam, từ 1/5" in lines


def test_similar_names_are_offered(chat: Chat) -> None:
    add_unions(chat, 3)
    assert chat.say("staff", "/donvi cao su") == ["Đơn vị nào trong các đơn vị sau ạ?"]
    assert chat.say("staff", "2")[0].startswith("CĐCS Cao su Đội 02\n")
    assert chat.say("staff", "/donvi gạch ngói")[0].startswith("Em chưa tìm ra đơn vị nào giống “gạch ngói”.")


def test_a_leader_sees_but_does_not_add(chat: Chat) -> None:
    add_unions(chat, 1)
    assert chat.say("leader", "/donvi")[0].startswith("5 công đoàn cơ sở")
    assert chat.choices("leader") == []
    chat.say("leader", "/donvi cao su")
    assert chat.choices("leader") == []
    assert chat.say("leader", "/donvi thêm")[0].startswith(NOT_FOR_YOU)
    assert chat.tap_action("leader", "units.add")[0].startswith(NOT_FOR_YOU)


@pytest.mark.parametrize("typed", ["/donvi", "/donvi may", "/donvi thêm"])
def test_chairs_see_no_other_unit(chat: Chat, typed: str) -> None:
    assert chat.say("chair", typed)[0].startswith(NOT_FOR_YOU)
    unit_id = chat.house.units["may"].id
    assert chat.tap_action("chair", f"units.one:{unit_id}")[0].startswith(NOT_FOR_YOU)


def test_staff_add_a_unit_step_by_step(chat: Chat) -> None:
    assert chat.say("staff", "/donvi thêm") == [
        "Tên đầy đủ của công đoàn cơ sở là gì, đúng như trong con dấu?"
    ]
    assert chat.say("staff", "CĐCS  Bao bì Tân Bình") == ["CĐCS Bao bì Tân Bình thuộc loại nào?"]
    assert chat.choices("staff")[:2] == ["Doanh nghiệp", "Trường công lập"]
    assert chat.say("staff", "doanh nghiep") == ["Đơn vị có bao nhiêu lao động? Chị nhắn con số giúp em."]
    assert chat.say("staff", "1.250 lao động") == [
        "Em thêm đơn vị này, đúng không?\nCĐCS Bao bì Tân Bình\nDoanh nghiệp, 1.250 lao động"
    ]
    assert chat.choices("staff") == ["Đúng", "Làm lại từ đầu", "Bỏ"]
    assert chat.say("staff", "đúng") == ["✅ Đã thêm CĐCS Bao bì Tân Bình."]
    assert names(chat)[-1] == "CĐCS Bao bì Tân Bình"
    assert chat.tap("staff", "Mời chủ tịch")[0].startswith("Ai là chủ tịch CĐCS Bao bì Tân Bình?")


def test_the_number_of_workers_may_be_left_open(chat: Chat) -> None:
    chat.say("staff", "/donvi thêm CĐCS Bao bì Tân Bình")
    chat.say("staff", "trường học")
    assert chat.tap("staff", "Chưa rõ số")[0].endswith("CĐCS Bao bì Tân Bình\nTrường công lập")


def test_one_worker_is_a_number_and_skipping_may_be_typed(chat: Chat) -> None:
    for typed, facts in (("1", "Doanh nghiệp, 1 lao động"), ("chưa rõ số", "Doanh nghiệp")):
        chat.say("staff", "/donvi thêm CĐCS Bao bì Tân Bình")
        chat.say("staff", "doanh nghiệp")
        assert chat.say("staff", typed)[0].splitlines()[1:] == ["CĐCS Bao bì Tân Bình", facts]


@pytest.mark.parametrize("typed", ["bao nhiêu đâu nhớ", "99999999999", "hai người hay ba người"])
def test_an_unreadable_number_of_workers_is_asked_for_again(chat: Chat, typed: str) -> None:
    chat.say("staff", "/donvi thêm CĐCS Bao bì Tân Bình")
    chat.say("staff", "doanh nghiệp")
    assert chat.say("staff", typed) == ["Em chưa đọc được số lao động. Nhắn con số giúp em, ví dụ: 120."]
    assert chat.choices("staff") == ["Chưa rõ số"]


def test_a_unit_that_is_there_is_not_added_twice(chat: Chat) -> None:
    before = names(chat)
    assert chat.say("staff", "/donvi thêm cđcs may suối đá") == [
        "CĐCS May Suối Đá có trong danh sách rồi, em không thêm nữa."
    ]
    assert chat.say("staff", "/donvi thêm công đoàn phường an hòa") == [
        "Công đoàn phường An Hòa có trong danh sách rồi, em không thêm nữa."
    ]
    assert names(chat) == before


@pytest.mark.parametrize("typed", ["ab", "12345", "x" * 201])
def test_a_name_that_is_none_is_asked_for_again(chat: Chat, typed: str) -> None:
    chat.say("staff", "/donvi thêm")
    assert chat.say("staff", typed) == ["Chị nhắn đủ tên giúp em, ví dụ: CĐCS Trường Tiểu học Cầu Khởi."]
    assert chat.say("staff", "CĐCS Bao bì Tân Bình") == ["CĐCS Bao bì Tân Bình thuộc loại nào?"]


def test_a_unit_added_meanwhile_is_not_added_twice(chat: Chat) -> None:
    for who in ("staff", "admin"):
        chat.say(who, "/donvi thêm CĐCS Bao bì Tân Bình")
        chat.say(who, "doanh nghiệp")
        chat.say(who, "42")
    assert chat.say("staff", "đúng") == ["✅ Đã thêm CĐCS Bao bì Tân Bình."]
    assert chat.say("admin", "đúng") == ["CĐCS Bao bì Tân Bình có trong danh sách rồi, em không thêm nữa."]
    assert names(chat).count("CĐCS Bao bì Tân Bình") == 1


def test_adding_can_be_dropped_or_begun_again(chat: Chat) -> None:
    before = names(chat)
    chat.say("staff", "/donvi thêm CĐCS Bao bì Tân Bình")
    assert chat.say("staff", "nhà hàng") == ["CĐCS Bao bì Tân Bình thuộc loại nào?"]
    chat.say("staff", "1")
    chat.say("staff", "42")
    assert chat.tap("staff", "Làm lại")[0].startswith("Tên đầy đủ của công đoàn cơ sở")
    chat.say("staff", "CĐCS Bao bì Tân Bình")
    chat.say("staff", "1")
    chat.say("staff", "42")
    assert chat.say("staff", "gì vậy")[0].startswith("Em thêm đơn vị này, đúng không?")
    assert chat.say("staff", "không") == ["Em chưa thêm đơn vị nào."]
    assert names(chat) == before


@pytest.mark.parametrize("action", ["units.kind:school", "units.skip", "units.yes", "units.kind:x"])
def test_an_old_button_changes_nothing(chat: Chat, action: str) -> None:
    before = names(chat)
    assert chat.tap_action("staff", action) == [
        "Câu hỏi này đã qua nên em không thay đổi gì; chị gõ /donvi để làm lại nhé."
    ]
    assert names(chat) == before


@pytest.mark.parametrize("action", ["units.page:x", "units.one:999", "units.one:", "units.one:1"])
def test_a_made_up_button_finds_nothing(chat: Chat, action: str) -> None:
    assert chat.tap_action("staff", action)[0].startswith("Chị đang trả lời một mục không còn nữa")


@pytest.mark.parametrize("page", ["0", "9"])
def test_a_page_that_is_not_there_is_no_mishap(chat: Chat, page: str) -> None:
    assert chat.tap_action("staff", f"units.page:{page}")[0].endswith(
        "Chị gõ /donvi kèm vài chữ trong tên để xem một đơn vị."
    )


def test_an_office_without_units_is_told_how_to_begin(chat: Chat) -> None:
    with chat.house.context() as context:
        context.uow.units.change_where({"level": UnitLevel.GRASSROOTS}, level=UnitLevel.PROSPECT)
    assert chat.say("staff", "/donvi") == [
        "Chưa có đơn vị nào. Chị gõ /donvi thêm để thêm từng đơn vị, hoặc nhập cả danh sách từ bảng tính "
        "trên máy của văn phòng."
    ]


def test_a_list_of_units_in_chat_is_read(chat: Chat) -> None:
    sheet = Attachment("f1", "don-vi.xlsx", "application/vnd.ms-excel")
    assert chat.say("staff", "/donvi", attachments=(sheet,)) == ["Em đang đọc tệp, xong em nhắn chị ngay."]


def test_a_list_in_another_form_is_read_on_the_offices_computer(chat: Chat) -> None:
    sheet = Attachment("f1", "don-vi.ods", "application/vnd.oasis.opendocument.spreadsheet")
    assert chat.say("staff", "/donvi", attachments=(sheet,)) == [
        "Ở đây em chưa đọc được danh sách đơn vị nên chưa ghi gì. Tệp này nhập trên máy của văn phòng, "
        "bằng lệnh tiendo units import."
    ]
