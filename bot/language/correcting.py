"""What a correction comes to: the items after it, resolved against the last report where one is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.language import asks, corrections
from bot.language.anchors import (
    AGREEMENTS,
    CONFERENCES,
    DIALOGUES,
    MEMBERS,
    UNIONS,
    UNIONS_LARGE,
    UNIONS_SMALL,
)
from bot.language.clauses import Clause
from bot.language.corrections import Corrected
from bot.language.figures import PERSONS, figures
from bot.language.findings import Findings
from bot.language.periodmoves import moves_period
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token
from domain.understanding import Ask, Intent, Item, Reading

_SHORT = ((Tag.DIALOGUE, DIALOGUES), (Tag.DIALOGUE_SHORT, DIALOGUES), (Tag.CONFERENCE, CONFERENCES))
_SMALLEST, _LARGE = 10, 25
_CLASSES = frozenset({UNIONS, UNIONS_SMALL, UNIONS_LARGE})


def correction(
    line: str,
    tokens: Sequence[Token],
    corrected: Corrected,
    clauses: Sequence[Clause],
    found: Findings,
    previous: tuple[Item, ...],
) -> Reading | None:
    """Return the reading of a correction, or None where it corrects no figure."""
    if corrected.withdrawn:
        return Reading(Intent.CORRECT, line, _withdrawn(corrected.dropped, found, previous))
    if not found.items and moves_period(tokens):
        return Reading(Intent.CORRECT, line)
    moved = _moved_as_named(tokens, corrected, found, previous)
    if moved:
        return Reading(Intent.CORRECT, line, moved)
    numbers = [token.value for token in corrected.tokens if token.kind is Kind.NUMBER]
    given = any(numbers) and 0 not in numbers
    named = found.items or tuple(Item(code, 0) for code in found.zeros if not corrected.delta and not given)
    if named and (not corrected.delta or _is_another(named, previous)):
        items = tuple(completed(item, previous) for item in named)
        return Reading(Intent.CORRECT, line, items, ask=_doubt(found, corrected.tokens))
    return _unnamed_correction(line, tokens, corrected, clauses, previous)


def _withdrawn(codes: Sequence[str], found: Findings, previous: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the named indicators with nothing left of them, as found in the line or the last report."""
    items: list[Item] = []
    for code in codes:
        known = [item for item in (*found.items, *previous) if same_indicator(item.indicator, code)]
        if known:
            items.append(replace(known[0], value=0, people=None, spans=()))
        elif code != UNIONS:  # A union of which no class is known withdraws nothing that could be named.
            items.append(Item(code, 0))
    return tuple(items)


def same_indicator(one: str, other: str) -> bool:
    """Tell whether two codes name one indicator; a new union keeps its name when its class changes."""
    return one == other or (one in _CLASSES and other in _CLASSES)


def completed(item: Item, previous: tuple[Item, ...]) -> Item:
    """Return a corrected item with what it leaves unsaid taken from the one item that it replaces."""
    same = [old for old in previous if same_indicator(old.indicator, item.indicator)]
    if len(same) > 1:
        same = [old for old in same if old.on == item.on and item.on is not None]
    if len(same) != 1:
        return item
    old = same[0]
    value = item.value if item.spans or not item.value else old.value
    return replace(
        item,
        value=value,
        on=item.on or old.on,
        place=item.place or old.place,
        people=old.people if item.people is None else item.people,
    )


def _is_another(named: tuple[Item, ...], previous: tuple[Item, ...]) -> bool:
    """Tell whether what was left out stands alone: with a day of its own, "sót 1 cuộc đối thoại hôm 5/4"."""
    return all(
        item.on is not None
        and item.indicator != MEMBERS
        and not any(old.indicator == item.indicator and old.on == item.on for old in previous)
        for item in named
    )


def _doubt(found: Findings, tokens: Sequence[Token]) -> Ask | None:
    """Return the question that a correction needs: the finding's own, or which of several figures stays."""
    if found.must_ask:
        return found.ask
    for item in found.items:
        if (
            item.indicator == MEMBERS
            and len(item.spans) > 1
            and not any(token.has(Tag.OLD) for token in tokens)
        ):
            return found.ask or asks.which_value(item, _values(item, tokens), ())
    return None


def _values(item: Item, tokens: Sequence[Token]) -> list[int]:
    starts = {start for start, _ in item.spans}
    return [token.value for token in tokens if token.start in starts and token.value]


def _moved_as_named(
    tokens: Sequence[Token], corrected: Corrected, found: Findings, previous: tuple[Item, ...]
) -> tuple[Item, ...]:
    """Return the items of "sửa ngày đối thoại 15/3 thành 16/3": their figures stay as sent before."""
    struck = corrections.old_days(tokens, corrected.tokens)
    days = [token.on for token in corrected.tokens if token.kind is Kind.DATE and token.on is not None]
    if not struck or any(token.kind is Kind.NUMBER for token in corrected.tokens):
        return ()
    codes = {item.indicator for item in found.items}
    return _moved(tuple(item for item in previous if item.indicator in codes), struck, days)


def _unnamed_correction(
    line: str,
    tokens: Sequence[Token],
    corrected: Corrected,
    clauses: Sequence[Clause],
    previous: tuple[Item, ...],
) -> Reading | None:
    """Return a correction that names no indicator: it is that of the last report, else it is asked about."""
    numbers = [
        token.value for token in corrected.tokens if token.kind is Kind.NUMBER and token.value is not None
    ]
    days = [token.on for token in corrected.tokens if token.kind is Kind.DATE and token.on is not None]
    if not numbers:
        moved = _moved(previous, corrections.old_days(tokens, corrected.tokens), days)
        moved = moved or _dated_anew(corrected.tokens, days) or _renamed(corrected.tokens, previous)
        mends = any(clause.has(Tag.MEND, Tag.FAULT) for clause in clauses)
        return Reading(Intent.CORRECT, line, moved) if moved or mends else None
    target = _corrected_item(previous, corrected.tokens, days)
    value = numbers[-1]
    if target is not None and _counts_people(target, value, corrected.tokens):
        return Reading(Intent.CORRECT, line, (replace(target, people=value, spans=()),))
    if target is not None:
        changed = max(0, target.value + corrected.delta * value) if corrected.delta else value
        return Reading(Intent.CORRECT, line, (replace(target, value=changed, spans=()),))
    if corrected.delta and len(fitting := _fitting(previous, corrected.tokens)) > 1:
        changes = tuple(
            replace(item, value=max(0, item.value + corrected.delta * value), spans=()) for item in fitting
        )
        return Reading(Intent.CORRECT, line, changes[-1:], ask=asks.which_item(changes))
    items, ask = _guess(corrected.tokens, clauses, value)
    return Reading(Intent.CORRECT, line, items, ask=ask)


def _renamed(tokens: Sequence[Token], previous: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the event that was sent under another name: "là hội nghị chứ không phải đối thoại"."""
    codes = corrections.renamed(tokens)
    if codes is None or codes[1] == UNIONS:
        return ()
    sent = next((item for item in previous if item.indicator == codes[0]), Item(codes[0], 1))
    return (replace(sent, indicator=codes[1], spans=()),)


def _counts_people(item: Item, value: int, tokens: Sequence[Token]) -> bool:
    """Tell whether the new number is of those present, not of events: 35 instead of the 30 who came."""
    if item.indicator not in (DIALOGUES, CONFERENCES, AGREEMENTS):
        return False
    counted = any(figure.unit in PERSONS or figure.stands(Tag.ATTENDING) for figure in figures(tokens))
    return counted or (item.people is not None and item.people in corrections.old_values(tokens))


def _dated_anew(tokens: Sequence[Token], days: Sequence[date]) -> tuple[Item, ...]:
    """Return the event that is only named in short beside its right day: "ĐT: ngày đúng 16/10"."""
    codes = {code for token in tokens for tag, code in _SHORT if token.has(tag)}
    return (Item(codes.pop(), 1, days[0]),) if len(codes) == len(days) == 1 else ()


def _moved(previous: tuple[Item, ...], struck: Sequence[date], days: Sequence[date]) -> tuple[Item, ...]:
    """Return the items of the last report with their new day: the only one, or those of the old day."""
    if not days:
        return ()
    old = {*struck, *days[:-1]}
    meant = [item for item in previous if item.on in old]
    if not meant and len(previous) == 1:
        meant = list(previous)
    return tuple(replace(item, on=days[-1], spans=()) for item in meant)


def _guess(
    tokens: Sequence[Token], clauses: Sequence[Clause], value: int
) -> tuple[tuple[Item, ...], Ask | None]:
    named = corrections.named_indicator(tokens)
    if named is not None:
        return (Item(named, value),), None
    if _counts_workers(tokens, value):
        place = next((token.text for token in tokens if token.kind is Kind.PLACE), None)
        code = UNIONS_LARGE if value >= _LARGE else UNIONS_SMALL
        return (Item(code, 1, None, place, value),), None
    items: tuple[Item, ...] = (Item("doan_vien_moi", value),)
    if any(clause.has(Tag.EVENT) for clause in clauses):
        items = (Item("doi_thoai", value),)
    return items, asks.which_indicator(items)


def _counts_workers(tokens: Sequence[Token], value: int) -> bool:
    """Tell whether the head count of a new union is mended: "CĐCS cty A: 44 lao động chứ không phải 24"."""
    if not any(token.has(Tag.UNION) for token in tokens) or value < _SMALLEST:
        return False
    return any(figure.value == value and figure.is_of(Tag.WORKER) for figure in figures(tokens))


def _fitting(previous: tuple[Item, ...], tokens: Sequence[Token]) -> list[Item]:
    """Return the items of the last report that a correction may mean by the indicator it names, if any."""
    named = corrections.named_indicator(tokens)
    return [item for item in previous if named in (None, item.indicator)]


def _corrected_item(previous: tuple[Item, ...], tokens: Sequence[Token], days: Sequence[date]) -> Item | None:
    """Return the item of the last report that is meant: the only one, or the only one of the indicator or
    the day that is named, or with the old value."""
    if len(previous) == 1:
        return previous[0]
    named, old = corrections.named_indicator(tokens), corrections.old_values(tokens)
    for same in (
        [item for item in previous if item.indicator == named],
        [item for item in previous if item.on in days and named in (None, item.indicator)],
        [item for item in previous if item.value in old],
    ):
        if len(same) == 1:
            return same[0]
    return None
