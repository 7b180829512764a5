"""What a line wants when it brings no figures: progress, tasks, help, a greeting, a person."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.clauses import Clause
from bot.language.patterns import says
from bot.language.questions import is_complaint
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token
from bot.language.wishes import asks_duties, asks_how, asks_progress
from domain.understanding import Intent

_LONG_NEWS = 7
_SHORT = 9
_SHORT_PLEA = 4
_PERIODS = ("nam 2", "nam hoc", "quy ", "thang ", "cuoi nam", "cuoi quy")
_NOBODY = frozenset({"ai", "nguoi nao", "ban nao", "mong nao", "ai het", "ai ca"})
_URGENT_LOOK_BACK = 5
_EXCLAIMED = frozenset({"xiu", "chet", "ngat", "ngat xiu", "no", "sap"})
_STRESSED = frozenset({"muon", "gan", "suyt", "qua", "luon", "len", "ngang", "up", "bo"})
_ENDED = frozenset({"roi", "xong", "r"})
_DELIVERED = frozenset({"gui", "nop", "goi"})
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
    if _is_said_in_fun(tokens, at):
        return True
    before = tokens[max(0, at - _URGENT_LOOK_BACK) : at]
    if any(token.has(Tag.PREVENTING) and token.kind is Kind.WORD for token in before):
        return True
    after = [
        token for token in tokens[at + 1 : at + 4] if token.text not in (":", "-") and token.key != "lao dong"
    ]
    return bool(after) and (after[0].value == 0 or after[0].has(Tag.NO, Tag.NIL))


def _is_said_in_fun(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether fainting and dying is only a manner of speaking: "mệt xỉu", "vui muốn chết"."""
    if tokens[at].key not in _EXCLAIMED:
        return False
    if at + 1 < len(tokens) and (
        tokens[at + 1].kind is Kind.NUMBER or tokens[at + 1].has(Tag.PERSON, Tag.WORKER)
    ):
        return False
    before = [token for token in tokens[max(0, at - 4) : at] if token.key not in _STRESSED]
    if before and before[-1].has(Tag.FEELING):
        return True
    return tokens[at].key == "chet" and not any(
        token.has(Tag.PERSON, Tag.WORKER, Tag.TITLE) for token in before
    )


def wanted(tokens: Sequence[Token], clauses: Sequence[Clause], *, denied: bool) -> Intent:
    """Return the intent of a line without figures; `denied` says that indicators were called nil."""
    asked = any(clause.asked for clause in clauses)
    if is_complaint(clauses):
        return Intent.QUESTION
    nil = (
        denied or any(token.has(Tag.NIL) for token in tokens) or _has_not_grown(tokens) or _is_all_nil(tokens)
    )
    if nil and not asked and _has(tokens, Tag.APPLIED) and not says("nil", tokens):
        return Intent.OTHER  # "mới có 12 lá đơn, chưa kết nạp ai": news of those who applied.
    if nil and not asked and not _has(tokens, Tag.HELP, Tag.PROGRESS):
        return Intent.NONE_TO_REPORT
    for intent in (
        _helping(tokens, asked),
        _calling(tokens),
        _progress(tokens, asked),
        _tasks(tokens, asked),
        _finished(tokens, clauses, asked),
    ):
        if intent is not None:
            return intent
    if asked or any(token.has(Tag.CHECKING) and token.key.startswith("dung") for token in tokens):
        return Intent.QUESTION  # "đúng không chị" behind no report asks about something else.
    return Intent.GREETING if _greets(tokens) or says("wish", tokens) else Intent.OTHER


def _is_all_nil(tokens: Sequence[Token]) -> bool:
    """Tell whether every entry is said to be nil: "6 mục đều không có", "tháng 7: ko, ko, ko. Hết."."""
    if says("nil", tokens):
        return True
    denials = sum(token.has(Tag.NO, Tag.NOT_YET) or token.value == 0 for token in tokens)
    return denials > 1 and all(
        token.has(Tag.NO, Tag.NOT_YET, Tag.FILLER, Tag.OWN, Tag.KIN)
        or token.value == 0
        or token.kind in (Kind.SIGN, Kind.DATE, Kind.BREAK)
        for token in tokens
    )


def _has_not_grown(tokens: Sequence[Token]) -> bool:
    """Tell whether a stock is said to stand still: "ĐV 62; tăng 0; giảm 0", "vẫn 9 đv, chưa thêm ai"."""
    for at, token in enumerate(tokens):
        if token.has(Tag.GROW, Tag.MORE):
            behind = [other for other in tokens[at + 1 : at + 4] if other.text not in (":", "=", "-")]
            if behind and (behind[0].value == 0 or (behind[0].has(Tag.NO) and len(behind) == 1)):
                return True
        if token.has(Tag.NO, Tag.NOT_YET) and _is_nobody(tokens[at + 1 : at + 5]):
            return True
    return False


def _is_nobody(tokens: Sequence[Token]) -> bool:
    """Tell whether "ai" or "người nào" follows a verb of joining, as in "chưa có thêm ai"."""
    joins = False
    for token in tokens:
        if token.key in _NOBODY and joins:
            return True
        joins = joins or token.has(Tag.GROW, Tag.MORE, Tag.ENTER, Tag.JOIN, Tag.ADMIT)
    return False


def _helping(tokens: Sequence[Token], asked: bool) -> Intent | None:
    if says("help", tokens):
        return Intent.HELP
    pleads = _has(tokens, Tag.PLEA)
    if pleads and not _has(tokens, Tag.HELP) and not asks_how(tokens):
        if asks_duties(tokens):
            return None
        return Intent.HELP if _speaks_of_bot(tokens) or _is_short(tokens) else Intent.QUESTION
    if not _has(tokens, Tag.HELP) and not asks_how(tokens):
        return None
    about = _has(tokens, Tag.DIALOGUE, Tag.CONFERENCE, Tag.AGREEMENT, Tag.FOUND, Tag.CONFERENCE_OTHER)
    return Intent.QUESTION if about and asked else Intent.HELP


def _calling(tokens: Sequence[Token]) -> Intent | None:
    """Return QUESTION where somebody shall come, settle a trouble or say who does: "cần người xuống gấp"."""
    return Intent.QUESTION if says("person", tokens) or says("trouble", tokens) else None


def _speaks_of_bot(tokens: Sequence[Token]) -> bool:
    return any("bot" in token.key.split() for token in tokens)


def _is_short(tokens: Sequence[Token]) -> bool:
    """Tell whether a plea for help tells no trouble: "giúp em với", not "cty cho nghỉ 40 người, giúp với"."""
    told = [token for token in tokens if not token.has(Tag.PLEA, Tag.FILLER, Tag.OWN, Tag.KIN, Tag.GREETING)]
    return sum(token.kind is not Kind.SIGN for token in told) <= _SHORT_PLEA


def _progress(tokens: Sequence[Token], asked: bool) -> Intent | None:
    if says("tasks", tokens) and not _has(tokens, Tag.AGREEMENT):
        return Intent.TASKS
    if says("progress", tokens) or asks_progress(tokens, asked=asked):
        return Intent.PROGRESS
    keys = {token.key for token in tokens}
    about_goal = asked and (_has(tokens, Tag.TARGET) or {"du", "chua"} <= keys)  # "đủ 30 đoàn viên chưa"
    if _has(tokens, Tag.ASIDE) or not (_has(tokens, Tag.PROGRESS) or about_goal):
        return None
    ruled = _has(tokens, Tag.DUTY) and _has(tokens, Tag.CONFERENCE, Tag.DIALOGUE, Tag.AGREEMENT)
    return None if ruled else Intent.PROGRESS  # "hội nghị cần bao nhiêu phần trăm người dự" asks for a rule.


def _tasks(tokens: Sequence[Token], asked: bool) -> Intent | None:
    if _has(tokens, Tag.TASKS) or (asked and _has(tokens, Tag.DUE)) or asks_duties(tokens):
        return Intent.TASKS
    return None


def _finished(tokens: Sequence[Token], clauses: Sequence[Clause], asked: bool) -> Intent | None:
    """Return TASK_DONE for a task said to be finished, in a clause that is neither planned nor denied."""
    if asked or not _has(tokens, Tag.FINISHED) or says("later", tokens):
        return None
    if tokens[0].has(Tag.FINISHED) and len(tokens) > 1 and tokens[1].kind is Kind.NUMBER and _is_note(tokens):
        return Intent.TASK_DONE
    if (
        tokens[0].key == "nv"
        and len(tokens) > 2
        and tokens[1].kind is Kind.NUMBER
        and tokens[2].has(Tag.FINISHED)
    ):
        return Intent.TASK_DONE
    if all(
        token.has(Tag.FINISHED, Tag.FILLER, Tag.OWN, Tag.DONE)
        or token.kind in (Kind.NUMBER, Kind.SIGN)
        or token.has(Tag.AND, Tag.QUARTER, Tag.TASK, Tag.KIN)
        for token in tokens
    ):
        return Intent.TASK_DONE
    sentences: dict[int, list[Clause]] = {}
    for clause in clauses:
        sentences.setdefault(clause.sentence, []).append(clause)
    if any(_tells_finished(parts) for parts in sentences.values()):
        return Intent.TASK_DONE
    return Intent.TASK_DONE if _has(tokens, Tag.TASK) and _is_record(clauses) else None


def _tells_finished(clauses: Sequence[Clause]) -> bool:
    """Tell whether a sentence names a task and says that it is finished, not planned and not denied."""
    if any(clause.has(Tag.FINISHED) and clause.has(Tag.TASK) and not _is_open(clause) for clause in clauses):
        return True
    if any(_is_open(clause) for clause in clauses):
        return False
    named = next((at for at, clause in enumerate(clauses) if clause.has(Tag.TASK)), None)
    return named is not None and any(_says_finished(clause) for clause in clauses[named:])


def _is_open(clause: Clause) -> bool:
    """Tell whether a clause is denied or still to come; the next year may be what a plan is for."""
    if clause.has(Tag.NOT_YET, Tag.NO, Tag.APPLIED):
        return True
    return any(token.has(Tag.FUTURE) and not token.key.startswith(_PERIODS) for token in clause.tokens)


def _says_finished(clause: Clause) -> bool:
    """Tell whether a clause says little more than that it is done, "đã nộp", "xong 15/1", or ends with it."""
    if not clause.has(Tag.FINISHED):
        return False
    last = next((token for token in reversed(clause.tokens) if not token.has(Tag.FILLER, Tag.KIN)), None)
    if last is not None and (
        last.key == "xong" or (last.key.rpartition(" ")[2] in _ENDED and " " in last.key)
    ):
        return True
    return not any(token.kind is Kind.WORD and not token.tags for token in clause.tokens)


def _is_record(clauses: Sequence[Clause]) -> bool:
    """Tell whether the line is a note in short: a task, then "đã nộp" in a part of its own."""
    if any(_is_open(clause) for clause in clauses):
        return False
    return clauses[0].has(Tag.TASK) and any(_says_finished(clause) for clause in clauses[1:])


def _is_note(tokens: Sequence[Token]) -> bool:
    """Tell whether a note stands behind the number of a task: "xong 6 ghi chú: 40 người dự"."""
    return any(token.key in ("ghi chu", "chu") for token in tokens[2:4])


def _greets(tokens: Sequence[Token]) -> bool:
    if not _has(tokens, Tag.GREETING, Tag.THANKS):
        return False
    if len(tokens) > _SHORT and not any(token.has(Tag.GREETING, Tag.THANKS) for token in tokens[:4]):
        return False
    news = [token for token in tokens if token.kind is Kind.WORD and not token.tags]
    return len(news) < _LONG_NEWS or not _has(tokens, Tag.FUTURE, Tag.PLANNED)


def _has(tokens: Sequence[Token], *tags: Tag) -> bool:
    return any(token.has(*tags) for token in tokens)
