"""Photos and files find the figures that they prove, and bad ones are refused by name."""

from __future__ import annotations

from datetime import timedelta

from domain.messages import Attachment
from tests.bot.conversation.reporting import PHOTO, chat
from tests.people import MONDAY, House

EXE = (Attachment("f9", "bien-ban.pdf.exe", "application/octet-stream", 10),)


def proofs(house: House) -> list[tuple[str, str]]:
    """The batches and file ids of the evidence."""
    with house.context() as context:
        files = {media.id: media.file_id for media in context.uow.media.find()}
        return [(one.batch, files[one.media_id]) for one in context.uow.evidence.find()]


def test_a_captioned_photo_is_a_report_with_its_proof(small_house: House) -> None:
    talk = chat(small_house)
    assert talk.say("chair", "kết nạp 5 đoàn viên", attachments=PHOTO) == [
        "Em ghi thế này, đúng không chị?\n• 5 đoàn viên mới"
    ]
    assert proofs(small_house) == [("1", "f1")]


def test_a_photo_after_the_line_joins_the_draft_and_the_question_stays(small_house: House) -> None:
    talk = chat(small_house)
    talk.say("chair", "kết nạp 5 đoàn viên")
    assert talk.say("chair", "", attachments=PHOTO) == [
        "Em đã nhận 1 minh chứng, kèm vào: 5 đoàn viên mới.\nSố liệu như vậy đúng không chị?"
    ]
    assert talk.say("chair", "1")[0].startswith("✅ Đã ghi")


def test_a_photo_after_the_confirmation_leaves_the_next_question_open(small_house: House) -> None:
    talk = chat(small_house)
    talk.say("chair", "kết nạp 5 đoàn viên")
    talk.say("chair", "1")
    assert talk.say("chair", "", attachments=PHOTO) == ["Em đã nhận 1 minh chứng, kèm vào: 5 đoàn viên mới."]
    assert talk.say("chair", "1")[0].startswith("✅ Đã chốt quý II")


def test_a_photo_out_of_the_blue_is_asked_about(small_house: House) -> None:
    talk = chat(small_house)
    talk.say("chair", "kết nạp 5 đoàn viên")
    talk.say("chair", "1")
    talk.now = MONDAY + timedelta(hours=2)
    assert talk.say("chair", "", attachments=PHOTO) == [
        "Em đã nhận 1 minh chứng. Kèm cho số liệu nào vậy chị? Chọn một mục, hoặc nhắn số liệu giúp em."
    ]
    assert talk.choices("chair") == ["5 đoàn viên mới"]
    assert talk.say("chair", "1") == ["Em đã nhận 1 minh chứng, kèm vào: 5 đoàn viên mới."]
    assert proofs(small_house) == [("1", "f1")]


def test_the_figures_may_follow_several_photos(small_house: House) -> None:
    talk = chat(small_house)
    talk.say("chair", "", attachments=PHOTO)
    talk.say("chair", "", attachments=(Attachment("f2", "b.pdf", "application/pdf", 10),))
    assert talk.say("chair", "đối thoại ngày 12/4") == [
        "Em ghi thế này, đúng không chị?\n• 1 cuộc đối thoại, ngày 12/4"
    ]
    assert proofs(small_house) == [("3", "f1"), ("3", "f2")]


def test_a_photo_while_something_is_asked_waits_with_it(small_house: House) -> None:
    talk = chat(small_house)
    talk.say("chair", "Vô 9 ra 4 chị ơi")
    talk.say("chair", "", attachments=PHOTO)
    talk.say("chair", "1")
    assert proofs(small_house) == [("1", "f1")]


def test_an_unsafe_file_is_refused_by_name_and_the_line_still_counts(small_house: House) -> None:
    talk = chat(small_house)
    (answer,) = talk.say("chair", "kết nạp 5 đoàn viên", attachments=EXE)
    assert answer.startswith("Em ghi thế này, đúng không chị?\n• 5 đoàn viên mới\n")
    assert "bien-ban.pdf.exe" in answer
    (alone,) = talk.say("chair", "", attachments=EXE)
    assert "bien-ban.pdf.exe" in alone
    assert proofs(small_house) == []


def test_the_office_is_told_how_to_send_files(small_house: House) -> None:
    talk = chat(small_house)
    assert talk.say("staff", "", attachments=PHOTO) == [
        "Minh chứng do các công đoàn cơ sở gửi kèm số liệu. Muốn gửi ảnh, tệp cho các đơn vị thì chị dùng "
        "/truyenthong nhé."
    ]
