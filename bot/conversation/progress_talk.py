"""Progress in words: a target with its bar, a unit against its share, the day a report is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot.services.progress import UnitDue, UnitShare, UnitStanding
from domain.plan import Indicator, Measure
from domain.progress import QuarterCount, Standing, TargetProgress, UnitProgress
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import number, percent, quarter, weekday_day
from messages_vi.reports import period_name

Names = Mapping[str, Indicator]

_CELLS = 10


def target_name(progress: TargetProgress, names: Names) -> str:
    """Return what a target is called: its indicator's name, else the plan's own words."""
    indicator = names.get(progress.target.indicator)
    return indicator.name if indicator is not None else progress.target.text


def target_block(progress: TargetProgress, names: Names) -> Marked:
    """Return a target as staff see it: its figures, then a bar with ahead or behind."""
    heading = _(
        "{number}. {Name}: {figures}",
        number=number(progress.target.position),
        Name=capital(target_name(progress, names)),
        figures=_figures(progress, names),
    )
    if progress.percent is None:
        return heading
    return join([heading, join([bar(progress.percent), _standing_today(progress)], " ")])


def target_line(progress: TargetProgress, names: Names) -> Marked:
    """Return a target in one short line, as chairs see the office's."""
    figures, standing = _figures(progress, names), _target_standing(progress)
    return _item(target_name(progress, names), [figures, standing])


def bar(percentage: Decimal) -> str:
    """Return ten cells, a full one for each tenth that is done."""
    full = min(int(percentage) // _CELLS, _CELLS)
    return "▰" * full + "▱" * (_CELLS - full)


def quarters_line(counts: Sequence[QuarterCount], begun: int) -> Marked:
    """Return the quarters that have begun, and later ones in which something is counted already."""
    shown = [one for one in counts if one.quarter <= begun or one.approved or one.pending]
    each = (
        _("{quarter} {count}", quarter=quarter(one.quarter), count=_counted(one.approved, one.pending))
        for one in shown
    )
    return join(each, ", ")


def share_line(one: UnitShare) -> Marked:
    """Return one unit's part in a target: • CĐCS May Suối Đá: 12/30 (40%), đang chờ duyệt 5"""
    if not (one.share or one.approved or one.pending):
        return _item(one.unit.name, [_("nothing yet")])
    done = _of_share(one.approved, one.share)
    return _item(one.unit.name, [_with_pending(done, one.pending)])


def standing_line(one: UnitStanding) -> Marked:
    """Return one unit with everything it has reported this year."""
    parts = [_unit_figure(progress) for progress in one.progress if _is_told(progress)]
    return _item(one.unit.name, parts or [_("no figures yet")])


def unit_line(progress: UnitProgress) -> Marked:
    """Return one indicator of a unit against its share, in one line."""
    indicator, share = progress.indicator, progress.share
    if not (progress.approved or progress.pending or share):
        return _item(indicator.name, [_("nothing yet")])
    if indicator.measure is not Measure.SUM and max(progress.approved + progress.pending, share or 1) == 1:
        return _item(indicator.name, [_once(progress)])
    # To its chair a figure counts once it was sent; what still waits for the office is named beside it.
    done = progress.approved + progress.pending
    figures = _("{count} {word}", count=_share(done, share), word=indicator.unit_word)
    if progress.percent_with_pending is not None:
        figures = _("{figures} ({percent})", figures=figures, percent=percent(progress.percent_with_pending))
    waiting = number(progress.pending)
    pending = _("of them {count} waiting for approval", count=waiting) if progress.pending else Marked("")
    over = progress.approved - share if share else 0
    standing = _standing(progress.standing, progress.gap, progress.reached, over)
    return _item(indicator.name, [figures, pending, standing])


def due_line(due: UnitDue, you: str, today: date) -> Marked:
    """Return when a period's report is due and whether the unit has closed it; `you` are thanked for that."""
    values = {"Period": capital(period_name(due.period, today)), "day": weekday_day(due.period.due_on, today)}
    if due.closed:
        return (
            _("{Period}: closed, thank {you}.", you=you, **values)
            if you
            else _("{Period}: closed.", **values)
        )
    if due.days_left > 0:
        return _("{Period}: due on {day}, {days} days left, open.", days=number(due.days_left), **values)
    if due.days_left == 0:
        return _("{Period}: due today, {day}, open.", **values)
    return _("{Period}: was due on {day}, {days} days ago, open.", days=number(-due.days_left), **values)


def _item(name: str, parts: Iterable[Marked]) -> Marked:
    line = join([part for part in parts if part], ", ")
    return _("• {Name}: {line}", Name=capital(name), line=line)


def _figures(progress: TargetProgress, names: Names) -> Marked:
    return _with_pending(_done(progress, names), progress.pending)


def _done(progress: TargetProgress, names: Names) -> Marked:
    """Return what is approved, of how much: 17/106 đoàn viên (16,04%)."""
    indicator = names.get(progress.target.indicator)
    done = number(progress.approved)
    if progress.target.measure is Measure.SHARE_OF_ELIGIBLE:
        word = indicator.unit_word if indicator is not None else _("enterprise (unit word)")
        return _done_of_list(progress, done, word)
    if progress.percent is None:
        return _("{count} {word}", count=done, word=progress.target.unit)
    return _(
        "{done}/{goal} {word} ({percent})",
        done=done,
        goal=number(progress.goal),
        word=progress.target.unit,
        percent=percent(progress.percent),
    )


def _done_of_list(progress: TargetProgress, done: str, word: str) -> Marked:
    if progress.eligible is None:
        return _("{done} {word}; no percentage without a list of enterprises", done=done, word=word)
    if progress.percent is None:
        return _("{done} {word}; the list has no such enterprise", done=done, word=word)
    return _(
        "{done}/{eligible} enterprises ({percent})",
        done=done,
        eligible=number(progress.eligible),
        percent=percent(progress.percent),
    )


def _with_pending(figures: Marked, pending: int) -> Marked:
    if not pending:
        return figures
    return _("{figures}, waiting for approval {count}", figures=figures, count=number(pending))


def _standing_today(progress: TargetProgress) -> Marked:
    """Return ahead or behind, with what is expected by today where that explains it."""
    standing = _target_standing(progress)
    if progress.gap == 0 or progress.reached:
        return standing
    # Rounded so that the sum is right in the reader's head: done, less what is expected, is the gap.
    expected = progress.approved + progress.pending - progress.gap
    return _("{standing} (expected by today {count})", standing=standing, count=number(expected))


def _target_standing(progress: TargetProgress) -> Marked:
    over = int(progress.approved - progress.goal_count) if progress.goal_count is not None else 0
    return _standing(progress.standing, progress.gap, progress.reached, over)


def _standing(standing: Standing, gap: int, reached: bool, over: int) -> Marked:
    if reached:
        return _("{count} above the target", count=number(over)) if over > 0 else _("target reached")
    if standing is Standing.AHEAD:
        return _("{count} ahead of plan", count=number(gap))
    if standing is Standing.BEHIND:
        return _("{count} behind plan", count=number(-gap))
    return _("on plan") if standing is Standing.ON_TRACK else Marked("")


def _once(progress: UnitProgress) -> Marked:
    if progress.approved:
        return _("done, {count} {word} counted", count=number(1), word=progress.indicator.unit_word)
    return _("reported, waiting for approval") if progress.pending else _("nothing yet")


def _is_told(progress: UnitProgress) -> bool:
    return bool(progress.share or progress.approved or progress.pending)


def _unit_figure(progress: UnitProgress) -> Marked:
    count = _share(progress.approved, progress.share)
    named = _("{count} {word}", count=count, word=progress.indicator.name)
    if not progress.pending:
        return named
    return _("{figures} (waiting for approval {count})", figures=named, count=number(progress.pending))


def _share(done: int, share: int | None) -> str:
    return f"{number(done)}/{number(share)}" if share else number(done)


def _of_share(done: int, share: int | None) -> Marked:
    count = join([_share(done, share)])
    if not share:
        return count
    ratio = Decimal(100 * done) / share
    return _("{figures} ({percent})", figures=count, percent=percent(ratio))


def _counted(approved: int, pending: int) -> Marked:
    count = join([number(approved)])
    if not pending:
        return count
    return _("{figures} (waiting for approval {count})", figures=count, count=number(pending))
