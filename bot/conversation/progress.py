"""The dialogue on progress: a unit against its share, the office target by target, by quarter and by unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.joining import example_line
from bot.conversation.listing import action_numbers, further, last_page, page_count, page_of, shortened
from bot.conversation.plan import how_to_import, plan_name, target_lines_beside
from bot.conversation.progress_talk import (
    due_line,
    quarters_line,
    share_line,
    standing_line,
    target_block,
    target_line,
    target_name,
    unit_line,
)
from bot.conversation.silent import try_silent
from bot.conversation.turn import Dialogue, Entry, Turn
from bot.services.plans import current_plan
from bot.services.progress import (
    office_progress,
    progress_year,
    target_units,
    told_of,
    unit_dues,
    unit_progress_of,
    unit_standings,
)
from bot.services.report_lines import indicators_known
from bot.services.unit_search import named_among
from bot.services.units import grassroots_unions
from domain.messages import Choice
from domain.people import Unit
from domain.permissions import Action
from domain.progress import Standing, TargetProgress
from domain.tasks import quarter_of
from domain.understanding import Intent
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import number, weekday_day

_LABEL = 42


def _show(turn: Turn, rest: str) -> None:
    """Answer /tiendo: "/tiendo 3" opens the third target for the office."""
    asked = re.search(r"\d+", rest)
    if asked and turn.is_office:
        _say_target(turn, progress_year(turn.context), int(asked[0]), 0)
    elif not _try_unit(turn, rest):
        _overview(turn)


def _free(turn: Turn, rest: str) -> None:
    """Answer a line that asks where things stand: its numbers are not those of targets."""
    if not try_silent(turn) and not _try_unit(turn, turn.text):
        _overview(turn)


def _try_unit(turn: Turn, text: str) -> bool:
    """Tell the office how the one unit stands that a line names; tell whether it named one."""
    named = named_among(text, grassroots_unions(turn.context)) if turn.is_office and text else []
    if len(named) != 1:
        return False
    turn.say(_unit_part(turn, named[0], ""))
    return True


def _all(turn: Turn, rest: str) -> None:
    _overview(turn)


def _overview(turn: Turn) -> None:
    if turn.own_units:
        _say_units(turn)
    if turn.is_office:
        _say_office(turn)


def _say_units(turn: Turn) -> None:
    """Say how the writer's units stand, then the office in short lines for those who do not work there."""
    parts = [_unit_part(turn, unit, turn.you) for unit in turn.own_units]
    if not turn.is_office:
        parts.append(_office_part(turn))
    example = example_line(turn, turn.own_units[0])
    parts.append(_("New figures, {you}? Write them, such as *{line}*.", you=turn.you, line=example))
    turn.say(join(parts, "\n\n"))


def _unit_part(turn: Turn, unit: Unit, you: str) -> Marked:
    """Return how a unit stands; `you` reports for it, "" where somebody else asks."""
    year = progress_year(turn.context)
    told = told_of(unit, unit_progress_of(turn.context, unit, year))
    dues = [due_line(due, you, turn.today) for due in unit_dues(turn.context, unit)]
    heading = _("*{unit}*, year {year}:", unit=unit.name, year=str(year))
    return join([heading, *(unit_line(one) for one in told), *dues])


def _office_part(turn: Turn) -> Marked:
    year = progress_year(turn.context)
    found = office_progress(turn.context, year)
    if not found:
        return _("The year's plan is not there yet, so I cannot tell how far the office has come.")
    names = indicators_known(turn.context)
    # What the writer's units do not report says nothing to a chair and would push the rest off the screen.
    told = {
        one.indicator.code
        for unit in turn.own_units
        for one in told_of(unit, unit_progress_of(turn.context, unit, year))
    }
    shown = [one for one in found if one.target.indicator in told] or found
    heading = _("*{office}*, all units together:", office=turn.context.office.name)
    return join([heading, *(target_line(one, names) for one in shown)])


def _say_office(turn: Turn) -> None:
    plan = current_plan(turn.context)
    others = target_lines_beside(turn)
    if plan is None:
        turn.say(join([how_to_import(turn), *others]))
        return
    year = plan.head.year
    found = office_progress(turn.context, year)
    names = indicators_known(turn.context)
    heading = _heading(turn, plan_name(plan.head), found)
    lines = [heading, *(target_block(one, names) for one in found), *others]
    opened = [
        Choice(
            shortened(capital(target_name(one, names)), _LABEL), f"prog.target:{year}.{one.target.position}.0"
        )
        for one in found
    ]
    # The targets come first, so that the number typed is the number read.
    turn.say(join(lines), *opened, *_breakdowns(year))


def _heading(turn: Turn, plan: Marked, found: Sequence[TargetProgress]) -> Marked:
    return _(
        "Progress of {plan} by {day}: {reached}/{count} targets reached, {behind} behind.",
        plan=plan,
        day=weekday_day(turn.today),
        reached=number(sum(one.reached for one in found)),
        count=number(len(found)),
        behind=number(sum(one.standing is Standing.BEHIND and not one.reached for one in found)),
    )


def _breakdowns(year: int) -> tuple[Choice, ...]:
    return (
        Choice(_("By quarter"), f"prog.quarters:{year}"),
        Choice(_("By unit"), f"prog.units:{year}.0"),
    )


def _target(turn: Turn, rest: str) -> None:
    year, position, page = action_numbers(rest, 3)
    _say_target(turn, year, position, page)


def _say_target(turn: Turn, year: int, position: int, page: int) -> None:
    """Say one target by quarter and by unit, the weakest units first."""
    found = office_progress(turn.context, year)
    if not found:
        turn.say(how_to_import(turn))
        return
    one = next((one for one in found if one.target.position == position), None)
    if one is None:
        turn.say(
            _(
                "There is no target {number}: the plan has {count}. Type */tiendo* to see them.",
                number=number(position),
                count=number(len(found)),
            )
        )
        return
    units = target_units(turn.context, year, one)
    page = min(page, last_page(units))
    lines = [target_block(one, indicators_known(turn.context))]
    if page == 0:
        lines.append(_("By quarter: {line}.", line=quarters_line(one.by_quarter, _begun(turn, year))))
    lines.append(_by_unit_heading(len(units), page))
    lines += [share_line(unit) for unit in page_of(units, page)]
    pages = further(units, page, f"prog.target:{year}.{position}")
    breakdown = Choice(_("By quarter"), f"prog.quarters:{year}")
    turn.say(join(lines), *pages, breakdown, Choice(_("All targets"), "prog.all:"))


def _quarters(turn: Turn, rest: str) -> None:
    (year,) = action_numbers(rest, 1)
    names = indicators_known(turn.context)
    begun = _begun(turn, year)
    lines = [_("Approved figures by quarter of {year}:", year=str(year))]
    lines += [
        _(
            "{number}. {Name}: {line}",
            number=number(one.target.position),
            Name=capital(target_name(one, names)),
            line=quarters_line(one.by_quarter, begun),
        )
        for one in office_progress(turn.context, year)
    ]
    turn.say(join(lines), Choice(_("By unit"), f"prog.units:{year}.0"), Choice(_("All targets"), "prog.all:"))


def _units(turn: Turn, rest: str) -> None:
    year, page = action_numbers(rest, 2)
    standings = unit_standings(turn.context, year)
    page = min(page, last_page(standings))
    lines = [_by_unit_heading(len(standings), page)]
    lines += [standing_line(one) for one in page_of(standings, page)]
    turn.say(
        join(lines),
        *further(standings, page, f"prog.units:{year}"),
        Choice(_("By quarter"), f"prog.quarters:{year}"),
        Choice(_("All targets"), "prog.all:"),
    )


def _begun(turn: Turn, year: int) -> int:
    if turn.today.year == year:
        return quarter_of(turn.today)
    return 4 if turn.today.year > year else 0


def _by_unit_heading(count: int, page: int) -> Marked:
    if count == 0:
        return _("By unit: no unit yet.")
    if page_count(count) == 1:
        return _("By unit, the weakest first:")
    return _(
        "By unit, the weakest first (page {page}/{pages}):",
        page=number(page + 1),
        pages=number(page_count(count)),
    )


DIALOGUE = Dialogue(
    commands={"tiendo": Entry(_show, Action.SEE_OFFICE_PROGRESS)},
    actions={
        "prog.all": Entry(_all, Action.SEE_OFFICE_PROGRESS),
        "prog.target": Entry(_target, Action.SEE_UNIT_FIGURES),
        "prog.quarters": Entry(_quarters, Action.SEE_UNIT_FIGURES),
        "prog.units": Entry(_units, Action.SEE_UNIT_FIGURES),
    },
    intents={Intent.PROGRESS: Entry(_free, Action.SEE_OFFICE_PROGRESS)},
)
