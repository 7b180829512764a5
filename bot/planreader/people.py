"""Those who do a task: one who leads, others who join; both stand among the task's assignees.

A task keeps one list of names. Those who only help carry the word for it behind their name, as people write
it themselves: "Đoàn thanh niên (phối hợp)".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.planreader.vocabulary import JOINED_BY
from bot.planreader.words import fold, squeeze, without_ending

JOINS = " (phối hợp)"
_CUT = re.compile(r"\s*[;+]\s*(?:va )?|\s*,\s*(?:va )?|\s*\n\s*")
_SAME_NAME = re.compile(
    r"(?:pho|truong|chu tich|uy vien|bi thu|giam doc|tong|thuong truc|hieu truong|ke toan)\b"
)
_LONGEST_NAME = 120


def leaders_and_helpers(text: str) -> tuple[str, ...]:
    """Return those named in the value of a label, in order; "A; phối hợp với B" gives a leader and a helper.

    "Ban A chủ trì, phối hợp với Ban B" says the same.
    """
    folded = fold(text)
    cut = JOINED_BY.search(folded)
    if not cut:
        return _names(text)
    return (*_names(text[: cut.start()]), *helpers(text[cut.end() :]))


def helpers(text: str) -> tuple[str, ...]:
    """Return those named in `text` as ones who join."""
    return tuple(name if name.endswith(JOINS) else name + JOINS for name in _names(text))


def without_repeats(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names in order, each once."""
    return tuple(dict.fromkeys(names))


def leaders(assignees: Iterable[str]) -> list[str]:
    """Return those of a task's assignees who lead."""
    return [name for name in assignees if not name.endswith(JOINS)]


def joiners(assignees: Iterable[str]) -> list[str]:
    """Return those of a task's assignees who join, without the word for it."""
    return [name.removesuffix(JOINS) for name in assignees if name.endswith(JOINS)]


_ACTS = re.compile(
    r"[\s,]*\b(?:la don vi )?(?:chu tri|thuc hien|tham muu|phu trach|chiu trach nhiem(?: chinh)?|lam dau moi)"
    r"(?:,? (?:chu tri|thuc hien|tham muu|phu trach))*\s*$"
)


def _names(text: str) -> tuple[str, ...]:
    folded, names, start = fold(text), [], 0
    for cut in _CUT.finditer(folded):
        if "," in cut[0] and not _begins_name(text, folded, cut.end()):
            continue
        names.append(text[start : cut.start()])
        start = cut.end()
    names.append(text[start:])
    return tuple(name for name in map(_name, names) if name)


def _begins_name(text: str, folded: str, at: int) -> bool:
    """Tell whether another name begins behind a comma, and not the post of the one before it.

    "Ban A, Ban B" are two; "các xã, phường" and "đồng chí Lực, Phó Trưởng Ban" are one.
    """
    starts = text[at : at + 1].isupper() or folded[at:].startswith(("d/c ", "dong chi ", "cdcs", "cac "))
    return starts and not _SAME_NAME.match(folded, at)


def _name(text: str) -> str:
    text = squeeze(text).lstrip("-–•+* ").strip(" ,;")
    act = _ACTS.search(fold(text))
    text = without_ending(text[: act.start()] if act and act.start() else text).strip(" :")
    return text[:_LONGEST_NAME] if re.search(r"\w", text) else ""
