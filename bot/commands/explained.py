"""A reading with the words behind it, as lines for people: `tiendo understand --explain`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.language.explain import Explanation, How, Part, Piece, Why
from bot.language.passed import PassedAs
from domain.understanding import Intent, Reading
from messages_vi.catalogue import _, mark
from messages_vi.formats import day, number
from messages_vi.indicators import STANDING

_NAMES = {one.code: one.name for one in STANDING}
_INTENTS: Mapping[Intent, str] = {
    Intent.REPORT: mark("a report"),
    Intent.CORRECT: mark("a correction"),
    Intent.NONE_TO_REPORT: mark("reports that there is nothing"),
    Intent.PROGRESS: mark("asks where things stand"),
    Intent.TASKS: mark("asks what is due"),
    Intent.TASK_DONE: mark("a task is finished"),
    Intent.HELP: mark("asks for help"),
    Intent.GREETING: mark("a greeting"),
    Intent.QUESTION: mark("for a person to answer"),
    Intent.OTHER: mark("something else, nothing is recorded"),
}
_HOW: Mapping[How, str] = {
    How.WRITTEN: mark("as written"),
    How.SUM: mark("added up"),
    How.DIFFERENCE: mark("what is there now, less what was there before"),
    How.PAIRS: mark("a couple is two persons"),
    How.NAMED: mark("counted by the persons named"),
    How.EVENT: mark("an event without a number counts as one"),
    How.ONE_OF: mark("one of several that differ in day, place or class"),
    How.CHANGED: mark("the figure sent before, changed"),
    How.KEPT: mark("the figure sent before stays"),
    How.WITHDRAWN: mark("withdrawn (figure)"),
}
_PASSED: Mapping[PassedAs, str] = {
    PassedAs.DOCUMENT: mark("of a document"),
    PassedAs.PHONE: mark("a telephone or another long number"),
    PassedAs.MONEY: mark("money"),
    PassedAs.HOUR: mark("an hour"),
    PassedAs.SHARE: mark("a share"),
    PassedAs.YEAR: mark("a year, or a number of years"),
    PassedAs.AGE: mark("an age"),
    PassedAs.TIME: mark("a time that names no day"),
    PassedAs.DAY: mark("a day of no figure"),
    PassedAs.IMPOSSIBLE_DAY: mark("a day that no calendar has"),
    PassedAs.DECIMAL: mark("a fraction or a list of numbers"),
    PassedAs.UNCOUNTABLE: mark("a number that counts nothing: asked about"),
    PassedAs.CLASS_LIMIT: mark("the limits of a class of enterprises"),
    PassedAs.LIST_NUMBER: mark("a list number"),
    PassedAs.ANSWER: mark("a bare number, or that of a task"),
    PassedAs.LABEL: mark("names a group, a workshop, a turn"),
    PassedAs.THING: mark("counts other things"),
    PassedAs.PART_OF_WHOLE: mark("so many of so many"),
    PassedAs.RANGE: mark("from ... to ..."),
    PassedAs.TAKEN_BACK: mark("taken back by the correction"),
    PassedAs.QUESTION: mark("in a question"),
    PassedAs.PLAN: mark("planned"),
    PassedAs.DENIED: mark("denied"),
    PassedAs.STOCK: mark("what the unit has, not what is new"),
    PassedAs.LOSS: mark("losses"),
    PassedAs.APPLIED: mark("applied, not admitted yet"),
    PassedAs.MOVED: mark("moved here, not new"),
    PassedAs.PART: mark("a part of the figure"),
    PassedAs.TOTAL: mark("a total beside its parts"),
    PassedAs.HEAD_COUNT: mark("a number of people"),
    PassedAs.ZERO: mark("zero"),
    PassedAs.UNEARNED: mark("belongs to no indicator"),
}
_DIFFERING: Mapping[str, str] = {
    "counts": mark("whether it counts at all"),
    "indicator": mark("the indicator"),
    "value": mark("the value"),
    "on": mark("the day"),
    "place": mark("the place"),
    "people": mark("the number of people"),
}


def explained(text: str, today: date, reading: Reading, found: Explanation) -> Iterator[str]:
    """Yield the line itself, its intent, each figure with its words, what was passed over, the question."""
    yield " ".join(text.split())
    yield f"  = {_(_INTENTS[reading.intent])}"
    for why in found.items:
        yield from _item(why, today)
    for code in reading.zeros:
        yield f"  - {_('no {what}', what=_name(code))}"
    for one in found.passed:
        yield "  × " + _("{words}: {what}", words=_quoted([one.piece]), what=_(_PASSED[one.as_what]))
    if reading.ask is not None:
        differing = ", ".join(_(_DIFFERING[name]) for name in found.differing)
        yield "  ? " + _(
            "{question} (readings differ in: {what})", question=reading.ask.question, what=differing
        )
        yield from (f"      {place}. {label}" for place, (label, _items) in enumerate(reading.ask.choices, 1))
    yield ""


def _item(why: Why, today: date) -> Iterator[str]:
    item = why.item
    yield f"  + {_name(item.indicator)} = {number(item.value)}"
    yield "      " + _("number: {parts}", parts=_parts(why))
    if why.words:
        yield "      " + _("indicator: {words}", words=_quoted(why.words))
    if item.on is not None:
        yield "      " + _("day {day}: {words}", day=day(item.on, today), words=_quoted(why.days))
    if item.place is not None:
        yield "      " + _("place: {words}", words=_quoted(why.places))
    if item.people is not None:
        people = number(item.people)
        yield "      " + _("people {people}: {words}", people=people, words=_quoted(why.people))


def _name(code: str) -> str:
    return _NAMES.get(code, code)


def _parts(why: Why) -> str:
    parts = " + ".join(_part(part) for part in why.parts)
    how = _(_HOW[why.how])
    return f"{parts} ({how})" if parts else str(how)


def _part(part: Part) -> str:
    if part.piece is None:
        return f"{_('last report')} = {number(part.value)}"
    return f"{_quoted([part.piece])} = {number(part.value)}"


def _quoted(pieces: Iterable[Piece]) -> str:
    """Return the words with their offsets, or that they come from the last report."""
    told = ", ".join(f"“{one.text}” [{one.start}-{one.end}]" for one in pieces)
    return told or str(_("last report"))
