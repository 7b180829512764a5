"""Named workplaces: "cty Phú Hưng", "tram y te xa Loc Ninh". They are found first, so that no part of a name
(Út Mười, Tân Lập 2, Trường mầm non 19/5) is taken for a number, a date or a word of the report."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.firmlists import name_firms
from bot.language.lexicon import Lexicon, lexicon
from bot.language.numerals import read_numeral
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token, merged

_STRONG = tags(
    "admit join new_member member dialogue conference conference_other agreement found "
    "first_time union union_other nil held planned today yesterday two_days_ago future "
    "week_last week_this applied person worker renew"
)
_AFTER_FLAT = _STRONG | {
    Tag.DONE, Tag.NO, Tag.NOT_YET, Tag.STOP, Tag.DAY_INTRO, Tag.SENT, Tag.SIGN, Tag.CONFERENCE_SHORT,
    Tag.DIALOGUE_SHORT, Tag.GROW, Tag.INTRO, Tag.OF_DAY, Tag.WEEKDAY, Tag.QUARTER, Tag.PAST_VAGUE, Tag.MONTH,
}  # fmt: skip
_AFTER_OWN = _AFTER_FLAT | tags(
    "own kin title filler attending left total stock aside again asking_end and but more"
)
_FAR = 60  # Tokens; a bound, so that a page without an end is read in linear time.
_BEFORE_DAY = tags("of_day day_intro weekday month")
_LONGEST_FLAT_NAME = 6
_MOST_KINDS = 6
_LINKS = frozenset({"và", "va", "&", "-"})
_NUMBERED_KINDS = frozenset({"phuong", "quan"})  # Trạm y tế phường 5
_MAY_BE_NAMES = frozenset({"minh", "co", "chu", "con", "chau", "nha", "ta", "hong", "moi"})
_SYLLABLES = frozenset({"đông"})  # Crowded, or the end of a name: cty hồ đông, trường hà đông.
_CORE = tags("admit join new_member dialogue conference conference_other agreement found union")
_AFTER_NUMBER = tags("admit done held")
_AFTER_LEADING = _AFTER_NUMBER | tags(
    "intro today yesterday two_days_ago day_intro of_day weekday sunday past_vague week_last week_this "
    "found no not_yet nil join first_time sign planned future"
)
_NUMBERED = frozenset({"cong ty", "cty", "xi nghiep", "xn", "tong cong ty", "benh vien", "bv", "nong truong"})
_UNITS = tags("person worker attendee member new_member couple firm deed event agreement thing")
_FEASTS = frozenset(
    {(30, 4), (1, 5), (2, 9), (19, 5), (1, 6), (3, 2), (26, 3), (22, 12), (27, 7), (19, 8), (10, 10), (7, 5)}
    | {(8, 3), (20, 10), (20, 11)}
)
_NOT_FIRST = tags("own stop done no not_yet planned intro held sent asking_end conference_short")


def find_places(tokens: Sequence[Token], text: str) -> list[Token]:
    """Return the tokens with each named workplace merged into one of kind PLACE; generic words stay."""
    words = lexicon()
    shouting = _is_shouting(tokens)
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        numeral = read_numeral(tokens, at)
        if numeral is not None and numeral.length > 1:  # "mot tram linh nam" is no station called Linh Nam.
            found.extend(tokens[at : at + numeral.length])
            at += numeral.length
            continue
        match = words.match(tokens, at) if tokens[at].kind is Kind.WORD else None
        end = at + (match.length if match else 1)
        if match and Tag.PLACE_TYPE in match.tags:
            place_end = _end_of_name(words, tokens, at, end, shouting)
            if place_end is not None:
                found.append(merged(list(tokens[at:place_end]), text, Kind.PLACE))
                at = place_end
                continue
        found.extend(tokens[at:end])
        at = end
    return name_firms(found, text, words)


def _is_shouting(tokens: Sequence[Token]) -> bool:
    words = [token.text for token in tokens if token.kind is Kind.WORD and len(token.text) > 1]
    return bool(words) and sum(word.isupper() for word in words) > 0.7 * len(words)


def _end_of_name(words: Lexicon, tokens: Sequence[Token], start: int, at: int, shouting: bool) -> int | None:
    """Return where the name that follows the type word ends, or None where there is none."""
    at = _skip_kinds(words, tokens, at)
    if at >= len(tokens) or _is_generic(words, tokens, at):
        return None
    if not shouting:
        end = _end_of_capitals(words, tokens, start, at)
        if end is not None:
            return end
    return _end_of_flat(words, tokens, start, at, shouting)


def _skip_kinds(words: Lexicon, tokens: Sequence[Token], at: int) -> int:
    """Return the position behind TNHH, cổ phần, tiểu học, xã and further type words."""
    for _ in range(_MOST_KINDS):
        at += int(_links_kinds(words, tokens, at))
        match = words.match(tokens, at) if at < len(tokens) else None
        if match is None or not match.tags & {Tag.PLACE_KIND, Tag.PLACE_TYPE} or Tag.MEMBER in match.tags:
            return at
        if tokens[at].kind is Kind.SIGN and not _is_capital(tokens, at + 1):
            return at
        at += match.length
    return at


def _links_kinds(words: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "và", "&" or "-" stands between two words of a type: Xây dựng & Thương mại."""
    if at + 1 >= len(tokens) or tokens[at].low not in _LINKS or not _is_capital(tokens, at + 1):
        return False
    match = words.match(tokens, at + 1)
    return match is not None and Tag.PLACE_KIND in match.tags


def _is_generic(words: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the type word means the writer's own place: trường em, công ty tụi em, công ty mình."""
    match = words.match(tokens, at)
    if match is None or Tag.OWN not in match.tags:
        return False
    if match.length == 1 and tokens[at].text.istitle() and _is_capital(tokens, at + 1):
        following = words.match(tokens, at + 1)
        return following is not None and bool(following.tags & _STRONG)  # But "quán Cô Ba" is a name.
    return tokens[at].low not in _MAY_BE_NAMES or not _reads_as_name(words, tokens, at + 1)


def _reads_as_name(words: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a name goes on: "cty minh" is ours, "cty minh long" is a name."""
    if at >= len(tokens) or tokens[at].kind is not Kind.WORD:
        return False
    match = words.match(tokens, at)
    if match is None or Tag.TRADE in match.tags or _is_capital(tokens, at):
        return True
    weak = match.length == 1 and tokens[at].low == tokens[at].key
    return weak and not match.tags & _AFTER_OWN


def _end_of_capitals(words: Lexicon, tokens: Sequence[Token], start: int, at: int) -> int | None:
    """Follow a name written with capitals; trade words in small letters may stand before and inside it."""
    leading = _leads_line(words, tokens, start)
    end = None
    small = 0
    while at < len(tokens):
        match = words.match(tokens, at)
        tags = match.tags if match else frozenset()
        if _is_capital(tokens, at):
            if match and tags & _STRONG and _breaks_off(tokens[at : at + match.length], tags, end is None):
                break
            at += match.length if match and Tag.TRADE in tags else 1
            end, small = at, 0
            continue
        if end is not None and _is_number_of_name(words, tokens, at, leading):
            return at + 1
        if tokens[at].kind is Kind.SIGN and tokens[at].text in "-&." and end is not None:
            if not (_is_capital(tokens, at + 1) and tokens[at + 1].start == tokens[at].end):
                break
            at += 1
            continue
        if tokens[at].kind is not Kind.WORD:
            return at + 1 if end is None and _is_feast_of_name(tokens, at) else end
        if tags and not tags & {Tag.TRADE, Tag.PLACE_KIND} and (end is not None or tags & _AFTER_FLAT):
            break
        small += 1
        if small > 4:
            break
        at += match.length if match else 1
    return end


def _breaks_off(phrase: Sequence[Token], tags: frozenset[Tag], first: bool) -> bool:
    """Tell whether a word of the report ends a name with capitals: "Cty Phú Hưng Kết nạp 5", "... KN 5".

    A phrase of capitals is part of the name: Ba Con Rồng, Chị Em, and where nothing else is named Thành Lập.
    """
    if len(phrase) == 1:
        return phrase[0].text.isupper() and len(phrase[0].text) > 1
    if not all(token.text.istitle() for token in phrase):
        return True
    return not first and bool(tags & _CORE)


def _end_of_flat(words: Lexicon, tokens: Sequence[Token], start: int, at: int, shouting: bool) -> int | None:
    """Follow a name written without capitals, or all in capitals, up to a word that cannot be part of one."""
    named = 0
    first = at
    if _is_feast_of_name(tokens, at) or _is_number_alone(words, tokens, start, at):
        return at + 1
    while at < len(tokens) and tokens[at].kind is Kind.WORD and at - first < _LONGEST_FLAT_NAME:
        match = words.match(tokens, at)
        tags = match.tags if match else frozenset()
        if match and Tag.TRADE in tags and Tag.STOP not in tags:
            at += match.length
            continue
        named_so = (tokens[at].low in _MAY_BE_NAMES and _reads_as_name(words, tokens, at + 1)) or (
            tokens[at].low in _SYLLABLES and named > 0 and _ends_here(words, tokens, at + 1)
        )
        if named and match and match.tags & _BEFORE_DAY and _is_figure(tokens, at + match.length):
            break
        if match and not named_so and _ends_flat_name(match.tags, match.length, tokens[at], named):
            break
        named += 1
        at += 1
    if named >= 2 and _is_number_of_name(words, tokens, at, _leads_line(words, tokens, start)):
        return at + 1
    return at if named >= 2 and _may_follow_flat(words, tokens, start, at, shouting) else None


def _is_figure(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind in (Kind.NUMBER, Kind.PAIR)


def _ends_flat_name(tags: frozenset[Tag], length: int, token: Token, named: int) -> bool:
    if Tag.STOP in tags or (tags & _STRONG and length > 1):
        return True
    weak = token.low == token.key and length == 1  # Without accents nearly every syllable means something.
    return not weak or (named == 0 and bool(tags & _NOT_FIRST))


def _may_follow_flat(words: Lexicon, tokens: Sequence[Token], start: int, at: int, shouting: bool) -> bool:
    if at >= len(tokens) or tokens[at].kind is not Kind.WORD or shouting:
        return True
    match = words.match(tokens, at)
    return match is not None and bool(match.tags & _AFTER_FLAT)


def _ends_here(words: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word of the report follows, and none that counts people: "hồ đông kết nạp"."""
    if at >= len(tokens) or tokens[at].kind is not Kind.WORD:
        return True
    match = words.match(tokens, at)
    return match is not None and bool(match.tags & _AFTER_FLAT) and not match.tags & {Tag.PERSON, Tag.WORKER}


def _leads_line(words: Lexicon, tokens: Sequence[Token], start: int) -> bool:
    """Tell whether nothing is counted or reported before the name, so that a number in it is no value."""
    for at in range(start - 1, max(-1, start - 1 - _FAR), -1):
        if tokens[at].kind is Kind.BREAK:
            return True
        match = words.match(tokens, at)
        if tokens[at].kind is Kind.NUMBER or (match is not None and match.tags & _CORE):
            return False
    return start <= _FAR


def _is_number_of_name(words: Lexicon, tokens: Sequence[Token], at: int, leading: bool) -> bool:
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
        return bool(match.tags & (_CORE if after.text == "," else _AFTER_LEADING)) and not match.tags & _UNITS
    return after.text != "," and bool(match.tags & _AFTER_NUMBER) and "có" not in after.low


def _is_number_alone(words: Lexicon, tokens: Sequence[Token], start: int, at: int) -> bool:
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


def _is_feast_of_name(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether 19/5 or 30-4 stands right behind the type of a school or farm, as its name."""
    if at >= len(tokens) or tokens[at].kind is not Kind.PAIR:
        return False
    feast = (tokens[at].value, tokens[at].second) in _FEASTS
    return feast and tokens[at - 1].key in {
        "non", "mn", "giao", "hoc", "thcs", "nghiep", "truong", "th", "vien", "bv", "su",
    }  # fmt: skip


def _is_capital(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind is Kind.WORD and tokens[at].text[0].isupper()
