"""Where a line names an indicator. A word of the vocabulary names one only in the right company:
"thành lập" beside a union, "đt" beside a number, "tăng" beside members."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.language.foundings import names_founding
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token, around

MEMBERS = "doan_vien_moi"
UNIONS_SMALL = "cdcs_10_25"
UNIONS_LARGE = "cdcs_25"
UNIONS = "cdcs"  # A new union whose class is not known yet.
AGREEMENTS = "tuldtt"
CONFERENCES = "hoi_nghi_nld"
DIALOGUES = "doi_thoai"

FORM = (MEMBERS, UNIONS_SMALL, UNIONS_LARGE, AGREEMENTS, CONFERENCES, DIALOGUES)  # In the form's order.

_FAR = 60  # Tokens; a bound, so that a page without an end is read in linear time.
_NEAR = 4
_MANY_AGREEMENTS = 10
_COLONS = frozenset({":", "=", "-"})
_PLUS = frozenset({"+", "&", "/", ","})
_MET = (Tag.ATTENDING, Tag.ATTENDEE, Tag.MINUTES, Tag.EVENT)
_TOLD = (Tag.DONE, Tag.HELD, Tag.SIGN, Tag.KIND, Tag.FIRST_TIME, Tag.NOT_YET, Tag.ATTENDING)
_PERIODS = (Tag.QUARTER, Tag.MONTH_NAMED)


class Anchor(NamedTuple):
    """An indicator named in a line; `weak` when the word alone might mean something else."""

    indicator: str
    weak: bool = False


def find_anchors(tokens: Sequence[Token]) -> dict[int, Anchor]:
    """Return the indicators named, by the offset of the token that names them."""
    found: dict[int, Anchor] = {}
    foreign = _foreign(tokens)
    for at, token in enumerate(tokens):
        if token.code:
            found[token.start] = Anchor(token.code)
            continue
        if token.kind is not Kind.WORD or not token.tags or _is_subject(tokens, at):
            continue
        indicator = next((code for rule, code in _SURE if rule(tokens, at)), None)
        if indicator is not None and not (indicator == MEMBERS and at in foreign):
            found[token.start] = Anchor(indicator)
    listed = bool(found) or sum(_is_short_form(tokens, at) for at in range(len(tokens))) > 1
    for at, token in enumerate(tokens):
        if token.kind is Kind.WORD and token.start not in found and not _is_subject(tokens, at):
            indicator = next((code for rule, code in _LISTED if rule(tokens, at, listed)), None)
            if indicator is not None and not (indicator == MEMBERS and at in foreign):
                found[token.start] = Anchor(indicator, weak=True)
    return found


def _members(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.has(Tag.ADMIT, Tag.JOIN, Tag.NEW_MEMBER):
        return True
    if token.has(Tag.MEMBER):
        return _is_added_to(tokens, at)
    if token.has(Tag.FOUND) and token.key == "cong nhan":  # "công nhận 5 đoàn viên"
        return at + 2 < len(tokens) and tokens[at + 1].kind is Kind.NUMBER and tokens[at + 2].has(Tag.MEMBER)
    return token.has(Tag.GROW) and (
        any(other.has(Tag.MEMBER) for other in around(tokens, at, _NEAR, _NEAR - 1))
        or _is_of_balance(tokens, at)
        or _grows_union(tokens, at)
    )


def _grows_union(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "công đoàn cty thêm được 14 người" stands here: a union grows by persons."""
    if tokens[at].has(Tag.ASIDE) or tokens[at].low == "pt":
        return False
    ahead = [token for token in tokens[at + 1 : at + 4] if not token.has(Tag.INTRO)]
    counted = len(ahead) > 1 and ahead[0].kind is Kind.NUMBER and ahead[1].has(Tag.PERSON)
    before = tokens[max(0, at - _NEAR) : at]
    return counted and any(
        token.has(Tag.UNION)
        and not token.has(Tag.FOUND)
        and all(t.kind is Kind.WORD and not t.has(Tag.ASIDE, Tag.PLANNED) for t in before[where:])
        for where, token in enumerate(before)
    )


def _is_added_to(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "đv: +8" or "+8 đv" stands here."""
    if at > 1 and tokens[at - 2].text == "+" and tokens[at - 1].kind is Kind.NUMBER:
        return tokens[at - 2].end == tokens[at - 1].start
    ahead = [token for token in tokens[at + 1 : at + 4] if token.text != ":"]
    return len(ahead) > 1 and ahead[0].text == "+" and ahead[1].kind is Kind.NUMBER


def _is_of_balance(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "tăng 8" stands in an account of the members: "ĐV: 62; tăng 8; giảm 2"."""
    begins = at == 0 or tokens[at - 1].kind in (Kind.SIGN, Kind.BREAK)
    if not begins or tokens[at].low not in ("tăng", "tang", "tăng mới") or not _is_valued(tokens, at):
        return False
    held = any(
        _counts_members(token)
        and any(near.kind is Kind.NUMBER for near in tokens[max(0, where - 2) : where + 4])
        for where, token in enumerate(tokens)
    )
    fewer = any(token.key == "giam" for token in tokens[at:])
    return held and (fewer or any(_counts_members(token) for token in tokens[:at]))


def _counts_members(token: Token) -> bool:
    """Tell whether the word is "đoàn viên", or the stock of them: "tổng đv"."""
    return token.has(Tag.MEMBER) or (token.has(Tag.STOCK) and token.key.endswith(("dv", "doan vien")))


def _agreements(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].has(Tag.AGREEMENT)


def _conferences(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].has(Tag.CONFERENCE)


def _dialogues(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].has(Tag.DIALOGUE)


_SURE: tuple[tuple[Callable[[Sequence[Token], int], bool], str], ...] = (
    (_members, MEMBERS),
    (names_founding, UNIONS),
    (_agreements, AGREEMENTS),
    (_conferences, CONFERENCES),
    (_dialogues, DIALOGUES),
)


def _is_short_form(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a short form with its value stands here: two of them make a list, "ĐV 18, ĐT 1"."""
    short = tokens[at].has(Tag.DIALOGUE_SHORT, Tag.CONFERENCE_SHORT, Tag.MEMBER) or tokens[at].low == "tư"
    return short and tokens[at].kind is Kind.WORD and _is_valued(tokens, at)


def _listed_conference(tokens: Sequence[Token], at: int, listed: bool) -> bool:
    if not tokens[at].has(Tag.CONFERENCE_SHORT):
        return False
    return listed or tokens[at].key != "hn" or _is_valued(tokens, at) or _is_told(tokens, at)


def _listed_dialogue(tokens: Sequence[Token], at: int, listed: bool) -> bool:
    near = tokens[max(0, at - _FAR) : at + _FAR]
    if not tokens[at].has(Tag.DIALOGUE_SHORT) or any(token.has(Tag.NOISE_PHONE) for token in near):
        return False
    if _is_counted_event(tokens, at) or _is_added(tokens, at):
        return True
    told = _is_valued(tokens, at) or _is_told(tokens, at) or _is_dated(tokens, _behind_period(tokens, at + 1))
    return told and (listed or any(token.has(*_MET) or token.on is not None for token in near))


def _listed_agreement(tokens: Sequence[Token], at: int, listed: bool) -> bool:
    token = tokens[at]
    if token.has(Tag.DEED) and _is_first_deed(tokens, at):
        return True
    if token.has(Tag.AGREEMENT_SHORT) and token.text.isupper() and _is_first_signed(tokens, at):
        return True
    if not token.has(Tag.AGREEMENT_SHORT) or not listed:
        return False
    if not _is_valued(tokens, at):
        return _is_told(tokens, at)
    if token.low != token.key:
        return True
    begins = at == 0 or tokens[at - 1].kind in (Kind.SIGN, Kind.BREAK, Kind.NUMBER)  # "tu" is mostly từ.
    after = tokens[at + 1]
    return begins and (after.kind is not Kind.NUMBER or (after.value or 0) < _MANY_AGREEMENTS)


def _is_first_deed(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "mới ký được bản đầu tiên" is of the agreement that was named before."""
    first = at + 1 < len(tokens) and tokens[at + 1].has(Tag.FIRST_TIME)
    signed = any(token.has(Tag.SIGN, Tag.FIRST_TIME) for token in tokens[max(0, at - _NEAR) : at])
    named = any(token.has(Tag.AGREEMENT) for token in tokens[max(0, at - _FAR) : at])
    return first and signed and named


def _is_first_signed(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether TƯ is an agreement, because it is signed or the first: "TƯ lần đầu", "ký mới TƯ"."""
    return any(
        token.has(Tag.FIRST_TIME, Tag.SIGN)
        for token in (*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 3])
    )


def _listed_union(tokens: Sequence[Token], at: int, listed: bool) -> bool:
    token = tokens[at]
    if not token.has(Tag.UNION) or token.key in ("cong doan", "cd"):
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    new = after is not None and after.key in ("moi", "ms")
    before = tokens[max(0, at - 3) : at]
    if new and at + 2 < len(tokens) and tokens[at + 2].text == ":":
        return True
    if new and (_is_valued(tokens, at + 1) or (before and before[-1].kind is Kind.NUMBER)):
        return True
    if any(other.has(Tag.GROW) for other in before) and any(other.kind is Kind.NUMBER for other in before):
        return True
    return listed and (_is_valued(tokens, at) or bool(before and before[-1].kind is Kind.NUMBER))


def _listed_members(tokens: Sequence[Token], at: int, listed: bool) -> bool:
    """Members without "new": named in a list beside other indicators, or denied."""
    if not tokens[at].has(Tag.MEMBER):
        return False
    ahead = [token for token in tokens[at + 1 : at + 4] if token.text != ":" and not token.has(Tag.BUT)]
    if ahead and ahead[0].has(Tag.INTRO) and not ahead[0].has(Tag.NO, Tag.NOT_YET):
        ahead = ahead[1:]
    if ahead and ahead[0].has(Tag.NO, Tag.NOT_YET, Tag.NIL):
        return True
    if at and tokens[at - 1].has(Tag.NO, Tag.NOT_YET):
        return True
    if len(ahead) > 1 and ahead[0].kind is Kind.NUMBER and ahead[1].key in ("moi", "ms"):
        return True
    return listed and bool(ahead) and ahead[0].kind is Kind.NUMBER


_LISTED: tuple[tuple[Callable[[Sequence[Token], int, bool], bool], str], ...] = (
    (_listed_conference, CONFERENCES),
    (_listed_dialogue, DIALOGUES),
    (_listed_agreement, AGREEMENTS),
    (_listed_union, UNIONS),
    (_listed_members, MEMBERS),
)


def _is_valued(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a value follows: "dt 2", "HN: 0", "TƯ k có"."""
    ahead = _behind_period(tokens, at + 1)
    while ahead < len(tokens) and (tokens[ahead].text in _COLONS or tokens[ahead].has(Tag.INTRO)):
        if tokens[ahead].has(Tag.NO, Tag.NOT_YET):
            return True
        ahead += 1
    return ahead < len(tokens) and (
        tokens[ahead].kind is Kind.NUMBER or tokens[ahead].has(Tag.NO, Tag.NOT_YET, Tag.NIL)
    )


def _is_told(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether what became of it follows a colon: "ĐT: đã làm 06/02", "TƯ: ký mới", "HN: hoãn"."""
    ahead = _behind_period(tokens, at + 1)
    if ahead + 1 >= len(tokens) or tokens[ahead].text not in _COLONS:
        return False
    told = tokens[ahead + 1].has(*_TOLD) or tokens[ahead + 1].kind is Kind.PLACE
    return told or _is_dated(tokens, ahead + 1)


def _is_dated(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a day or a kind of dialogue stands at `at`: "ĐT 08/7", "ĐT đột xuất"."""
    return at < len(tokens) and (tokens[at].on is not None or tokens[at].has(Tag.KIND))


def _is_added(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a short form is added to a conference: "HNNLĐ + ĐT kết hợp"."""
    if at < 2 or not (tokens[at - 1].has(Tag.AND) or tokens[at - 1].text in _PLUS):
        return False
    return tokens[at - 2].has(Tag.CONFERENCE, Tag.CONFERENCE_SHORT, Tag.DIALOGUE)


def _behind_period(tokens: Sequence[Token], at: int) -> int:
    """Return the position behind the month or quarter of "ĐT Q3: 2", and behind the x of "ĐT x2"."""
    while at < len(tokens) and (
        (tokens[at].kind is Kind.DATE and tokens[at].has(*_PERIODS)) or tokens[at].key == "x"
    ):
        at += 1
    return at


def _is_counted_event(tokens: Sequence[Token], at: int) -> bool:
    ahead = tokens[at + 1 : at + 3]
    behind = tokens[max(0, at - 2) : at]
    return any(
        len(pair) == 2 and pair[0].kind is Kind.NUMBER and pair[1].has(Tag.EVENT) for pair in (ahead, behind)
    )


def _is_subject(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the indicator is only talked about: tuyên truyền về đối thoại, quy chế đối thoại."""
    if at == 0 or tokens[at].has(Tag.FOUND):
        return False
    if _is_recipient(tokens, at):
        return True
    return tokens[at - 1].has(Tag.SUBJECT) or (
        tokens[at].has(Tag.DIALOGUE) and tokens[at - 1].low in ("tổ", "to", "ban", "nhóm", "nhom")
    )


def _is_recipient(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether these only receive: "tặng 32 suất quà cho đoàn viên mới" admits nobody."""
    before = tokens[max(0, at - _NEAR) : at]
    given = next((ahead for ahead, token in enumerate(before) if token.key.startswith("cho")), 0)
    return any(token.code for token in before[:given])


def _foreign(tokens: Sequence[Token]) -> set[int]:
    """Return the positions of clauses that speak of the Party or the Youth Union, not of the union."""
    positions: set[int] = set()
    start = 0
    for at in range(len(tokens) + 1):
        if at == len(tokens) or tokens[at].text in (",", ".", ";") or tokens[at].kind is Kind.BREAK:
            clause = tokens[start:at]
            if any(token.has(Tag.FOREIGN) for token in clause) and not any(
                token.has(Tag.UNION, Tag.JOIN) for token in clause
            ):
                positions.update(range(start, at))
            start = at + 1
    return positions
