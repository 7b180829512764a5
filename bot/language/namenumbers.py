"""Numbers that belong to the name of a workplace: Trường Tân Lập 2, Xí nghiệp 71, Trường mầm non 19/5."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.lexicon import Lexicon
from bot.language.tags import tags
from bot.language.tokens import Kind, Token

CORE = tags("admit join new_member dialogue conference conference_other agreement found union")
_FAR = 60  # Tokens; a bound, so that a page without an end is read in linear time.
_AFTER_NUMBER = tags("admit done held")
_AFTER_LEADING = _AFTER_NUMBER | tags(
    "intro today yesterday two_days_ago day_intro of_day weekday sunday past_vague week_last week_this "
    "found no not_yet nil join first_time sign planned future"
)
_NUMBERED = frozenset({"cong ty", "cty", "xi nghiep", "xn", "tong cong ty", "benh vien", "bv", "nong truong"})
_NUMBERED_KINDS = frozenset({"phuong", "quan"})  # Trạm y tế phường 5
_UNITS = tags("person worker attendee member new_member couple firm deed event agreement thing")
_FEASTS = frozenset(
    {(30, 4), (1, 5), (2, 9), (19, 5), (1, 6), (3, 2), (26, 3), (22, 12), (27, 7), (19, 8), (10, 10), (7, 5)}
    | {(8, 3), (20, 10), (20, 11)}
)


def leads_line(words: Lexicon, tokens: Sequence[Token], start: int) -> bool:
    """Tell whether nothing is counted or reported before the name, so that a number in it is no value."""
    for at in range(start - 1, max(-1, start - 1 - _FAR), -1):
        if tokens[at].kind is Kind.BREAK:
            return True
        match = words.match(tokens, at)
        if tokens[at].kind is Kind.NUMBER or (match is not None and match.tags & CORE):
            return False
    return start <= _FAR


def is_number_of_name(words: Lexicon, tokens: Sequence[Token], at: int, leading: bool) -> bool:
    """Tell whether a number belongs to a name: Trường Tân Lập 2 kết nạp ..., Trường Tân Lập 2: ...

    Where the name leads its line, "Trường Tân Lập 2 có 1 cô" and "Trường Tân Lập 2 hôm qua" are names too.
    """
    token = tokens[at] if at + 1 < len(tokens) else None
    if token is None or token.kind is not Kind.NUMBER or len(token.text) > 2 or token.text.startswith("0"):
        return False
    after = tokens[at + 1]
    if after.text == ":":
        return True
    match = words.match(tokens, at + 1 if after.text != "," else at + 2) if at + 2 < len(tokens) else None
    if match is None:
        return False
    if leading:
        return bool(match.tags & (CORE if after.text == "," else _AFTER_LEADING)) and not match.tags & _UNITS
    return after.text != "," and bool(match.tags & _AFTER_NUMBER) and "có" not in after.low


def is_number_alone(words: Lexicon, tokens: Sequence[Token], start: int, at: int) -> bool:
    """Tell whether a number is the whole name: "Xí nghiệp 71 kết nạp 4", but "cty 12 lao động"."""
    if at + 1 >= len(tokens) or tokens[at].kind is not Kind.NUMBER:
        return False
    if tokens[at - 1].key in _NUMBERED_KINDS:
        after = words.match(tokens, at + 1)
        return after is None or not after.tags & _UNITS
    if len(tokens[at].text) not in (2, 3):
        return False
    match = words.match(tokens, at + 1)
    before = " ".join(token.key for token in tokens[start:at])
    known = any(before == kind or before.startswith(f"{kind} ") for kind in _NUMBERED)
    return known and match is not None and bool(match.tags & _AFTER_NUMBER) and not match.tags & _UNITS


def is_feast_of_name(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether 19/5 or 30-4 stands right behind the type of a school or farm, as its name."""
    if at >= len(tokens) or tokens[at].kind is not Kind.PAIR:
        return False
    feast = (tokens[at].value, tokens[at].second) in _FEASTS
    return feast and tokens[at - 1].key in {
        "non", "mn", "giao", "hoc", "thcs", "nghiep", "truong", "th", "vien", "bv", "su",
    }  # fmt: skip
