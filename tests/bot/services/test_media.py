"""Which files are taken, and which figures they prove."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.media import (
    WhyRefused,
    attach,
    own_media,
    proven_batch,
    receive_attachments,
    safe_name,
)
from bot.services.report_lines import Line
from bot.services.reporting import add_line, confirm, drop
from domain.messages import Attachment, Incoming, IncomingKind, MediaState
from domain.understanding import Item
from tests.people import MONDAY, House

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def message(*attachments: Attachment) -> Incoming:
    return Incoming("local", "chair", "m1", MONDAY, IncomingKind.TEXT, attachments=attachments)


@pytest.mark.parametrize(
    ("name", "content_type", "size", "why"),
    [
        ("photo.jpg", "image/jpeg", 1000, None),
        ("IMG_1.HEIC", "image/heic", None, None),
        ("biên bản.pdf", "application/octet-stream", 1000, None),
        ("quyết định.docx", DOCX, 1000, None),
        ("", "image/jpeg", 1000, None),
        ("danh sách.csv", "application/vnd.ms-excel", 1000, None),
        ("biên bản.pdf.exe", "application/pdf", 1000, WhyRefused.KIND),
        ("biên bản.pdf", "application/x-msdownload", 1000, WhyRefused.KIND),
        ("bảng.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12", 1000, WhyRefused.KIND),
        ("trang.html", "text/html", 1000, WhyRefused.KIND),
        ("file", "application/octet-stream", 1000, WhyRefused.KIND),
        ("photo.jpg", "image/jpeg", 20 * 2**20 + 1, WhyRefused.SIZE),
    ],
)
def test_a_file_is_taken_by_name_type_and_size(
    house: House, name: str, content_type: str, size: int | None, why: WhyRefused | None
) -> None:
    with house.context("chair") as context:
        incoming = message(Attachment("f1", name, content_type, size))
        kept, not_kept = receive_attachments(context, incoming)
        assert [one.why for one in not_kept] == ([why] if why else [])
        assert [(one.file_id, one.state) for one in kept] == ([] if why else [("f1", MediaState.WAITING)])


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Hoa\\ảnh.jpg", "ảnh.jpg"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("x" * 200 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_harmless(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_photo_belongs_to_the_draft_or_to_what_was_just_confirmed(house: House) -> None:
    with house.context("chair") as context:
        assert proven_batch(context, "chair") is None
        add_line(context, house.units["dieu"], Line("7", "chair", "m1", "5", (Item("doan_vien_moi", 5),)))
    with house.context("chair", MONDAY + timedelta(hours=5)) as context:
        assert proven_batch(context, "chair") == "7"
        confirm(context, "7")
    with house.context("chair", MONDAY + timedelta(hours=5, minutes=59)) as context:
        assert proven_batch(context, "chair") == "7"
    with house.context("chair", MONDAY + timedelta(hours=6)) as context:
        assert proven_batch(context, "chair") is None


def test_a_dropped_draft_takes_no_photo(house: House) -> None:
    with house.context("chair") as context:
        add_line(context, house.units["dieu"], Line("7", "chair", "m1", "5", (Item("doan_vien_moi", 5),)))
        drop(context, "7")
        assert proven_batch(context, "chair") is None


def test_a_file_is_tied_once(house: House) -> None:
    with house.context("chair") as context:
        (media,), _ = receive_attachments(context, message(Attachment("f", "a.jpg", "image/jpeg", 9)))
        unit_id = house.units["dieu"].id
        assert attach(context, "7", unit_id, [media.id, media.id]) == 1
        assert attach(context, "7", unit_id, [media.id]) == 0
        assert own_media(context, [media.id, 99]) == [media.id]
    with house.context("other_chair") as context:
        assert own_media(context, [media.id]) == []
