"""The numbers and bullets that Word draws by itself and does not keep in a paragraph's text."""

from __future__ import annotations

import re
from typing import Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = _WORD + "val"
_NUMBERING = "/numbering"
_STYLE_DEPTH = 10
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbering:
    """Counts the numbered paragraphs of one document; `mark_of` is asked for each once, in their order."""

    def __init__(self, part: Any) -> None:
        related = next((rel for rel in part.rels.values() if rel.reltype.endswith(_NUMBERING)), None)
        root = related.target_part.element if related is not None else None
        self._styles = {
            style.get(_WORD + "styleId"): style for style in part.styles.element.iter(_WORD + "style")
        }
        self._kinds: dict[str, str] = {}
        self._levels: dict[tuple[str, int], Any] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        if root is not None:
            self._read(root)

    def mark_of(self, paragraph: Any) -> str:
        """Return what Word draws before the paragraph ("III.", "a)"); "-" or "+" for a bullet; else ""."""
        number_id, level = self._place(paragraph.find(_WORD + "pPr"))
        kind = self._kinds.get(number_id or "")
        shape = self._levels.get((kind, level)) if kind is not None else None
        if kind is None or shape is None or number_id is None:
            return ""
        if _value(shape, "numFmt") == "bullet":
            return "+" if level or _value(shape, "lvlText") == "+" else "-"
        self._count(number_id, kind, level)
        text = _value(shape, "lvlText")
        return re.sub(r"%(\d)", lambda place: self._written(kind, int(place[1]) - 1), text).strip()

    def _read(self, root: Any) -> None:
        for abstract in root.iter(_WORD + "abstractNum"):
            for level in abstract.iter(_WORD + "lvl"):
                self._levels[abstract.get(_WORD + "abstractNumId"), int(level.get(_WORD + "ilvl"))] = level
        for number in root.iter(_WORD + "num"):
            number_id = number.get(_WORD + "numId")
            self._kinds[number_id] = _value(number, "abstractNumId")
            for override in number.iter(_WORD + "lvlOverride"):
                start = _value(override, "startOverride")
                if start:
                    self._restarts[number_id, int(override.get(_WORD + "ilvl"))] = int(start)

    def _place(self, properties: Any, depth: int = 0) -> tuple[str | None, int]:
        """Return a paragraph's list and level: its own, else those of its style or the style below."""
        if properties is None or depth > _STYLE_DEPTH:
            return None, 0
        own = properties.find(_WORD + "numPr")
        if own is not None and own.find(_WORD + "numId") is not None:
            return _value(own, "numId"), int(_value(own, "ilvl") or 0)
        style = self._styles.get(_value(properties, "pStyle"))
        return self._place_of_style(style, depth) if style is not None else (None, 0)

    def _place_of_style(self, style: Any, depth: int) -> tuple[str | None, int]:
        place = self._place(style.find(_WORD + "pPr"), depth + 1)
        parent = self._styles.get(_value(style, "basedOn"))
        if place[0] is not None or parent is None or depth > _STYLE_DEPTH:
            return place
        return self._place_of_style(parent, depth + 1)

    def _count(self, number_id: str, kind: str, level: int) -> None:
        restart = self._restarts.pop((number_id, level), None)
        if restart is not None:
            self._counts[kind, level] = restart
        else:
            self._counts[kind, level] = self._counts.get((kind, level), self._start(kind, level) - 1) + 1
        for deeper in [place for place in self._counts if place[0] == kind and place[1] > level]:
            del self._counts[deeper]

    def _start(self, kind: str, level: int) -> int:
        shape = self._levels.get((kind, level))
        return int(_value(shape, "start") or 1) if shape is not None else 1

    def _written(self, kind: str, level: int) -> str:
        shape = self._levels.get((kind, level))
        count = self._counts.get((kind, level), self._start(kind, level))
        return _drawn(count, _value(shape, "numFmt") if shape is not None else "decimal")


def _value(element: Any, tag: str) -> str:
    child = element.find(_WORD + tag)
    return child.get(_VAL, "") if child is not None else ""


def _drawn(count: int, shape: str) -> str:
    if shape in ("upperRoman", "lowerRoman"):
        text = _roman(count)
        return text.upper() if shape == "upperRoman" else text
    if shape in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if shape == "upperLetter" else letter
    return "" if shape == "none" else str(count)


def _roman(count: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (count // value)
        count %= value
    return text
