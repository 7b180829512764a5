"""A page of invite cards to print, cut and hand out: one file without anything from outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby
from urllib.parse import quote

from domain.marks import BOLD_OFF, BOLD_ON
from messages_vi.catalogue import _

_QUIET_MODULES = 4  # The empty border that a reader of QR codes needs (ISO/IEC 18004).


@dataclass(frozen=True, slots=True)
class InviteCard:
    """One person's way in. `link` opens the bot with the code in it; "" prints the code alone.

    `expires` is the last day on which the code works; `person` may be "".
    """

    unit: str
    person: str
    code: str
    link: str
    expires: date


def deep_link(bot_name: str, code: str) -> str:
    """Return the address that opens the Telegram bot with the code, "" without a bot's name.

    Source: Telegram, Bot features, "Deep linking".
    """
    name = bot_name.strip().removeprefix("@")
    return f"https://t.me/{quote(name)}?start={quote(code)}" if name else ""


def invite_sheet(office_name: str, invites: Sequence[InviteCard]) -> bytes:
    """Return an HTML page in UTF-8 with the cards in the given order, eight on a sheet of A4."""
    title = _("Codes to join the reporting assistant of {office}", office=office_name)
    cards = "\n".join(_card(office_name, card) for card in invites)
    page = _PAGE.format(
        title=_html(title),
        style=_STYLE,
        hint=_html(_("Print at full size, cut along the lines, hand each card to the person on it only.")),
        cards=cards or f"<p>{_html(_('There is no code to print.'))}</p>",
    )
    return page.encode()


def _card(office_name: str, card: InviteCard) -> str:
    step = (
        _("Open the camera, point it at the square and press *Start*. Or send the assistant this code:")
        if card.link
        else _("Send the assistant this code:")
    )
    person = card.person or _("Chair of the grassroots union")
    until = _("For one use, until {day}.", day=_full_day(card.expires))
    return _CARD.format(
        office=_html(office_name),
        unit=_html(card.unit),
        person=_html(person),
        qr=_qr(card.link) if card.link else "",
        step=_html(step),
        code=_html(card.code),
        until=_html(until),
    )


def _full_day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _html(text: str) -> str:
    return escape(text).replace(BOLD_ON, "<b>").replace(BOLD_OFF, "</b>")


def _qr(link: str) -> str:
    # Only printing needs the library, and it looks for a picture library when it loads.
    from qrcode import QRCode
    from qrcode.constants import ERROR_CORRECT_M

    code = QRCode(border=_QUIET_MODULES, error_correction=ERROR_CORRECT_M)
    code.add_data(link)
    code.make()
    rows = code.get_matrix()
    size = len(rows)
    path = "".join(part for y, row in enumerate(rows) for part in _bars(y, [bool(dark) for dark in row]))
    return (
        f'<svg class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="QR">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{path}"/></svg>'
    )


def _bars(y: int, row: Sequence[bool]) -> Iterator[str]:
    x = 0
    for dark, modules in groupby(row):
        width = len(list(modules))
        if dark:
            yield f"M{x} {y}h{width}v1h-{width}z"
        x += width


_PAGE = """<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header><h1>{title}</h1><p>{hint}</p></header>
<main>
{cards}
</main>
</body>
</html>
"""

_CARD = """<article>
<p class="office">{office}</p>
<h2>{unit}</h2>
<p class="person">{person}</p>
<div class="way">{qr}<div>
<p class="step">{step}</p>
<p class="code">{code}</p>
<p class="until">{until}</p>
</div></div>
</article>"""

# Cards are 90 mm wide and 64 mm high, so that two by four fill A4 whatever the printer's margin.
_STYLE = """
@page { size: A4 portrait; margin: 12mm 14mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 182mm; color: #111; background: #fff;
  font: 10pt/1.35 "Be Vietnam Pro", "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
header { padding: 6mm 0 4mm; }
h1 { font-size: 14pt; margin: 0 0 1mm; }
header p { margin: 0; color: #555; }
main { display: grid; grid-template-columns: 91mm 91mm; }
article { height: 66mm; padding: 4mm 5mm; border: 0.3mm dashed #999; margin: 0 -0.3mm -0.3mm 0;
  overflow: hidden; break-inside: avoid; display: flex; flex-direction: column; }
article p { margin: 0; }
.office { font-size: 8pt; color: #555; }
h2 { font-size: 11.5pt; line-height: 1.2; margin: 0.5mm 0 0; overflow-wrap: anywhere; max-height: 2.4em;
  overflow: hidden; }
.person { color: #333; }
.way { flex: 1; min-height: 0; display: flex; gap: 4mm; align-items: center; }
.qr { flex: none; width: 35mm; height: 35mm; }
.step { font-size: 8.5pt; line-height: 1.3; }
.code { font: 700 14pt/1.2 "DejaVu Sans Mono", Consolas, monospace; letter-spacing: 0.04em; margin: 1.5mm 0;
  overflow-wrap: anywhere; }
article .code { margin: 1.5mm 0; }
.until { font-size: 8pt; color: #555; }
@media print { header { display: none; } }
@media screen { body { padding: 0 4mm 10mm; max-width: 190mm; } }
"""
