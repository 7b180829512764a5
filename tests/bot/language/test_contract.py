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
    ("line", "field"),
    [
        ('{"id": 1, "text": "kết nạp 5', ""),
        ("{}", "text"),
        ('{"text": 5}', "text"),
        ('{"text": null}', "text"),
        ('{"text": "kết nạp 5", "today": "15/4"}', "today"),
        ('{"text": "kết nạp 5", "today": "2024-02-30"}', "today"),
        ('{"text": "kết nạp 5", "today": "0001-01-01"}', "today"),
        ('{"text": "kết nạp 5", "today": 20240415}', "today"),
        ('{"text": "x", "previous": "y"}', "previous"),
        ('{"text": "x", "previous": [5]}', "previous[0]"),
        ('{"text": "x", "previous": [{"indicator": 3}]}', "previous[0].indicator"),
        ('{"text": "x", "previous": [{"indicator": "doi_thoai", "value": "x"}]}', "previous[0].value"),
        ('{"text": "x", "previous": [{"indicator": "doi_thoai", "value": true}]}', "previous[0].value"),
        ('{"text": "x", "previous": [{"indicator": "doi_thoai", "value": -1}]}', "previous[0].value"),
        ('{"text": "x", "previous": [{"indicator": "d", "value": 1, "place": 5}]}', "previous[0].place"),
        ('{"text": "x", "previous": [{"indicator": "d", "value": 1, "people": 1.5}]}', "previous[0].people"),
        ('{"text": "x", "previous": [{"indicator": "d", "value": 1, "on": "mai"}]}', "previous[0].on"),
        ('{"text": "x", "today": ' + "9" * 5000 + "}", ""),
        ('{"a":' * 100_000, ""),
    ],
)
def test_an_object_out_of_form_is_answered_with_its_error(line: str, field: str) -> None:
    answer = json.loads(json.dumps(read_line(line, TODAY)))
    assert answer["error"]["field"] == field
    assert (answer["intent"], answer["items"], answer["ask"]) == ("other", [], None)


def test_an_error_keeps_the_id_of_its_line() -> None:
    answer = read_line('{"id": "a7", "text": 5}', TODAY)
    assert (answer["id"], answer["error"]) == ("a7", {"field": "text", "expected": "a string"})


@pytest.mark.parametrize("line", ["{kết nạp 5 đoàn viên}", "[1, 2]", "", "null", '"kết nạp 5"', "{"])
def test_what_is_no_object_is_a_line_of_text(line: str) -> None:
    answer = read_line(line, TODAY)
    assert "error" not in answer
    assert answer["text"] == line


@pytest.mark.parametrize("empty", ["today", "previous", "id"])
def test_a_field_that_is_null_counts_as_left_out(empty: str) -> None:
    answer = read_line(json.dumps({"text": "hôm qua đối thoại", empty: None}), TODAY)
    assert answer["items"][0]["on"] == "2024-06-18"


def test_the_words_behind_the_figures_come_only_when_asked_for() -> None:
    line = json.dumps({"text": "\u200b 10 nam 5 nữ mới vô công đoàn, gọi 0912345678"})
    assert "explain" not in read_line(line, TODAY)
    assert read_line(line, TODAY, explained=True)["explain"] == {
        "items": [
            {
                "indicator": "doan_vien_moi",
                "value": 15,
                "how": "sum",
                "parts": [
                    {"text": "10 nam", "start": 2, "end": 8, "value": 10},
                    {"text": "5 nữ", "start": 9, "end": 13, "value": 5},
                ],
                "words": [{"text": "vô công đoàn", "start": 18, "end": 30}],
                "on": [],
                "place": [],
                "people": [],
            }
        ],
        "passed": [{"text": "0912345678", "start": 36, "end": 46, "as": "phone"}],
        "differing": [],
    }


def test_what_comes_from_the_last_report_has_no_words() -> None:
    previous = [{"indicator": "doi_thoai", "value": 3}]
    line = json.dumps({"text": "thêm 2 nữa", "previous": previous})
    (why,) = read_line(line, TODAY, explained=True)["explain"]["items"]
    assert why["parts"] == [
        {"text": None, "start": None, "end": None, "value": 3},
        {"text": "2", "start": 5, "end": 6, "value": 2},
    ]
