"""The questions about one odd figure of a draft, each with its choices."""

from __future__ import annotations

from bot.conversation.turn import Turn
from bot.services.report_lines import indicators_known
from bot.services.report_questions import Question, QuestionKind
from bot.services.reporting import Draft
from domain.ledger import Report
from domain.messages import Choice
from domain.plan import Indicator, Measure
from messages_vi.address import capital
from messages_vi.catalogue import _
from messages_vi.formats import day, local_date, number
from messages_vi.reports import amount, figure


def ask(turn: Turn, draft: Draft, question: Question) -> None:
    """Put one question about a draft."""
    indicator = indicators_known(turn.context)[question.row.indicator]
    _ASKED_BY[question.kind](turn, draft, question, indicator)


def _ask_too_many(turn: Turn, draft: Draft, question: Question, indicator: Indicator) -> None:
    what = amount(indicator, question.row.value)
    if indicator.measure is Measure.SUM and question.limit == draft.unit.workers:
        text = _(
            "{What} are more than the workers of the unit ({workers}). Is that the right number, {you}?",
            What=what,
            workers=number(question.limit or 0),
            you=turn.you,
        )
    else:
        text = _("{What} is a lot. Is that the right number, {you}?", What=what, you=turn.you)
    turn.say(
        text,
        Choice(_("That number is right"), f"report.sure:{question.row.id}.{question.kind}"),
        Choice(_("I write another number"), f"report.retype:{question.row.id}"),
    )


def _ask_repeated(turn: Turn, draft: Draft, question: Question, indicator: Indicator) -> None:
    earlier, row = question.earlier or question.row, question.row
    tells_more = _tells_more(row, earlier)
    text = _(
        "I have {earlier} already, sent on {day}. Is {now} another one or the same again, {you}?",
        earlier=figure(earlier, indicator, turn.today),
        day=day(local_date(earlier.created_at), turn.today),
        now=figure(row, indicator, turn.today) if tells_more else amount(indicator, row.value),
        you=turn.you,
    )
    persons = indicator.measure is Measure.SUM
    turn.say(
        text,
        Choice(
            _("Other people, add them") if persons else _("Another time, add it"),
            f"report.sure:{row.id}.{question.kind}",
        ),
        Choice(_("The same, keep what is new"), f"report.same:{row.id}.{earlier.id}")
        if tells_more
        else Choice(_("The same, leave it out"), f"report.remove:{row.id}"),
    )


def _tells_more(row: Report, earlier: Report) -> bool:
    """Tell whether a repeated figure says a day or people that the earlier one left open."""
    day_is_new = row.happened_on is not None and earlier.happened_on is None
    return day_is_new or (row.people is not None and earlier.people is None)


def _ask_second(turn: Turn, draft: Draft, question: Question, indicator: Indicator) -> None:
    earlier, row = question.earlier or question.row, question.row
    text = _(
        "A moment ago {you} wrote {earlier}. Does {now} replace it or come on top?",
        you=turn.you,
        earlier=figure(earlier, indicator, turn.today),
        now=figure(row, indicator, turn.today),
    )
    turn.say(
        text,
        Choice(_("Replace: {count}", count=number(row.value)), f"report.instead:{row.id}.{earlier.id}"),
        Choice(
            _("Add: {count} together", count=number(row.value + earlier.value)),
            f"report.sure:{row.id}.{question.kind}",
        ),
    )


def _ask_future(turn: Turn, draft: Draft, question: Question, indicator: Indicator) -> None:
    row = question.row
    text = _(
        "{Day} has not come yet. Is {what} done already, {you}?",
        Day=capital(_("the day {day}", day=day(row.happened_on or turn.today, turn.today))),
        what=amount(indicator, row.value),
        you=turn.you,
    )
    turn.say(
        text,
        Choice(_("It is done, leave the day out"), f"report.undate:{row.id}"),
        Choice(_("Not yet, I report it later"), f"report.remove:{row.id}"),
    )


def _ask_old(turn: Turn, draft: Draft, question: Question, indicator: Indicator) -> None:
    row = question.row
    text = _(
        "{Day} is long ago. Is it the right day of {what}, {you}?",
        Day=capital(_("the day {day}", day=day(row.happened_on or turn.today, turn.today))),
        what=amount(indicator, row.value),
        you=turn.you,
    )
    turn.say(
        text,
        Choice(_("That day is right"), f"report.sure:{row.id}.{question.kind}"),
        Choice(_("I write another day"), f"report.retype:{row.id}"),
    )


_ASKED_BY = {
    QuestionKind.TOO_MANY: _ask_too_many,
    QuestionKind.REPEATED: _ask_repeated,
    QuestionKind.SECOND: _ask_second,
    QuestionKind.FUTURE_DATE: _ask_future,
    QuestionKind.OLD_DATE: _ask_old,
}
