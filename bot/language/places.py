"""Named workplaces: "cty Phú Hưng", "tram y te xa Loc Ninh". They are found first, so that no part of a name
(Út Mười, Tân Lập 2, Trường mầm non 19/5) is taken for a number, a date or a word of the report."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.firmlists import name_firms
from bot.language.lexicon import Lexicon, Match, lexicon
from bot.language.namenumbers import CORE, is_feast_of_name, is_number_alone, is_number_of_name, leads_line
from bot.language.numerals import read_numeral
from bot.language.syllables import ends_name, is_called, is_star, short_name
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
_BEFORE_DAY = tags("of_day day_intro weekday month")
_MOST_SMALL = 4
_SAYING = tags("sent sign intro and but own kin")
_BRANCHES = frozenset({"chi nhanh", "phan hieu", "phong giao dich", "pgd"})
_REPORTING = tags("sent sign held intro and but own kin no not_yet done planned admit join union today")
_CAPITALS_ONLY = frozenset({"kho", "vien", "cho"})  # Small letters only describe: kho thành phẩm.
_NAMEABLE = tags("thing male female trade place_kind place_type")  # "công ty phương nam"
_LONGEST_FLAT_NAME = 6
_MOST_KINDS = 6
_LINKS = frozenset({"và", "va", "&", "-"})
_MAY_BE_NAMES = frozenset({"minh", "co", "chu", "con", "chau", "nha", "ta", "hong", "moi"})
_CEREMONIES = frozenset({"le"})  # Also a name: "UBND xã Hữu Lễ kết nạp 1".
_SYLLABLES = frozenset({"đông"})  # Crowded, or the end of a name: cty hồ đông, trường hà đông.
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
        if match and Tag.PLACE_TYPE in match.tags and not _are_counted(tokens, at, end):
            place_end = _end_of_name(words, tokens, at, end, shouting)
            if place_end is not None:
                found.append(merged(list(tokens[at:place_end]), text, Kind.PLACE))
                at = place_end
                continue
        found.extend(tokens[at:end])
        at = end
    return name_firms(found, text, words)


def _are_counted(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Tell whether firms are counted and told of, "3 doanh nghiep cua phuong": no name follows."""
    return (
        at > 0
        and tokens[at - 1].kind is Kind.NUMBER
        and end < len(tokens)
        and tokens[end].key in ("cua", "o", "tai", "trong", "tren")
    )


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
        if end is not None or tokens[start].key in _CAPITALS_ONLY:
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
        if tokens[at].low == "chợ":  # "htx chợ gạo" is named so.
            return at
        at += match.length
    return at


def _links_kinds(words: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "và", "&" or "-" stands between two words of a type: Xây dựng & Thương mại, TH&THCS."""
    if at + 1 >= len(tokens) or tokens[at].low not in _LINKS:
        return False
    match = words.match(tokens, at + 1)
    written = _is_capital(tokens, at + 1) or tokens[at].kind is Kind.SIGN
    return match is not None and bool(match.tags & {Tag.PLACE_KIND, Tag.PLACE_TYPE}) and written


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
    leading = leads_line(words, tokens, start)
    end = None
    small, first = 0, at
    while at < len(tokens):
        match = words.match(tokens, at)
        tags = match.tags if match else frozenset()
        if _is_capital(tokens, at):
            if match and tags & _STRONG and _breaks_off(tokens[at : at + match.length], tags, end is None):
                break
            at += match.length if match and tags & {Tag.TRADE, Tag.PLACE_KIND} else 1
            end, small = at, 0
            continue
        if end is not None and is_number_of_name(words, tokens, at, leading):
            return at + 1
        if tokens[at].kind is Kind.SIGN and tokens[at].text in "-&." and end is not None:
            if not (_is_capital(tokens, at + 1) and tokens[at + 1].start == tokens[at].end):
                break
            at += 1
            continue
        if tokens[at].kind is not Kind.WORD:
            return at + 1 if end is None and is_feast_of_name(tokens, at) else end
        if match and end is not None and _names_branch(tokens, at, match.length):
            at += match.length
            continue
        if tags and not tags & {Tag.TRADE, Tag.PLACE_KIND} and (end is not None or tags & _AFTER_FLAT):
            further = _goes_on_behind_trade(words, tokens, first, at) if end == first + 1 else None
            if further is None:
                break
            at = further
            continue
        small += 1
        if small > 4:
            break
        at += match.length if match else 1
    return end


def _names_branch(tokens: Sequence[Token], at: int, length: int) -> bool:
    """Tell whether a branch is named behind its bank: "Ngân hàng Kiên Long chi nhánh Rạch Giá"."""
    key = " ".join(token.key for token in tokens[at : at + length])
    return key in _BRANCHES and _is_capital(tokens, at + length)


def _goes_on_behind_trade(words: Lexicon, tokens: Sequence[Token], first: int, at: int) -> int | None:
    """Return where the name proper begins in "Cty Luoi ca Song Doc Loi", "cty Gia vị Cù Lao".

    The first word of a name may be that of a trade that the vocabulary does not know: then a few small words
    follow, none of which reports anything, and two capitals behind them.
    """
    for ahead in range(at, min(at + _MOST_SMALL, len(tokens))):
        if _is_capital(tokens, ahead):
            match = words.match(tokens, ahead)
            core = match is not None and bool(match.tags & CORE)
            titles = all(token.text.istitle() for token in tokens[ahead : ahead + 2])
            return ahead if titles and not core and _is_capital(tokens, ahead + 1) else None
        match = words.match(tokens, ahead) if tokens[ahead].kind is Kind.WORD else None
        if tokens[ahead].kind is not Kind.WORD or (match and _reports(match, tokens[ahead])):
            return None
    return None


def _reports(match: Match, token: Token) -> bool:
    """Tell whether a phrase behind the first word of a name is of the report: "cty Samho gui chị Lan Anh"."""
    alone = match.length == 1 and token.low == token.key  # "chua" may be chữa, "hop" may be hộp.
    return bool(match.tags & (_SAYING if alone else _REPORTING)) or (
        match.length > 1 and bool(match.tags & _AFTER_FLAT)
    )


def _breaks_off(phrase: Sequence[Token], tags: frozenset[Tag], first: bool) -> bool:
    """Tell whether a word of the report ends a name with capitals: "Cty Phú Hưng Kết nạp 5", "... KN 5".

    A phrase of capitals is part of the name: Ba Con Rồng, Chị Em, and where nothing else is named Thành Lập.
    """
    if len(phrase) == 1:
        return phrase[0].text.isupper() and len(phrase[0].text) > 1
    if not all(token.text.istitle() for token in phrase):
        return phrase[0].key not in _CEREMONIES or first or not phrase[0].text.istitle()
    return not first and bool(tags & CORE)


def _end_of_flat(words: Lexicon, tokens: Sequence[Token], start: int, at: int, shouting: bool) -> int | None:
    """Follow a name written without capitals, or all in capitals, up to a word that cannot be part of one."""
    named = 0
    first = at
    if is_feast_of_name(tokens, at) or is_number_alone(words, tokens, start, at):
        return at + 1
    while at < len(tokens) and tokens[at].kind is Kind.WORD and at - first < _LONGEST_FLAT_NAME:
        if (named and _is_head_count(words, tokens, at)) or is_called(tokens, at):
            break
        if is_star(tokens, at):
            named, at = named + 2, at + 2  # Sao Mai, Sao Việt: a star, not a question.
            continue
        if at == first and (short := short_name(words, tokens, at)):
            return at + short
        match = words.match(tokens, at)
        if match and named and ends_name(words, tokens, at):
            match = None
        tags = match.tags if match else frozenset()
        if match and Tag.TRADE in tags and Tag.STOP not in tags:
            named += match.length if named else 0  # The "gạo" of "htx chợ gạo" ends its name.
            at += match.length
            continue
        named_so = (tokens[at].low in _MAY_BE_NAMES and _reads_as_name(words, tokens, at + 1)) or (
            tokens[at].low in _SYLLABLES and _may_stand_before(words, tokens, at + 1, named)
        )
        if named and match and match.tags & _BEFORE_DAY and _is_figure(tokens, at + match.length):
            break
        if match and not named_so and _ends_flat_name(match.tags, match.length, tokens[at], named):
            break
        named += 1
        at += 1
    if named >= 2 and is_number_of_name(words, tokens, at, leads_line(words, tokens, start)):
        return at + 1
    return at if named >= 2 and _may_follow_flat(words, tokens, start, at, shouting) else None


def _is_head_count(words: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "mười bảy lao động" begins here, behind "cơ khí ba lành"."""
    numeral = read_numeral(tokens, at)
    if numeral is None or numeral.length == 1 or at + numeral.length >= len(tokens):
        return False
    match = words.match(tokens, at + numeral.length)
    return match is not None and bool(match.tags & {Tag.PERSON, Tag.WORKER, Tag.MEMBER})


def _is_figure(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind in (Kind.NUMBER, Kind.PAIR)


def _ends_flat_name(tags: frozenset[Tag], length: int, token: Token, named: int) -> bool:
    if Tag.STOP in tags or (tags & _STRONG and length > 1):
        return True
    # Without accents nearly every syllable means something, with them some name a thing or a name.
    weak = length == 1 and (token.low == token.key or tags <= _NAMEABLE)
    return not weak or (named == 0 and bool(tags & _NOT_FIRST))


def _may_follow_flat(words: Lexicon, tokens: Sequence[Token], start: int, at: int, shouting: bool) -> bool:
    if at >= len(tokens) or tokens[at].kind is not Kind.WORD or shouting:
        return True
    match = words.match(tokens, at)
    return _is_head_count(words, tokens, at) or (match is not None and bool(match.tags & _AFTER_FLAT))


def _may_stand_before(words: Lexicon, tokens: Sequence[Token], at: int, named: int) -> bool:
    """Tell whether what follows lets the word before it be a syllable of a name: "đông xuân kết nạp"."""
    if at < len(tokens) and tokens[at].kind is Kind.WORD and words.match(tokens, at) is None:
        return True
    return named > 0 and _ends_here(words, tokens, at)


def _ends_here(words: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word of the report follows, and none that counts people: "hồ đông kết nạp"."""
    if at >= len(tokens) or tokens[at].kind is not Kind.WORD:
        return True
    match = words.match(tokens, at)
    return match is not None and bool(match.tags & _AFTER_FLAT) and not match.tags & {Tag.PERSON, Tag.WORKER}


def _is_capital(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind is Kind.WORD and tokens[at].text[0].isupper()
