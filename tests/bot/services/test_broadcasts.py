"""Broadcasts on real databases: one copy for each person, queued once, whoever taps how often."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from bot.services.broadcasts import (
    EVERYBODY,
    address,
    approve,
    audiences,
    cancel,
    draft,
    drop,
    open_draft,
    reach,
    result,
    rewrite,
    version,
)
from bot.services.context import Context
from domain.broadcasts import Missed
from domain.errors import InputError, NotFound
from domain.messages import Broadcast, BroadcastState, Media, MediaState, OutboxRow, OutboxState, Priority
from domain.people import ContactState, Membership, Role
from tests.people import MONDAY, House

TOMORROW = MONDAY + timedelta(days=1)
EVERYONE = {"chair", "deputy", "other_chair", "teacher", "nurse"}


def ready(context: Context, audience: str = EVERYBODY, media_id: int | None = None) -> Broadcast:
    written = draft(context, "Mời dự tập huấn ngày 20/4", media_id)
    return address(context, written.id, audience)


def queued(context: Context) -> list[OutboxRow]:
    return context.uow.outbox.find(priority=Priority.BROADCAST)


def names(house: House, people: tuple[int, ...]) -> set[str]:
    return {who for who, person in house.people.items() if person.id in people}


def test_everybody_of_the_unions_gets_one_copy(house: House) -> None:
    with house.context("staff") as context:
        approved = approve(context, ready(context).id)
        assert (approved.queued, approved.unreachable, approved.before) == (5, 0, False)
        assert {row.chat_id for row in queued(context)} == EVERYONE
        assert {row.valid_until for row in queued(context)} == {MONDAY + house.office.broadcast_valid}
        assert approved.broadcast.state is BroadcastState.SENDING


def test_approved_twice_it_is_queued_once(house: House) -> None:
    with house.context("staff") as context:
        written = ready(context)
        approve(context, written.id)
    with house.context("staff", TOMORROW) as context:
        assert approve(context, written.id).before
        assert approve(context, written.id, TOMORROW + timedelta(days=1)).before
        assert len(queued(context)) == 5
        assert context.uow.recipients.count(broadcast_id=written.id) == 5


def test_who_chairs_two_units_in_two_groups_gets_one_copy(house: House) -> None:
    with house.context("staff") as context:
        chair, tram = house.people["chair"].id, house.units["tram"].id
        context.uow.memberships.add(Membership(chair, tram, Role.CHAIR, date(2024, 1, 1)))
        context.uow.units.change(tram, groups=("xã A", "xã B"))
        assert reach(context, EVERYBODY).people.count(chair) == 1
        approve(context, ready(context, "group:xã A").id)
        assert sorted(row.chat_id for row in queued(context)) == ["chair", "deputy", "nurse"]


def test_the_sender_gets_it_only_as_a_chair(house: House) -> None:
    with house.context("staff") as context:
        staff = house.people["staff"].id
        assert staff not in reach(context, EVERYBODY).people
        context.uow.memberships.add(Membership(staff, house.units["tram"].id, Role.CHAIR, date(2024, 1, 1)))
        assert staff in reach(context, EVERYBODY).people


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        ("kind:enterprise", {"chair", "deputy", "other_chair"}),
        ("kind:school", {"teacher"}),
        ("group:xã B", {"other_chair"}),
        ("group:xã Z", set()),
        ("", set()),
    ],
)
def test_an_audience_means_its_units(house: House, audience: str, who: set[str]) -> None:
    with house.context("staff") as context:
        assert names(house, reach(context, audience).people) == who


def test_it_offers_only_audiences_that_mean_somebody(house: House) -> None:
    with house.context("staff") as context:
        assert [(one.code, len(one.units)) for one in audiences(context)] == [
            ("all", 4),
            ("kind:enterprise", 2),
            ("kind:school", 1),
            ("kind:health", 1),
            ("group:xã A", 1),
            ("group:xã B", 1),
        ]
        with pytest.raises(NotFound):
            address(context, draft(context, "Mời họp").id, "kind:agency")


def test_it_counts_those_it_cannot_reach(house: House) -> None:
    with house.context("staff") as context:
        context.uow.contacts.change_where({"chat_id": "nurse"}, state=ContactState.UNREACHABLE)
        context.uow.memberships.delete(unit_id=house.units["truong"].id)
        whom = reach(context, EVERYBODY)
        assert (len(whom.people), len(whom.unreachable), whom.units, whom.not_joined) == (3, 1, 4, 1)
        written = ready(context)
        assert approve(context, written.id).unreachable == 1
        (missed,) = result(context, written).missed
        assert (missed.why, missed.count) == (Missed.UNREACHABLE, 1)
        assert missed.who == ("Võ Thị Sáu (CĐCS Trạm Y tế xã Lộc Ninh)",)


def test_the_audience_is_frozen_when_it_is_approved(house: House) -> None:
    with house.context("staff") as context:
        written = ready(context, "kind:school")
        approve(context, written.id, TOMORROW)
        context.uow.memberships.add(
            Membership(house.people["chair"].id, house.units["truong"].id, Role.CHAIR, date(2024, 1, 1))
        )
        assert [row.chat_id for row in queued(context)] == ["teacher"]
        assert {row.not_before for row in queued(context)} == {TOMORROW}


def test_an_audience_of_nobody_is_refused(house: House) -> None:
    with house.context("staff") as context:
        context.uow.contacts.change_where({}, state=ContactState.UNREACHABLE)
        written = ready(context)
        with pytest.raises(InputError, match="nobody"):
            approve(context, written.id)
        assert queued(context) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "text-missing"), (" \n ", "text-missing"), ("a" * 3501, "text-too-long")],
)
def test_a_text_that_cannot_go_out_is_refused(house: House, text: str, code: str) -> None:
    with house.context("staff") as context:
        with pytest.raises(InputError, match=code):
            draft(context, text)
        written = draft(context, "Mời họp")
        with pytest.raises(InputError, match=code):
            rewrite(context, written.id, text, None)


def test_a_photo_goes_along_once_it_is_stored(house: House) -> None:
    with house.context("staff") as context:
        media = context.uow.media.add(Media("a.jpg", "image/jpeg", MediaState.WAITING, MONDAY))
        written = ready(context, media_id=media.id)
        with pytest.raises(InputError, match="media-waiting"):
            approve(context, written.id)
        context.uow.media.change(media.id, state=MediaState.REFUSED)
        with pytest.raises(InputError, match="media-refused"):
            approve(context, written.id)
        context.uow.media.change(media.id, state=MediaState.STORED)
        approve(context, written.id)
        assert {row.media_id for row in queued(context)} == {media.id}


@pytest.mark.parametrize(("at", "code"), [(MONDAY, "past"), (MONDAY + timedelta(days=181), "too-far")])
def test_an_appointment_lies_ahead(house: House, at: object, code: str) -> None:
    with house.context("staff") as context, pytest.raises(InputError, match=code):
        approve(context, ready(context).id, at)  # type: ignore[arg-type]


def test_drafts_of_another_are_not_to_be_touched(house: House) -> None:
    with house.context("staff") as context:
        written = ready(context)
    with house.context("admin") as context:
        for touch in (
            lambda: approve(context, written.id),
            lambda: rewrite(context, written.id, "Khác", None),
            lambda: address(context, written.id, EVERYBODY),
            lambda: drop(context, written.id),
        ):
            with pytest.raises(NotFound):
                touch()
        assert open_draft(context) is None


def test_a_scheduled_one_can_be_taken_back_by_any_staff_member(house: House) -> None:
    with house.context("staff") as context:
        written = ready(context)
        approve(context, written.id, TOMORROW)
    with house.context("admin") as context:
        cancelled = cancel(context, written.id)
        assert (cancelled.broadcast.state, cancelled.before) == (BroadcastState.CANCELLED, False)
        assert {row.state for row in queued(context)} == {OutboxState.CANCELLED}
        assert cancel(context, written.id).before


def test_stopping_leaves_what_was_sent(house: House) -> None:
    with house.context("staff") as context:
        written = ready(context)
        approve(context, written.id)
        context.uow.outbox.change_where({"chat_id": "chair"}, state=OutboxState.SENT)
        cancelled = cancel(context, written.id)
        assert (cancelled.result.received, cancelled.result.waiting) == (1, 0)
        assert [(one.why, one.count) for one in cancelled.result.missed] == [(Missed.CANCELLED, 4)]


def test_a_draft_is_dropped_once_and_forgotten_in_time(house: House) -> None:
    with house.context("staff") as context:
        written = draft(context, "Mời họp")
        assert open_draft(context) == written
        drop(context, written.id)
        assert open_draft(context) is None
        with pytest.raises(NotFound):
            drop(context, written.id)
        assert approve(context, written.id).before
        assert queued(context) == []
        draft(context, "Mời họp lần hai")
    with house.context("staff", MONDAY + timedelta(days=2)) as context:
        assert open_draft(context) is None


def test_its_version_changes_with_content_and_audience(house: House) -> None:
    with house.context("staff") as context:
        written = draft(context, "Mời họp")
        addressed = address(context, written.id, EVERYBODY)
        other = rewrite(context, written.id, "Mời họp sáng thứ Sáu", None)
        assert len({version(written), version(addressed), version(other)}) == 3
        assert version(other) == version(rewrite(context, written.id, "Mời họp sáng thứ Sáu", None))


def test_two_processes_that_approve_at_once_queue_once(house: House) -> None:
    with house.context("staff") as context:
        written = ready(context)

    def tap(_number: int) -> bool:
        with house.context("staff") as context:
            return approve(context, written.id).before

    with ThreadPoolExecutor(4) as taps:
        assert sorted(taps.map(tap, range(4))) == [False, True, True, True]
    with house.context("staff") as context:
        assert len(queued(context)) == 5
