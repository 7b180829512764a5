"""Which figures of a clause are persons admitted: beside the verb, in groups before it, in groups behind."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.language.figures import Figure
from bot.language.mentions import Mention, Row
from bot.language.newcomers import is_other_measure, nearest_verb, stay_outside, tells_of_hiring
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token

ANYBODY = frozenset({"nguoi", "ng", "ban", "d/c", "dc", "dong chi", "em", "anh em", "chi em"})
_COUNTED = tags("person worker member new_member title couple filler male female")
_NEVER = frozenset({Tag.LEFT, Tag.MOVED, Tag.ATTENDING, Tag.APPLIED})
_JOBS = (Tag.PERSON, Tag.TITLE, Tag.WORKER, Tag.THING)
_LEADING = tags("place_type intro own kin filler done and today past_vague week_this greeting sent")
_UNSURE = tags("left stock moved attending applied no not_yet nil planned future aside foreign subject")
_PASSED_OVER = tags("intro done trade filler own kin person title worker place_kind label and part")
_NAMING = tags(
    "this last stop trade label shift firm place_type place_kind person worker of_day intro own and grow "
    "event filler"
)
_OUTSIDE = tags("aside subject left stock applied attending sent document planned target task")
_BEHIND = tags("filler member person join admit new_member done intro")  # Behind the number of a group.
_NAMES = (Tag.TRADE, Tag.LABEL, Tag.SHIFT, Tag.PLACE_TYPE, Tag.PLACE_KIND, Tag.OF_DAY)
_ROUNDS = frozenset({"dot", "lan", "ky", "khoa", "vong"})
_MOST_BETWEEN = 6
_NAME = 4  # The longest name of a group, with its words of adding.


def of_anchor(row: Row) -> list[Figure]:
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
        if not figure.is_of(Tag.FILLER, Tag.THING)
        or figure.gender
        or figure.at == anchor - 1
        or _is_subject(figure, row)
        or bears_name(figure, row)
        or stands_with_side(figure, row)
    ]
    return own or nearest_verb(before, row)


def _is_subject(figure: Figure, row: Row) -> bool:
    """Tell whether a word that nobody knows leads up to the verb: "5 bợm kho vô công đoàn"."""
    tokens, anchor = row.clause.tokens, row.clause.anchor
    between = tokens[figure.at + 1 : anchor]
    return (
        figure.is_of(Tag.THING)
        and len(between) <= _MOST_BETWEEN
        and all(
            token.kind is Kind.WORD and (not token.tags or token.tags & _PASSED_OVER) for token in between
        )
    )


def _may_count(figure: Figure, row: Row) -> bool:
    if figure.stands(*_NEVER) or (figure.stands(Tag.STOCK) and not figure.stands(Tag.TOTAL)):
        return False
    if any(token.low == "mỗi" for token in row.clause.tokens[: max(0, figure.at - 1)]):
        return False  # "mỗi tổ 3 bạn" is a rate.
    if is_other_measure(figure, row):
        return False
    if figure.is_of(Tag.THING):  # A word nobody knows: "kết nạp 3 thợ hồ" counts, elsewhere it does not.
        return row.clause.anchor >= 0
    return figure.unit in _COUNTED


def of_following(row: Row, before: Sequence[Figure], named: bool) -> list[Figure]:
    """Return the figures of a clause behind: a second group, a total, or parts of what was said.

    `before` are the figures that count so far; `named` says that they bear the name of their group.
    """
    if row.clause.has(Tag.APPLIED, Tag.ATTENDING, Tag.NO, Tag.NOT_YET) or _compares(row):
        return []
    if before and stay_outside(row):
        return []
    usable = [
        figure for figure in row.figures if _may_count(figure, row) or _is_unknown_job(figure, row, before)
    ]
    if row.clause.aside or not before:
        return [figure for figure in usable if not before or not figure.is_of(Tag.FILLER) or figure.gender]
    grouped = bool(
        row.dates
        or row.places
        or row.clause.has(Tag.LABEL, Tag.TOTAL, Tag.PART)
        or row.clause.joined
        or any(token.low == "bên" for token in row.clause.tokens[:2])
        or _is_headed_by_trade(row)
    )
    return [
        figure
        for figure in usable
        if _goes_on(figure, row, before[-1], grouped) or (named and bears_name(figure, row))
    ]


def _is_headed_by_trade(row: Row) -> bool:
    """Tell whether the clause is "hạt điều 2 đoàn viên": a trade, its number and nothing else."""
    tokens = [token for token in row.clause.tokens if token.text not in (":", "-", "=")]
    return len(tokens) > 1 and tokens[0].has(Tag.TRADE) and tokens[1].kind is Kind.NUMBER


def _is_unknown_job(figure: Figure, row: Row, before: Sequence[Figure]) -> bool:
    """Tell whether "2 lái cẩu" goes on with a list of jobs: it begins its clause behind another of them."""
    return (
        figure.is_of(Tag.THING)
        and bool(before)
        and before[-1].is_of(Tag.PERSON, Tag.THING, Tag.TITLE, Tag.WORKER)
        and before[-1].unit_key not in ANYBODY
        and not figure.manner
        and figure.at == int(row.clause.joined)
        and not row.clause.has(*_OUTSIDE)
    )


def _compares(row: Row) -> bool:
    """Tell whether the clause looks back: "tháng này 8, tháng trước 5", "đợt trước 7"."""
    if any(
        one.key in _ROUNDS and two.key in ("truoc", "roi", "vua roi")
        for one, two in pairwise(row.clause.tokens)
    ):
        return True
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
        return grouped or is_left_over(figure, row)
    return grouped or figure.unit_key == last.unit_key or last.unit_key not in ANYBODY | {""}


def bears_name(figure: Figure, row: Row) -> bool:
    """Tell whether a bare number stands behind the name of a group: "đóng gói 8", "bên kho: 5"."""
    tokens = row.clause.tokens
    if not figure.is_of(Tag.FILLER) or figure.manner - {Tag.MORE} or row.clause.has(*_OUTSIDE):
        return False
    before = [
        token
        for token in tokens[max(0, figure.at - _NAME) : figure.at]
        if not token.has(Tag.ADMIT, Tag.JOIN, Tag.NEW_MEMBER)
    ]
    behind = tokens[figure.at + 1 :]
    return (
        any(_may_name(token) for token in before)
        and all(_belongs_to_name(before, at) for at in range(len(before)))
        and all(token.tags & _BEHIND or token.kind is not Kind.WORD for token in behind)
    )


def _belongs_to_name(before: Sequence[Token], at: int) -> bool:
    """Tell whether a word may stand in the name of a group; "thùng" does in "đóng thùng 5"."""
    token = before[at]
    if not token.tags or token.tags & _NAMING or token.kind is not Kind.WORD:
        return True
    packed = at > 0 and before[at - 1].kind is Kind.WORD and not before[at - 1].tags
    return packed and token.has(Tag.THING)


def _may_name(token: Token) -> bool:
    if token.kind is not Kind.WORD or token.key == "x":
        return False
    job = token.has(Tag.PERSON) and " " in token.key and token.key not in ANYBODY
    return job or not token.tags or token.has(*_NAMES)


def stands_with_side(figure: Figure, row: Row) -> bool:
    """Tell whether "4 bên kho", "4 ca sáng" or "4 kho" stands here: so many of one group."""
    after = row.clause.tokens[figure.at + 1 : figure.at + 2]
    if not figure.is_of(Tag.FILLER) or not after:
        return False
    return after[0].low == "bên" or after[0].has(Tag.SHIFT) or (after[0].has(*_NAMES) and figure.at > 0)


def in_front(mention: Mention, figures: Sequence[Figure]) -> list[tuple[Figure, Row]]:
    """Return the groups named in front: "7 công nhân tổ sấy, 5 công nhân tổ đóng gói đã vô công đoàn"."""
    if len(figures) != 1:
        return []
    figure, first = figures[0], mention.first
    return [
        (row.figures[0], row)
        for row in mention.head_rows
        if row.figures and _may_count(row.figures[0], first) and _is_group_in_front(row, figure, first)
    ]


def _is_group_in_front(row: Row, figure: Figure, first: Row) -> bool:
    head = row.figures[0]
    if tells_of_hiring(row):
        return False
    if _is_dated(head, row) and _is_dated(figure, first) and head.unit_key == figure.unit_key:
        return True
    if _is_labelled(row) and _is_labelled(first):
        return len(row.figures) == 1 and not figure.stands(Tag.TOTAL)
    if all(bears_name(*one) or stands_with_side(*one) for one in ((head, row), (figure, first))):
        return True
    if figure.at > first.clause.anchor or first.clause.tokens[0].has(Tag.BUT):
        return False
    if not _are_alike(head, figure) and not (first.clause.joined and _ends_with_title(head, row)):
        return False
    if head.at and not _leads_in(row):
        return False
    if first.clause.joined and figure.at <= 1:
        return not head.is_of(Tag.WORKER) or figure.is_of(Tag.WORKER)
    return head.at == 0 or (figure.at == 0 and _is_of_other_job(head, figure, row))


def _ends_with_title(figure: Figure, row: Row) -> bool:
    """Tell whether "thêm 1 anh" ends here, before "với 2 chị": a title that speaks to nobody."""
    behind = row.clause.tokens[figure.at + 1 :]
    return len(behind) == 1 and behind[0].has(Tag.TITLE)


def _is_dated(figure: Figure, row: Row) -> bool:
    """Tell whether the clause begins with its day: "hôm qua 5 bạn, hôm nay 3 bạn vô công đoàn"."""
    return figure.at == 1 and row.clause.tokens[0].on is not None


def _is_of_other_job(head: Figure, figure: Figure, row: Row) -> bool:
    """Tell whether two jobs are counted in turn; "trường có 30 giáo viên, 5 nhân viên vào" names a stock."""
    owned = any(token.has(Tag.PLACE_TYPE, Tag.OWN) for token in row.clause.tokens[: head.at])
    return not owned and head.unit_key != figure.unit_key and not {head.unit_key, figure.unit_key} & ANYBODY


def _leads_in(row: Row) -> bool:
    """Tell whether nothing but "hôm nay có" stands before the first figure of a clause."""
    return all(
        token.kind in (Kind.DATE, Kind.PLACE, Kind.SIGN) or token.tags & _LEADING or token.low == "bên"
        for token in row.clause.tokens[: row.figures[0].at]
    )


def _are_alike(first: Figure, second: Figure) -> bool:
    """Tell whether two numbers count people of the same sort or of two jobs: "5 lái xe, 4 phụ xe mới vào"."""
    if first.unit_key == second.unit_key != "":
        return True
    if any(figure.manner - {Tag.MORE} or figure.unit_key.endswith(" moi") for figure in (first, second)):
        return False  # Of "7 bạn mới" there may be "5 bạn vô cđ".
    return first.is_of(*_JOBS) and second.is_of(*_JOBS)


def _is_labelled(row: Row) -> bool:
    """Tell whether the clause begins with a workshop or a month: "tháng 4: 3", "xưởng 1: 3"."""
    first = row.clause.tokens[int(row.clause.tokens[0].has(Tag.AND)) :][:1]
    return any(token.has(Tag.LABEL, Tag.MONTH_NAMED) or token.low == "bên" for token in first)


def told_in_front(mention: Mention) -> list[tuple[Figure, Row]]:
    """Return those counted before a verb that has no number of its own.

    "4 bạn. Vào công đoàn.", "2 nam, 1 nữ, mới vô cđ", "4 người xin gia nhập và đã được kết nạp".
    """
    applied = [
        (figure, row)
        for row in mention.head_rows
        for figure in row.figures
        if row.clause.has(Tag.APPLIED, Tag.ENTER) and figure.is_of(Tag.PERSON, Tag.WORKER, Tag.TITLE)
    ]
    if applied:
        first = mention.first.clause
        done = mention.has(Tag.DONE) or any(token.low == "được" for token in first.tokens[: first.anchor])
        return applied if len(applied) == 1 and done else []
    if any(row.clause.has(*_UNSURE) for row in mention.head_rows):
        return []
    listed = _listed_in_front(mention)
    if listed:
        return listed
    return [
        (row.figures[0], row)
        for row in mention.head_rows
        if len(row.figures) == 1 and _is_said_alone(row.figures[0], row)
    ]


def _listed_in_front(mention: Mention) -> list[tuple[Figure, Row]]:
    """Return the groups of "tổ sấy 4 tổ rang 3, đv mới hết": names with their numbers, no more."""
    named = mention.first.clause.tokens[mention.first.clause.anchor].has(Tag.NEW_MEMBER, Tag.JOIN, Tag.ADMIT)
    found = [_named_groups(row) for row in mention.head_rows] if named else []
    groups = [group for groups in found for group in groups]
    return groups if all(found) and len(groups) > 1 else []


def _named_groups(row: Row) -> list[tuple[Figure, Row]]:
    """Return the figures of a clause that is nothing but names, each followed by its number."""
    tokens = row.clause.tokens
    numbers = [at for at, token in enumerate(tokens) if token.kind is Kind.NUMBER]
    words = [token for token in tokens if token.kind is not Kind.NUMBER]
    only = all(token.kind is Kind.WORD and (not token.tags or token.has(*_NAMES)) for token in words)
    in_turn = bool(numbers) and numbers[0] > 0 and numbers[-1] == len(tokens) - 1
    apart = all(two - one > 1 for one, two in pairwise(numbers))
    return [(figure, row) for figure in row.figures] if only and in_turn and apart else []


def _is_said_alone(figure: Figure, row: Row) -> bool:
    counted = figure.gender or (
        figure.is_of(Tag.PERSON, Tag.TITLE, Tag.MEMBER, Tag.COUPLE)
        or (figure.is_of(Tag.WORKER) and not figure.at)
    )
    own = any(token.has(Tag.OWN, Tag.PLACE_TYPE) for token in row.clause.tokens[: figure.at])
    other = any(
        token.has(Tag.LABEL, Tag.FIRM, Tag.HELD) and not token.has(Tag.PERSON) for token in row.clause.tokens
    )
    return bool(counted) and not figure.manner and not own and not other and _leads_in(row)


def is_left_over(figure: Figure, row: Row) -> bool:
    """Tell whether "còn 5" says what stays of a number said before."""
    before = row.clause.tokens[figure.at - 1] if figure.at else None
    return before is not None and before.has(Tag.RATHER) and figure.is_of(Tag.FILLER)
