"""What a line says of an earlier report: a figure cited from it, called wrong, or only added to it.

Nothing is changed here; `strikes` takes back what is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, pairwise

from bot.language.tags import Tag
from bot.language.tokens import Kind, Token

NEAR = 4
_FAULTS = frozenset({"nham", "lon", "sai", "nguoc", "trat", "du", "trung"})
_LEADS_IN = frozenset({"thanh", "ra", "la", "so", "ngay", "thang", "ngay thang", "co", "con", "hom", ":"})
_LEADS_IN |= {"thanh ra", "thanh so"}
_ENDS = frozenset(",.;()\n")
_PERIODS = frozenset({"quy", "thang", "nam", "tuan", "ky"})
WRITING = frozenset({"bam", "viet", "danh", "dem", "tinh", "go", "danh may"})
_SENT_BEFORE = frozenset({"da bao", "da ghi", "da nhap", "da khai", "da bao cao", "da gui", "da nop"})
_SENT_FIGURE = frozenset({"so da gui", "so da bao", "so em da bao", "so lieu da gui", "so cu", "so truoc"})
_PAST = frozenset({"da", "cu", "truoc", "lo", "hom truoc", "ban dau", "ban", "lan truoc"})
_AGO = frozenset({"nay", "sang", "chieu", "trua", "qua", "truoc", "bua"})
_REACH = 8


def cited(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the figure at `at` is what an earlier report said: "(đã báo 42)", "bản trước ghi 6/10"."""
    for back in range(at - 1, max(-1, at - 1 - NEAR), -1):
        if tokens[back].text in _ENDS or tokens[back].kind is Kind.NUMBER:
            return False
        if tokens[back].key in _SENT_FIGURE:
            return True
        writes = tokens[back].has(Tag.SENT) or (tokens[back].key in WRITING and tokens[back].low != "đêm")
        if not writes and not says_fault(tokens[back]):
            continue
        if tokens[back].key in _SENT_BEFORE:
            return True
        before = tokens[max(0, back - NEAR) : back]
        if _ends_in_it(tokens, back, at):
            return True
        return any(token.key in _PAST or _is_earlier(token) for token in before)
    return False


def _ends_in_it(tokens: Sequence[Token], verb: int, at: int) -> bool:
    """Tell whether the part says no more than that the writer wrote it: "18 lao động nha, em ghi 81"."""
    if verb < 2 or tokens[verb].key not in WRITING | {"ghi", "nhap"} or not tokens[verb - 1].has(Tag.OWN):
        return False
    rest = tokens[at + 1 : at + NEAR]
    return tokens[verb - 2].text == "," and all(token.has(Tag.FILLER, Tag.KIN) for token in rest)


def sent_a_while_ago(tokens: Sequence[Token]) -> int | None:
    """Return a cited figure with another before it: "2 cuộc nha, nãy em báo 1", "24 (bản cũ ghi 42)"."""
    for at in range(len(tokens)):
        days = tokens[at].on is not None
        if (
            is_live(tokens[at], days=days)
            and cited(tokens, at)
            and live(tokens, at, -1, days=days) is not None
        ):
            return at
    return None


def of_another_period(tokens: Sequence[Token]) -> int | None:
    """Return a number that is said to be another period's: the 6 of "9 nha chị, 6 là của tháng trước"."""
    for at, token in enumerate(tokens):
        if token.kind is not Kind.NUMBER or not has_other(tokens, at):
            continue
        behind = [
            other for other in tokens[at + 1 : at + 2 * NEAR] if other.key not in ("so", "cua", "nguoi")
        ]
        said = len(behind) > 1 and behind[0].key == "la" and behind[1].kind is Kind.DATE
        if said and behind[1].key.rpartition(" ")[2] in ("truoc", "roi", "ngoai", "qua"):
            return at
    return None


def faults(tokens: Sequence[Token]) -> bool:
    """Tell whether a figure or what was sent is called wrong, or dropped: "số 83 là sai", "số 41 bỏ nha"."""
    for at, token in enumerate(tokens):
        if not token.has(Tag.FAULT, Tag.DROP, Tag.WITHDRAW):
            continue
        wrong = wrong_at(tokens, at)
        if wrong is not None and has_other(tokens, wrong) and _is_called_number(tokens, wrong, token):
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
    return says_fault(word) or any(
        near.has(Tag.MESSAGE) or near.key.endswith("so") for near in tokens[max(0, at - 2) : at]
    )


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


def denies_class(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a class of unions is denied at `at`: "chứ không phải trên 25 lao động"."""
    return (
        tokens[at].has(Tag.NOT_BUT)
        and at + 1 < len(tokens)
        and tokens[at + 1].has(Tag.CLASS_SMALL, Tag.CLASS_LARGE)
    )


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


def wrong_at(tokens: Sequence[Token], at: int) -> int | None:
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


def has_other(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether another live figure of the same sort stays when that at `at` is struck."""
    days = tokens[at].on is not None
    live_ones = (one for one, token in enumerate(tokens) if is_live(token, days=days))
    return len(list(islice(live_ones, 2))) > 1


def live(tokens: Sequence[Token], start: int, stop: int, *, days: bool) -> int | None:
    """Return the nearest figure of a sort before `start`, down to but without `stop`."""
    for at in range(min(start, len(tokens)) - 1, max(-1, stop), -1):
        if is_live(tokens[at], days=days):
            return at
    return None


def is_live(token: Token, *, days: bool) -> bool:
    """Tell whether a token is a figure that stands: a dated day, else a number."""
    return token.on is not None if days else token.kind is Kind.NUMBER


def _is_earlier(token: Token) -> bool:
    """Tell whether a time is that of an earlier message; "quý trước" is another period."""
    words = token.key.split()
    return token.kind is Kind.DATE and bool(_AGO & set(words)) and words[0] not in _PERIODS


def says_fault(token: Token) -> bool:
    """Tell whether a word calls a figure wrong: ghi lộn, là sai, bị trùng."""
    return token.has(Tag.MEND, Tag.FAULT) and bool(_FAULTS & set(token.key.split()))
