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
        b'{"id": 3, "text": "x", "today": "15/4"}',
    ]
    said = terminal.feeds(b"\n".join([*bad, "kết nạp 3 đoàn viên".encode()]), "understand")
    answers = [json.loads(line) for line in said.out]
    assert (said.code, len(answers)) == (0, len(bad) + 1)
    assert all({"id", "intent", "items", "ask"} <= set(one) for one in answers)
    assert answers[-1]["items"][0]["value"] == 3
    assert [place for place, one in enumerate(answers, 1) if "error" in one] == [2, 3, 6, 8]
    assert said.err == [
        "Dòng 2 sai mẫu: phải là một đối tượng JSON trọn vẹn trên một dòng.",
        "Dòng 3: “text” phải là chuỗi chữ.",
        "Dòng 6 sai mẫu: phải là đối tượng JSON lồng vài bậc, không sâu hơn.",
        "Dòng 8: “today” phải là ngày viết theo dạng YYYY-MM-DD.",
    ]


def test_it_explains_a_line_to_people(terminal: Terminal) -> None:
    lines = [
        '{"text": "kết nạp 10 nam 5 nữ ngày 12/4 ở cty Sao Mai, đt 0912345678", "today": "2024-04-15"}',
        '{"text": 5}',
        '{"text": "thêm 2 nữa", "previous": [{"indicator": "doi_thoai", "value": 3}]}',
        "vô 9 ra 4",
    ]
    said = terminal.feeds("\n".join(lines).encode(), "understand", "--explain")
    assert said.code == 0
    assert said.err == ["Dòng 2: “text” phải là chuỗi chữ."]
    assert said.out == [
        "kết nạp 10 nam 5 nữ ngày 12/4 ở cty Sao Mai, đt 0912345678",
        "  = báo số liệu",
        "  + đoàn viên mới = 15",
        "      số: “10 nam” [8-14] = 10 + “5 nữ” [15-19] = 5 (cộng các phần)",
        "      chỉ tiêu: “kết nạp” [0-7]",
        "      ngày 12/4: “ngày 12/4” [20-29]",
        "      nơi: “cty Sao Mai” [32-43]",
        "  × “0912345678” [48-58]: số điện thoại hoặc dãy số dài",
        "",
        "thêm 2 nữa",
        "  = sửa số liệu đã báo",
        "  + đối thoại = 5",
        "      số: lần báo trước = 3 + “2” [5-6] = 2 (số đã báo, nay thay đổi)",
        "",
        "vô 9 ra 4",
        "  = báo số liệu",
        "  + đoàn viên mới = 9",
        "      số: “9” [3-4] = 9 (viết sao ghi vậy)",
        "      chỉ tiêu: “vô” [0-2]",
        "  × “4” [8-9]: số giảm",
        "  ? Con số 9 là của mục nào ạ? (các cách hiểu khác nhau ở: chỉ tiêu)",
        "      1. 9 đoàn viên mới",
        "      2. 9 cuộc đối thoại",
        "      3. 9 hội nghị người lao động",
        "      4. Để nhắn lại",
        "",
    ]


def test_it_explains_a_line_to_programs(terminal: Terminal) -> None:
    said = terminal.feeds("kết nạp 5 đoàn viên".encode(), "understand", "--explain", "--json")
    (answer,) = [json.loads(line) for line in said.out]
    assert answer["items"][0]["value"] == 5
    assert answer["explain"]["items"][0]["parts"] == [
        {"text": "5 đoàn viên", "start": 8, "end": 19, "value": 5}
    ]


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
