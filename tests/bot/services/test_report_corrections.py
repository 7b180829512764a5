"""A correction is another row; the older one goes when the newer is confirmed, never before, never twice."""

from __future__ import annotations

from datetime import date

import pytest

from bot.services import ledger
from bot.services.context import Context
from bot.services.report_corrections import (
    Change,
    Source,
    as_items,
    correct_returned,
    history,
    keep_returned,
    last_batch,
    propose,
    returned_rows,
    withdraw,
)
from bot.services.report_lines import Line
from bot.services.reporting import add_line, confirm, confirmed_state
from domain.errors import NotFound
from domain.ledger import Report, ReportState
from domain.understanding import Item
from tests.people import House

SEVEN = Item("doan_vien_moi", 7)


def source(batch: str) -> Source:
    return Source(batch, "chair", f"m{batch}", "sửa 5 thành 7")


def reported(house: House, context: Context, *items: Item) -> list[Report]:
    add_line(context, house.units["dieu"], Line("1", "chair", "m1", "kết nạp 5", items))
    return list(confirm(context, "1").rows)


def pending(context: Context) -> int:
    return sum(total.pending for total in context.uow.totals.find())


def test_the_old_figure_counts_until_the_new_one_is_confirmed(house: House) -> None:
    with house.context("chair") as context:
        (old,) = reported(house, context, Item("doan_vien_moi", 5, date(2024, 4, 12)))
        draft = propose(context, [Change(old, SEVEN)], source("2"))
        (new,) = draft.rows
        assert (new.value, new.happened_on, new.supersedes_id) == (7, date(2024, 4, 12), old.id)
        assert pending(context) == 5
        done = confirm(context, "2")
        assert done.replaced == {new.id: old}
        assert pending(context) == 7
        assert context.uow.reports.get(old.id).state is ReportState.WITHDRAWN


def test_two_corrections_of_one_figure_do_not_add_up(house: House) -> None:
    with house.context("chair") as context:
        (old,) = reported(house, context, Item("doan_vien_moi", 5))
        propose(context, [Change(old, SEVEN)], source("2"))
        propose(context, [Change(old, Item("doan_vien_moi", 9))], source("3"))
        assert len(confirm(context, "2").rows) == 1
        late = confirm(context, "3")
        assert (late.rows, [row.value for row in late.stale]) == ((), [9])
        assert pending(context) == 7
        assert ledger.recount(context) == 0


def test_a_figure_of_a_draft_is_replaced_in_the_draft(house: House) -> None:
    with house.context("chair") as context:
        add_line(context, house.units["dieu"], Line("1", "chair", "m1", "5", (Item("doan_vien_moi", 5),)))
        (row,) = last_batch(context, "chair")
        draft = propose(context, [Change(row, SEVEN)], source("2"))
        assert (draft.batch, [row.value for row in draft.rows]) == ("1", [7])
        assert [row.value for row in confirm(context, "1").rows] == [7]


def test_a_figure_taken_back_becomes_a_zero_that_staff_see(house: House) -> None:
    with house.context("chair") as context:
        (old,) = reported(house, context, Item("doan_vien_moi", 5))
        ledger.move(context, old, state=ReportState.APPROVED)
        approved = context.uow.reports.get(old.id)
        (zero,) = propose(context, [Change(approved, None)], source("2")).rows
        assert (zero.value, confirmed_state(context, zero, approved)) == (0, ReportState.PENDING)
        assert [row.state for row in confirm(context, "2").rows] == [ReportState.PENDING]
        assert [(t.approved, t.pending) for t in context.uow.totals.find()] == [(0, 0)]


def test_what_nobody_approved_is_taken_back_without_anybody(house: House) -> None:
    with house.context("chair") as context:
        (old,) = reported(house, context, Item("doan_vien_moi", 5))
        propose(context, [Change(old, None)], source("2"))
        assert [row.state for row in confirm(context, "2").rows] == [ReportState.APPROVED]
        assert [(t.approved, t.pending) for t in context.uow.totals.find()] == [(0, 0)]


def test_a_new_day_moves_the_figure_to_the_period_of_that_day(house: House) -> None:
    with house.context("chair") as context:
        (old,) = reported(house, context, Item("doan_vien_moi", 5))
        changed = Change(old, Item("doan_vien_moi", 5, date(2024, 6, 20)))
        (new,) = propose(context, [changed], source("2")).rows
        assert context.uow.periods.get(new.period_id).number == 3


def test_a_returned_figure_is_corrected_at_once_and_waits_again(house: House) -> None:
    with house.context("chair") as context:
        (old,) = reported(house, context, Item("doan_vien_moi", 23))
        back = ledger.move(context, old, state=ReportState.RETURNED, reason="Quyết định ghi 13")
        assert returned_rows(context, house.units["dieu"]) == [back]
        new = correct_returned(context, back, Item("doan_vien_moi", 13), source("2"))
        assert (new.value, new.state, new.supersedes_id) == (13, ReportState.PENDING, old.id)
        assert pending(context) == 13
        with pytest.raises(NotFound):
            correct_returned(context, context.uow.reports.get(old.id), Item("doan_vien_moi", 3), source("3"))


def test_a_returned_figure_may_be_kept(house: House) -> None:
    with house.context("chair") as context:
        (old,) = reported(house, context, Item("doan_vien_moi", 23))
        back = ledger.move(context, old, state=ReportState.RETURNED)
        kept = keep_returned(context, back, "Giữ nguyên")
        assert (kept.state, kept.note, pending(context)) == (ReportState.PENDING, "Giữ nguyên", 23)
        with pytest.raises(NotFound):
            keep_returned(context, kept, "")


def test_history_shows_what_stands_newest_first(house: House) -> None:
    with house.context("chair") as context:
        first, second = reported(house, context, Item("doan_vien_moi", 5), Item("doi_thoai", 1))
        withdraw(context, first)
        assert [row.id for row in history(context, house.units["dieu"])] == [second.id]
        assert history(context, house.units["may"]) == []
        assert as_items(last_batch(context, "chair")) == (Item("doi_thoai", 1),)
        assert last_batch(context, "nobody") == []
