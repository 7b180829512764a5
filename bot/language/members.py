"""New members: which numbers of a mention are persons admitted, and how parts and totals go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.language.anchors import MEMBERS
from bot.language.figures import Figure
from bot.language.mentions import Mention, Row
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind
from domain.understanding import Item

_COUNTED = tags("person worker member new_member title couple filler male female")
_NEVER = frozenset({Tag.LEFT, Tag.MOVED, Tag.ATTENDING, Tag.APPLIED})
_ANYBODY = frozenset({"nguoi", "ng", "ban", "d/c", "dc", "dong chi", "em", "anh em", "chi em"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of persons admitted, with its day, place and what is doubtful about it."""

    figure: Figure
    on: date | None
    place: str | None
    part: bool = False
    total: bool = False
    doubt: bool = False
    left_over: bool = False  # "còn 5": what stays of a number said before


@dataclass(frozen=True, slots=True)
class Outcome:
    """The items of one indicator, other values that the line allows, and whether the number is missing."""

    items: tuple[Item, ...] = ()
    others: tuple[int, ...] = ()
    missing: bool = False


def admitted(mentions: Sequence[Mention]) -> Outcome:
    """Return the new members of all mentions of a line.

    Parts beside their total are counted once; parts alone are added; two days or two places give two items.
    """
    entries: list[Entry] = []
    on: date | None = None
    for mention in mentions:
        found = _entries(mention)
        entries += [replace(entry, on=entry.on or on) for entry in found]
        on = None if found else mention.first.on
        if not found and on is not None:
            entries = [replace(entry, on=entry.on or on) for entry in entries]
    if not entries:
        named = sum(_named_persons(mention) for mention in mentions)
        if named:
            first = mentions[0]
            return Outcome(
                (
                    Item(
                        MEMBERS, named, first.first.on or first.head_on, first.first.place or first.head_place
                    ),
                )
            )
        return Outcome(missing=any(_says_done(mention) for mention in mentions))
    return _resolve(entries)


def _entries(mention: Mention) -> list[Entry]:
    found: list[Entry] = []
    parted = False  # "trong đó ba giáo viên, hai nhân viên": what follows are parts too.
    for row in mention.rows:
        figures = _of_anchor(row) if row is mention.first else _of_following(row, found)
        parted = parted and row.clause.sentence == mention.first.clause.sentence
        if row is mention.first:
            on = _day_of(row)
            found += [
                replace(one, on=one.on or on)
                for one in (_entry(*two, mention) for two in _parallel(figures, mention))
            ]
        for figure in figures:
            entry = _entry(figure, row, mention)
            found.append(replace(entry, part=True) if parted and not entry.total else entry)
            parted = parted or (entry.part and not row.clause.aside)
        if not figures and row is not mention.first:
            found = _dated_later(found, row)
    return found or _applied_before(mention)


def _applied_before(mention: Mention) -> list[Entry]:
    """Return those who applied and are then said to be in: "4 người xin gia nhập và đã được kết nạp"."""
    if not mention.has(Tag.DONE):
        return []
    applied = [
        (figure, row)
        for row in mention.head_rows
        for figure in row.figures
        if row.clause.has(Tag.APPLIED, Tag.ENTER) and figure.is_of(Tag.PERSON, Tag.WORKER, Tag.TITLE)
    ]
    if len(applied) != 1:
        return []
    entry = _entry(*applied[0], mention)
    return [replace(entry, on=entry.on or _day_of(mention.first))]


def _day_of(row: Row) -> date | None:
    """Return the one day of a clause; two days for one number are none."""
    days = {token.on for token in row.dates if token.on is not None}
    return days.pop() if len(days) == 1 else None


def _parallel(figures: Sequence[Figure], mention: Mention) -> list[tuple[Figure, Row]]:
    """Return the groups named before: "7 công nhân tổ sấy, 5 công nhân tổ đóng gói đã vô công đoàn"."""
    if len(figures) != 1:
        return []
    figure, first = figures[0], mention.first
    labelled = _is_labelled(first)
    behind = figure.at > first.clause.anchor
    return [
        (row.figures[0], row)
        for row in mention.head_rows
        if row.figures
        and _may_count(row.figures[0], first)
        and (
            (labelled and _is_labelled(row) and len(row.figures) == 1 and not figure.stands(Tag.TOTAL))
            or (
                not behind
                and not first.clause.tokens[0].has(Tag.BUT)
                and row.figures[0].at == 0
                and _are_alike(row.figures[0], figure)
            )
        )
    ]


def _are_alike(first: Figure, second: Figure) -> bool:
    """Tell whether two numbers count people of the same sort or of two jobs: "5 lái xe, 4 phụ xe mới vào"."""
    if first.unit_key == second.unit_key != "":
        return True
    jobs = (Tag.PERSON, Tag.TITLE, Tag.WORKER)
    return first.is_of(*jobs) and second.is_of(*jobs) and not first.manner and not second.manner


def _is_labelled(row: Row) -> bool:
    """Tell whether the clause begins with a workshop or a month: "tháng 4: 3", "xưởng 1: 3"."""
    head = row.clause.tokens[0]
    return head.has(Tag.LABEL, Tag.MONTH_NAMED)


def _entry(figure: Figure, row: Row, mention: Mention) -> Entry:
    on = _day_of(row) or mention.head_on
    place = row.place or mention.head_place
    total = figure.stands(Tag.TOTAL)
    part = not total and (figure.stands(Tag.PART) or row.clause.aside)
    doubt = figure.stands(Tag.ABOUT, Tag.EITHER)
    return Entry(figure, on, place, part, total, doubt, _is_left_over(figure, row))


def _is_left_over(figure: Figure, row: Row) -> bool:
    before = row.clause.tokens[figure.at - 1] if figure.at else None
    return before is not None and before.has(Tag.RATHER) and figure.is_of(Tag.FILLER)


def _of_anchor(row: Row) -> list[Figure]:
    """Return the figures that stand with "kết nạp" or "đoàn viên mới"; those behind it go first."""
    anchor = row.clause.anchor
    usable = [figure for figure in row.figures if _may_count(figure, row)]
    own = [figure for figure in usable if figure.is_of(Tag.NEW_MEMBER)]
    behind = [figure for figure in usable if figure.at > anchor]
    if behind:
        return own + [figure for figure in behind if figure not in own] if own else behind
    before = [
        figure
        for figure in usable
        if not figure.is_of(Tag.FILLER, Tag.THING) or figure.gender or figure.at == anchor - 1
    ]
    return own or before


def _may_count(figure: Figure, row: Row) -> bool:
    if figure.stands(*_NEVER) or (figure.stands(Tag.STOCK) and not figure.stands(Tag.TOTAL)):
        return False
    if figure.is_of(Tag.THING):  # A word nobody knows: "kết nạp 3 thợ hồ" counts, elsewhere it does not.
        return row.clause.anchor >= 0
    return figure.unit in _COUNTED


def _of_following(row: Row, before: Sequence[Entry]) -> list[Figure]:
    """Return the figures of a clause behind: a second group, a total, or parts of what was said."""
    if row.clause.has(Tag.APPLIED, Tag.ATTENDING, Tag.NO, Tag.NOT_YET) or _compares(row):
        return []
    usable = [figure for figure in row.figures if _may_count(figure, row)]
    if row.clause.aside or not before:
        return [figure for figure in usable if not before or not figure.is_of(Tag.FILLER) or figure.gender]
    grouped = bool(
        row.dates
        or row.places
        or row.clause.has(Tag.LABEL, Tag.TOTAL, Tag.PART)
        or row.clause.joined
        or any(token.low == "bên" for token in row.clause.tokens[:2])
    )
    return [figure for figure in usable if _goes_on(figure, row, before[-1].figure, grouped)]


def _compares(row: Row) -> bool:
    """Tell whether the clause looks back: "tháng này 8, tháng trước 5"."""
    return any(
        token.kind is Kind.DATE and token.on is None and {"truoc", "roi", "ngoai"} & set(token.key.split())
        for token in row.clause.tokens
    )


def _goes_on(figure: Figure, row: Row, last: Figure, grouped: bool) -> bool:
    if figure.gender or figure.stands(Tag.TOTAL, Tag.PART):
        return True
    if figure.is_of(Tag.WORKER) and row.clause.has(Tag.FIRM, Tag.PLACE_TYPE):
        return False
    if figure.is_of(Tag.FILLER):
        return grouped or _is_left_over(figure, row)
    return grouped or figure.unit_key == last.unit_key or last.unit_key not in _ANYBODY | {""}


def _dated_later(found: list[Entry], row: Row) -> list[Entry]:
    """Give the day and place of a clause without figures to those before it that have none."""
    if row.on is None and row.place is None:
        return found
    return [replace(entry, on=entry.on or row.on, place=entry.place or row.place) for entry in found]


def _resolve(entries: Sequence[Entry]) -> Outcome:
    totals = [entry for entry in entries if entry.total]
    mains = [entry for entry in entries if not entry.total and not entry.part and not entry.figure.gender]
    gendered = [entry for entry in entries if entry.figure.gender and not entry.total]
    women = sum(entry.figure.value for entry in gendered if entry.figure.gender is Tag.FEMALE) or None
    if not mains and not totals:
        return _sum_of_parts(entries, gendered, women)
    if len({(entry.on, entry.place) for entry in mains}) > 1:
        return Outcome(_by_group(mains), _doubts(mains))
    if totals and len(mains) != 1:
        return Outcome((_item(totals[-1], totals[-1].figure.value, women, _covering(entries)),))
    return _single(mains, gendered, women)


def _sum_of_parts(entries: Sequence[Entry], gendered: Sequence[Entry], women: int | None) -> Outcome:
    parts = [entry for entry in entries if entry in gendered] or list(entries)
    value = sum(entry.figure.value for entry in parts)
    return Outcome((_item(parts[0], value, women, parts),))


def _single(mains: Sequence[Entry], gendered: Sequence[Entry], women: int | None) -> Outcome:
    """Resolve figures of one day and place: one, a whole beside its parts, or parts that add up."""
    values = [entry.figure.value for entry in mains]
    if len(mains) > 1 and mains[-1].left_over and values[-1] < values[0]:
        return Outcome((_item(mains[-1], values[-1], women, mains[-1:]),))
    men_too = any(entry.figure.gender is Tag.MALE for entry in gendered)
    if len(values) == 1 or (len(set(values)) == 1 and not _are_different_jobs(mains)):
        return Outcome((_item(mains[0], values[0], women, mains[:1]),), _doubts(mains))
    if values[0] == sum(values[1:]) and len(set(values)) > 1:
        return Outcome((_item(mains[0], values[0], women, mains[:1]),))
    if values[-1] == sum(values[:-1]) and len(set(values)) > 1:
        return Outcome((_item(mains[-1], values[-1], women, mains[-1:]),))
    whole = sum(values)
    doubtful = not men_too and _may_be_parts(mains)
    return Outcome((_item(mains[0], whole, women, mains),), (values[0],) if doubtful else ())


def _are_different_jobs(mains: Sequence[Entry]) -> bool:
    """Tell whether equal numbers count different people, "1 bảo vệ, 1 kế toán", and are not said twice."""
    keys = {entry.figure.unit_key for entry in mains}
    whole = any(entry.figure.is_of(Tag.COUPLE, Tag.MEMBER, Tag.NEW_MEMBER) for entry in mains)
    return len(keys) == len(mains) and not whole and not keys & (_ANYBODY | {""})


def _may_be_parts(mains: Sequence[Entry]) -> bool:
    """Tell whether the later numbers may be parts of the first: "5 đv, 3 bạn tổ cắt"."""
    first, *rest = mains
    if first.figure.is_of(Tag.MEMBER, Tag.NEW_MEMBER) and not all(
        entry.figure.is_of(first.figure.unit) for entry in rest
    ):
        return sum(entry.figure.value for entry in rest) < first.figure.value
    return False


def _by_group(mains: Sequence[Entry]) -> tuple[Item, ...]:
    groups: dict[tuple[date | None, str | None], list[Entry]] = {}
    for entry in mains:
        groups.setdefault((entry.on, entry.place), []).append(entry)
    return tuple(
        _item(group[0], sum(entry.figure.value for entry in group), None, group) for group in groups.values()
    )


def _covering(entries: Sequence[Entry]) -> Sequence[Entry]:
    return [entry for entry in entries if entry.total][-1:]


def _doubts(mains: Sequence[Entry]) -> tuple[int, ...]:
    """Return what else the number may be: "hai ba" is 23, or two or three; "khoảng 15" is not known yet."""
    for entry in mains:
        if entry.figure.stands(Tag.EITHER):
            tens, ones = divmod(entry.figure.value, 10)
            return tens, ones
    return (0,) if any(entry.doubt for entry in mains) else ()


def _item(entry: Entry, value: int, women: int | None, spans: Sequence[Entry]) -> Item:
    return Item(
        MEMBERS, value, entry.on, entry.place, women=women, spans=tuple(part.figure.span for part in spans)
    )


def _named_persons(mention: Mention) -> int:
    """Count persons admitted by name: "kết nạp cô Mai và thầy Tú". Their names are not kept."""
    count = 0
    for row in mention.rows:
        tokens = row.clause.tokens
        joins = tokens[row.clause.anchor].has(Tag.JOIN)  # There the names stand before the verb.
        start = row.clause.anchor + 1 if row is mention.first and not joins else 0
        for at in range(start, len(tokens) - 1):
            title, name = tokens[at], tokens[at + 1]
            if title.has(Tag.TITLE, Tag.PERSON) and name.text.istitle() and name.kind is Kind.WORD:
                count += int(not name.tags)
    return count


def _says_done(mention: Mention) -> bool:
    return mention.has(Tag.DONE, Tag.ADMIT, Tag.JOIN) and not mention.asked
