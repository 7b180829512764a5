"""Which choice a typed line means, where some have a number and some have none."""

from __future__ import annotations

import pytest

from bot.conversation.router import Router
from bot.conversation.turn import Dialogue, Entry, Turn
from domain.messages import Choice
from messages_vi.catalogue import Marked
from tests.people import Chat, House


def _ask(turn: Turn, rest: str) -> None:
    turn.expect("toy.count")
    turn.say(
        Marked("?"),
        Choice("Không có", "toy.tapped:none", numbered=False),
        Choice("Sửa", "toy.tapped:fix"),
        Choice("Dừng", "toy.tapped:stop", numbered=False),
        Choice("Giữ nguyên 7", "toy.tapped:keep"),
    )


def _tell(turn: Turn, rest: str) -> None:
    turn.say(Marked(rest))


TOY = Dialogue(
    commands={"baocao": Entry(_ask, None)},
    actions={"toy.tapped": Entry(_tell, None)},
    answers={"toy.count": Entry(_tell, None)},
)


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("1", "fix"),
        ("số 1", "fix"),
        ("hai", "keep"),
        ("3", "3"),
        ("4", "4"),
        ("7", "7"),
        ("không có", "none"),
        ("khong co", "none"),
        ("dừng", "stop"),
        ("sua", "fix"),
        ("giữ nguyên 7", "keep"),
    ],
)
def test_a_number_chooses_only_what_is_numbered(small_house: House, typed: str, heard: str) -> None:
    talk = Chat(small_house, Router((TOY,), _tell, _tell).answer)
    talk.say("chair", "/baocao")
    assert talk.say("chair", typed) == [heard]
