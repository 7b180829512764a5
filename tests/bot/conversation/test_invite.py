from dataclasses import replace

import pytest

from domain.people import Role
from tests.bot.conversation.enrol_chat import add_union, code_in_text, enrol_chat, invite, roles
from tests.people import Chat, House


@pytest.fixture
def chat(small_house: House) -> Chat:
    return enrol_chat(small_house)


def test_staff_invite_a_chair_step_by_step(chat: Chat) -> None:
    assert chat.say("staff", "/moi") == [
        "Chị muốn mời người của đơn vị nào? Nhắn em vài chữ trong tên đơn vị."
    ]
    assert chat.choices("staff") == []
    assert chat.say("staff", "may suoi da") == [
        "Người được mời giữ nhiệm vụ gì ở CĐCS May Suối Đá?\n"
        "Đơn vị đang có chủ tịch là anh Trần Minh Đức. Muốn thay người thì gõ /bangiao."
    ]
    assert chat.choices("staff") == ["Chủ tịch", "Phó chủ tịch"]
    assert chat.say("staff", "2") == [
        "Ai là phó chủ tịch CĐCS May Suối Đá? Chị nhắn họ tên, ví dụ: chị Nguyễn Thị Hoa."
    ]
    to_staff, to_forward = chat.say("staff", "chị Lý Thị Mai")
    code = code_in_text(to_forward)
    assert to_staff == "Chị chuyển tin dưới đây cho chị Mai nhé. Mã dùng một lần, đến thứ Tư 15/5."
    assert to_forward == (
        "Chào chị Mai. Đây là mã để phó chủ tịch CĐCS May Suối Đá tham gia trợ lý báo cáo của "
        "Công đoàn phường An Hòa:\n"
        f"{code}\n"
        f"Bấm vào đây: https://t.me/an_hoa_bot?start={code.replace('-', '')}\n"
        "Hoặc mở trợ lý rồi nhắn mã trên. Mã dùng một lần, đến ngày 15/5."
    )
    chat.say("new", to_forward)
    assert roles(chat, "new") == [("may", Role.DEPUTY)]


def test_the_text_to_forward_needs_no_address_of_a_messenger(chat: Chat) -> None:
    chat.house.office = replace(chat.house.office, bot_links={})
    chat.say("staff", "/moi truong")
    chat.say("staff", "1")
    assert chat.tap("staff", "Không ghi tên")[1].splitlines()[-1] == (
        "Mở trợ lý rồi nhắn mã trên là xong. Mã dùng một lần, đến ngày 15/5."
    )


def test_staff_choose_among_units_of_a_similar_name(chat: Chat) -> None:
    add_union(chat, "x1", "CĐCS Bao bì Suối Đá")
    assert chat.say("staff", "/moi suối đá") == ["Đơn vị nào trong các đơn vị sau ạ?"]
    assert chat.choices("staff") == ["CĐCS Bao bì Suối Đá", "CĐCS May Suối Đá"]
    assert chat.say("staff", "bao bì")[0].startswith("Người được mời giữ nhiệm vụ gì ở CĐCS Bao bì Suối Đá?")


def test_staff_may_type_another_name_while_choosing(chat: Chat) -> None:
    for number in range(7):
        add_union(chat, f"x{number}", f"CĐCS Cao su Đội {number}")
    assert chat.say("staff", "/moi cao su") == [
        "Có nhiều đơn vị giống vậy. Đơn vị nào sau đây ạ? Nếu không có, nhắn em thêm vài chữ trong tên."
    ]
    assert len(chat.choices("staff")) == 5
    assert chat.say("staff", "cao su đội 6")[0].startswith(
        "Người được mời giữ nhiệm vụ gì ở CĐCS Cao su Đội 6?"
    )


def test_an_unknown_unit_is_asked_for_again(chat: Chat) -> None:
    chat.say("staff", "/moi")
    assert chat.say("staff", "gạch Tân Bình") == [
        "Em chưa tìm ra đơn vị nào giống “gạch Tân Bình”. Chị nhắn lại tên giúp em, hoặc gõ /donvi để xem "
        "danh sách."
    ]
    assert chat.say("staff", "hạt điều")[0].startswith("Người được mời giữ nhiệm vụ gì ở CĐCS Hạt điều")


@pytest.mark.parametrize("typed", ["kết nạp 5 đoàn viên", "0912345678", "x" * 90, "a@b.vn"])
def test_what_cannot_be_a_name_is_asked_for_again(chat: Chat, typed: str) -> None:
    chat.say("staff", "/moi may")
    chat.say("staff", "chủ tịch")
    assert chat.say("staff", typed) == ["Chị nhắn riêng họ tên giúp em, ví dụ: chị Nguyễn Thị Hoa."]
    assert chat.choices("staff") == ["Không ghi tên"]


def test_the_role_may_be_written_out(chat: Chat) -> None:
    chat.say("staff", "/moi may")
    assert chat.say("staff", "làm phó chủ tịch á")[0].startswith("Ai là phó chủ tịch CĐCS May Suối Đá?")
    chat.say("staff", "/moi may")
    assert chat.say("staff", "thủ quỹ")[0].startswith("Người được mời giữ nhiệm vụ gì")


def test_a_name_that_is_known_already_is_offered(chat: Chat) -> None:
    code = invite(chat, "may", Role.CHAIR, "chị Lý Thị Mai")
    chat.say("staff", "/moi may")
    chat.say("staff", "1")
    assert chat.choices("staff") == ["chị Lý Thị Mai", "Không ghi tên"]
    assert code_in_text(chat.say("staff", "1")[1]) == code
    chat.say("new", code)
    invite_id = first_invite_id(chat)
    assert chat.tap_action("staff", f"moi.again:{invite_id}") == ["Chị Mai đã dùng mã này để tham gia rồi."]


def first_invite_id(chat: Chat) -> int:
    with chat.house.context() as context:
        found = context.uow.invites.first()
    assert found is not None
    return found.id


def test_a_button_tapped_again_shows_the_same_code(chat: Chat) -> None:
    chat.say("staff", "/moi may")
    chat.say("staff", "1")
    first = chat.tap("staff", "Không ghi tên")
    assert chat.tap_action("staff", f"moi.skip:{chat.house.units['may'].id}:chair") == first


def test_only_an_admin_invites_people_of_the_office(chat: Chat) -> None:
    office_id = chat.house.units["van-phong"].id
    refused = chat.tap_action("staff", f"moi.role:{office_id}:staff")
    assert refused[0].startswith("Việc này em chưa làm cho ")
    assert chat.tap_action("staff", f"moi.skip:{office_id}:admin") == refused
    chat.say("admin", "/moi")
    assert chat.choices("admin") == ["Cán bộ văn phòng", "Lãnh đạo"]
    assert chat.say("admin", "lãnh đạo") == [
        "Ai là lãnh đạo Công đoàn phường An Hòa? Anh nhắn họ tên, ví dụ: chị Nguyễn Thị Hoa."
    ]
    forwarded = chat.say("admin", "anh Lý Văn Nam")[1]
    assert forwarded.startswith(
        "Chào anh Nam. Đây là mã tham gia trợ lý báo cáo của Công đoàn phường An Hòa, dành cho lãnh đạo:\n"
    )
    chat.say("new", forwarded)
    assert roles(chat, "new") == [("van-phong", Role.LEADER)]


@pytest.mark.parametrize("who", ["chair", "deputy", "leader"])
@pytest.mark.parametrize("typed", ["/moi", "/bangiao", "/chuatham"])
def test_nobody_else_invites_or_hands_over(chat: Chat, who: str, typed: str) -> None:
    assert chat.say(who, typed)[0].startswith("Việc này em chưa làm cho ")


@pytest.mark.parametrize(
    "action",
    ["moi.unit:999", "moi.unit:x", "moi.role:999:chair", "moi.role:2:staff", "moi.again:999", "moi.role:"],
)
def test_a_made_up_button_changes_nothing(chat: Chat, action: str) -> None:
    (answer,) = chat.tap_action("admin", action)
    assert answer.startswith("Anh đang trả lời một mục không còn nữa")
