"""Messages that were stored while the program was off: they mean the day on which they were written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.services.context import Context
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
