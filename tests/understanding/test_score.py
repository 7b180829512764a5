"""The scorer itself: what counts as exact, full, wrong without asking, and how it is printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.understanding.__main__ import described, main, report
from tests.understanding.score import Score, judge, read_by_contract, read_lines, score

ITEM = {"indicator": "doan_vien_moi", "value": 5, "on": "2024-04-12", "place": None, "people": None}
DIALOGUE = {"indicator": "doi_thoai", "value": 1, "on": None, "place": "cty Sao Mai", "people": 40}


def _label(intent: str = "report", *items: dict[str, Any], ask: bool = False) -> dict[str, Any]:
    about = {"id": "x1", "text": "một dòng", "today": "2024-04-15"}
    return {**about, "intent": intent, "items": list(items), "ask": ask}


def _read(intent: str = "report", *items: dict[str, Any], ask: bool = False) -> dict[str, Any]:
    return {"intent": intent, "items": list(items), "ask": {"question": "?"} if ask else None}


@pytest.mark.parametrize(
    ("label", "reading", "exact", "full"),
    [
        (_label("report", ITEM, DIALOGUE), _read("report", DIALOGUE, ITEM), True, True),
        (_label("report", ITEM), _read("report", ITEM | {"on": None}), True, False),
        (_label("report", ITEM), _read("report", ITEM | {"value": 6}), False, False),
        (_label("report", ITEM), _read("correct", ITEM), False, False),
        (_label("report", ITEM, ITEM), _read("report", ITEM), False, False),
        (_label("other"), _read("other"), True, True),
        (_label("report", {"indicator": "doi_thoai", "value": 1}), _read("report", DIALOGUE), True, False),
    ],
)
def test_a_line_is_exact_by_its_figures_and_full_by_all_of_them(
    label: dict[str, Any], reading: dict[str, Any], exact: bool, full: bool
) -> None:
    verdict = judge(label, reading)
    assert (verdict.exact, verdict.full) == (exact, full)


@pytest.mark.parametrize(
    ("label", "reading", "wrong", "missed"),
    [
        (_label("report", ITEM), _read("report", ITEM | {"value": 6}), True, True),
        (_label("report", ITEM), _read("report", ITEM | {"value": 6}, ask=True), False, False),
        (_label("report", ITEM), _read("report"), False, True),
        (_label("report", ITEM), _read("report", ITEM, ITEM), True, False),
        (_label("other"), _read("report", ITEM), True, False),
        (_label("report", ITEM), _read("correct", ITEM | {"on": None}), False, False),
        (_label("report", ITEM, ask=True), _read("report", DIALOGUE), True, True),
    ],
)
def test_a_wrong_or_missing_figure_is_silent_where_nothing_is_asked(
    label: dict[str, Any], reading: dict[str, Any], wrong: bool, missed: bool
) -> None:
    verdict = judge(label, reading)
    assert (verdict.is_silent_wrong, verdict.is_silent_miss) == (wrong, missed)


def test_only_lines_not_marked_count_as_asking_too_much() -> None:
    lines = [_label(ask=True), _label(), _label(), _label("other")]
    answers = iter([_read(ask=True), _read(ask=True), _read(), _read("report")])
    whole = score(lines, lambda _line: next(answers))
    assert whole.ask_percent == pytest.approx(100 / 3)
    assert whole.unasked == ()
    assert whole.exact_percent == 75
    assert whole.confusion() == {("report", "report"): 3, ("other", "report"): 1}


def test_a_detail_is_right_only_with_its_figure() -> None:
    whole = Score(
        (judge(_label("report", ITEM, DIALOGUE), _read("report", ITEM, DIALOGUE | {"place": "x"})),)
    )
    assert [whole.detail_percent(detail) for detail in ("on", "place", "people")] == [100, 50, 100]
    assert Score(()).detail_percent("on") == 100


def test_it_gives_the_last_report_to_the_reader() -> None:
    line = _label("correct") | {"text": "thêm 2 nữa", "previous": [DIALOGUE | {"value": 3}]}
    assert read_by_contract(line)["items"] == [DIALOGUE | {"value": 5}]


def test_it_reads_a_file_of_labelled_lines_and_names_the_bad_one(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text(json.dumps(_label()) + "\n\n" + json.dumps(_label("other")), encoding="utf-8")
    assert [line["intent"] for line in read_lines(good)] == ["report", "other"]
    for written in (
        "{",
        '{"text": "x"}',
        "[]",
        '{"text": 5, "today": "2024-01-01", "intent": "x", "items": []}',
    ):
        bad.write_text("\n" + written, encoding="utf-8")
        with pytest.raises(ValueError, match=r"bad\.jsonl:2: no labelled line"):
            read_lines(bad)


def test_it_describes_a_failing_line_with_both_readings() -> None:
    verdict = judge(_label("report", ITEM), _read("report", DIALOGUE, ask=True))
    assert list(described(verdict)) == [
        "- x1 [2024-04-15] 'một dòng'",
        "    labelled report doan_vien_moi=5 on=2024-04-12",
        "    read     report doi_thoai=1 place=cty Sao Mai people=40 ask",
    ]


def test_the_report_counts_each_file_and_all_together() -> None:
    good = Score((judge(_label(), _read()),))
    bad = Score((judge(_label("other"), _read("report", ITEM)),))
    lines = list(report([("a", good), ("b", bad)]))
    assert lines[0].startswith("a: 1 lines, 0 items\n  exact 100.0 %, full 100.0 %, on 100.0 %")
    assert lines[2].startswith("all: 2 lines, 0 items\n  exact 50.0 %")
    assert "wrong without asking 1, missed without asking 0" in lines[2]
    assert lines[4:8] == ["  other: 1, right 0, report 1", "  report: 1, right 1", "\nfailing: 1", lines[7]]
    assert lines[7] == "- x1 [2024-04-15] SILENT 'một dòng'"


def test_the_command_scores_the_named_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(_label("report", ITEM) | {"text": "kết nạp 5 đv ngày 12/4"}), encoding="utf-8")
    assert main([str(path)]) == 0
    assert "exact 100.0 %, full 100.0 %" in capsys.readouterr().out
    assert main([str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err
