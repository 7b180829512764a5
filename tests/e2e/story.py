"""One quarter of the office, as its people live it; where they live it is not the story's business."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from tests.e2e.office import CHAIRS, Figure
from tests.e2e.world import World

BEGINS = datetime(2024, 4, 15, 1, 0, tzinfo=UTC)  # Monday, 8:00 in Vietnam
WEEK_BEFORE_DUE = datetime(2024, 6, 13, 1, 30, tzinfo=UTC)  # Thursday, 8:30; quarter II is due on 20/6
NEWS = "Mời đoàn viên dự ngày hội tại nhà văn hóa lúc 7 giờ thứ Bảy 15/6."


def tell(world: World) -> None:
    """Tell the whole quarter, with two power cuts in it."""
    everybody_joins(world)
    one_reports_and_closes(world)
    one_corrects_and_closes(world)
    one_has_nothing_to_report(world)
    staff_approve_one_figure_and_send_one_back(world)
    the_figure_is_put_right(world)
    only_the_silent_one_is_reminded(world)
    everyone_sees_the_right_numbers(world)
    the_news_reach_everybody(world)
    nothing_was_said_twice_without_a_mark(world)


def everybody_joins(world: World) -> None:
    """Codes are typed as they were read, or come with the link that was tapped."""
    for who, code in world.office.codes.items():
        world.phones[who].say(f"/start {code.replace('-', '')}" if who in ("hoa", "thu") else code)
    for who in world.office.codes:
        world.phones[who].hears("✅ Chào mừng")


def one_reports_and_closes(world: World) -> None:
    """The power goes right before the answer is on disk: nothing is lost, nothing is counted twice."""
    hoa = world.phones["hoa"]
    hoa.say("kết nạp 5 đoàn viên ngày 12/4, đối thoại 1 lần")
    hoa.hears("Em ghi thế này, đúng không chị?", "• 5 đoàn viên mới, ngày 12/4", "• 1 cuộc đối thoại")
    world.await_quiet()
    world.cut("commit", lambda: hoa.tap("Đúng"))
    stored = hoa.hears("✅ Đã ghi cho CĐCS Công ty TNHH Hạt điều Phước Minh.")
    assert "Quý II: 5 đoàn viên mới, 1 cuộc đối thoại." in stored
    assert "Cả năm 5/30 đoàn viên mới (16,67%), gồm 5 chờ duyệt" in stored
    hoa.tap("Đủ rồi")
    hoa.hears("✅ Đã chốt quý II của CĐCS Công ty TNHH Hạt điều Phước Minh")
    assert not any(message.marked for message in hoa.heard())
    assert world.office.figures() == {
        Figure("HDPM", "doan_vien_moi", 5, "pending"): 1,
        Figure("HDPM", "doi_thoai", 1, "pending"): 1,
    }
    world.picture("1-reported")


def one_corrects_and_closes(world: World) -> None:
    """A correction is a row of its own; the old one stays, and does not count."""
    lam = world.phones["lam"]
    lam.say("ket nap 8 doan vien ngay 10/4")
    lam.hears("• 8 đoàn viên mới, ngày 10/4")
    lam.tap("Đúng")
    lam.hears("✅ Đã ghi cho CĐCS Công ty May Suối Đá.", "8/38 đoàn viên mới")
    lam.say("/sua 1")
    lam.hears("8 đoàn viên mới, ngày 10/4")
    lam.say("7")
    lam.hears("• 8 → 7 đoàn viên mới, ngày 10/4")
    lam.say("đúng")
    lam.hears("✅ Đã sửa cho CĐCS Công ty May Suối Đá.", "7/38 đoàn viên mới")
    lam.say("1")
    lam.hears("✅ Đã chốt quý II của CĐCS Công ty May Suối Đá: 7 đoàn viên mới.")
    figures = world.office.figures()
    assert figures[Figure("MSD", "doan_vien_moi", 8, "withdrawn")] == 1
    assert figures[Figure("MSD", "doan_vien_moi", 7, "pending")] == 1


def one_has_nothing_to_report(world: World) -> None:
    """Three words close the quarter."""
    mai = world.phones["mai"]
    mai.say("không phát sinh")
    mai.hears("✅ Đã ghi: CĐCS Trường Tiểu học Cầu Khởi không phát sinh trong quý II.")
    assert world.office.closed() == {"HDPM", "MSD", "THCK"}


def staff_approve_one_figure_and_send_one_back(world: World) -> None:
    """The power goes while messages are on their way: only these may be heard twice, and say so."""
    thu = world.phones["thu"]
    thu.hears("📌 CĐCS Công ty TNHH Hạt điều Phước Minh vừa gửi số liệu, đang chờ duyệt.")
    thu.tap("Xem số liệu chờ duyệt")
    thu.hears("CĐCS Công ty TNHH Hạt điều Phước Minh: 5 đoàn viên mới, ngày 12/4")
    thu.tap("Duyệt")
    thu.hears("✅ Đã duyệt 5 đoàn viên mới.", "1 cuộc đối thoại")
    thu.tap("Duyệt")
    thu.hears("✅ Đã duyệt 1 cuộc đối thoại.", "CĐCS Công ty May Suối Đá: 7 đoàn viên mới")
    thu.tap("Trả lại")
    thu.hears("Trả lại 7 đoàn viên mới vì sao ạ?")
    world.await_quiet()
    world.cut_while_sending(lambda: thu.say("Quyết định kết nạp ghi 6"))
    thu.hears("Đã trả lại 7 đoàn viên mới. Em đã nhắn anh Lâm (CĐCS Công ty May Suối Đá).")
    world.phones["lam"].hears("Văn phòng nhờ anh xem lại", "Quyết định kết nạp ghi 6")
    world.phones["hoa"].hears("✅ Văn phòng đã duyệt đủ quý II", "5 đoàn viên mới")
    world.await_quiet()
    # Each message is recorded as soon as it was sent, so the one beside the cut may be on record already.
    marked = [who for who, phone in world.phones.items() for one in phone.heard() if one.marked]
    assert marked in (["lam", "thu"], ["lam"], ["thu"])
    world.picture("2-returned")


def the_figure_is_put_right(world: World) -> None:
    """The chair answers with the right number, and that one is approved."""
    lam, thu = world.phones["lam"], world.phones["thu"]
    lam.say("6")
    lam.hears("✅ Đã sửa cho CĐCS Công ty May Suối Đá: 7 → 6 đoàn viên mới, ngày 10/4.")
    thu.hears("📌 CĐCS Công ty May Suối Đá vừa gửi số liệu, đang chờ duyệt.")
    thu.say("/duyet")
    thu.hears("CĐCS Công ty May Suối Đá: 6 đoàn viên mới", "Thay cho số trước: 7 đoàn viên mới.")
    thu.tap("Duyệt")
    thu.hears("✅ Đã duyệt 6 đoàn viên mới.", "Hết số liệu chờ duyệt.")
    lam.hears("✅ Văn phòng đã duyệt đủ quý II", "6 đoàn viên mới")
    world.await_quiet()
    counted = {one: times for one, times in world.office.figures().items() if one.state == "approved"}
    assert counted == {
        Figure("HDPM", "doan_vien_moi", 5, "approved"): 1,
        Figure("HDPM", "doi_thoai", 1, "approved"): 1,
        Figure("MSD", "doan_vien_moi", 6, "approved"): 1,
    }


def only_the_silent_one_is_reminded(world: World) -> None:
    """A week before the due day nobody is asked for what was answered already."""
    world.await_quiet()
    before = {who: len(world.phones[who].heard()) for who in CHAIRS}
    world.go_to(WEEK_BEFORE_DUE)
    world.phones["dung"].hears(
        "📌 Anh Dũng ơi, báo cáo quý II của CĐCS Công ty TNHH Gỗ Bình Tâm hạn thứ Năm 20/6, còn 7 ngày."
    )
    world.await_quiet()
    heard = {who: len(world.phones[who].heard()) - before[who] for who in CHAIRS}
    assert heard == {"hoa": 0, "lam": 0, "mai": 0, "dung": 1}
    world.picture("3-reminded")


def everyone_sees_the_right_numbers(world: World) -> None:
    """A chair sees the own unit and then the office; staff and leaders see the plan."""
    own = {"hoa": "5/30 đoàn viên (16,67%)", "lam": "6/38 đoàn viên (15,79%)", "dung": "0/12 đoàn viên (0%)"}
    for who, share in own.items():
        world.phones[who].say("/tiendo")
        seen = world.phones[who].hears("năm 2024:", f"• Đoàn viên mới: {share}")
        assert "• Đoàn viên mới: 11/106 đoàn viên (10,38%)" in seen
        assert "• Đối thoại: 1/21 doanh nghiệp (4,76%)" in seen
    for who in ("thu", "binh"):
        world.phones[who].say("/tiendo")
        seen = world.phones[who].hears("Tiến độ kế hoạch 31/KH-LĐLĐ đến thứ Năm 13/6")
        assert "1. Đoàn viên mới: 11/106 đoàn viên (10,38%)" in seen
        assert "6. Đối thoại: 1/21 doanh nghiệp (4,76%)" in seen
    world.picture("4-progress")


def the_news_reach_everybody(world: World) -> None:
    """Staff see beforehand how many will get it, and afterwards that they did."""
    thu = world.phones["thu"]
    write_the_news(world)
    thu.tap("Gửi ngay")
    for who in CHAIRS:
        world.phones[who].hears(NEWS)
    thu.hears("📌 Tin “Mời đoàn viên dự ngày hội", "4 người đã nhận")
    world.picture("5-news")


def write_the_news(world: World) -> None:
    """A message to all is written and looked at; one tap is left."""
    thu = world.phones["thu"]
    thu.say("/truyenthong")
    thu.hears("Chị nhắn nội dung tin")
    thu.say(NEWS)
    thu.hears("Tin này gửi cho ai ạ?")
    thu.tap("Tất cả đơn vị (9 đơn vị)")
    thu.hears("Tin như trên sẽ gửi tới 4 người")


def nothing_was_said_twice_without_a_mark(world: World) -> None:
    """In the whole quarter nobody has read the same thing twice, but for what says so itself."""
    world.await_quiet()
    for who, phone in world.phones.items():
        said = Counter((one.text, one.marked) for one in phone.heard())
        assert {text for (text, _marked), times in said.items() if times > 1} == set(), who
