"""Reads a settings file and the secrets beside it, and collects everything that is wrong on the way."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.config_values import Rule, read_address, rule_of
from domain.errors import InputError
from messages_vi.catalogue import _

FILE_SUFFIX = "_FILE"
_SECRET_WORDS = re.compile("token|secret|password|passwd|api_?key", re.IGNORECASE)
_SECRET_LIMIT = 10_000


class Severity(StrEnum):
    """How much a problem matters."""

    INFO = "info"  # works, but may not be what was meant
    WARNING = "warning"  # works, but something is unsafe or will go wrong
    ERROR = "error"  # does not work


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the set-up and how it is mended, both whole Vietnamese sentences."""

    text: str
    mend: str
    severity: Severity = Severity.ERROR


class ConfigProblems(InputError):
    """The settings cannot be used; `problems` names every mistake, sections in the order of the file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("config", problems=problems)
        self.problems = problems


class Reader:
    """Reads one file against the records in `sections`; `problems` fills up on the way."""

    def __init__(self, path: Path, sections: Mapping[str, type]) -> None:
        self.path = path
        self.sections = sections
        self.problems: list[Problem] = []

    def read(self) -> dict[str, dict[str, Any]]:
        """Return the values of each section as the file gives them; what does not fit is left out."""
        table = self._table()
        for name in table:
            if name not in self.sections:
                self._unknown_section(name, table[name])
        return {name: self._section(name, table.get(name, {})) for name in self.sections}

    def secret(self, environ: Mapping[str, str], variable: str) -> str | None:
        """Return the value of `variable` or the content of the file that `variable`_FILE names."""
        direct = environ.get(variable, "").strip()
        file = environ.get(variable + FILE_SUFFIX, "").strip()
        if direct and file:
            self._add(
                _("Both {variable} and {variable}_FILE are set.", variable=variable),
                _("Keep one of the two and remove the other."),
            )
        return direct or (self._secret_file(variable + FILE_SUFFIX, Path(file)) if file else None)

    def secret_address(
        self, environ: Mapping[str, str], variable: str, schemes: tuple[str, ...]
    ) -> str | None:
        """Return an address from the environment, which unlike one in the file may hold a password."""
        value = self.secret(environ, variable)
        if value is None:
            return None
        try:
            return read_address(value, schemes, optional=False, secret_ok=True)
        except ValueError:
            starts = ", ".join(f"{scheme}://" for scheme in schemes)
            self._add(
                _("{variable} is not an address.", variable=variable),
                _("Write an address that begins with one of: {starts}.", starts=starts),
            )
            return None

    def _table(self) -> dict[str, Any]:
        file = str(self.path)
        try:
            # Windows Notepad may put a mark before the first letter, which TOML does not allow.
            return tomllib.loads(self.path.read_bytes().decode("utf-8-sig"))
        except OSError:
            self._add(
                _("The settings file {file} cannot be read.", file=file),
                _("Check that the file exists and may be read, or name another one."),
            )
        except UnicodeDecodeError:
            self._add(
                _("The settings file {file} is not saved as UTF-8.", file=file),
                _("Open it in a text editor and save it with the encoding UTF-8."),
            )
        except tomllib.TOMLDecodeError as error:
            self._add(*_syntax(file, str(error)))
        return {}

    def _unknown_section(self, name: str, content: object) -> None:
        if isinstance(content, dict):
            self._unknown(f"[{name}]", _near(name, self.sections, "[{}]"))
        elif _SECRET_WORDS.search(name):
            self._secret_in_file(name)
        else:
            self._unknown(name, self._home(name) or _near(name, self.sections, "[{}]"))

    def _section(self, name: str, content: object) -> dict[str, Any]:
        if not isinstance(content, dict):
            self._add(
                _("{key} is a section, not a value.", key=name),
                _("Write the line [{section}] and its settings below it.", section=name),
            )
            return {}
        rules = _rules(self.sections[name])
        for key in content:
            if key not in rules:
                self._unknown_key(name, key, rules)
        read = {key: self._value(name, key, rules[key], content[key]) for key in rules if key in content}
        return {key: value[0] for key, value in read.items() if value}

    def _unknown_key(self, section: str, key: str, rules: Mapping[str, Rule]) -> None:
        place = f"[{section}] {key}"
        if _SECRET_WORDS.search(key):
            self._secret_in_file(place)
        else:
            self._unknown(place, _near(key, rules, f"[{section}] {{}}") or self._home(key))

    def _value(self, section: str, key: str, rule: Rule, value: object) -> tuple[Any] | tuple[()]:
        try:
            return (rule.read(value),)
        except ValueError:
            expected = _(rule.expected, **rule.values)
            written = _written(value) if rule.shown else "…"
            self._add(
                _(
                    "[{section}] {key} = {value} does not fit: {expected} is needed.",
                    section=section,
                    key=key,
                    value=written,
                    expected=expected,
                ),
                self._mend_line() if rule.shown else _password_mend(),
            )
            return ()

    def _secret_file(self, variable: str, path: Path) -> str | None:
        try:
            content = path.read_bytes()[:_SECRET_LIMIT].decode("utf-8-sig").strip()
        except (OSError, UnicodeDecodeError):
            content = ""
        if not content:
            self._add(
                _("The file that {variable} names cannot be read or is empty.", variable=variable),
                _("Check the file {file}: it holds the secret alone, on one line.", file=str(path)),
            )
        return content or None

    def _home(self, key: str) -> str | None:
        homes = (name for name, kind in self.sections.items() if key in _rules(kind))
        return next((f"[{name}] {key}" for name in homes), None)

    def _secret_in_file(self, place: str) -> None:
        self._add(
            _("{place} is a secret and must not stand in {file}.", place=place, file=str(self.path)),
            _(
                "Remove that line and put the secret into the environment, such as TIENDO_TELEGRAM_TOKEN or "
                "TIENDO_TELEGRAM_TOKEN_FILE."
            ),
        )

    def _unknown(self, place: str, near: str | None) -> None:
        text = _("{file} has no setting {place}.", file=str(self.path), place=place)
        self._add(text, _("Did you mean {near}?", near=near) if near else _("Remove that line."))

    def _mend_line(self) -> str:
        return _("Change that line in {file}.", file=str(self.path))

    def _add(self, text: str, mend: str) -> None:
        self.problems.append(Problem(text, mend))


def _rules(kind: type) -> dict[str, Rule]:
    found = ((setting.name, rule_of(setting)) for setting in fields(kind))
    return {name: rule for name, rule in found if rule is not None}


def _near(word: str, known: Iterable[str], frame: str) -> str | None:
    found = get_close_matches(word.lower(), list(known), n=1, cutoff=0.5)
    return frame.format(found[0]) if found else None


def _syntax(file: str, message: str) -> tuple[str, str]:
    found = re.search(r"line (\d+), column (\d+)", message)
    mend = _('Write each setting as name = value, with text between quotes "…".')
    if found is None:
        return _("{file} ends in the middle of a value.", file=file), mend
    line, column = found[1], found[2]
    return _(
        "{file} cannot be understood at line {line}, column {column}.", file=file, line=line, column=column
    ), mend


def _written(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:59] + "…"


def _password_mend() -> str:
    return _("Put an address with a password into TIENDO_DATABASE_URL or TIENDO_TELEGRAM_PROXY instead.")
