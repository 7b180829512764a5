from __future__ import annotations

import json
from datetime import date

import pytest

from bot.language.contract import read_line

TODAY = date(2024, 6, 19)


def test_it_answers_an_object_with_the_keys_of_the_contract() -> None:
    line = json.dumps({"id": "a1", "text": "kết nạp 5 đoàn viên ngày 12/4", "today": "2024-04-15"})
    answer = read_line(line, TODAY)
    assert {key: answer[key] for key in ("id", "intent", "items", "ask")} == {
        "id": "a1",
        "intent": "report",
        "items": [
            {"indicator": "doan_vien_moi", "value": 5, "on": "2024-04-12", "place": None, "people": None}
        ],
        "ask": None,
    }


def test_it_takes_a_bare_line_as_text_of_today() -> None:
    answer = read_line("hôm qua đối thoại 1 lần", TODAY)
    assert answer["id"] is None
    assert answer["items"][0]["on"] == "2024-06-18"


def test_it_resolves_a_correction_against_the_last_report() -> None:
    previous = [{"indicator": "doi_thoai", "value": 3, "on": "2024-06-10", "place": None, "people": 20}]
    answer = read_line(json.dumps({"text": "thêm 2 nữa", "previous": previous}), TODAY)
    assert answer["items"] == [
        {"indicator": "doi_thoai", "value": 5, "on": "2024-06-10", "place": None, "people": 20}
    ]
    assert answer["ask"] is None


def test_it_prints_a_question_with_its_choices() -> None:
    answer = read_line("vô 9 ra 4 nha", TODAY)
    assert answer["ask"]["question"] == "Con số 9 là của mục nào ạ?"
    assert [choice["label"] for choice in answer["ask"]["choices"]] == [
        "9 đoàn viên mới",
        "9 cuộc đối thoại",
        "9 hội nghị người lao động",
        "Để nhắn lại",
    ]
    assert answer["ask"]["choices"][0]["items"][0]["value"] == 9


@pytest.mark.parametrize(
    "line",
    [
        "{not json",
        "{}",
        '{"text": 5}',
        '{"text": "kết nạp 5", "today": "15/4"}',
        '{"text": "x", "previous": "y"}',
        '{"text": "thêm 1 nữa", "previous": [5, {"indicator": 3}, {"indicator": "doi_thoai", "value": "x"}]}',
        "[]",
        "",
    ],
)
def test_a_line_out_of_form_stops_nothing(line: str) -> None:
    assert json.loads(json.dumps(read_line(line, TODAY)))["intent"]
