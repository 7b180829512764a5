"""One chat line in, what it means out: the chain of steps, each of which stands in its own module.

tidy -> tokens -> persons -> places -> words marked -> days -> distractors -> corrections struck -> clauses ->
mentions of indicators -> items -> intent, or one question. No clock, no storage: `today` is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.language import answers, asks, corrections, intents
from bot.language.anchors import MEMBERS
from bot.language.cells import barred, pair_cells, table
from bot.language.clauses import Clause, cut
from bot.language.correcting import correction
from bot.language.dates import find_dates
from bot.language.distractors import name_distractors
from bot.language.extras import name_extras
from bot.language.findings import Findings, find
from bot.language.glued import unglue
from bot.language.headings import read_headings
from bot.language.lexicon import Lexicon, lexicon
from bot.language.loose import form_answers, grouped_members, unnamed_items
from bot.language.losses import left
from bot.language.marking import mark
from bot.language.normalise import tidy
from bot.language.outcomes import settle_outcomes
from bot.language.patterns import says
from bot.language.periodmoves import quarter_named
from bot.language.persons import name_persons
from bot.language.pictures import spell
from bot.language.places import find_places
from bot.language.questions import is_complaint, is_nagged, mark_questions, nagged_sentences
from bot.language.quoted import answered
from bot.language.stocks import beside_old, growth
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token, tokenise
from bot.language.unconverted import mend_letters
from bot.language.uncountable import candidates, counted_as, mark_uncountable, uncountable
from bot.language.wholes import settle_wholes
from domain.understanding import Intent, Item, Reading

_PROBES = (1097, 1098)  # Two numbers that no line brings: where they make a difference, a number is counted.

_TELLING = (Intent.REPORT, Intent.NONE_TO_REPORT, Intent.OTHER)


def understand(
    text: str, today: date, previous: tuple[Item, ...] = (), words: Lexicon | None = None
) -> Reading:
    """Return what a chat line means on `today`, a civil date of Vietnam.

    `previous` are the items of the sender's last report: "thêm 2 nữa" and "sửa 5 thành 7" are resolved
    against them; without them the value is carried as written. Where readings differ in figures the result
    has the one question to put back, and `items` is the likeliest. `words` is the vocabulary of an office
    with the indicators of its plans; None is the built-in one. Never raises, whatever the text.

    Source: DESIGN.md section 6, promise 4.
    """
    line = tidy(text)
    words = words or lexicon()
    typed = answers.command(line)
    if typed is not None and (line.startswith("/") or typed[0] in intents.COMMANDS):
        return Reading(intents.COMMANDS.get(typed[0], Intent.OTHER), line)
    tokens = read_tokens(line, today, words)
    reading = (
        table(line, today, lambda heading: _certain(understand(heading, today, words=words)))
        or _bare_numbers(line, tokens)
        or _uncountable(line, today, tokens, previous, words)
        or _read(line, tokens, previous)
    )
    return replace(reading, quarter=quarter_named(tokens), urgent=intents.is_urgent(tokens))


def read_tokens(line: str, today: date, words: Lexicon | None = None) -> list[Token]:
    """Return the tokens of a tidy line, with places, numbers, days and distractors called by their names."""
    return answered(_settled(_dated_tokens(line, today, words or lexicon())))


def _certain(reading: Reading) -> tuple[Item, ...]:
    return reading.items if reading.ask is None else ()


def _settled(tokens: list[Token]) -> list[Token]:
    """Return dated tokens with what counts nothing called by its name, parts of a said whole among it."""
    return settle_wholes(name_distractors(settle_outcomes(pair_cells(tokens))))


def _dated_tokens(line: str, today: date, words: Lexicon) -> list[Token]:
    tokens = unglue(mend_letters(spell(tokenise(barred(line))), line))
    tokens = find_places(name_persons(tokens, line), line)
    tokens = mark(name_extras(tokens, line, words), line, words)
    return mark_uncountable(find_dates(read_headings(tokens), line, today))


def _uncountable(
    line: str, today: date, tokens: Sequence[Token], previous: tuple[Item, ...], words: Lexicon
) -> Reading | None:
    """Return the question about "-5" or "5,5", where a plain number in its place would be counted.

    No item stands before it is answered: none of the readings is likelier than a slip.
    """
    if not any(token.has(Tag.UNCOUNTABLE) for token in tokens):
        return None
    dated = _dated_tokens(line, today, words)

    def counted(at: int, value: int) -> Reading:
        return _read(line, _settled(counted_as(dated, at, value)), previous)

    for at in uncountable(dated):
        one, other = (counted(at, value) for value in _PROBES)
        if one.items != other.items:
            figure = dated[at]
            readings = tuple((value, counted(at, value).items) for value in candidates(figure))
            return Reading(one.intent, line, ask=asks.which_number(figure.text, readings))
    return None


def _read(line: str, tokens: Sequence[Token], previous: tuple[Item, ...]) -> Reading:
    corrected = corrections.strike(tokens)
    clauses = cut(corrected.tokens)
    mark_questions(clauses)
    troubled = intents.is_urgent(tokens) or is_complaint(clauses)
    found = _apart_from_news(clauses) if troubled else find(clauses)
    if corrected.correcting and not _asks_for_help(corrected, clauses) and not is_nagged(clauses):
        reading = correction(line, tokens, corrected, clauses, found, previous)
        if reading is not None:
            return reading
    reading = _report(line, tokens, clauses, found)
    if reading.intent not in _TELLING:
        return reading
    return replace(reading, losses=left(clauses), uncounted=found.uncounted)


def _report(line: str, tokens: Sequence[Token], clauses: Sequence[Clause], found: Findings) -> Reading:
    items, ask = (found.items, found.ask)
    if not items and ask is None and not any(clause.asked for clause in clauses):
        items, zeros = form_answers(tokens)
        if items or zeros:
            return Reading(Intent.REPORT if items else Intent.NONE_TO_REPORT, line, items, zeros)
        if not found.zeros and not is_complaint(clauses) and not found.spoken_of:
            items = beside_old(tokens)
            if not items:
                items, ask = unnamed_items(clauses)
            if not items:
                items, ask = grouped_members(tokens)
            if not items:
                items, ask = growth(tokens)
    if items or (ask is not None and found.missing):
        return Reading(Intent.REPORT, line, items, found.zeros, ask)
    intent = intents.wanted(tokens, clauses, denied=bool(found.zeros))
    if intents.is_urgent(tokens):
        intent = Intent.QUESTION
    if intent is Intent.OTHER and any(token.has(Tag.SAME) for token in tokens):
        return Reading(Intent.NONE_TO_REPORT, line, ask=asks.same_as_before())
    numbers = answers.numbers_in(line) if intent is Intent.TASK_DONE else ()
    return Reading(
        intent, line, zeros=found.zeros if intent is Intent.NONE_TO_REPORT else (), numbers=numbers
    )


def _apart_from_news(clauses: Sequence[Clause]) -> Findings:
    """Return what is reported apart from an accident or a complaint.

    A complaint takes its whole sentence; beside an accident the members admitted stand in clauses of their
    own: "kết nạp 5, có 1 anh tai nạn".
    """
    complaining = {
        clause.sentence for clause in clauses if clause.has(Tag.COMPLAINT, Tag.CONTACT) or clause.asked
    } | nagged_sentences(clauses)
    kept: list[Clause] = []
    troubled = -1
    for clause in clauses:
        if clause.has(Tag.URGENT):
            troubled = clause.sentence
        elif clause.sentence not in complaining and (
            clause.sentence != troubled or clause.indicator == MEMBERS
        ):
            kept.append(clause)
    return find(kept)


def _asks_for_help(corrected: corrections.Corrected, clauses: Sequence[Clause]) -> bool:
    if corrected.withdrawn and not corrected.dropped and says("withdrawn", corrected.tokens):
        return False
    return any(clause.has(Tag.HELP) or clause.asked for clause in clauses)


def _bare_numbers(line: str, tokens: Sequence[Token]) -> Reading | None:
    """Return the reading of a line of nothing but numbers: no report, except that 0 is nothing to report."""
    if not tokens or not all(_is_bare(token) for token in tokens):
        return None
    numbers = answers.numbers_in(line)
    if not numbers or (len(tokens) > 1 and any(token.has(Tag.BULLET) for token in tokens)):
        return None
    if any(token.text == "*" for token in tokens):
        return None
    return Reading(Intent.OTHER if any(numbers) else Intent.NONE_TO_REPORT, line, numbers=numbers)


def _is_bare(token: Token) -> bool:
    return token.kind in (Kind.NUMBER, Kind.SIGN, Kind.BREAK) and not token.has(Tag.NIL)
