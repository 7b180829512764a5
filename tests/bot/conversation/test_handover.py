from datetime import datetime

import pytest

from bot.conversation.handover import NameAndDay, read_name_and_day
from domain.people import Role
from tests.bot.conversation.enrol_chat import STRANGER, enrol_chat, roles
from tests.people import MONDAY, Chat, House

TODAY = MONDAY.date()


@pytest.fixture
def chat(small_house: House) -> Chat:
    return enrol_chat(small_house)


@pytest.mark.parametrize(
    ("text", "name", "day"),
    [
        ("chị Nguyễn Thị Hoa từ 1/5", "chị Nguyễn Thị Hoa", "2024-05-01"),
        ("từ ngày 1/5 chị Nguyễn Thị Hoa", "chị Nguyễn Thị Hoa", "2024-05-01"),
        ("anh Nam, 1/5/2025", "anh Nam", "2025-05-01"),
        ("anh Nam bắt đầu từ ngày 1 tháng 5", "anh Nam", "2024-05-01"),
        ("anh Nam tu 1-5", "anh Nam", "2024-05-01"),
        ("anh Nam từ 1.5.24", "anh Nam", "2024-05-01"),
        ("anh Nam từ 28/12", "anh Nam", "2023-12-28"),
        ("anh Nam từ hôm nay", "anh Nam", "2024-04-15"),
        ("chị Mai từ ngày mai", "chị Mai", "2024-04-16"),
        ("chị Lý Thị Mai", "chị Lý Thị Mai", None),
        ("chị Mai từ 31/2", "chị Mai", None),
        ("1/5", "", "2024-05-01"),
    ],
)
def test_it_reads_a_name_and_a_day(text: str, name: str, day: str | None) -> None:
    read = read_name_and_day(text, TODAY)
    assert read == NameAndDay(name, datetime.fromisoformat(day).date() if day else None)


def test_staff_hand_a_union_over(chat: Chat) -> None:
    assert chat.say("staff", "/bangiao hạt điều") == [
        "Ai là chủ tịch mới của CĐCS Hạt điều Phước Minh, từ ngày nào? Nhắn một dòng, ví dụ: "
        "chị Nguyễn Thị Hoa từ 1/5.\nHiện nay là chị Nguyễn Thị Hoa."
    ]
    assert chat.say("staff", "anh Lý Văn Nam") == [
        "Anh Lý Văn Nam nhận nhiệm vụ từ ngày nào? Nhắn ngày giúp em, ví dụ: 1/5."
    ]
    assert chat.say("staff", "từ 1/5") == [
        "Từ thứ Tư 1/5, anh Lý Văn Nam là chủ tịch CĐCS Hạt điều Phước Minh, đúng không?\n"
        "Trước hôm đó vẫn là chị Nguyễn Thị Hoa."
    ]
    assert chat.choices("staff") == ["Đúng", "Đổi tên hoặc ngày", "Bỏ"]
    done, to_staff, to_forward = chat.say("staff", "đúng")
    assert done == "✅ Đã ghi: anh Nam là chủ tịch CĐCS Hạt điều Phước Minh từ thứ Tư 1/5."
    assert to_staff == "Chị chuyển tin dưới đây cho anh Nam nhé. Mã dùng một lần, đến thứ Tư 15/5."
    assert to_forward.splitlines()[-1] == "Nhiệm vụ bắt đầu từ thứ Tư 1/5."
    assert chat.heard("chair") == [
        "Chị Hoa ơi, văn phòng báo từ thứ Tư 1/5, anh Nam là chủ tịch CĐCS Hạt điều Phước Minh. "
        "Trước hôm đó chị vẫn nhắn em như thường. Em cảm ơn ạ."
    ]
    early = [
        "Chào anh Nam. Anh là chủ tịch CĐCS Hạt điều Phước Minh từ thứ Tư 1/5. "
        "Từ hôm đó anh nhắn em để báo cáo nhé."
    ]
    assert chat.say("new", to_forward) == early
    assert chat.say("new", "kết nạp 5") == early
    assert roles(chat, "chair") == [("dieu", Role.CHAIR)]
    chat.now = datetime(2024, 5, 1, 2, tzinfo=MONDAY.tzinfo)
    assert chat.say("new", "/start")[0].startswith("Chào anh Nam. Em đang giúp anh báo cáo cho CĐCS Hạt điều")
    assert chat.say("chair", "/start") == [STRANGER]


def test_a_handover_tapped_again_changes_nothing(chat: Chat) -> None:
    chat.say("staff", "/bangiao hạt điều")
    chat.say("staff", "anh Lý Văn Nam từ 1/5")
    chat.tap("staff", "Đúng")
    unit_id = chat.house.units["dieu"].id
    assert chat.tap_action("staff", f"bangiao.yes:{unit_id}") == [
        "Việc bàn giao này đã xong từ trước, em không thay đổi gì thêm."
    ]
    assert len(chat.heard("chair")) == 1


def test_a_handover_can_be_dropped_or_changed(chat: Chat) -> None:
    chat.say("staff", "/bangiao hạt điều")
    chat.say("staff", "anh Lý Văn Nam từ 1/5")
    assert chat.say("staff", "anh Lý Văn Nam từ 2/5")[0].startswith("Từ thứ Năm 2/5, anh Lý Văn Nam")
    assert chat.tap("staff", "Đổi")[0].startswith("Ai là chủ tịch mới của CĐCS Hạt điều Phước Minh")
    chat.say("staff", "anh Lý Văn Nam từ 3/5")
    assert chat.say("staff", "không") == ["Em chưa bàn giao gì."]
    assert roles(chat, "chair", datetime(2024, 6, 1, tzinfo=MONDAY.tzinfo)) == [("dieu", Role.CHAIR)]


def test_a_day_far_away_is_asked_for_again(chat: Chat) -> None:
    chat.say("staff", "/bangiao hạt điều")
    assert chat.say("staff", "anh Lý Văn Nam từ 1/5/2034") == [
        "Anh Lý Văn Nam nhận nhiệm vụ từ ngày nào? Nhắn ngày giúp em, ví dụ: 1/5."
    ]
    assert chat.say("staff", "1/5")[0].startswith("Từ thứ Tư 1/5, anh Lý Văn Nam")


def test_staff_hear_when_the_old_chair_cannot_be_told(chat: Chat) -> None:
    with chat.house.context() as context:
        context.uow.contacts.delete(chat_id="chair")
    chat.say("staff", "/bangiao hạt điều")
    chat.say("staff", "anh Lý Văn Nam từ hôm nay")
    assert chat.tap("staff", "Đúng")[1] == (
        "Chị Nguyễn Thị Hoa hiện không nhận được tin ở đây, chị báo giúp em nhé."
    )
