"""The words that an office adds in .toml files of its own: read and checked, with what is wrong and its mend.

[phrases]                      # more words for a table of the built-in vocabulary
member = ["anh em mình"]

[indicators.tang_qua]          # an indicator that the office's plan brings, by its code
words = ["suất quà"]           # phrases that name it
units = ["suất", "phần"]       # what its number counts
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from messages_vi import vocabulary
from messages_vi.catalogue import Marked, _
from messages_vi.folding import bare

SECTIONS = ("phrases", "indicators")
KEYS = ("words", "units")
_PHRASE = re.compile(r"[=^]?[^\W\d_]+(?: [^\W\d_]+)*")
_LONGEST = 60
_MOST_BYTES = 1_000_000

# Tables whose phrases name something that is counted, or must not be: no phrase may stand for two of them.
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "doan_vien_moi": ("new_member", "admit", "join"),
    "cdcs_25": ("found", "union"),
    "tuldtt": ("agreement", "agreement_short"),
    "hoi_nghi_nld": ("conference",),
    "doi_thoai": ("dialogue", "dialogue_short"),
    "other": ("conference_other", "union_other", "member", "renew"),
}
_GROUP_OF = {table: group for group, tables in _GROUPS.items() for table in tables}


@dataclass(frozen=True, slots=True)
class IndicatorWords:
    """What names an indicator of the office's plan, and what its number counts."""

    code: str
    words: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """An office's own words: phrases by table of the vocabulary, and the words of its indicators."""

    phrases: tuple[tuple[str, tuple[str, ...]], ...] = ()
    indicators: tuple[IndicatorWords, ...] = ()


@dataclass(frozen=True, slots=True)
class WordFault:
    """What is wrong with a file of words and how it is mended, both whole Vietnamese sentences."""

    text: Marked
    mend: Marked


@dataclass
class _Checker:
    """Reads the files one by one; `faults` fills up on the way. A phrase is remembered by its folded form."""

    phrases: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    units: dict[str, list[str]] = field(default_factory=dict)
    faults: list[WordFault] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)

    def file(self, path: Path) -> None:
        for name, content in self._tables(path).items():
            if name not in SECTIONS:
                self._unknown(path, f"[{name}]", _near(name, SECTIONS, "[{}]"))
            elif not isinstance(content, dict):
                self._add(
                    _("{file}: {key} is a section, not a value.", file=path.name, key=name),
                    _("Write the line [{section}] and its settings below it.", section=name),
                )
            elif name == "phrases":
                self._phrases(path, content)
            else:
                self._indicators(path, content)

    def _tables(self, path: Path) -> dict[str, Any]:
        try:
            return tomllib.loads(path.read_bytes()[:_MOST_BYTES].decode("utf-8-sig"))
        except OSError:
            self._add(
                _("The file of words {file} cannot be read.", file=str(path)),
                _("Check who may read it."),
            )
        except UnicodeDecodeError:
            self._add(
                _("The file of words {file} is not saved as UTF-8.", file=str(path)),
                _("Open it in a text editor and save it with the encoding UTF-8."),
            )
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            self._add(
                _("{file} is not written as TOML: {reason}.", file=path.name, reason=str(error)),
                _('Write each table as name = ["first phrase", "second phrase"].'),
            )
        return {}

    def _phrases(self, path: Path, content: Mapping[str, Any]) -> None:
        known = vocabulary.phrases()
        for table, listed in content.items():
            place = f"[phrases] {table}"
            if table not in known:
                self._unknown(path, place, _near(table, known, "[phrases] {}"))
                continue
            for phrase in self._list(path, place, listed):
                if self._is_free(path, place, phrase, _GROUP_OF.get(table, "")):
                    self.phrases.setdefault(table, []).append(phrase)

    def _indicators(self, path: Path, content: Mapping[str, Any]) -> None:
        for code, given in content.items():
            place = f"[indicators.{code}]"
            if not isinstance(given, dict):
                self._add(
                    _("{file}: {key} is a section, not a value.", file=path.name, key=f"indicators.{code}"),
                    _("Write the line [{section}] and its settings below it.", section=f"indicators.{code}"),
                )
                continue
            for key in given:
                if key not in KEYS:
                    self._unknown(path, f"{place} {key}", _near(key, KEYS, f"{place} {{}}"))
            self._one_indicator(path, place, code, given)

    def _one_indicator(self, path: Path, place: str, code: str, given: Mapping[str, Any]) -> None:
        if code in _GROUPS or code.startswith("cdcs"):
            table = _GROUPS.get(code, _GROUPS["cdcs_25"])[0]
            self._add(
                _("{file}: {place} is an indicator of the built-in vocabulary.", file=path.name, place=place),
                _("Write its words below [phrases], in the table {table}.", table=table),
            )
            return
        self.words.setdefault(code, [])
        for phrase in self._list(path, f"{place} words", given.get("words", [])):
            if self._is_free(path, f"{place} words", phrase, code):
                self.words[code].append(phrase)
        self.units.setdefault(code, []).extend(self._list(path, f"{place} units", given.get("units", [])))

    def _list(self, path: Path, place: str, listed: object) -> Iterator[str]:
        """Yield the phrases of a list that can be found in a line."""
        if not isinstance(listed, list):
            self._add(
                _("{file}: {place} is not a list of phrases.", file=path.name, place=place),
                _('Write each table as name = ["first phrase", "second phrase"].'),
            )
            return
        seen: dict[str, str] = {}
        for phrase in listed:
            written = " ".join(phrase.split()) if isinstance(phrase, str) else ""
            if not _PHRASE.fullmatch(written) or len(written) > _LONGEST:
                self._add(
                    _(
                        "{file}: {place} holds {phrase}, which is no phrase.",
                        file=path.name,
                        place=place,
                        phrase=repr(phrase),
                    ),
                    _(
                        "A phrase is one or more words of letters, at most {count} characters.",
                        count=_LONGEST,
                    ),
                )
            elif (twin := seen.setdefault(_folded(written), written)) is not written:
                self._add(
                    _(
                        "{file}: {place} holds “{one}” and “{other}”, which are the same.",
                        file=path.name,
                        place=place,
                        one=twin,
                        other=written,
                    ),
                    _("Keep one of the two: case and accents make no difference."),
                )
            else:
                yield written

    def _is_free(self, path: Path, place: str, phrase: str, group: str) -> bool:
        """Tell whether no other indicator has this phrase; `group` is "" for a table that names none."""
        owner = _built_in().get(_folded(phrase)) or self.owners.get(_folded(phrase))
        if group and owner is None:
            self.owners[_folded(phrase)] = group
        if not group or owner in (None, group):
            return True
        other = f"[phrases] {_GROUPS[owner][0]}" if owner in _GROUPS else f"[indicators.{owner}]"
        self._add(
            _(
                "{file}: “{phrase}” in {place} stands for {other} already.",
                file=path.name,
                phrase=phrase,
                place=place,
                other=other,
            ),
            _("Remove it in one place, or write a longer phrase: one phrase means one thing."),
        )
        return False

    def _unknown(self, path: Path, place: str, near: str | None) -> None:
        self._add(
            _("{file} has no setting {place}.", file=str(path), place=place),
            _("Did you mean {near}?", near=near) if near else _("Remove that line."),
        )

    def _add(self, text: Marked, mend: Marked) -> None:
        self.faults.append(WordFault(text, mend))


def read_words(folder: Path) -> tuple[OfficeWords, tuple[WordFault, ...]]:
    """Return the words of all .toml files of a folder, in the order of their names, and what is wrong.

    What is wrong is left out of the words. A folder that is not there has one fault and no words.
    """
    checker = _Checker()
    if folder.is_dir():
        for path in sorted(folder.glob("*.toml")):
            checker.file(path)
    else:
        checker.faults.append(
            WordFault(
                _("The folder of words {folder} is not there.", folder=str(folder)),
                _("Make it, or change vocabulary in section [language]."),
            )
        )
    words = OfficeWords(
        tuple((table, tuple(listed)) for table, listed in checker.phrases.items()),
        tuple(
            IndicatorWords(code, tuple(listed), tuple(checker.units[code]))
            for code, listed in checker.words.items()
        ),
    )
    return words, tuple(checker.faults)


def unknown_codes(words: OfficeWords, known: Collection[str]) -> tuple[WordFault, ...]:
    """Return a fault for each indicator of the files that no plan has; `known` are the codes of the plans."""
    return tuple(
        WordFault(
            _("No plan has the indicator {code} of the office's words.", code=one.code),
            _("Did you mean {near}?", near=near)
            if (near := _near(one.code, known, "[indicators.{}]"))
            else _("Its codes are: {codes}.", codes=", ".join(sorted(known)) or "–"),
        )
        for one in words.indicators
        if one.code not in known
    )


@cache
def _built_in() -> Mapping[str, str]:
    """Return what each folded phrase of the built-in vocabulary stands for, where that is one thing only."""
    found: dict[str, str] = {}
    for table, listed in vocabulary.phrases().items():
        if table in _GROUP_OF:
            found |= {_folded(phrase): _GROUP_OF[table] for phrase in listed}
    return found


def _folded(phrase: str) -> str:
    return bare(" ".join(phrase.lstrip("=^").split()))


def _near(word: str, known: Iterable[str], frame: str) -> str | None:
    found = get_close_matches(word.lower(), list(known), n=1, cutoff=0.5)
    return frame.format(found[0]) if found else None
