"""The numbers of one clause with what each of them counts, read from its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token

_UNIT_NAMES = """couple new_member member attendee worker person event union agreement deed conference
    conference_short dialogue kind firm male female title"""
_UNITS = tuple(Tag(name) for name in _UNIT_NAMES.split())  # The first that fits is meant.
PERSONS = tags("person worker attendee member new_member title couple")
_BEFORE = tags("aside total stock part about left moved attending more fewer covering")
_BEFORE_ATTENDANCE = tags("intro about into conference conference_short dialogue mend")
_FREE = Tag.FILLER  # The unit of a number without one.
_LOOK_BACK = 4
_LONGEST_CLAUSE = 80
_CLAUSE_BACK = 24  # A bound, so that a page of numbers without a comma is read in linear time.
_SKIPPED = frozenset({"moi", "nua", "them", "ms", "+"})


class Figure(NamedTuple):
    """One number of a clause. `unit` is what it counts: FILLER for none, THING for a word nobody knows.

    `manner` are the tags that say how it stands: TOTAL, STOCK, PART, ABOUT, LEFT, ATTENDING and the like.
    """

    value: int
    unit: Tag
    at: int
    span: tuple[int, int]
    unit_key: str = ""
    manner: frozenset[Tag] = frozenset()
    gender: Tag | None = None

    def is_of(self, *units: Tag) -> bool:
        """Tell whether it counts one of `units`."""
        return self.unit in units

    def stands(self, *manners: Tag) -> bool:
        """Tell whether one of `manners` is said of it."""
        return any(manner in self.manner for manner in manners)


def figures(tokens: Sequence[Token]) -> list[Figure]:
    """Return the figures of a clause in order; noise is left out."""
    return [_figure(tokens, at) for at, token in enumerate(tokens) if token.kind is Kind.NUMBER]


def _figure(tokens: Sequence[Token], at: int) -> Figure:
    token = tokens[at]
    unit_at = _unit_at(tokens, at)
    unit, key = _unit(tokens, unit_at)
    if unit is _FREE and not key:
        unit = _heading_unit(tokens, at)
    gender = _gender(tokens, at, unit_at, unit)
    manner = _manner(tokens, at, unit_at)
    if unit is Tag.CLASS_LARGE:
        unit = _FREE
    if unit in PERSONS and Tag.ATTENDING in manner:
        unit = Tag.ATTENDEE
    value = (token.value or 0) * (2 if unit is Tag.COUPLE else 1)
    span = (token.start, tokens[unit_at].end if unit_at is not None and unit is not _FREE else token.end)
    if token.has(Tag.EITHER):
        manner |= {Tag.EITHER}
    return Figure(value, unit, at, span, key, manner, gender)


def _unit_at(tokens: Sequence[Token], at: int) -> int | None:
    ahead = at + 1
    while ahead < len(tokens) and tokens[ahead].key in _SKIPPED and ahead < at + 3:
        ahead += 1
    return ahead if ahead < len(tokens) else None


def _unit(tokens: Sequence[Token], at: int | None) -> tuple[Tag, str]:
    if at is None or tokens[at].kind is not Kind.WORD:
        return _FREE, ""
    token = tokens[at]
    unit = next((tag for tag in _UNITS if token.has(tag)), None)
    if token.low == "o" and _is_aunt(tokens, at):
        return Tag.TITLE, token.key
    if unit is Tag.TITLE and _only_addresses(tokens, at):
        return _FREE, ""
    if token.low == "ban" and token.has(Tag.DEED) and any(other.has(Tag.AGREEMENT) for other in tokens):
        return Tag.DEED, token.key  # Beside an agreement "1 ban" without accents is bản, not bạn.
    if unit is not None:
        return unit, token.key + _job(tokens, at) if unit is Tag.TITLE else token.key
    return (_FREE, "") if token.tags else (Tag.THING, token.key)


def _job(tokens: Sequence[Token], at: int) -> str:
    """Return the job behind a title: "1 em kế toán" and "1 em văn thư" are two."""
    job = tokens[at + 1] if at + 1 < len(tokens) else None
    named = job is not None and job.kind is Kind.WORD and job.has(Tag.PERSON) and not job.has(Tag.KIN)
    return f" {job.key}" if job is not None and named else ""


def _is_aunt(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "o" is the aunt of the middle provinces, not "ở" without its accents."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is None or after.kind is Kind.NUMBER or after.has(Tag.AND, Tag.JOIN)


def _heading_unit(tokens: Sequence[Token], at: int) -> Tag:
    """Return the unit that heads its number: "đại biểu: 120", "lao động 39"."""
    back = at - 1
    while back > max(0, at - 3) and (
        tokens[back].text in (":", "=") or tokens[back].has(Tag.INTRO, Tag.COVERING)
    ):
        back -= 1
    if back < 0 or (back > 0 and tokens[back - 1].kind is Kind.NUMBER):
        return _FREE
    return next((unit for unit in (Tag.ATTENDEE, Tag.WORKER) if tokens[back].has(unit)), _FREE)


def _only_addresses(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether chị or em ends the clause or is called: "đối thoại 1 chị ơi"."""
    if at + 1 >= len(tokens):
        return len(tokens[at].key) == 1 or tokens[at].key in ("chi", "em", "anh")
    after = tokens[at + 1]
    return (
        after.key in ("oi", "a", "nha", "nhe", "u", "oi nha")
        or after.kind is Kind.SIGN
        or len(tokens[at].key) == 1
    )


def _gender(tokens: Sequence[Token], at: int, unit_at: int | None, unit: Tag) -> Tag | None:
    if _heads_its_number(tokens, unit_at):  # "9 nam 2 nữ 7": nam is said of the 2.
        return _gender_of(tokens[at - 1]) if at and tokens[at - 1].kind is Kind.WORD else None
    parted = unit_at is not None and (
        tokens[unit_at].has(Tag.PART) or tokens[unit_at].key == "co"
    )  # "kết nạp 5 trong đó nữ 2"
    behind = None if unit_at is None or parted else unit_at + 1
    if behind is not None and behind < len(tokens) and tokens[behind].key == "la":
        behind += 1  # "3 người là nữ"
    for ahead in (unit_at, behind):
        if ahead is not None and ahead < len(tokens):
            found = _gender_of(tokens[ahead])
            if found is not None and tokens[ahead].kind is Kind.WORD:
                return found
    if at == 0 or unit is not _FREE:
        return None
    before = at - 1 if tokens[at - 1].text != ":" else at - 2
    counted_already = before > 0 and tokens[before - 1].kind is Kind.NUMBER
    return None if before < 0 or counted_already else _gender_of(tokens[before])


def _heads_its_number(tokens: Sequence[Token], unit_at: int | None) -> bool:
    """Tell whether men and women stand in front of their numbers: the last of them is followed by one."""
    if (
        unit_at is not None
        and tokens[unit_at].kind is Kind.WORD
        and not tokens[unit_at].has(Tag.MALE, Tag.FEMALE, Tag.ADMIT, Tag.JOIN)
    ):
        return False
    if len(tokens) > _LONGEST_CLAUSE:
        return False
    gendered = [at for at, token in enumerate(tokens) if token.kind is Kind.WORD and _gender_of(token)]
    return len(gendered) > 1 and all(
        at + 1 < len(tokens) and tokens[at + 1].kind is Kind.NUMBER for at in gendered[-2:]
    )


def _gender_of(token: Token) -> Tag | None:
    if token.has(Tag.FEMALE):
        return Tag.FEMALE
    return Tag.MALE if token.has(Tag.MALE) else None


def _manner(tokens: Sequence[Token], at: int, unit_at: int | None) -> frozenset[Tag]:
    found: set[Tag] = set()
    part = stock = admitted = False
    for back in range(at - 1, max(-1, at - _CLAUSE_BACK), -1):
        token = tokens[back]
        part = part or token.has(Tag.PART)
        admitted = admitted or token.has(Tag.ADMIT, Tag.JOIN)
        stock = stock or (token.has(Tag.STOCK) and not admitted)
        if token.kind is Kind.NUMBER or at - back > _LOOK_BACK:
            continue
        if token.key == "ra" and tokens[back + 1].has(Tag.DOCUMENT):
            continue  # "ra quyết định kết nạp 18 bạn": nobody leaves.
        if not any(other.kind is Kind.NUMBER for other in tokens[back:at]):
            found |= token.tags & (_BEFORE - {Tag.STOCK} if admitted else _BEFORE)
    if part:
        found.add(Tag.PART)
    if stock:  # "nâng tổng số từ 57 lên 60": all that follows is stock.
        found.add(Tag.STOCK)
    if Tag.STOCK in found and any(token.key in ("moi", "ket nap", "ket nap moi") for token in tokens[:at]):
        found = (found - {Tag.STOCK}) | {Tag.TOTAL}
    found.discard(Tag.ATTENDING)
    if _stands_right_before(tokens, at):
        found.add(Tag.ATTENDING)
    if unit_at is not None:
        found |= _said_after(tokens, unit_at)
    return frozenset(found)


def _stands_right_before(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "dự 95": the attendance is said in front of its number."""
    back = at - 1
    while back > max(-1, at - 4) and (
        tokens[back].text in (":", "=") or tokens[back].tags & _BEFORE_ATTENDANCE
    ):
        if tokens[back].has(Tag.ATTENDING):
            return True
        back -= 1
    return back >= 0 and tokens[back].has(Tag.ATTENDING, Tag.ATTENDEE)


def _said_after(tokens: Sequence[Token], unit_at: int) -> set[Tag]:
    """Return what is said behind a number's unit: dự, làm đơn, nghỉ, hiện có, nữa."""
    found: set[Tag] = set()
    for at, token in enumerate(tokens[unit_at : unit_at + 4], unit_at):
        if token.kind is Kind.NUMBER:
            break
        if token.has(Tag.AGAIN):
            found.add(Tag.AGAIN)
        if token.has(Tag.ATTENDING) and not token.has(Tag.HELD) and not token.has(Tag.JOIN):
            found.add(Tag.ATTENDING)
        found |= token.tags & {Tag.APPLIED, Tag.MOVED}
        if token.has(Tag.LEFT) and token.key not in ("ra",) and not _has_own_number(tokens, at, unit_at):
            found.add(Tag.LEFT)
    return found


def _has_own_number(tokens: Sequence[Token], at: int, unit_at: int) -> bool:
    """Tell whether "giảm 3" counts others than the figure before it: "kết nạp 8 giảm 3"."""
    follows = at + 1 < len(tokens) and tokens[at + 1].kind is Kind.NUMBER
    return follows and any(token.has(Tag.ADMIT, Tag.JOIN, Tag.NEW_MEMBER) for token in tokens[:unit_at])
