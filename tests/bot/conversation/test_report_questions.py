"""Odd figures are asked about, once, before anything counts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.periods import periods_of_year
from tests.bot.conversation.reporting import answers, chat, figures
from tests.people import RULE, Chat, House

READ_BACK_99 = "Em ghi thế này, đúng không chị?\n• 99 đoàn viên mới"
MANY = "999 đoàn viên mới nhiều hơn số lao động của đơn vị (120). Có đúng số đó không chị?"
FIVE = "kết nạp 5 đoàn viên"
KEPT = "Em ghi đủ {} hội nghị người lao động; chỉ tiêu tính theo doanh nghiệp nên chỉ tăng 1."


def tell(talk: Chat, *lines: str, who: str = "chair") -> str:
    """Say the lines and return the last answer."""
    return [talk.say(who, line) for line in lines][-1][-1]


def test_more_members_than_workers_are_asked_about(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, "kết nạp 999 đoàn viên") == MANY
    assert talk.choices("chair") == ["Đúng số đó", "Nhắn lại số khác"]
    assert tell(talk, "1") == "Em ghi thế này, đúng không chị?\n• 999 đoàn viên mới"
    tell(talk, "1")
    assert figures(small_house) == {"doan_vien_moi": 999}


@pytest.mark.parametrize("lines", [("99",), ("2", "99"), ("2", "99 người"), ("2", "nhầm", "99")])
def test_another_number_takes_its_place(small_house: House, lines: tuple[str, ...]) -> None:
    talk = chat(small_house)
    tell(talk, "kết nạp 999 đoàn viên")
    assert tell(talk, *lines) == "Em ghi thế này, đúng không chị?\n• 99 đoàn viên mới"
    tell(talk, "1")
    assert figures(small_house) == {"doan_vien_moi": 99}


def test_a_number_is_a_number_where_one_is_asked_for(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, "kết nạp 999 đoàn viên", "2") == (
        "999 đoàn viên mới sửa lại thế nào chị? Nhắn số đúng, ngày đúng, hoặc cả câu giúp em."
    )
    assert talk.choices("chair") == ["Bỏ mục này", "Giữ nguyên"]
    assert tell(talk, "1") == "Em ghi thế này, đúng không chị?\n• 1 đoàn viên mới"


def test_confirming_from_a_reminder_still_asks_what_was_never_answered(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "kết nạp 999 đoàn viên")
    assert talk.tap_action("chair", "report.ok:1") == [MANY]
    assert figures(small_house) == {}


def test_the_question_is_put_again_after_something_unreadable(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, "kết nạp 999 đoàn viên", "để em coi lại") == MANY
    assert tell(talk, "đối thoại 1 lần") == MANY
    tell(talk, "1", "1")
    assert figures(small_house) == {"doan_vien_moi": 999, "doi_thoai": 1}


def test_a_repeated_figure_is_not_doubled(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "kết nạp 5 đoàn viên ngày 12/4", "1")
    assert tell(talk, FIVE) == (
        "Em đã có 5 đoàn viên mới, ngày 12/4, gửi hôm 15/4. Còn 5 đoàn viên mới lần này là khác hay "
        "trùng vậy chị?"
    )
    assert talk.choices("chair") == ["Người khác, cộng thêm", "Trùng, bỏ"]
    assert tell(talk, "2") == "Dạ, em không ghi thêm gì."
    assert figures(small_house) == {"doan_vien_moi": 5}
    tell(talk, FIVE, "1", "1")
    assert figures(small_house) == {"doan_vien_moi": 10}


@pytest.mark.parametrize("word", ["bỏ", "bo di em", "dạ thôi bỏ nha", "trùng"])
def test_a_repeated_figure_is_left_out_in_words_too(small_house: House, word: str) -> None:
    talk = chat(small_house)
    tell(talk, FIVE, "1")
    assert tell(talk, FIVE, word) == "Dạ, em không ghi thêm gì."


def test_a_second_figure_replaces_or_comes_on_top(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, FIVE, "kết nạp 7 đoàn viên") == (
        "Lúc nãy chị báo 5 đoàn viên mới. 7 đoàn viên mới là thay cho số đó hay cộng thêm?"
    )
    assert talk.choices("chair") == ["Thay, lấy 7", "Cộng thêm, thành 12"]
    assert tell(talk, "1") == "Em ghi thế này, đúng không chị?\n• 7 đoàn viên mới"
    tell(talk, "kết nạp 2 đoàn viên", "2", "1")
    assert figures(small_house) == {"doan_vien_moi": 9}


def test_a_further_dialogue_is_kept_but_does_not_raise_the_target(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "đối thoại ngày 2/4", "1")
    assert tell(talk, "đối thoại ngày 12/4") == (
        "Em ghi thế này, đúng không chị?\n"
        "• 1 cuộc đối thoại, ngày 12/4\n"
        "Năm nay CĐCS Hạt điều Phước Minh đã được tính đối thoại rồi: em vẫn ghi lần này, còn chỉ tiêu thì "
        "không tăng."
    )


def test_many_events_are_asked_about(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, "đối thoại 40 lần") == "40 cuộc đối thoại là khá nhiều. Có đúng số đó không chị?"


def test_what_is_to_be_changed_is_chosen_or_written(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "kết nạp 5 đoàn viên ngày 12/4, đối thoại 1 lần")
    assert talk.tap("chair", "Sửa") == ["Cần sửa mục nào vậy chị? Chọn mục đó, hoặc nhắn lại cả câu giúp em."]
    assert talk.choices("chair") == ["5 đoàn viên mới, ngày 12/4", "1 cuộc đối thoại"]
    assert tell(talk, "1") == (
        "5 đoàn viên mới, ngày 12/4 sửa lại thế nào chị? Nhắn số đúng, ngày đúng, hoặc cả câu giúp em."
    )
    assert tell(talk, "ngày 11/4").splitlines()[1:] == ["• 1 cuộc đối thoại", "• 5 đoàn viên mới, ngày 11/4"]
    assert tell(talk, "sửa", "đối thoại 2 lần").splitlines()[1:] == [
        "• 5 đoàn viên mới, ngày 11/4",
        "• 2 cuộc đối thoại",
        "Em ghi đủ 2 cuộc đối thoại; chỉ tiêu tính theo doanh nghiệp nên chỉ tăng 1.",
    ]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("bỏ mục này", "Dạ, em không ghi thêm gì."),
        ("giữ nguyên", "Em ghi thế này, đúng không chị?\n• 5 đoàn viên mới"),
        ("0", "Em ghi thế này, đúng không chị?\n• không có đoàn viên mới"),
        ("kết nạp 6 ngày 11/4 nha", "Em ghi thế này, đúng không chị?\n• 6 đoàn viên mới, ngày 11/4"),
    ],
)
def test_one_figure_is_changed_in_many_ways(small_house: House, word: str, said: str) -> None:
    talk = chat(small_house)
    assert tell(talk, FIVE, "sửa", word) == said


def test_a_bare_number_after_a_read_back_is_the_right_one(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, FIVE, "7") == "Em ghi thế này, đúng không chị?\n• 7 đoàn viên mới"


NIL = "✅ Đã ghi: CĐCS Hạt điều Phước Minh không phát sinh trong quý II."


@pytest.mark.parametrize(
    "line", ["Quý này không phát sinh", "dạ chưa có gì mới chị ơi", "không phát sinh gì hết nha chị"]
)
def test_nothing_to_report_closes_the_period(small_house: House, line: str) -> None:
    talk = chat(small_house)
    assert tell(talk, line) == (
        f"{NIL}\nEm không nhắc kỳ này nữa. Nếu có thêm, cứ nhắn là em ghi. Em cảm ơn chị Hoa."
    )
    assert [(number, nil) for number, _state, nil in answers(small_house)] == [(2, True)]
    assert tell(talk, line).startswith("Quý II của CĐCS Hạt điều Phước Minh đã chốt hôm 15/4 rồi.")


def test_nothing_to_report_beside_figures_is_asked_about(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, FIVE, "1")
    assert tell(talk, "không phát sinh") == (
        "Quý II em đang có 5 đoàn viên mới của CĐCS Hạt điều Phước Minh. Không có gì thêm, em chốt như vậy "
        "nhé chị?"
    )
    assert talk.choices("chair") == ["Đúng, chốt như vậy", "Còn bổ sung", "Số cũ sai"]
    assert tell(talk, "1").startswith("✅ Đã chốt quý II của CĐCS Hạt điều Phước Minh: 5 đoàn viên mới.")
    assert [nil for _number, _state, nil in answers(small_house)] == [False]


def test_nil_for_one_indicator_leaves_the_others_open(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, "đv thì k có, mấy cái kia để em hỏi lại") == (
        "✅ Đã ghi: CĐCS Hạt điều Phước Minh không có đoàn viên mới trong quý II.\n"
        "Còn thỏa ước lao động tập thể ký mới, hội nghị người lao động và đối thoại thì sao chị?"
    )
    assert [state.value for _number, state, _nil in answers(small_house)] == ["partial"]
    assert tell(talk, "Để báo sau") == (
        "Dạ, em để quý II mở, hạn nộp thứ Năm 20/6. Có thêm lúc nào chị nhắn em lúc đó nhé."
    )
    assert talk.tap("chair", "Cũng không có")[0].startswith(NIL)
    assert [nil for _number, _state, nil in answers(small_house)] == [True]


def test_nil_for_the_rest_joins_the_draft(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, FIVE)
    assert tell(talk, "còn lại không có ạ").splitlines()[1:] == [
        "• 5 đoàn viên mới",
        "• không có thỏa ước lao động tập thể ký mới",
        "• không có hội nghị người lao động",
        "• không có đối thoại",
    ]


def test_a_nil_that_is_not_the_units_to_say_asks_for_what_is(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, "đối thoại không có", who="teacher") == (
        "Dạ, mục này CĐCS Trường Tiểu học Cầu Khởi không phải báo.\nCòn đoàn viên mới thì sao chị?"
    )


def test_the_same_as_last_time_is_asked_about(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "như tháng trước")
    assert answers(small_house) == []
    assert tell(talk, "1").startswith(NIL)


def test_a_line_about_something_else_is_a_line_of_its_own(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, FIVE, "1", "/sua 1")
    assert tell(talk, "đối thoại ngày 12/4") == (
        "Em ghi thế này, đúng không chị?\n• 1 cuộc đối thoại, ngày 12/4"
    )


def after_the_years_last_cutoff(house: House) -> Chat:
    """Tuesday 17/12/2024: the fourth quarter is being reported, the next year's first has begun."""
    with house.context() as context:
        context.uow.periods.add_all(periods_of_year(2025, RULE))
    talk = chat(house)
    talk.now = datetime(2024, 12, 17, 2, 0, tzinfo=UTC)
    return talk


def test_in_december_a_day_of_the_quarter_being_reported_is_not_long_ago(small_house: House) -> None:
    talk = after_the_years_last_cutoff(small_house)
    assert tell(talk, "kết nạp 5 đoàn viên ngày 10/12").startswith("Em ghi thế này, đúng không chị?")


def test_in_december_a_repeated_figure_is_not_doubled_either(small_house: House) -> None:
    talk = after_the_years_last_cutoff(small_house)
    tell(talk, FIVE, "1")
    assert tell(talk, FIVE).startswith("Em đã có 5 đoàn viên mới")


@pytest.mark.parametrize(
    ("line", "answer", "said"),
    [
        (
            "Vô 9 ra 4 chị ơi",
            "đoàn viên nha em",
            "• 9 đoàn viên mới\n• 4 đoàn viên giảm\n"
            "Em ghi riêng 4 đoàn viên giảm, không trừ vào số đoàn viên mới.",
        ),
        ("Vô 9 ra 4 chị ơi", "là hội nghị nha", "• 9 hội nghị người lao động\n" + KEPT.format(9)),
        ("t3 rồi kết nạp 6", "tháng 3", "• 6 đoàn viên mới"),
        ("t3 rồi kết nạp 6", "thứ ba tuần trước", "• 6 đoàn viên mới, ngày 9/4"),
        ("t3 rồi kết nạp 6", "ngày 8/4", "• 6 đoàn viên mới, ngày 8/4"),
        ("đối thoại ngày 30/2", "hôm qua", "• 1 cuộc đối thoại, ngày 14/4"),
        ("kết nạp 5-6 đoàn viên", "6 người nha", "• 6 đoàn viên mới"),
        ("kết nạp -5 đoàn viên", "5", "• 5 đoàn viên mới"),
    ],
)
def test_a_question_about_a_line_may_be_answered_freely(
    small_house: House, line: str, answer: str, said: str
) -> None:
    assert tell(chat(small_house), line, answer) == f"Em ghi thế này, đúng không chị?\n{said}"


@pytest.mark.parametrize("answer", ["7", "bên nội vụ đi vắng hết rồi", "để em coi lại"])
def test_an_answer_that_fits_no_choice_is_asked_for_again(small_house: House, answer: str) -> None:
    talk = chat(small_house)
    question = tell(talk, "t3 rồi kết nạp 6")
    assert tell(talk, answer) == question


def test_an_answer_in_words_may_say_that_it_is_none_of_it(small_house: House) -> None:
    assert tell(chat(small_house), "họp hội nghị ngày 12/4", "hội nghị khác em ơi") == (
        "Dạ, vậy em không ghi gì. Khi có số liệu chị nhắn lại giúp em nhé."
    )


@pytest.mark.parametrize("word", ["ừa", "uh dung", "ừ đúng rồi cháu", "ờ", "dạ đúng rồi con"])
def test_a_read_back_is_agreed_to_in_homely_words(small_house: House, word: str) -> None:
    assert tell(chat(small_house), FIVE, word).startswith("✅ Đã ghi cho CĐCS Hạt điều Phước Minh.")


def test_a_number_with_a_sigh_is_the_right_one(small_house: House) -> None:
    assert tell(chat(small_house), FIVE, "à 6") == "Em ghi thế này, đúng không chị?\n• 6 đoàn viên mới"


def test_everything_is_taken_back_in_one_line(small_house: House) -> None:
    assert tell(chat(small_house), FIVE, "1", "em gửi nhầm số rồi, bỏ hết đi") == (
        "Em sửa thế này, đúng không chị?\n• bỏ 5 đoàn viên mới"
    )


def test_nothing_is_taken_off_where_nothing_was_reported(small_house: House) -> None:
    assert tell(chat(small_house), "trừ 2 giùm bác") == "Em chưa có số liệu nào của chị để sửa."


PLANNED = "Việc này đã làm ngày 20/4/2023, hay còn dự kiến ạ?"


@pytest.mark.parametrize("answer", ["dạ chưa, 20/4 mới làm", "chưa em", "còn dự kiến"])
def test_what_is_still_planned_is_not_written_down(small_house: House, answer: str) -> None:
    talk = chat(small_house)
    assert tell(talk, "đối thoại ngày 20/4") == PLANNED
    assert tell(talk, answer) == ("Dạ, vậy em không ghi gì. Khi có số liệu chị nhắn lại giúp em nhé.")


def test_who_is_not_sure_is_asked_again(small_house: House) -> None:
    assert tell(chat(small_house), "đối thoại ngày 20/4", "chưa rõ nữa") == PLANNED


def test_a_repeated_event_may_bring_its_day_and_people(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "hội nghị nlđ 1 lần", "1")
    assert tell(talk, "hội nghị nld ngày 20/3 nha, 98 người dự") == (
        "Em đã có 1 hội nghị người lao động, gửi hôm 15/4. Còn 1 hội nghị người lao động, ngày 20/3, 98 "
        "người dự lần này là khác hay trùng vậy chị?"
    )
    assert talk.choices("chair") == ["Lần khác, cộng thêm", "Trùng, chỉ bổ sung cho đủ"]
    assert tell(talk, "2").splitlines()[:2] == [
        "Em sửa thế này, đúng không chị?",
        "• 1 hội nghị người lao động → 1 hội nghị người lao động, ngày 20/3, 98 người dự",
    ]
    tell(talk, "1")
    assert figures(small_house) == {"hoi_nghi_nld": 1}


def test_more_of_a_draft_is_told_by_the_same_event(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "đối thoại 1 lần", "đối thoại ngày 12/4, 33 người dự")
    assert tell(talk, "2") == "Em ghi thế này, đúng không chị?\n• 1 cuộc đối thoại, ngày 12/4, 33 người dự"
    tell(talk, "1")
    assert figures(small_house) == {"doi_thoai": 1}


def test_enough_of_some_nils_does_not_close_as_nothing(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "còn đối thoại thì chưa làm được")
    assert tell(talk, "đủ rồi con") == (
        "Quý II em chưa có số liệu nào của CĐCS Hạt điều Phước Minh. Kỳ này không phát sinh phải không chị?"
    )
    assert talk.choices("chair") == ["Không phát sinh", "Còn bổ sung"]
    assert [state.value for _number, state, _nil in answers(small_house)] == ["partial"]
    assert (
        tell(talk, "1")
        == f"{NIL}\nEm không nhắc kỳ này nữa. Nếu có thêm, cứ nhắn là em ghi. Em cảm ơn chị Hoa."
    )


@pytest.mark.parametrize(
    "line", ["thôi bác bận ra đồng, mai báo tiếp", "de em dem lai roi nhan", "tối em báo nha"]
)
def test_putting_off_is_granted(small_house: House, line: str) -> None:
    assert tell(chat(small_house), line) == (
        "Dạ, khi nào tiện chị nhắn em cũng được; báo cáo quý II hạn thứ Năm 20/6."
    )


@pytest.mark.parametrize(
    "line",
    [
        "chờ em 5 phút",
        "phòng 3 đi vắng hết",
        "em hỏi lại chị Ba kế toán đã",
        "quý 2 chưa chốt được",
        "t3 em về",
    ],
)
def test_a_number_in_passing_is_no_answer(small_house: House, line: str) -> None:
    assert tell(chat(small_house), "kết nạp 999 đoàn viên", line) == MANY


@pytest.mark.parametrize(
    "line",
    ["99", "99 người nha em", "dạ chín mươi chín", "số đúng là 99 ạ", "99 anh chị em công nhân", "hông, 99"],
)
def test_a_number_among_words_that_mean_nothing_is(small_house: House, line: str) -> None:
    assert tell(chat(small_house), "kết nạp 999 đoàn viên", line) == READ_BACK_99


def test_another_figure_does_not_answer_for_this_one(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, FIVE, "sửa")
    assert tell(talk, "đối thoại 3 lần").splitlines()[1:3] == ["• 5 đoàn viên mới", "• 3 cuộc đối thoại"]


def test_a_question_of_its_own_is_no_answer(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "kết nạp 5-6 đoàn viên")
    assert tell(talk, "t3 rồi đối thoại") == "Ý mình là ngày 9/4, hay chỉ nói tháng thôi ạ?"
    assert tell(talk, "1") == "Em ghi thế này, đúng không chị?\n• 1 cuộc đối thoại, ngày 9/4"
    assert tell(talk, "1").endswith("Em chưa rõ con số 5-6, đúng ra là bao nhiêu ạ?")


@pytest.mark.parametrize("sign", ["👍", "👍🏽", " ✅ ", "👌👌"])
def test_a_thumb_agrees(small_house: House, sign: str) -> None:
    assert tell(chat(small_house), FIVE, sign).startswith("✅ Đã ghi cho CĐCS Hạt điều Phước Minh.")


@pytest.mark.parametrize("sign", ["😡", "👎", "👍❌", "🌸"])
def test_another_sign_agrees_to_nothing(small_house: House, sign: str) -> None:
    talk = chat(small_house)
    tell(talk, FIVE, sign)
    assert figures(small_house) == {}
