"""What a line reports that no target counts: a renewed agreement, a conference of officials, a part of a
union, a union in an enterprise that is too small. The writer is thanked, and told why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.language.anchors import AGREEMENTS, CONFERENCES, UNIONS
from bot.language.clauses import Clause
from bot.language.events import Held, is_renewal
from bot.language.mentions import Mention
from bot.language.tags import Tag, tags
from bot.language.unions import SMALLEST
from domain.understanding import Item, Uncounted

_STATES = frozenset({"het han", "het hieu luc", "con hieu luc", "dang hieu luc"})  # Nothing was signed yet.
_OFFICIALS = ("vien chuc", "cong chuc", "can bo", "cb", "cnvc", "ccvc", "vc", "hnvc", "hncb", "hncc")
_PARTS = frozenset({"cong doan bo phan", "cd bo phan", "cdbp", "to cong doan"})
_SPLITTING = frozenset({"tach", "chia", "tach ra"})
_UNSURE = tags("future planned no not_yet nil asking foreign subject invited help")
_TOLD = tags("done held minutes photo kind sign")


def told(
    events: Sequence[tuple[Mention, Held]], clauses: Sequence[Clause], items: Sequence[Item]
) -> tuple[Uncounted, ...]:
    """Return what is told as done but not counted, each once; `events` are neither planned nor denied."""
    found = [*_of_events(events), *_of_clauses(clauses, items)]
    return tuple(dict.fromkeys(found))


def _of_events(events: Sequence[tuple[Mention, Held]]) -> Iterator[Uncounted]:
    for mention, held in events:
        if mention.indicator == AGREEMENTS and not held.items and _is_renewed(mention):
            yield Uncounted.RENEWED
        if mention.indicator == UNIONS and _is_too_small(mention, held):
            yield Uncounted.TOO_SMALL


def _is_renewed(mention: Mention) -> bool:
    """Tell whether an agreement was renewed or amended; that it runs out is no news."""
    return is_renewal(mention) and any(
        token.has(Tag.RENEW) and token.key not in _STATES
        for row in mention.rows
        for token in row.clause.tokens
    )


def _is_too_small(mention: Mention, held: Held) -> bool:
    """Tell whether a union was founded where fewer than ten work: a head count that became no item."""
    if not mention.has(Tag.FOUND) or mention.has(Tag.CLASS_SMALL, Tag.CLASS_LARGE):
        return False
    units = (Tag.WORKER,) if held.items else (Tag.WORKER, Tag.PERSON)
    counted = [
        figure
        for row in (*mention.head_rows, *mention.rows)
        for figure in row.figures
        if figure.is_of(*units)
    ]
    return any(0 < figure.value < SMALLEST and not figure.stands(Tag.PART, Tag.LEFT) for figure in counted)


def _of_clauses(clauses: Sequence[Clause], items: Sequence[Item]) -> Iterator[Uncounted]:
    conferring = any(item.indicator == CONFERENCES for item in items)
    for clause in clauses:
        if clause.asked or clause.has(*_UNSURE):
            continue
        if not conferring and _confer_officials(clause):
            yield Uncounted.OFFICIALS
        if _founds_part(clause):
            yield Uncounted.UNION_PART


def _confer_officials(clause: Clause) -> bool:
    """Tell whether officials held a conference: it has a day, people or a word that says so."""
    named = any(token.has(Tag.CONFERENCE_OTHER) and _names_officials(token.key) for token in clause.tokens)
    return named and any(
        token.has(*_TOLD) or token.on is not None or token.value is not None for token in clause.tokens
    )


def _names_officials(key: str) -> bool:
    kind = key.removeprefix("hoi nghi ").removeprefix("hn ")
    return kind.startswith(_OFFICIALS)


def _founds_part(clause: Clause) -> bool:
    part = any(token.has(Tag.UNION_OTHER) and token.key in _PARTS for token in clause.tokens)
    return part and any(token.has(Tag.FOUND) or token.key in _SPLITTING for token in clause.tokens)
