"""The plan's targets: each goal of the target sections with its indicator, unit and measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from bot.planreader.goals import PERCENT, Goal, goals_in
from bot.planreader.markers import Kind, Marker, marker_of
from bot.planreader.masks import without_false_numbers
from bot.planreader.paragraphs import Paragraph
from bot.planreader.sections import Section
from bot.planreader.vocabulary import PLACES_COUNTED, SESSIONS_COUNTED
from bot.planreader.words import fold, without_ending
from domain.plan import Indicator, Measure, Target
from messages_vi.catalogue import _
from messages_vi.formats import number as written
from messages_vi.indicators import STANDING

_BY_CODE = {indicator.code: indicator for indicator in STANDING}
_CODE_LENGTH = 40
_NOT_IN_CODE = re.compile(r"[^a-z_]+")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = frozenset(
    {
        *("đạt", "từ", "trở", "lên", "ít", "nhất", "phấn", "đấu", "có", "và", "các", "của", "là", "được"),
        *("năm", "tại", "ở", "với", "tối", "thiểu", "trên"),
    }
)
_TARGET_SPEECH = re.compile(
    r"\bphan dau (?:co |dat |ket nap |thanh lap |it nhat |tren |tu )*\d|\bchi tieu\b.{0,60}?\d+ ?(?:%"
    r"|doan vien|cdcs)"
)
_LEADS_TO_TARGETS = re.compile(r"(?:phan dau|chi tieu|muc tieu)\b.*:$")
_PART_OF = re.compile(r"trong do\s*:?$")


def read_targets(sections: Iterable[Section]) -> tuple[tuple[Target, ...], list[str]]:
    """Return the targets in document order, and warnings for staff; no indicator stands twice."""
    targets: list[Target] = []
    taken: set[str] = set()
    warnings: list[str] = []
    for line, listed in _lines(sections):
        goals = goals_in(line)
        if not goals and listed:
            warnings.append(
                _("The target “{text}” names no number and was left out.", text=without_ending(line))
            )
        for goal in goals:
            target = target_of(goal, position=len(targets) + 1)
            targets.append(_with_own_code(target, taken, warnings))
            if goal.ceiling:
                warnings.append(_upper_limit(goal))
    return tuple(targets), warnings


def read_unnamed_targets(sections: Iterable[Section]) -> tuple[tuple[Target, ...], list[str]]:
    """Return the targets of a plan that has no section for them.

    They stand below a line that leads to them ("phấn đấu thực hiện:") or are lines that speak as targets do.
    """
    spoken = [replace(section, paragraphs=list(_spoken(section.paragraphs))) for section in sections]
    return read_targets(section for section in spoken if section.paragraphs)


def _spoken(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    led = False
    for paragraph in paragraphs:
        folded = without_false_numbers(fold(paragraph.text))
        kind = marker_of(paragraph.text).kind
        led = bool(_LEADS_TO_TARGETS.search(folded)) or (led and kind in (Kind.BULLET, Kind.SUB_BULLET))
        if paragraph.row is None and (_TARGET_SPEECH.search(folded) or (led and not folded.endswith(":"))):
            yield paragraph


def _upper_limit(goal: Goal) -> str:
    return _("The target “{text}” is an upper limit of {goal}.", text=goal.text, goal=written(goal.value))


def target_of(goal: Goal, position: int = 0) -> Target:
    """Return the target that a goal stands for."""
    code = indicator_code(goal.text, goal.unit)
    standing = _BY_CODE.get(code)
    unit = goal.unit or (standing.unit_word if standing else "")
    return Target(code, goal.text, goal.value, unit, _measure(unit, standing), position)


def indicator_code(text: str, unit: str) -> str:
    """Return the code of the standing indicator that `text` is about, else one made from its words."""
    folded = fold(text)
    return next((code for code, asks in _KNOWN if asks(folded, unit)), None) or _made_code(text)


def _is_agreement(folded: str, unit: str) -> bool:
    if not re.search(r"\btu?ldtt\b|\btho[ao] uoc", folded) or re.search(
        r"sua doi|bo sung|gia han|ky lai|chat luong|loai [abc]\b", folded
    ):
        return False
    return "ky" in folded.split() or unit != PERCENT


def _is_conference(folded: str, _unit: str) -> bool:
    named = re.search(r"\bhn ?nld\b|hoi nghi (?:nguoi lao dong|nld)\b", folded)
    return named is not None and not re.search(r"vien chuc|cong chuc|cbcc", folded)


def _is_dialogue(folded: str, _unit: str) -> bool:
    return "doi thoai" in folded


def _founds_union(folded: str) -> bool:
    founds = re.search("thanh lap|co to chuc cong doan|gia nhap cong doan co so", folded)
    return founds is not None and re.search(r"cdcs|cong doan co so|to chuc cong doan", folded) is not None


def _is_small_union(folded: str, _unit: str) -> bool:
    return (
        _founds_union(folded)
        and re.search(r"\b10\s*(?:-|–|—|den)\s*(?:den )?(?:duoi )?2[45]\b", folded) is not None
    )


def _is_union(folded: str, _unit: str) -> bool:
    return (
        _founds_union(folded)
        and re.search(r"(?:\b(?:tu|tren|co|du) |>=? ?|≥ ?)25\b|\b25 \w+ \w+ tro len", folded) is not None
    )


def _is_new_members(folded: str, unit: str) -> bool:
    grows = re.search(r"phat trien|ket nap|doan vien moi|tang them|them moi|gia nhap cong doan", folded)
    members = re.search(r"doan vien|\bdv(?:cd)?\b|gia nhap cong doan", folded)
    other = re.search(r"\bdang\b|uu tu|ket nap dang|cdcs|cong doan co so", folded)
    return bool(grows and members) and not other and unit != PERCENT


_KNOWN = (
    ("tuldtt", _is_agreement),
    ("hoi_nghi_nld", _is_conference),
    ("doi_thoai", _is_dialogue),
    ("cdcs_10_25", _is_small_union),
    ("cdcs_25", _is_union),
    ("doan_vien_moi", _is_new_members),
)


def _made_code(text: str) -> str:
    """Return a code of the line's words, without numbers and small words: it stays the same next year."""
    words = _WORD.findall(re.split(r"\btrong đó\b", text.lower())[0])
    code = ""
    for word in (fold(word) for word in words if word not in _SMALL_WORDS):
        if len(code) + 1 + len(word) > _CODE_LENGTH:
            break
        code = f"{code}_{word}" if code else word
    code = _NOT_IN_CODE.sub("", code)
    return f"{code or 'chi_tieu'}_khac" if code in _BY_CODE or not code else code


def _measure(unit: str, standing: Indicator | None) -> Measure:
    folded = fold(unit)
    if unit == PERCENT:
        return Measure.SHARE_OF_ELIGIBLE
    if SESSIONS_COUNTED.match(folded):
        return Measure.SUM
    if standing is not None and standing.measure is not Measure.SHARE_OF_ELIGIBLE:
        return standing.measure
    return Measure.DISTINCT_UNITS if standing or PLACES_COUNTED.match(folded) else Measure.SUM


def _with_own_code(target: Target, taken: set[str], warnings: list[str]) -> Target:
    code = target.indicator
    if code not in taken:
        taken.add(code)
        return target
    if target.indicator in _BY_CODE:
        warnings.append(_("The target “{text}” counts the same as an earlier one.", text=target.text))
    code = next(own for number in count(2) if (own := f"{target.indicator}_{number}") not in taken)
    taken.add(code)
    return replace(target, indicator=code)


def _lines(sections: Iterable[Section]) -> Iterator[tuple[str, bool]]:
    """Yield the lines that may hold targets, and whether each is an item of a list.

    A "+" below a line that ends with a colon is read with that line's words before it; below "trong đó" it
    is only a part of the goal above.
    """
    for section in sections:
        above = ""
        marked = [(paragraph, marker_of(paragraph.text)) for paragraph in section.paragraphs]
        for index, (_paragraph, marker) in enumerate(marked):
            if marker.kind is Kind.SUB_BULLET and _PART_OF.search(fold(above)):
                continue
            if marker.kind is Kind.SUB_BULLET and above.endswith(":"):
                yield f"{above} {marker.rest}", True
                continue
            above = marker.rest
            yield marker.rest, _is_listed(marker, marked[index + 1 :])


def _is_listed(marker: Marker, below: list[tuple[Paragraph, Marker]]) -> bool:
    """Tell whether a line is an item, not the heading of finer items or an introduction."""
    if marker.kind not in (Kind.BULLET, Kind.SUB_BULLET) or marker.rest.endswith(":"):
        return False
    return not below or below[0][1].kind <= marker.kind or below[0][1].kind is Kind.NONE
