from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram import TelegramChannel
from domain.errors import (
    AddressChanged,
    BadCredential,
    ChannelError,
    RateLimited,
    RecipientGone,
    Rejected,
    Unavailable,
    Uncertain,
)
from domain.marks import BOLD_OFF, BOLD_ON
from domain.messages import Attachment, Choice, Incoming, IncomingKind, MediaFile, Outgoing
from tests.bot.channels.telegram_house import channel_of, until
from tests.contracts.channel_contract import NOW, Inbox
from tests.fakes.telegram import FakeTelegram

HELLO = Outgoing("1", "Chào chị Lan.")
PICTURE = MediaFile("biên bản.jpg", "image/jpeg", b"\xff\xd8\xff" + b"0" * 100)
SHEET = MediaFile("Danh sách đơn vị.xlsx", "application/vnd.ms-excel", b"PK" + b"0" * 100)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        fake.user(1, "Lan")
        yield fake


@pytest.fixture
async def channel(telegram: FakeTelegram) -> AsyncIterator[TelegramChannel]:
    async with channel_of(telegram) as one:
        yield one


async def test_it_sends_bold_words_and_numbered_buttons(
    telegram: FakeTelegram, channel: TelegramChannel
) -> None:
    text = f"Trường <b>& Mầm non</b>: {BOLD_ON}5 đoàn viên{BOLD_OFF}."
    choices = (Choice("Đúng", "report:yes:12"), Choice("Sửa", "report:edit:12"))
    receipt = await channel.send(Outgoing("1", text, choices))
    [seen] = telegram.user(1).messages
    assert seen.text == "Trường <b>& Mầm non</b>: 5 đoàn viên."
    assert seen.bold == ("5 đoàn viên",)
    assert seen.labels == ["1. Đúng", "2. Sửa"]
    assert receipt.message_id == str(seen.message_id)


async def test_a_tap_comes_back_with_its_action_and_is_acknowledged(
    telegram: FakeTelegram, channel: TelegramChannel
) -> None:
    await channel.send(Outgoing("1", "Đúng không?", (Choice("Đúng", "report:yes:12"),)))
    inbox = Inbox()
    await channel.start(inbox.receive)
    lan = telegram.user(1)
    tap = await lan.taps(await lan.next_message(), "Đúng")
    [row] = await inbox.holds(1)
    incoming = channel.parse(row.body, NOW)
    assert incoming is not None
    assert (incoming.kind, incoming.action) == (IncomingKind.CHOICE, "report:yes:12")
    assert incoming.message_id == str(lan.messages[0].message_id)
    await channel.acknowledge(incoming)
    assert telegram.answered_taps == [tap]


async def test_it_acknowledges_nothing_but_taps(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    await channel.acknowledge(Incoming("telegram", "1", "5", NOW, IncomingKind.TEXT, "kết nạp 5"))
    assert telegram.requests == []


async def test_a_failing_acknowledgement_is_no_failure(
    telegram: FakeTelegram, channel: TelegramChannel
) -> None:
    tap = Incoming("telegram", "1", "5", NOW, IncomingKind.CHOICE, action="a", callback_id="1")
    telegram.fail_next("answerCallbackQuery", drop="before accept")
    await channel.acknowledge(tap)
    await channel.acknowledge(tap)
    assert telegram.answered_taps == []
    assert len(telegram.requests) == 2


async def test_it_answers_a_message(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    asked = await telegram.user(1).sends("tiến độ")
    await channel.send(Outgoing("1", "103,96%", reply_to_id=str(asked)))
    await channel.send(Outgoing("1", "Tin kia đã xoá.", reply_to_id="999999"))
    assert [message.reply_to for message in telegram.user(1).messages] == [asked, 0]


async def test_it_sends_a_picture_and_a_file_with_their_captions(
    telegram: FakeTelegram, channel: TelegramChannel
) -> None:
    caption = f"{BOLD_ON}Mẫu{BOLD_OFF} & hướng dẫn"
    await channel.send(Outgoing("1", caption, (Choice("Đã xem", "seen:1"),), PICTURE))
    await channel.send(Outgoing("1", "", (), SHEET))
    picture, sheet = telegram.user(1).messages
    assert picture.file is not None
    assert sheet.file is not None
    assert (picture.file.kind, picture.file.name) == ("photo", "biên bản.jpg")
    assert (picture.text, picture.bold, picture.labels) == ("Mẫu & hướng dẫn", ("Mẫu",), ["1. Đã xem"])
    assert (sheet.file.kind, sheet.file.name) == ("document", "Danh sách đơn vị.xlsx")
    assert sheet.file.content == SHEET.content


async def test_a_picture_too_large_for_one_goes_as_a_file(
    telegram: FakeTelegram, channel: TelegramChannel
) -> None:
    large = MediaFile("to.jpg", "image/jpeg", PICTURE.content + b"0" * 10 * 2**20)
    await channel.send(Outgoing("1", "", (), large))
    [seen] = telegram.user(1).messages
    assert seen.file is not None
    assert seen.file.kind == "document"


async def test_a_long_text_follows_its_picture(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    text = "ữ" * 1025
    receipt = await channel.send(Outgoing("1", text, (Choice("Đã xem", "seen:1"),), PICTURE))
    picture, words = telegram.user(1).messages
    assert (picture.text, picture.labels) == ("", [])
    assert (words.text, words.labels, words.file) == (text, ["1. Đã xem"], None)
    assert receipt.message_id == str(words.message_id)


@pytest.mark.parametrize("failure", [{"retry_after": 5}, {"status": 500}])
async def test_a_text_that_cannot_follow_its_picture_is_uncertain(
    telegram: FakeTelegram, channel: TelegramChannel, failure: dict[str, int]
) -> None:
    telegram.fail_next("sendMessage", **failure)  # type: ignore[arg-type]
    with pytest.raises(Uncertain):
        await channel.send(Outgoing("1", "ữ" * 1025, (), PICTURE))
    assert len(telegram.user(1).messages) == 1


@pytest.mark.parametrize(
    ("failure", "expected", "arrived"),
    [
        ({"status": 500}, Unavailable, 0),
        ({"status": 502, "html": True}, Unavailable, 0),
        ({"status": 403, "html": True}, Unavailable, 0),
        ({"status": 401, "description": "Unauthorized"}, BadCredential, 0),
        ({"status": 504, "html": True}, Uncertain, 0),
        ({"status": 200, "html": True}, Uncertain, 0),
        ({"drop": "before accept"}, Uncertain, 0),
        ({"drop": "after accept"}, Uncertain, 1),
    ],
)
async def test_it_tells_what_surely_did_not_arrive_from_what_may_have(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    failure: dict[str, object],
    expected: type[ChannelError],
    arrived: int,
) -> None:
    telegram.fail_next("sendMessage", **failure)  # type: ignore[arg-type]
    with pytest.raises(ChannelError) as caught:
        await channel.send(HELLO)
    assert type(caught.value) is expected
    assert len(telegram.user(1).messages) == arrived
    await channel.send(HELLO)
    assert len(telegram.user(1).messages) == arrived + 1


async def test_nothing_was_sent_when_nobody_answers_the_door(
    telegram: FakeTelegram, channel: TelegramChannel
) -> None:
    await telegram.goes_away()
    with pytest.raises(Unavailable):
        await channel.send(HELLO)
    await telegram.comes_back()
    await channel.send(HELLO)
    assert len(telegram.user(1).messages) == 1


async def test_a_stopped_channel_sends_nothing(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    await channel.stop()
    with pytest.raises(Unavailable):
        await channel.send(HELLO)
    assert telegram.requests == []


async def test_it_knows_who_cannot_be_reached(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    telegram.user(2, "Hoa", started=False)
    await telegram.user(3, "Mai").deletes_account()
    for chat_id in ("2", "3", "4"):
        with pytest.raises(RecipientGone):
            await channel.send(Outgoing(chat_id, "Chào chị."))


async def test_blocking_and_coming_back_are_told(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    inbox = Inbox()
    await channel.start(inbox.receive)
    lan = telegram.user(1)
    await lan.blocks()
    await lan.unblocks()
    kinds = [found.kind for row in await inbox.holds(2) if (found := channel.parse(row.body, NOW))]
    assert kinds == [IncomingKind.STOPPED, IncomingKind.RETURNED]


async def test_a_group_that_moved_says_where(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    telegram.group(-5, "Các chủ tịch")
    await telegram.group_migrates(-5, -1005555555555)
    with pytest.raises(AddressChanged) as caught:
        await channel.send(Outgoing("-5", "Chào các anh chị."))
    assert caught.value.new_address == "-1005555555555"
    await channel.send(Outgoing(caught.value.new_address, "Chào các anh chị."))
    assert [message.chat_id for message in telegram.sent] == [-1005555555555]


@pytest.mark.parametrize("text", ["", "ữ" * 4097])
async def test_a_text_that_telegram_cannot_take_is_our_mistake(channel: TelegramChannel, text: str) -> None:
    with pytest.raises(Rejected):
        await channel.send(Outgoing("1", text))


async def test_a_limit_is_the_accounts_when_it_hits_a_second_chat(telegram: FakeTelegram) -> None:
    at = [1000.0]
    telegram.user(2, "Hoa")
    found: list[tuple[str, float, bool]] = []
    async with channel_of(telegram, monotonic=lambda: at[0]) as channel:
        for chat_id, pause_secs in (("1", 1), ("1", 1), ("2", 1), ("2", 100), ("1", 0)):
            telegram.fail_next("sendMessage", retry_after=5)
            with pytest.raises(RateLimited) as caught:
                await channel.send(Outgoing(chat_id, "Chào."))
            found.append((chat_id, caught.value.retry_after_secs, caught.value.whole_account))
            at[0] += pause_secs
    expected = [("1", False), ("1", False), ("2", True), ("2", False), ("1", False)]
    assert found == [(chat_id, 5.0, whole) for chat_id, whole in expected]


async def test_it_is_told_to_slow_down_in_a_chat(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    at = [1000.0]
    telegram.limit_rates(lambda: at[0])
    for _ in range(3):
        await channel.send(HELLO)
    with pytest.raises(RateLimited) as caught:
        await channel.send(HELLO)
    assert caught.value.retry_after_secs == 1.0
    at[0] += caught.value.retry_after_secs
    await channel.send(HELLO)
    assert len(telegram.user(1).messages) == 4


async def attachment(telegram: FakeTelegram, channel: TelegramChannel, content: bytes) -> Attachment:
    inbox = Inbox()
    await channel.start(inbox.receive)
    await telegram.user(1).sends_document(content, "Biên bản.pdf", "application/pdf", caption="đây ạ")
    [row] = await inbox.holds(1)
    incoming = channel.parse(row.body, NOW)
    assert incoming is not None
    assert incoming.text == "đây ạ"
    return incoming.attachments[0]


async def test_it_fetches_a_file(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    found = await channel.download(await attachment(telegram, channel, b"%PDF-1.7 ..."))
    assert found == MediaFile("Biên bản.pdf", "application/pdf", b"%PDF-1.7 ...")


async def test_it_fetches_the_largest_size_of_a_picture(
    telegram: FakeTelegram, channel: TelegramChannel
) -> None:
    inbox = Inbox()
    await channel.start(inbox.receive)
    await telegram.user(1).sends_photo(PICTURE.content, "hội nghị")
    [row] = await inbox.holds(1)
    incoming = channel.parse(row.body, NOW)
    assert incoming is not None
    found = await channel.download(incoming.attachments[0])
    assert (found.content, found.content_type) == (PICTURE.content, "image/jpeg")


async def test_it_refuses_a_file_that_is_too_large(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    large = await attachment(telegram, channel, b"0" * (20 * 2**20 + 1))
    with pytest.raises(Rejected):
        await channel.download(large)


async def test_a_file_whose_link_has_expired_is_gone(
    telegram: FakeTelegram, channel: TelegramChannel
) -> None:
    document = await attachment(telegram, channel, b"%PDF")
    telegram.expire_links()
    with pytest.raises(RecipientGone):
        await channel.download(document)
    with pytest.raises(RecipientGone):
        await channel.download(Attachment("unknown", "x", "text/plain"))


async def test_a_download_that_breaks_off_may_be_tried_again(
    telegram: FakeTelegram, channel: TelegramChannel
) -> None:
    document = await attachment(telegram, channel, b"%PDF")
    telegram.fail_next("getFile", status=500)
    with pytest.raises(Unavailable):
        await channel.download(document)
    assert (await channel.download(document)).content == b"%PDF"


async def test_it_sends_while_it_listens(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    await channel.start(Inbox().receive)
    await until(lambda: bool(telegram.requests_of("getUpdates")))
    await channel.send(HELLO)
    assert (await telegram.user(1).next_message()).text == "Chào chị Lan."
