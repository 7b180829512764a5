"""/duyet as staff see it: one card at a time, every tap safe to repeat."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.conversation import approve
from bot.conversation.router import Router
from bot.conversation.turn import Turn
from bot.services import ledger
from domain.ledger import Evidence, Report, ReportState
from domain.messages import Attachment, Media, MediaState
from messages_vi.catalogue import Marked
from tests.people import MONDAY, Chat, House

CARD = (
    "1/1 · CĐCS Hạt điều Phước Minh: 5 đoàn viên mới, ngày 12/4 (chị Hoa gửi thứ Hai 15/4).\n"
    "Minh chứng: chưa có.\n"
    "Trong quý II mục này chưa duyệt số nào."
)


def _lost(turn: Turn, rest: str) -> None:
    turn.say(Marked("?"))


@pytest.fixture
def chat(small_house: House) -> Chat:
    router = Router((approve.DIALOGUE,), stranger=_lost, lost=_lost)
    return Chat(small_house, router.answer)


def figure(chat: Chat, value: int, unit: str = "dieu", **more: Any) -> Report:
    house = chat.house
    who = {"dieu": "chair", "may": "other_chair"}[unit]
    with house.context() as context:
        period = context.uow.periods.find(number=2, year=2024)[0]
        row = Report(
            "doan_vien_moi",
            value,
            house.units[unit].id,
            period.id,
            ReportState.PENDING,
            f"batch-{unit}",
            MONDAY,
            reported_by_id=house.people[who].id,
            happened_on=date(2024, 4, 12),
            confirmed_at=MONDAY,
        )
        return ledger.add(context, replace(row, **more))


def state_of(chat: Chat, row: Report) -> ReportState:
    with chat.house.context() as context:
        return context.uow.reports.get(row.id).state


def photo(chat: Chat, state: MediaState = MediaState.STORED) -> int:
    house = chat.house
    with house.context() as context:
        media = context.uow.media.add(Media("a.jpg", "image/jpeg", state, MONDAY))
        context.uow.evidence.add(Evidence("batch-dieu", house.units["dieu"].id, media.id, MONDAY))
        return media.id


def test_a_card_says_all_that_one_decides_by(chat: Chat) -> None:
    earlier = figure(chat, 7, state=ReportState.APPROVED)
    figure(chat, 5, raw_text="ket nap 5 dv ngay 12/4", note="kèm quyết định số 3.", supersedes_id=earlier.id)
    photo(chat)
    assert chat.say("staff", "/duyet") == [
        "1/1 · CĐCS Hạt điều Phước Minh: 5 đoàn viên mới, ngày 12/4 (chị Hoa gửi thứ Hai 15/4).\n"
        "Thay cho số trước: 7 đoàn viên mới.\n"
        "Tin gốc: “ket nap 5 dv ngay 12/4”.\n"
        "Đơn vị ghi chú: “kèm quyết định số 3”.\n"
        "Minh chứng: 1 ảnh.\n"
        "Trong quý II đã duyệt 7."
    ]
    assert chat.choices("staff") == ["Duyệt", "Trả lại", "Để sau", "Xem minh chứng"]


def test_figures_are_approved_one_after_the_other(chat: Chat) -> None:
    rows = [figure(chat, 5), figure(chat, 3, "may")]
    chat.say("staff", "duyệt số liệu")
    (answer,) = chat.say("staff", "1")
    assert answer == (
        "✅ Đã duyệt 5 đoàn viên mới.\n\n"
        "2/2 · CĐCS May Suối Đá: 3 đoàn viên mới, ngày 12/4 (anh Đức gửi thứ Hai 15/4).\n"
        "Minh chứng: chưa có.\n"
        "Trong quý II mục này chưa duyệt số nào."
    )
    assert chat.tap("staff", "Duyệt") == ["✅ Đã duyệt 3 đoàn viên mới.\nHết số liệu chờ duyệt."]
    assert [state_of(chat, row) for row in rows] == [ReportState.APPROVED] * 2
    assert chat.say("staff", "/duyet") == ["Hết số liệu chờ duyệt."]


def test_under_a_card_the_word_is_the_button(chat: Chat) -> None:
    rows = [figure(chat, 5), figure(chat, 3, "may")]
    chat.say("staff", "duyệt")
    assert state_of(chat, rows[0]) is ReportState.PENDING
    chat.say("staff", "duyet")
    assert [state_of(chat, row) for row in rows] == [ReportState.APPROVED, ReportState.PENDING]
    chat.say("staff", "/duyet")
    assert state_of(chat, rows[1]) is ReportState.PENDING


def test_all_of_a_unit_are_approved_at_once(chat: Chat) -> None:
    rows = [figure(chat, 5), figure(chat, 8)]
    other = figure(chat, 3, "may")
    (card,) = chat.say("staff", "/duyet")
    assert card.endswith("Đơn vị này còn chờ: 8 đoàn viên mới, ngày 12/4.")
    (answer,) = chat.tap("staff", "Duyệt hết 2 số của đơn vị này")
    assert answer.startswith("✅ Đã duyệt 2 số của CĐCS Hạt điều Phước Minh.\n\n2/2 · CĐCS May Suối Đá")
    assert [state_of(chat, row) for row in (*rows, other)] == [
        ReportState.APPROVED,
        ReportState.APPROVED,
        ReportState.PENDING,
    ]


def test_what_is_left_for_later_comes_again(chat: Chat) -> None:
    figure(chat, 5)
    chat.say("staff", "/duyet")
    assert chat.tap("staff", "Để sau") == ["Đã xem hết lượt, còn 1 số để sau."]
    assert chat.tap("staff", "Xem lại các số để sau") == [CARD]


def test_a_return_asks_for_the_reason(chat: Chat) -> None:
    row = figure(chat, 5)
    chat.say("staff", "/duyet")
    assert chat.tap("staff", "Trả lại") == [
        "Trả lại 5 đoàn viên mới vì sao ạ? Chị nhắn một câu cho đơn vị biết, hoặc chọn:"
    ]
    assert chat.choices("staff") == ["Thiếu minh chứng", "Sai số", "Đã báo trước đó rồi", "Thôi, để sau"]
    assert chat.say("staff", "Quyết định kết nạp ghi 3") == [
        "Đã trả lại 5 đoàn viên mới. Em đã nhắn chị Hoa (CĐCS Hạt điều Phước Minh).\nHết số liệu chờ duyệt."
    ]
    assert state_of(chat, row) is ReportState.RETURNED
    assert chat.heard("chair") == [
        "Văn phòng nhờ chị xem lại: 5 đoàn viên mới (12/4) của CĐCS Hạt điều Phước Minh.\n"
        "Ghi chú: “Quyết định kết nạp ghi 3”.\n"
        "Chị nhắn số đúng giúp em, hoặc chọn giữ nguyên."
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "trả lại, quyết định ghi 4 người",
        "Trả lại: quyết định ghi 4 người",
        "tra lai - quyết định ghi 4 người",
    ],
)
def test_the_reason_may_be_typed_behind_the_button(chat: Chat, typed: str) -> None:
    row = figure(chat, 5)
    chat.say("staff", "/duyet")
    (answer,) = chat.say("staff", typed)
    assert answer.startswith("Đã trả lại 5 đoàn viên mới. Em đã nhắn chị Hoa (CĐCS Hạt điều Phước Minh).")
    assert state_of(chat, row) is ReportState.RETURNED
    with chat.house.context() as context:
        assert context.uow.reports.get(row.id).reason == "quyết định ghi 4 người"


def test_a_longer_word_is_not_the_button(chat: Chat) -> None:
    row = figure(chat, 5)
    chat.say("staff", "/duyet")
    chat.say("staff", "trả lạih quyết định")
    assert state_of(chat, row) is ReportState.PENDING


def test_a_reason_can_be_chosen(chat: Chat) -> None:
    figure(chat, 5)
    chat.say("staff", "/duyet")
    chat.say("staff", "2")
    chat.say("staff", "thiếu minh chứng")
    assert "Ghi chú: “Thiếu minh chứng”." in chat.heard("chair")[0]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("???", "Đơn vị cần biết lý do để sửa. Chị nhắn vài chữ giúp em, hoặc chọn:"),
        ("a" * 301, "Lý do hơi dài, chị nhắn lại gọn trong 300 chữ cái giúp em."),
    ],
)
def test_an_unusable_reason_is_asked_for_again(chat: Chat, typed: str, answer: str) -> None:
    row = figure(chat, 5)
    chat.say("staff", "/duyet")
    chat.tap("staff", "Trả lại")
    assert chat.say("staff", typed) == [answer]
    assert state_of(chat, row) is ReportState.PENDING
    chat.say("staff", "Sai số liệu")
    assert state_of(chat, row) is ReportState.RETURNED


def test_a_photo_is_no_reason(chat: Chat) -> None:
    figure(chat, 5)
    chat.say("staff", "/duyet")
    chat.tap("staff", "Trả lại")
    sent = (Attachment("f1", "a.jpg", "image/jpeg"),)
    assert chat.say("staff", "", attachments=sent) == [
        "Đơn vị cần biết lý do để sửa. Chị nhắn vài chữ giúp em, hoặc chọn:"
    ]


def test_a_return_says_when_nobody_can_be_written_to(chat: Chat) -> None:
    figure(chat, 5)
    with chat.house.context() as context:
        context.uow.contacts.delete(chat_id=("chair", "deputy"))
    chat.say("staff", "/duyet")
    chat.tap("staff", "Trả lại")
    assert chat.tap("staff", "Sai số") == [
        "Đã trả lại 5 đoàn viên mới, nhưng em chưa nhắn được cho ai ở CĐCS Hạt điều Phước Minh. "
        "Nhờ chị gọi điện giúp.\nHết số liệu chờ duyệt."
    ]


def test_the_second_staff_member_hears_who_was_faster(chat: Chat) -> None:
    row = figure(chat, 5)
    chat.say("staff", "/duyet")
    chat.say("admin", "/duyet")
    chat.tap("staff", "Duyệt")
    faster = "Chị Thu đã duyệt 5 đoàn viên mới trước đó rồi, em không thay đổi gì.\nHết số liệu chờ duyệt."
    assert chat.tap("admin", "Trả lại") == [faster]
    assert chat.tap_action("admin", f"approve.ok:{row.id}.1") == [faster]
    assert chat.tap_action("staff", f"approve.ok:{row.id}.1") == [faster.replace("Chị Thu", "Chị")]
    assert chat.tap_action("admin", f"approve.why:{row.id}.1.wrong") == [faster]
    assert chat.heard("chair") == []


def test_a_figure_that_the_unit_took_back_is_not_approved(chat: Chat) -> None:
    row = figure(chat, 5)
    chat.say("staff", "/duyet")
    with chat.house.context("chair") as context:
        ledger.move(context, row, state=ReportState.WITHDRAWN)
    assert chat.tap("staff", "Duyệt") == [
        "Đơn vị vừa sửa hoặc bỏ số 5 đoàn viên mới, nên em không thay đổi gì.\nHết số liệu chờ duyệt."
    ]


def test_the_proof_is_shown_and_removed_in_one_tap(chat: Chat) -> None:
    figure(chat, 5)
    media_id = photo(chat)
    chat.say("staff", "/duyet")
    answers = chat.tap("staff", "Xem minh chứng")
    assert answers[0] == "Minh chứng 1/1 của CĐCS Hạt điều Phước Minh."
    with chat.house.context() as context:
        assert [row.media_id for row in context.uow.outbox.find(chat_id="staff")] == [None, media_id, None]
    assert chat.choices("staff") == ["Duyệt", "Trả lại", "Để sau", "Gỡ ảnh"]
    (answer,) = chat.tap("staff", "Gỡ ảnh")
    assert answer == f"Đã gỡ ảnh, không ai xem được nữa.\n\n{CARD}"
    assert chat.tap_action("staff", "approve.unphoto:1.1.1") == [
        f"Ảnh này đã được gỡ trước đó rồi.\n\n{CARD}"
    ]


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        (
            MediaState.WAITING,
            "Minh chứng 1/1 của CĐCS Hạt điều Phước Minh còn đang tải, chị xem lại sau vài giây giúp em.",
        ),
        (MediaState.REFUSED, "Minh chứng 1/1 của CĐCS Hạt điều Phước Minh em không lưu được."),
    ],
)
def test_a_proof_without_bytes_says_so(chat: Chat, state: MediaState, answer: str) -> None:
    figure(chat, 5)
    photo(chat, state)
    chat.say("staff", "/duyet")
    assert chat.tap("staff", "Xem minh chứng")[0] == answer


def test_a_tap_on_a_card_ends_the_question_for_a_reason(chat: Chat) -> None:
    rows = [figure(chat, 5), figure(chat, 3, "may")]
    chat.say("staff", "/duyet")
    chat.tap("staff", "Trả lại")
    chat.tap_action("staff", f"approve.ok:{rows[0].id}.1")
    assert chat.say("staff", "Sai số liệu") == ["?"]
    assert state_of(chat, rows[1]) is ReportState.PENDING


@pytest.mark.parametrize(("who", "you"), [("chair", "chị"), ("leader", "anh")])
def test_only_staff_approve(chat: Chat, who: str, you: str) -> None:
    row = figure(chat, 5)
    refused = [
        f"Việc này em chưa làm cho {you} được, vì thuộc phần của người khác. "
        f"{you.capitalize()} gõ /trogiup để xem em giúp được gì nhé."
    ]
    assert chat.say(who, "/duyet") == refused
    assert chat.tap_action(who, f"approve.ok:{row.id}.1") == refused
    assert state_of(chat, row) is ReportState.PENDING


@pytest.mark.parametrize(
    "action", ["approve.ok:", "approve.ok:x.1", "approve.ok:99999999999.1", "approve.why:1.1.x"]
)
def test_an_action_that_no_button_carries_changes_nothing(chat: Chat, action: str) -> None:
    row = figure(chat, 5)
    (answer,) = chat.tap_action("staff", action)
    assert answer.startswith("Chị đang trả lời một mục không còn nữa")
    assert state_of(chat, row) is ReportState.PENDING
