from __future__ import annotations

from datetime import date

import pytest

from bot.language.answers import chosen, command, count_in, date_in, is_nil, numbers_in

TODAY = date(2024, 6, 19)
CONFIRM = ("Đúng", "Sửa", "Bỏ")
CLOSE = ("Đủ rồi, chốt giúp em", "Bổ sung", "Không phát sinh thêm", "Nhắc lại sau 2 ngày")
KINDS = ("Trường học", "Trạm y tế", "Doanh nghiệp")


@pytest.mark.parametrize(
    ("text", "labels", "position"),
    [
        ("1", CONFIRM, 0),
        ("2.", CONFIRM, 1),
        ("3)", CONFIRM, 2),
        ("số 1", CONFIRM, 0),
        ("so 2", CONFIRM, 1),
        ("một", CONFIRM, 0),
        ("mot", CONFIRM, 0),
        ("hai nha chị", CONFIRM, 1),
        ("đúng", CONFIRM, 0),
        ("dung roi", CONFIRM, 0),
        ("Đúng rồi chị ơi", CONFIRM, 0),
        ("ok", CONFIRM, 0),
        ("dạ ok ạ", CONFIRM, 0),
        ("ok bot nha", CONFIRM, 0),
        ("ừ", CONFIRM, 0),
        ("có", CONFIRM, 0),
        ("chuẩn", CONFIRM, 0),
        ("phải", CONFIRM, 0),
        ("sua", CONFIRM, 1),
        ("bỏ", CONFIRM, 2),
        ("bo", CONFIRM, 2),
        ("đủ", CLOSE, 0),
        ("đủ rồi", CLOSE, 0),
        ("bổ sung", CLOSE, 1),
        ("không", CLOSE, 2),
        ("nhắc lại", CLOSE, 3),
        ("TRAM Y TE", KINDS, 1),
        ("trường", KINDS, 0),
        ("doanh nghiep", KINDS, 2),
    ],
)
def test_it_knows_the_choice_that_was_typed(text: str, labels: tuple[str, ...], position: int) -> None:
    assert chosen(text, labels) == position


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("4", CONFIRM),
        ("0", CONFIRM),
        ("", CONFIRM),
        ("kết nạp 5 đoàn viên", CONFIRM),
        ("ok", KINDS),
        ("không", (*CONFIRM, "Không gửi", "Chưa đúng")),
        ("tr", KINDS),
        ("1 2", CONFIRM),
        ("đúng " * 40, CONFIRM),
        ("ok", ()),
    ],
)
def test_it_chooses_nothing_where_the_answer_is_open(text: str, labels: tuple[str, ...]) -> None:
    assert chosen(text, labels) is None


@pytest.mark.parametrize(
    "text",
    [
        "không phát sinh",
        "k co gi",
        "0",
        "khong",
        "ko có nha",
        "Không có gì mới chị ơi",
        "chưa có",
        "dạ không ạ",
        "hông",
    ],
)
def test_it_knows_nothing_to_report(text: str) -> None:
    assert is_nil(text)


@pytest.mark.parametrize("text", ["5", "có", "không phải 5", "kết nạp 3", "", "để em hỏi lại"])
def test_it_takes_no_other_answer_for_nothing(text: str) -> None:
    assert not is_nil(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("5", 5),
        ("05 người", 5),
        ("1.250", 1250),
        ("5 ngày 20/9/2024", 5),
        ("5 người, 12/6", 5),
        ("ngày 12-6 được 7", 7),
        ("20/9/2024", None),
        ("-5", None),
        ("âm 5", None),
        ("5,5", None),
        ("hai mươi mốt", 21),
        ("dạ 12 ạ", 12),
        ("muoi lam", 15),
        ("2 chục", 20),
        ("", None),
        ("nhiều lắm", None),
        ("5 hoặc 6", None),
        ("1,5", None),
        ("95%", None),
        ("3/4", None),
    ],
)
def test_it_reads_one_whole_number(text: str, count: int | None) -> None:
    assert count_in(text) == count


def test_it_reads_the_numbers_of_a_list() -> None:
    assert numbers_in("xong 3 5") == (3, 5)
    assert numbers_in("3, 5 va 7") == (3, 5, 7)
    assert numbers_in("xong hết") == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/6", date(2024, 6, 12)),
        ("hôm qua", date(2024, 6, 18)),
        ("dạ thứ sáu rồi ạ", date(2024, 6, 14)),
        ("ngày 5", date(2024, 6, 5)),
        ("5", date(2024, 6, 5)),
        ("12/6 hoặc 13/6", None),
        ("không nhớ", None),
        ("tháng 5", None),
        ("45", None),
    ],
)
def test_it_reads_one_day(text: str, day: date | None) -> None:
    assert date_in(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/tiendo", ("tiendo", "")),
        ("/tiendo@MyBot quý 2", ("tiendo", "quý 2")),
        ("/tiếnđộ", ("tiendo", "")),
        ("/tiến độ quý 2", ("tiendo", "quý 2")),
        ("/BAOCAO", ("baocao", "")),
        ("tiến độ", ("tiendo", "")),
        ("tien do", ("tiendo", "")),
        ("Báo cáo", ("baocao", "")),
        ("baocao", ("baocao", "")),
        ("trợ giúp", ("trogiup", "")),
        ("/help", ("trogiup", "")),
        ("huỷ", ("huy", "")),
        ("hủy", ("huy", "")),
        ("huy", ("huy", "")),
        ("/start ABC123", ("start", "ABC123")),
        ("nhiệm vụ", ("nhiemvu", "")),
        ("/lịch sử", ("lichsu", "")),
        ("lien ket", ("lienket", "")),
        ("chưa tham gia", ("chuatham", "")),
        ("kết nạp 5", None),
        ("/khongco", None),
        ("báo cáo quý 2 kết nạp 5", None),
        ("", None),
    ],
)
def test_it_knows_a_command(text: str, expected: tuple[str, str] | None) -> None:
    assert command(text) == expected


def test_a_count_and_its_day_are_both_read_from_one_answer() -> None:
    assert date_in("5 ngày 20/5/2024", TODAY) == date(2024, 5, 20)
    assert count_in("5 ngày 20/5/2024") == 5


@pytest.mark.parametrize("text", ["bớt 1", "bot 1", "bớt 2 nha", "1 bớt"])
def test_taking_something_off_is_no_choice(text: str) -> None:
    assert chosen(text, CONFIRM) is None
