"""Who asks where things stand reads it in whole sentences: a chair, a chair of two units, staff, a leader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.conversation import plan_sent, progress
from bot.conversation.router import Router
from bot.conversation.turn import Turn
from bot.services.plans import store_plan
from domain.ledger import Submission, SubmissionState
from domain.people import Membership, Role, Unit, UnitKind, UnitLevel
from domain.plan import Allocation, YearPlan
from tests.bot.services.sample_plan import HEAD, PLAN, TARGETS
from tests.bot.services.test_progress import PENDING, add, prospect
from tests.people import MONDAY, Chat, House


def nothing(turn: Turn, rest: str) -> None:
    """Stand in for the dialogues that are not looked at here."""


ROUTER = Router((progress.DIALOGUE, plan_sent.DIALOGUE), stranger=nothing, lost=nothing)


@pytest.fixture
def chat(small_house: House) -> Chat:
    """An office without a plan."""
    return Chat(small_house, ROUTER.answer)


@pytest.fixture
def office(small_house: House) -> Chat:
    """The sample plan in April, a cashew factory with a share, and figures of two units."""
    units = small_house.units
    with small_house.context() as context:
        store_plan(context, PLAN)
        context.uow.allocations.add(Allocation(2024, "doan_vien_moi", units["dieu"].id, 30, MONDAY))
        add(context, units["dieu"], "doan_vien_moi", 17)
        add(context, units["dieu"], "doan_vien_moi", 5, PENDING)
        add(context, units["dieu"], "hoi_nghi_nld", 1, quarter=1)
        add(context, units["may"], "tuldtt", 1)
        add(context, units["may"], "doi_thoai", 1, PENDING)
    return Chat(small_house, ROUTER.answer)


OFFICE_IN_SHORT = (
    "Công đoàn phường An Hòa, tính chung các đơn vị:\n"
    "• Đoàn viên mới: 17/106 đoàn viên (16,04%), đang chờ duyệt 5, chậm hơn kế hoạch 8\n"
    "• Thỏa ước lao động tập thể ký mới: 1/1 doanh nghiệp (100%), đã đạt chỉ tiêu\n"
    "• Hội nghị người lao động: 1/20 doanh nghiệp (5%), chậm hơn kế hoạch 4\n"
    "• Đối thoại: 0/21 doanh nghiệp (0%), đang chờ duyệt 1, chậm hơn kế hoạch 5\n\n"
    "Có số mới, {you} nhắn em ngay, ví dụ: kết nạp 5 đoàn viên ngày 15/4, đối thoại 1 lần."
)
CASHEW = (
    "CĐCS Hạt điều Phước Minh, năm 2024:\n"
    "• Đoàn viên mới: 22/30 đoàn viên (73,33%), gồm 5 chờ duyệt, nhanh hơn kế hoạch 13\n"
    "• Thỏa ước lao động tập thể ký mới: chưa có\n"
    "• Hội nghị người lao động: đã có, được tính 1 doanh nghiệp\n"
    "• Đối thoại: chưa có\n"
    "Quý II: hạn thứ Năm 20/6 (còn 66 ngày), chưa chốt."
)
GARMENT = (
    "CĐCS May Suối Đá, năm 2024:\n"
    "• Đoàn viên mới: chưa có\n"
    "• Thỏa ước lao động tập thể ký mới: đã có, được tính 1 doanh nghiệp\n"
    "• Hội nghị người lao động: chưa có\n"
    "• Đối thoại: đã báo, đang chờ duyệt\n"
    "Quý II: hạn thứ Năm 20/6 (còn 66 ngày), chưa chốt."
)


@pytest.mark.parametrize("line", ["/tiendo", "tiến độ", "tiến độ tới đâu rồi em", "/tiendo 3"])
def test_a_chair_reads_the_unit_and_then_the_office(office: Chat, line: str) -> None:
    assert office.say("chair", line) == [f"{CASHEW}\n\n{OFFICE_IN_SHORT.format(you='chị')}"]
    assert office.choices("chair") == []


def test_a_chair_of_two_units_reads_both(office: Chat) -> None:
    house = office.house
    with house.context() as context:
        person, unit = house.people["chair"], house.units["may"]
        context.uow.memberships.add(Membership(person.id, unit.id, Role.CHAIR, date(2024, 1, 1)))
    assert office.say("chair", "/tiendo") == [f"{CASHEW}\n\n{GARMENT}\n\n{OFFICE_IN_SHORT.format(you='chị')}"]


def test_a_chair_reads_own_figures_before_there_is_a_plan(chat: Chat) -> None:
    with chat.house.context() as context:
        add(context, chat.house.units["truong"], "doan_vien_moi", 2)
    assert chat.say("teacher", "/tiendo") == [
        "CĐCS Trường Tiểu học Cầu Khởi, năm 2024:\n"
        "• Đoàn viên mới: 2 đoàn viên\n"
        "Quý II: hạn thứ Năm 20/6 (còn 66 ngày), chưa chốt.\n\n"
        "Văn phòng chưa nhập kế hoạch năm nên em chưa so được tiến độ chung.\n\n"
        "Có số mới, chị nhắn em ngay, ví dụ: kết nạp 2 đoàn viên ngày 15/4."
    ]


@pytest.mark.parametrize(
    ("now", "closed", "lines"),
    [
        (datetime(2024, 6, 20, 2, 0, tzinfo=UTC), False, ["Quý II: hạn hôm nay, thứ Năm 20/6, chưa chốt."]),
        (
            datetime(2024, 6, 22, 2, 0, tzinfo=UTC),
            False,
            ["Quý II: hạn thứ Năm 20/6 đã qua 2 ngày, chưa chốt. Báo bây giờ vẫn kịp tổng hợp."],
        ),
        (
            datetime(2024, 6, 17, 2, 0, tzinfo=UTC),
            True,
            ["Quý II: đã chốt, em cảm ơn chị.", "Quý III: hạn thứ Sáu 20/9 (còn 95 ngày), chưa chốt."],
        ),
    ],
)
def test_a_chair_reads_which_day_is_next(office: Chat, now: datetime, closed: bool, lines: list[str]) -> None:
    office.now = now
    if closed:
        with office.house.context(now=now) as context:
            period = context.uow.periods.find(number=2)[0]
            unit, state = office.house.units["dieu"], SubmissionState.CLOSED
            context.uow.submissions.add(Submission(unit.id, period.id, state, nil=False, at=now))
    (said,) = office.say("chair", "/tiendo")
    assert [line for line in said.splitlines() if line.startswith("Quý")] == lines


STAFF = (
    "Tiến độ kế hoạch 31/KH-CĐ đến thứ Hai 15/4: 1/6 chỉ tiêu đã đạt, 3 chỉ tiêu đang chậm.\n"
    "1. Đoàn viên mới: 17/106 đoàn viên (16,04%), đang chờ duyệt 5\n"
    "▰▱▱▱▱▱▱▱▱▱ chậm hơn kế hoạch 8 (đến hôm nay cần 30)\n"
    "2. Công đoàn cơ sở mới ở doanh nghiệp từ 10 đến dưới 25 lao động: 0 công đoàn cơ sở, "
    "chưa tính được phần trăm vì chưa có danh sách doanh nghiệp thuộc diện\n"
    "3. Công đoàn cơ sở mới ở doanh nghiệp từ 25 lao động: 0 công đoàn cơ sở, "
    "chưa tính được phần trăm vì chưa có danh sách doanh nghiệp thuộc diện\n"
    "4. Thỏa ước lao động tập thể ký mới: 1/1 doanh nghiệp (100%)\n"
    "▰▰▰▰▰▰▰▰▰▰ đã đạt chỉ tiêu\n"
    "5. Hội nghị người lao động: 1/20 doanh nghiệp (5%)\n"
    "▱▱▱▱▱▱▱▱▱▱ chậm hơn kế hoạch 4 (đến hôm nay cần 5)\n"
    "6. Đối thoại: 0/21 doanh nghiệp (0%), đang chờ duyệt 1\n"
    "▱▱▱▱▱▱▱▱▱▱ chậm hơn kế hoạch 5 (đến hôm nay cần 6)"
)
TARGET_1 = (
    "1. Đoàn viên mới: 17/106 đoàn viên (16,04%), đang chờ duyệt 5\n"
    "▰▱▱▱▱▱▱▱▱▱ chậm hơn kế hoạch 8 (đến hôm nay cần 30)\n"
    "Theo quý: quý I 0, quý II 17 (chờ duyệt 5).\n"
    "Theo đơn vị, nơi còn yếu đứng trước:\n"
    "• CĐCS Hạt điều Phước Minh: 17/30 (56,67%), đang chờ duyệt 5\n"
    "• CĐCS May Suối Đá: chưa có\n"
    "• CĐCS Trạm Y tế xã Lộc Ninh: chưa có\n"
    "• CĐCS Trường Tiểu học Cầu Khởi: chưa có"
)


@pytest.mark.parametrize("who", ["staff", "leader", "admin"])
def test_the_office_reads_every_target(office: Chat, who: str) -> None:
    assert office.say(who, "tiến độ tới đâu rồi") == [STAFF]
    assert office.choices(who) == [
        "Đoàn viên mới",
        "Công đoàn cơ sở mới ở doanh nghiệp từ 10…",
        "Công đoàn cơ sở mới ở doanh nghiệp từ 25…",
        "Thỏa ước lao động tập thể ký mới",
        "Hội nghị người lao động",
        "Đối thoại",
        "Theo quý",
        "Theo đơn vị",
    ]


def test_the_number_of_a_target_opens_it(office: Chat) -> None:
    office.say("staff", "/tiendo")
    assert office.say("staff", "1") == [TARGET_1]
    assert office.say("leader", "/tiendo 1") == [TARGET_1]
    assert office.tap("leader", "Tất cả chỉ tiêu") == [STAFF]


def test_a_number_of_no_target_is_answered(office: Chat) -> None:
    assert office.say("staff", "/tiendo 7") == [
        "Em không thấy chỉ tiêu số 7: kế hoạch có 6 chỉ tiêu. Gõ /tiendo để xem danh sách."
    ]


def test_quarters_and_units_open_by_a_tap(office: Chat) -> None:
    office.say("staff", "/tiendo")
    assert office.tap("staff", "Theo quý")[0].splitlines()[:2] == [
        "Số đã duyệt theo từng quý năm 2024:",
        "1. Đoàn viên mới: quý I 0, quý II 17 (chờ duyệt 5)",
    ]
    assert office.tap("staff", "Theo đơn vị") == [
        "Theo đơn vị, nơi còn yếu đứng trước:\n"
        "• CĐCS Trạm Y tế xã Lộc Ninh: chưa có số nào\n"
        "• CĐCS Trường Tiểu học Cầu Khởi: chưa có số nào\n"
        "• CĐCS Hạt điều Phước Minh: 17/30 đoàn viên mới (chờ duyệt 5), 1 hội nghị người lao động\n"
        "• CĐCS May Suối Đá: 1 thỏa ước lao động tập thể ký mới, 0 đối thoại (chờ duyệt 1)"
    ]


def test_many_units_come_in_pages_of_ten(office: Chat) -> None:
    with office.house.context() as context:
        for number in range(1, 20):
            kind, level = UnitKind.ENTERPRISE, UnitLevel.GRASSROOTS
            context.uow.units.add(Unit(f"u{number}", f"CĐCS Xưởng {number:02}", level, kind))
    said = office.say("staff", "/tiendo 1")[0].splitlines()
    assert said[3] == "Theo đơn vị, nơi còn yếu đứng trước (trang 1/3):"
    assert len(said) == 14
    second = office.tap("staff", "Trang sau")[0].splitlines()
    assert second[2] == "Theo đơn vị, nơi còn yếu đứng trước (trang 2/3):"
    assert office.tap("staff", "Trang sau")[0].splitlines()[3:] == [
        "• CĐCS Xưởng 17: chưa có",
        "• CĐCS Xưởng 18: chưa có",
        "• CĐCS Xưởng 19: chưa có",
    ]
    assert office.choices("staff") == ["Trang trước", "Theo quý", "Tất cả chỉ tiêu"]


def test_a_page_that_is_gone_shows_the_last_one(office: Chat) -> None:
    assert office.tap_action("staff", "prog.target:2024.1.99") == [TARGET_1]


def test_551_of_530_reads_103_96_percent(chat: Chat) -> None:
    with chat.house.context() as context:
        store_plan(context, YearPlan(HEAD, (replace(TARGETS[0], goal=Decimal(530)),), ()))
        add(context, chat.house.units["may"], "doan_vien_moi", 551)
    assert chat.say("leader", "/tiendo") == [
        "Tiến độ kế hoạch 31/KH-CĐ đến thứ Hai 15/4: 1/1 chỉ tiêu đã đạt, 0 chỉ tiêu đang chậm.\n"
        "1. Đoàn viên mới: 551/530 đoàn viên (103,96%)\n"
        "▰▰▰▰▰▰▰▰▰▰ vượt chỉ tiêu 21"
    ]


def test_a_share_with_its_list_reads_a_percentage(office: Chat) -> None:
    with office.house.context() as context:
        listed = [prospect(context, name, 18) for name in ("Công ty Gỗ Lộc Ninh", "Công ty Nhựa Cầu Khởi")]
        add(context, listed[0], "cdcs_10_25", 1)
    assert office.say("staff", "/tiendo 2") == [
        "2. Công đoàn cơ sở mới ở doanh nghiệp từ 10 đến dưới 25 lao động: 1/2 doanh nghiệp (50%)\n"
        "▰▰▰▰▰▱▱▱▱▱ đúng kế hoạch\n"
        "Theo quý: quý I 0, quý II 1.\n"
        "Theo đơn vị, nơi còn yếu đứng trước:\n"
        "• Công ty Nhựa Cầu Khởi: chưa có\n"
        "• Công ty Gỗ Lộc Ninh: 1"
    ]


def test_a_list_without_enterprises_of_the_class_says_so(office: Chat) -> None:
    with office.house.context() as context:
        prospect(context, "Công ty Gỗ Lộc Ninh", 18)
    assert office.say("staff", "/tiendo 3")[0].splitlines()[0] == (
        "3. Công đoàn cơ sở mới ở doanh nghiệp từ 25 lao động: 0 công đoàn cơ sở, "
        "danh sách chưa có doanh nghiệp nào thuộc diện"
    )


NO_PLAN = (
    "Em chưa có kế hoạch năm nên chưa tính được tiến độ và nhiệm vụ. Chị gửi tệp kế hoạch vào đây (.docx, "
    ".pdf, .txt hoặc .toml), em đọc rồi hỏi lại trước khi nạp."
)


@pytest.mark.parametrize("line", ["/tiendo", "/tiendo 2", "/kehoach"])
def test_staff_are_told_how_a_plan_gets_in(chat: Chat, line: str) -> None:
    assert chat.say("staff", line) == [NO_PLAN]


NOT_YOURS = (
    "Việc này em chưa làm cho chị được, vì thuộc phần của người khác. "
    "Chị gõ /trogiup để xem em giúp được gì nhé."
)


@pytest.mark.parametrize("action", ["prog.units:2024.0", "prog.target:2024.1.0", "prog.quarters:2024"])
def test_a_chair_does_not_see_other_units(office: Chat, action: str) -> None:
    assert office.tap_action("chair", action) == [NOT_YOURS]


@pytest.mark.parametrize("action", ["prog.units:", "prog.target:2024.1", "prog.quarters:năm nay"])
def test_an_action_that_is_not_ours_changes_nothing(office: Chat, action: str) -> None:
    assert office.tap_action("staff", action) == [
        "Chị đang trả lời một mục không còn nữa nên em chưa thay đổi gì. Chị gõ /trogiup để bắt đầu lại nhé."
    ]


PLAN_HEAD = (
    "Kế hoạch 31/KH-CĐ ngày 1/4/2024 của Công đoàn phường An Hòa: 6 chỉ tiêu, 8 nhiệm vụ.\n"
    "“Kế hoạch công tác năm 2024”\n"
    "Chỉ tiêu năm 2024:\n"
    "1. Kết nạp mới 106 đoàn viên\n"
    "2. Doanh nghiệp 10-24 lao động có công đoàn: 100%\n"
    "3. Doanh nghiệp từ 25 lao động có công đoàn: 100%\n"
    "4. Ký mới thỏa ước: 1 doanh nghiệp\n"
    "5. Hội nghị: 20 doanh nghiệp\n"
    "6. Đối thoại: 21 doanh nghiệp"
)


def test_the_plan_itself(office: Chat) -> None:
    assert office.say("chair", "/kehoach") == [PLAN_HEAD]
    assert office.say("staff", "kế hoạch") == [
        f"{PLAN_HEAD}\nNhiệm vụ theo quý: quý I 6, quý II 5, quý III 5, quý IV 4."
    ]
    assert office.choices("staff") == ["Xem tiến độ", "Xem nhiệm vụ"]


def test_a_plan_without_number_and_day_is_named_by_its_year(chat: Chat) -> None:
    with chat.house.context() as context:
        store_plan(context, replace(PLAN, head=replace(HEAD, number="", date=None, issuer="", title="")))
    assert chat.say("staff", "/kehoach")[0].startswith("Kế hoạch năm 2024: 6 chỉ tiêu, 8 nhiệm vụ.\nChỉ tiêu")
    assert chat.say("staff", "/tiendo")[0].startswith("Tiến độ kế hoạch năm 2024 đến thứ Hai 15/4:")


def test_a_school_sees_of_the_office_only_what_it_reports_itself(office: Chat) -> None:
    (text,) = office.say("teacher", "/tiendo")
    together = text[text.index("tính chung các đơn vị") :]
    assert together.count("•") == 1
    assert "• Đoàn viên mới: 17/106 đoàn viên (16,04%)" in together


@pytest.mark.parametrize(
    "line", ["hạt điều phước minh tới đâu rồi", "/tiendo hat dieu", "tiến độ Phước Minh"]
)
@pytest.mark.parametrize("who", ["staff", "leader"])
def test_the_office_asks_about_one_unit(office: Chat, who: str, line: str) -> None:
    assert office.say(who, line) == [CASHEW.partition("\n\n")[0]]


def test_a_closed_period_thanks_nobody_at_the_office(office: Chat) -> None:
    with office.house.context() as context:
        period, unit = context.uow.periods.find(number=2)[0], office.house.units["may"]
        context.uow.submissions.add(Submission(unit.id, period.id, SubmissionState.CLOSED, False, MONDAY))
    (text,) = office.say("staff", "/tiendo suối đá")
    assert text.splitlines()[-1] == "Quý II: đã chốt."


def test_a_chair_does_not_ask_about_another_unit(office: Chat) -> None:
    assert office.say("chair", "tiến độ của may suối đá") == office.say("chair", "/tiendo")
