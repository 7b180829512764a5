from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.planreader.plan_words import FILE, LISTS, PlanWordsFault, any_of, read_words

GOOD = FILE.read_text(encoding="utf-8")


def fault(tmp_path: Path, text: str) -> str:
    file = tmp_path / "plan.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PlanWordsFault) as caught:
        read_words(file)
    return str(caught.value)


def test_every_list_holds_phrases_and_variants_are_written_out() -> None:
    lists = read_words(FILE)
    assert set(lists) == LISTS
    assert all(lists.values())
    assert {"đơn vị chủ trì", "cơ quan phối hợp thực hiện"} <= {*lists["lead_labels"], *lists["join_labels"]}
    assert not [phrase for phrases in lists.values() for phrase in phrases if "{" in phrase]


def test_a_longer_phrase_is_tried_before_a_shorter_one() -> None:
    assert re.match(any_of("time_labels"), "thoi gian thuc hien: quy i")[0] == "thoi gian thuc hien"  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[plan]\ntime_label = ['hạn']\n", "the list 'time_label' is not known; did you mean 'time_labels'?"),
        ("[plan]\ntime_labels = ['hạn']\n", "the list 'aside_labels' is missing"),
        (GOOD.replace('sessions_counted = ["cuộc"', 'sessions_counted = ["", "cuộc"'), "which is no phrase"),
        (GOOD.replace('sessions_counted = ["cuộc"', 'sessions_counted = [5, "cuộc"'), "holds 5"),
        (GOOD.replace('sessions_counted = ["cuộc"', 'sessions_counted = ["cuộc", "cuộc"'), "stands twice"),
        (GOOD.replace('sessions_counted = ["cuộc"', 'sessions_counted = ["{x}"'), "the unknown variant 'x'"),
        (re.sub(r"sessions_counted = .*", "sessions_counted = []", GOOD), "must be a list of phrases"),
        ("[plan\n", "plan.toml: "),
    ],
)
def test_a_fault_names_the_list_and_the_word(tmp_path: Path, text: str, expected: str) -> None:
    said = fault(tmp_path, text)
    assert said.startswith("plan.toml: ")
    assert expected in said
