"""What older rows hold is still read."""

from __future__ import annotations

from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from domain.messages import Choice
from storage.columns import Choices


def test_choices_kept_without_a_word_on_numbers_are_numbered() -> None:
    kept = '[["Đúng", "report.ok:1"], ["Không có", "report.zero:1", false]]'
    assert Choices().process_result_value(kept, SQLiteDialect()) == (
        Choice("Đúng", "report.ok:1", numbered=True),
        Choice("Không có", "report.zero:1", numbered=False),
    )
