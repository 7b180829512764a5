"""Which figures of a correction are taken back: each rule turns the old number or day into noise marked OLD.

"5 thành 7", "32 không phải 23", "em ghi lộn 13/3", "số 83 là sai", "24 (đã báo 42)". The last live figure of
its sort is never struck: what stays is the value after the correction.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.language.tags import Tag
from bot.language.tokens import NO_TAGS, Kind, Token

NEAR = 4
_FAULTS = frozenset({"nham", "lon", "sai", "nguoc", "trat", "du", "trung"})
_LEADS_IN = frozenset(
    {
        "thanh",
        "ra",
        "la",
        "so",
        "ngay",
        "thang",
        "ngay thang",
        "co",
        "con",
        "hom",
        ":",
        "thanh ra",
        "thanh so",
    }
)
_ENDS = frozenset(",.;()\n")
_PERIODS = frozenset({"quy", "thang", "nam", "tuan", "ky"})
_WRITING = frozenset({"bam", "viet", "danh", "dem", "tinh", "go", "danh may"})
_SENT_BEFORE = frozenset({"da bao", "da ghi", "da nhap", "da khai", "da bao cao"})
_PAST = frozenset({"da", "cu", "truoc", "lo", "hom truoc", "ban dau", "ban", "lan truoc"})
_AGO = frozenset({"nay", "sang", "chieu", "trua", "qua", "truoc", "bua"})
_REACH = 8


def strike_slips(tokens: list[Token]) -> list[Token]:
    """Strike what is corrected within the same breath, and hush the word that did it."""
    for at, token in enumerate(tokens):
        if not token.has(Tag.SLIP):
            continue
        days = _live(tokens, at, at - NEAR, days=True), _live(tokens, at + NEAR, at, days=True)
        old = last_number(tokens, at, NEAR)
        new = next_number(tokens, at)
        if old is not None and new is not None:
            tokens[old] = struck(tokens[old])
            tokens[at] = token._replace(tags=NO_TAGS)
        elif days[0] is not None and days[1] is not None:
            tokens[days[0]] = struck(tokens[days[0]])
            tokens[at] = token._replace(tags=NO_TAGS)
    return tokens


def strike_old(tokens: list[Token]) -> list[Token]:
    """Strike every figure that a line known to be a correction takes back."""
    for rule in (
        _strike_denied,
        _strike_cited,
        _strike_added,
        _strike_faulty,
        _strike_replaced,
        _strike_sent,
        _strike_outdone,
        _strike_replaced_days,
    ):
        tokens = rule(tokens)
    return tokens


def undate_messages(tokens: list[Token]) -> list[Token]:
    """Take the day from "em báo hôm qua": it is when the old figure was sent."""
    for at, token in enumerate(tokens):
        if token.on is not None and _is_of_message(tokens, at):
            tokens[at] = token._replace(on=None, tags=frozenset({Tag.VAGUE}))
    return tokens


def cited(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the figure at `at` is what an earlier report said: "(đã báo 42)", "bản trước ghi 6/10"."""
    for back in range(at - 1, max(-1, at - 1 - NEAR), -1):
        if tokens[back].text in _ENDS or tokens[back].kind is Kind.NUMBER:
            return False
        writes = tokens[back].has(Tag.SENT) or (tokens[back].key in _WRITING and tokens[back].low != "đêm")
        if not writes and not _says_fault(tokens[back]):
            continue
        if tokens[back].key in _SENT_BEFORE:
            return True
        before = tokens[max(0, back - NEAR) : back]
        return any(token.key in _PAST or _is_earlier(token) for token in before)
    return False


def sent_a_while_ago(tokens: Sequence[Token]) -> int | None:
    """Return a cited figure with another before it: "2 cuộc nha, nãy em báo 1", "24 (bản cũ ghi 42)"."""
    for at in range(len(tokens)):
        days = tokens[at].on is not None
        if (
            _is_live(tokens[at], days=days)
            and cited(tokens, at)
            and _live(tokens, at, -1, days=days) is not None
        ):
            return at
    return None


def faults(tokens: Sequence[Token]) -> bool:
    """Tell whether a figure or what was sent is called wrong, or dropped: "số 83 là sai", "số 41 bỏ nha"."""
    for at, token in enumerate(tokens):
        if not token.has(Tag.FAULT, Tag.DROP, Tag.WITHDRAW):
            continue
        wrong = _wrong_at(tokens, at)
        if wrong is not None and _has_other(tokens, wrong) and _is_called_number(tokens, wrong, token):
            return True
        if _is_number_named(tokens, at):
            return True
        if token.has(Tag.FAULT):
            start = next((back for back in range(at - 1, -1, -1) if tokens[back].text in _ENDS), -1)
            if any(other.has(Tag.SENT) for other in tokens[start + 1 : at]):
                return True
    return False


def _is_number_named(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "số 41", by itself a number of nothing, stands before the word; another is live."""
    before = tokens[max(0, at - _REACH) : at]
    named = any(
        token.kind is Kind.NOISE and token.value and previous.key == "so"
        for previous, token in pairwise(before)
    )
    return named and any(token.kind is Kind.NUMBER for token in tokens)


def _is_called_number(tokens: Sequence[Token], at: int, word: Token) -> bool:
    """Tell whether "số 41" is dropped; "1 bạn rút" leaves by himself."""
    return _says_fault(word) or (at > 0 and tokens[at - 1].key.endswith("so"))


def next_figure(tokens: Sequence[Token], at: int) -> int | None:
    """Return the number or day within three tokens behind `at`, in its clause."""
    for ahead in range(at + 1, min(at + NEAR, len(tokens))):
        if tokens[ahead].kind is Kind.NUMBER or tokens[ahead].on is not None:
            return ahead
        if tokens[ahead].kind is Kind.SIGN and tokens[ahead].text != ":":
            return None
    return None


def next_number(tokens: Sequence[Token], at: int) -> int | None:
    """Return the number within three tokens behind `at`."""
    ahead = range(at + 1, min(at + NEAR, len(tokens)))
    return next((one for one in ahead if tokens[one].kind is Kind.NUMBER), None)


def last_number(tokens: Sequence[Token], at: int, reach: int) -> int | None:
    """Return the nearest number within `reach` tokens before `at`."""
    for back in range(at - 1, max(-1, at - 1 - reach), -1):
        if tokens[back].kind is Kind.NUMBER:
            return back
    return None


def struck(token: Token, *, old: bool = True) -> Token:
    """Return the token as noise; `old` keeps that it was the value before."""
    return token._replace(kind=Kind.NOISE, on=None, tags=frozenset({Tag.OLD}) if old else NO_TAGS)


def _is_live(token: Token, *, days: bool) -> bool:
    return token.on is not None if days else token.kind is Kind.NUMBER


def _live(tokens: Sequence[Token], start: int, stop: int, *, days: bool) -> int | None:
    """Return the nearest figure of a sort before `start`, down to but without `stop`."""
    for at in range(min(start, len(tokens)) - 1, max(-1, stop), -1):
        if _is_live(tokens[at], days=days):
            return at
    return None


def _has_other(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether another live figure of the same sort stays when that at `at` is struck."""
    days = tokens[at].on is not None
    return sum(_is_live(token, days=days) for token in tokens) > 1


def _is_earlier(token: Token) -> bool:
    """Tell whether a time is that of an earlier message; "quý trước" is another period."""
    words = token.key.split()
    return token.kind is Kind.DATE and bool(_AGO & set(words)) and words[0] not in _PERIODS


def _says_fault(token: Token) -> bool:
    return token.has(Tag.MEND, Tag.FAULT) and bool(_FAULTS & set(token.key.split()))


def _strike_denied(tokens: list[Token]) -> list[Token]:
    for at, token in enumerate(tokens):
        denied = next_figure(tokens, at) if token.has(Tag.NOT_BUT) else None
        if denied is not None:
            tokens[denied] = struck(tokens[denied])
    return tokens


def _strike_cited(tokens: list[Token]) -> list[Token]:
    ago = sent_a_while_ago(tokens)
    if ago is not None:
        tokens[ago] = struck(tokens[ago])
    return undate_messages(tokens)


def _is_of_message(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a relative day is when the old figure was sent: "em báo hôm qua", "hồi nãy e bấm 21"."""
    if any(letter.isdigit() for letter in tokens[at].text):
        return False
    if at and tokens[at - 1].has(Tag.SENT):
        return True
    after = tokens[at + 1 : at + 4]
    return any(token.key in _WRITING for token in after) and any(token.has(Tag.OLD) for token in after)


def adds_up(tokens: Sequence[Token]) -> int | None:
    """Return the number that only leads to the new sum: the 4 of "thêm 4 nữa là 16", "thêm 4, tổng 16"."""
    for at, token in enumerate(tokens):
        part = next_number(tokens, at) if token.has(Tag.MORE) and not token.has(Tag.GROW, Tag.ADMIT) else None
        if token.key == "them":
            part = next_number(tokens, at)
        if part is None:
            continue
        for ahead in range(part + 1, min(part + NEAR + 1, len(tokens))):
            says_sum = tokens[ahead].has(Tag.TOTAL) or tokens[ahead].key in ("la", "thanh")
            whole = next_number(tokens, ahead) if says_sum else None
            if whole is not None and (tokens[whole].value or 0) > (tokens[part].value or 0):
                return part
    return None


def _strike_added(tokens: list[Token]) -> list[Token]:
    part = adds_up(tokens)
    if part is not None and sum(token.kind is Kind.NUMBER for token in tokens) == 2:
        tokens[part] = struck(tokens[part], old=False)
    return tokens


def _strike_faulty(tokens: list[Token]) -> list[Token]:
    """Strike the object of "em ghi lộn 13/3", else the figure of "số 83 em gửi là sai", "số 41 bỏ nha"."""
    for at, token in enumerate(tokens):
        if not _says_fault(token) and not token.has(Tag.FAULT, Tag.DROP, Tag.WITHDRAW):
            continue
        wrong = _wrong_at(tokens, at)
        if wrong is not None and _has_other(tokens, wrong):
            tokens[wrong] = struck(tokens[wrong])
    return tokens


def _wrong_at(tokens: Sequence[Token], at: int) -> int | None:
    """Return the figure that a word of fault or dropping speaks of: its object, else the one before it."""
    wrong = _object_of(tokens, at)
    return _subject_of(tokens, at) if wrong is None else wrong


def _object_of(tokens: Sequence[Token], at: int) -> int | None:
    ahead = at + 1
    while ahead < len(tokens) and ahead <= at + NEAR:
        if tokens[ahead].kind is Kind.NUMBER or tokens[ahead].on is not None:
            return ahead
        if tokens[ahead].key not in _LEADS_IN:
            return None
        ahead += 1
    return None


def _subject_of(tokens: Sequence[Token], at: int) -> int | None:
    for back in range(at - 1, max(-1, at - 1 - _REACH), -1):
        token = tokens[back]
        if token.kind is Kind.NUMBER or token.on is not None:
            return back
        if token.text in _ENDS or token.has(Tag.OLD, Tag.NOT_BUT, Tag.RATHER):
            return None
    return None


def _strike_replaced(tokens: list[Token]) -> list[Token]:
    """Strike the first of "5 thành 7"; up to two words may stand on either side of "thành"."""
    for at, token in enumerate(tokens):
        if not token.has(Tag.INTO) or (at and _says_fault(tokens[at - 1])):
            continue
        old, new = last_number(tokens, at, 3), next_number(tokens, at)
        if old is not None and new is not None and not tokens[old].has(Tag.OLD):
            tokens[old] = struck(tokens[old])
    return tokens


def _strike_replaced_days(tokens: list[Token]) -> list[Token]:
    for at, token in enumerate(tokens):
        days = [
            near for near in range(max(0, at - 2), min(at + 3, len(tokens))) if tokens[near].on is not None
        ]
        if (
            days and days[-1] == at and len(days) == 2 and token.low.startswith("sang ")
        ):  # "từ 13/3 sang 18/3"
            tokens[days[0]] = struck(tokens[days[0]])
        elif token.has(Tag.INTO) and len(days) == 2 and days[0] < at < days[1]:
            tokens[days[0]] = struck(tokens[days[0]])
    return tokens


def _strike_sent(tokens: list[Token]) -> list[Token]:
    """Strike "em báo 5" when a later number follows; with "sót 2" or "trùng 1" alone, reckon the new one."""
    for at, token in enumerate(tokens):
        if token.kind is not Kind.NUMBER or not any(
            near.has(Tag.SENT) for near in tokens[max(0, at - NEAR) : at]
        ):
            continue
        later = [ahead for ahead in range(at + 1, len(tokens)) if tokens[ahead].kind is Kind.NUMBER]
        changes = [ahead for ahead in later if _sign(tokens, ahead)]
        if len(later) > len(changes):
            tokens[at] = struck(token)
        elif changes:
            value = (token.value or 0) + sum(
                _sign(tokens, ahead) * (tokens[ahead].value or 0) for ahead in changes
            )
            tokens[at] = token._replace(value=max(0, value))
        for ahead in changes:
            tokens[ahead] = struck(tokens[ahead], old=False)
        break
    return tokens


def _strike_outdone(tokens: list[Token]) -> list[Token]:
    """Strike the number before "đúng ra là 7", "còn 7 thôi", "tổng cộng là 7"; and before "7 mới đúng"."""
    for at, token in enumerate(tokens):
        if not token.has(Tag.RATHER, Tag.TOTAL):
            continue
        new = last_number(tokens, at, NEAR) if token.key.startswith("moi ") else next_number(tokens, at)
        if new is None:
            continue
        old = last_number(tokens, min(at, new), len(tokens))
        if old is not None and not _indicator_between(tokens, at, new):
            tokens[old] = struck(tokens[old])
    return tokens


def _indicator_between(tokens: Sequence[Token], start: int, end: int) -> bool:
    return any(
        token.has(Tag.ADMIT, Tag.DIALOGUE, Tag.CONFERENCE, Tag.AGREEMENT, Tag.FOUND)
        for token in tokens[start:end]
    )


def _sign(tokens: Sequence[Token], at: int) -> int:
    """Return how a number changes another: +1 behind "sót", -1 behind "trùng" or "dư", else 0."""
    for token in tokens[max(0, at - 2) : at]:
        if token.has(Tag.FEWER):
            return -1
        if token.has(Tag.MORE):
            return 1
    return 0
