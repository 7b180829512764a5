"""Whole lines as people write them, against what they mean: `lines.jsonl`, one labelled line each.

The labels follow the contract of `tiendo understand`; "ask" marks lines where a question is right, "previous"
holds the items of the last report.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.language.contract import as_json
from bot.language.reader import understand
from domain.understanding import Item

LINES = [
    json.loads(line)
    for line in (Path(__file__).parent / "lines.jsonl").read_text(encoding="utf-8").splitlines()
]


def _in_any_order(items: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(item, sort_keys=True, ensure_ascii=False) for item in items)


def _previous(line: dict[str, Any]) -> tuple[Item, ...]:
    return tuple(
        Item(
            item["indicator"],
            item["value"],
            on=date.fromisoformat(item["on"]) if item["on"] else None,
            people=item["people"],
        )
        for item in line.get("previous", [])
    )


@pytest.mark.parametrize("line", LINES, ids=[line["id"] for line in LINES])
def test_it_reads_a_line_as_its_label_says(line: dict[str, Any]) -> None:
    reading = as_json(understand(line["text"], date.fromisoformat(line["today"]), _previous(line)))
    assert reading["intent"] == line["intent"], line["text"]
    assert _in_any_order(reading["items"]) == _in_any_order(line["items"]), line["text"]
    assert (reading["ask"] is not None) == line.get("ask", False), line["text"]


def test_the_lines_cover_every_intent_and_indicator() -> None:
    assert {line["intent"] for line in LINES} == {
        "report", "correct", "none_to_report", "progress", "tasks",
        "task_done", "help", "greeting", "question", "other",
    }  # fmt: skip
    assert {item["indicator"] for line in LINES for item in line["items"]} == {
        "doan_vien_moi", "cdcs_10_25", "cdcs_25", "tuldtt", "hoi_nghi_nld", "doi_thoai",
    }  # fmt: skip
