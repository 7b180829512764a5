"""Days that stand side by side settle each other: a weekday beside its date, a range, lunar days, lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from bot.language import calendar
from bot.language.tags import Tag
from bot.language.tokens import NO_TAGS, Kind, Token

LAST_YEAR = frozenset({"nam ngoai", "nam roi", "nam truoc", "nam vua roi", "nam vua qua"})
_TO = frozenset({"den", "toi", "-", "den ngay", "toi ngay", ">"})
_FROM = frozenset({"tu"})
_AS_OF = ("tinh den", "tinh toi", "den het", "toi het", "den thoi diem", "toi thoi diem", "het ngay")
_UNTIL = ("den", "toi", "cho den", "cho toi")
_AND = frozenset({"va", ",", "-", "&", "+"})
_TWO = 2
_GOING_ON = frozenset({"duoc", "co", "them", "co them", "duoc them", "lai them"})
_LIGHT = frozenset({",", "("})


def reconcile(tokens: list[Token], today: date) -> list[Token]:
    """Return the tokens with days that belong together read together."""
    tokens = _listed(_of_last_year(_now(tokens, today), today), today)
    for step in (_doubled, _until, _ranges, _put_off, _lunar, _same_days):
        tokens = step(tokens)
    return tokens


def _now(tokens: list[Token], today: date) -> list[Token]:
    """Take the "nay" of "hôm qua kết nạp 5, nay thêm 3" for today: another day was said before it."""
    said = False
    for at, token in enumerate(tokens[:-1]):
        said = said or (token.on is not None and token.on < today)
        if not said or token.low != "nay" or token.kind is not Kind.WORD or tokens[at - 1].kind is Kind.DATE:
            continue
        after = tokens[at + 1]
        if after.kind is Kind.NUMBER or after.has(Tag.MORE, Tag.ADMIT, Tag.JOIN) or after.key in _GOING_ON:
            tokens[at] = token._replace(kind=Kind.DATE, on=today, tags=NO_TAGS)
    return tokens


def _put_off(tokens: list[Token]) -> list[Token]:
    """Take the first day of "dời từ 12/8 sang 14/8" for none, and a day moved into the past for no plan."""
    for at, token in enumerate(tokens):
        if not token.has(Tag.PLANNED) or not token.key.startswith("doi"):
            continue
        days = [ahead for ahead in range(at + 1, min(at + 7, len(tokens))) if tokens[ahead].kind is Kind.DATE]
        if len(days) < _TWO or tokens[days[1]].on is None:
            continue
        tokens[days[0]] = tokens[days[0]]._replace(on=None, tags=frozenset({Tag.VAGUE}))
        tokens[at] = token._replace(tags=token.tags - {Tag.PLANNED})
    return tokens


def _same_days(tokens: list[Token]) -> list[Token]:
    """Give "chiều đó" and "cùng ngày" the day that was said before."""
    last: date | None = None
    for at, token in enumerate(tokens):
        if token.kind is Kind.DATE and token.has(Tag.SAME_DAY):
            tokens[at] = token._replace(on=last)
        elif token.on is not None:
            last = token.on
    return tokens


def _of_last_year(tokens: list[Token], today: date) -> list[Token]:
    """Give "năm ngoái kết nạp 5 đoàn viên ngày 20/5" its year; another year or a new sentence ends it."""
    said = False
    for at, token in enumerate(tokens):
        if token.kind is Kind.DATE and token.key in LAST_YEAR:
            said = True
        elif token.kind is Kind.BREAK or token.text in (".", ";") or _names_year(token):
            said = False
        elif said and token.on is not None and token.has(Tag.YEARLESS):
            on = calendar.exact(token.on.day, token.on.month, today.year - 1)
            tokens[at] = token._replace(on=on, tags=token.tags - {Tag.COMING, Tag.YEARLESS})
    return tokens


def _names_year(token: Token) -> bool:
    return token.kind is Kind.DATE and token.on is None and token.key.startswith("nam ")


def _listed(tokens: list[Token], today: date) -> list[Token]:
    """Give "ngày 18 và 19" two days, and "ngày 5 và 12/6" the month that is said once."""
    for at in range(len(tokens) - 2):
        first, link, second = tokens[at : at + 3]
        if not _is_day_alone(first) or link.key not in _AND:
            continue
        if second.kind is Kind.DATE and second.on is not None and "/" in second.text:
            on = calendar.exact(_last_number(first), second.on.month, second.on.year)
            tokens[at] = first._replace(on=on)
        elif link.key == "va" and second.kind is Kind.NUMBER and _names_day(tokens, at + 2):
            on = calendar.latest_day_of_month(second.value or 0, today)
            tokens[at + 2] = second._replace(kind=Kind.DATE, on=on, value=None)
    return tokens


def _is_day_alone(token: Token) -> bool:
    return token.kind is Kind.DATE and token.on is not None and bool(_last_number(token))


def _last_number(token: Token) -> int:
    """Return the number of "ngày 18"; 0 where a month is said too."""
    word = token.text.split()[-1]
    return int(word) if word.isdigit() else 0


def _names_day(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a number behind "ngày 18 và" is a day: nothing is counted by it."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    counted = after is not None and after.has(
        Tag.PERSON, Tag.WORKER, Tag.MEMBER, Tag.NEW_MEMBER, Tag.EVENT, Tag.TITLE
    )
    return 1 <= (tokens[at].value or 0) <= 31 and not counted


def _doubled(tokens: list[Token]) -> list[Token]:
    """Keep the date of "thứ ba ngày 11/6" and "hôm nay 19/6": the day in figures is the surer one."""
    for at, token in enumerate(tokens):
        if token.kind is not Kind.DATE or token.on is None or "/" in token.text:
            continue
        after = next((other for other in tokens[at + 1 : at + 3] if other.text not in _LIGHT), None)
        if (
            after is not None
            and after.kind is Kind.DATE
            and after.on is not None
            and not token.text[-1].isdigit()
        ):
            tokens[at] = token._replace(on=None, tags=frozenset({Tag.VAGUE}))
    return tokens


def _ranges(tokens: list[Token]) -> list[Token]:
    """Take the days of "từ 1/6 đến 15/6" for none: nothing says on which of them it was."""
    for at in range(len(tokens) - 2):
        first, link, last = tokens[at : at + 3]
        if link.kind is Kind.DATE and link.key.startswith(_UNTIL) and _begins_range(tokens, at):
            tokens[at] = first._replace(on=None, tags=frozenset({Tag.VAGUE}))
        if first.kind is last.kind is Kind.DATE and link.key in _TO and link.text != ",":
            vague = frozenset({Tag.VAGUE})
            tokens[at], tokens[at + 2] = (
                first._replace(on=None, tags=vague),
                last._replace(on=None, tags=vague),
            )
    return tokens


def _until(tokens: list[Token]) -> list[Token]:
    """Take the day of "tính đến 10/4" and "đến hết ngày 31/3" for none: it only ends a time."""
    for at, token in enumerate(tokens):
        said = " ".join(near.key for near in (*tokens[max(0, at - 2) : at], token))
        if token.kind is Kind.DATE and token.on is not None and any(word in said for word in _AS_OF):
            tokens[at] = token._replace(on=None, tags=frozenset({Tag.VAGUE}))
    return tokens


def _begins_range(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "từ" leads the day of "từ ngày 1/1 đến nay"."""
    led = at > 0 and tokens[at - 1].key.rpartition(" ")[2] in _FROM
    return tokens[at].kind is Kind.DATE and (led or not _FROM.isdisjoint(tokens[at].key.split()[:2]))


def _lunar(tokens: list[Token]) -> list[Token]:
    """Turn "mùng" days into lunar ones when one of them is a feast: "mùng 10/3 nghỉ, mùng 11 họp"."""
    feasts = [
        token
        for token, after in pairwise(tokens)
        if _is_new_moon(token) and (after.key == "nghi" or after.has(Tag.LUNAR))
    ]
    if not feasts:
        return tokens
    lunar = frozenset({Tag.LUNAR})
    return [token._replace(on=None, tags=lunar) if _is_new_moon(token) else token for token in tokens]


def _is_new_moon(token: Token) -> bool:
    return token.kind is Kind.DATE and bool({"mung", "mong"} & set(token.key.split()))
