"""Somebody at a terminal, in a folder of their own: types commands and reads what comes back."""

from __future__ import annotations

import io
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from storage.database import Database
from storage.unit_of_work import UnitOfWork

ROOT = Path(__file__).parent.parent.parent.parent
PLAN = str(ROOT / "examples" / "ke-hoach-2024.toml")
UNITS = str(ROOT / "examples" / "don-vi.csv")
DATABASE = Path("data") / "tiendo.sqlite3"


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: list[str]
    err: list[str]


class Keyboard(io.StringIO):
    """Standard input with somebody at it."""

    def isatty(self) -> bool:
        return True


@dataclass
class Terminal:
    """Runs commands in `folder`, without settings from the machine's environment."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __post_init__(self) -> None:
        self.monkeypatch.chdir(self.folder)
        for name in [name for name in os.environ if name.startswith("TIENDO_")]:
            self.monkeypatch.delenv(name)

    def types(self, *words: str, answer: str | None = None) -> Said:
        """Run `tiendo` with these words; `answer` is typed where it asks."""
        self.monkeypatch.setattr(sys, "stdin", io.StringIO() if answer is None else Keyboard(answer + "\n"))
        self.capsys.readouterr()
        code = main(list(words))
        said = self.capsys.readouterr()
        return Said(code, said.out.splitlines(), said.err.splitlines())

    def feeds(self, content: bytes, *words: str) -> Said:
        """Run `tiendo` with these words and `content` on standard input."""
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), "utf-8"))
        self.capsys.readouterr()
        code = main(list(words))
        said = self.capsys.readouterr()
        return Said(code, said.out.splitlines(), said.err.splitlines())

    def writes(self, name: str, content: str | bytes) -> str:
        """Put a file into the folder and return its name."""
        data = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(data)
        return name

    def files(self) -> dict[str, bytes]:
        """Every file in the folder with its content."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }

    @contextmanager
    def tables(self) -> Iterator[UnitOfWork]:
        """The office's database, opened as the program opens it."""
        database = Database(f"sqlite:///{self.folder / DATABASE}")
        try:
            with database.begin() as uow:
                yield uow
        finally:
            database.close()

    def changes(self, statement: str) -> None:
        """Change the office's database behind the program's back."""
        connection = sqlite3.connect(self.folder / DATABASE)
        try:
            with connection:
                connection.execute(statement)
        finally:
            connection.close()
