from datetime import UTC, date, datetime, timedelta

import pytest

from bot.services.ledger import add
from domain.ledger import Report, ReportState, Submission, SubmissionState
from domain.messages import Attachment
from domain.people import Membership, Role
from tests.bot.conversation.enrol_chat import enrol_chat
from tests.people import MONDAY, Chat, House

LOST_CHAIR = (
    "Em chưa hiểu tin này nên chưa ghi gì. Chị thử nhắn: kết nạp 5 đoàn viên ngày 15/4, đối thoại 1 lần, "
    "hoặc gõ /baocao để em hỏi từng mục."
)
SATURDAY = datetime(2024, 4, 20, 2, 0, tzinfo=UTC)
COMPLAINT = "Sao bữa nào cũng nhắn hoài vậy, tui báo rồi mà"
SORRY = "Em xin lỗi chị Hoa vì đã nhắn nhiều.\n"


@pytest.fixture
def chat(small_house: House) -> Chat:
    return enrol_chat(small_house)


def second_quarter(chat: Chat) -> int:
    with chat.house.context() as context:
        found = context.uow.periods.first(year=2024, number=2)
    assert found is not None
    return found.id


def report(chat: Chat, indicator: str, value: int, state: ReportState = ReportState.PENDING) -> None:
    unit_id, period_id = chat.house.units["dieu"].id, second_quarter(chat)
    with chat.house.context("chair") as context:
        add(context, Report(indicator, value, unit_id, period_id, state, "b1", MONDAY))


def close(chat: Chat, nil: bool = False) -> None:
    unit_id, period_id = chat.house.units["dieu"].id, second_quarter(chat)
    with chat.house.context() as context:
        context.uow.submissions.add(Submission(unit_id, period_id, SubmissionState.CLOSED, nil, MONDAY))


# What the bot can do


def test_a_chair_gets_help_in_five_lines(chat: Chat) -> None:
    assert chat.say("chair", "/trogiup") == [
        "Chị báo số liệu: nhắn một dòng, ví dụ kết nạp 5 đoàn viên ngày 15/4, đối thoại 1 lần, "
        "hoặc gõ /baocao.\n"
        "Không có gì mới: nhắn không phát sinh.\n"
        "/tiendo xem tiến độ, /lichsu xem số đã báo, /sua sửa số, /kehoach xem kế hoạch năm.\n"
        "/lienket dùng thêm một kênh nhắn tin, /huy dừng việc đang làm.\n"
        "Cần hỏi văn phòng thì cứ nhắn, em chuyển."
    ]


@pytest.mark.parametrize(
    ("who", "first"),
    [
        (
            "staff",
            "Chị gõ /tiendo xem tiến độ, /kehoach xem kế hoạch, /nhiemvu xem việc; việc xong thì nhắn "
            "xong 3.",
        ),
        (
            "admin",
            "Anh gõ /tiendo xem tiến độ, /kehoach xem kế hoạch, /nhiemvu xem việc; việc xong thì nhắn "
            "xong 3.",
        ),
        ("leader", "Anh gõ /tiendo xem tiến độ từng chỉ tiêu, /kehoach xem kế hoạch năm."),
        ("teacher", "Chị báo số liệu: nhắn một dòng, ví dụ kết nạp 2 đoàn viên ngày 15/4, hoặc gõ /baocao."),
    ],
)
@pytest.mark.parametrize("typed", ["/trogiup", "trợ giúp", "em làm được gì vậy"])
def test_each_role_gets_its_own_help(chat: Chat, who: str, first: str, typed: str) -> None:
    (text,) = chat.say(who, typed)
    lines = text.splitlines()
    assert lines[0] == first
    assert len(lines) == 5


def test_staff_who_chair_a_union_get_both(chat: Chat) -> None:
    with chat.house.context() as context:
        staff, unit = chat.house.people["staff"], chat.house.units["may"]
        context.uow.memberships.add(Membership(staff.id, unit.id, Role.CHAIR, date(2024, 1, 1)))
    assert [text.split(":")[0].split(" /")[0] for text in chat.say("staff", "/trogiup")] == [
        "Chị gõ",
        "Chị báo số liệu",
    ]


def test_a_greeting_and_thanks_are_answered_once_and_short(chat: Chat) -> None:
    assert chat.say("chair", "chào em") == [
        "Chào chị Hoa. Em đang giúp chị báo cáo cho CĐCS Hạt điều Phước Minh. "
        "Chị có kết quả thì nhắn em, hoặc gõ /trogiup để xem em làm được gì."
    ]
    assert chat.say("chair", "cảm ơn em") == ["Dạ, em cảm ơn chị."]


# What was not understood


@pytest.mark.parametrize("line", ["dạ", "Ok em", "vâng ạ", "da chi nhan duoc roi nha", "👍", "đã xem"])
@pytest.mark.parametrize("who", ["chair", "staff"])
def test_a_mere_receipt_gets_no_lesson(chat: Chat, who: str, line: str) -> None:
    assert chat.say(who, line) == ["Dạ, em cảm ơn chị."]


@pytest.mark.parametrize("line", ["chị ơi", "??", "chưa nhận được", "đúng", "không"])
def test_other_short_words_are_no_receipt(chat: Chat, line: str) -> None:
    assert chat.say("chair", line) != ["Dạ, em cảm ơn chị."]


def test_what_is_not_understood_gets_an_example_by_role(chat: Chat) -> None:
    assert chat.say("chair", "/abc") == [LOST_CHAIR]
    assert chat.say("leader", "/abc") == [
        "Em chưa hiểu tin này nên chưa làm gì. Anh gõ /tiendo để xem tiến độ, "
        "hoặc /trogiup để xem em làm được gì."
    ]


def test_a_button_that_nothing_knows_any_more_changes_nothing(chat: Chat) -> None:
    assert chat.tap_action("chair", "nothing:1") == [
        "Chị đang trả lời một mục không còn nữa nên em chưa thay đổi gì. Chị gõ /trogiup để bắt đầu lại nhé."
    ]


def test_a_bare_number_is_asked_about(chat: Chat) -> None:
    assert chat.say("teacher", "5") == [
        "Số này là của mục nào ạ? Chị nhắn đủ giúp em, ví dụ: kết nạp 2 đoàn viên ngày 15/4."
    ]


def test_a_sticker_or_voice_gets_a_kind_sentence(chat: Chat) -> None:
    voice = Attachment("f1", "voice.ogg", "audio/ogg")
    for more in ({}, {"attachments": (voice,)}):
        assert chat.say("teacher", "", **more) == [
            "Em chưa xem được hình dán hay nghe được tin thoại. Chị nhắn bằng chữ giúp em, "
            "ví dụ: kết nạp 2 đoàn viên ngày 15/4."
        ]
    assert chat.say("leader", "") == [
        "Em chưa xem được hình dán hay nghe được tin thoại. Anh nhắn bằng chữ giúp em nhé."
    ]


def test_a_plan_is_not_written_down_but_can_be_passed_on(chat: Chat) -> None:
    assert chat.say("teacher", "tuần sau trường em làm lễ ra mắt, mời chị dự") == [
        "Em đọc rồi, tin này chưa có kết quả nào đã xong nên em chưa ghi gì. Chị có kết quả thì nhắn em, "
        "ví dụ: kết nạp 2 đoàn viên ngày 15/4."
    ]
    assert chat.heard("staff") == []
    assert chat.tap("teacher", "Chuyển") == ["Em đã chuyển cho văn phòng, cán bộ phụ trách sẽ trả lời chị."]
    told = (
        "📌 Chị Phạm Thị Lan (CĐCS Trường Tiểu học Cầu Khởi) nhắn:\n"
        "“tuần sau trường em làm lễ ra mắt, mời chị dự”\n"
        "Nhờ văn phòng trả lời trực tiếp cho chị Lan."
    )
    assert chat.heard("staff") == chat.heard("admin") == [told]
    assert chat.heard("leader") == []


def test_a_message_is_passed_on_once(chat: Chat) -> None:
    chat.say("teacher", "tuần sau trường em làm lễ ra mắt, mời chị dự")
    chat.tap("teacher", "Chuyển")
    assert chat.tap("teacher", "Chuyển") == ["Em không còn giữ tin đó, chị nhắn lại giúp em nhé."]
    assert len(chat.heard("staff")) == 1


def test_a_code_from_somebody_known_is_used(chat: Chat) -> None:
    chat.say("staff", "/moi truong")
    chat.say("staff", "2")
    code = chat.say("staff", "Nguyễn Thị Hoa")[1].splitlines()[1]
    assert chat.say("chair", code)[0].startswith(
        "✅ Chào mừng chị Hoa. Chị đã tham gia với nhiệm vụ phó chủ tịch"
    )


# What a person has to answer


def test_a_question_goes_to_staff_and_the_asker_is_told(chat: Chat) -> None:
    with chat.house.context() as context:
        context.uow.people.change(chat.house.people["chair"].id, phone="0912345678")
    question = "Đoàn phí 1% tính trên lương cơ bản hay tổng lương vậy chị?"
    assert chat.say("chair", question) == ["Em đã chuyển cho văn phòng, cán bộ phụ trách sẽ trả lời chị."]
    told = f"📌 Chị Nguyễn Thị Hoa (CĐCS Hạt điều Phước Minh) nhắn:\n“{question}”\nĐiện thoại: 0912345678."
    assert chat.heard("staff") == chat.heard("admin") == [told]
    assert chat.heard("leader") == []
    assert chat.heard("other_chair") == []


def test_a_question_of_a_free_day_waits_for_the_office(chat: Chat) -> None:
    chat.now = SATURDAY
    assert chat.say("chair", "Đoàn phí 1% tính trên lương cơ bản hay tổng lương vậy chị?") == [
        "Em đã giữ lại để chuyển cho văn phòng lúc 8 giờ thứ Hai 22/4; cán bộ phụ trách sẽ trả lời chị."
    ]
    with chat.house.context() as context:
        rows = context.uow.outbox.find(chat_id="staff")
    assert [row.not_before for row in rows] == [datetime(2024, 4, 22, 1, 0, tzinfo=UTC)]


def test_it_says_when_nobody_at_the_office_can_be_reached(chat: Chat) -> None:
    with chat.house.context() as context:
        for who in ("staff", "admin", "leader"):
            context.uow.contacts.delete(chat_id=who)
    assert chat.say("chair", "Đoàn phí 1% tính trên lương cơ bản hay tổng lương vậy chị?") == [
        "Hiện em chưa chuyển được tin tới văn phòng, chị gọi điện cho văn phòng giúp em nhé."
    ]
    assert chat.say("chair", "có 1 anh bị máy cắt trúng tay đưa đi BV rồi") == [
        "Em chưa báo được cho ai ở văn phòng, chị gọi điện ngay giúp em. Nếu có người bị nạn, gọi 115 trước."
    ]


def test_a_question_of_staff_is_not_sent_to_themselves(chat: Chat) -> None:
    answer = chat.say("staff", "hạn bữa nào vậy em, mẫu báo cáo ở đâu?")
    assert len(answer) == 1
    assert chat.heard("admin") == []


def test_a_question_of_a_leader_reaches_staff(chat: Chat) -> None:
    chat.say("leader", "Đoàn phí 1% tính trên lương cơ bản hay tổng lương vậy chị?")
    assert chat.heard("staff")[0].startswith("📌 Anh Hồ Văn Bình (Công đoàn phường An Hòa) nhắn:\n")


@pytest.mark.parametrize(
    "text",
    [
        "chị ơi chuyền 3 với chuyền 5 đang ngừng việc vì lương trễ, cỡ 200 công nhân ra cổng",
        "có 1 anh bị máy cắt trúng tay đưa đi BV rồi",
    ],
)
def test_an_accident_or_a_stoppage_is_told_at_once_to_everybody_at_the_office(chat: Chat, text: str) -> None:
    chat.now = SATURDAY
    assert chat.say("chair", text) == [
        "Em đã báo ngay cho văn phòng và lãnh đạo công đoàn. Nếu có người bị nạn, gọi 115 trước; "
        "chị giữ điện thoại để văn phòng gọi lại nhé."
    ]
    told = (
        f"⚠️ Việc gấp: chị Nguyễn Thị Hoa (CĐCS Hạt điều Phước Minh) nhắn:\n“{text}”\n"
        "Nhờ văn phòng trả lời trực tiếp cho chị Hoa."
    )
    for who in ("staff", "leader", "admin"):
        assert chat.heard(who) == [told]
    with chat.house.context() as context:
        assert [row.not_before for row in context.uow.outbox.find(chat_id="leader")] == [SATURDAY]


def test_a_very_long_question_is_cut(chat: Chat) -> None:
    chat.say("chair", "Cho em hỏi đoàn phí tính sao vậy chị? " * 100)
    assert len(chat.heard("staff")[0]) < 1200


# Complaints about reminders


def test_a_complaint_hears_what_was_received_and_may_close(chat: Chat) -> None:
    report(chat, "doan_vien_moi", 12)
    report(chat, "doi_thoai", 1, ReportState.APPROVED)
    assert chat.say("chair", COMPLAINT) == [
        SORRY
        + "Quý II của CĐCS Hạt điều Phước Minh em đang có: 12 đoàn viên mới, 1 cuộc đối thoại. Vậy đủ chưa ạ?"
    ]
    assert chat.choices("chair") == ["Đủ rồi", "Còn bổ sung"]
    assert chat.heard("staff")[0].startswith("📌 Chị Nguyễn Thị Hoa")


def test_a_complaint_without_any_figure_hears_how_to_end_it(chat: Chat) -> None:
    assert chat.say("chair", COMPLAINT) == [
        SORRY + "Quý II của CĐCS Hạt điều Phước Minh em chưa có số nào. Chị nhắn lại số giúp em, "
        "hoặc nhắn không phát sinh, là em thôi nhắc."
    ]
    assert chat.choices("chair") == []


def test_a_complaint_with_an_unconfirmed_figure_hears_of_it(chat: Chat) -> None:
    report(chat, "doan_vien_moi", 12, ReportState.UNCONFIRMED)
    assert chat.say("chair", COMPLAINT) == [
        SORRY + "Quý II của CĐCS Hạt điều Phước Minh còn số chưa được xác nhận. "
        "Chị gõ /lichsu để xem lại giúp em."
    ]


@pytest.mark.parametrize(
    ("figures", "said"), [((), "không phát sinh"), (("doan_vien_moi",), "12 đoàn viên mới")]
)
def test_a_complaint_after_closing_hears_that_it_is_over(
    chat: Chat, figures: tuple[str, ...], said: str
) -> None:
    for code in figures:
        report(chat, code, 12)
    close(chat)
    assert chat.say("chair", COMPLAINT) == [
        SORRY + f"Quý II của CĐCS Hạt điều Phước Minh đã chốt: {said}. Em không nhắc kỳ này nữa."
    ]
    assert chat.choices("chair") == []


# Stopping


def test_cancel_ends_the_dialogue(chat: Chat) -> None:
    chat.say("staff", "/moi")
    assert chat.say("staff", "/huy") == ["Em dừng ở đây, chưa ghi gì thêm."]
    assert chat.say("staff", "may suối đá")[0].startswith("Em chưa hiểu tin này")
    assert chat.say("staff", "/huy") == [
        "Hiện không có việc nào đang làm dở. Chị gõ /trogiup để xem em làm được gì."
    ]


def test_a_dialogue_of_yesterday_is_over(chat: Chat) -> None:
    chat.say("staff", "/moi")
    chat.now += timedelta(hours=25)
    assert chat.say("staff", "may suối đá")[0].startswith("Em chưa hiểu tin này")


@pytest.mark.parametrize(
    "line", ["đủ chưa em", "vậy là xong chưa chị", "còn gì nữa không em", "em nhận được chưa"]
)
def test_who_asks_whether_all_is_there_reads_what_stands(chat: Chat, line: str) -> None:
    report(chat, "doan_vien_moi", 5)
    (text,) = chat.say("chair", line)
    assert text.splitlines()[1:] == [
        "Em đang có: 5 đoàn viên mới.",
        "Còn chờ: thỏa ước lao động tập thể ký mới, hội nghị người lao động, đối thoại.",
    ]
    assert chat.choices("chair") == ["Đủ rồi, chốt giúp em", "Còn bổ sung"]
