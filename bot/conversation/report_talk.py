"""What is said about a unit's figures: read-backs, questions, notes, and what stands after a confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.conversation.turn import Turn
from bot.services.periods import closed_ids, period_of, sums
from bot.services.report_lines import Placed, Refusal, Refused, indicators_known
from bot.services.reporting import Confirmed, Draft, share_progress
from domain.ledger import Report
from domain.messages import Choice
from domain.people import Unit
from domain.periods import PeriodChoice, PeriodReason
from domain.plan import Indicator, Measure, ReportingPeriod
from domain.progress import Standing, UnitProgress
from domain.understanding import LOSSES, Reading, Uncounted
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _, join, mark
from messages_vi.figures import figures
from messages_vi.formats import day, number, percent, weekday_day
from messages_vi.reports import (
    amount,
    draft_choices,
    draft_lines,
    kind_name,
    kind_names,
    names,
    period_name,
)

_UNCOUNTED = {
    Uncounted.RENEWED: mark("Only agreements newly signed count, not renewed or amended ones."),
    Uncounted.OFFICIALS: mark("A conference of officials is no workers' conference."),
    Uncounted.UNION_PART: mark("A part of a union is no new union."),
    Uncounted.TOO_SMALL: mark("Unions count in enterprises from 10 workers on."),
}


def read_back(
    turn: Turn,
    draft: Draft,
    notes: Sequence[str] = (),
    *,
    before: Sequence[str] = (),
    further: Sequence[Choice] = (),
) -> None:
    """Read a draft back and ask whether it is right.

    `before` is said first, `notes` after the figures; `further` choices stand behind the three answers.
    """
    replaced = replaced_by(turn, draft.rows)
    lines = draft_lines(draft.rows, indicators_known(turn.context).values(), turn.today, replaced)
    text = join([*before, _opening(turn, draft, replaced), lines, *notes])
    turn.say(text, *draft_choices(draft.batch, draft.version), *further)


def _opening(turn: Turn, draft: Draft, replaced: Mapping[int, Report]) -> Marked:
    if draft.rows and len(replaced) == len(draft.rows):
        return _("I change it like this, is it right, {you}?", you=turn.you)
    if len(turn.own_units) > 1:
        return _("I write this down for {unit}, is it right, {you}?", unit=draft.unit.name, you=turn.you)
    return _("I write it down like this, is it right, {you}?", you=turn.you)


def replaced_by(turn: Turn, rows: Iterable[Report]) -> dict[int, Report]:
    """Return the older row by the id of the row that corrects it."""
    old_ids = {row.id: row.supersedes_id for row in rows if row.supersedes_id is not None}
    if not old_ids:
        return {}
    found = {row.id: row for row in turn.context.uow.reports.find(id=list(old_ids.values()))}
    return {new: found[old] for new, old in old_ids.items() if old in found}


def placing_notes(turn: Turn, placed: Iterable[Placed]) -> list[str]:
    """Return a sentence for each period that is not the obvious one, each once."""
    notes = (placing_note(turn, one.row, one.choice) for one in placed)
    return list(dict.fromkeys(note for note in notes if note))


def placing_note(turn: Turn, row: Report, choice: PeriodChoice) -> str:
    """Return why a figure goes to its period; "" where that is obvious."""
    if choice.period is None or choice.why is PeriodReason.OBVIOUS:
        return ""
    name = period_name(choice.period, turn.today)
    before = choice.instead_of
    if choice.why is PeriodReason.AFTER_CUTOFF and before is not None and row.happened_on is not None:
        return _(
            "{day} comes after the cut-off of {before} ({cutoff}), so I count it in {period}.",
            day=capital(_("the day {day}", day=day(row.happened_on, turn.today))),
            before=period_name(before, turn.today),
            cutoff=day(before.cutoff_on, turn.today),
            period=name,
        )
    if choice.why is PeriodReason.LOCKED and before is not None:
        return _(
            "{Before} takes no more figures, so I count it in {period}.",
            Before=capital(period_name(before, turn.today)),
            period=name,
        )
    if choice.why is PeriodReason.ASKED:
        return _("I count it in {period}, which is being reported now.", period=name)
    return _("By its date I count it in {period}.", period=name)


def refusal_notes(turn: Turn, unit: Unit, refused: Iterable[Refusal]) -> list[str]:
    """Return a sentence for each item that was not written down."""
    known = indicators_known(turn.context)
    wrong = [one for one in refused if one.why is Refused.WRONG_KIND]
    notes = [_wrong_kind(turn, unit, [known[one.item.indicator] for one in wrong])] if wrong else []
    others = [one for one in refused if one.why is not Refused.WRONG_KIND]
    notes += [_refusal(turn, one, known.get(one.item.indicator)) for one in others]
    return list(dict.fromkeys(notes))


def _wrong_kind(turn: Turn, unit: Unit, indicators: Sequence[Indicator]) -> Marked:
    """Say that a target counts enterprises only: whose unit is public is told why, and thanked."""
    values = {
        "you": turn.you,
        "what": names(list(dict.fromkeys(indicators))),
        "kinds": kind_names(dict.fromkeys(kind for one in indicators for kind in one.kinds)),
        "unit": unit.name,
    }
    kind = kind_name(unit.kind)
    if kind:
        return _(
            "Thank you for telling me, {you}. {what} counts for {kinds} only and {unit} is {kind}, so I did "
            "not add it; {you} need not report it. If the unit is not a public one, the office can change "
            "that.",
            kind=kind,
            **values,
        )
    return _(
        "Thank you for telling me, {you}. {what} counts for {kinds} only, so I did not add it for {unit}; "
        "{you} need not report it.",
        **values,
    )


def _refusal(turn: Turn, refusal: Refusal, indicator: Indicator | None) -> Marked:
    item = refusal.item
    if indicator is None:
        return _("I have no such item in the plan, so I did not write it down.")
    if refusal.why is Refused.NOT_A_COUNT:
        return _(
            "{count} is too large a number, so I did not write it down. {You} may write the right one.",
            count=number(item.value),
            You=capital(turn.you),
        )
    return _outside(turn, amount(indicator, item.value), refusal)


def _outside(turn: Turn, what: Marked, refusal: Refusal) -> Marked:
    on = refusal.item.on or turn.today
    return _(
        "{Day} lies outside the periods that I keep, so I did not write down {what}. Somebody at the office "
        "must decide; please call or write to them, {you}.",
        Day=capital(_("the day {day}", day=day(on, turn.today))),
        what=what,
        you=turn.you,
    )


def counted_notes(turn: Turn, unit: Unit, rows: Iterable[Report]) -> list[str]:
    """Return a sentence for each row that is kept but does not raise the year's count."""
    known = indicators_known(turn.context)
    return [
        _(
            "{who} is counted for {what} this year already: I keep this one too, the target does not rise.",
            who=row.place if row.subject else unit.name,
            what=known[row.indicator].name,
        )
        for row in rows
    ]


def loss_notes(turn: Turn, rows: Iterable[Report]) -> list[str]:
    """Return the sentence on members who left: they are kept apart from the admitted."""
    left = sum(row.value for row in rows if row.indicator == LOSSES)
    known = indicators_known(turn.context)
    if not left:
        return []
    return [_("I keep {figure} apart and take nothing off the new ones.", figure=amount(known[LOSSES], left))]


def uncounted_notes(reading: Reading) -> list[str]:
    """Return a sentence for each thing that a line reports and no target counts."""
    return [_(_UNCOUNTED[one]) for one in dict.fromkeys(reading.uncounted)]


def session_notes(turn: Turn, rows: Iterable[Report]) -> list[str]:
    """Return a sentence for each event that a draft holds several times: the target counts enterprises."""
    known = indicators_known(turn.context)
    sums: dict[tuple[str, str], int] = {}
    for row in rows:
        if known[row.indicator].measure is Measure.DISTINCT_UNITS:
            key = (row.indicator, row.subject)
            sums[key] = sums.get(key, 0) + row.value
    return [
        _(
            "I keep all of {figures}; the target counts enterprises, so it rises by 1 only.",
            figures=amount(known[code], value),
        )
        for (code, _subject), value in sums.items()
        if value > 1
    ]


def standing_lines(turn: Turn, done: Confirmed, period: ReportingPeriod) -> list[Marked]:
    """Return what stands after a confirmation: the period's sums, and the year against the shares."""
    codes = {row.indicator for row in done.rows}
    lines = [period_line(turn, done.unit, period)]
    return lines + [year_line(one) for one in share_progress(turn.context, done.unit, codes, period.year)]


def period_line(turn: Turn, unit: Unit, period: ReportingPeriod) -> Marked:
    """Return the period's sums: Quý II: 12 đoàn viên mới, 1 đối thoại."""
    name = capital(period_name(period, turn.today))
    there = sums_text(turn, unit, period)
    if not there:
        return _("{Period}: no figures yet.", Period=name)
    return _("{Period}: {figures}.", Period=name, figures=there)


def sums_text(turn: Turn, unit: Unit, period: ReportingPeriod) -> Marked:
    """Return what the unit has in the period, approved and pending together; "" for nothing."""
    both = sums(turn.context, unit, period)
    together = {code: approved + pending for code, (approved, pending) in both.items()}
    return figures(indicators_known(turn.context).values(), together)


def year_line(progress: UnitProgress) -> Marked:
    """Return the year against the unit's share: Cả năm 17/30 đoàn viên mới (56,67%), …"""
    done = progress.approved + progress.pending
    parts: list[str] = [
        _(
            "The year {done}/{share} {what} ({percent})",
            done=number(done),
            share=number(progress.share or 0),
            what=progress.indicator.name,
            percent=percent(progress.percent_with_pending or 0),
        )
    ]
    if progress.pending:
        parts.append(_("of them {count} waiting for approval", count=number(progress.pending)))
    if progress.standing is Standing.AHEAD:
        parts.append(_("{count} ahead of the plan", count=number(progress.gap)))
    elif progress.standing is Standing.BEHIND:
        parts.append(_("{count} behind the plan", count=number(-progress.gap)))
    return _("{line}.", line=join(parts, ", "))


def is_closed(turn: Turn, unit: Unit, period: ReportingPeriod) -> bool:
    """Tell whether the unit has closed the period."""
    return period.id in closed_ids(turn.context, unit.id)


def current_period(turn: Turn) -> ReportingPeriod | None:
    """Return the period of today."""
    return period_of(turn.context, turn.today)


def form_question(
    turn: Turn, unit: Unit, period: ReportingPeriod, indicator: Indicator, is_first: bool
) -> None:
    """Ask for one indicator of a guided form; the first question says what it is about."""
    there = sums_text(turn, unit, period)
    lines: list[str] = []
    if is_first:
        lines = [*_form_head(turn, unit, period, there)]
    lines.append(_("*{What}*: how many in this period, {you}?", What=capital(indicator.name), you=turn.you))
    lines.append(
        _("Write the number, such as *5* or *5 on {day}*; *0* means none.", day=day(turn.today))
        if is_first
        else _("Write the number; *0* means none.")
    )
    none = Choice(_("None of this"), f"report.zero:{period.id}.{unit.id}.{indicator.id}", numbered=False)
    nothing = Choice(_("Nothing at all"), f"report.nil:{period.id}.{unit.id}", numbered=False)
    stop = Choice(_("Stop here"), "report.stop:", numbered=False)
    turn.say(join(lines), *((none, nothing, stop) if is_first and not there else (none, stop)))


def _form_head(turn: Turn, unit: Unit, period: ReportingPeriod, there: Marked) -> list[Marked]:
    head = _(
        "Report of {period}, {unit}, due on {day}.",
        period=period_name(period, turn.today),
        unit=unit.name,
        day=weekday_day(period.due_on, turn.today),
    )
    return [head, _("I have {figures} already.", figures=there)] if there else [head]


def office_only(turn: Turn) -> None:
    """Tell somebody at the office that figures come from the units."""
    turn.say(
        _(
            "Figures come from the unions, so I do not write them down from here. {You} can use */duyet* to "
            "approve, */tiendo* for progress, */nhiemvu* for tasks; */trogiup* lists the rest.",
            You=capital(turn.you),
        )
    )
