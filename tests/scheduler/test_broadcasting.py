"""Broadcasts by the clock, on real tables: they end when the last message is settled, and say so once."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.messages import Broadcast, BroadcastRecipient, BroadcastState, OutboxRow, OutboxState, Priority
from domain.people import Person
from scheduler.broadcasting import broadcast_job, cancel_waiting, finish_due, next_broadcast
from scheduler.jobs import next_moment, run_due
from storage.unit_of_work import UnitOfWork
from tests.people import MONDAY, House, plain_text

AUDIENCE = ("chair", "deputy", "other_chair", "teacher", "nurse")
TOMORROW = MONDAY + timedelta(days=1)


def sent_out(house: House, states: dict[str, OutboxState], at: datetime = MONDAY) -> int:
    """A broadcast whose messages stand as `states` says; nobody else is in its audience."""
    with house.database.begin() as uow:
        author = house.people["staff"].id
        state = BroadcastState.SENDING if at == MONDAY else BroadcastState.SCHEDULED
        broadcast = uow.broadcasts.add(
            Broadcast("Mời dự tập huấn ngày 20/4", "all", author, MONDAY, state, not_before=at)
        )
        for who, outcome in states.items():
            row = to(house.people[who], who, broadcast.id, outcome, at)
            uow.outbox.add(row)
            uow.recipients.add(BroadcastRecipient(broadcast.id, house.people[who].id, row.key))
        return broadcast.id


def to(person: Person, who: str, broadcast_id: int, state: OutboxState, at: datetime) -> OutboxRow:
    return OutboxRow(
        f"broadcast:{broadcast_id}:{person.id}",
        "local",
        who,
        Priority.BROADCAST,
        "Mời dự tập huấn ngày 20/4",
        created_at=MONDAY,
        not_before=at,
        person_id=person.id,
        broadcast_id=broadcast_id,
        state=state,
    )


def told(uow: UnitOfWork) -> list[str]:
    return [plain_text(row) for row in uow.outbox.find(chat_id="staff")]


def test_the_author_gets_the_result_once(house: House) -> None:
    sent_out(house, dict.fromkeys(AUDIENCE, OutboxState.SENT))
    with house.database.begin() as uow:
        assert [finish_due(uow, MONDAY), finish_due(uow, MONDAY)] == [1, 0]
        assert told(uow) == ["📌 Tin “Mời dự tập huấn ngày 20/4”: 5 người đã nhận."]


def test_those_who_missed_it_are_named_by_reason(house: House) -> None:
    broadcast_id = sent_out(
        house,
        {
            "chair": OutboxState.SENT,
            "deputy": OutboxState.FAILED,
            "other_chair": OutboxState.UNKNOWN,
            "teacher": OutboxState.EXPIRED,
        },
    )
    with house.database.begin() as uow:
        uow.recipients.add(BroadcastRecipient(broadcast_id, house.people["nurse"].id))
        finish_due(uow, MONDAY)
        assert told(uow) == [
            "📌 Tin “Mời dự tập huấn ngày 20/4”: 1 người đã nhận, 3 người chưa nhận, 1 người không rõ.\n"
            "• 1 người em chưa nhắn được vì đã chặn hoặc bỏ tài khoản: "
            "Võ Thị Sáu (CĐCS Trạm Y tế xã Lộc Ninh)\n"
            "• 1 người chưa gửi được: Lê Văn Tám (CĐCS Hạt điều Phước Minh)\n"
            "• 1 người quá hạn tin nên em không gửi nữa: Phạm Thị Lan (CĐCS Trường Tiểu học Cầu Khởi)\n"
            "• 1 người không rõ đã nhận chưa, em không gửi lại để khỏi trùng: "
            "Trần Minh Đức (CĐCS May Suối Đá)"
        ]


def test_it_waits_for_the_last_message(house: House) -> None:
    for waiting in (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.RETRY):
        sent_out(house, {"chair": OutboxState.SENT, "nurse": waiting})
    with house.database.begin() as uow:
        assert finish_due(uow, MONDAY) == 0
        assert told(uow) == []


def test_a_scheduled_one_is_being_sent_once_its_time_has_come(house: House) -> None:
    broadcast_id = sent_out(house, {"chair": OutboxState.QUEUED}, TOMORROW)
    with house.database.begin() as uow:
        for now, state in ((MONDAY, BroadcastState.SCHEDULED), (TOMORROW, BroadcastState.SENDING)):
            finish_due(uow, now)
            assert uow.broadcasts.get(broadcast_id).state is state


def test_one_that_was_taken_back_says_nothing_more(house: House) -> None:
    broadcast_id = sent_out(house, {"chair": OutboxState.QUEUED, "nurse": OutboxState.SENT}, TOMORROW)
    with house.database.begin() as uow:
        assert cancel_waiting(uow, broadcast_id) == 1
        uow.broadcasts.change(broadcast_id, state=BroadcastState.CANCELLED)
        assert finish_due(uow, TOMORROW) == 0
        assert told(uow) == []


def test_a_simulated_clock_can_step_to_it(house: House) -> None:
    broadcast_id = sent_out(house, {"chair": OutboxState.QUEUED}, TOMORROW)
    later = TOMORROW + timedelta(minutes=5)
    with house.database.begin() as uow:
        assert next_moment(uow, (broadcast_job(),), MONDAY) == TOMORROW
        uow.outbox.change_where({"broadcast_id": broadcast_id}, state=OutboxState.RETRY, not_before=later)
        assert next_broadcast(uow, TOMORROW) == later
        assert next_broadcast(uow, later) is None


def test_the_job_looks_again_at_the_same_moment(house: House) -> None:
    sent_out(house, {"chair": OutboxState.QUEUED})
    with house.database.begin() as uow:
        assert run_due(uow, (broadcast_job(),), MONDAY) == []
        uow.outbox.change_where({"chat_id": "chair"}, state=OutboxState.SENT)
        assert run_due(uow, (broadcast_job(),), MONDAY) == ["1 broadcasts ended"]
