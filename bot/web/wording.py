"""The words of the local page and of the server's refusals."""

from __future__ import annotations

from datetime import datetime

from bot.web.ports import Phone, PhoneKind
from domain.marks import plain
from messages_vi.catalogue import _, mark
from messages_vi.formats import ZONE, clock_time, local_date, weekday

_REFUSALS = {
    "closed": mark("This page opens with the address printed in the terminal at the start."),
    "used_key": mark("This address was used already; start the program again for a new one."),
    "foreign": mark("This request comes from elsewhere, so it was refused."),
    "not_found": mark("There is nothing at this address."),
    "unknown_phone": mark("This phone is not on the page any more; load the page again."),
    "wrong_method": mark("This address is not used that way."),
    "wrong_type": mark("The page sent something in an unknown form; load the page again."),
    "too_large": mark("The message with its files is over {limit} MB; send fewer or smaller ones."),
    "too_long": mark("The message is too long; split it into several."),
    "too_many_files": mark("At most {files} files go with one message."),
    "empty": mark("There is nothing to send yet."),
    "bad_form": mark("The page sent something unreadable; load the page again."),
    "unavailable": mark("The message could not be stored just now; nothing is lost, try again in a moment."),
    "broken": mark("Something went wrong in the program; it is in the log. Try again in a moment."),
}
MAX_MEGABYTES = 20
MAX_FILES = 10


def refusal(code: str) -> str:
    """Return the sentence for a refusal's code."""
    return plain(_(_REFUSALS[code], limit=MAX_MEGABYTES, files=MAX_FILES))


def page_words(*, demo: bool) -> dict[str, str]:
    """Return the words that stand in the page itself, by the name of their place in `index.html`."""
    return {
        "title": _("Union reporting assistant"),
        "about": _("Try it freely: everything here is sample data and is gone when the program stops.")
        if demo
        else _("The phones of this machine, for as long as no messenger is connected."),
        "noscript": _("This page needs JavaScript."),
        "clock_label": _("The office's clock"),
        "hour": _("+1 hour"),
        "morning": _("To tomorrow morning"),
        "next": _("To the next event"),
        "phones_label": _("Phones"),
        "log_label": _("Conversation"),
        "try_label": _("Try"),
        "try_title": _("Put this line into the box below"),
        "input_label": _("Message"),
        "placeholder": _("Write a message ..."),
        "attach": _("Attach photos or files"),
        "send": _("Send the message"),
        "newest": _("To the newest message"),
    }


def script_words() -> dict[str, str]:
    """Return the words that the page's script puts in later, by the names that the script uses."""
    return {
        "doubtful": _("(you may have got this message already)"),
        "failed": _("Not handled"),
        "notSent": _("Not sent yet."),
        "again": _("Send it again"),
        "offline": _("The program does not answer; the page tries again by itself."),
        "moving": _("The clock is moving ..."),
        "typing": _("The assistant is writing"),
        "unread": _("new messages"),
        "remove": _("Leave out"),
        "photo": _("Photo"),
        "file": _("File"),
        "you": _("You"),
        "bot": _("Assistant"),
        "codePlaceholder": _("Write your joining code here ..."),
    }


def phone_title(phone: Phone, place: int) -> tuple[str, str]:
    """Return what the phone's head says: name and unit, or its number when nobody has joined on it."""
    return (
        phone.title or _("Phone {number}", number=place),
        phone.subtitle or ("" if phone.joined else _("Nobody has joined yet")),
    )


def samples(phone: Phone, place: int) -> list[str]:
    """Return the lines that the page proposes on this phone; `place` lets neighbours show different ones."""
    if not phone.joined:
        return [_("Sample of a stranger: hello")]
    if phone.kind is PhoneKind.OFFICE:
        return ["/tiendo", "/nhiemvu", "/truyenthong", "/moi"]
    if phone.kind is PhoneKind.PUBLIC:
        return [_("Sample: 2 new members today"), _("Sample: nothing to report"), "/tiendo"]
    if place % 2:
        return [_("Sample: 5 new members, 1 dialogue"), _("Sample without accents"), "/tiendo"]
    return [_("Sample: agreement signed"), "/tiendo", _("Sample: workers' conference"), "/baocao"]


def clock_words(now: datetime) -> str:
    """Return a moment in full: thứ Hai 1/4/2024, 8 giờ."""
    return f"{day_words(now)}, {clock_time(now)}"


def day_words(moment: datetime) -> str:
    """Return Vietnam's day in full: thứ Hai 1/4/2024."""
    value = local_date(moment)
    return f"{weekday(value)} {value.day}/{value.month}/{value.year}"


def time_words(moment: datetime) -> str:
    """Return Vietnam's time of day as a chat shows it: 08:05."""
    return moment.astimezone(ZONE).strftime("%H:%M")
