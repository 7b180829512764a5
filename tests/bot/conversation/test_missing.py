import pytest

from domain.people import Role
from tests.bot.conversation.enrol_chat import SHOWN_CODE, add_union, code_in_text, enrol_chat, roles
from tests.people import Chat, House


@pytest.fixture
def chat(small_house: House) -> Chat:
    return enrol_chat(small_house)


def test_staff_see_who_has_not_joined(chat: Chat) -> None:
    for number in range(1, 8):
        add_union(chat, f"x{number}", f"CĐCS Cao su Đội {number}")
    overview, group, question = chat.say("staff", "/chuatham")
    assert overview == (
        "Còn 7/11 công đoàn cơ sở chưa có chủ tịch tham gia:\n"
        "• CĐCS Cao su Đội 1\n• CĐCS Cao su Đội 2\n• CĐCS Cao su Đội 3\n• CĐCS Cao su Đội 4\n"
        "• CĐCS Cao su Đội 5\n"
        "… và 2 đơn vị nữa, có đủ trong tin dưới.\n"
        "Tin dưới đây để dán vào nhóm Zalo của văn phòng."
    )
    assert group.startswith(
        "Kính gửi anh chị, các đơn vị sau chưa tham gia trợ lý báo cáo của Công đoàn phường An Hòa:\n"
        "• CĐCS Cao su Đội 1\n"
    )
    assert group.endswith(
        "• CĐCS Cao su Đội 7\n"
        "Anh chị chủ tịch nhắn riêng cho văn phòng để nhận mã của đơn vị mình, "
        "rồi nhắn mã đó cho trợ lý là xong. Cảm ơn anh chị."
    )
    assert not SHOWN_CODE.search(group)
    assert question == "Em làm sẵn mã cho 7 đơn vị này nhé?"


def test_staff_make_all_codes_at_once(chat: Chat) -> None:
    add_union(chat, "x1", "CĐCS Cao su Đội 1")
    chat.say("staff", "/chuatham")
    head, codes = chat.tap("staff", "Làm mã")
    assert head == "Đây là 1 mã. Mỗi mã chỉ gửi riêng cho đúng người, không dán vào nhóm."
    assert codes == f"• CĐCS Cao su Đội 1: {code_in_text(codes)}"
    assert chat.say("staff", "/chuatham mã") == [head, codes]
    chat.say("new", code_in_text(codes))
    assert roles(chat, "new") == [("x1", Role.CHAIR)]
    assert chat.tap_action("staff", "chuatham.codes") == [
        "Đơn vị nào cũng có chủ tịch tham gia rồi, không cần thêm mã."
    ]


def test_staff_hear_when_everybody_has_joined(chat: Chat) -> None:
    assert chat.say("staff", "/chuatham") == ["✅ Cả 4 công đoàn cơ sở đều có chủ tịch tham gia rồi."]
