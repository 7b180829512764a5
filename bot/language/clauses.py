"""A line cut into sentences and clauses, so that each clause speaks of one indicator at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.language.anchors import Anchor, find_anchors
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token

_ENDS = frozenset(".!?;")
_CUTS = frozenset(",()/+&[]|")
_FRAGMENT = 7
_FAR = 40
_WHO = 4  # "Công nhân kho."
_OTHER_MATTERS = tags(
    "aside foreign planned greeting thanks complaint contact task help subject union_other conference_other "
    "asking left stock future urgent nil withdraw mend tasks progress target"
)
_VALUED = tags("new_member member dialogue conference agreement union")
_BEFORE_ANCHOR = tags("no not_yet done sign held planned event intro and first_time")


@dataclass(slots=True)
class Clause:
    """The smallest part of a line that is judged alone.

    `anchor` is where its indicator is named; -1 where it names none. `aside` marks what stands in brackets,
    `joined` what begins with "và" or "+", `listed` what begins a line or a list point, `listed_by_number`
    what begins with a list number.
    """

    tokens: list[Token]
    sentence: int = 0
    aside: bool = False
    joined: bool = False
    listed: bool = False
    indicator: str | None = None
    anchor: int = -1
    asked: bool = False
    listed_by_number: bool = False
    _tags: frozenset[Tag] | None = field(default=None, repr=False, compare=False)

    def has(self, *tags: Tag) -> bool:
        """Tell whether some token of the clause, which is cut by now, carries one of `tags`."""
        if self._tags is None:  # Asked for every figure of a page, so looked up once.
            self._tags = frozenset[Tag]().union(*(token.tags for token in self.tokens))
        return not self._tags.isdisjoint(tags)


def cut(tokens: Sequence[Token]) -> list[Clause]:
    """Return the clauses of a line in order; none is empty."""
    found: list[Clause] = []
    current = Clause([], listed=bool(tokens) and tokens[0].kind is Kind.SIGN)
    sentence, depth = 0, 0
    for at, token in enumerate(tokens):
        ends = _ends_sentence(tokens, at)
        if not ends and not _cuts(tokens, at, current.tokens):
            current.tokens.append(token)
            continue
        if current.tokens:
            found.append(current)
        if token.text == "?" and found:
            found[-1].asked = True
        ends_all = ends and not (token.text == ";" and depth)  # "(LĐ: 27; ĐV: 20)" is one sentence.
        sentence += int(ends_all)
        depth = 0 if ends_all else max(0, depth + (token.text == "(") - (token.text == ")"))
        listed = ends or (current.listed and not current.tokens)  # A dash or "+" may begin the line.
        current = Clause(
            [token] if token.kind in (Kind.WORD, Kind.DATE) else [],
            sentence,
            aside=depth > 0,
            joined=token.has(Tag.AND) or (token.text in ("+", "&") and not listed),
            listed=listed,
            listed_by_number=token.has(Tag.BULLET),
        )
    if current.tokens:
        found.append(current)
    anchors = find_anchors(tokens)
    return _join_fragments([part for clause in found for part in _by_indicator(clause, anchors)])


def _join_fragments(clauses: list[Clause]) -> list[Clause]:
    """Give a short sentence that names nothing to the one that does: "ĐT: 1; dự: 33", "4 bạn. Vô CĐ"

    The sentence behind an indicator is meant before the one in front of the next.
    """
    sentences: list[list[Clause]] = []
    for clause in clauses:
        if not sentences or sentences[-1][0].sentence != clause.sentence:
            sentences.append([])
        sentences[-1].append(clause)
    named = False
    for at, parts in enumerate(sentences):
        if any(clause.indicator for clause in parts):
            named = True
        elif _is_fragment(parts):
            ahead = sentences[at + 1] if at + 1 < len(sentences) else []
            if named:
                _renumber(parts, sentences[at - 1][0].sentence)
            elif ahead and (any(clause.indicator for clause in ahead) or _is_fragment(ahead)):
                _renumber(ahead, parts[0].sentence)
        else:
            named = False
    return clauses


def _renumber(clauses: Sequence[Clause], sentence: int) -> None:
    for clause in clauses:
        clause.sentence = sentence


def _is_fragment(clauses: Sequence[Clause]) -> bool:
    """Tell whether a sentence is too short to speak of something else, and names no other matter."""
    tokens = [token for clause in clauses for token in clause.tokens]
    if len(tokens) > _FRAGMENT or any(clause.asked or clause.listed_by_number for clause in clauses):
        return False
    if any(token.has(*_OTHER_MATTERS) for token in tokens):
        return False
    if len(tokens) <= _WHO and any(token.has(Tag.WORKER, Tag.PERSON) for token in tokens):
        return True
    return any(token.kind in (Kind.NUMBER, Kind.DATE, Kind.PLACE) or token.has(Tag.DONE) for token in tokens)


def _ends_sentence(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.kind is Kind.BREAK or token.has(Tag.BULLET):
        return True
    return token.kind is Kind.SIGN and token.text in _ENDS


def _cuts(tokens: Sequence[Token], at: int, current: Sequence[Token]) -> bool:
    """Tell whether the clause `current` ends before this token."""
    token = tokens[at]
    if token.kind is Kind.SIGN:
        if (token.text in "()" and _holds_day(tokens, at)) or (token.text == "+" and _is_plus(tokens, at)):
            return False
        if token.text in _CUTS:
            return True
        if token.text == "-" and _heads_value(tokens, at):
            return False
        if token.text in "-*":
            return at == 0 or tokens[at - 1].end < token.start or tokens[at - 1].kind is Kind.BREAK
        if token.text != ":":
            return False
        return not _gives_value(tokens, at + 1) or any(before.kind is Kind.NUMBER for before in current)
    if token.kind is Kind.DATE:
        return token.key == "nay" and at > 0  # "hôm qua 5 nay thêm 3"
    if token.kind is not Kind.WORD or at == 0:
        return False
    if _begins_round(tokens, at):
        return True
    if token.has(Tag.AND):
        return tokens[at - 1].kind is not Kind.NUMBER or not token.has(Tag.EVENT)
    return token.has(Tag.BUT) and not (token.key == "ma" and at + 1 == len(tokens))


def _begins_round(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether one of several rounds begins: "đợt một ngày 2/6 sáu người đợt hai chín người"."""
    if not _is_round(tokens, at) or at + 1 == len(tokens):
        return False
    near = range(max(0, at - _FAR), min(at + _FAR, len(tokens)))
    return any(other != at and _is_round(tokens, other) for other in near)


def _is_round(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    return token.key == "dot" and at + 1 < len(tokens) and tokens[at + 1].kind in (Kind.NOISE, Kind.DATE)


def _heads_value(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a dash stands for a colon: "ĐV mới - 5, đối thoại - 2", "tổ 1 - 6", "10/3 - 4 người"."""
    if at == 0 or at + 1 >= len(tokens) or tokens[at + 1].kind is not Kind.NUMBER:
        return False
    after = tokens[at + 2] if at + 2 < len(tokens) else None
    before = tokens[at - 1]
    heads = before.has(*_VALUED) or (at > 1 and tokens[at - 2].has(Tag.LABEL) and before.kind is Kind.NOISE)
    if before.kind is Kind.DATE and before.on is not None:
        return after is None or after.kind in (Kind.SIGN, Kind.BREAK) or after.has(Tag.PERSON, Tag.MEMBER)
    return heads and (after is None or after.kind in (Kind.SIGN, Kind.BREAK))


def _holds_day(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the bracket holds only a day, or the number of a group: "6 (10/3)", "tổ 1 (6)"."""
    inner = at + 1 if tokens[at].text == "(" else at - 1
    if not 1 < inner < len(tokens) - 1 or tokens[inner - 1].text != "(" or tokens[inner + 1].text != ")":
        return False
    if tokens[inner].kind is Kind.DATE:
        return tokens[inner - 2].kind is not Kind.DATE
    return tokens[inner].kind is Kind.NUMBER and tokens[inner - 2].kind is Kind.NOISE


def _is_plus(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "+8" stands here, which adds to what is named before it: "ĐV +8"."""
    if (
        at + 1 >= len(tokens)
        or tokens[at + 1].kind is not Kind.NUMBER
        or tokens[at].end != tokens[at + 1].start
    ):
        return False
    return at == 0 or (tokens[at - 1].end < tokens[at].start and tokens[at - 1].kind is not Kind.NUMBER)


def _gives_value(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether what follows a colon is the value itself: "đv mới: 9", "đối thoại: không"."""
    if at >= len(tokens):
        return False
    token = tokens[at]
    return (
        token.kind is Kind.NUMBER
        or token.text == "+"
        or token.has(Tag.NO, Tag.NOT_YET, Tag.NIL, Tag.INTRO, Tag.ABOUT)
    )


def _by_indicator(clause: Clause, anchors: dict[int, Anchor]) -> list[Clause]:
    """Cut a clause that names several indicators, as a voice message does, between them."""
    named = [
        (at, anchors[token.start].indicator)
        for at, token in enumerate(clause.tokens)
        if token.start in anchors
    ]
    starts: list[tuple[int, str]] = []
    for at, indicator in named:
        if not starts or starts[-1][1] != indicator:
            starts.append((at, indicator))
    if not starts:
        return [clause]
    numbers_first = _numbers_first(clause.tokens, starts[0][0])
    cuts = (
        [0]
        + [
            _cut_before(clause.tokens, before[0], after[0], numbers_first)
            for before, after in pairwise(starts)
        ]
        + [len(clause.tokens)]
    )
    return [
        _part(clause, cuts[index], cuts[index + 1], at, indicator)
        for index, (at, indicator) in enumerate(starts)
    ]


def _part(clause: Clause, start: int, end: int, anchor: int, indicator: str) -> Clause:
    return Clause(
        clause.tokens[start:end],
        clause.sentence,
        clause.aside,
        clause.joined if start == 0 else False,
        clause.listed if start == 0 else False,
        indicator,
        anchor - start,
        clause.asked,
        clause.listed_by_number,
    )


def _numbers_first(tokens: Sequence[Token], anchor: int) -> bool:
    """Tell whether the numbers stand before what they count: "5 đv mới 1 hội nghị 2 đối thoại"."""
    return anchor > 0 and tokens[anchor - 1].kind is Kind.NUMBER


def _cut_before(tokens: Sequence[Token], previous: int, anchor: int, numbers_first: bool) -> int:
    """Return where the words begin that belong to the indicator named at `anchor`.

    A number before it is its own where numbers stand first, or where the indicator before it already has one:
    "kết nạp 5 người 2 cuộc đối thoại", but "hội nghị một lần đối thoại hai lần".
    """
    at = anchor
    while at > previous + 1 and tokens[at - 1].kind is Kind.WORD and tokens[at - 1].tags & _BEFORE_ANCHOR:
        at -= 1
    if at > previous + 1 and tokens[at - 1].kind is Kind.NUMBER:
        taken = any(token.kind is Kind.NUMBER for token in tokens[previous + 1 : at - 1])
        return at - 1 if numbers_first or taken else _behind_event(tokens, at, anchor)
    return at


def _behind_event(tokens: Sequence[Token], at: int, anchor: int) -> int:
    """Step over the lần or cuộc that belongs to the number before it."""
    while at < anchor and tokens[at].has(Tag.EVENT):
        at += 1
    return at
