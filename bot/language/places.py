"""Named workplaces: "cty Phú Hưng", "tram y te xa Loc Ninh". They are found first, so that no part of a name
(Út Mười, Tân Lập 2, Trường mầm non 19/5) is taken for a number, a date or a word of the report."""

from __future__ import annotations

from collections.abc import Sequence

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
_LONGEST_FLAT_NAME = 6
_MOST_KINDS = 6
_MAY_BE_NAMES = frozenset({"minh", "co", "chu", "con", "chau", "nha", "ta", "hong", "moi"})
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
    return found


def _is_shouting(tokens: Sequence[Token]) -> bool:
    words = [token.text for token in tokens if token.kind is Kind.WORD and len(token.text) > 1]
    return bool(words) and sum(word.isupper() for word in words) > 0.7 * len(words)


def _end_of_name(words: Lexicon, tokens: Sequence[Token], start: int, at: int, shouting: bool) -> int | None:
    """Return where the name that follows the type word ends, or None where there is none."""
    at = _skip_kinds(words, tokens, at)
    if at >= len(tokens) or _is_generic(words, tokens, at):
        return None
    if not shouting:
        end = _end_of_capitals(words, tokens, at)
        if end is not None:
            return end
    return _end_of_flat(words, tokens, start, at, shouting)


def _skip_kinds(words: Lexicon, tokens: Sequence[Token], at: int) -> int:
    """Return the position behind TNHH, cổ phần, tiểu học, xã and further type words."""
    for _ in range(_MOST_KINDS):
        match = words.match(tokens, at) if at < len(tokens) else None
        if match is None or not match.tags & {Tag.PLACE_KIND, Tag.PLACE_TYPE} or Tag.MEMBER in match.tags:
            return at
        if tokens[at].kind is Kind.SIGN and not _is_capital(tokens, at + 1):
            return at
        at += match.length
    return at


def _is_generic(words: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the type word means the writer's own place: trường em, công ty tụi em, công ty mình."""
    match = words.match(tokens, at)
    if match is None or Tag.OWN not in match.tags:
        return False
    return tokens[at].low not in _MAY_BE_NAMES or not _reads_as_name(words, tokens, at + 1)


def _reads_as_name(words: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a name goes on: "cty minh" is ours, "cty minh long" is a name."""
    if at >= len(tokens) or tokens[at].kind is not Kind.WORD:
        return False
    match = words.match(tokens, at)
    return match is None or Tag.TRADE in match.tags or _is_capital(tokens, at)


def _end_of_capitals(words: Lexicon, tokens: Sequence[Token], at: int) -> int | None:
    """Follow a name written with capitals; trade words in small letters may stand before and inside it."""
    end = None
    small = 0
    while at < len(tokens):
        match = words.match(tokens, at)
        tags = match.tags if match else frozenset()
        if _is_capital(tokens, at):
            if match and tags & _STRONG and (match.length > 1 or tokens[at].text.isupper()):
                break
            at += match.length if match and Tag.TRADE in tags else 1
            end, small = at, 0
            continue
        if end is not None and _is_number_of_name(words, tokens, at):
            return at + 1
        if tokens[at].kind is Kind.SIGN and tokens[at].text in "-&." and end is not None:
            if not (_is_capital(tokens, at + 1) and tokens[at + 1].start == tokens[at].end):
                break
            at += 1
            continue
        if tokens[at].kind is not Kind.WORD:
            return at + 1 if end is None and tokens[at].kind is Kind.PAIR and _only_kinds(tokens, at) else end
        if tags and not tags & {Tag.TRADE, Tag.PLACE_KIND} and (end is not None or tags & _AFTER_FLAT):
            break
        small += 1
        if small > 4:
            break
        at += match.length if match else 1
    return end


def _end_of_flat(words: Lexicon, tokens: Sequence[Token], start: int, at: int, shouting: bool) -> int | None:
    """Follow a name written without capitals, or all in capitals, up to a word that cannot be part of one."""
    named = 0
    first = at
    if at < len(tokens) and tokens[at].kind is Kind.PAIR and _only_kinds(tokens, at):
        return at + 1
    while at < len(tokens) and tokens[at].kind is Kind.WORD and at - first < _LONGEST_FLAT_NAME:
        match = words.match(tokens, at)
        tags = match.tags if match else frozenset()
        if match and Tag.TRADE in tags and Tag.STOP not in tags:
            at += match.length
            continue
        named_so = tokens[at].low in _MAY_BE_NAMES and _reads_as_name(words, tokens, at + 1)
        if match and not named_so and _ends_flat_name(match.tags, match.length, tokens[at], named):
            break
        named += 1
        at += 1
    if named >= 2 and _is_number_of_name(words, tokens, at):
        return at + 1
    return at if named >= 2 and _may_follow_flat(words, tokens, start, at, shouting) else None


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


def _is_number_of_name(words: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a number belongs to a name: Trường Tân Lập 2 kết nạp ..., Trường Tân Lập 2: ..."""
    token = tokens[at] if at + 1 < len(tokens) else None
    if token is None or token.kind is not Kind.NUMBER or len(token.text) > 2 or token.text.startswith("0"):
        return False
    after = tokens[at + 1]
    if after.text == ":":
        return True
    match = words.match(tokens, at + 1)
    return match is not None and bool(match.tags & {Tag.ADMIT, Tag.DONE, Tag.HELD}) and "có" not in after.low


def _only_kinds(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether 19/5 or 30-4 stands right behind the type of a school or farm, as its name."""
    return tokens[at - 1].key in {"non", "mn", "giao", "hoc", "thcs", "nghiep", "truong", "th"}


def _is_capital(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind is Kind.WORD and tokens[at].text[0].isupper()
