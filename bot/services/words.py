"""Reading a chat line with the words of the office and the indicators of its plans."""

from __future__ import annotations

from datetime import date

from bot.language.lexicon import Lexicon
from bot.language.office import office_lexicon
from bot.language.reader import understand
from bot.services.context import Context
from domain.understanding import Item, Reading


def read(context: Context, text: str, today: date, previous: tuple[Item, ...] = ()) -> Reading:
    """Return what a line means to this office, see `bot.language.reader.understand`."""
    return understand(text, today, previous, words_of(context))


def words_of(context: Context) -> Lexicon:
    """Return the lexicon of the office; it is built anew only when a plan brings other indicators."""
    return office_lexicon(tuple(context.uow.indicators.find("position")), context.office.words)
