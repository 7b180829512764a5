"""`tiendo understand`: one JSON object for each line, in order, whatever the line holds."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.bot.commands.terminal import ROOT, Terminal


def test_it_answers_each_line_in_order(terminal: Terminal) -> None:
    lines = [
        '{"id": "a", "text": "kết nạp 5 đoàn viên ngày 12/4", "today": "2024-04-15"}',
        "đối thoại 1 lần",
        "",
        '{"id": "b", "text": "không phát sinh"}\r',
    ]
    said = terminal.feeds("\n".join(lines).encode(), "understand")
    answers = [json.loads(line) for line in said.out]
    assert (said.code, said.err) == (0, [])
    assert [one["id"] for one in answers] == ["a", None, None, "b"]
    assert [one["intent"] for one in answers] == ["report", "report", "other", "none_to_report"]
    assert answers[0]["items"] == [
        {"indicator": "doan_vien_moi", "value": 5, "on": "2024-04-12", "place": None, "people": None}
    ]
    assert answers[0]["ask"] is None
    assert answers[1]["items"][0]["indicator"] == "doi_thoai"


def test_a_bad_line_does_not_stop_the_ones_behind_it(terminal: Terminal) -> None:
    bad = [
        b"\xff\xfe\x00",
        b'{"id": 1, "text": ',
        b'{"id": 2, "text": 7, "today": "mai", "previous": [3]}',
        b'{"text": "\\ud800"}',
        b"[1, 2]",
        b'{"a":' * 100_000,
        "kết nạp 5 ".encode() * 50_000,
    ]
    said = terminal.feeds(b"\n".join([*bad, "kết nạp 3 đoàn viên".encode()]), "understand")
    answers = [json.loads(line) for line in said.out]
    assert (said.code, len(answers)) == (0, len(bad) + 1)
    assert all({"id", "intent", "items", "ask"} <= set(one) for one in answers)
    assert answers[-1]["items"][0]["value"] == 3
    assert len(said.err) == 1
    assert said.err[0].startswith("Dòng 6 chưa đọc được (RecursionError: ")


def test_no_marks_come_out_with_a_question(terminal: Terminal) -> None:
    said = terminal.feeds("kết nạp 5 nam".encode(), "understand")
    assert not any("\ue000" <= letter <= "\uf8ff" for letter in said.out[0])


def test_it_answers_before_the_next_line_comes() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "understand"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as program:
        assert program.stdin
        assert program.stdout
        for value in (3, 4):
            program.stdin.write(f"kết nạp {value} đoàn viên\n".encode())
            program.stdin.flush()
            assert json.loads(program.stdout.readline())["items"][0]["value"] == value
        program.stdin.close()
        assert program.stdout.read() == b""
    assert program.returncode == 0
