"""Words become what they stand for: phrases get the tags of the vocabulary, number words become numbers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.lexicon import Lexicon, Match, lexicon
from bot.language.numerals import Numeral, named_digit, read_numeral
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token, merged

UNITS = tags(
    "person worker attendee event firm deed couple member union new_member dialogue "
    "conference agreement thing title female conference_short"
)
_NO_NUMBER = tags("person past_vague")
_NAMING = tags("weekday month quarter part_of end_of")
_ORDERING = frozenset({Tag.NUMBER_OF, Tag.LABEL, Tag.TASK})
_VALUE_BEFORE = tags("admit new_member dialogue conference grow total rather")
_YEAR_BEFORE = frozenset(
    {"trong", "dau", "cuoi", "ca", "moi", "hang", "nhieu", "giua", "nua", "het", "qua", "sinh", "mot"}
)
_YEAR_AFTER = frozenset({"nay", "ngoai", "truoc", "sau", "roi", "hoc", "toi", "qua", "nao", "vua"})
_SAYING = frozenset({"duoc", "dc", "la", "them", "co", "thanh", "con"})
_SCALES = frozenset({"mươi", "trăm", "chục", "tram", "chuc"})
_MOST_DIGIT = 9
_BEHIND_AFTER = frozenset({"tet", "le", "khi", "do", "nay", "dich", "cung", "hoi", "buoi"})
_AGE_BACK = 6
_SOMEBODY = frozenset({Tag.PERSON})
_CUT_BEHIND_FIRST = frozenset({("du", "kien", "nghi"), ("du", "dinh", "ky")})
_DAYS = frozenset({"ngay", "mung", "mong", "hom", "bua"})


def mark(tokens: Sequence[Token], text: str, words: Lexicon | None = None) -> list[Token]:
    """Return the tokens with phrases and number words merged and tagged, in order."""
    words = words or lexicon()
    marked: list[Token] = []
    at = 0
    while at < len(tokens):
        step = _numeral(words, tokens, at, marked, text) or _phrase(words, tokens, at, marked, text)
        marked.append(step[0])
        at += step[1]
    return marked


def _phrase(
    words: Lexicon, tokens: Sequence[Token], at: int, before: Sequence[Token], text: str
) -> tuple[Token, int]:
    token = tokens[at]
    if _is_odd_years(tokens, at):
        return token, 1
    if token.text == "HK" and before and before[-1].has(Tag.PERSON, Tag.LABEL):
        return token, 1  # A house-keeping team, not the "hk" that denies.
    if token.low == "bn" and before and before[-1].kind is Kind.NUMBER:
        return token._replace(key="ban", tags=_SOMEBODY), 1  # "5 bn" are persons, "bn người" asks.
    if token.code or token.kind not in (Kind.WORD, Kind.SIGN, Kind.NUMBER):
        return token, 1
    match: Match | None = words.match(tokens, at)
    if match is None or (match.length == 1 and _is_given_name(token, before)):
        return token, 1
    if Tag.MEMBER in match.tags and _is_new(tokens, at + match.length):
        match = Match(match.length + 1, frozenset({Tag.NEW_MEMBER}))  # "đoàn vieen mới 8": a slip is new too.
    if match.length > 1 and _ends_attendance(tokens, at, match.length, before):
        match = words.match(tokens[: at + 1], at) or match
    if match.length > 1 and _ends_with_ky(tokens, at, match.length):
        return token, 1
    if match.length > 1 and tokens[at + match.length - 1].key == "may":
        match = _without_plural(words, tokens, at, match)
    return merged(list(tokens[at : at + match.length]), text, Kind.WORD, match.tags), match.length


def _is_odd_years(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether mấy only rounds an age: "tuổi hơi cao, 50 mấy rồi"."""
    if not at or tokens[at].key != "may" or tokens[at - 1].kind is not Kind.NUMBER:
        return False
    return (tokens[at - 1].value or 0) % 10 == 0 and any(
        token.key == "tuoi" for token in tokens[max(0, at - _AGE_BACK) : at + 2]
    )


def _is_new(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "mới" and a number, or the end of the clause, stand behind members."""
    if at >= len(tokens) or tokens[at].low not in ("mới", "moi", "ms", "mơi"):
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is None or after.kind is not Kind.WORD or after.key in ("la", "duoc", "dc")


def _ends_attendance(tokens: Sequence[Token], at: int, length: int, before: Sequence[Token]) -> bool:
    """Tell whether "20 người dự kiến nghị" is dự and kiến nghị, not dự kiến."""
    after = tokens[at + length].key if at + length < len(tokens) else ""
    cut = (tokens[at].key, tokens[at + 1].key, after) in _CUT_BEHIND_FIRST
    return cut and bool(before) and before[-1].has(Tag.PERSON, Tag.WORKER, Tag.ATTENDEE)


def _ends_with_ky(tokens: Sequence[Token], at: int, length: int) -> bool:
    """Tell whether "ky ket nap" is a name in Kỳ and kết nạp, not ký kết."""
    keys = [token.key for token in tokens[at : at + length + 1]]
    return keys == ["ky", "ket", "nap"]


def _without_plural(words: Lexicon, tokens: Sequence[Token], at: int, match: Match) -> Match:
    """Return the phrase without "mấy" where it only means several: "kết nạp mấy bạn thời vụ: tổ 1 5, ..."."""
    end = at + match.length
    person = words.match(tokens, end) if end < len(tokens) else None
    counted = sum(token.kind is Kind.NUMBER for token in tokens[end:])
    if person is None or not person.tags & {Tag.PERSON, Tag.TITLE} or not counted:
        return match
    return words.match(tokens[: end - 1], at) or match


def _is_given_name(token: Token, before: Sequence[Token]) -> bool:
    """Tell whether a capital behind a title makes the word a name: cô Lan, thầy Mai."""
    return bool(before) and before[-1].has(Tag.KIN) and token.text.istitle()


def _numeral(
    words: Lexicon, tokens: Sequence[Token], at: int, before: Sequence[Token], text: str
) -> tuple[Token, int] | None:
    """Return the number that stands at `at` in words, if its neighbours bear it out."""
    naming = _named(tokens, at, before) or _labelling(tokens, at, before)
    if naming is not None:
        return naming, 1
    found = read_numeral(tokens, at)
    if found is None:
        return None
    phrase = words.match(tokens, at)
    if phrase is not None and found.length < phrase.length and phrase.tags & _NO_NUMBER:
        return None  # "ba con" is bà con, "sau tet" after the feast.
    if not _is_borne_out(words, tokens, at, found, before):
        return None
    either = found.either or _may_be_men(tokens, at)
    tags = frozenset({Tag.SPOKEN, Tag.EITHER}) if either else frozenset({Tag.SPOKEN})
    whole = merged(list(tokens[at : at + found.length]), text, Kind.NUMBER, tags)
    return whole._replace(value=found.value), found.length


def _may_be_men(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "nam nu" without accents may be men and women as well as five women."""
    return tokens[at].low == "nam" and at + 1 < len(tokens) and tokens[at + 1].low == "nu"


def _named(tokens: Sequence[Token], at: int, before: Sequence[Token]) -> Token | None:
    """Return the digit of thứ năm, tháng tư, quý I: there the word is never a year nor a father."""
    if not before or tokens[at].kind is not Kind.WORD or not before[-1].tags & _NAMING:
        return None
    numeral = read_numeral(tokens, at)
    year_follows = at + 1 < len(tokens) and tokens[at + 1].key == "nam" and _is_year(tokens, at + 1, None)
    ten = numeral is not None and _is_ten_before_number(tokens, at)
    longer = numeral is not None and numeral.length > 1 and not year_follows and not ten
    if longer and (tokens[at + 1].low in _SCALES or not _is_digit(tokens[at])):
        return None  # But "tháng năm năm ngoái" is May of last year, "tháng ba mười lăm người" March.
    value = 10 if ten else named_digit(tokens[at])
    if value is None:
        return None
    return tokens[at]._replace(kind=Kind.NUMBER, value=value, tags=frozenset({Tag.SPOKEN}))


def _is_ten_before_number(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "tháng mười hai mươi người" is October and twenty, as "mươi" goes on with the hai."""
    return tokens[at].key == "muoi" and at + 2 < len(tokens) and tokens[at + 2].low in _SCALES


def _is_digit(token: Token) -> bool:
    return (named_digit(token) or _MOST_DIGIT + 1) <= _MOST_DIGIT


def _labelling(tokens: Sequence[Token], at: int, before: Sequence[Token]) -> Token | None:
    """Return the digit that names a group, where another follows: "tổ một năm người, tổ hai sáu người"."""
    if not before or not before[-1].has(Tag.LABEL) or at + 1 >= len(tokens):
        return None
    value, second = (named_digit(token) if token.kind is Kind.WORD else None for token in tokens[at : at + 2])
    if value is None or second is None:
        return None
    return tokens[at]._replace(kind=Kind.NUMBER, value=value, tags=frozenset({Tag.SPOKEN}))


def _is_borne_out(
    words: Lexicon, tokens: Sequence[Token], at: int, found: Numeral, before: Sequence[Token]
) -> bool:
    after = at + found.length
    previous = before[-1] if before else None
    if after < len(tokens) and (tokens[after].code or tokens[after].key in ("may", "vai")):
        return bool(tokens[after].code)
    if previous is not None and previous.has(Tag.MANY):
        return False
    if found.length > 1 and not _is_loose(tokens, at, found):
        return True
    if tokens[at].low == "sau" and after < len(tokens) and tokens[after].key in _BEHIND_AFTER:
        return False  # "đợt sau tết"
    if previous is not None and _is_name(previous, before, tokens[at]):
        return False
    if tokens[at].low == "nam" and [token.key for token in tokens[at + 1 : at + 3]] == ["/", "nu"]:
        return False  # "nam/nữ: 3/5"
    labelled = len(before) > 1 and before[-2].has(Tag.LABEL)
    grouped = labelled or _is_behind_month(words, tokens, after, before)
    if tokens[at].key == "nam" and not grouped and _is_year(tokens, at, previous):
        return False
    if after < len(tokens) and tokens[after].kind is Kind.NUMBER:
        return False  # "nam 2 nữ 7" counts men.
    following = words.match(tokens, after) if after < len(tokens) else None
    if tokens[at].low == "chuc" and following is not None and Tag.PERSON not in following.tags:
        return False  # "chuc chi" wishes somebody well.
    if following is not None and _counts(following.tags, tokens, after):
        return True
    if following is not None and Tag.AGO in following.tags and tokens[at].key != "sau":
        return any(token.kind is Kind.NUMBER for token in before)  # "kết nạp 5 đv hai bữa trước"
    if tokens[at].low == "sau" and any(token.low != token.key for token in tokens):
        return False  # "đoàn viên 0 (kết nạp sau)": who types accents would have typed sáu.
    return previous is not None and _brings_value(previous, tokens, at) and not _reads_on(following)


def _is_behind_month(words: Lexicon, tokens: Sequence[Token], after: int, before: Sequence[Token]) -> bool:
    """Tell whether persons are counted behind a month: "ngày ba tháng tư năm bạn"."""
    following = words.match(tokens, after) if after < len(tokens) else None
    counted = following is not None and bool(following.tags & {Tag.PERSON, Tag.WORKER, Tag.MEMBER})
    return counted and len(before) > 1 and before[-2].has(Tag.MONTH)


def _is_loose(tokens: Sequence[Token], at: int, found: Numeral) -> bool:
    """Two bare digits in a row ("ba chin"), or a year that follows one ("muoi nam"), do not speak alone."""
    accented = any(token.low != token.key for token in tokens[at : at + found.length])
    return (
        found.length == 2 and not accented and tokens[at + 1].key in ("nam", "tu", "ba", "bay", "tam", "sau")
    )


def _is_name(previous: Token, before: Sequence[Token], token: Token) -> bool:
    """Tell whether the word is a name behind a title: anh Ba, cô Sáu, Út Mười."""
    if not previous.has(Tag.KIN) or previous.low == "co":  # Without its accent "co" is có, not cô.
        return False
    counted = len(before) > 1 and before[-2].kind is Kind.NUMBER
    return not counted or token.text[0].isupper()


def _is_year(tokens: Sequence[Token], at: int, previous: Token | None) -> bool:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is not None and (following.key in _YEAR_AFTER or (following.value or 0) > 1900):
        return True
    if previous is not None and previous.has(Tag.NEW_MEMBER):
        return False  # The "moi" of "doan vien moi nam nguoi" is no "mỗi năm".
    return previous is not None and (
        previous.kind in (Kind.NUMBER, Kind.PAIR) or previous.key.rpartition(" ")[2] in _YEAR_BEFORE
    )


def _counts(tags: frozenset[Tag], tokens: Sequence[Token], at: int) -> bool:
    """Tell whether what follows is counted; a lone title is not when it only addresses someone."""
    if not tags & UNITS:
        return False
    if tags & UNITS <= {Tag.TITLE, Tag.FEMALE, Tag.COUPLE} and Tag.TITLE in tags:
        return at + 1 < len(tokens) and tokens[at + 1].key not in ("oi", "a", "nha", "nhe")
    return True


def _brings_value(previous: Token, tokens: Sequence[Token], at: int) -> bool:
    if previous.tags & (_VALUE_BEFORE | _ORDERING) or previous.key.rpartition(" ")[2] in (_SAYING | _DAYS):
        return True
    return previous.text in (":", "=")


def _reads_on(following: Match | None) -> bool:
    """Tell whether the next words make the single word something else: một số, sau khi."""
    return following is not None and Tag.NUMBER_OF in following.tags
