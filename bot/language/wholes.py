"""A whole that a line says with its parts: "4 ca sáng, 5 ca chiều, vị chi 9", "3 bạn: 1 kế toán, 2 thợ".

Where the parts add up to the whole, the sum itself proves what they are; they become noise and the whole is
the one figure that stays. Parts with a day or a place of their own, and men and women, are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token

_ADMITTED = tags("admit join new_member")
_OTHERS = tags("dialogue dialogue_short conference conference_short agreement union found firm")
_PERSONS = tags("person worker title member new_member filler")
_OUTSIDE = tags("no not_yet applied left")
_SUMMED = frozenset({Tag.SUMMED})
_LEADS = tags("intro total about")
_FAR = 60  # Tokens; a bound, so that a page of numbers is read in linear time.
_NEAR = 3
_FEWEST = 2


def settle_wholes(tokens: list[Token]) -> list[Token]:
    """Return the tokens with parts turned into noise where their whole is said behind or before them."""
    if not any(token.has(*_ADMITTED) for token in tokens):
        return tokens
    for at, token in enumerate(tokens):
        if token.kind is not Kind.NUMBER or not token.value:
            continue
        parts = _parts_before(tokens, at) if _is_said_total(tokens, at) else []
        if not parts and _opens_parts(tokens, at):
            parts = _parts_behind(tokens, at)
        for part in _left_out(tokens, at, parts):
            tokens[part] = tokens[part]._replace(kind=Kind.NOISE, tags=_SUMMED)
    return tokens


def _left_out(tokens: Sequence[Token], whole: int, parts: Sequence[int]) -> Sequence[int]:
    """Return the parts, or the stock and its new sum: "đv cũ 60, đv mới 7, tổng 67" has 7 new ones."""
    stock = [
        part
        for part in parts
        if part < whole and any(map(_is_of_stock, [*tokens[max(0, part - 2) : part], tokens[part + 1]]))
    ]
    return [*stock, whole] if stock else parts


def _is_of_stock(token: Token) -> bool:
    return token.has(Tag.STOCK) or token.key.split()[-1:] == ["cu"]


def _is_said_total(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "vị chi", "tổng:" or the "=" of a sum leads to the number."""
    back = at - 1
    while back > max(0, at - _NEAR) and (tokens[back].text == ":" or tokens[back].tags & _LEADS):
        if tokens[back].has(Tag.TOTAL):
            return True
        back -= 1
    if back < 0:
        return False
    added = any(token.text == "+" or token.key.startswith("cong") for token in tokens[max(0, at - _FAR) : at])
    written = added and (tokens[back].text == "=" or tokens[at - 1].key in ("la", "thanh"))
    return written or tokens[back].has(Tag.TOTAL)


def _parts_before(tokens: Sequence[Token], at: int) -> list[int]:
    whole = tokens[at].value or 0
    reach = list(_numbers(tokens, range(at - 1, max(-1, at - _FAR), -1)))
    plain = [one for one in reach if tokens[one].kind is Kind.NUMBER]
    parts = _adding_up(tokens, plain, whole) or _adding_up(tokens, reach, whole)
    if parts or not plain:
        return parts
    led = _adding_up(tokens, plain, whole - 1) or (
        [plain[0]] if _value(tokens, plain[0]) == whole - 1 else []
    )
    return led if led and _follows_one(tokens, led[-1]) else []


def _follows_one(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the first part is joined to one person who needs no number: "tổ trưởng với 3 thợ"."""
    if at < _FEWEST or not tokens[at - 1].has(Tag.AND):
        return False
    before = tokens[at - 2]
    return before.kind is Kind.WORD and not before.has(Tag.TOTAL, Tag.ADMIT, Tag.NEW_MEMBER)


def _opens_parts(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a count of persons is followed by a colon: "3 đồng chí: 1 kế toán, 2 văn thư"."""
    ahead = at + 1
    while ahead < min(len(tokens), at + 1 + _NEAR) and tokens[ahead].tags & _PERSONS:
        ahead += 1
    if ahead == len(tokens):
        return False
    return tokens[ahead].text == "=" or (ahead > at + 1 and tokens[ahead].text == ":")


def _parts_behind(tokens: Sequence[Token], at: int) -> list[int]:
    reach = list(_numbers(tokens, range(at + 1, min(len(tokens), at + _FAR))))
    plain = [one for one in reach if tokens[one].kind is Kind.NUMBER]
    whole = tokens[at].value or 0
    parts = _adding_up(tokens, plain, whole) or _adding_up(tokens, reach, whole)
    outside = any(token.has(*_OUTSIDE) for part in parts for token in tokens[part + 1 : part + 1 + _NEAR])
    return [] if outside else parts  # "20 bạn mới: 12 bạn vào công đoàn, 8 bạn chưa"


def _numbers(tokens: Sequence[Token], positions: range) -> Iterator[int]:
    """Yield the numbers on the way, plain noise too, until something else is spoken of."""
    for at in positions:
        token = tokens[at]
        apart = token.kind is Kind.PLACE or token.on is not None or token.has(Tag.MALE, Tag.FEMALE)
        if apart or token.tags & _OTHERS or token.text == "?":
            return
        if token.value and (token.kind is Kind.NUMBER or _counts_group(tokens, at)):
            yield at


def _counts_group(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a number taken for noise stands before a group, "4 ca sáng"; behind one it is a name."""
    token = tokens[at]
    if token.kind is not Kind.NOISE or token.tags or at + 1 >= len(tokens):
        return False
    return tokens[at + 1].kind is Kind.WORD and not (at and tokens[at - 1].has(Tag.LABEL, Tag.TASK))


def _adding_up(tokens: Sequence[Token], positions: Sequence[int], whole: int) -> list[int]:
    """Return the nearest numbers that come to the whole, at least two of them; else none."""
    added = 0
    for count, at in enumerate(positions, 1):
        added += _value(tokens, at)
        if added >= whole:
            return list(positions[:count]) if added == whole and count >= _FEWEST else []
    return []


def _value(tokens: Sequence[Token], at: int) -> int:
    return tokens[at].value or 0
