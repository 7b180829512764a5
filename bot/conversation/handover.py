"""From one chair to the next: who follows, from which day, and a word to the one who leaves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.conversation.invite import hand_out
from bot.conversation.turn import Dialogue, Entry, Turn
from bot.conversation.unit_talk import ask_which, call_invited, chair_of, full_name, is_name, union
from bot.services.enrolment import Handover, hand_over
from bot.services.telling import tell
from bot.services.units import match_unit
from domain.messages import Choice
from domain.people import Person, Unit
from domain.permissions import Action
from messages_vi.address import call, capital, pronoun
from messages_vi.catalogue import _, join
from messages_vi.formats import day, weekday_day

_FAR_DAYS = 400  # Beyond that a year was mistyped.


@dataclass(frozen=True, slots=True)
class NameAndDay:
    """A name and a day read from one line; "" and None where it has none."""

    name: str
    day: date | None


def read_name_and_day(text: str, today: date) -> NameAndDay:
    """Return the name and the day of "chị Nguyễn Thị Hoa từ 1/5".

    Unlike the day of an event it may lie ahead: without a year it is the nearest such day.
    """
    found = _date_pattern().search(text)
    if found is None:
        return NameAndDay(text.strip(" ,.;"), None)
    name = (text[: found.start()] + " " + text[found.end() :]).strip(" ,.;-:")
    if found["word"]:
        is_tomorrow = found["word"].lower() in _words("words for tomorrow")
        return NameAndDay(name, today + timedelta(days=is_tomorrow))
    return NameAndDay(name, _nearest(int(found["day"]), int(found["month"]), found["year"], today))


def _begin(turn: Turn, rest: str) -> None:
    if rest.strip():
        _unit_named(turn, rest)
        return
    turn.expect("bangiao.unit")
    turn.say(_("Which unit changes its chair? {You} types part of its name.", You=capital(turn.you)))


def _unit_named(turn: Turn, text: str) -> None:
    found = match_unit(turn.context, text)
    if len(found) == 1:
        _ask_who(turn, found[0])
    else:
        turn.expect("bangiao.unit")
        ask_which(turn, text, found, "bangiao.unit")


def _unit_chosen(turn: Turn, rest: str) -> None:
    _ask_who(turn, union(turn, rest))


def _ask_who(turn: Turn, unit: Unit) -> None:
    turn.expect("bangiao.who", unit_id=unit.id)
    example = day(_next_month(turn.today), turn.today)
    text = _(
        "Who is the next chair of *{unit}*, from which day? Such as *{day}*.", unit=unit.name, day=example
    )
    chair = chair_of(turn, unit)
    turn.say(text if chair is None else join([text, _("{chair} is chair now.", chair=full_name(chair))]))


def _who_typed(turn: Turn, text: str) -> None:
    unit = union(turn, turn.state.data.get("unit_id"))
    read = read_name_and_day(text, turn.today)
    name = read.name or str(turn.state.data.get("name", ""))
    if not is_name(name):
        _ask_who(turn, unit)
    elif read.day is None or abs((read.day - turn.today).days) > _FAR_DAYS:
        turn.expect("bangiao.who", unit_id=unit.id, name=name)
        example = day(_next_month(turn.today), turn.today)
        turn.say(_("From which day is {who} chair? Such as *{day}*.", who=capital(name), day=example))
    else:
        _ask_sure(turn, unit, name, read.day)


def _ask_sure(turn: Turn, unit: Unit, name: str, starts_on: date) -> None:
    turn.expect("bangiao.sure", unit_id=unit.id, name=name, day=starts_on.isoformat())
    when = weekday_day(starts_on, turn.today)
    lines = [_("From {day} *{who}* is chair of *{unit}*, is it right?", day=when, who=name, unit=unit.name)]
    chair = chair_of(turn, unit)
    if chair is not None and starts_on > turn.today:
        lines.append(_("Until then it stays {chair}.", chair=full_name(chair)))
    turn.say(
        join(lines),
        Choice(_("Yes, hand over"), f"bangiao.yes:{unit.id}"),
        Choice(_("Other name or day"), f"bangiao.unit:{unit.id}"),
        Choice(_("No handover"), "bangiao.no"),
    )


def _sure(turn: Turn, rest: str) -> None:
    unit, data = union(turn, rest), turn.state.data
    if turn.state.step != "bangiao.sure" or data.get("unit_id") != unit.id:
        turn.say(_("This handover was settled before; nothing was changed now."))
        return
    done = hand_over(turn.context, unit, data["name"], date.fromisoformat(data["day"]))
    who, when = call_invited(done.invite), weekday_day(done.starts_on, turn.today)
    turn.say(_("✅ {who} is chair of *{unit}* from {day}.", who=who, unit=unit.name, day=when))
    for person in done.leaving:
        _tell(turn, done, person)
    hand_out(turn, done.invite, unit)


def _tell(turn: Turn, done: Handover, person: Person) -> None:
    values = {
        "Name": capital(call(person)),
        "day": weekday_day(done.starts_on, turn.today),
        "who": call_invited(done.invite),
        "unit": done.unit.name,
        "you": pronoun(person),
    }
    if done.starts_on > turn.today:
        text = _("{Name}, from {day} {who} is chair of *{unit}*. I serve {you} until then.", **values)
    else:
        text = _("{Name}, {who} is chair of *{unit}* from {day} on. Thanks to {you}.", **values)
    if not tell(turn.context, person.id, text, f"handover:{done.invite.id}:{person.id}"):
        chair = capital(full_name(person))
        turn.say(_("{Chair} cannot be reached here; {you} tells them.", Chair=chair, you=turn.you))


def _dropped(turn: Turn, rest: str) -> None:
    turn.done()
    turn.say(_("Nothing was handed over."))


def _next_month(today: date) -> date:
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)


def _nearest(number: int, month: int, year: str | None, today: date) -> date | None:
    years = [2000 + int(year) % 1000] if year else [today.year - 1, today.year, today.year + 1]
    days = [one for one in (_valid(year, month, number) for year in years) if one is not None]
    return min(days, key=lambda one: abs((one - today).days), default=None)


def _valid(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _words(key: str) -> tuple[str, ...]:
    return tuple(_(key).split("|"))


@cache
def _date_pattern() -> re.Pattern[str]:
    def one_of(*words: str) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    lead = one_of(*_("words that lead in a day to come").split("|"))
    between = one_of(*_("words between day and month").split("|"))
    words = one_of(*_("words for today").split("|"), *_("words for tomorrow").split("|"))
    number = rf"(?P<day>\d{{1,2}})\s*(?:{between})\s*(?P<month>\d{{1,2}})"
    number += rf"(?:\s*(?:{between})\s*(?P<year>\d{{4}}|\d{{2}}))?"
    return re.compile(rf"(?:\b(?:{lead})\s+)*(?:(?P<word>\b(?:{words})\b)|\b{number}\b)", re.IGNORECASE)


HANDOVER = Dialogue(
    commands={"bangiao": Entry(_begin, Action.HANDOVER)},
    actions={
        "bangiao.unit": Entry(_unit_chosen, Action.HANDOVER),
        "bangiao.yes": Entry(_sure, Action.HANDOVER),
        "bangiao.no": Entry(_dropped, Action.HANDOVER),
    },
    answers={
        "bangiao.unit": Entry(_unit_named, Action.HANDOVER),
        "bangiao.who": Entry(_who_typed, Action.HANDOVER),
        "bangiao.sure": Entry(_who_typed, Action.HANDOVER),
    },
)
