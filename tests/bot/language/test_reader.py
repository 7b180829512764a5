"""What a reading carries besides its figures: questions in Vietnamese, nil indicators, the last report."""

from __future__ import annotations

from datetime import date

import pytest

from bot.language.reader import understand
from domain.understanding import Intent, Item

TODAY = date(2024, 6, 19)
LAST = (Item("doan_vien_moi", 5, date(2024, 6, 12)), Item("doi_thoai", 1))


def _choices(text: str) -> tuple[str, list[str]]:
    ask = understand(text, TODAY).ask
    assert ask is not None
    return str(ask.question), [str(label) for label, _ in ask.choices]


@pytest.mark.parametrize(
    ("text", "question", "labels"),
    [
        (
            "thành lập mới 1 CĐCS nha chị",
            "Doanh nghiệp mới thành lập công đoàn có bao nhiêu lao động ạ?",
            ["Từ 25 lao động trở lên", "Từ 10 đến dưới 25 lao động", "Để nhắn lại"],
        ),
        (
            "kết nạp hai ba bạn",
            "Chính xác là bao nhiêu đoàn viên mới ạ?",
            ["23 đoàn viên mới", "2 đoàn viên mới", "3 đoàn viên mới", "Để nhắn lại"],
        ),
        (
            "kết nạp khoảng 15 người",
            "Chính xác là bao nhiêu đoàn viên mới ạ?",
            ["15 đoàn viên mới", "Để nhắn lại"],
        ),
        (
            "kết nạp đoàn viên mới rồi chị ơi",
            "Mình kết nạp được mấy đoàn viên ạ? Nhắn con số giúp em.",
            ["1 đoàn viên mới", "Để nhắn lại"],
        ),
        (
            "xưởng em 20 lao động ra mắt công đoàn hôm 10/6, 18 đv",
            "18 đoàn viên này mới kết nạp và chưa báo lần nào phải không ạ?",
            ["Đúng, ghi luôn 18 đoàn viên mới", "Đã báo rồi, không ghi thêm"],
        ),
        (
            "[ảnh] biên bản đối thoại ngày 6/6",
            "Buổi đó diễn ra đúng ngày ghi trong biên bản, 6/6, phải không ạ?",
            ["Đúng, ngày 6/6", "Ngày khác, em nhắn lại sau"],
        ),
        (
            "đoàn viên 24, đối thoại 1 lần",
            "24 đoàn viên là mới kết nạp, hay là tổng số của đơn vị ạ?",
            ["24 đoàn viên mới", "Tổng số, không có ai mới"],
        ),
        (
            "công ty mở hội nghị hôm 5/6",
            "Đây là hội nghị người lao động phải không ạ?",
            ["Đúng, hội nghị người lao động", "Không, hội nghị khác"],
        ),
        (
            "đối thoại ngày 25/6",
            "Việc này đã làm ngày 25/6/2023, hay còn dự kiến ạ?",
            ["Đã làm ngày 25/6/2023", "Còn dự kiến, chưa ghi"],
        ),
        (
            "kết nạp 5 đoàn viên ngày 30/2",
            "Ngày 30/2 không có trong lịch. Việc này làm ngày nào ạ?",
            ["Ghi không kèm ngày", "Để nhắn lại"],
        ),
        (
            "đối thoại ngày ba mươi tháng hai",
            "Ngày ba mươi tháng hai không có trong lịch. Việc này làm ngày nào ạ?",
            ["Ghi không kèm ngày", "Để nhắn lại"],
        ),
        (
            "kết nạp -5 đoàn viên",
            "Em chưa rõ con số -5, đúng ra là bao nhiêu ạ?",
            ["5 đoàn viên mới", "Để nhắn lại"],
        ),
        (
            "kết nạp 5,5 đoàn viên",
            "Em chưa rõ con số 5,5, đúng ra là bao nhiêu ạ?",
            ["5 đoàn viên mới", "6 đoàn viên mới", "Để nhắn lại"],
        ),
        (
            "đối thoại -2 cuộc",
            "Em chưa rõ con số -2, đúng ra là bao nhiêu ạ?",
            ["Là 2", "Để nhắn lại"],
        ),
        (
            "như tháng trước",
            "Ý mình là không phát sinh, giống kỳ trước, phải không ạ?",
            ["Đúng, không phát sinh", "Để nhắn lại"],
        ),
    ],
)
def test_it_asks_one_question_where_readings_differ(text: str, question: str, labels: list[str]) -> None:
    assert _choices(text) == (question, labels)


def test_a_figure_asked_about_leaves_the_others_as_they_are() -> None:
    ask = understand("đv mới -5, đối thoại 1,5 cuộc, hội nghị nlđ 1", TODAY).ask
    assert ask is not None
    assert [(item.indicator, item.value) for item in ask.choices[0][1]] == [
        ("doan_vien_moi", 5),
        ("doi_thoai", 1),
        ("hoi_nghi_nld", 1),
    ]


@pytest.mark.parametrize("text", ["-5", "−5", "âm 5", "đơn giá -5 đồng"])
def test_it_never_takes_the_sign_off_a_bare_number(text: str) -> None:
    reading = understand(text, TODAY)
    assert (reading.intent, reading.items, reading.numbers) == (Intent.OTHER, (), ())


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Em sửa lại 5 thành 8 ạ", (Item("doan_vien_moi", 8, date(2024, 6, 12)),)),
        ("nhầm, 2 không phải 1", (Item("doi_thoai", 2),)),
    ],
)
def test_a_correction_without_a_name_is_that_of_the_last_report(text: str, items: tuple[Item, ...]) -> None:
    reading = understand(text, TODAY, LAST)
    assert (reading.intent, reading.items, reading.ask) == (Intent.CORRECT, items, None)


@pytest.mark.parametrize(("text", "value"), [("thêm 2 nữa nha", 7), ("bớt 1, trùng người", 4), ("*9", 9)])
def test_it_reckons_on_the_only_figure_of_the_last_report(text: str, value: int) -> None:
    reading = understand(text, TODAY, LAST[:1])
    assert [(item.indicator, item.value, item.on) for item in reading.items] == [
        ("doan_vien_moi", value, date(2024, 6, 12))
    ]


def test_a_new_day_replaces_that_of_the_last_report() -> None:
    reading = understand("sửa ngày 12/6 thành 13/6 giúp em", TODAY, LAST[:1])
    assert [item.on for item in reading.items] == [date(2024, 6, 13)]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("bớt 1 đoàn viên", (Item("doan_vien_moi", 4, date(2024, 6, 12)),)),
        ("bớt 1 đoàn viên mới", (Item("doan_vien_moi", 4, date(2024, 6, 12)),)),
        ("bớt 9 đoàn viên", (Item("doan_vien_moi", 0, date(2024, 6, 12)),)),
        ("bớt 1 cuộc đối thoại", (Item("doi_thoai", 2, date(2024, 6, 15)),)),
        ("thêm 2 đoàn viên nữa", (Item("doan_vien_moi", 7, date(2024, 6, 12)),)),
        ("sửa ngày 15/6 thành 16/6", (Item("doi_thoai", 3, date(2024, 6, 16)),)),
        ("sửa ngày 12/6 thành 16/6", (Item("doan_vien_moi", 5, date(2024, 6, 16)),)),
        ("ngày 12/6 sửa lại là 16/6", (Item("doan_vien_moi", 5, date(2024, 6, 16)),)),
        ("sửa lại ngày 16/6 chứ không phải 15/6", (Item("doi_thoai", 3, date(2024, 6, 16)),)),
        ("không phải 15/6 mà là 16/6", (Item("doi_thoai", 3, date(2024, 6, 16)),)),
        ("đổi ngày 15/6 thành 16/6", (Item("doi_thoai", 3, date(2024, 6, 16)),)),
        ("sửa ngày đối thoại 15/6 thành 16/6", (Item("doi_thoai", 3, date(2024, 6, 16)),)),
        ("sửa ngày 1/6 thành 16/6", ()),
    ],
)
def test_a_correction_finds_its_item_by_name_or_day(text: str, items: tuple[Item, ...]) -> None:
    previous = (Item("doan_vien_moi", 5, date(2024, 6, 12)), Item("doi_thoai", 3, date(2024, 6, 15)))
    reading = understand(text, TODAY, previous)
    assert (reading.intent, reading.items, reading.ask) == (Intent.CORRECT, items, None)


def test_it_asks_which_of_two_figures_becomes_less() -> None:
    ask = understand("bớt 1", TODAY, LAST).ask
    assert ask is not None
    assert [label for label, _ in ask.choices] == [
        "4 đoàn viên mới, ngày 12/6",
        "0 cuộc đối thoại",
        "Để nhắn lại",
    ]


@pytest.mark.parametrize("text", ["bớt 1 đoàn viên", "bớt 1 đoàn viên mới"])
def test_a_change_without_a_last_report_carries_the_value_as_written(text: str) -> None:
    reading = understand(text, TODAY)
    assert (reading.intent, reading.items) == (Intent.CORRECT, (Item("doan_vien_moi", 1),))


@pytest.mark.parametrize(
    ("text", "zeros"),
    [
        ("đv mới 7, đối thoại không có", ("doi_thoai",)),
        ("đv thì k có, mấy cái kia để em hỏi", ("doan_vien_moi",)),
        ("Tháng 6 không kết nạp, không đối thoại", ("doan_vien_moi", "doi_thoai")),
        ("ĐV mới: 3\nCĐCS: 0", ("cdcs_10_25", "cdcs_25")),
        ("Quý này không phát sinh", ()),
        (
            "đv mới 3, đối thoại 1, còn lại 0",
            ("cdcs_10_25", "cdcs_25", "tuldtt", "hoi_nghi_nld"),
        ),
    ],
)
def test_it_says_which_indicators_are_nil(text: str, zeros: tuple[str, ...]) -> None:
    assert understand(text, TODAY).zeros == zeros


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("quý 2 kết nạp 5", 2),
        ("BC Quý III/2024: kết nạp 5", 3),
        ("q1 em kết nạp 5", 1),
        ("quý hai không phát sinh", 2),
        ("kết nạp 5", None),
    ],
)
def test_it_carries_the_quarter_that_is_named(text: str, quarter: int | None) -> None:
    assert understand(text, TODAY).quarter == quarter


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("số đó của quý 1 nha", 1),
        ("không phải quý 2, quý 1 mới đúng", 1),
        ("không phải quý 2 mà là quý 1", 1),
        ("là của tháng 3 chứ không phải tháng 4", 1),
        ("số này là của tháng 4, không phải tháng 3", 2),
        ("cai do la cua quy 1 chu k phai quy 2", 1),
        ("tin hồi nãy là của quý 1", 1),
        ("số hồi sáng em gửi là của tháng 3", 1),
        ("chuyển số đó qua quý 1 giúp em", 1),
        ("chuyển từ quý 2 sang quý 1 nha", 1),
        ("tính vô quý 1 giúp em", 1),
    ],
)
def test_figures_may_be_moved_to_another_quarter(text: str, quarter: int) -> None:
    for previous in ((), LAST[:1], LAST):
        reading = understand(text, TODAY, previous)
        assert (reading.intent, reading.quarter) == (Intent.CORRECT, quarter)
        assert (reading.items, reading.ask) == ((), None)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("số đó là của quý 3 hả chị", Intent.QUESTION),
        ("báo cáo quý 1 nộp ngày nào", Intent.TASKS),
        ("số liệu quý 1 em gửi sau", Intent.OTHER),
        ("báo cáo quý 1 xong rồi", Intent.TASK_DONE),
        ("quý 1 không phát sinh", Intent.NONE_TO_REPORT),
    ],
)
def test_a_period_that_is_only_named_moves_nothing(text: str, intent: Intent) -> None:
    assert understand(text, TODAY, LAST).intent is intent


@pytest.mark.parametrize(
    "text",
    [
        "công nhân chuyền 2 đang đình công",
        "có người bị máy cán tay, đang cấp cứu",
        "hơn trăm công nhân tụ tập trước cổng đòi lương",
        "chay lon o kho hang",
        "Kết nạp 4 đv. Có 1 bạn bị tai nạn ở xưởng.",
    ],
)
def test_it_marks_what_someone_must_hear_of_at_once(text: str) -> None:
    assert understand(text, TODAY).urgent


@pytest.mark.parametrize(
    "text",
    [
        "tai nạn lao động: 0",
        "không có tai nạn, không đình công",
        "tập huấn phòng cháy chữa cháy cho 40 người",
        "tuyên truyền phòng chống cháy nổ",
        "kết nạp 5 đoàn viên",
        "cty no luong 2 thang",
    ],
)
def test_it_cries_no_wolf(text: str) -> None:
    assert not understand(text, TODAY).urgent


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("kết nạp 5, có 1 anh tai nạn ở xưởng", [5]),
        ("kết nạp 6 đv hôm qua, hồi trưa 1 chị bị máy cán tay", [6]),
        ("công nhân đang đình công, mới kết nạp 4 bạn", [4]),
        ("2 người bị tai nạn, 3 người nhập viện", []),
    ],
)
def test_members_admitted_are_kept_beside_an_accident(text: str, values: list[int]) -> None:
    reading = understand(text, TODAY)
    assert reading.urgent
    assert [item.value for item in reading.items] == values


def test_the_noughts_of_a_numbered_list_are_nil() -> None:
    reading = understand("1. 12\n2. 0\n3. 2\n4. 0\n5. 0\n6. 1", TODAY)
    assert [(item.indicator, item.value) for item in reading.items] == [
        ("doan_vien_moi", 12),
        ("cdcs_25", 2),
        ("doi_thoai", 1),
    ]
    assert reading.zeros == ("cdcs_10_25", "tuldtt", "hoi_nghi_nld")
    nothing = understand("1. 0\n2. 0\n3. 0\n4. 0\n5. 0\n6. 0", TODAY)
    assert (nothing.intent, nothing.items, len(nothing.zeros)) == (Intent.NONE_TO_REPORT, (), 6)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("bên may 6 bên điều 3 đv nha", [6, 3]),
        ("May: 4 đv; điều: 2 đv", [4, 2]),
        ("bên gỗ 3, bên điều 4 đv", [3, 4]),
        ("ben may 5 dv ben hat dieu 2 dv", [5, 2]),
    ],
)
def test_it_asks_whose_the_members_of_two_trades_are(text: str, values: list[int]) -> None:
    reading = understand(text, TODAY)
    assert reading.ask is not None
    assert [item.value for item in reading.items] == values
    assert [[item.value for item in items] for _, items in reading.ask.choices] == [values, [sum(values)], []]


def test_it_keeps_the_numbers_of_finished_tasks_and_of_bare_answers() -> None:
    done = understand("xong 3 5", TODAY)
    assert (done.intent, done.numbers) == (Intent.TASK_DONE, (3, 5))
    assert understand("15", TODAY).numbers == (15,)


def test_it_counts_the_women_that_are_named() -> None:
    assert understand("kết nạp 15 đv, trong đó 13 nữ", TODAY).items[0].women == 13
    assert understand("ket nap 5 nam 3 nu", TODAY).items[0].women == 3


def test_the_spans_show_the_words_that_were_added_up() -> None:
    reading = understand("10 nam 5 nữ mới vô công đoàn", TODAY)
    assert [reading.text[start:end] for start, end in reading.items[0].spans] == ["10 nam", "5 nữ"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("/tiendo", Intent.PROGRESS),
        ("/nhiemvu", Intent.TASKS),
        ("/help", Intent.HELP),
        ("/duyet", Intent.OTHER),
    ],
)
def test_a_command_has_its_intent(text: str, intent: Intent) -> None:
    assert understand(text, TODAY).intent is intent


@pytest.mark.parametrize("line", ["KE\r0", "viec\n", "ghi\n\n3", "\n?\n"])
def test_line_breaks_beside_words_fail_nothing(line: str) -> None:
    assert understand(line, date(2024, 4, 15)).items == ()
