"""Figures that count nothing are called by their names here, before anyone may take them for a result.

Document numbers with their dates, numbered workshops and tasks, years, ages, shares, list numbers and the
limits of a class ("dưới 25 lao động") become NOISE or a class; what is left as NUMBER may count.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.attendance import settle_attendance
from bot.language.classes import name_classes
from bot.language.foreigndays import is_of_other_matter
from bot.language.marking import UNITS
from bot.language.tags import Tag, tags
from bot.language.tokens import NO_TAGS, Kind, Token

_PERSONS = tags("person worker attendee member new_member")
_COUNTED = UNITS - {Tag.THING, Tag.TITLE}
_LIST_SIGNS = frozenset(".)/-,")
_FAR = 60  # Tokens; a bound, so that a page without an end is read in linear time.
_TIMES = "x"  # "ĐT x2" are two.
_SETTLING = ("tra loi", "giai quyet", "giai dap", "xu ly", "thao go", "dong y", "chap thuan", "dap ung")
_AT_ONCE = frozenset({"ngay", "duoc", "dc", "luon", "lien", "xong", "het", "tai cho", "tai", "cho", "roi"})
_SETTLED_FAR = 5
_CHOOSING = frozenset({"bầu", "bau"})
_CHOSEN = ("bau ra", "bau duoc", "bau lai", "bau chon")
_STANDING_FOR = ("thay mat", "thay mat cho", "dai dien cho")
_TRADES = frozenset(
    {
        "day",
        "giang day",
        "ve sinh",
        "kiem tra",
        "giam sat",
        "quy",
        "bao hiem",
        "tuyen dung",
        "sua chua",
        "thi dua",
        "van nghe",
    }
)

_WRITTEN_TIMES = frozenset(
    {"cong", "dem", "ghi", "nhap", "tinh", "gui", "go", "ke", "khai", "lap", "bi trung"}
)
_OF = frozenset({"o", "ben", "tai", "cua", "thuoc", "trong"})  # "ở tổ may 2" names a crew.


def name_distractors(tokens: list[Token]) -> list[Token]:
    """Return the tokens with every figure that counts nothing turned into NOISE; their number stays."""
    tokens = _list_numbers(tokens)
    if any(token.has(Tag.UNION, Tag.FOUND) for token in tokens):
        tokens = name_classes(tokens)
    tokens = [_plain_pair(token) for token in tokens]
    return settle_attendance(_silence(_plain_brackets(_jobs(tokens))))


def _jobs(tokens: list[Token]) -> list[Token]:
    """Take "dạy" in "một thầy dạy hàn" for the trade of who is counted, not for other news."""
    for at in range(2, len(tokens)):
        counted = tokens[at - 2].kind is Kind.NUMBER and tokens[at - 1].has(Tag.PERSON, Tag.TITLE, Tag.WORKER)
        if counted and tokens[at].has(Tag.ASIDE) and tokens[at].key in _TRADES:
            tokens[at] = tokens[at]._replace(tags=NO_TAGS)
    return tokens


def _plain_brackets(tokens: Sequence[Token]) -> list[Token]:
    """Leave out the brackets of "cty Minh Tâm (5), cty Hải Long (7 đv)": the number is of the place."""
    plain: list[Token] = []
    closing = -1
    for at, token in enumerate(tokens):
        end = _closing(tokens, at) if plain and plain[-1].kind is Kind.PLACE else _closing_class(tokens, at)
        if end is not None:
            closing = end
        elif at != closing:
            plain.append(token)
    return plain


def _closing(tokens: Sequence[Token], at: int) -> int | None:
    """Return where a bracket closes that opens at `at` and holds one number, of members or of nothing."""
    if tokens[at].text != "(" or at + 2 >= len(tokens) or tokens[at + 1].kind is not Kind.NUMBER:
        return None
    end = at + 2
    if tokens[end].has(Tag.MEMBER, Tag.NEW_MEMBER):
        end += 1
    alone = end < len(tokens) and tokens[end].text == ")"
    ends = end + 1 >= len(tokens) or tokens[end + 1].kind in (Kind.SIGN, Kind.BREAK)
    return end if alone and (ends or tokens[end + 1].has(Tag.AND)) else None


def _closing_class(tokens: Sequence[Token], at: int) -> int | None:
    """Return where a bracket closes that holds only a class: "CĐCS (trên 25 lđ): 2"."""
    held = at + 2 < len(tokens) and tokens[at + 1].has(Tag.CLASS_SMALL, Tag.CLASS_LARGE)
    return at + 2 if held and tokens[at].text == "(" and tokens[at + 2].text == ")" else None


def _list_numbers(tokens: Sequence[Token]) -> list[Token]:
    """Turn "1." and "2/" that head a line, or that count on inside one, into bullets."""
    named: list[Token] = []
    expected = 1
    alone = sum(_is_list_number(tokens, at, tokens[at].value or 0) for at in range(len(tokens))) == 1
    for at, token in enumerate(tokens):
        if _is_list_number(tokens, at, expected) and not (alone and at and tokens[at - 1].text == ":"):
            expected = (token.value or 0) + 1
            token = token._replace(kind=Kind.SIGN, tags=frozenset({Tag.BULLET}))
        named.append(token)
    return named


def _is_list_number(tokens: Sequence[Token], at: int, expected: int) -> bool:
    token = tokens[at]
    if (
        token.kind is not Kind.NUMBER
        or token.has(Tag.SPOKEN)
        or at + 2 >= len(tokens)
        or (token.value or 99) > 30
    ):
        return False
    sign, after = tokens[at + 1], tokens[at + 2]
    if sign.text not in _LIST_SIGNS or sign.start != token.end or after.kind is Kind.BREAK:
        return False
    if at == 0 or tokens[at - 1].kind is Kind.BREAK:
        return sign.text != "," or after.kind is Kind.WORD
    if token.value != expected or sign.text not in ".)":
        return False
    named = tokens[at - 1].text.istitle() and after.text.istitle() and expected > 1  # "1. Lê An 2. Vũ Bình"
    return named or tokens[at - 1].kind in (Kind.SIGN, Kind.NUMBER)


def _plain_pair(token: Token) -> Token:
    """Turn a pair that is no date into what it counts: 45/52 into 45, a range or a fraction into noise."""
    if token.kind is not Kind.PAIR:
        return token
    parts = token.value is not None and token.second is not None and token.value <= token.second
    if "/" in token.text and not token.has(Tag.FULL_DATE) and parts:
        return token._replace(kind=Kind.NUMBER)
    return token._replace(kind=Kind.NOISE)


def _silence(tokens: list[Token]) -> list[Token]:
    """Turn numbers into noise by their neighbours, and dates of documents with them."""
    for at, token in enumerate(tokens):
        counts_nothing = token.kind is Kind.NUMBER and _is_noise(tokens, at)
        if counts_nothing or (token.kind is Kind.DATE and is_of_other_matter(tokens, at)):
            tokens[at] = token._replace(kind=Kind.NOISE, tags=NO_TAGS, on=None)
    return tokens


def _is_noise(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    counted = after is not None and bool(after.tags & _COUNTED)
    if _counts_groups(tokens, at):
        return False
    if after is not None and not _heads_next(tokens, at + 1) and _is_uncounted(tokens, at + 1):
        return True
    if after is not None and after.kind is Kind.DATE and after.key.startswith("nam "):
        return before is None or not before.has(Tag.ADMIT, Tag.NEW_MEMBER)
    if (
        after is not None
        and after.key in ("len", "den", "toi", "-", "toi luc")
        and _leads_to_noise(tokens, at + 2)
    ):
        return True
    if before is None:
        return _is_bare_year(token, counted)
    if after is not None and after.low == "bên" and before.has(Tag.DIALOGUE):
        return True  # "đối thoại ba bên"
    if after is not None and after.key == "cai" and _is_matter(before):
        return True  # "kiến nghị mười cái, giải quyết tám cái"
    lasts = after is not None and after.key.split(" ")[0] == "ngay"
    if lasts and (before.has(Tag.HELD) or before.key == "trong"):
        return True  # "tổ chức 2 ngày 9 và 10/11"
    if _is_label(tokens, at - 1, counted):
        return not (counted and before.has(Tag.TASK) and not before.has(Tag.LABEL))
    repeats = after is not None and after.key == "lan" and before.key in _WRITTEN_TIMES
    if repeats and not any(other.has(Tag.DIALOGUE, Tag.CONFERENCE) for other in tokens[at + 2 : at + 4]):
        return True  # "tổ 1 em cộng 2 lần"
    if _numbers_crew(tokens, at):
        return True
    if before.has(Tag.TRADE) and _names_side(tokens, at - 1):
        return False  # "bên điều 2 đv" counts in the cashew factory; "điều 2" is an article.
    if before.has(Tag.DOCUMENT) or (before.has(Tag.NUMBER_OF) and before.key in ("so", "thu")):
        return not counted or before.has(Tag.DOCUMENT)
    if (not counted and _is_settled(tokens, at)) or _is_of_others(tokens, at):
        return True
    if before.has(Tag.EVENT) and not counted and (at < 2 or tokens[at - 2].kind is not Kind.NUMBER):
        return True
    if token.start == before.end and before.kind is Kind.WORD and not before.tags and before.key != _TIMES:
        return True
    return _is_bare_year(token, counted)


def _is_matter(before: Token) -> bool:
    """Tell whether what stands before a number is raised or settled at a meeting."""
    return before.key in ("giai quyet", "tra loi") or (before.has(Tag.THING) and not before.tags & _PERSONS)


def _is_of_others(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether those chosen or stood for are counted: "bầu 3 đại biểu", "thay mặt 300 công nhân"."""
    keys = " ".join(token.key for token in tokens[max(0, at - 2) : at])
    chosen = tokens[at - 1].low in _CHOOSING or keys.endswith(_CHOSEN)
    return (chosen and tokens[at + 1 : at + 2] != [] and tokens[at + 1].has(Tag.ATTENDEE)) or keys.endswith(
        _STANDING_FOR
    )


def _is_settled(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a number counts what was answered at a meeting: "5 câu hỏi, trả lời ngay 5"."""
    back = at - 1
    while back > max(0, at - _SETTLED_FAR) and tokens[back].key in _AT_ONCE:
        back -= 1
    keys = " ".join(token.key for token in tokens[max(0, back - 1) : back + 1])
    return keys.endswith(_SETTLING)


def _counts_groups(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the number is one of a row behind the verb: "kết nạp 4 xưởng 3 văn phòng 2 kho"."""
    before, behind = _is_group(tokens, at - 2), _is_group(tokens, at + 2)
    if (
        not _is_group(tokens, at)
        or not (before or behind)
        or (at and tokens[at - 1].has(Tag.LABEL) and not before)
    ):
        return False
    return any(token.has(Tag.ADMIT, Tag.JOIN, Tag.NEW_MEMBER) for token in tokens[max(0, at - _FAR) : at])


def _is_group(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "3 văn phòng" stands at `at`: a number and the name of those who are counted."""
    if not 0 <= at < len(tokens) - 1 or tokens[at].value is None or tokens[at].has(Tag.BULLET):
        return False
    named = tokens[at + 1].has(Tag.LABEL, Tag.TRADE, Tag.SHIFT) and not tokens[at + 1].has(*_PERSONS)
    return tokens[at].kind in (Kind.NUMBER, Kind.NOISE) and named


def _is_thing(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the word counts things: opinions, gifts, years. "Nam" is men or years."""
    token = tokens[at]
    if token.key == "cai" and _names_thing(tokens, at + 1):
        return True  # "3 cái mic"
    if token.kind is not Kind.WORD or not token.has(Tag.THING):
        return bool(token.tags & {Tag.NOISE_MONEY}) or token.text == "%"
    if token.has(Tag.KIN) and (at + 1 == len(tokens) or tokens[at + 1].key in ("oi", "a", "nha", "nghen")):
        return False  # "hai chục con ơi" speaks to somebody.
    if token.low == "nam":
        near = tokens[max(0, at - _FAR) : at + _FAR]
        return not any(other.has(Tag.FEMALE, Tag.ADMIT, Tag.JOIN, Tag.NEW_MEMBER) for other in near)
    if token.has(Tag.INTO) and at + 1 < len(tokens) and tokens[at + 1].kind is Kind.NUMBER:
        return False  # "10 xuong 8"
    if token.has(Tag.DAY_INTRO) and at + 1 < len(tokens) and tokens[at + 1].kind in (Kind.NUMBER, Kind.PAIR):
        return False
    return not token.tags & (_PERSONS | {Tag.EVENT, Tag.FIRM, Tag.DEED, Tag.COUPLE, Tag.TITLE, Tag.AGREEMENT})


def _names_thing(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word that no report knows stands at `at`."""
    return at < len(tokens) and tokens[at].kind is Kind.WORD and not tokens[at].tags - {Tag.THING, Tag.TRADE}


def _is_rate(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the number is "so many each": 5 người/đợt."""
    if at + 2 >= len(tokens) or tokens[at + 1].text != "/" or tokens[at + 2].kind is Kind.NUMBER:
        return False  # "210 đb/215" are 210 of 215.
    return tokens[at + 1].start == tokens[at].end and tokens[at + 2].start == tokens[at + 1].end


def _is_uncounted(tokens: Sequence[Token], at: int) -> bool:
    return _is_thing(tokens, at) or _is_rate(tokens, at)


def _heads_next(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the word names the next group, not what the number counts: "ca sáng 5 ca chiều 4"."""
    if not tokens[at].has(Tag.LABEL) or any(token.low == "là" for token in tokens[at + 1 : at + 2]):
        return False
    heads = any(
        tokens[where].key == tokens[at].key and (not where or tokens[where - 1].kind is Kind.WORD)
        for where in range(max(0, at - _FAR), at - 1)
    )
    return heads and any(token.kind is Kind.NUMBER for token in tokens[at + 2 : at + 4])


def _leads_to_noise(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and (
        tokens[at].kind is Kind.NOISE
        or (tokens[at].kind is Kind.NUMBER and at + 1 < len(tokens) and _is_thing(tokens, at + 1))
    )


def _is_label(tokens: Sequence[Token], at: int, counted: bool) -> bool:
    """Tell whether the word numbers a workshop, a shift or a task, so that the number behind it is a name."""
    token = tokens[at]
    if not token.has(Tag.LABEL, Tag.TASK) or token.has(Tag.SENT, Tag.GROW):
        return False
    named = bool(tokens[at + 2 : at + 3]) and tokens[at + 2].has(Tag.DIALOGUE, Tag.CONFERENCE)
    if token.key == "kho" and _ends_group(tokens, at):
        return False
    if counted and not named and (_is_crew(token) or token.low == token.key):
        return False
    replaces = token.has(Tag.INTO) and at > 0  # "10 xuong 8", "sua xuong 8"
    replaces = replaces and (tokens[at - 1].kind is Kind.NUMBER or tokens[at - 1].has(Tag.MEND))
    return not replaces and not _is_counted_group(tokens, at)


def _is_counted_group(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "4 kho 3 vp" counts those of the store: the number behind belongs to the next group."""
    if at == 0 or tokens[at - 1].kind is not Kind.NUMBER or at + 2 >= len(tokens):
        return False
    group, after = tokens[at + 2], tokens[at + 3] if at + 3 < len(tokens) else None
    named = group.kind is Kind.WORD and (not group.tags or group.has(Tag.TRADE, Tag.LABEL))
    return named and (after is None or after.kind in (Kind.NUMBER, Kind.SIGN, Kind.BREAK))


def _numbers_crew(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the number ends the name of one crew beside the figure: "trùng một bạn ở tổ may 2"."""
    if at < 3 or not tokens[at - 1].has(Tag.TRADE) or tokens[at - 3].key not in _OF:
        return False
    ends = at + 1 == len(tokens) or tokens[at + 1].kind in (Kind.SIGN, Kind.BREAK)
    ends = ends or tokens[at + 1].has(Tag.FILLER, Tag.DONE)
    if not ends or not tokens[at - 2].has(Tag.LABEL):
        return False
    others = [token for one, token in enumerate(tokens) if one != at and token.kind is Kind.NUMBER]
    return any(other.start < tokens[at].start for other in others) and all(
        other.has(Tag.PERSON, Tag.TITLE) or other.kind is not Kind.WORD or not other.has(Tag.LABEL)
        for other in tokens[at + 1 :]
    )


def _names_side(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a trade names the side of several: "bên điều 2", "may 5, điều 2 đv"."""
    if at > 0 and tokens[at - 1].low in ("bên", "ben", "hạt", "xưởng"):
        return True
    return at + 2 < len(tokens) and tokens[at + 2].has(Tag.MEMBER, Tag.NEW_MEMBER)


def _ends_group(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "kho 4" counts those admitted in the store: the number ends the clause behind the verb."""
    after = tokens[at + 2] if at + 2 < len(tokens) else None
    next_group = at + 3 < len(tokens) and tokens[at + 3].kind is Kind.NUMBER
    side = tokens[at - 1].low == "bên" if at > 0 else next_group
    admitting = any(
        token.has(Tag.ADMIT, Tag.NEW_MEMBER, Tag.JOIN) for token in (tokens if side else tokens[:at])
    )
    return admitting and (after is None or next_group or after.kind in (Kind.SIGN, Kind.BREAK))


def _is_crew(label: Token) -> bool:
    """Tell whether a label may also be what holds the people counted: "xưởng 12 người"."""
    return label.key in ("xuong", "nhom", "to", "doi", "co so", "nha may", "co quan")


def _is_bare_year(token: Token, counted: bool) -> bool:
    return not counted and len(token.text) == 4 and 1900 <= (token.value or 0) <= 2099


def _value(tokens: Sequence[Token], at: int) -> int | None:
    return tokens[at].value if at < len(tokens) and tokens[at].kind is Kind.NUMBER else None
