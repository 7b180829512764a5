"""New members: the numbers of persons admitted in a line, each with its day, its place and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from bot.language.anchors import MEMBERS
from bot.language.earned import (
    bears_name,
    in_front,
    is_left_over,
    of_anchor,
    of_following,
    stands_with_side,
    told_in_front,
)
from bot.language.figures import Figure
from bot.language.mentions import Mention, Row
from bot.language.newcomers import persons_by_job, told_of_all
from bot.language.sums import Entry, Outcome, resolve
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token
from domain.understanding import Item


def admitted(mentions: Sequence[Mention], listed: int = 0) -> Outcome:
    """Return the new members of all mentions of a line.

    Parts beside their total are counted once; parts alone are added; two days or two places give two items.
    Without a number the persons named are counted; `listed` are those named in full, anywhere in the line.
    """
    entries: list[Entry] = []
    on: date | None = None
    for mention in mentions:
        found = _entries(mention)
        if found and entries and _is_same_statement(mentions, mention):
            entries = _covered_by(found[-1], mention.first, entries)
        entries += [replace(entry, on=entry.on or on) for entry in found]
        on = None if found else mention.first.on
        if not found and on is not None:
            entries = [replace(entry, on=entry.on or on) for entry in entries]
    if entries:
        return resolve(entries)
    named = sum(len(named_persons(mention)) for mention in mentions)
    listed = listed if any(_says_done(mention) for mention in mentions) else 0
    if named or listed:
        first = mentions[0]
        on, place = first.first.on or first.head_on, first.first.place or first.head_place
        item = Item(MEMBERS, max(named, listed), on, place)
        return Outcome((item,), (0,) if listed > named else ())  # A list may be cut short: it is asked about.
    return Outcome(missing=any(_says_done(mention) for mention in mentions))


def _is_same_statement(mentions: Sequence[Mention], mention: Mention) -> bool:
    """Tell whether "vào công đoàn" only ends what "kết nạp" began: its day and place cover both."""
    first = mentions[0].first.clause
    own = mention.first.clause
    return (
        first.sentence == own.sentence
        and first.tokens[first.anchor].has(Tag.ADMIT)
        and own.tokens[own.anchor].has(Tag.JOIN)
    )


def _entries(mention: Mention) -> list[Entry]:
    found = _placed_in_front(mention) or _of_first(mention) or _told_in_front(mention)
    named = any(bears_name(entry.figure, mention.first) for entry in found)
    parted = any(entry.part for entry in found)  # "trong đó ba giáo viên, hai nhân viên": so do those behind.
    for row in mention.rows[1:]:
        figures = of_following(row, [entry.figure for entry in found], named)
        parted = parted and row.clause.sentence == mention.first.clause.sentence
        for figure in figures:
            entry = _covered_by_first(_entry(figure, row, mention), row, mention)
            if not entry.total and (parted or _describes(figure, row, found)):
                entry = replace(entry, part=True)
            found = [*_covered_by(entry, row, found), entry]
            parted = parted or (entry.part and not row.clause.aside and not _describes(figure, row, found))
            named = named or bears_name(figure, row)
        if not figures:
            found = _dated_later(found, row)
    return found


def _placed_in_front(mention: Mention) -> list[Entry]:
    """Return the places that "cty Phú An 4, cty Hải Vân 6, tổng 10 đv mới" names before their whole."""
    placed = [row for row in mention.head_rows if row.place and len(row.figures) == 1]
    whole = mention.first.figures
    if len(placed) < 2 or len(whole) != 1 or mention.first.place or not whole[0].stands(Tag.TOTAL):
        return []
    if sum(row.figures[0].value for row in placed) != whole[0].value:
        return []
    entries = [_entry(row.figures[0], row, mention) for row in placed]
    return [replace(entry, on=entry.on or _day_of(mention.first)) for entry in entries]


def _covered_by_first(entry: Entry, row: Row, mention: Mention) -> Entry:
    """Give "kết nạp bữa 26/4, được 8 bạn" its day; a clause with a day or place of its own has its own."""
    first = mention.first
    if row.places or row.dates or row.clause.sentence != first.clause.sentence:
        return entry
    return replace(entry, on=entry.on or _day_of(first), place=entry.place or first.place)


def _of_first(mention: Mention) -> list[Entry]:
    """Return the entries of the clause that names the indicator, behind the groups in front of it."""
    row = mention.first
    figures = of_anchor(row)
    on = _day_of(row)
    before = [_entry(figure, head, mention) for figure, head in in_front(mention, figures)]
    found = [replace(entry, on=entry.on or on, place=entry.place or row.place) for entry in before]
    parted = False
    whole = _is_whole(row)
    figures = [figure for figure in figures if not _counts_rounds(figure, mention)]
    loose = [figure for figure in figures if not _is_explained(figure, row)]
    for figure in figures:
        entry = _entry(figure, row, mention)
        entry = replace(entry, doubt=entry.doubt or (len(loose) > 1 and figure in loose))
        entry = replace(entry, part=False) if whole else entry
        found.append(replace(entry, part=True) if parted and not entry.total else entry)
        parted = parted or (entry.part and not row.clause.aside)
    return found


def _is_explained(figure: Figure, row: Row) -> bool:
    """Tell whether a word says what a bare number is; "kết nạp 2 x 3" leaves two that nobody explains."""
    if figure.unit_key == "x":
        return False
    verb = figure.at and row.clause.tokens[figure.at - 1].has(Tag.ADMIT, Tag.NEW_MEMBER)
    counted = verb or not figure.is_of(Tag.FILLER)
    return (
        bool(counted or figure.gender or figure.manner)
        or bears_name(figure, row)
        or stands_with_side(figure, row)
    )


def _counts_rounds(figure: Figure, mention: Mention) -> bool:
    """Tell whether "x2" says how many figures follow: "KN x2: 5 (2/4), 3 (9/4)"."""
    tokens = mention.first.clause.tokens
    behind = sum(len(row.figures) for row in mention.rows) - 1
    return bool(figure.at) and tokens[figure.at - 1].key == "x" and figure.value == behind


def _is_whole(row: Row) -> bool:
    """Tell whether "trong đó kết nạp mới 14" makes those admitted a part of all members only."""
    parts = [at for at, token in enumerate(row.clause.tokens) if token.has(Tag.PART)]
    return bool(parts) and parts[-1] < row.clause.anchor


def _told_in_front(mention: Mention) -> list[Entry]:
    told = told_in_front(mention) or told_of_all(mention)
    entries = [_entry(figure, row, mention) for figure, row in told]
    later = next((row.on for row in mention.rows if row.on is not None), None)
    on = _day_of(mention.first) or later
    return [replace(entry, on=entry.on or on) for entry in entries]


def _day_of(row: Row) -> date | None:
    """Return the one day of a clause; two days for one number are none."""
    days = {token.on for token in row.dates if token.on is not None}
    return days.pop() if len(days) == 1 else None


def _entry(figure: Figure, row: Row, mention: Mention) -> Entry:
    on = _day_of(row) or mention.head_on
    place = row.place or mention.head_place
    total = figure.stands(Tag.TOTAL)
    part = not total and (figure.stands(Tag.PART) or row.clause.aside)
    doubt = figure.stands(Tag.ABOUT, Tag.EITHER)
    return Entry(figure, on, place, part, total, doubt, is_left_over(figure, row))


def _describes(figure: Figure, row: Row, before: Sequence[Entry]) -> bool:
    """Tell whether a clause only says who some of them are: "18 tuổi có 5 bạn", "có 2 bạn là người Khmer"."""
    tokens = row.clause.tokens
    if not before or figure.is_of(Tag.FILLER) or figure.value >= before[-1].figure.value:
        return False
    if row.dates or row.places or row.clause.joined or any(t.has(Tag.LABEL) for t in tokens[: figure.at]):
        return False
    aged = any(token.key == "tuoi" for token in tokens)
    return aged or (figure.at == 1 and tokens[0].low in ("có", "co"))


def _covered_by(entry: Entry, row: Row, before: Sequence[Entry]) -> list[Entry]:
    """Return the entries before with the day and place said once, behind the last group of a list.

    "Kết nạp 7 lễ tân, 12 phụ bếp vào công đoàn khách sạn Hương Bình ngày 2/12".
    """
    if entry.figure.stands(Tag.MORE):  # "5 người, thêm 3 người ngày 24/3": the day is that of the three.
        return list(before)
    behind = row.clause.tokens[entry.figure.at :]
    on = entry.on if any(token.on is not None for token in behind) else None
    place = entry.place if any(token.kind is Kind.PLACE for token in behind) else None
    return [
        replace(
            other,
            on=on if all(one.on is None for one in before) else other.on,
            place=place if all(one.place is None for one in before) else other.place,
        )
        for other in before
    ]


def _dated_later(found: list[Entry], row: Row) -> list[Entry]:
    """Give the day and place of a clause without figures to those before it that have none."""
    if row.on is None and row.place is None:
        return found
    return [replace(entry, on=entry.on or row.on, place=entry.place or row.place) for entry in found]


def named_persons(mention: Mention) -> list[Token]:
    """Return the titles of persons admitted by name or by job, "cô Mai và cháu kế toán". No name is kept."""
    named = _named(mention)
    return [*named, *(title for title in persons_by_job(mention) if title not in named)]


def _named(mention: Mention) -> list[Token]:
    anchor = mention.first.clause.tokens[mention.first.clause.anchor]
    joins = anchor.has(Tag.JOIN) or _is_passive(mention)  # There the names stand before the verb.
    listed = mention.first.clause.joined or all(_is_name_alone(row) for row in mention.head_rows)
    before = mention.head_rows if joins and listed else []
    titles: list[Token] = []
    for row in [*before, *mention.rows]:
        start = row.clause.anchor + 1 if row is mention.first and not joins else 0
        titles += [
            title
            for title, name in pairwise(row.clause.tokens[start:])
            if title.has(Tag.TITLE, Tag.PERSON)
            and name.text.istitle()
            and name.kind is Kind.WORD
            and not name.tags - {Tag.FULL_NAME}
        ]
    return titles


def _is_name_alone(row: Row) -> bool:
    """Tell whether the clause is nothing but a title and a name: "chú Tư"."""
    tokens = row.clause.tokens
    return len(tokens) == 2 and tokens[0].has(Tag.TITLE) and tokens[1].text.istitle()


def _is_passive(mention: Mention) -> bool:
    """Tell whether "cô Mai mới được kết nạp" names those admitted before the verb."""
    clause = mention.first.clause
    before = clause.tokens[clause.anchor - 1] if clause.anchor > 0 else None
    return before is not None and before.key.rpartition(" ")[2] in ("duoc", "dc")


def _says_done(mention: Mention) -> bool:
    return mention.has(Tag.DONE, Tag.ADMIT, Tag.JOIN) and not mention.asked
