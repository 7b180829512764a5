"""What the numbers of a line are that became no figure: a telephone, a year, a head count, a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from bot.language.clauses import Clause
from bot.language.figures import PERSONS, Figure, figures
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token
from domain.understanding import Reading

_LOOK_BACK = 3


class PassedAs(StrEnum):
    """What a number that is passed over was taken for."""

    DOCUMENT = "document"
    PHONE = "phone"
    MONEY = "money"
    HOUR = "hour"
    SHARE = "share"
    YEAR = "year"
    AGE = "age"
    TIME = "time"  # a month, a quarter, a week: it names no day
    DAY = "day"
    IMPOSSIBLE_DAY = "impossible_day"
    DECIMAL = "decimal"
    UNCOUNTABLE = "uncountable"
    CLASS_LIMIT = "class_limit"
    LIST_NUMBER = "list_number"
    ANSWER = "answer"  # a bare number, or that of a task
    LABEL = "label"  # the name of a workshop, a group, a task
    THING = "thing"  # opinions, gifts, pupils
    PART_OF_WHOLE = "part_of_whole"
    RANGE = "range"
    TAKEN_BACK = "taken_back"
    QUESTION = "question"
    PLAN = "plan"
    DENIED = "denied"
    STOCK = "stock"
    LOSS = "loss"
    APPLIED = "applied"
    MOVED = "moved"
    PART = "part"
    TOTAL = "total"
    HEAD_COUNT = "head_count"
    ZERO = "zero"
    UNEARNED = "unearned"


_BY_TAG: Mapping[Tag, PassedAs] = {
    Tag.NOISE_CODE: PassedAs.DOCUMENT,
    Tag.NOISE_PHONE: PassedAs.PHONE,
    Tag.NOISE_MONEY: PassedAs.MONEY,
    Tag.NOISE_CLOCK: PassedAs.HOUR,
    Tag.NOISE_SHARE: PassedAs.SHARE,
    Tag.NOISE_AGE: PassedAs.AGE,
    Tag.NOISE_MONTH: PassedAs.TIME,
    Tag.NOISE_DECIMAL: PassedAs.DECIMAL,
    Tag.CLASS_SMALL: PassedAs.CLASS_LIMIT,
    Tag.CLASS_LARGE: PassedAs.CLASS_LIMIT,
    Tag.UNCOUNTABLE: PassedAs.UNCOUNTABLE,
    Tag.BULLET: PassedAs.LIST_NUMBER,
    Tag.IMPOSSIBLE: PassedAs.IMPOSSIBLE_DAY,
    Tag.OLD: PassedAs.TAKEN_BACK,
    Tag.SUMMED: PassedAs.PART,
}
_BY_UNIT: Mapping[str, PassedAs] = {
    "tuoi": PassedAs.AGE,
    "nam": PassedAs.YEAR,
    "gio": PassedAs.HOUR,
    "phut": PassedAs.HOUR,
    "%": PassedAs.SHARE,
}
_BY_MANNER: tuple[tuple[Tag, PassedAs], ...] = (
    (Tag.LEFT, PassedAs.LOSS),
    (Tag.APPLIED, PassedAs.APPLIED),
    (Tag.MOVED, PassedAs.MOVED),
    (Tag.STOCK, PassedAs.STOCK),
    (Tag.PART, PassedAs.PART),
    (Tag.TOTAL, PassedAs.TOTAL),
    (Tag.ATTENDING, PassedAs.HEAD_COUNT),
)


def numbers_passed(
    tokens: Sequence[Token], struck: Sequence[Token], clauses: Sequence[Clause], reading: Reading
) -> Iterator[tuple[Token, PassedAs]]:
    """Yield every token of a line that holds a number or a time, with what it is where nothing counts it.

    `struck` are the same tokens after corrections, `clauses` those made of them, `reading` what they came to.
    """
    counting = {
        clause.tokens[figure.at].start: (clause, figure)
        for clause in clauses
        for figure in figures(clause.tokens)
    }
    for at, token in enumerate(tokens):
        if not _holds_number(token):
            continue
        if token.kind is Kind.NUMBER and not struck[at].has(Tag.OLD):
            found = counting.get(token.start)
            yield token, _uncounted(*found, reading) if found else PassedAs.UNEARNED
        else:
            yield token, _taken_for(tokens, at, struck[at])


def _holds_number(token: Token) -> bool:
    if token.kind in (Kind.WORD, Kind.PLACE, Kind.BREAK):
        return False
    return token.kind is not Kind.SIGN or token.has(Tag.BULLET)


def _taken_for(tokens: Sequence[Token], at: int, struck: Token) -> PassedAs:
    token = tokens[at]
    named = next((_BY_TAG[tag] for tag in sorted(struck.tags | token.tags) if tag in _BY_TAG), None)
    if named is not None:
        return named
    if token.kind is Kind.DATE:
        return PassedAs.TIME if token.on is None else PassedAs.DAY
    return _by_neighbours(tokens, at)


def _by_neighbours(tokens: Sequence[Token], at: int) -> PassedAs:
    """Return what a nameless piece of noise is, by the words beside it."""
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    before = tokens[max(0, at - _LOOK_BACK) : at]
    if any(near.has(Tag.DOCUMENT, Tag.NOISE_CODE) for near in before):
        return PassedAs.DOCUMENT
    if token.on is not None:
        return PassedAs.DAY
    if any(near.key.startswith("tuoi") for near in before):
        return PassedAs.AGE
    if after is not None and (after.key in _BY_UNIT or after.has(Tag.THING)):
        return _BY_UNIT.get(after.key, PassedAs.THING)
    if before and before[-1].has(Tag.LABEL, Tag.TASK, Tag.NUMBER_OF, Tag.PLACE_TYPE, Tag.EVENT):
        return PassedAs.LABEL
    if token.value is not None and 1900 <= token.value <= 2100:
        return PassedAs.YEAR
    if "/" in token.text:
        return PassedAs.PART_OF_WHOLE
    return PassedAs.RANGE if token.second is not None else PassedAs.LABEL


def _uncounted(clause: Clause, figure: Figure, reading: Reading) -> PassedAs:
    """Return why a number that might have counted did not."""
    if figure.value in reading.numbers:
        return PassedAs.ANSWER
    if clause.asked:
        return PassedAs.QUESTION
    if not figure.value:
        return PassedAs.ZERO
    if clause.has(Tag.FUTURE, Tag.PLANNED):
        return PassedAs.PLAN
    for manner, passed in _BY_MANNER:
        if figure.stands(manner):
            return passed
    if clause.has(Tag.NO, Tag.NOT_YET, Tag.NIL):
        return PassedAs.DENIED
    if any(token.key.startswith("tuoi") for token in clause.tokens[: figure.at]):
        return PassedAs.AGE
    if figure.gender or _is_in_whole(clause, figure, reading):
        return PassedAs.PART
    if clause.anchor >= 0 and clause.tokens[clause.anchor].has(Tag.MEMBER):
        return PassedAs.STOCK
    if figure.unit in PERSONS:
        return PassedAs.HEAD_COUNT
    return PassedAs.THING if figure.is_of(Tag.THING) else PassedAs.UNEARNED


def _is_in_whole(clause: Clause, figure: Figure, reading: Reading) -> bool:
    """Tell whether the number is a part of a larger figure: "tổ 3 kết nạp 5, tổ 4 kết nạp 6, cộng 11"."""
    return any(item.indicator == clause.indicator and item.value > figure.value for item in reading.items)
