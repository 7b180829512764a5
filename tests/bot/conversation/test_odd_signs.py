"""Signs that no keyboard writes and no database takes: they are left out, and the message is answered."""

from __future__ import annotations

import pytest

from bot.conversation.dialogues import build_router
from domain.ledger import ReportState
from domain.messages import Attachment
from tests.people import Chat, House

ODD = ["\x00", "\ud83d", "\udc00\ud800"]


@pytest.mark.parametrize("sign", ODD)
def test_a_figure_among_odd_signs_is_written_down(house: House, sign: str) -> None:
    talk = Chat(house, build_router().answer)
    talk.say("chair", f"kết nạp 5 đoàn viên {sign}")
    talk.say("chair", f"1{sign}")
    with house.context() as context:
        assert context.uow.reports.count(state=ReportState.PENDING) == 1


@pytest.mark.parametrize("sign", ODD)
def test_a_file_with_odd_signs_in_its_name_is_taken(house: House, sign: str) -> None:
    talk = Chat(house, build_router().answer)
    photo = (Attachment(f"f1{sign}", f"anh{sign}.jpg", "image/jpeg", 1000),)
    (said,) = talk.say("chair", "", attachments=photo)
    assert said.startswith("Em đã nhận 1 minh chứng")
