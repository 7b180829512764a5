"""/truyenthong as staff see it: content, audience, preview, then now or at a time; results afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.conversation import broadcast
from bot.conversation.router import Router
from bot.conversation.turn import Turn
from domain.messages import Attachment, BroadcastState, MediaState, OutboxRow, OutboxState, Priority
from messages_vi.catalogue import Marked
from scheduler.broadcasting import finish_due
from tests.people import MONDAY, Chat, House, plain_text

TEXT = "Mời anh chị dự tập huấn ngày 20/4.\n\nTài liệu: https://example.org/tap-huan"
PHOTO = (Attachment("f1", "thu-moi.jpg", "image/jpeg"),)
ASK = "Chị nhắn nội dung tin giúp em, kèm một ảnh, tệp hoặc đường dẫn nếu có. Em cho xem trước rồi mới gửi."
WHOM = "Tin này gửi cho ai ạ?"
REACH = "Tin như trên sẽ gửi tới 5 người (Tất cả đơn vị: 4 đơn vị)."
GONE = "Chị đang trả lời một mục không còn nữa nên em chưa thay đổi gì. Chị gõ /trogiup để bắt đầu lại nhé."


def _lost(turn: Turn, rest: str) -> None:
    turn.say(Marked("?"))


@pytest.fixture
def chat(small_house: House) -> Chat:
    router = Router((broadcast.DIALOGUE,), stranger=_lost, lost=_lost)
    return Chat(small_house, router.answer)


def queued(chat: Chat) -> list[OutboxRow]:
    with chat.house.context() as context:
        return context.uow.outbox.find(priority=Priority.BROADCAST)


def previewed(chat: Chat, text: str = TEXT) -> list[str]:
    chat.say("staff", "/truyenthong")
    chat.say("staff", text)
    return chat.tap("staff", "Tất cả đơn vị")


def settle(chat: Chat, state: OutboxState = OutboxState.SENT) -> None:
    with chat.house.context(now=chat.now) as context:
        context.uow.outbox.change_where({"priority": Priority.BROADCAST}, state=state)
        finish_due(context.uow, chat.now)


def store(chat: Chat, state: MediaState = MediaState.STORED) -> None:
    with chat.house.context() as context:
        context.uow.media.change_where({}, state=state)


def test_a_message_goes_out_in_four_steps(chat: Chat) -> None:
    assert chat.say("staff", "/truyenthong") == [ASK]
    assert chat.say("staff", TEXT) == [WHOM]
    assert chat.choices("staff") == ["Tất cả đơn vị (4 đơn vị)", "Theo loại hình", "Theo nhóm"]
    assert chat.say("staff", "1") == [TEXT, REACH]
    assert chat.choices("staff") == ["Gửi ngay", "Hẹn giờ", "Sửa tin", "Bỏ"]
    assert chat.say("staff", "gửi ngay") == ["✅ Em đang gửi tới 5 người. Gửi xong em báo kết quả cho chị."]
    assert {row.chat_id for row in queued(chat)} == {"chair", "deputy", "other_chair", "teacher", "nurse"}
    assert {plain_text(row) for row in queued(chat)} == {TEXT}


def test_it_can_begin_with_its_text_and_signs_stay(chat: Chat) -> None:
    assert chat.say("staff", "/truyenthong “Mời” họp – sáng mai\n\n• đúng giờ") == [WHOM]
    assert chat.tap("staff", "Tất cả")[0] == "“Mời” họp – sáng mai\n\n• đúng giờ"


def test_two_taps_send_once(chat: Chat) -> None:
    previewed(chat)
    action = send_action(chat)
    chat.tap_action("staff", action)
    assert chat.tap_action("staff", action) == [
        "Tin này đã gửi rồi, em không gửi lại.\n"
        "📌 Tin “Mời anh chị dự tập huấn ngày 20/4. Tài liệu:…”: 0 người đã nhận, 5 người đang chờ gửi."
    ]
    assert len(queued(chat)) == 5


def send_action(chat: Chat) -> str:
    with chat.house.context() as context:
        rows = context.uow.outbox.find("-id", chat_id="staff")
    choices = next(row.choices for row in rows if row.choices)
    return next(choice.action for choice in choices if choice.label == "Gửi ngay")


def test_the_result_comes_once_and_is_listed(chat: Chat) -> None:
    previewed(chat)
    chat.tap("staff", "Gửi ngay")
    settle(chat)
    settle(chat)
    result = "📌 Tin “Mời anh chị dự tập huấn ngày 20/4. Tài liệu:…”: 5 người đã nhận."
    assert chat.heard("staff").count(result) == 1
    (listed,) = chat.say("staff", "truyền thông")
    assert listed == (
        "Các tin gần đây:\n"
        "• “Mời anh chị dự tập huấn ngày 20/4. Tài liệu:…” (thứ Hai 15/4): 5 người đã nhận\n\n" + ASK
    )
    assert chat.tap("staff", "Xem kết quả") == [result]


@pytest.mark.parametrize(
    ("taps", "people", "audience"),
    [
        (("Theo loại hình", "Doanh nghiệp (2 đơn vị)"), 3, "Doanh nghiệp: 2 đơn vị"),
        (("Theo loại hình", "Y tế"), 1, "Y tế: 1 đơn vị"),
        (("Theo nhóm", "xã B (1 đơn vị)"), 1, "xã B: 1 đơn vị"),
    ],
)
def test_an_audience_is_chosen(chat: Chat, taps: tuple[str, ...], people: int, audience: str) -> None:
    chat.say("staff", "/truyenthong")
    chat.say("staff", TEXT)
    for tap in taps:
        answers = chat.tap("staff", tap)
    assert answers[1] == f"Tin như trên sẽ gửi tới {people} người ({audience})."


def test_an_audience_can_be_typed(chat: Chat) -> None:
    chat.say("staff", "/truyenthong")
    chat.say("staff", TEXT)
    assert chat.say("staff", "các trường mầm non") == [
        "Em chưa rõ nơi nhận này. Chị chọn giúp em bên dưới nhé.",
        WHOM,
    ]
    assert chat.say("staff", "xa b")[1] == "Tin như trên sẽ gửi tới 1 người (xã B: 1 đơn vị)."


def test_a_long_list_of_groups_is_typed(chat: Chat) -> None:
    with chat.house.context() as context:
        groups = tuple(f"xã {number}" for number in range(10, 30))
        context.uow.units.change(chat.house.units["tram"].id, groups=groups)
    chat.say("staff", "/truyenthong")
    chat.say("staff", TEXT)
    assert chat.tap("staff", "Theo nhóm") == [
        "Tin này gửi cho ai ạ? Còn 10 nhóm nữa, chị nhắn tên nhóm giúp em."
    ]
    assert chat.say("staff", "xã 27")[1] == "Tin như trên sẽ gửi tới 1 người (xã 27: 1 đơn vị)."


def test_the_preview_says_whom_it_cannot_reach(chat: Chat) -> None:
    with chat.house.context() as context:
        context.uow.contacts.delete(chat_id="nurse")
        context.uow.memberships.delete(unit_id=chat.house.units["truong"].id)
    assert previewed(chat)[1] == (
        "Tin như trên sẽ gửi tới 3 người (Tất cả đơn vị: 4 đơn vị).\n"
        "1 đơn vị chưa có ai tham gia nên chưa nhận được.\n"
        "1 người em chưa nhắn được vì đã chặn hoặc bỏ tài khoản."
    )


def test_nobody_to_send_to_is_said(chat: Chat) -> None:
    with chat.house.context() as context:
        context.uow.contacts.delete(chat_id=("chair", "deputy", "other_chair", "teacher", "nurse"))
    previewed(chat)
    assert chat.tap("staff", "Gửi ngay") == ["Nơi nhận này chưa có ai em nhắn được, nên em chưa gửi gì."]
    assert chat.choices("staff") == ["Đổi nơi nhận", "Bỏ"]
    assert queued(chat) == []


def test_a_text_that_is_too_long_is_asked_for_again(chat: Chat) -> None:
    chat.say("staff", "/truyenthong")
    assert chat.say("staff", "a" * 3501) == [
        "Tin dài 3.501 ký tự, mà mỗi tin chỉ gửi được tối đa 3.500. Chị rút gọn rồi nhắn lại giúp em."
    ]
    assert chat.say("staff", TEXT) == [WHOM]


def test_a_photo_goes_along_and_stands_in_the_preview(chat: Chat) -> None:
    chat.say("staff", "/truyenthong")
    chat.say("staff", TEXT, attachments=PHOTO)
    store(chat)
    assert chat.tap("staff", "Tất cả đơn vị") == [TEXT, REACH]
    with chat.house.context() as context:
        shown = context.uow.outbox.find("-id", 2, chat_id="staff")
        assert [row.media_id for row in shown] == [None, 1]
    chat.tap("staff", "Gửi ngay")
    assert {row.media_id for row in queued(chat)} == {1}


def test_a_photo_without_words_waits_for_them(chat: Chat) -> None:
    chat.say("staff", "/truyenthong")
    assert chat.say("staff", "", attachments=PHOTO) == [
        "Em đã nhận ảnh, tệp kèm theo. Chị nhắn thêm lời cho tin giúp em, một câu cũng được."
    ]
    chat.say("staff", TEXT)
    with chat.house.context() as context:
        assert [one.media_id for one in context.uow.broadcasts.find()] == [1]


def test_a_sticker_is_no_message(chat: Chat) -> None:
    chat.say("staff", "/truyenthong")
    assert chat.say("staff", "") == ["Em chưa thấy nội dung tin. Chị nhắn lại bằng chữ giúp em."]


def test_only_one_photo_goes_along(chat: Chat) -> None:
    chat.say("staff", "/truyenthong")
    two = (*PHOTO, Attachment("f2", "b.jpg", "image/jpeg"))
    assert chat.say("staff", TEXT, attachments=two) == [
        "Mỗi tin chỉ kèm được một ảnh hoặc tệp, nên em giữ cái đầu tiên.",
        WHOM,
    ]


def test_an_unsafe_file_is_refused_by_name(chat: Chat) -> None:
    chat.say("staff", "/truyenthong")
    program = (Attachment("f1", "game.exe", "application/x-msdownload"),)
    answers = chat.say("staff", TEXT, attachments=program)
    assert "game.exe" in answers[0]
    assert answers[1] == WHOM


def test_it_waits_for_a_photo_that_is_still_loading(chat: Chat) -> None:
    chat.say("staff", "/truyenthong")
    chat.say("staff", TEXT, attachments=PHOTO)
    waiting = "⏳ Ảnh, tệp kèm theo còn đang tải, chị chờ em vài giây."
    assert chat.tap("staff", "Tất cả đơn vị") == [TEXT, f"{waiting}\n{REACH}"]
    assert chat.tap("staff", "Gửi ngay") == [waiting]
    assert chat.choices("staff") == ["Thử lại", "Không kèm ảnh, tệp", "Sửa tin"]
    assert queued(chat) == []
    store(chat)
    assert chat.tap("staff", "Thử lại")[0].startswith("✅ Em đang gửi tới 5 người.")


def test_a_photo_that_was_refused_can_be_left_out(chat: Chat) -> None:
    chat.say("staff", "/truyenthong")
    chat.say("staff", TEXT, attachments=PHOTO)
    store(chat, MediaState.REFUSED)
    refused = "Em không lưu được ảnh, tệp kèm theo. Nhờ chị gửi cái khác, hoặc gửi tin không kèm."
    assert chat.tap("staff", "Tất cả đơn vị")[1] == f"{refused}\n{REACH}"
    assert chat.tap("staff", "Gửi ngay") == [refused]
    assert chat.tap("staff", "Không kèm ảnh, tệp") == [TEXT, REACH]
    chat.tap("staff", "Gửi ngay")
    assert {row.media_id for row in queued(chat)} == {None}


def test_it_is_changed_and_shown_again(chat: Chat) -> None:
    previewed(chat)
    assert chat.tap("staff", "Sửa tin") == ["Chị nhắn lại nội dung mới giúp em, hoặc chọn:"]
    assert chat.choices("staff") == ["Đổi nơi nhận", "Để như cũ"]
    assert chat.say("staff", "Mời họp lúc 8 giờ") == ["Mời họp lúc 8 giờ", REACH]
    chat.tap("staff", "Sửa tin")
    assert chat.tap("staff", "Để như cũ") == ["Mời họp lúc 8 giờ", REACH]


def test_a_photo_can_take_the_place_of_another(chat: Chat) -> None:
    previewed(chat)
    chat.tap("staff", "Sửa tin")
    assert chat.say("staff", "", attachments=PHOTO)[0] == TEXT
    chat.tap("staff", "Sửa tin")
    chat.tap("staff", "Không kèm ảnh, tệp")
    chat.tap("staff", "Gửi ngay")
    assert {row.media_id for row in queued(chat)} == {None}


def test_a_button_of_an_older_preview_sends_nothing(chat: Chat) -> None:
    previewed(chat)
    old = send_action(chat)
    chat.tap("staff", "Sửa tin")
    chat.say("staff", "Mời họp lúc 8 giờ")
    assert chat.tap_action("staff", old) == [
        "Mời họp lúc 8 giờ",
        f"Tin đã sửa sau lần xem trước đó nên em chưa gửi. Đây là bản hiện giờ.\n{REACH}",
    ]
    assert queued(chat) == []


def test_a_dropped_message_is_gone(chat: Chat) -> None:
    previewed(chat)
    action = send_action(chat)
    assert chat.tap("staff", "Bỏ") == ["Đã bỏ tin này, chưa gửi cho ai."]
    assert chat.tap_action("staff", action) == ["Tin này đã bỏ rồi nên em không gửi cho ai."]
    assert queued(chat) == []


def test_an_appointment_is_read_back_kept_and_cancelled(chat: Chat) -> None:
    previewed(chat)
    assert chat.tap("staff", "Hẹn giờ") == ["Gửi lúc nào ạ? Ví dụ: 8h sáng mai, hoặc thứ Ba 16/4 8 giờ."]
    assert chat.choices("staff") == ["14 giờ thứ Hai 15/4", "8 giờ thứ Ba 16/4"]
    assert chat.say("staff", "thứ Sáu 8 giờ") == [
        "Em sẽ gửi tới 5 người lúc 8 giờ thứ Sáu 19/4, đúng không chị?"
    ]
    assert chat.say("staff", "đúng") == [
        "⏳ Đã hẹn gửi tới 5 người lúc 8 giờ thứ Sáu 19/4. Gửi xong em báo kết quả cho chị."
    ]
    assert {row.not_before for row in queued(chat)} == {MONDAY + timedelta(days=4, hours=-1)}
    listed = chat.say("staff", "/truyenthong")[0]
    assert "(thứ Sáu 19/4): hẹn gửi lúc 8 giờ thứ Sáu 19/4" in listed
    assert chat.tap("staff", "Xem tin hẹn giờ") == [
        "⏳ Hẹn gửi lúc 8 giờ thứ Sáu 19/4.\n"
        "📌 Tin “Mời anh chị dự tập huấn ngày 20/4. Tài liệu:…”: 0 người đã nhận, 5 người đang chờ gửi."
    ]
    assert chat.tap("staff", "Bỏ hẹn") == ["Đã dừng tin này, chưa gửi cho ai."]
    assert {row.state for row in queued(chat)} == {OutboxState.CANCELLED}


def test_what_is_typed_under_a_preview_keeps_it_open(chat: Chat) -> None:
    previewed(chat)
    assert chat.say("staff", "để chị coi lại") == [
        "Tin ở trên chưa gửi đi, chị muốn gửi ngay, hẹn giờ hay bỏ ạ?"
    ]
    assert chat.choices("staff") == ["Gửi ngay", "Hẹn giờ", "Sửa tin", "Bỏ"]
    assert chat.say("staff", "8h sáng mai") == [
        "Em sẽ gửi tới 5 người lúc 8 giờ thứ Ba 16/4, đúng không chị?"
    ]
    assert queued(chat) == []


def test_an_appointment_can_be_tapped(chat: Chat) -> None:
    previewed(chat)
    chat.tap("staff", "Hẹn giờ")
    assert chat.tap("staff", "8 giờ thứ Ba 16/4")[0].startswith(
        "⏳ Đã hẹn gửi tới 5 người lúc 8 giờ thứ Ba 16/4."
    )


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("sớm nhé", "Em chưa đọc được ngày giờ."),
        ("8h 12/4", "8 giờ thứ Sáu 12/4 đã qua rồi."),
    ],
)
def test_a_moment_that_cannot_be_is_asked_for_again(chat: Chat, typed: str, answer: str) -> None:
    previewed(chat)
    chat.tap("staff", "Hẹn giờ")
    (said,) = chat.say("staff", typed)
    assert said.startswith(f"{answer}\nGửi lúc nào ạ?")


def test_a_moment_far_ahead_is_refused(chat: Chat) -> None:
    previewed(chat)
    chat.tap("staff", "Hẹn giờ")
    chat.say("staff", "8h 20/12")
    assert chat.tap("staff", "Đúng")[0].startswith("Giờ hẹn này xa quá nửa năm, em chưa nhận hẹn được.")
    assert queued(chat) == []


def test_an_appointment_agreed_to_too_late_is_asked_for_again(chat: Chat) -> None:
    previewed(chat)
    chat.tap("staff", "Hẹn giờ")
    chat.say("staff", "10h")
    chat.now = MONDAY + timedelta(hours=2)
    assert chat.tap("staff", "Đúng")[0].startswith("Giờ hẹn này đã qua rồi.\nGửi lúc nào ạ?")
    assert queued(chat) == []


def test_sending_can_be_stopped(chat: Chat) -> None:
    previewed(chat)
    chat.tap("staff", "Gửi ngay")
    with chat.house.context() as context:
        context.uow.outbox.change_where({"chat_id": "nurse"}, state=OutboxState.SENT)
    assert chat.tap("staff", "Dừng gửi") == [
        "Đã dừng gửi.\n"
        "📌 Tin “Mời anh chị dự tập huấn ngày 20/4. Tài liệu:…”: 1 người đã nhận, 4 người chưa nhận.\n"
        "• 4 người chưa gửi vì tin đã được dừng"
    ]


def test_a_draft_that_was_left_is_offered_again(chat: Chat) -> None:
    chat.say("staff", "/truyenthong")
    chat.say("staff", TEXT)
    chat.say("staff", "/truyenthong")
    assert chat.tap("staff", "Soạn tiếp") == [WHOM]


def test_nobody_is_caught_in_a_dialogue_whose_draft_is_gone(chat: Chat) -> None:
    previewed(chat)
    send = send_action(chat)
    chat.tap("staff", "Sửa tin")
    with chat.house.context() as context:
        context.uow.broadcasts.change_where({}, state=BroadcastState.CANCELLED)
    assert chat.say("staff", "Nội dung mới") == [GONE]
    assert chat.say("staff", "Nội dung mới") == ["?"]
    assert chat.tap_action("staff", send) == ["Tin này đã bỏ rồi nên em không gửi cho ai."]


def test_the_draft_of_another_is_out_of_reach(chat: Chat) -> None:
    previewed(chat)
    action = send_action(chat)
    assert chat.tap_action("admin", action) == [GONE.replace("Chị", "Anh").replace("chị", "anh")]
    assert chat.tap_action("admin", "broadcast.result:1")[0].startswith("Anh đang trả lời")
    assert queued(chat) == []


@pytest.mark.parametrize("who", ["chair", "leader"])
def test_only_staff_broadcast(chat: Chat, who: str) -> None:
    previewed(chat)
    (refused,) = chat.say(who, "/truyenthong")
    assert refused.startswith("Việc này em chưa làm cho ")
    assert chat.tap_action(who, send_action(chat)) == [refused]
    assert queued(chat) == []


@pytest.mark.parametrize(
    "action", ["broadcast.send:", "broadcast.at:1.x.y", "broadcast.to:1.99", "broadcast.kinds:x"]
)
def test_an_action_that_no_button_carries_changes_nothing(chat: Chat, action: str) -> None:
    previewed(chat)
    (*_before, answer) = chat.tap_action("staff", action)
    assert answer == GONE or answer.endswith(REACH)
    assert queued(chat) == []
