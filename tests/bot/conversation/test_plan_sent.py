"""Staff send a plan or a list of units as a file: it is read, shown, corrected in chat, and taken in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.conversation.dialogues import build_router
from bot.conversation.plan_sent import tell_what_is_in
from bot.planreader.toml_plan import dump_plan
from bot.services import filing
from bot.services.plans import plan_of, store_plan
from domain.messages import Attachment, MediaFile, MediaState
from tests.bot.services.sample_plan import PLAN
from tests.people import Chat, House

TEXT = """CÔNG ĐOÀN PHƯỜNG AN HÒA
Số: 07/KH-CĐP
KẾ HOẠCH
Hoạt động công đoàn năm 2024
II. CHỈ TIÊU
1. Kết nạp đoàn viên mới: 106 đoàn viên
III. NHIỆM VỤ
1. Tuyên truyền
- Mở lớp cho cán bộ mới.
Thời gian thực hiện: Quý II/2024
- Tổ chức hội thi nấu ăn.
Thời gian thực hiện: Quý III/2024
"""
HOW = "Cần sửa, chị nhắn ví dụ việc 3: 30/6, chỉ tiêu 2: 25, bỏ việc 5; hoặc sửa tệp .toml rồi gửi lại."
UNITS = "Tên đơn vị,Loại hình,Số lao động\nCĐCS Gỗ Bình Tâm,Doanh nghiệp,80\n"


@pytest.fixture
def chat(small_house: House) -> Chat:
    return Chat(small_house, build_router().answer)


def send(chat: Chat, folder: Path, name: str, text: str, line: str = "", who: str = "staff") -> list[str]:
    """Send a file and return what the bot says once its bytes have arrived."""
    chat.say(who, line, attachments=(Attachment("f1", name, "", 100),))
    before = len(chat.heard(who))
    with chat.house.context(now=chat.now) as context:
        media = context.uow.media.first("-id", state=MediaState.WAITING)
        assert media is not None
        file = MediaFile(media.name, "", text.encode())
        kept = filing.keep(context, media, file, folder, 30)
        tell_what_is_in(context, kept, file, folder, 30)
    return chat.heard(who)[before:]


@pytest.mark.parametrize("line", ["", "kế hoạch năm nay nè em", "/kehoach"])
def test_a_plan_is_read_and_shown_and_nothing_is_taken_in_yet(chat: Chat, tmp_path: Path, line: str) -> None:
    made, shown = send(chat, tmp_path, "ke-hoach.txt", TEXT, line)
    assert made == "Kế hoạch em đọc được, để sửa trong tệp rồi gửi lại khi cần."
    lines = shown.splitlines()
    assert lines[0] == "Em đọc được kế hoạch 07/KH-CĐP, năm 2024: 1 chỉ tiêu, 2 nhiệm vụ. Em chưa nạp gì."
    assert lines[1] == "1. 106 đoàn viên · Kết nạp đoàn viên mới: 106 đoàn viên"
    assert lines[-1] == HOW
    assert chat.choices("staff") == ["Nạp kế hoạch này", "Xem từng việc", "Bỏ"]
    with chat.house.context() as context:
        assert plan_of(context, 2024) is None


def test_the_toml_file_comes_along_and_may_be_sent_back(chat: Chat, tmp_path: Path) -> None:
    send(chat, tmp_path, "ke-hoach.txt", TEXT)
    with chat.house.context() as context:
        (row,) = [one for one in context.uow.outbox.find() if one.media_id is not None]
        media = context.uow.media.get(row.media_id or 0)
        file = filing.read(tmp_path, media)
    assert (media.name, file is not None) == ("ke-hoach.toml", True)
    content = file.content.decode() if file else ""
    (shown,) = send(chat, tmp_path, "ke-hoach.toml", content.replace("goal = 106", "goal = 120"))
    assert shown.splitlines()[1] == "1. 120 đoàn viên · Kết nạp đoàn viên mới: 106 đoàn viên"


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("việc 1: 15/6", "Em đã sửa:\n1. Mở lớp cho cán bộ mới (1/4 đến 15/6)"),
        ("viec 1 15/6", "Em đã sửa:\n1. Mở lớp cho cán bộ mới (1/4 đến 15/6)"),
        ("nhiệm vụ 2: từ 1/5 đến 31/8", "Em đã sửa:\n2. Tổ chức hội thi nấu ăn (1/5 đến 31/8)"),
        ("việc số 2: quý IV", "Em đã sửa:\n2. Tổ chức hội thi nấu ăn (1/10 đến 31/12)"),
        ("việc 2: thường xuyên", "Em đã sửa:\n2. Tổ chức hội thi nấu ăn (thường xuyên)"),
        ("chỉ tiêu 1: 120", "Em đã sửa:\n1. 120 đoàn viên · Kết nạp đoàn viên mới: 106 đoàn viên"),
        ("bỏ việc 2", "Em đã bỏ. Còn 1 chỉ tiêu, 1 nhiệm vụ; số thứ tự phía sau dồn lên."),
        ("xóa chỉ tiêu 1", "Em đã bỏ. Còn 0 chỉ tiêu, 2 nhiệm vụ; số thứ tự phía sau dồn lên."),
        (
            "việc 9: 30/6",
            f"Em chưa sửa được số 9: không có số đó, hoặc em chưa đọc được phần sửa.\n{HOW}",
        ),
        (
            "việc 1: hôm nào đó",
            f"Em chưa sửa được số 1: không có số đó, hoặc em chưa đọc được phần sửa.\n{HOW}",
        ),
        ("mai trời mưa", f"Em chưa hiểu chỗ cần sửa.\n{HOW}"),
    ],
)
def test_a_plan_is_corrected_in_chat(chat: Chat, tmp_path: Path, line: str, answer: str) -> None:
    send(chat, tmp_path, "ke-hoach.txt", TEXT)
    assert chat.say("staff", line) == [answer]
    assert chat.choices("staff") == ["Nạp kế hoạch này", "Xem từng việc", "Bỏ"]


def test_what_was_corrected_is_what_is_taken_in(chat: Chat, tmp_path: Path) -> None:
    send(chat, tmp_path, "ke-hoach.txt", TEXT)
    chat.say("staff", "việc 1: 15/6")
    chat.say("staff", "bỏ việc 2")
    assert chat.say("staff", "2") == [f"1. Mở lớp cho cán bộ mới (1/4 đến 15/6)\n{HOW}"]
    assert chat.say("staff", "1") == [
        "✅ Đã nạp kế hoạch năm 2024: 1 chỉ tiêu, 1 nhiệm vụ. Chị gõ /kehoach để xem lại."
    ]
    with chat.house.context() as context:
        plan = plan_of(context, 2024)
        assert plan is not None
        assert [(task.start, task.end) for task in plan.tasks] == [(date(2024, 4, 1), date(2024, 6, 15))]


def test_a_plan_may_be_left(chat: Chat, tmp_path: Path) -> None:
    send(chat, tmp_path, "ke-hoach.txt", TEXT)
    assert chat.tap("staff", "Bỏ") == ["Dạ, em bỏ tệp này, không thay đổi gì."]
    assert chat.tap_action("staff", "plan.take:") == ["Em không còn giữ tệp đó, chị gửi lại giúp em nhé."]
    with chat.house.context() as context:
        assert plan_of(context, 2024) is None


def test_a_plan_that_replaces_another_says_what_changes(chat: Chat, tmp_path: Path) -> None:
    with chat.house.context() as context:
        store_plan(context, PLAN)
    (shown,) = send(chat, tmp_path, "moi.toml", dump_plan(PLAN))
    assert shown.splitlines()[-2] == (
        "Kế hoạch 31/KH-CĐ đang dùng: nạp tệp này thì thêm 0 nhiệm vụ, sửa 0, bỏ 0."
    )


def test_a_file_that_is_no_plan_is_told(chat: Chat, tmp_path: Path) -> None:
    (answer,) = send(chat, tmp_path, "ghi-chu.txt", "Mai trời mưa.\n")
    assert answer.startswith("Em không thấy chỉ tiêu hay nhiệm vụ nào trong ghi-chu.txt nên chưa nạp gì.")
    assert chat.say("staff", "/tiendo") != []


def test_whatever_is_said_while_a_file_is_on_its_way_is_answered(chat: Chat) -> None:
    file = (Attachment("f1", "ke-hoach.docx", "", 100),)
    assert chat.say("staff", "", attachments=file) == ["Em đang đọc tệp, xong em nhắn chị ngay."]
    assert chat.say("staff", "xong chưa em") == ["Em đang đọc tệp, xong em nhắn chị ngay."]


def test_a_list_of_units_is_shown_and_taken_in(chat: Chat, tmp_path: Path) -> None:
    assert send(chat, tmp_path, "don-vi.csv", UNITS) == [
        "So với danh sách đang có: thêm 1 đơn vị, thay đổi 0, giữ nguyên 0.\n"
        "Thêm: CĐCS Gỗ Bình Tâm.\n"
        "4 đơn vị đang có không nằm trong danh sách, em giữ nguyên."
    ]
    assert chat.choices("staff") == ["Nạp danh sách này", "Bỏ"]
    assert chat.say("staff", "1") == ["✅ Đã thêm 1 đơn vị, sửa 0. Chị gõ /chuatham để xem ai chưa tham gia."]
    with chat.house.context() as context:
        unit = context.uow.units.first(name="CĐCS Gỗ Bình Tâm")
        assert unit is not None
        assert unit.workers == 80


def test_a_list_with_faults_is_not_taken_in(chat: Chat, tmp_path: Path) -> None:
    (answer,) = send(chat, tmp_path, "don-vi.csv", UNITS.replace("80", "tám mươi"))
    assert answer.splitlines()[0] == "Em chưa nạp gì, trong danh sách còn chỗ cần sửa:"


@pytest.mark.parametrize("who", ["chair", "leader"])
def test_others_bring_in_no_plan(chat: Chat, who: str) -> None:
    chat.say(who, "", attachments=(Attachment("f1", "ke-hoach.toml", "", 100),))
    assert chat.tap_action(who, "plan.take:") == [
        f"Việc này em chưa làm cho {'chị' if who == 'chair' else 'anh'} được, vì thuộc phần của người khác. "
        f"{'Chị' if who == 'chair' else 'Anh'} gõ /trogiup để xem em giúp được gì nhé."
    ]


def test_who_sent_a_file_that_is_no_plan_is_addressed(chat: Chat, tmp_path: Path) -> None:
    report = "BÁO CÁO\nKết quả công đoàn năm 2024\nI. KẾT QUẢ\n- Kết nạp 5 đoàn viên."
    assert send(chat, tmp_path, "bc.txt", report) == [
        "Tệp bc.txt là báo cáo, không phải kế hoạch, nên em chưa nạp gì. Chị gửi giúp em văn bản kế hoạch "
        "có chỉ tiêu hoặc nhiệm vụ."
    ]
