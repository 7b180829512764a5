from __future__ import annotations

import pytest

from bot.language.patterns import says
from bot.language.tokens import tokenise
from messages_vi import vocabulary


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("person", "tụi em cần cán bộ xuống giải quyết"),
        ("person", "tui em can can bo xuong giai quyet"),
        ("trouble", "nhà máy giam hai tháng lương"),
        ("help", "ấn nút nào để gửi"),
        ("tasks", "chừng nào chốt sổ"),
        ("progress", "tụi em còn thiếu mấy cuộc nữa"),
        ("withdrawn", "coi như tin sáng nay không có"),
        ("wish", "kính chúc bác nhiều sức khỏe"),
        ("nagged", "báo rồi mà máy vẫn cứ nhắc"),
    ],
)
def test_it_knows_a_frame_with_and_without_accents(name: str, text: str) -> None:
    assert says(name, tokenise(text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("trouble", "em gửi danh sách khen thưởng"),  # "em" is no "ém", which is to keep something back.
        ("tasks", "chừng nào. chốt sổ"),
        ("person", "thì ai cũng vui"),
    ],
)
def test_it_knows_no_frame_across_a_sentence_or_in_another_word(name: str, text: str) -> None:
    assert not says(name, tokenise(text))


def test_every_table_of_frames_is_one_that_the_rules_ask_for() -> None:
    asked = {
        "person",
        "trouble",
        "nagged",
        "help",
        "tasks",
        "progress",
        "withdrawn",
        "wish",
        "relative",
        "musing",
    } | {"nil", "later", "put_off", "who"}
    assert set(vocabulary.patterns()) == asked
