"""The one question that the bot puts back when a line may mean different figures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from bot.language.anchors import CONFERENCES, DIALOGUES, MEMBERS, UNIONS_LARGE, UNIONS_SMALL
from domain.understanding import Ask, Item
from messages_vi.catalogue import _
from messages_vi.formats import day, number


def which_indicator(items: tuple[Item, ...]) -> Ask:
    """Ask what a number counts that came without a name; the first item carries it."""
    first, *rest = items
    count = number(first.value)
    named = (
        (MEMBERS, _("{count} new members", count=count)),
        (DIALOGUES, _("{count} dialogues", count=count)),
        (CONFERENCES, _("{count} workers' conferences", count=count)),
    )
    choices = tuple((label, (replace(first, indicator=code), *rest)) for code, label in named)
    return Ask(_("What do you mean with {count}?", count=count), (*choices, _again()))


def which_value(item: Item, others: Sequence[int], rest: tuple[Item, ...]) -> Ask:
    """Ask which of several numbers of new members is meant; 0 among `others` means "not known yet"."""
    values = [item.value, *(value for value in others if value)]
    choices = tuple(
        (_("{count} new members", count=number(value)), (replace(item, value=value), *rest))
        for value in values
    )
    question = _("How many new members is it exactly?")
    return Ask(question, (*choices, _again()))


def which_number(written: str, readings: Sequence[tuple[int, tuple[Item, ...]]]) -> Ask:
    """Ask for the number in the place of one that counts nothing: -5, 5,5."""
    choices = tuple((_counting(value, items), items) for value, items in readings if items)
    return Ask(_("What is the right number instead of {figure}?", figure=written), (*choices, _again()))


def _counting(value: int, items: tuple[Item, ...]) -> str:
    count = number(value)
    members = any(item.indicator == MEMBERS and item.value == value for item in items)
    return _("{count} new members", count=count) if members else _("It is {count}", count=count)


def which_item(changes: Sequence[Item]) -> Ask:
    """Ask which figure of the last report "bớt 1" changes; `changes` are they after it."""
    choices = tuple((_figure(item), (item,)) for item in changes)
    return Ask(_("Which figure is to become this?"), (*choices, _again()))


def _figure(item: Item) -> str:
    count = number(item.value)
    named = {
        MEMBERS: _("{count} new members", count=count),
        DIALOGUES: _("{count} dialogues", count=count),
        CONFERENCES: _("{count} workers' conferences", count=count),
    }
    label = named.get(item.indicator) or _("It is {count}", count=count)
    return label if item.on is None else _("{figure}, on {day}", figure=label, day=day(item.on))


def grown(item: Item, whole: int | None, rest: tuple[Item, ...] = ()) -> Ask:
    """Ask whether what a stock has grown by are new members; `whole` is a sum that may be meant instead."""
    values = [item.value] if whole is None else [item.value, whole]
    choices = tuple(
        (_("{count} new members", count=number(value)), (replace(item, value=value), *rest))
        for value in values
    )
    return Ask(
        _("How many of these members are new this time?"), (*choices, (_("None is new"), rest), _again())
    )


def of_two_units(items: tuple[Item, ...]) -> Ask:
    """Ask whether the members of "bên may 5 bên bao bì 2" are of several units or groups of one."""
    one = replace(items[0], value=sum(item.value for item in items), spans=sum((i.spans for i in items), ()))
    each = ", ".join(number(item.value) for item in items)
    return Ask(
        _("Are these new members of one unit, or of several?"),
        (
            (_("Of several units: {counts}", counts=each), items),
            (_("Of one unit: {count} new members in all", count=number(one.value)), (one,)),
            _again(),
        ),
    )


def how_many(rest: tuple[Item, ...]) -> Ask:
    """Ask for the number of new members that a line leaves out."""
    one = Item(MEMBERS, 1)
    return Ask(
        _("How many new members were admitted?"),
        ((_("{count} new members", count=number(1)), (one, *rest)), _again()),
    )


def which_class(items: tuple[Item, ...], position: int) -> Ask:
    """Ask how many workers the enterprise of a new union has."""

    def of(code: str) -> tuple[Item, ...]:
        return (*items[:position], replace(items[position], indicator=code), *items[position + 1 :])

    return Ask(
        _("How many workers does the enterprise of the new union have?"),
        (
            (_("25 workers or more"), of(UNIONS_LARGE)),
            (_("10 to under 25 workers"), of(UNIONS_SMALL)),
            _again(),
        ),
    )


def already_sent(items: tuple[Item, ...], members: Item) -> Ask:
    """Ask whether members named beside a new union are to be recorded or were reported before."""
    without = tuple(item for item in items if item is not members)
    count = number(members.value)
    return Ask(
        _("Are the {count} members newly admitted, and not reported before?", count=count),
        (
            (_("{count} new members, record them too", count=count), items),
            (_("Already reported, leave them out"), without),
        ),
    )


def is_event_day(items: tuple[Item, ...]) -> Ask:
    """Ask whether the day of the minutes is the day of the event."""
    first = items[0]
    on = "" if first.on is None else day(first.on)
    undated = tuple(replace(item, on=None) for item in items)
    return Ask(
        _("Did it take place on the day of the minutes, {day}?", day=on),
        ((_("Yes, on {day}", day=on), items), (_("On another day, I will write it"), undated)),
    )


def impossible_day(written: str, items: tuple[Item, ...]) -> Ask:
    """Ask for the day where the one that is written, 30/2, stands in no calendar."""
    return Ask(
        _("The calendar has no {day}. On which day was it?", day=written),
        ((_("Record it without a day"), items), _again()),
    )


def weekday_or_month(items: tuple[Item, ...]) -> Ask:
    """Ask whether "t3" is a Tuesday or March."""
    dated = next(item.on for item in items if item.on is not None)
    undated = tuple(replace(item, on=None) for item in items)
    return Ask(
        _("Do you mean the day {day}, or only the month?", day=day(dated)),
        ((_("The day {day}", day=day(dated)), items), (_("Only the month"), undated)),
    )


def done_or_planned(items: tuple[Item, ...], coming: Collection[date | None]) -> Ask:
    """Ask whether a day that comes again soon is last year's, or a plan that is not recorded."""
    on = next(item.on for item in items if item.on is not None and item.on in coming)
    rest = tuple(item for item in items if item.on is None or item.on not in coming)
    return Ask(
        _("Has it been held on {day}, or is it still planned?", day=day(on, date.max)),
        ((_("Held on {day}", day=day(on, date.max)), items), (_("Still planned, do not record it"), rest)),
    )


def new_or_all(items: tuple[Item, ...], position: int) -> Ask:
    """Ask whether "đoàn viên 24" are new members or all members of the unit."""
    count = number(items[position].value)
    without = (*items[:position], *items[position + 1 :])
    return Ask(
        _("Are the {count} members new, or all that the unit has?", count=count),
        ((_("{count} new members", count=count), items), (_("All members, none is new"), without)),
    )


def which_conference(items: tuple[Item, ...]) -> Ask:
    """Ask whether a conference without a kind is the workers' conference."""
    without = tuple(item for item in items if item.indicator != CONFERENCES)
    return Ask(
        _("Is it the workers' conference?"),
        ((_("Yes, the workers' conference"), items), (_("No, another conference"), without)),
    )


def same_as_before() -> Ask:
    """Ask what "như tháng trước" means: nothing again, or the same figures again."""
    return Ask(
        _("Does it mean nothing to report, as last time?"),
        ((_("Nothing to report"), ()), _again()),
    )


def _again() -> tuple[str, tuple[Item, ...]]:
    return _("I will write again"), ()
