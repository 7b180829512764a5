"""What a line wants when it brings no figures: progress, tasks, help, a greeting, a person."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.clauses import Clause
from bot.language.questions import is_complaint
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token
from domain.understanding import Intent

_LONG_NEWS = 7
_HOW = frozenset({"sao", "kieu gi", "the nao", "nhu the nao", "ra sao", "lam sao"})
_URGENT_LOOK_BACK = 5
COMMANDS = {
    "tiendo": Intent.PROGRESS,
    "nhiemvu": Intent.TASKS,
    "kehoach": Intent.TASKS,
    "trogiup": Intent.HELP,
    "start": Intent.HELP,
}


def is_urgent(tokens: Sequence[Token]) -> bool:
    """Tell whether a line reports a strike, an accident or a crowd that someone must hear of at once."""
    return any(token.has(Tag.URGENT) and not _is_harmless(tokens, at) for at, token in enumerate(tokens))


def _is_harmless(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the danger is denied or prevented: "tai nạn lao động: 0", "phòng chống cháy nổ"."""
    before = tokens[max(0, at - _URGENT_LOOK_BACK) : at]
    if any(token.has(Tag.PREVENTING) and token.kind is Kind.WORD for token in before):
        return True
    after = [
        token for token in tokens[at + 1 : at + 4] if token.text not in (":", "-") and token.key != "lao dong"
    ]
    return bool(after) and (after[0].value == 0 or after[0].has(Tag.NO, Tag.NIL))


def wanted(tokens: Sequence[Token], clauses: Sequence[Clause], *, denied: bool) -> Intent:
    """Return the intent of a line without figures; `denied` says that indicators were called nil."""
    asked = any(clause.asked for clause in clauses)
    if is_complaint(clauses):
        return Intent.QUESTION
    nil = denied or any(token.has(Tag.NIL) for token in tokens)
    if nil and not asked and not _has(tokens, Tag.HELP, Tag.PROGRESS):
        return Intent.NONE_TO_REPORT
    for intent in (
        _helping(tokens, asked),
        _progress(tokens, asked),
        _tasks(tokens, asked),
        _finished(tokens, clauses, asked),
    ):
        if intent is not None:
            return intent
    if asked:
        return Intent.QUESTION
    return Intent.GREETING if _greets(tokens) else Intent.OTHER


def _helping(tokens: Sequence[Token], asked: bool) -> Intent | None:
    if not _has(tokens, Tag.HELP) and not _asks_how_to_send(tokens):
        return None
    about = _has(tokens, Tag.DIALOGUE, Tag.CONFERENCE, Tag.AGREEMENT, Tag.FOUND, Tag.CONFERENCE_OTHER)
    return Intent.QUESTION if about and asked else Intent.HELP


def _asks_how_to_send(tokens: Sequence[Token]) -> bool:
    """Tell whether a line asks how figures are sent: "ghi số liệu kiểu gì", "làm sao để nhắn báo cáo"."""
    if any(
        token.key in _HOW
        and any(other.has(Tag.SENT) for other in tokens[at + 1 : at + 4])
        and tokens[at + 1].key == "de"
        for at, token in enumerate(tokens[:-1])
    ):
        return True
    return any(
        token.has(Tag.SENT)
        and any(other.key in _HOW for other in tokens[at + 1 : at + 4])
        and not any(other.has(Tag.DONE) for other in tokens[at + 1 : at + 4])
        for at, token in enumerate(tokens)
    )


def _progress(tokens: Sequence[Token], asked: bool) -> Intent | None:
    keys = {token.key for token in tokens}
    about_goal = asked and (_has(tokens, Tag.TARGET) or {"du", "chua"} <= keys)  # "đủ 30 đoàn viên chưa"
    if _has(tokens, Tag.ASIDE) or not (_has(tokens, Tag.PROGRESS) or about_goal):
        return None
    return Intent.PROGRESS


def _tasks(tokens: Sequence[Token], asked: bool) -> Intent | None:
    if _has(tokens, Tag.TASKS) or (asked and _has(tokens, Tag.DUE)):
        return Intent.TASKS
    return None


def _finished(tokens: Sequence[Token], clauses: Sequence[Clause], asked: bool) -> Intent | None:
    """Return TASK_DONE for a task said to be finished, in a clause that is neither planned nor denied."""
    if asked or not _has(tokens, Tag.FINISHED):
        return None
    if tokens[0].has(Tag.FINISHED) and len(tokens) > 1 and tokens[1].kind is Kind.NUMBER and _is_note(tokens):
        return Intent.TASK_DONE
    if all(
        token.has(Tag.FINISHED, Tag.FILLER, Tag.OWN, Tag.DONE)
        or token.kind in (Kind.NUMBER, Kind.SIGN)
        or token.has(Tag.AND, Tag.QUARTER, Tag.TASK, Tag.KIN)
        for token in tokens
    ):
        return Intent.TASK_DONE
    for clause in clauses:
        if (
            clause.has(Tag.FINISHED)
            and not clause.has(Tag.FUTURE, Tag.NOT_YET, Tag.NO, Tag.APPLIED)
            and (clause.has(Tag.TASK) or (len(clauses) == 1 and _has(tokens, Tag.TASK)))
        ):
            return Intent.TASK_DONE
    return None


def _is_note(tokens: Sequence[Token]) -> bool:
    """Tell whether a note stands behind the number of a task: "xong 6 ghi chú: 40 người dự"."""
    return any(token.key in ("ghi chu", "chu") for token in tokens[2:4])


def _greets(tokens: Sequence[Token]) -> bool:
    if not _has(tokens, Tag.GREETING, Tag.THANKS):
        return False
    if not any(token.has(Tag.GREETING, Tag.THANKS) for token in tokens[:4]):
        return False
    news = [token for token in tokens if token.kind is Kind.WORD and not token.tags]
    return len(news) < _LONG_NEWS or not _has(tokens, Tag.FUTURE, Tag.PLANNED)


def _has(tokens: Sequence[Token], *tags: Tag) -> bool:
    return any(token.has(*tags) for token in tokens)
