"""What the mentions of a line come to: items, indicators said to be nil, and the one question, if any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.language import asks, uncounted
from bot.language.anchors import AGREEMENTS, CONFERENCES, FORM, MEMBERS, UNIONS, UNIONS_LARGE, UNIONS_SMALL
from bot.language.clauses import Clause
from bot.language.events import Held, held
from bot.language.figures import Figure
from bot.language.members import admitted
from bot.language.mentions import Mention
from bot.language.persons import full_names
from bot.language.questions import drop_asked
from bot.language.sharing import mentions_of
from bot.language.stocks import is_since_january
from bot.language.sums import Outcome
from bot.language.tags import Tag
from bot.language.tokens import Kind
from domain.understanding import Ask, Item, Uncounted

_DECIDING = frozenset(
    {"ra", "ky", "da ky", "co", "da co", "nhan", "duoc", "da", "ban hanh", "trao", "trao luon"}
)


@dataclass(frozen=True, slots=True)
class Findings:
    """The figures of a line.

    `missing` says that members were admitted without a number, `must_ask` that a correction too needs the
    question, `spoken_of` that some indicator was named, if only in a plan or a question. `uncounted` is what
    was done that no target counts.
    """

    items: tuple[Item, ...] = ()
    zeros: tuple[str, ...] = ()
    ask: Ask | None = None
    missing: bool = False
    must_ask: bool = False
    spoken_of: bool = False
    uncounted: tuple[Uncounted, ...] = ()


def find(clauses: Sequence[Clause]) -> Findings:
    """Return the figures that the clauses of a line have earned."""
    mentions = mentions_of(clauses)
    told = drop_asked(mentions, clauses)
    real = [mention for mention in told if not mention.planned and not _is_applied(mention)]
    standing = [mention for mention in _without_stock(real) if not mention.denied]
    outcome = admitted([mention for mention in standing if mention.indicator == MEMBERS], full_names(clauses))
    events = [(mention, held(mention)) for mention in _joined_mentions(standing)]
    placed = _placed(standing, outcome, events)
    items, members_beside = _with_members_beside(tuple(placed), outcome, events)
    zeros = _zeros([mention for mention in real if mention.denied], items)
    if items and _rest_is_nil(clauses):
        zeros += tuple(
            code for code in FORM if code not in zeros and all(item.indicator != code for item in items)
        )
    items = tuple(item for item in items if item.value or item.indicator == MEMBERS)
    zeros += tuple(item.indicator for item in items if not item.value and item.indicator not in zeros)
    items = tuple(item for item in items if item.value)
    ask = _question(items, outcome, events, members_beside, standing, clauses)
    missing = outcome.missing and not any(item.indicator == MEMBERS for item in items)
    must_ask = any(one.class_unknown for _, one in events) or any(
        clause.has(Tag.IMPOSSIBLE) for clause in clauses
    )
    return Findings(
        items, zeros, ask, missing, must_ask, bool(mentions), uncounted.told(events, clauses, items)
    )


def _without_stock(mentions: list[Mention]) -> list[Mention]:
    """Leave out "đoàn viên 248" beside "kết nạp mới 6": the members that a unit has are never new ones."""
    admitting = any(
        mention.indicator == MEMBERS and not _is_of_members(mention) and _has_figures(mention)
        for mention in mentions
    )
    told = [mention for mention in mentions if not (admitting and _is_of_members(mention))]
    parted = any(
        mention.has(Tag.MOVED) and mention.first.clause.tokens[mention.first.clause.anchor].has(Tag.ADMIT)
        for mention in told
    )
    return [mention for mention in told if not (parted and _is_growth(mention))]


def _is_growth(mention: Mention) -> bool:
    """Tell whether "tăng 16" is more than those admitted: "tăng 16 (kết nạp 14, chuyển đến 2)"."""
    word = mention.first.clause.tokens[mention.first.clause.anchor]
    return mention.indicator == MEMBERS and (word.has(Tag.GROW) or word.key.endswith("tang"))


def _is_of_members(mention: Mention) -> bool:
    """Tell whether the mention names members only, and nothing says that they are new."""
    clause = mention.first.clause
    return (
        mention.indicator == MEMBERS
        and clause.tokens[clause.anchor].has(Tag.MEMBER)
        and not any(token.key in ("moi", "ms") or token.text == "+" for token in clause.tokens)
    )


def _has_figures(mention: Mention) -> bool:
    return bool(mention.first.figures)


def _rest_is_nil(clauses: Sequence[Clause]) -> bool:
    """Tell whether all that is not named is said to be nil: "mấy cái khác không có", "còn lại 0"."""
    return any(
        clause.has(Tag.REST)
        and (clause.has(Tag.NO, Tag.NIL) or any(token.text in ("0", "00") for token in clause.tokens))
        for clause in clauses
    )


def _is_applied(mention: Mention) -> bool:
    """Tell whether the members of a mention have only applied, or wait for the decision."""
    clause = mention.first.clause
    if mention.indicator not in (MEMBERS, UNIONS) or not clause.has(Tag.APPLIED) or _is_decided(clause):
        return False
    return not any(_is_told_apart(figure, mention.first.clause) for figure in mention.first.figures)


def _is_decided(clause: Clause) -> bool:
    """Tell whether the decision follows the application: "vừa nhận đơn vừa ra quyết định kết nạp"."""
    last = max(at for at, token in enumerate(clause.tokens) if token.has(Tag.APPLIED))
    behind = clause.tokens[last + 1 : clause.anchor]
    return any(
        two.key in ("quyet dinh", "qd") and one.key in _DECIDING for one, two in pairwise(behind)
    ) and not any(token.has(Tag.NO, Tag.NOT_YET) for token in behind)


def _is_told_apart(figure: Figure, clause: Clause) -> bool:
    """Tell whether others applied than those admitted: "kết nạp 14 bạn trên tổng 20 bạn nộp đơn"."""
    applied = next(at for at, token in enumerate(clause.tokens) if token.has(Tag.APPLIED))
    if applied < figure.at < clause.anchor:
        return True  # "25 bạn làm đơn thì 25 bạn được kết nạp"
    between = clause.tokens[figure.at + 1 : applied]
    return clause.anchor < figure.at and any(token.value is not None for token in between)


def _joined_mentions(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the events, an indicator named again without news of its own joined to its first mention."""
    found: list[Mention] = []
    for mention in mentions:
        if mention.indicator == MEMBERS:
            continue
        earlier = next((other for other in reversed(found) if other.indicator == mention.indicator), None)
        if earlier is not None and (
            not _brings_news(mention) or not _brings_news(earlier) or _only_adds(mention)
        ):
            earlier.rows.extend(mention.rows)
            earlier.head_on = earlier.head_on or mention.head_on
            earlier.head_rows.extend(mention.head_rows)
        else:
            found.append(mention)
    return found


def _only_adds(mention: Mention) -> bool:
    """Tell whether brackets only say who came: "hội nghị NLĐ hôm qua (66 người dự hội nghị)"."""
    return mention.first.clause.aside and not any(row.dates or row.places for row in mention.rows)


def _brings_news(mention: Mention) -> bool:
    return any(row.figures or row.places or row.on for row in mention.rows)


def _placed(
    mentions: Sequence[Mention], outcome: Outcome, events: Sequence[tuple[Mention, Held]]
) -> list[Item]:
    """Return the items in the order in which the line names their indicators."""
    items: list[Item] = []
    members_done = False
    by_mention = {id(mention): one for mention, one in events}
    for mention in mentions:
        if mention.indicator == MEMBERS and not members_done:
            items += outcome.items
            members_done = True
        elif id(mention) in by_mention:
            items += by_mention[id(mention)].items
    return items


def _with_members_beside(
    items: tuple[Item, ...], outcome: Outcome, events: Sequence[tuple[Mention, Held]]
) -> tuple[tuple[Item, ...], Item | None]:
    """Add members counted beside a new union: "ra mắt công đoàn hôm 10/4, 15 đv"."""
    if outcome.items:
        return items, None
    for mention, one in events:
        if mention.indicator == UNIONS and one.members is not None and one.items:
            first = one.items[0]
            members = Item(MEMBERS, one.members.value, first.on, first.place, spans=(one.members.span,))
            return (*items, members), members
    return items, None


def _zeros(denied: Sequence[Mention], items: Sequence[Item]) -> tuple[str, ...]:
    found: list[str] = []
    for mention in denied:
        codes = (UNIONS_SMALL, UNIONS_LARGE) if mention.indicator == UNIONS else (mention.indicator,)
        if mention.indicator == UNIONS and mention.has(Tag.CLASS_SMALL):
            codes = (UNIONS_SMALL,)
        elif mention.indicator == UNIONS and mention.has(Tag.CLASS_LARGE):
            codes = (UNIONS_LARGE,)
        if mention.indicator == AGREEMENTS and mention.has(Tag.RENEW):
            continue
        found += [
            code for code in codes if code not in found and all(item.indicator != code for item in items)
        ]
    return tuple(found)


def _question(
    items: tuple[Item, ...],
    outcome: Outcome,
    events: Sequence[tuple[Mention, Held]],
    members_beside: Item | None,
    mentions: Sequence[Mention],
    clauses: Sequence[Clause],
) -> Ask | None:
    """Return the most pressing question about the figures, or None: readings agree."""
    if not items:
        return asks.how_many(()) if outcome.missing else None
    if outcome.others:
        rest = tuple(item for item in items if item.indicator != MEMBERS)
        return asks.which_value(
            next(item for item in items if item.indicator == MEMBERS), outcome.others, rest
        )
    undivided = _undivided(items, mentions)
    if undivided is not None:
        return undivided
    unknown = [
        at
        for at, item in enumerate(items)
        if item.indicator in (UNIONS_LARGE, UNIONS_SMALL) and _class_guessed(item, events)
    ]
    if unknown:
        return asks.which_class(items, unknown[0])
    if members_beside is not None:
        return asks.already_sent(items, members_beside)
    if len(outcome.items) == 1 and any(is_since_january(mention.first.clause) for mention in mentions):
        first = next(item for item in items if item.indicator == MEMBERS)
        return asks.grown(first, None, tuple(item for item in items if item is not first))
    return _question_of_form(items, mentions, clauses)


def _class_guessed(item: Item, events: Sequence[tuple[Mention, Held]]) -> bool:
    return any(one.class_unknown and item in one.items for _, one in events)


def _undivided(items: tuple[Item, ...], mentions: Sequence[Mention]) -> Ask | None:
    """Ask about members added up over two days that are said together: "ngày 15 và 22/4, lần đầu 6 ..."."""
    members = [item for item in items if item.indicator == MEMBERS]
    if len(members) != 1 or members[0].on is not None or len(members[0].spans) < 2:
        return None
    days = {
        token.on
        for mention in mentions
        if mention.indicator == MEMBERS
        for row in (*mention.head_rows, mention.first)
        for token in row.clause.tokens
        if token.kind is Kind.DATE and token.on is not None
    }
    rest = tuple(item for item in items if item.indicator != MEMBERS)
    return asks.which_value(members[0], (), rest) if len(days) > 1 else None


def _question_of_form(
    items: tuple[Item, ...], mentions: Sequence[Mention], clauses: Sequence[Clause]
) -> Ask | None:
    for mention in mentions:
        word = mention.first.clause.tokens[mention.first.clause.anchor]
        if _is_of_members(mention):
            at = next((at for at, item in enumerate(items) if item.indicator == MEMBERS), None)
            return None if at is None else asks.new_or_all(items, at)
        if mention.indicator == CONFERENCES and word.has(Tag.CONFERENCE_SHORT) and len(mentions) == 1:
            return asks.which_conference(items)
    slip = next((token for clause in clauses for token in clause.tokens if token.has(Tag.IMPOSSIBLE)), None)
    if slip is not None:
        return asks.impossible_day(_without_lead(slip.text), items)
    if _is_photo_of_minutes(clauses) and any(item.on for item in items):
        return asks.is_event_day(items)
    coming = {token.on for clause in clauses for token in clause.tokens if token.has(Tag.COMING)}
    if any(item.on in coming for item in items if item.on):
        return asks.done_or_planned(items, coming)
    doubtful = any(token.has(Tag.WEEKDAY_OR_MONTH) for clause in clauses for token in clause.tokens)
    return asks.weekday_or_month(items) if doubtful and any(item.on for item in items) else None


def _without_lead(day: str) -> str:
    """Return the day as written, without the "ngày" or "hôm" that leads it in."""
    figures = next((at for at, letter in enumerate(day) if letter.isdigit()), None)
    return day.partition(" ")[2] or day if figures is None else day[figures:]


def _is_photo_of_minutes(clauses: Sequence[Clause]) -> bool:
    return any(clause.has(Tag.PHOTO) for clause in clauses) and any(
        clause.has(Tag.MINUTES) for clause in clauses
    )
