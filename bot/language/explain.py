"""Which words of a line led to which figure, and what its other numbers were taken for.

Made from the tokens of the line a second time, and only when asked for: reading costs nothing more for it.
All spans are offsets in code points into the text as it came in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from bot.language.anchors import (
    AGREEMENTS,
    CONFERENCES,
    DIALOGUES,
    MEMBERS,
    UNIONS,
    UNIONS_LARGE,
    UNIONS_SMALL,
)
from bot.language.clauses import cut
from bot.language.corrections import strike
from bot.language.figures import PERSONS, Figure, figures
from bot.language.lexicon import Lexicon
from bot.language.members import named_persons
from bot.language.mentions import Mention
from bot.language.origins import Origins
from bot.language.passed import PassedAs, numbers_passed
from bot.language.questions import mark_questions
from bot.language.reader import read_tokens
from bot.language.sharing import mentions_of
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token
from domain.understanding import Ask, Item, Reading

_FAMILIES = {
    MEMBERS: tags("admit join enter new_member member grow"),
    UNIONS_SMALL: tags("found union class_small"),
    UNIONS_LARGE: tags("found union class_large"),
    AGREEMENTS: tags("agreement agreement_short sign first_time"),
    CONFERENCES: tags("conference conference_short"),
    DIALOGUES: tags("dialogue dialogue_short"),
}
_MOST_GROUPS = 12
_NO_FAMILY: frozenset[Tag] = frozenset()


class How(StrEnum):
    """How the parts of a figure make up its value."""

    WRITTEN = "written"  # one number, as it stands
    SUM = "sum"
    DIFFERENCE = "difference"  # what is there now, less what was there before
    PAIRS = "pairs"  # a couple is two persons
    NAMED = "named"  # persons named one by one
    EVENT = "event"  # an event without a number is one
    ONE_OF = "one_of"  # one of several events that differ in day, place or class
    CHANGED = "changed"  # a figure sent before, with what is added or taken away
    KEPT = "kept"  # a figure sent before, whose day alone changes
    WITHDRAWN = "withdrawn"


class Piece(NamedTuple):
    """Some words of the text; `start` and `end` are offsets in code points."""

    text: str
    start: int
    end: int


class Part(NamedTuple):
    """A number that went into a figure. `piece` is None for what comes from the last report."""

    piece: Piece | None
    value: int


class Why(NamedTuple):
    """The words behind one item. The parts add up to its value, but for EVENT, ONE_OF and WITHDRAWN."""

    item: Item
    how: How
    parts: tuple[Part, ...]
    words: tuple[Piece, ...]
    days: tuple[Piece, ...]
    places: tuple[Piece, ...]
    people: tuple[Piece, ...]


class Passed(NamedTuple):
    """A number or a time that is in no item, with what it was taken for."""

    piece: Piece
    as_what: PassedAs


class Explanation(NamedTuple):
    """Everything behind one reading; `differing` names what the choices of its question differ in."""

    items: tuple[Why, ...]
    passed: tuple[Passed, ...]
    differing: tuple[str, ...] = ()


def explain(
    text: str, today: date, reading: Reading, previous: tuple[Item, ...] = (), words: Lexicon | None = None
) -> Explanation:
    """Return which words led to `reading`, the result of `understand` on the same arguments.

    Items and numbers stand in the order of the line. Never raises, whatever the text.
    """
    line = _Line(text, today, words)
    items = tuple(line.why(item, reading, previous) for item in reading.items)
    return Explanation(items, tuple(line.passed(items, reading)), _differing(reading.ask))


class _Line:
    """One line taken apart as the reader does it."""

    def __init__(self, text: str, today: date, words: Lexicon | None) -> None:
        self._origins = Origins(text)
        self._tokens = read_tokens(self._origins.line, today, words)
        self._corrected = strike(self._tokens)
        self._clauses = cut(self._corrected.tokens)
        mark_questions(self._clauses)
        self._mentions = mentions_of(self._clauses)
        self._figures = {
            clause.tokens[figure.at].start: figure
            for clause in self._clauses
            for figure in figures(clause.tokens)
        }

    def why(self, item: Item, reading: Reading, previous: tuple[Item, ...]) -> Why:
        mention = self._mention_of(item)
        near = [token for row in mention.rows for token in row.clause.tokens] if mention else []
        how, parts = self._value(item, mention, near, previous)
        numbers = {part.piece for part in parts}
        return Why(
            item,
            how,
            parts,
            tuple(self._piece(token) for token in self._naming(item, near)),
            self._first(near, lambda token: token.kind is Kind.DATE and _is(token.on, item.on)),
            self._first(near, lambda token: token.kind is Kind.PLACE and _is(token.text, item.place)),
            self._people(item, near, numbers),
        )

    def passed(self, items: Sequence[Why], reading: Reading) -> Iterator[Passed]:
        used = [
            (piece.start, piece.end)
            for why in items
            for piece in (*why.days, *why.places, *why.people, *(part.piece for part in why.parts))
            if piece is not None
        ]
        found = numbers_passed(self._tokens, self._corrected.tokens, self._clauses, reading)
        for token, as_what in found:
            piece = self._piece(token)
            if not any(start < piece.end and piece.start < end for start, end in used):
                yield Passed(piece, as_what)

    def _piece(self, token: Token) -> Piece:
        return self._at(token.start, token.end)

    def _part(self, token: Token) -> Part:
        return Part(self._piece(token), token.value or 0)

    def _at(self, begin: int, end: int) -> Piece:
        start, stop = self._origins.span(begin, end)
        return Piece(self._origins.text[start:stop], start, stop)

    def _mention_of(self, item: Item) -> Mention | None:
        """Return the mention that an item comes from: by its words, its day or place, or its indicator."""
        named = UNIONS if item.indicator in (UNIONS_SMALL, UNIONS_LARGE) else item.indicator
        found = [mention for mention in self._mentions if mention.indicator == named]
        for holds in (_holds_span, _holds_detail):
            fitting = [mention for mention in found if holds(mention, item)]
            if fitting:
                return fitting[0]
        return found[0] if found else None

    def _naming(self, item: Item, near: Sequence[Token]) -> list[Token]:
        family = _FAMILIES.get(item.indicator, _NO_FAMILY)
        tokens = near or self._corrected.tokens
        named = [
            token
            for token in tokens
            if token.code == item.indicator or (token.tags & family and token.kind is not Kind.NUMBER)
        ]
        start = item.spans[0][0] if item.spans else 0
        # In the form answered as a list, the list number says which indicator is meant.
        return named or [token for token in tokens if token.has(Tag.BULLET) and token.end <= start][-1:]

    def _first(self, near: Sequence[Token], fits: Callable[[Token], bool]) -> tuple[Piece, ...]:
        found = next((token for token in (*near, *self._tokens) if fits(token)), None)
        return () if found is None else (self._piece(found),)

    def _people(
        self, item: Item, near: Sequence[Token], numbers: Iterable[Piece | None]
    ) -> tuple[Piece, ...]:
        if item.people is None:
            return ()
        for token in (*near, *self._corrected.tokens):
            if token.kind is Kind.NUMBER and token.value == item.people:
                figure = self._figures.get(token.start)
                piece = self._at(*figure.span) if figure else self._piece(token)
                if piece not in numbers:
                    return (piece,)
        return self._sides(item, near)

    def _sides(self, item: Item, near: Sequence[Token]) -> tuple[Piece, ...]:
        """Return the groups that add up to the people of an event: "16 cô và 3 bảo mẫu"."""
        found = [self._figures[token.start] for token in near if token.start in self._figures]
        groups = [figure for figure in found if figure.unit in PERSONS or figure.gender][:_MOST_GROUPS]
        for start, end in combinations(range(len(groups) + 1), 2):
            if sum(figure.value for figure in groups[start:end]) == item.people:
                return tuple(self._at(*figure.span) for figure in groups[start:end])
        return ()

    def _value(
        self, item: Item, mention: Mention | None, near: Sequence[Token], previous: tuple[Item, ...]
    ) -> tuple[How, tuple[Part, ...]]:
        if item.spans:
            return self._from_spans(item, near)
        if self._corrected.correcting:
            return self._from_correction(item, previous)
        return self._unnumbered(item)

    def _unnumbered(self, item: Item) -> tuple[How, tuple[Part, ...]]:
        named = self._titles() if item.indicator == MEMBERS else []
        if item.value and len(named) >= item.value:
            return How.NAMED, tuple(Part(self._piece(title), 1) for title in named[: item.value])
        listed = self._surnames() if item.indicator == MEMBERS else []
        if item.value and len(listed) == item.value:
            return How.NAMED, tuple(Part(piece, 1) for piece in listed)
        tokens = self._corrected.tokens
        written = [token for token in tokens if token.kind is Kind.NUMBER and token.value == item.value]
        if item.value > 1 and written:
            return How.WRITTEN, (self._part(written[0]),)
        return (How.EVENT if item.value else How.WITHDRAWN), ()

    def _titles(self) -> list[Token]:
        """Return the titles of the persons named; the names themselves are neither kept nor shown."""
        mentions = [one for one in self._mentions if one.indicator == MEMBERS]
        return [title for mention in mentions for title in named_persons(mention)]

    def _surnames(self) -> list[Piece]:
        """Return the first word of each full name: enough to find it, and no more is shown."""
        return [
            self._at(token.start, token.start + len(token.text.split()[0]))
            for token in self._corrected.tokens
            if token.has(Tag.FULL_NAME)
        ]

    def _from_spans(self, item: Item, near: Sequence[Token]) -> tuple[How, tuple[Part, ...]]:
        values = [self._value_in(span) for span in item.spans]
        parts = tuple(Part(self._at(*span), value) for span, value in zip(item.spans, values, strict=True))
        reckoned = self._reckoned_in(item.spans[0]) if len(parts) == 1 else ()
        if reckoned:
            return How.CHANGED, reckoned
        if sum(values) == item.value:
            return (How.SUM if len(parts) > 1 else self._single(item.spans[0])), parts
        if len(parts) == 2 and values[1] - values[0] == item.value:
            return How.DIFFERENCE, (Part(parts[1].piece, values[1]), Part(parts[0].piece, -values[0]))
        more = self._of_one_kind(item.spans[0], near)
        if sum(figure.value for figure in more) == item.value:
            return How.SUM, tuple(Part(self._at(*figure.span), figure.value) for figure in more)
        # "đối thoại 3 lần: cty A 2, cty B 1": the number of its own stands with the place.
        return (How.ONE_OF, parts) if item.value == 1 else self._unnumbered(item)

    def _single(self, span: tuple[int, int]) -> How:
        within = [token for token in self._corrected.tokens if span[0] <= token.start < span[1]]
        return How.PAIRS if any(token.has(Tag.COUPLE) for token in within) else How.WRITTEN

    def _reckoned_in(self, span: tuple[int, int]) -> tuple[Part, ...]:
        starts = [start for start in self._figures if span[0] <= start < span[1]]
        return self._reckoned(starts[0]) if len(starts) == 1 else ()

    def _reckoned(self, start: int) -> tuple[Part, ...]:
        """Return the parts of a number that the line itself changes: "em báo 5, còn sót 2"."""
        pairs = list(zip(self._tokens, self._corrected.tokens, strict=True))
        first, now = next((was, now) for was, now in pairs if was.start == start)
        step = (now.value or 0) - (first.value or 0)
        changes = [
            was
            for was, left in pairs
            if was.kind is Kind.NUMBER and left.kind is Kind.NOISE and not left.has(Tag.OLD)
        ]
        if not step or sum(was.value or 0 for was in changes) != abs(step):
            return ()
        sign = 1 if step > 0 else -1
        rest = (Part(self._piece(was), sign * (was.value or 0)) for was in changes)
        return (Part(self._piece(first), first.value or 0), *rest)

    def _value_in(self, span: tuple[int, int]) -> int:
        return sum(figure.value for start, figure in self._figures.items() if span[0] <= start < span[1])

    def _of_one_kind(self, span: tuple[int, int], near: Sequence[Token]) -> list[Figure]:
        """Return the figures of the mention that count what the first does: "tháng 5: 1 cuộc, tháng 6: 1"."""
        own = [self._figures[token.start] for token in near if token.start in self._figures]
        first = next((figure for figure in own if figure.span == span), None)
        return [figure for figure in own if first is not None and figure.unit == first.unit]

    def _from_correction(self, item: Item, previous: tuple[Item, ...]) -> tuple[How, tuple[Part, ...]]:
        numbers = [token for token in self._corrected.tokens if token.kind is Kind.NUMBER]
        own = [one for one in previous if one.indicator == item.indicator]
        step = self._corrected.delta * (numbers[-1].value or 0) if numbers else 0
        before = next((one for one in own if step and max(0, one.value + step) == item.value), None)
        if before is not None:
            change = Part(self._piece(numbers[-1]), item.value - before.value)
            return How.CHANGED, (Part(None, before.value), change)
        written = [token for token in numbers if token.value == item.value]
        if written:
            parts = self._reckoned(written[-1].start)
            return (How.CHANGED, parts) if parts else (How.WRITTEN, (self._part(written[-1]),))
        if any(one.value == item.value for one in own):
            return How.KEPT, (Part(None, item.value),)
        return self._unnumbered(item)


def _is(found: object, wanted: object) -> bool:
    return wanted is not None and found == wanted


def _holds_span(mention: Mention, item: Item) -> bool:
    return any(
        start <= token.start < end
        for start, end in item.spans
        for row in mention.rows
        for token in row.clause.tokens
    )


def _holds_detail(mention: Mention, item: Item) -> bool:
    return any(
        _is(token.on, item.on) or _is(token.text, item.place)
        for row in mention.rows
        for token in (*row.dates, *row.places)
    )


def _differing(ask: Ask | None) -> tuple[str, ...]:
    """Return in what the choices of a question differ, the weightiest first."""
    if ask is None:
        return ()
    told = [items for _, items in ask.choices if items]
    if len(told) < 2:
        return ("counts",)
    if len({len(items) for items in told}) > 1:
        return ("counts",)
    names = ("indicator", "value", "on", "place", "people")
    return tuple(
        name for name in names if len({tuple(getattr(item, name) for item in items) for items in told}) > 1
    )
