"""Totals move with the ledger, and a row is decided once."""

from __future__ import annotations

import pytest

from bot.services import ledger
from bot.services.context import Context
from domain.errors import NotFound
from domain.ledger import Report, ReportState
from tests.people import MONDAY, House


def row(house: House, context: Context, value: int, state: ReportState = ReportState.PENDING) -> Report:
    period = context.uow.periods.find(number=2)[0]
    return Report("doan_vien_moi", value, house.units["dieu"].id, period.id, state, "1", MONDAY)


def totals(context: Context) -> list[tuple[int, int]]:
    return [(total.approved, total.pending) for total in context.uow.totals.find()]


def test_totals_follow_every_step_of_a_row(house: House) -> None:
    with house.context("chair") as context:
        unconfirmed = ledger.add(context, row(house, context, 5, ReportState.UNCONFIRMED))
        assert totals(context) == []
        pending = ledger.move(context, unconfirmed, state=ReportState.PENDING)
        assert totals(context) == [(0, 5)]
        approved = ledger.move(context, pending, state=ReportState.APPROVED)
        assert totals(context) == [(5, 0)]
        ledger.move(context, approved, state=ReportState.WITHDRAWN)
        assert totals(context) == [(0, 0)]
        assert ledger.recount(context) == 0


def test_the_second_to_decide_is_told_so(house: House) -> None:
    with house.context("staff") as context:
        pending = ledger.add(context, row(house, context, 5))
        ledger.move(context, pending, state=ReportState.APPROVED)
        with pytest.raises(NotFound):
            ledger.move(context, pending, state=ReportState.RETURNED)
        assert totals(context) == [(5, 0)]


def test_a_figure_never_changes(house: House) -> None:
    with house.context("staff") as context:
        pending = ledger.add(context, row(house, context, 5))
        with pytest.raises(ValueError, match="value"):
            ledger.move(context, pending, value=7)


def test_a_recount_mends_totals_that_went_wrong(house: House) -> None:
    with house.context("staff") as context:
        ledger.add(context, row(house, context, 5))
        context.uow.totals.change_where({}, pending=99)
        assert ledger.recount(context) == 2
        assert totals(context) == [(0, 5)]
