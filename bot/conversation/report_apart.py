"""Figures of several units in one line: never added up, cut apart where that is sure, else asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.joining import example_line
from bot.conversation.report_change import typed_item
from bot.conversation.report_draft import line_of, own_unit, take
from bot.conversation.report_waiting import APART_STEP, Pending, about_line, answered, ask, pending_in
from bot.conversation.turn import Turn
from bot.language.answers import numbers_in
from bot.services.report_lines import indicators_known
from bot.services.report_units import Part, names_several, parts_of
from bot.services.reporting import add_line
from bot.services.words import read
from domain.messages import Choice
from domain.people import Unit
from domain.plan import Measure
from domain.understanding import Item
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import day, number
from messages_vi.reports import amount

Share = tuple[Unit, tuple[Item, ...]]


def are_of_several(turn: Turn, items: Sequence[Item]) -> bool:
    """Tell whether persons are counted twice at the same time: of one unit they would have been added up."""
    known = indicators_known(turn.context)
    persons = [
        (one.indicator, one.on, one.place)
        for one in items
        if one.indicator in known and known[one.indicator].measure is Measure.SUM
    ]
    return any(count > 1 for count in Counter(persons).values())


def try_apart(turn: Turn, text: str, items: Sequence[Item]) -> bool:
    """Ask about a line with figures of several of the writer's units; tell whether it was one."""
    parts = parts_of(text, turn.own_units)
    shares = _shares(turn, parts, items)
    if shares:
        _ask(turn, shares, text)
    elif parts or (items and (are_of_several(turn, items) or names_several(text))):
        ask_for_each(turn, [part.unit for part in parts] or turn.own_units)
    else:
        return False
    return True


def ask_for_each(turn: Turn, units: Sequence[Unit]) -> None:
    """Ask for one line a unit; somebody with one unit is asked for that one's figures."""
    values = {"You": capital(turn.you), "unit": units[0].name, "line": example_line(turn, units[0])}
    turn.done()
    if len(turn.own_units) == 1:
        turn.say(
            _(
                "I keep figures of {unit} only, so nothing was written down yet. {You} writes those of this "
                "unit alone, such as *{line}*.",
                **values,
            )
        )
        return
    turn.say(
        _(
            "This line is about several units, so nothing was written down yet. {You} writes one line for "
            "each, such as *{unit}: {line}*.",
            **values,
        )
    )


def confirmed(turn: Turn, rest: str) -> None:
    """Write each unit's figures into a draft of its own and go on with the first; the others wait in turn."""
    answer, _dot, batch = rest.partition(".")
    question = about_line(turn, batch)
    if question is None or answer != "yes":
        if question is not None:
            answered(turn, question)
        turn.done()
        turn.say(
            _(
                "All right, then I write nothing down. When there are figures, write to me, {you}.",
                you=turn.you,
            )
        )
        return
    units = [own_unit(turn, unit_id) for unit_id, _items in pending_in(question).parts]
    pending = answered(turn, question)
    turn.done()
    lines = [replace(pending.line, items=items) for _unit_id, items in pending.parts]
    for place, (unit, line) in enumerate(zip(units[1:], lines[1:], strict=True), start=2):
        add_line(turn.context, unit, replace(line, batch=f"{line.batch}-{place}"))
    take(turn, units[0], lines[0])


def _shares(turn: Turn, parts: Sequence[Part], items: Sequence[Item]) -> list[Share]:
    """Return each unit's figures, or nothing where one of the parts has none that is sure."""
    readings = [read(turn.context, part.text, turn.written_on) for part in parts]
    each = [reading.items if reading.ask is None else () for reading in readings]
    if parts and not all(each) and len(items) == len(parts):
        each = [(item,) for item in items]
    codes = {item.indicator for some in (*each, items) for item in some}
    if len(codes) == 1:
        # "Bên may kết nạp 5, hạt điều 2": what is counted is said once.
        each = [some or _alone(turn, part, next(iter(codes))) for part, some in zip(parts, each, strict=True)]
    return [(part.unit, some) for part, some in zip(parts, each, strict=True)] if all(each) else []


def _alone(turn: Turn, part: Part, code: str) -> tuple[Item, ...]:
    numbers = numbers_in(part.text)
    item = typed_item(turn, code, str(numbers[0])) if len(numbers) == 1 else None
    return (item,) if item is not None else ()


def _ask(turn: Turn, shares: Sequence[Share], text: str) -> None:
    line = line_of(turn, text)
    lines = [
        _("• {unit}: {figures}", unit=unit.name, figures=_figures(turn, items)) for unit, items in shares
    ]
    question = join(
        [
            _(
                "This line has figures of {count} units. Do I keep them apart like this, {you}?",
                count=number(len(shares)),
                you=turn.you,
            ),
            *lines,
        ]
    )
    choices = (
        Choice(_("Yes, keep them apart"), f"report.apart:yes.{line.batch}"),
        Choice(_("No, I write one line for each"), f"report.apart:no.{line.batch}"),
    )
    parts = tuple((unit.id, tuple(items)) for unit, items in shares)
    ask(turn, Pending(line, parts=parts), APART_STEP, question, choices, shares)


def _figures(turn: Turn, items: Sequence[Item]) -> Marked:
    known = indicators_known(turn.context)
    each = []
    for one in items:
        what = amount(known[one.indicator], one.value)
        dated = one.on and _("{figure}, on {day}", figure=what, day=day(one.on, turn.today))
        each.append(dated or what)
    return join(each, ", ")
