"""Staff decide once on each figure; whoever has to know is told, and nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.services import ledger
from bot.services.approval import (
    approve,
    approve_unit,
    look,
    next_in_line,
    pending,
    remove_evidence,
    return_report,
    tell_staff,
    waiting_row,
)
from bot.services.context import Context
from domain.errors import InputError, NotFound
from domain.ledger import Evidence, Report, ReportState, Submission, SubmissionState
from domain.messages import ConversationState, Media, MediaState
from domain.people import ContactState
from tests.people import MONDAY, House, plain_text

APRIL = date(2024, 4, 12)


def figure(house: House, context: Context, value: int, unit: str = "dieu", **more: Any) -> Report:
    period = context.uow.periods.find(number=2, year=2024)[0]
    who = {"dieu": "chair", "may": "other_chair", "truong": "teacher", "tram": "nurse"}[unit]
    row = Report(
        "doan_vien_moi",
        value,
        house.units[unit].id,
        period.id,
        ReportState.PENDING,
        f"batch-{unit}-{value}",
        MONDAY,
        reported_by_id=house.people[who].id,
        happened_on=APRIL,
        confirmed_at=MONDAY,
    )
    return ledger.add(context, replace(row, **more))


def heard(context: Context, who: str) -> list[str]:
    return [plain_text(row) for row in context.uow.outbox.find(chat_id=who)]


def state(context: Context, who: str) -> ConversationState:
    found = context.uow.states.first(chat_id=who)
    assert found is not None
    return found


def closed(house: House, context: Context, unit: str, who: str) -> None:
    period = context.uow.periods.find(number=2, year=2024)[0]
    person = house.people[who].id
    context.uow.submissions.add(
        Submission(house.units[unit].id, period.id, SubmissionState.CLOSED, False, MONDAY, True, person)
    )


def test_figures_wait_by_unit_with_what_one_looks_at(house: House) -> None:
    with house.context("staff") as context:
        may = figure(house, context, 7, "may")
        first = figure(house, context, 5)
        figure(house, context, 3, state=ReportState.APPROVED)
        quarter_one = context.uow.periods.find(number=1, year=2024)[0]
        figure(house, context, 4, state=ReportState.APPROVED, period_id=quarter_one.id)
        figure(house, context, 9, state=ReportState.UNCONFIRMED)
        media = context.uow.media.add(Media("a.jpg", "image/jpeg", MediaState.STORED, MONDAY))
        context.uow.evidence.add(Evidence(first.batch, first.unit_id, media.id, MONDAY))
        groups = pending(context)
        assert [group.unit.code for group in groups] == ["dieu", "may"]
        (row,) = groups[0].rows
        assert row.report == first
        assert row.reporter == house.people["chair"]
        assert [proof.media.id for proof in row.proofs] == [media.id]
        assert (row.approved_period, row.approved_year) == (3, 7)
        assert groups[1].rows[0].report == may


def test_the_line_goes_on_behind_a_figure_that_was_decided(house: House) -> None:
    with house.context("staff") as context:
        rows = [figure(house, context, value) for value in (5, 6)]
        other = figure(house, context, 7, "may")
        first = next_in_line(context)
        assert first is not None
        assert (first.row.report, first.left, first.same_unit) == (rows[0], 3, tuple(rows))
        approve(context, [rows[0].id])
        second = next_in_line(context, rows[0])
        assert second is not None
        assert (second.row.report, second.left) == (rows[1], 2)
        assert next_in_line(context, other) is None
        assert waiting_row(context, other.id).left == 1
        with pytest.raises(NotFound):
            waiting_row(context, rows[0].id)


def test_who_comes_second_changes_nothing(house: House) -> None:
    with house.context("staff") as context:
        row = figure(house, context, 5)
        (done,) = approve(context, [row.id]).done
        assert (done.state, done.decided_by_id) == (ReportState.APPROVED, house.people["staff"].id)
    with house.context("admin") as context:
        decided = approve(context, [row.id])
        assert decided.done == ()
        assert decided.before[0].decided_by_id == house.people["staff"].id
        with pytest.raises(NotFound):
            return_report(context, row.id, "Sai số")
        assert heard(context, "chair") == []
        assert ledger.recount(context) == 0


def test_all_of_a_unit_means_all_that_was_seen(house: House) -> None:
    with house.context("staff") as context:
        seen = [figure(house, context, value) for value in (5, 6)]
        later = figure(house, context, 8)
        other = figure(house, context, 7, "may")
        assert [row.id for row in approve_unit(context, seen[0].unit_id, seen[1].id).done] == [
            row.id for row in seen
        ]
        waiting = context.uow.reports.find(state=ReportState.PENDING)
        assert [row.id for row in waiting] == [later.id, other.id]


def test_a_returned_figure_goes_back_to_who_reported_it(house: House) -> None:
    with house.context("staff") as context:
        row = figure(house, context, 23, reported_by_id=house.people["deputy"].id)
        returned = return_report(context, row.id, "  Quyết định kết nạp\nghi 13 ")
        assert returned.told == house.people["deputy"]
        assert (returned.report.state, returned.report.reason) == (
            ReportState.RETURNED,
            "Quyết định kết nạp ghi 13",
        )
        assert heard(context, "deputy") == [
            "Văn phòng nhờ anh xem lại: 23 đoàn viên mới (12/4) của CĐCS Hạt điều Phước Minh.\n"
            "Ghi chú: “Quyết định kết nạp ghi 13”.\n"
            "Anh nhắn số đúng giúp em, hoặc chọn giữ nguyên."
        ]
        chat = state(context, "deputy")
        assert (chat.step, chat.data) == ("report.returned", {"report": row.id})
        assert [(one.label, one.action) for one in chat.choices] == [
            ("Giữ nguyên 23", f"report.keep:{row.id}")
        ]


def test_it_goes_to_the_chair_when_the_reporter_is_out_of_reach(house: House) -> None:
    with house.context("staff") as context:
        staff = house.people["staff"].id
        entered = figure(house, context, 5, reported_by_id=staff, entered_by_staff=True)
        assert return_report(context, entered.id, "Sai số").told == house.people["chair"]
        context.uow.contacts.change_where({"chat_id": "chair"}, state=ContactState.UNREACHABLE)
        row = figure(house, context, 6)
        assert return_report(context, row.id, "Sai số").told == house.people["deputy"]
        context.uow.contacts.change_where({}, state=ContactState.UNREACHABLE)
        alone = figure(house, context, 7)
        assert return_report(context, alone.id, "Sai số").told is None


def test_a_chat_in_the_middle_of_something_is_not_broken_off(house: House) -> None:
    with house.context("staff") as context:
        context.uow.states.add(
            ConversationState("local", "chair", MONDAY, "report.count", {"indicator": "doi_thoai"})
        )
        row = figure(house, context, 23)
        return_report(context, row.id, "Sai số")
        assert state(context, "chair").step == "report.count"
        assert state(context, "chair").choices == ()
        (message,) = context.uow.outbox.find(chat_id="chair")
        assert plain_text(message).endswith("Chị cứ làm xong việc đang dở, rồi gõ /sua để trả lời mục này.")
        assert [(one.label, one.action) for one in message.choices] == [
            ("Sửa 23 đoàn viên mới", f"report.correct:{row.id}"),
            ("Giữ nguyên 23 đoàn viên mới", f"report.keep:{row.id}"),
        ]


def test_a_dialogue_past_its_time_is_not_in_the_way(house: House) -> None:
    with house.context("staff") as context:
        old = ConversationState(
            "local", "chair", MONDAY, "report.count", expires_at=MONDAY - timedelta(hours=1)
        )
        context.uow.states.add(old)
        return_report(context, figure(house, context, 23).id, "Sai số")
        assert state(context, "chair").step == "report.returned"


def test_of_several_returned_figures_the_chair_chooses_one(house: House) -> None:
    with house.context("staff") as context:
        rows = [figure(house, context, value) for value in (23, 9)]
        for row in rows:
            return_report(context, row.id, "Sai số")
        chat = state(context, "chair")
        assert (chat.step, chat.data) == ("", {})
        assert [one.action for one in chat.choices] == [
            f"report.correct:{rows[1].id}",
            f"report.keep:{rows[1].id}",
            f"report.correct:{rows[0].id}",
            f"report.keep:{rows[0].id}",
        ]
        assert heard(context, "chair")[1].endswith("Đang có mấy số cần xem lại, chị chọn giúp em số nào ạ.")


def test_a_figure_that_was_kept_can_come_back_again(house: House) -> None:
    with house.context("staff") as context:
        row = figure(house, context, 23)
        returned = return_report(context, row.id, "Sai số").report
        later = MONDAY + timedelta(hours=1)
        ledger.move(context, returned, state=ReportState.PENDING, confirmed_at=later)
        return_report(context, row.id, "Thiếu minh chứng")
        assert len(heard(context, "chair")) == 2


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "reason-missing"), ("  ", "reason-missing"), ("?!", "reason-missing"), ("a" * 301, "too-long")],
)
def test_a_return_needs_a_reason(house: House, reason: str, code: str) -> None:
    with house.context("staff") as context:
        row = figure(house, context, 5)
        with pytest.raises(InputError, match=code):
            return_report(context, row.id, reason)
        assert context.uow.reports.get(row.id).state is ReportState.PENDING


def test_staff_are_told_once_until_they_look(house: House) -> None:
    with house.context("chair") as context:
        figure(house, context, 5)
        assert tell_staff(context, house.units["dieu"]) == 2
        figure(house, context, 6, "may")
        assert tell_staff(context, house.units["may"]) == 0
        assert heard(context, "staff") == [
            "📌 CĐCS Hạt điều Phước Minh vừa gửi số liệu, đang chờ duyệt. "
            "Chị gõ /duyet để xem; từ giờ đến lúc đó em không nhắc thêm."
        ]
        assert heard(context, "leader") == []
    with house.context("staff") as context:
        look(context)
    with house.context("chair") as context:
        assert tell_staff(context, house.units["dieu"]) == 1
        assert (len(heard(context, "staff")), len(heard(context, "admin"))) == (2, 1)


def test_nobody_is_told_of_nothing_or_of_their_own_entry(house: House) -> None:
    with house.context("staff") as context:
        assert tell_staff(context, house.units["dieu"]) == 0
        figure(house, context, 5)
        assert tell_staff(context, house.units["dieu"]) == 1
        assert heard(context, "staff") == []


def test_the_unit_is_thanked_once_when_all_of_a_closed_period_is_approved(house: House) -> None:
    with house.context("staff") as context:
        rows = [figure(house, context, value) for value in (5, 7)]
        closed(house, context, "dieu", "chair")
        approve(context, [rows[0].id])
        assert heard(context, "chair") == []
        approve(context, [rows[1].id])
        assert heard(context, "chair") == [
            "✅ Văn phòng đã duyệt đủ quý II của CĐCS Hạt điều Phước Minh: 12 đoàn viên mới. Cảm ơn chị Hoa."
        ]
        approve(context, [figure(house, context, 1).id])
        assert len(heard(context, "chair")) == 1


def test_approvals_of_an_open_period_are_quiet(house: House) -> None:
    with house.context("staff") as context:
        approve(context, [figure(house, context, 5).id])
        assert heard(context, "chair") == []


def test_a_removed_photo_cannot_be_read_any_more(house: House) -> None:
    with house.context("staff") as context:
        media = context.uow.media.add(Media("a.jpg", "image/jpeg", MediaState.STORED, MONDAY))
        rows = [figure(house, context, value) for value in (5, 6)]
        proofs = [
            context.uow.evidence.add(Evidence(row.batch, row.unit_id, media.id, MONDAY)) for row in rows
        ]
        remove_evidence(context, proofs[0].id)
        assert context.uow.media.get(media.id).state is MediaState.STORED
        remove_evidence(context, proofs[1].id)
        assert context.uow.media.get(media.id).state is MediaState.REFUSED
        assert [row.proofs for group in pending(context) for row in group.rows] == [(), ()]
        with pytest.raises(NotFound):
            remove_evidence(context, proofs[1].id)
