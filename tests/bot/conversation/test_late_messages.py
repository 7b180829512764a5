"""Messages that were stored while the program was off: they mean the day on which they were written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.services.context import Context
from domain.ledger import SubmissionState
from domain.messages import Incoming, IncomingKind
from tests.bot.conversation.reporting import chat
from tests.people import House

WRITTEN = datetime(2024, 4, 15, 16, 50, tzinfo=UTC)  # Monday 23:50 in Vietnam


@pytest.mark.parametrize("kind", [IncomingKind.TEXT, IncomingKind.EDIT])
@pytest.mark.parametrize("later", [timedelta(minutes=30), timedelta(days=3)])
def test_today_is_the_day_on_which_it_was_written(
    small_house: House, kind: IncomingKind, later: timedelta
) -> None:
    answer = chat(small_house).answer
    incoming = Incoming("local", "chair", "m1", WRITTEN, kind, "hôm nay kết nạp 5 đoàn viên")
    with small_house.database.begin() as uow:
        answer(Context(uow, WRITTEN + later, small_house.office, None, "local", 1), incoming)
        (row,) = uow.reports.find()
    assert (row.value, row.happened_on) == (5, date(2024, 4, 15))


def test_who_closed_on_the_due_day_is_on_time_though_it_is_read_later(small_house: House) -> None:
    due_evening = datetime(2024, 6, 20, 15, 0, tzinfo=UTC)
    incoming = Incoming("local", "teacher", "m1", due_evening, IncomingKind.TEXT, "không phát sinh")
    with small_house.database.begin() as uow:
        context = Context(uow, due_evening + timedelta(hours=9), small_house.office, None, "local", 1)
        chat(small_house).answer(context, incoming)
        (closed,) = uow.submissions.find()
    assert (closed.state, closed.on_time) == (SubmissionState.CLOSED, True)
