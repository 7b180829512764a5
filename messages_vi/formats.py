"""Numbers, percentages and dates the Vietnamese way, and the catalogue's files: the only caller of Babel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.numbers import NumberFormatError, format_decimal, parse_decimal

LOCALE = "vi"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_QUARTERS = ("I", "II", "III", "IV")


def local_date(moment: datetime) -> date:
    """Return Vietnam's civil date at `moment` (aware)."""
    return moment.astimezone(ZONE).date()


def number(value: int | Decimal) -> str:
    """Return `value` with dots between thousands and a decimal comma: 1.250 or 12,5."""
    if isinstance(value, int) and -1000 < value < 1000:
        return str(value)
    return format_decimal(value, locale=LOCALE)


def percent(value: Decimal | float) -> str:
    """Return a percentage (0-100 scale) with two decimals at most: 103,96%, 50%."""
    return format_decimal(round(Decimal(value), 2), format="#,##0.##", locale=LOCALE) + "%"


def parse_count(text: str) -> int:
    """Return the whole number that `text` writes the Vietnamese way ("1.250" is 1250).

    Raises ValueError for a fraction, for odd grouping ("1.5"), and for anything else.
    """
    try:
        value = parse_decimal(text.strip(), locale=LOCALE, strict=True)
    except NumberFormatError as error:
        raise ValueError(text) from error
    if value != int(value):
        raise ValueError(text)
    return int(value)


def day(value: date, today: date | None = None) -> str:
    """Return 12/4, with the year (12/4/2023) when it differs from that of `today`."""
    short = f"{value.day}/{value.month}"
    return short if today is None or today.year == value.year else f"{short}/{value.year}"


def weekday(value: date) -> str:
    """Return the weekday: thứ Sáu, Chủ nhật."""
    return _WEEKDAYS[value.weekday()]


def weekday_day(value: date, today: date | None = None) -> str:
    """Return the weekday and the day: thứ Sáu 12/4."""
    return f"{weekday(value)} {day(value, today)}"


def clock_time(moment: datetime) -> str:
    """Return the local time of day: 8:30 is "8 giờ 30", 8:00 is "8 giờ"."""
    local = moment.astimezone(ZONE)
    return f"{local.hour} giờ {local.minute:02d}" if local.minute else f"{local.hour} giờ"


def moment(value: datetime, today: date | None = None) -> str:
    """Return a moment as people say it: 8 giờ 30 thứ Sáu 12/4."""
    return f"{clock_time(value)} {weekday_day(local_date(value), today)}"


def quarter(value: int) -> str:
    """Return the quarter's name: quý II."""
    return f"quý {_QUARTERS[value - 1]}"


def read_messages(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (file name, message id, translation) of every .po file in `folder`, files by name."""
    # Slow to load, and reading a line needs no sentence until a question is put back.
    from babel.messages.pofile import read_po

    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=LOCALE, abort_invalid=True):
                if message.id:
                    yield path.name, str(message.id), str(message.string or "")
