"""The command as a whole: help, what is mistyped, and how it ends."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import build_parser, main
from tests.bot.commands.terminal import ROOT, Terminal

COMMANDS = [
    (),
    ("run",),
    ("demo",),
    ("check",),
    ("plan",),
    ("plan", "read"),
    ("plan", "import"),
    ("plan", "show"),
    ("units",),
    ("units", "template"),
    ("units", "import"),
    ("units", "list"),
    ("invite",),
    ("understand",),
]
HEAVY = {"sqlalchemy", "sqlmodel", "aiohttp", "telegram", "openpyxl", "docx", "holidays", "apscheduler"}


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_its_help_in_vietnamese(terminal: Terminal, words: tuple[str, ...]) -> None:
    said = terminal.types(*words, "--help")
    assert said.code == 0
    assert said.out[0].startswith("Cách dùng: tiendo " + " ".join(words))
    text = "\n".join(said.out)
    assert "Xem trợ giúp này." in text
    assert not any(word in text for word in ("usage", "options", "positional", "show this"))


def test_it_shows_the_help_where_a_command_is_missing(terminal: Terminal) -> None:
    assert terminal.types().out[2] == "Trợ lý báo cáo, nhắc việc và theo dõi tiến độ cho văn phòng công đoàn."
    said = terminal.types("plan")
    assert (said.code, said.out[2]) == (2, "Kế hoạch năm: đọc thử, nạp, xem.")


def test_it_tells_its_version(terminal: Terminal) -> None:
    assert terminal.types("--version").out == ["tiendo 0.1.0"]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("plna",), "Không có “plna”. Có phải ý là “plan” không?"),
        (
            ("xyz",),
            "Không có “xyz”. Chọn một trong: run, demo, check, plan, units, invite, understand.",
        ),
        (("plan", "shwo"), "Không có “shwo”. Có phải ý là “show” không?"),
        (("plan", "read"), "Còn thiếu TỆP. Cách dùng: tiendo plan read [-h] [--config TỆP] [--json] TỆP"),
        (
            ("check", "--all"),
            "Em không hiểu phần “--all”. Cách dùng: tiendo [-h] [--version] [--config TỆP] LỆNH ...",
        ),
        (
            ("demo", "--port"),
            "Sau --port cần một giá trị. Cách dùng: tiendo demo [-h] [--config TỆP] [--port CỔNG]",
        ),
        (("demo", "--port", "80a"), "“80a” không phải số cổng: cần số từ 0 đến 65535."),
        (("demo", "--port", "70000"), "“70000” không phải số cổng: cần số từ 0 đến 65535."),
        (
            ("invite", "--role", "boss"),
            "Không có “boss”. Chọn một trong: chair, deputy, staff, leader, admin.",
        ),
    ],
)
def test_it_says_in_one_line_what_was_mistyped(terminal: Terminal, words: tuple[str, ...], line: str) -> None:
    said = terminal.types(*words)
    assert (said.code, said.out, said.err) == (2, [], [line])


def test_a_fault_of_the_program_is_one_line_too(
    terminal: Terminal, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = terminal.types("understand")  # Its input has no bytes here, which cannot happen at a terminal.
    assert said.code == 1
    assert said.err == [
        "Chương trình gặp lỗi ngoài dự kiến (AttributeError: '_io.StringIO' object has no attribute "
        "'buffer'). Đặt TIENDO_DEBUG=1 rồi chạy lại để xem chi tiết và báo cho người phụ trách."
    ]
    monkeypatch.setenv("TIENDO_DEBUG", "1")
    with pytest.raises(AttributeError):
        terminal.types("understand")


def test_ctrl_c_ends_it_quietly(
    terminal: Terminal, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Impatient:
        @property
        def buffer(self) -> object:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Impatient())
    assert main(["understand"]) == 130
    assert capsys.readouterr() == ("", "")


def _commands_in(page: Path) -> list[str]:
    """What the page tells people to type: rows of its table, and lines of its blocks."""
    return re.findall(r"^(?:\| `)?(tiendo [^`#\n]+)", page.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("line", _commands_in(ROOT / "docs" / "lenh.md"))
def test_the_page_of_commands_names_only_what_can_be_typed(line: str) -> None:
    args = build_parser().parse_args(shlex.split(line)[1:])
    assert (ROOT / "bot" / "commands" / f"{args.module}.py").is_file()


def _as_a_program(*words: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *words], cwd=ROOT, env=kept | environ, capture_output=True, check=False
    )


@pytest.mark.parametrize("environ", [{}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}])
def test_it_writes_vietnamese_whatever_the_machines_language(environ: dict[str, str]) -> None:
    done = _as_a_program("--help", **environ)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("Cách dùng: tiendo")
    failed = _as_a_program("plna", **environ)
    assert (failed.returncode, failed.stderr.decode()) == (2, "Không có “plna”. Có phải ý là “plan” không?\n")


def test_a_reader_that_goes_away_is_no_fault() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "understand"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdin
        assert program.stdout
        assert program.stderr
        program.stdout.close()
        program.stdin.write("kết nạp 5\n".encode())
        program.stdin.close()
        assert program.stderr.read() == b""
    assert program.returncode == 141


def test_the_help_loads_nothing_heavy() -> None:
    code = (
        f"import sys; from bot.cli import main; main(['--help']); sys.exit(str({HEAVY} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)  # noqa: S603
    assert done.stderr.decode().strip() == "set()"
