"""Every failure that a command can meet has its sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.commands.shared import SENTENCES, explain
from bot.planreader import faults
from domain.errors import DatabaseTooNew, InputError, NotFound, StorageError, TiendoError, Unavailable
from tests.bot.commands.terminal import ROOT

OURS = ("bot", "domain", "messages_vi", "scheduler", "storage")
# The running program words its own failures in chats and pages; but an address that is taken ends it.
ELSEWHERE = ("bot.app", "bot.local_site", "bot.web", "bot.conversation")
ALSO = "bot.web.server"


def _file(module: str) -> Path | None:
    path = ROOT / Path(*module.split("."))
    return next((one for one in (path.with_suffix(".py"), path / "__init__.py") if one.is_file()), None)


@cache
def _tree(module: str) -> ast.Module | None:
    file = _file(module)
    return ast.parse(file.read_text(encoding="utf-8")) if file else None


def _imports(module: str) -> Iterator[str]:
    for node in ast.walk(_tree(module) or ast.Module([], [])):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _reached() -> set[str]:
    """The modules that commands use, directly or not, without those that word their failures themselves."""
    waiting = [f"bot.commands.{path.stem}" for path in (ROOT / "bot" / "commands").glob("*.py")]
    reached = {ALSO}
    while waiting:
        module = waiting.pop()
        ours = module.split(".")[0] in OURS and _file(module) is not None
        if ours and module not in reached and not module.startswith(ELSEWHERE):
            reached.add(module)
            waiting.extend(_imports(module))
    return reached


def _raised() -> list[tuple[str, str, tuple[str, ...]]]:
    """(module, code, names of values) of each InputError written down in them."""
    found = []
    for module in sorted(_reached()):
        for node in ast.walk(_tree(module) or ast.Module([], [])):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "InputError":
                names = tuple(keyword.arg or "" for keyword in node.keywords)
                codes = [one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant)]
                found += [(module, str(code), names) for code in codes]
    return found


@pytest.mark.parametrize(("module", "code", "names"), _raised())
def test_every_refusal_in_the_code_has_a_sentence(module: str, code: str, names: tuple[str, ...]) -> None:
    error = InputError(code, **dict.fromkeys(names, "x"))
    if module.startswith("bot.planreader"):
        assert faults.explain(error)
    else:
        assert code in SENTENCES
        assert explain(error) != [f"Việc này không làm được ({code}). Em chưa thay đổi gì."]


def test_the_search_for_refusals_finds_them() -> None:
    codes = {code for _, code, _ in _raised()}
    assert {"not-a-plan", "no-year", "unit_exists", "role_not_here", "cannot_listen", "period_rule"} <= codes


def test_a_code_without_a_sentence_is_still_said() -> None:
    assert explain(InputError("new_code")) == ["Việc này không làm được (new_code). Em chưa thay đổi gì."]


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (
            StorageError("database is locked"),
            "Chương trình khác đang ghi vào cơ sở dữ liệu ghi ở nhóm [database]. Anh/chị thử lại sau một "
            "phút.",
        ),
        (
            StorageError("database disk image is malformed"),
            "Cơ sở dữ liệu ghi ở nhóm [database] đã hỏng. Anh/chị thay bằng bản sao lưu gần nhất.",
        ),
        (
            StorageError("database or disk is full"),
            "Ổ đĩa không còn chỗ cho cơ sở dữ liệu ghi ở nhóm [database]. Anh/chị dọn bớt rồi chạy lại.",
        ),
        (
            StorageError("attempt to write a readonly database"),
            "Không mở hoặc không ghi được cơ sở dữ liệu ghi ở nhóm [database]. Anh/chị kiểm tra đường dẫn và "
            "quyền ghi.",
        ),
        (
            StorageError("something new\nin two lines"),
            "Không dùng được cơ sở dữ liệu ghi ở nhóm [database]: something new",
        ),
        (
            DatabaseTooNew("9999"),
            "Cơ sở dữ liệu ghi ở nhóm [database] do bản tiendo mới hơn ghi nên bản này không mở. Anh/chị cập "
            "nhật chương trình; dữ liệu vẫn nguyên.",
        ),
        (
            Unavailable("no route"),
            "Ứng dụng nhắn tin không trả lời hoặc không nhận mã của bot. Chạy tiendo check để kiểm tra.",
        ),
        (NotFound("unit", 7), "Việc này không làm được (NotFound). Em chưa thay đổi gì."),
    ],
)
def test_failures_of_the_machine_are_said_in_one_line(error: TiendoError, line: str) -> None:
    assert explain(error) == [line]
