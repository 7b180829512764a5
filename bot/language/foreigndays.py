"""Days that are of another matter: of a decision or a letter, of a feast, of when somebody was hired."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token

_BETWEEN = tags("found admit union intro member done new_member sign")
_DAYS_OFF = ("tang ca", "lam them", "nghi", "nghi bu", "lam bu", "truc", "di lam")
_HOLIDAY = frozenset({"nghi", "nghi le", "duoc nghi", "la le", "le", "nghi bu", "la ngay le"})
_SINCE = frozenset({"tu", "ngay", "hom", "tu ngay", "tu hom", "luc", "hoi", "viec"})
_ENTERING = frozenset({"vao", "vo", "zo", "dzo", "di", "bat dau", "nhan", "dau", "duoc nhan vao"})
_HIRING = frozenset(
    {
        "nhan viec",
        "vao lam",
        "vo lam",
        "di lam",
        "lam viec",
        "thu viec",
        "tuyen",
        "tuyen dung",
        "tuyen vao",
        "ky hop dong",
    }
)
_NEAR = 4


def is_of_other_matter(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the date at `at` is not the day of what is reported."""
    return _is_of_document(tokens, at) or _is_of_hiring(tokens, at)


def _is_of_hiring(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the day is when somebody began to work: "5 bạn vào làm từ 1/3"."""
    back = at - 1
    while back > max(0, at - _NEAR) and tokens[back].key in _SINCE:
        back -= 1
    if back < 0:
        return False
    entering = back > 0 and tokens[back].key == "lam" and tokens[back - 1].key in _ENTERING
    return entering or tokens[back].key in _HIRING


def _is_of_document(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a date is that of a decision or a letter, or a feast; minutes bear the event's date."""
    if at + 1 < len(tokens) and _is_holiday(tokens[at + 1]):
        return True
    said_before = " ".join(token.key for token in tokens[max(0, at - 2) : at])
    if said_before.endswith(_DAYS_OFF) and "/" not in tokens[at].text:
        return True  # "đối thoại về chuyện tăng ca chủ nhật"
    back = at - 1
    for _ in range(5):
        if back < 0:
            return False
        token = tokens[back]
        if token.has(Tag.FEAST) and back < at - 1 and not any(sign.isdigit() for sign in tokens[at].text):
            return False  # "chào mừng 26/3 hôm qua"
        if token.has(Tag.NOISE_CODE) or (token.has(Tag.FEAST) and (back == at - 1 or " " in token.key)):
            return True
        if token.has(Tag.DUE, Tag.TASKS) and back == at - 1:
            return True
        if token.has(Tag.DOCUMENT):
            hired = token.key == "hop dong" and back > 0 and tokens[back - 1].has(Tag.PERSON, Tag.WORKER)
            return not token.has(Tag.PLANNED) and not hired  # "6 giáo viên hợp đồng ngày 17/9"
        if not (
            token.has(Tag.FIRM, Tag.OWN)
            or token.kind is Kind.NOISE
            or token.tags & _BETWEEN
            or token.has(Tag.NUMBER_OF)
            or token.key in ("ky", ":", "va", "cua")
        ):
            return False
        back -= 1
    return False


def _is_holiday(after: Token) -> bool:
    """Tell whether the word behind a date makes it a feast: "30/4 nghỉ lễ nên bên em họp sớm"."""
    return after.key in _HOLIDAY or (after.has(Tag.FEAST) and after.key.startswith("nghi"))
