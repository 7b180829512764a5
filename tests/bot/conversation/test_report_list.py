"""Counts, not names: lists of members, ID numbers and photos of ID cards in a chat."""

from __future__ import annotations

import pytest

from bot.conversation.dialogues import build_router
from tests.bot.conversation.reporting import PHOTO
from tests.people import Chat, House

WHY = (
    "Em chỉ giữ con số, không lưu tên, số căn cước hay số điện thoại của đoàn viên. Danh sách chị nộp thẳng "
    "văn phòng giúp em; xin đừng gửi ảnh căn cước vào đây nhé."
)
LIST = "Danh sách: Nguyễn Thị Anh 1990 CCCD 072099001234 0912345678, Trần Văn Bình CCCD 072088001111"
PRIVATE = ("Nguyễn", "Thị Anh", "Trần", "Bình", "072099001234", "0912345678", "072088001111")


@pytest.fixture
def chat(small_house: House) -> Chat:
    return Chat(small_house, build_router().answer)


def stored(house: House) -> str:
    """Everything that the conversation wrote down, the way it stands in the tables."""
    with house.context() as context:
        uow = context.uow
        tables = (uow.reports, uow.outbox, uow.audit, uow.states, uow.media, uow.evidence)
        return "\n".join(repr(row) for table in tables for row in table.find())


@pytest.mark.parametrize(
    "line",
    [
        LIST,
        f"kết nạp 2 đoàn viên. {LIST}",
        f"{LIST}. Chị coi giúp em có được không?",
        "Kết nạp:\n1. Nguyễn Thị Anh\n2. Trần Văn Bình",
        "mai họp với Nguyễn Thị Anh, Trần Văn Bình nha chị",
        "hôm qua Nguyễn Thị Anh bị tai nạn lao động, CCCD 072099001234",
    ],
)
def test_no_name_and_no_number_of_papers_is_written_anywhere(chat: Chat, line: str) -> None:
    chat.say("chair", line)
    chat.say("chair", "1")
    kept = stored(chat.house).replace("Nguyễn Thị Hoa", "").replace("Trần Minh Đức", "")
    assert [word for word in PRIVATE if word in kept] == []


def test_a_bare_list_is_asked_about_and_only_counted(chat: Chat) -> None:
    assert chat.say("chair", LIST) == [f"{WHY}\nEm đếm được 2 người. Em ghi 2 đoàn viên mới phải không chị?"]
    assert chat.choices("chair") == ["2 đoàn viên mới", "Không, để nhắn lại số"]
    assert chat.say("chair", "1") == ["Em ghi thế này, đúng không chị?\n• 2 đoàn viên mới"]


def test_another_count_may_be_typed(chat: Chat) -> None:
    chat.say("chair", LIST)
    assert chat.say("chair", "3")[0].splitlines()[1] == "• 3 đoàn viên mới"


def test_a_numbered_list_of_names_is_counted_too(chat: Chat) -> None:
    chat.say("chair", "Kết nạp:\n1. Nguyễn Thị Anh\n2. Trần Văn Bình\n3. Lê Thị Cúc")
    assert chat.choices("chair") == ["3 đoàn viên mới", "Không, để nhắn lại số"]


def test_names_beside_a_count_are_left_out_and_told(chat: Chat) -> None:
    assert chat.say("chair", "kết nạp 2 đoàn viên: Nguyễn Thị Anh, Trần Văn Bình") == [
        f"Em ghi thế này, đúng không chị?\n• 2 đoàn viên mới\n{WHY}"
    ]
    with chat.house.context() as context:
        assert context.uow.reports.get(1).raw_text == "kết nạp 2 đoàn viên: …, …"


def test_a_photo_of_identity_cards_is_not_taken(chat: Chat) -> None:
    assert chat.say("chair", "kết nạp 3 đoàn viên, ảnh cccd nè", attachments=PHOTO) == [
        f"Em ghi thế này, đúng không chị?\n• 3 đoàn viên mới\nẢnh căn cước em không nhận.\n{WHY}"
    ]
    with chat.house.context() as context:
        assert context.uow.media.find() == []


def test_a_photo_with_a_caption_that_says_nothing_is_taken_as_proof(chat: Chat) -> None:
    chat.say("chair", "kết nạp 5 đoàn viên")
    assert chat.say("chair", "đây nè chị", attachments=PHOTO) == [
        "Em đã nhận 1 minh chứng, kèm vào: 5 đoàn viên mới.\nSố liệu như vậy đúng không chị?"
    ]


def test_a_list_for_somebody_at_the_office_is_no_report(chat: Chat) -> None:
    assert chat.say("staff", "Nguyễn Thị Anh, Trần Văn Bình") == [
        "Em chưa hiểu tin này nên chưa làm gì. Chị gõ /tiendo để xem tiến độ, hoặc /trogiup để xem em làm "
        "được gì."
    ]
