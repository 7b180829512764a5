"""Who came: of those invited, those absent and those present only the last are people of an event."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.tags import Tag, tags
from bot.language.tokens import NO_TAGS, Kind, Token

_STEPS = tags("intro about attendee person worker title attending")
_BRINGING = tags("attending coming_in intro")
_ENDS = frozenset(".!?;")
_OF = frozenset({"tren", "trong", "trong tong so", "tren tong so", "trong so", "tren tong"})
_REACH = 3
_FAR = 40  # A bound, so that a page without an end is read in linear time.
_MEETINGS = tags("conference dialogue conference_short dialogue_short")
_CAME = frozenset({"di", "di duoc", "di hop", "den", "den hop", "toi hop"})  # "HNNLĐ 12/8, đi 45"


def settle_attendance(tokens: list[Token]) -> list[Token]:
    """Return the tokens with those invited and those absent turned into noise, and those who came marked.

    "Mời 90 mà đi có 83", "có mặt 33, vắng 2", "83 trên 90 người dự": 83, 33 and 83 were present.
    """
    met = any(token.tags & _MEETINGS for token in tokens)
    for at, token in enumerate(tokens):
        if met and token.key in _CAME and _number_behind(tokens, at) is not None:
            tokens[at] = token._replace(tags=frozenset({Tag.ATTENDING}))
        elif token.has(Tag.ABSENT):
            _silence_absent(tokens, at)
        elif token.has(Tag.INVITED):
            _silence_invited(tokens, at)
        elif token.key in _OF or _is_fraction_bar(tokens, at):
            _silence_whole(tokens, at)
    return tokens


def _is_fraction_bar(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "/" stands close between "210 đb" and "215"; "1 / 13 lđ" are two cells."""
    if tokens[at].text != "/" or not 0 < at < len(tokens) - 1:
        return False
    return tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start


def _silence_absent(tokens: list[Token], at: int) -> None:
    """Silence "vắng 2" and "2 người vắng"; the number in front is meant only where none follows."""
    figure = _number_behind(tokens, at)
    if figure is None:
        figure = _number_in_front(tokens, at)
    if figure is not None:
        tokens[figure] = _silenced(tokens[figure])


def _silence_invited(tokens: list[Token], at: int) -> None:
    """Silence "mời 90" where those who came follow; the invitation is then no plan."""
    invited = _number_behind(tokens, at)
    if invited is None:
        invited = _number_in_front(tokens, at)
    if invited is None:
        return
    came = _came(tokens, max(at, invited) + 1)
    if came is None or not _is_part(tokens[_number_behind(tokens, came) or came], tokens[invited]):
        return
    tokens[at] = tokens[at]._replace(tags=NO_TAGS)
    if at and tokens[at - 1].has(Tag.PLANNED):  # "dự định mời 150 mà tới có 118": that was the plan.
        tokens[at - 1] = tokens[at - 1]._replace(tags=NO_TAGS)
    tokens[invited] = _silenced(tokens[invited])
    if not tokens[came].has(Tag.ATTENDING):
        tokens[came] = tokens[came]._replace(tags=frozenset({Tag.ATTENDING}))


def _came(tokens: Sequence[Token], start: int) -> int | None:
    """Return the word that brings the number of those who came: dự 83, đi có 83, được 83."""
    for at in range(start, min(len(tokens), start + _FAR)):
        token = tokens[at]
        if token.kind is Kind.BREAK or token.text in _ENDS:
            return None
        if token.tags & _BRINGING and _number_behind(tokens, at) is not None:
            return at
    return None


def _silence_whole(tokens: list[Token], at: int) -> None:
    """Silence the 90 of "83 trên 90 người dự" and "83 người trên tổng số 90"."""
    part, whole = _number_in_front(tokens, at), _number_behind(tokens, at)
    if part is None or whole is None or not _is_part(tokens[part], tokens[whole]):
        return
    tokens[whole] = _silenced(tokens[whole])


def _is_part(part: Token, whole: Token) -> bool:
    return (part.value or 0) <= (whole.value or 0)


def _number_behind(tokens: Sequence[Token], at: int) -> int | None:
    for ahead in range(at + 1, min(at + 1 + _REACH, len(tokens))):
        token = tokens[ahead]
        if token.kind is Kind.NUMBER or (token.kind is Kind.NOISE and token.value is not None):
            return ahead
        if token.text not in (":", "=") and not token.tags & _STEPS:
            return None
    return None


def _number_in_front(tokens: Sequence[Token], at: int) -> int | None:
    for back in range(at - 1, max(-1, at - 1 - _REACH), -1):
        token = tokens[back]
        if token.kind is Kind.NUMBER:
            return back
        if token.kind is not Kind.WORD or not token.tags & _STEPS:
            return None
    return None


def _silenced(token: Token) -> Token:
    return token._replace(kind=Kind.NOISE, tags=NO_TAGS)
