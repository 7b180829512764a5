"""Words run together around a number: "kếtnạp10đvhômthứ3" is kết nạp 10 đv hôm thứ 3."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.language.tokens import Kind, Token
from messages_vi.folding import bare

_WORDS = (
    "kết nạp đoàn viên đv dv bạn người ng anh chị em cô thầy hôm ngày bữa thứ sáng trưa chiều tối "
    "qua nay kia tuần trước rồi mới đối thoại hội nghị lao động công nhân cđ cđcs thỏa ước cuộc buổi "
    "lần tháng được đc thêm là có đã vừa tổ xưởng và dự nam nữ ạ nha nhé gv nv cn trường cty ký vào "
    "vô quý hnnlđ đt lđ nlđ tăng t"
)
_PIECES = {piece for word in _WORDS.split() for piece in (word, bare(word))}
_SHORTEST = 4
_LONGEST = 40
_LONGEST_PIECE = max(map(len, _PIECES))


def unglue(tokens: list[Token]) -> list[Token]:
    """Return the tokens with words that touch a number cut into those that they are made of."""
    found: list[Token] = []
    for at, token in enumerate(tokens):
        found += _cut(token) if token.kind is Kind.WORD and _touches_number(tokens, at) else [token]
    return found


def _touches_number(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if not _SHORTEST <= len(token.low) <= _LONGEST or len(token.low) != token.end - token.start:
        return False
    counted = (Kind.NUMBER, Kind.PAIR)
    before = at > 0 and tokens[at - 1].end == token.start and tokens[at - 1].kind in counted
    after = at + 1 < len(tokens) and tokens[at + 1].start == token.end and tokens[at + 1].kind in counted
    return before or after


def _cut(token: Token) -> list[Token]:
    pieces = _pieces(token.low)
    if len(pieces) < 2:
        return [token]
    found: list[Token] = []
    start = 0
    for piece in pieces:
        end = start + len(piece)
        found.append(
            token._replace(
                text=token.text[start:end],
                low=piece,
                key=bare(piece),
                start=token.start + start,
                end=token.start + end,
            )
        )
        start = end
    return found


@lru_cache(maxsize=512)
def _pieces(word: str) -> tuple[str, ...]:
    """Return the fewest known words that make up `word`; none where something is left over."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_PIECE), end):
            before = best[start]
            if before is not None and word[start:end] in _PIECES:
                longer = (*before, word[start:end])
                known = best[end]
                if known is None or len(longer) < len(known):
                    best[end] = longer
    return best[-1] or ()
