"""A chair of two units writes of both in one line: the figures are kept apart and never added up."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.dialogues import build_router
from domain.ledger import ReportState
from domain.people import Membership, Role
from tests.bot.conversation.reporting import figures
from tests.people import Chat, House

BOTH = "hạt điều kết nạp 3, suối đá kết nạp 4 đoàn viên ngày 12/4"
APART = (
    "Tin này có số của 2 đơn vị, em tách thế này đúng không chị?\n"
    "• CĐCS Hạt điều Phước Minh: 3 đoàn viên mới\n"
    "• CĐCS May Suối Đá: 4 đoàn viên mới, ngày 12/4"
)
ONE_EACH = (
    "Tin này có số của nhiều đơn vị nên em chưa ghi, sợ cộng lẫn. Chị nhắn riêng từng đơn vị giúp em, ví dụ: "
    "CĐCS Hạt điều Phước Minh: kết nạp 5 đoàn viên ngày 15/4, đối thoại 1 lần."
)


@pytest.fixture
def chat(small_house: House) -> Chat:
    return Chat(small_house, build_router().answer)


@pytest.fixture
def of_two(chat: Chat) -> Chat:
    with chat.house.context() as context:
        chair, unit = chat.house.people["chair"], chat.house.units["may"]
        context.uow.memberships.add(Membership(chair.id, unit.id, Role.CHAIR, date(2024, 1, 1)))
    return chat


def test_each_unit_gets_its_own_figures(of_two: Chat) -> None:
    assert of_two.say("chair", BOTH) == [APART]
    assert of_two.choices("chair") == ["Đúng, ghi riêng từng đơn vị", "Không, để nhắn riêng từng đơn vị"]
    assert of_two.say("chair", "1") == [
        "Em ghi cho CĐCS Hạt điều Phước Minh thế này, đúng không chị?\n• 3 đoàn viên mới"
    ]
    assert of_two.say("chair", "1") == [
        "✅ Đã ghi cho CĐCS Hạt điều Phước Minh.\nQuý II: 3 đoàn viên mới.\nQuý II đủ chưa chị?",
        "Em ghi cho CĐCS May Suối Đá thế này, đúng không chị?\n• 4 đoàn viên mới, ngày 12/4",
    ]
    of_two.say("chair", "1")
    assert (figures(of_two.house), figures(of_two.house, "may")) == (
        {"doan_vien_moi": 3},
        {"doan_vien_moi": 4},
    )


def test_what_is_counted_may_be_said_once(of_two: Chat) -> None:
    assert of_two.say("chair", "bên may kết nạp 5, hạt điều 2 đoàn viên") == [
        "Tin này có số của 2 đơn vị, em tách thế này đúng không chị?\n"
        "• CĐCS May Suối Đá: 5 đoàn viên mới\n"
        "• CĐCS Hạt điều Phước Minh: 2 đoàn viên mới"
    ]


@pytest.mark.parametrize("typed", ["2", "không", "không, để nhắn riêng từng đơn vị"])
def test_the_split_may_be_refused(of_two: Chat, typed: str) -> None:
    of_two.say("chair", BOTH)
    assert of_two.say("chair", typed) == ["Dạ, vậy em không ghi gì. Khi có số liệu chị nhắn lại giúp em nhé."]
    with of_two.house.context() as context:
        assert {row.state for row in context.uow.reports.find()} == {ReportState.WITHDRAWN}


def test_the_split_is_asked_again_or_overtaken(of_two: Chat) -> None:
    of_two.say("chair", BOTH)
    assert of_two.say("chair", "mai trời mưa") == [APART]
    assert of_two.say("chair", "suối đá kết nạp 4 đoàn viên") == [
        "Em ghi cho CĐCS May Suối Đá thế này, đúng không chị?\n• 4 đoàn viên mới"
    ]


def test_dropping_one_unit_goes_on_with_the_other(of_two: Chat) -> None:
    of_two.say("chair", BOTH)
    of_two.say("chair", "1")
    assert of_two.say("chair", "bỏ")[1].startswith("Em ghi cho CĐCS May Suối Đá thế này")


def test_a_unit_that_is_not_known_makes_the_line_unsure(of_two: Chat) -> None:
    assert of_two.say("chair", "bên may kết nạp 5 đoàn viên, bên bao bì kết nạp 2 đoàn viên") == [ONE_EACH]
    with of_two.house.context() as context:
        assert context.uow.reports.find() == []


def test_a_unit_is_named_by_one_word_behind_a_side_word(of_two: Chat) -> None:
    assert of_two.say("chair", "bên may kết nạp 3 đoàn viên, đối thoại 1 lần") == [
        "Em ghi cho CĐCS May Suối Đá thế này, đúng không chị?\n• 3 đoàn viên mới\n• 1 cuộc đối thoại"
    ]


def test_a_chair_of_one_unit_is_asked_for_that_ones_figures(chat: Chat) -> None:
    chat.say("chair", "bên may 5 bên bao bì 2 đv nha")
    assert chat.tap("chair", "Của nhiều đơn vị") == [
        "Em chỉ giữ số liệu của CĐCS Hạt điều Phước Minh nên chưa ghi gì. Chị nhắn số của riêng đơn vị này "
        "giúp em, ví dụ: kết nạp 5 đoàn viên ngày 15/4, đối thoại 1 lần."
    ]
