"""Clauses gathered around the indicators they speak of, with the day and the place that cover each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise, takewhile, zip_longest

from bot.language.anchors import AGREEMENTS, MEMBERS
from bot.language.clauses import Clause
from bot.language.denials import denies_before, says_no
from bot.language.figures import PERSONS, Figure, figures
from bot.language.plans import cites_plan, heads_plan, is_planned, only_invites
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token

_SILENCING = tags("subject aside complaint contact greeting thanks conference_other")
_LEADS = tags("union own kin filler sent place_type")
_CEREMONY = ("lam le", "chung voi", "long ghep")
_NOTHING = tags("no not_yet nil filler")
_LEADING = _LEADS | {Tag.AND}
_FEW = 1  # Words that no report knows; more of them tell a story of their own.
_RIGHT_BEHIND = 2  # "20 người dự tập huấn" came to something else.
_MATTERS = frozenset({"viec", "hoat dong", "noi dung", "su kien", "viec lien", "cuoc hop"})


@dataclass(slots=True)
class Row:
    """One clause of a mention: its figures, days and places in order."""

    clause: Clause
    figures: list[Figure]
    dates: list[Token]
    places: list[Token]

    @property
    def on(self) -> date | None:
        """The first day named in the clause."""
        return next((token.on for token in self.dates if token.on is not None), None)

    @property
    def place(self) -> str | None:
        """The first workplace named in the clause, as written."""
        return self.places[0].text if self.places else None


@dataclass(slots=True)
class Mention:
    """An indicator as named once, with the clauses that speak of it and what covers it from before."""

    indicator: str
    rows: list[Row]
    head_on: date | None = None
    head_place: str | None = None
    head_rows: list[Row] = field(default_factory=list)
    told_rows: list[Row] = field(default_factory=list)  # Of the sentence before, which names no indicator.
    denied: bool = False
    planned: bool = False
    asked: bool = False

    def has(self, *tags: Tag) -> bool:
        """Tell whether some clause of the mention carries one of `tags`."""
        return any(row.clause.has(*tags) for row in self.rows)

    @property
    def first(self) -> Row:
        """The clause that names the indicator."""
        return self.rows[0]


def gather(clauses: Sequence[Clause]) -> list[Mention]:
    """Return the mentions of a line in order, judged and covered."""
    builder = _Builder()
    for clause, after in zip_longest(clauses, clauses[1:]):
        builder.take(clause, heads=after is not None and _heads(clause, after))
    return builder.mentions


def _heads(clause: Clause, after: Clause) -> bool:
    """Tell whether a list point begins with the place that the rest of it is about: "2. Cty A: kết nạp 5"."""
    return _is_place_alone(clause) and after.indicator is not None and after.sentence == clause.sentence


def _is_place_alone(clause: Clause) -> bool:
    """Tell whether a line or list point begins with a workplace and nothing else."""
    return (
        clause.listed
        and all(
            token.kind is Kind.PLACE or token.text == ":" or token.tags & _LEADS for token in clause.tokens
        )
        and any(token.kind is Kind.PLACE for token in clause.tokens)
    )


def _has_nothing(clause: Clause) -> bool:
    """Tell whether a list point only says that a workplace has nothing: "3) HTX Vạn Xuân: không có"."""
    first, *rest = clause.tokens
    nothing = all(token.text == ":" or token.tags & _NOTHING for token in rest)
    return clause.listed and first.kind is Kind.PLACE and bool(rest) and nothing


class _Builder:
    """Walks over the clauses once, keeping what was said at the head of a sentence."""

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self._place: str | None = None
        self._on: date | None = None
        self._sentence = -1
        self._rows: list[Row] = []
        self._told: list[Row] = []
        self._planned = False
        self._denied = False
        self._news_on: date | None = None  # The day of other news, taken over by "sẵn dịp kết nạp".
        self._on_is_heading = False
        self._heading = False
        self._cited = False
        self._invited = False
        self._seen = False

    def take(self, clause: Clause, *, heads: bool = False) -> None:
        if clause.sentence != self._sentence:
            self._begin_sentence(clause)
        row = _row(clause)
        self._heading = self._heading or (not self._seen and heads_plan(clause))
        self._seen = True
        carried = (self._planned and not (self._invited and clause.indicator == MEMBERS)) or self._heading
        carried = carried and not (self._cited and not clause.aside)
        self._planned = is_planned(clause, carried, self._heading)
        self._cited = cites_plan(clause) or (self._cited and self._planned)
        self._invited = self._planned and only_invites(clause)
        if clause.indicator is not None:
            self._begin(clause, row)
        elif heads or self._begins_next_unit(clause) or not self._follow(clause, row):
            self._lead(clause, row)

    def _begins_next_unit(self, clause: Clause) -> bool:
        """Tell whether the place of a list point cannot be that of the event before, which has its own."""
        last = self.mentions[-1] if self.mentions else None
        placed = last is not None and (last.head_place or last.first.place)
        return bool(placed) and (_is_place_alone(clause) or _has_nothing(clause))

    def _begin_sentence(self, clause: Clause) -> None:
        self._sentence = clause.sentence
        self._told = self._rows
        if not self._on_is_heading:
            self._on = None
        self._rows = []
        self._news_on = None
        self._planned = False
        self._denied = False

    def _begin(self, clause: Clause, row: Row) -> None:
        own_on = _on_before_anchor(row)
        partners = self._partners(clause, row)
        if partners and all(other.on is None for other in partners):
            own_on, row.dates = row.on, []  # Said once, it is the day of both.
        elif not partners and not self.mentions and self._names_second_day(clause, own_on):
            own_on, self._on, row.dates = None, None, []  # "ngày 18 và 19 kết nạp 6": on which of them?
        if own_on is not None or (self._on is None and clause.has(Tag.OCCASION)):
            self._on = own_on or self._news_on
        if row.place is not None:
            self._place = row.place
        said = says_no(clause) or _is_zero(row)
        carried = self._denied and not _stands_alone(row)
        mention = Mention(
            clause.indicator or "",
            [row, *partners],
            self._on,
            self._place,
            list(self._rows),
            list(self._told),
            denied=said or carried,
            planned=self._planned,
            asked=clause.asked,
        )
        self._denied = (said and denies_before(clause)) or carried
        self.mentions.append(mention)

    def _names_second_day(self, clause: Clause, on: date | None) -> bool:
        return clause.joined and on is not None and self._on not in (None, on)

    def _partners(self, clause: Clause, row: Row) -> list[Row]:
        """Return the other places or days of one event: "cty A và cty B đối thoại", "2/4 với 9/4 đt"."""
        if not clause.joined or clause.indicator == MEMBERS or self.mentions:
            return []
        found = list(takewhile(_names_partner, reversed(self._rows)))[::-1]
        if row.place or len([other for other in found if other.place]) > 1:
            return [other for other in found if other.place]
        return [other for other in found if other.on] if row.on else []

    def _follow(self, clause: Clause, row: Row) -> bool:
        """Give the clause to the mention before it; False when there is none that it may belong to."""
        if not self.mentions:
            return False
        last = self.mentions[-1]
        if clause.has(Tag.APPLIED) and last.indicator == MEMBERS and not row.figures:
            last.denied = True
        if self._planned or (clause.has(*_SILENCING) and not _tells_more(clause, row, last)):
            return True
        if last.denied and row.on is not None and _is_at_last(clause):
            last.denied = False
        if last.planned and row.on is not None and clause.has(Tag.DONE, Tag.HELD):
            _held_after_all(last)
        if last.first.clause.sentence != clause.sentence and not _continues(clause, row):
            return False
        last.rows.append(row)
        if row.place is not None:
            self._place = row.place
        return True

    def _lead(self, clause: Clause, row: Row) -> None:
        """Keep what a clause without indicator says for the mentions that follow."""
        if row.place is not None:
            self._place = row.place
        if row.on is not None and _is_other_news(clause):
            self._news_on = row.on
        elif row.on is not None:
            self._on = row.on
            self._on_is_heading = not row.figures and len(clause.tokens) <= 3
        elif self._on is None and clause.has(Tag.HELD):  # "Hôm 6/3 mưa to, 5 giờ chiều mới họp được, ..."
            self._on = self._news_on
        self._rows.append(row)
        if clause.has(Tag.NO, Tag.NOT_YET) and denies_before(clause):
            self._denied = True


def _names_partner(row: Row) -> bool:
    """Tell whether a clause is nothing but a workplace or a day: the "cty An Phú" of "cty An Phú và ..."."""
    alone = all(t.kind in (Kind.PLACE, Kind.DATE) or t.tags & _LEADING for t in row.clause.tokens)
    return alone and not row.figures


def _is_other_news(clause: Clause) -> bool:
    """Tell whether a clause without indicator tells of something else, so that its day is not theirs."""
    if _counts_matters(clause):
        return False
    if clause.has(*_SILENCING) or clause.has(Tag.TASK, Tag.FOREIGN, Tag.URGENT):
        return True
    return sum(token.kind is Kind.WORD and not token.tags - {Tag.TRADE} for token in clause.tokens) > _FEW


def _tells_more(clause: Clause, row: Row, last: Mention) -> bool:
    """Tell whether other news tells of what was said before too: "làm lễ chung với tất niên ngày 18/1",
    or "165 người ai cũng được thêm ngày nghỉ sinh nhật" behind an agreement.
    """
    if last.indicator == AGREEMENTS and row.figures and row.figures[0].is_of(Tag.PERSON, Tag.WORKER):
        return not any(token.has(*_SILENCING) for token in clause.tokens[: row.figures[0].at])
    if last.indicator != MEMBERS and clause.joined:
        news = next(at for at, token in enumerate(clause.tokens) if token.has(*_SILENCING))
        if row.figures and row.figures[0].is_of(Tag.ATTENDEE):
            return news > row.figures[0].at + _RIGHT_BEHIND  # "20 người dự, ổng hứa tăng tiền"
        dated = any(token.on is not None for token in clause.tokens[: max(0, news - _RIGHT_BEHIND)])
        return dated and not row.figures  # "ký với giám đốc sáng nay, 95% đồng ý"
    return row.on is not None and not row.figures and clause.tokens[0].key.startswith(_CEREMONY)


def _counts_matters(clause: Clause) -> bool:
    """Tell whether a clause says how many things follow: "hôm 6/3 bên em một công ba việc: ..."."""
    return any(
        number.value is not None and matter.key in _MATTERS for number, matter in pairwise(clause.tokens)
    )


def _is_at_last(clause: Clause) -> bool:
    """Tell whether what was never done is done now: "trước giờ chưa đối thoại, hôm 9/4 mới làm"."""
    late = any(token.key.partition(" ")[0] == "moi" for token in clause.tokens)
    return late and clause.has(Tag.DONE, Tag.HELD, Tag.SIGN, Tag.FIRST_TIME)


def _held_after_all(mention: Mention) -> None:
    """Take a plan for done, without its day: "dự kiến 12/8 nhưng tới 14/8 mới họp được"."""
    mention.planned, mention.head_on = False, None
    mention.rows = [Row(mention.first.clause, [], [], mention.first.places)]


def _row(clause: Clause) -> Row:
    dates = [
        token
        for at, token in enumerate(clause.tokens)
        if token.kind is Kind.DATE and not _is_sending(clause, at)
    ]
    places = [token for token in clause.tokens if token.kind is Kind.PLACE]
    return Row(clause, figures(clause.tokens), dates, places)


def _is_sending(clause: Clause, at: int) -> bool:
    """Tell whether a day is when the message was sent: "hồi sáng em báo ..."."""
    if at and clause.tokens[at - 1].has(Tag.SENT) and clause.has(Tag.MEND):
        return True  # "Đính chính báo cáo hôm qua: ..."
    ahead = clause.tokens[at + 1 : at + 4]
    sent = any(
        token.has(Tag.SENT, Tag.MEND, Tag.SLIP) or token.key in ("gui roi", "da gui") for token in ahead
    )
    return sent and (clause.anchor < 0 or all(index > at for index in range(at + 1, clause.anchor + 1)))


def _is_zero(row: Row) -> bool:
    return bool(row.figures) and all(figure.value == 0 for figure in row.figures)


def _stands_alone(row: Row) -> bool:
    return bool(row.figures or row.dates) or row.clause.has(Tag.DONE)


def _on_before_anchor(row: Row) -> date | None:
    if row.clause.anchor < 0:
        return None
    start = row.clause.tokens[row.clause.anchor].start
    days = {token.on for token in row.dates if token.on is not None and token.start < start}
    return days.pop() if len(days) == 1 else None


def _continues(clause: Clause, row: Row) -> bool:
    """Tell whether a new sentence only adds to the one before: its list points, its day, those present."""
    if row.on is not None and clause.has(Tag.ALL_ALIKE):
        return True
    if clause.has(Tag.LEFT, Tag.STOCK, Tag.TASK, Tag.NIL):
        return False
    return bool(
        row.places or row.on or any(figure.unit in PERSONS or figure.manner for figure in row.figures)
    )
