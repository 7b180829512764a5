"""Telegram's updates in our words. Pure."""

from __future__ import annotations

import json
import re
from datetime import datetime

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from domain.errors import UnparsableUpdate
from domain.messages import Attachment, Incoming, IncomingKind

# In a group the commands menu writes "/tiendo@our_bot"; the name of every bot ends in "bot".
_ADDRESSED = re.compile(r"^(/\w+)@\w*bot\b", re.IGNORECASE)


def parse(account: str, body: str, now: datetime) -> Incoming | None:
    """Return the update in `body`, or None for one that asks nothing of us.

    A tap carries no time of its own, so `now` stands in. An edit keeps the time and the id of the message
    that it changes: "hôm nay" in it still means that day.
    Raises: UnparsableUpdate.
    """
    try:
        return _incoming(account, Update.de_json(json.loads(body), None), now)
    # The library checks little, so a damaged update may fail anywhere with anything.
    except Exception as error:
        raise UnparsableUpdate(f"{type(error).__name__}: {error}") from error


def _incoming(account: str, update: Update, now: datetime) -> Incoming | None:
    if update.message:
        return _message(account, update.message, IncomingKind.TEXT)
    if update.edited_message:
        return _message(account, update.edited_message, IncomingKind.EDIT)
    if update.callback_query:
        return _tap(account, update.callback_query, now)
    if update.my_chat_member:
        return _membership(account, update.my_chat_member)
    return None


def _message(account: str, message: Message, kind: IncomingKind) -> Incoming | None:
    if message.migrate_to_chat_id:
        return _moved(account, message, message.migrate_to_chat_id)
    if message.from_user is None or message.from_user.is_bot or not _says_something(message, kind):
        return None
    return Incoming(
        account=account,
        chat_id=str(message.chat.id),
        message_id=str(message.message_id),
        sent_at=message.date,
        kind=kind,
        text=_ADDRESSED.sub(r"\1", message.text or message.caption or ""),
        attachments=_attachments(message),
        sender_name=message.from_user.full_name,
        reply_to_id=str(message.reply_to_message.message_id) if message.reply_to_message else "",
        is_group=_is_group(message.chat),
    )


def _says_something(message: Message, kind: IncomingKind) -> bool:
    """Whether a person meant it for reading: a sticker counts, "pinned a message" does not.

    What a newer Telegram calls by a name unknown to the library counts, so that it gets an answer. An edit
    counts by its words only: a shared live location is "edited" every few seconds.
    """
    if message.text or message.caption:
        return True
    return kind is IncomingKind.TEXT and bool(message.effective_attachment or message.api_kwargs)


def _attachments(message: Message) -> tuple[Attachment, ...]:
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return (Attachment(largest.file_id, "photo.jpg", "image/jpeg", largest.file_size),)
    if file := message.document:
        kind = file.mime_type or "application/octet-stream"
        return (Attachment(file.file_id, file.file_name or "file", kind, file.file_size),)
    return ()


def _tap(account: str, query: CallbackQuery, now: datetime) -> Incoming | None:
    if query.message is None or not query.data:
        return None
    return Incoming(
        account=account,
        chat_id=str(query.message.chat.id),
        message_id=str(query.message.message_id),
        sent_at=now,
        kind=IncomingKind.CHOICE,
        action=query.data,
        sender_name=query.from_user.full_name,
        is_group=_is_group(query.message.chat),
        callback_id=query.id,
    )


def _membership(account: str, change: ChatMemberUpdated) -> Incoming | None:
    """Only private chats: there it says that the person blocked or unblocked the bot."""
    status = change.new_chat_member.status
    if change.chat.type != ChatType.PRIVATE:
        return None
    if status in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT):
        kind = IncomingKind.STOPPED
    elif status == ChatMemberStatus.MEMBER:
        kind = IncomingKind.RETURNED
    else:
        return None
    name = change.from_user.full_name
    return Incoming(account, str(change.chat.id), "", change.date, kind, sender_name=name)


def _moved(account: str, message: Message, new_chat_id: int) -> Incoming:
    return Incoming(
        account=account,
        chat_id=str(message.chat.id),
        message_id=str(message.message_id),
        sent_at=message.date,
        kind=IncomingKind.MOVED,
        is_group=True,
        new_chat_id=str(new_chat_id),
    )


def _is_group(chat: Chat) -> bool:
    return chat.type != ChatType.PRIVATE
