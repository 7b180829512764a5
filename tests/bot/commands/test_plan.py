"""`tiendo plan`: what is read is shown, stored once, and stored again only when somebody agrees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bot.commands.terminal import PLAN, ROOT, Terminal

SAMPLE = str(ROOT / "tests" / "bot" / "planreader" / "data" / "ke-hoach-mau.txt")


def _changed(terminal: Terminal, **words: tuple[str, str]) -> str:
    text = Path(PLAN).read_text(encoding="utf-8")
    for old, new in words.values():
        assert old in text
        text = text.replace(old, new)
    return terminal.writes("sua.toml", text)


def test_it_shows_what_it_reads_without_a_database(terminal: Terminal) -> None:
    said = terminal.types("plan", "read", PLAN)
    assert (said.code, said.err) == (0, [])
    assert said.out[0] == "Kế hoạch năm 2024 · số 31/KH-LĐLĐ · ngày 1/4/2024"
    assert "6 chỉ tiêu" in said.out
    assert (
        "   1. 106 đoàn viên · Phát triển đoàn viên mới năm 2024: tăng thêm 106 đoàn viên [doan_vien_moi]"
        in said.out
    )
    assert "24 nhiệm vụ trong 7 nhóm" in said.out
    assert said.out[-1] == "  • Nhóm 7 không ghi thời gian thực hiện nên em tính cả năm 2024."
    assert terminal.files() == {}


def test_it_says_when_each_task_is_to_be_done(terminal: Terminal) -> None:
    windows = [
        line.strip() for line in terminal.types("plan", "read", SAMPLE).out if line.startswith("      ")
    ]
    assert len(windows) == 24
    assert windows[0] == "thường xuyên"
    assert windows[7] == "1/3 – 31/10 · ghi “từ tháng 3/2024 đến tháng 10/2024”"
    assert windows[-1] == "cả năm"


@pytest.mark.parametrize("words", [("read", SAMPLE), ("show",)])
def test_it_prints_json_for_other_programs(terminal: Terminal, words: tuple[str, ...]) -> None:
    terminal.types("plan", "import", SAMPLE)
    said = terminal.types("plan", *words, "--json")
    plan = json.loads("\n".join(said.out))
    assert list(plan) == [
        "number",
        "date",
        "year",
        "issuer",
        "title",
        "targets",
        "tasks",
        "warnings",
        "period",
    ]
    assert (plan["number"], plan["date"], plan["year"]) == ("07/KH-CĐP", "2024-04-01", 2024)
    assert [target["goal"] for target in plan["targets"]] == [106, 100, 100, 1, 20, 21]
    assert len(plan["tasks"]) == 24
    assert plan["tasks"][7]["end"] == "2024-10-31"


def test_the_first_import_stores_and_says_what(terminal: Terminal) -> None:
    said = terminal.types("plan", "import", PLAN)
    assert (said.code, said.err) == (0, [])
    assert said.out[0] == "Kế hoạch năm 2024 · số 31/KH-LĐLĐ · ngày 1/4/2024"
    assert said.out[-2:] == [
        "✅ Đã nạp kế hoạch năm 2024: 6 chỉ tiêu, 24 nhiệm vụ.",
        "15 nhiệm vụ có hạn trước hôm nay: em không nhắc, chỉ hỏi cán bộ một lần xem việc nào đã xong.",
    ]
    with terminal.tables() as uow:
        assert (uow.targets.count(), uow.tasks.count(), uow.periods.count(year=2024)) == (6, 24, 4)
    shown = terminal.types("plan", "show").out
    assert shown[:6] == said.out[:6]


def test_the_same_document_again_changes_nothing(office: Terminal) -> None:
    said = office.types("plan", "import", PLAN)
    assert (said.code, said.out) == (
        0,
        ["Kế hoạch năm 2024 đã có, giống hệt tệp này. Em không thay đổi gì."],
    )
    with office.tables() as uow:
        assert uow.audit.count(action="plan.import", account="tiendo") == 1


CHANGES = {
    "number": ('number = "31/KH-LĐLĐ"', 'number = "32/KH-LĐLĐ"'),
    "goal": ("goal = 106", "goal = 110"),
}
SAID = [
    "Đã có kế hoạch năm 2024. Tệp này thay đổi:",
    "  ~ số kế hoạch: 31/KH-LĐLĐ → 32/KH-LĐLĐ",
    "  ~ chỉ tiêu “Phát triển đoàn viên mới năm 2024: tăng thêm 106 đoàn viên”: 106 đoàn viên → 110 đoàn "
    "viên",
]


@pytest.mark.parametrize("answer", ["c", "Có", "y", "đồng ý"])
def test_another_document_is_stored_once_somebody_agrees(office: Terminal, answer: str) -> None:
    said = office.types("plan", "import", _changed(office, **CHANGES), answer=answer)
    assert said.code == 0
    assert said.out == [
        *SAID,
        "Lưu những thay đổi này? (c/k) ✅ Đã nạp kế hoạch năm 2024: 6 chỉ tiêu, 24 nhiệm vụ.",
    ]
    assert office.types("plan", "show").out[0] == "Kế hoạch năm 2024 · số 32/KH-LĐLĐ · ngày 1/4/2024"


@pytest.mark.parametrize("answer", ["k", "", "không", "để mai"])
def test_anything_but_a_yes_changes_nothing(office: Terminal, answer: str) -> None:
    name = _changed(office, **CHANGES)
    before = office.files()
    said = office.types("plan", "import", name, answer=answer)
    assert (said.code, said.out) == (0, [*SAID, "Lưu những thay đổi này? (c/k) Em chưa thay đổi gì."])
    assert office.files() == before


def test_without_a_terminal_it_does_not_guess(office: Terminal) -> None:
    name = _changed(office, **CHANGES)
    before = office.files()
    said = office.types("plan", "import", name)
    assert (said.code, said.out) == (2, SAID)
    assert said.err == [
        "Không có ai ở bàn phím để đồng ý nên em chưa thay đổi gì. Chạy lại với --yes để đồng ý trước."
    ]
    assert office.files() == before


def test_agreed_beforehand_it_does_not_ask(office: Terminal) -> None:
    said = office.types("plan", "import", _changed(office, **CHANGES), "--yes")
    assert (said.code, said.out) == (0, [*SAID, "✅ Đã nạp kế hoạch năm 2024: 6 chỉ tiêu, 24 nhiệm vụ."])


def test_it_names_what_comes_goes_and_moves(office: Terminal) -> None:
    task = '[[tasks]]\ngroup = "1"\ngroup_title = "Tuyên truyền"\ntext = "Việc {n}"\n'
    plan = 'number = "1"\nyear = 2026\nissuer = "A"\ntitle = "B"\n'
    first = plan + task.format(n="một") + 'when = "Quý I"\n' + task.format(n="hai")
    then = plan + task.format(n="một") + 'when = "Quý II"\n' + task.format(n="ba")
    assert office.types("plan", "import", office.writes("dau.toml", first)).code == 0
    said = office.types("plan", "import", office.writes("sau.toml", then), "--yes")
    assert said.out == [
        "Đã có kế hoạch năm 2026. Tệp này thay đổi:",
        "  + thêm nhiệm vụ: 1. Việc ba (cả năm)",
        "  ~ nhiệm vụ “Việc một”: 1/1 – 31/3 · ghi “Quý I” → 1/4 – 30/6 · ghi “Quý II”",
        "  - bỏ nhiệm vụ: 1. Việc hai (cả năm)",
        "Bỏ nhiệm vụ nào thì ghi chú đã xong hay chưa của nhiệm vụ ấy cũng mất.",
        "✅ Đã nạp kế hoạch năm 2026: 0 chỉ tiêu, 2 nhiệm vụ.",
    ]


def test_it_says_where_to_get_a_plan_when_there_is_none(terminal: Terminal) -> None:
    terminal.types("invite", "--office")
    said = terminal.types("plan", "show")
    assert (said.code, said.err) == (2, ["Chưa có kế hoạch nào. Nạp bằng lệnh: tiendo plan import TỆP"])


def test_a_mistake_in_a_toml_plan_is_named_by_its_line(terminal: Terminal) -> None:
    said = terminal.types("plan", "read", terminal.writes("hong.toml", "year = 2024\ntitle = \n"))
    assert said.code == 2
    assert said.err == [
        "Tệp hong.toml, dòng 2: Dòng này viết chưa đúng: thường là thiếu dấu ngoặc kép, dấu = hoặc dấu ngoặc "
        "vuông. Em chưa nạp gì."
    ]


MONTH = """CÔNG ĐOÀN PHƯỜNG AN HÒA
Số: 15/KH-CĐP
An Hòa, ngày 28 tháng 9 năm 2024

KẾ HOẠCH
Công tác tháng 10 năm 2024

I. CHỈ TIÊU
- Số vụ ngừng việc không quá 02 vụ.
II. NHIỆM VỤ
- Họp ban chấp hành.
Thời gian: Ngày 03
Đơn vị chủ trì: Ban A
Đơn vị phối hợp: Ban B
- Thăm công nhân.
Thời gian: 2 lần/tháng
"""


def test_the_plan_of_a_month_says_its_period_and_who_leads_and_joins(terminal: Terminal) -> None:
    said = terminal.types("plan", "read", terminal.writes("thang.txt", MONTH))
    assert "Dùng cho tháng 10/2024: từ 1/10/2024 đến 31/10/2024" in said.out
    assert any(line.startswith("   1. không quá 2 vụ · Số vụ ngừng việc") for line in said.out)
    assert "      thường xuyên · ghi “2 lần/tháng”" in said.out
    assert "      3/10 – 3/10 · ghi “Ngày 03” · Ban A; Ban B (phối hợp)" in said.out


OCTOBER = "kế hoạch tháng 10/2024"
KEPT = f"1 chỉ tiêu trong văn bản này chỉ của {OCTOBER}: không thay chỉ tiêu năm và không tính vào /tiendo."
STORED = [f"✅ Đã nạp {OCTOBER}: 1 chỉ tiêu, 2 nhiệm vụ.", "Các việc trong kế hoạch này mang số 101 đến 102."]


def test_a_month_comes_in_beside_the_year_and_says_so(office: Terminal) -> None:
    said = office.types("plan", "import", office.writes("thang.txt", MONTH))
    assert said.code == 0
    assert said.out[0] == "Kế hoạch tháng 10/2024 · số 15/KH-CĐP · ngày 28/9/2024"
    assert said.out[-5:] == [
        "Kế hoạch tháng 10/2024 được thêm bên cạnh; giữ nguyên kế hoạch năm 2024 (31/KH-LĐLĐ).",
        KEPT,
        *STORED,
        "1 nhiệm vụ có hạn trước hôm nay: em không nhắc, chỉ hỏi cán bộ một lần xem việc nào đã xong.",
    ]
    with office.tables() as uow:
        heads = [(one.number, one.scope) for one in uow.plans.find()]
        assert heads == [("31/KH-LĐLĐ", ""), ("15/KH-CĐP", "month 10")]
        assert (uow.targets.count(), uow.tasks.count()) == (7, 26)


def test_a_month_replaces_only_that_month(office: Terminal) -> None:
    office.types("plan", "import", office.writes("thang.txt", MONTH))
    again = office.writes("lai.txt", MONTH.replace("Thăm công nhân", "Thăm hỏi công nhân"))
    assert office.types("plan", "import", "thang.txt").out == [
        "Kế hoạch tháng 10/2024 đã có, giống hệt tệp này. Em không thay đổi gì."
    ]
    first, change, *rest = office.types("plan", "import", again, "--yes").out
    assert first == "Đã có kế hoạch tháng 10/2024. Tệp này thay đổi:"
    assert change.startswith(
        "  ~ nhiệm vụ: II. Thăm công nhân (thường xuyên · ghi “2 lần/tháng”) → II. Thăm hỏi"
    )
    assert rest == ["Giữ nguyên kế hoạch năm 2024 (31/KH-LĐLĐ).", KEPT, *STORED]


TERM = """number = "16/CTr"
year = 2024
title = "Chương trình"
period = "years"
period_start = 2024-01-01
period_end = 2099-12-31
[[targets]]
text = "Kết nạp 5.000 đoàn viên"
goal = 5000
unit = "đoàn viên"
[[tasks]]
group = "1"
group_title = "Nhóm"
text = "Vận động"
"""


def test_it_lists_the_plans_in_force_before_each_in_full(office: Terminal) -> None:
    office.types("plan", "import", office.writes("thang.txt", MONTH))
    said = office.types("plan", "import", office.writes("dai.toml", TERM))
    assert said.out[-3] == (
        "1 chỉ tiêu trong văn bản này là của cả các năm 2024-2099, không phải của riêng một năm: không thay "
        "chỉ tiêu năm và không tính vào /tiendo."
    )
    said = office.types("plan", "show")
    assert said.out[:5] == [
        "Đang dùng 2 kế hoạch:",
        "  1. Kế hoạch năm 2024, số 31/KH-LĐLĐ, ngày 1/4/2024 (1/1/2024 – 31/12/2024): "
        "6 chỉ tiêu, 24 nhiệm vụ",
        "  2. Kế hoạch các năm 2024-2099, số 16/CTr (1/1/2024 – 31/12/2099): 1 chỉ tiêu, 1 nhiệm vụ",
        "",
        "Kế hoạch năm 2024 · số 31/KH-LĐLĐ · ngày 1/4/2024",
    ]
    assert any(line.startswith("Kế hoạch các năm 2024-2099 · số 16/CTr") for line in said.out)
    assert "  201. Vận động" in said.out
    plans = json.loads("\n".join(office.types("plan", "show", "--json").out))
    assert (plans["number"], [one["number"] for one in plans["others"]]) == ("31/KH-LĐLĐ", ["16/CTr"])
    assert plans["others"][0]["period"] == {"kind": "years", "start": "2024-01-01", "end": "2099-12-31"}


def test_another_plan_of_the_year_can_be_kept_beside_it(office: Terminal) -> None:
    other = office.writes("khac.txt", MONTH.replace("tháng 10 năm 2024", "năm 2024"))
    said = office.types("plan", "import", other)
    assert said.code == 2
    assert said.out[-1] == (
        "⚠️ Văn bản này có số khác và phần lớn nhiệm vụ khác. Muốn giữ kế hoạch năm 2024 và nạp văn bản này "
        "bên cạnh, chạy lại với --beside."
    )
    said = office.types("plan", "import", other, "--beside")
    assert "✅ Đã nạp kế hoạch “Công tác năm 2024”: 1 chỉ tiêu, 2 nhiệm vụ." in said.out
    assert office.types("plan", "import", other).out == [
        "Kế hoạch “Công tác năm 2024” đã có, giống hệt tệp này. Em không thay đổi gì."
    ]
    with office.tables() as uow:
        assert [one.number for one in uow.plans.find()] == ["31/KH-LĐLĐ", "15/KH-CĐP"]


def test_a_report_is_told_as_one(terminal: Terminal) -> None:
    said = terminal.types("plan", "read", terminal.writes("bc.txt", MONTH.replace("KẾ HOẠCH", "BÁO CÁO")))
    assert said.code != 0
    assert "bc.txt là báo cáo, không phải kế hoạch" in "\n".join(said.err)
