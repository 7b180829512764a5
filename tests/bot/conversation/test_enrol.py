from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services.invites import create_link_code, show_code
from domain.people import Role
from tests.bot.conversation.enrol_chat import STRANGER, code_in_text, enrol_chat, invite, roles
from tests.people import Chat, House

UNUSABLE = "Mã này em không dùng được. Anh/chị xin mã mới ở văn phòng rồi nhắn lại giúp em nhé."


@pytest.fixture
def chat(small_house: House) -> Chat:
    return enrol_chat(small_house)


@pytest.mark.parametrize(
    "typed",
    [
        "xin chào",
        "/tiendo",
        "/baocao",
        "kết nạp 999 đoàn viên",
        "",
        "/start",
        "/moi",
        "1",
        "đúng",
        "chair",
        "🌸",
    ],
)
def test_a_stranger_hears_one_sentence_and_nothing_else(chat: Chat, typed: str) -> None:
    assert chat.say("new", typed) == [STRANGER]
    with chat.house.context() as context:
        assert context.uow.contacts.count(chat_id="new") == 0
        assert context.uow.states.count(chat_id="new") == 0


def test_a_stranger_gains_nothing_from_an_old_button(chat: Chat) -> None:
    unit_id = chat.house.units["dieu"].id
    for action in (
        f"moi.skip:{unit_id}:chair",
        "chuatham.codes",
        f"units.one:{unit_id}",
        "join.yes:HHHH2222",
    ):
        assert chat.tap_action("new", action) == [STRANGER]


def test_a_stranger_is_not_told_why_a_code_does_not_open(chat: Chat) -> None:
    used = invite(chat, role=Role.DEPUTY, name="A")
    chat.say("first", used)
    expired = invite(chat, role=Role.DEPUTY, name="B")
    withdrawn = invite(chat, role=Role.DEPUTY, name="C")
    invite(chat, role=Role.DEPUTY, name="C")
    assert chat.say("s1", used) == [UNUSABLE]
    assert chat.say("s2", withdrawn) == [UNUSABLE]
    assert chat.say("s3", "HCK4-97QT") == [UNUSABLE]
    assert chat.say("s4", "ABCD1234") == [UNUSABLE]
    assert chat.say("s5", "/start HCK497Q") == [UNUSABLE]
    chat.now += timedelta(days=31)
    assert chat.say("s6", expired) == [UNUSABLE]


def test_a_guesser_has_to_wait(chat: Chat) -> None:
    code = invite(chat)
    for digit in range(3, 7):
        assert chat.say("new", f"HHHH-222{digit}") == [UNUSABLE]
    wait = (
        "Có mấy mã không dùng được nên em tạm ngừng nhận mã ở đây. "
        "Sau 9 giờ 15, anh/chị nhắn lại mã giúp em nhé."
    )
    assert chat.say("new", "HHHH-2227") == [wait]
    assert chat.say("new", code) == [wait]
    chat.now += timedelta(minutes=15)
    assert chat.say("new", code)[0].startswith("✅ Chào mừng chị Mai.")


# Joining


@pytest.mark.parametrize("typed", ["{code}", "/start {code}", "mã của em là {code} ạ"])
def test_a_chair_is_welcomed_by_name_and_unit(chat: Chat, typed: str) -> None:
    assert chat.say("new", typed.format(code=invite(chat).lower())) == [
        "✅ Chào mừng chị Mai. Chị đã tham gia với nhiệm vụ chủ tịch CĐCS Hạt điều Phước Minh.\n"
        "Chị cứ nhắn kết quả một dòng, ví dụ: kết nạp 5 đoàn viên ngày 15/4, đối thoại 1 lần.\n"
        "Báo cáo quý II hạn thứ Năm 20/6 (còn 66 ngày).\n"
        "Chị gõ /tiendo để xem đơn vị đang tới đâu, /trogiup khi cần em chỉ thêm."
    ]


def test_a_deputy_of_a_school_gets_an_example_of_a_school(chat: Chat) -> None:
    (welcome,) = chat.say("new", invite(chat, "truong", Role.DEPUTY, "thầy Tú"))
    assert welcome.startswith(
        "✅ Chào mừng anh Tú. Anh đã tham gia với nhiệm vụ phó chủ tịch CĐCS Trường Tiểu học Cầu Khởi.\n"
        "Anh cứ nhắn kết quả một dòng, ví dụ: kết nạp 2 đoàn viên ngày 15/4.\n"
    )


def test_staff_are_welcomed_with_their_commands(chat: Chat) -> None:
    assert chat.say("new", invite(chat, "van-phong", Role.STAFF, "chị Lý Thị Mai")) == [
        "✅ Chào mừng chị Mai. Chị đã tham gia với nhiệm vụ cán bộ văn phòng ở Công đoàn phường An Hòa.\n"
        "/tiendo xem tiến độ, /nhiemvu xem việc của quý, /duyet duyệt số liệu.\n"
        "/moi mời người, /chuatham xem ai chưa tham gia, /truyenthong gửi tin.\n"
        "Chị gõ /trogiup để xem đủ các việc em giúp được."
    ]


@pytest.mark.parametrize(
    ("days", "line"),
    [
        (65, "Báo cáo quý II hạn thứ Năm 20/6 (còn 1 ngày)."),
        (66, "Báo cáo quý II hạn hôm nay, thứ Năm 20/6."),
        (67, "Báo cáo quý II hạn thứ Năm 20/6 đã qua, em vẫn nhận."),
    ],
)
def test_the_welcome_names_the_due_day_of_the_period_that_is_asked_for(
    chat: Chat, days: int, line: str
) -> None:
    chat.now += timedelta(days=days)
    assert line in chat.say("new", invite(chat))[0].splitlines()


def test_somebody_without_a_name_is_addressed_by_what_the_messenger_shows(chat: Chat) -> None:
    (welcome,) = chat.say("new", invite(chat, name=""), sender_name="Lý Mai")
    assert welcome.startswith("✅ Chào mừng anh/chị Mai. Anh/chị đã tham gia")


def test_the_same_link_opened_again_is_no_wrong_code(chat: Chat) -> None:
    code = invite(chat)
    chat.say("new", f"/start {code}")
    again = (
        "Em nhận ra chị Mai ở đây rồi, không cần nhập mã này nữa. Nếu là mã nối kênh thì nhắn ở kênh kia nhé."
    )
    for _ in range(6):
        assert chat.say("new", f"/start {code}") == [again]


def test_start_greets_whoever_is_known_by_role(chat: Chat) -> None:
    assert chat.say("chair", "/start") == [
        "Chào chị Hoa. Em đang giúp chị báo cáo cho CĐCS Hạt điều Phước Minh. "
        "Chị có kết quả thì nhắn em, hoặc gõ /trogiup để xem em làm được gì."
    ]
    assert chat.say("leader", "/start") == [
        "Chào anh Bình. Em là trợ lý báo cáo của Công đoàn phường An Hòa. "
        "Anh gõ /trogiup để xem em làm được gì."
    ]


def test_one_person_chairs_two_units(chat: Chat) -> None:
    (welcome,) = chat.say("chair", invite(chat, "truong", Role.CHAIR, "chị Nguyễn Thị Hoa"))
    assert welcome.splitlines()[:2] == [
        "✅ Chào mừng chị Hoa. Chị đã tham gia với nhiệm vụ chủ tịch CĐCS Trường Tiểu học Cầu Khởi.",
        "Chị báo cáo cho các đơn vị: CĐCS Hạt điều Phước Minh, CĐCS Trường Tiểu học Cầu Khởi. "
        "Khi nhắn, ghi kèm tên đơn vị; chưa rõ thì em hỏi lại.",
    ]
    assert roles(chat, "chair") == [("dieu", Role.CHAIR), ("truong", Role.CHAIR)]


def test_a_code_for_another_name_asks_first(chat: Chat) -> None:
    code = invite(chat, "truong", Role.CHAIR, "cô Lý Thị Mai")
    assert chat.say("staff", f"/start {code}") == [
        "Mã này văn phòng làm cho cô Lý Thị Mai ở CĐCS Trường Tiểu học Cầu Khởi, còn em đang nói chuyện với "
        "chị Thu. Có đúng chị Thu nhận thêm đơn vị này không?"
    ]
    assert chat.say("staff", "2") == ["Mã vẫn còn nguyên, chị chuyển cho đúng người giúp em nhé."]
    assert roles(chat, "staff") == [("van-phong", Role.STAFF)]
    chat.say("chair", f"/start {code}")
    assert chat.tap("chair", "Đúng")[0].startswith("✅ Chào mừng chị Hoa.")
    assert chat.tap_action("chair", f"join.yes:{code}")[0].startswith("Em nhận ra chị Hoa ở đây rồi")
    assert roles(chat, "chair") == [("dieu", Role.CHAIR), ("truong", Role.CHAIR)]


# Two channels


def test_one_person_on_two_channels(chat: Chat) -> None:
    (answer,) = chat.say("chair", "/lienket")
    code = code_in_text(answer)
    assert answer == (
        f"Chị mở trợ lý ở kênh nhắn tin kia rồi nhắn mã {code} vào đó.\n"
        f"Hoặc bấm: https://t.me/an_hoa_bot?start={code.replace('-', '')}\n"
        "Mã dùng một lần trong 24 giờ, chỉ dành riêng cho chị, đừng gửi cho ai."
    )
    zalo = replace(chat, account="zalo", _count=100)
    assert zalo.say("7", code) == [
        "✅ Đã nối kênh này cho chị Hoa. Chị nhắn ở đây hay ở kênh cũ đều được; tin nhắc em gửi về đây."
    ]
    assert zalo.say("7", "/start")[0].startswith("Chào chị Hoa.")
    assert chat.say("chair", "/start")[0].startswith("Chào chị Hoa.")


def test_a_link_code_is_not_wasted_in_the_wrong_chat(chat: Chat) -> None:
    with chat.house.context("chair") as context:
        code = show_code(create_link_code(context, chat.house.people["chair"].id).code)
    assert chat.say("chair", code)[0].startswith("Em nhận ra chị Hoa ở đây rồi")
    assert chat.say("other_chair", code) == [
        "Cuộc trò chuyện này đang là của anh Đức nên em không nối với người khác. Chưa có gì thay đổi."
    ]
    assert (
        replace(chat, account="zalo", _count=100)
        .say("7", f"/lienket {code}")[0]
        .startswith("✅ Đã nối kênh này cho chị Hoa")
    )
