"""Reporting: everything that a unit's chair says and taps about figures, in one table."""

from __future__ import annotations

from bot.conversation import (
    report_answer,
    report_apart,
    report_change,
    report_close,
    report_confirm,
    report_files,
    report_form,
    report_history,
    report_returned,
    report_words,
)
from bot.conversation.report_draft import take_files
from bot.conversation.report_list import asking_how_many
from bot.conversation.report_pending import asks_number, begin, pending_of
from bot.conversation.report_talk import office_only
from bot.conversation.report_waiting import APART_STEP, READING_STEP, UNIT_STEP
from bot.conversation.turn import Dialogue, Entry, Turn
from bot.services.report_privacy import private_in
from domain.permissions import Action
from domain.understanding import Intent


def report(turn: Turn, rest: str) -> None:
    """Take a line with figures, or with "nothing to report"."""
    if not turn.own_units:
        office_only(turn)
        return
    pending = pending_of(turn, turn.reading, *take_files(turn))
    listed = private_in(turn.text).is_list and asks_number(pending)
    begin(turn, asking_how_many(turn, pending) if listed else pending)


_REPORT = Action.REPORT
_CONFIRM = Action.CONFIRM_REPORT
_CORRECT = Action.CORRECT_REPORT
_CLOSE = Action.CLOSE_PERIOD
_HISTORY = Action.SEE_OWN_HISTORY

# What the office may not do is answered by these themselves, with what it can do instead.
_EVERYBODY = None

_READ_BACK = {
    "report.ok": Entry(report_confirm.agree, _CONFIRM),
    "report.fix": Entry(report_confirm.fix, _CONFIRM),
    "report.drop": Entry(report_confirm.drop_draft, _CONFIRM),
    "report.pick": Entry(report_confirm.pick, _CORRECT),
    "report.takeback": Entry(report_change.take_back, _CORRECT),
    "report.leave": Entry(report_change.leave, _CORRECT),
}
_QUESTIONS = {
    "report.sure": Entry(report_confirm.sure, _CONFIRM),
    "report.remove": Entry(report_confirm.remove, _CONFIRM),
    "report.instead": Entry(report_confirm.instead, _CONFIRM),
    "report.same": Entry(report_confirm.same, _CONFIRM),
    "report.undate": Entry(report_confirm.undate, _CONFIRM),
    "report.retype": Entry(report_confirm.pick, _CONFIRM),
    "report.unit": Entry(report_answer.choose_unit, _REPORT),
    "report.read": Entry(report_answer.choose_reading, _REPORT),
    "report.apart": Entry(report_apart.confirmed, _REPORT),
}
_PERIODS = {
    "report.enough": Entry(report_close.enough, _CLOSE),
    "report.more": Entry(report_close.more, _CLOSE),
    "report.nil": Entry(report_close.nil, _CLOSE),
    "report.close": Entry(report_words.close_for, _CLOSE),
}
_FORM = {
    "report.begin": Entry(report_form.begin, _REPORT),
    "report.form": Entry(report_form.form, _REPORT),
    "report.zero": Entry(report_form.zero, _REPORT),
    "report.stop": Entry(report_form.stop, _REPORT),
}
_OTHERS = {
    "report.list": Entry(report_history.listed, _HISTORY),
    "report.correct": Entry(report_returned.correct, _CORRECT),
    "report.keep": Entry(report_returned.keep, _CORRECT),
    "report.proof": Entry(report_files.choose, _REPORT),
}

DIALOGUE = Dialogue(
    commands={
        "baocao": Entry(report_form.baocao, _EVERYBODY),
        "lichsu": Entry(report_history.lichsu, _EVERYBODY),
        "sua": Entry(report_history.sua, _EVERYBODY),
    },
    actions={**_READ_BACK, **_QUESTIONS, **_PERIODS, **_FORM, **_OTHERS},
    answers={
        "report.doubt": Entry(report_confirm.doubt_typed, _REPORT),
        "report.fix": Entry(report_confirm.fix_typed, _CORRECT),
        report_change.NUMBER_STEP: Entry(report_change.number_typed, _CORRECT),
        report_form.STEP: Entry(report_form.count_typed, _REPORT),
        UNIT_STEP: Entry(report_answer.repeat_question, _REPORT),
        READING_STEP: Entry(report_answer.repeat_question, _REPORT),
        APART_STEP: Entry(report_answer.repeat_apart, _REPORT),
        report_returned.STEP: Entry(report_returned.typed, _CORRECT),
        report_files.STEP: Entry(report_files.typed, _REPORT),
    },
    intents={
        Intent.REPORT: Entry(report, _EVERYBODY),
        Intent.NONE_TO_REPORT: Entry(report, _EVERYBODY),
        Intent.CORRECT: Entry(report_history.correct, _EVERYBODY),
    },
    files=Entry(report_files.files, _EVERYBODY),
    edits=Entry(report_history.edited, _EVERYBODY),
)
