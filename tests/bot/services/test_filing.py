"""Bytes are kept once, under their hash, and only of kinds that are safe."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.services import filing
from bot.services.context import Context
from domain.errors import InputError
from domain.messages import Media, MediaFile, MediaState
from tests.people import House

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


def waiting(context: Context, name: str = "bien-ban.png") -> Media:
    media = Media(name, "image/png", MediaState.WAITING, context.now, account="local", file_id="1")
    return context.uow.media.add(media)


def test_bytes_come_back_as_they_were_kept(small_house: House, tmp_path: Path) -> None:
    with small_house.context("chair") as context:
        stored = filing.keep(context, waiting(context), MediaFile("x", "image/png", PNG), tmp_path, 30)
    assert stored.content_type == "image/png"
    assert stored.path.endswith(".png")
    assert filing.read(tmp_path, stored) == MediaFile("bien-ban.png", "image/png", PNG)


def test_the_same_photo_is_kept_once(small_house: House, tmp_path: Path) -> None:
    with small_house.context("chair") as context:
        for _again in range(2):
            filing.keep(context, waiting(context), MediaFile("x", "image/png", PNG), tmp_path, 30)
    assert len([path for path in tmp_path.rglob("*.png") if path.is_file()]) == 1


@pytest.mark.parametrize(("name", "content"), [("a.png", b"MZ\x90" + b"\x00" * 64), ("b.png", b"")])
def test_the_content_decides_and_not_the_name(
    small_house: House, tmp_path: Path, name: str, content: bytes
) -> None:
    with small_house.context("chair") as context, pytest.raises(InputError):
        filing.keep(context, waiting(context, name), MediaFile(name, "image/png", content), tmp_path, 30)


def test_a_file_that_vanished_is_no_file(small_house: House, tmp_path: Path) -> None:
    with small_house.context("chair") as context:
        stored = filing.keep(context, waiting(context), MediaFile("x", "image/png", PNG), tmp_path, 30)
    (tmp_path / stored.path).unlink()
    assert filing.read(tmp_path, stored) is None
