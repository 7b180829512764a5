"""Which clauses ask something. Figures of a question or a complaint are never recorded."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.language.anchors import DIALOGUES
from bot.language.clauses import Clause
from bot.language.mentions import Mention
from bot.language.patterns import says
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token

_HOW_MANY = frozenset({"nhieu", "may", "dau", "chua", "bn", "nhiu"})
_ANYTHING = frozenset({"nao", "gi", "ai", "j", "may", "bao nhieu", "cai gi"})
_COUNTED_TIMES = frozenset({"ngay", "thu", "hang", "thang", "gio", "han", "nam", "duoc", "dc", "den", "hom"})
_GROUP_NAMES = frozenset({"nhi", "sao"})  # Of children, and of roasting.
_HEAD = 3
_TOPICS = frozenset({"ve", "vu", "noi dung", "nd", "chu de", "kien nghi", "y kien", "ve viec", "lien quan"})
_GOT = frozenset({"co", "duoc", "da co", "da", "dc", "mo duoc", "lam duoc", "to chuc duoc", "la"})
_SMALL_TROUBLES = frozenset(
    {"khong chiu", "ko chiu", "k chiu", "xuong ho tro", "xuong giup", "xuong coi", "coi giup"}
)
_ALLOWED = frozenset({"duoc chua", "dc chua"})
_DENYING = frozenset({Tag.NO, Tag.NOT_YET, Tag.NIL})


def mark_questions(clauses: Sequence[Clause]) -> None:
    """Mark the clauses that ask; a closing "chị nhận được chưa" does not."""
    for clause in clauses:
        clause.asked = not _checks(clause) and (clause.asked or _asks(clause.tokens))
    if len(clauses) > 1 and _only_calls(clauses[0].tokens):
        clauses[0].asked = False
    for clause, after in pairwise(clauses):
        if after.asked and after.sentence == clause.sentence and _counts_without_number(clause):
            clause.asked = True  # "đã mở được mấy cuộc, còn thiếu mấy cuộc nữa hả em"


def _counts_without_number(clause: Clause) -> bool:
    return any(token.has(Tag.MANY) for token in clause.tokens) and not any(
        token.kind is Kind.NUMBER for token in clause.tokens
    )


def _checks(clause: Clause) -> bool:
    """Tell whether the clause asks if the message arrived; "..., đúng không" must stand apart for that.

    "lập công đoàn được chưa" asks whether it may be done.
    """
    counts = any(token.kind is Kind.NUMBER for token in clause.tokens)
    return any(
        token.has(Tag.CHECKING)
        and not (token.key.startswith("dung") and clause.indicator)
        and not (token.key in _ALLOWED and clause.indicator and not counts)
        for token in clause.tokens
    )


def is_complaint(clauses: Sequence[Clause]) -> bool:
    """Tell whether the line complains or wants to speak with a person; "không có khiếu nại" does not."""
    return is_nagged(clauses) or any(
        clause.has(Tag.CONTACT)
        or (
            _complains(clause.tokens)
            and not _was_talked_over(clause, clauses)
            and not _came_about(clause, clauses)
        )
        for clause in clauses
    )


def is_nagged(clauses: Sequence[Clause]) -> bool:
    """Tell whether somebody is reminded of what was sent long ago: "đã báo 6 lần mà vẫn bị nhắc"."""
    return says("nagged", [token for clause in clauses for token in clause.tokens])


def nagged_sentences(clauses: Sequence[Clause]) -> set[int]:
    """Return the sentences of which `is_nagged` holds."""
    if not is_nagged(clauses):
        return set()
    told: dict[int, list[Clause]] = {}
    for clause in clauses:
        told.setdefault(clause.sentence, []).append(clause)
    return {sentence for sentence, parts in told.items() if is_nagged(parts)}


def _was_talked_over(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Tell whether the sentence tells of a dialogue that was held, of which the trouble is the reason."""
    return any(
        other.indicator == DIALOGUES
        and other.sentence == clause.sentence
        and (other.has(Tag.DONE, Tag.HELD) or any(token.on is not None for token in other.tokens))
        for other in clauses
    )


def _came_about(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Tell whether a small trouble ends in what was done: "sếp không chịu sớm, tới 6/10 mới họp hội nghị"."""
    if any(token.has(Tag.COMPLAINT) and token.key not in _SMALL_TROUBLES for token in clause.tokens):
        return False
    return any(
        other.indicator is not None
        and other.sentence == clause.sentence
        and not other.asked
        and any(token.on is not None for token in other.tokens)
        for other in clauses
    )


def _only_forgot(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "báo rồi mà" only leads to what the writer left out: "em báo rồi mà quên ghi ngày"."""
    return tokens[at].key.endswith("roi ma") and any(
        token.key.partition(" ")[0] in ("quen", "thieu", "sot", "lon", "nham", "chua", "ghi", "gui")
        for token in tokens[at + 1 : at + 3]
    )


def _complains(tokens: Sequence[Token]) -> bool:
    return any(
        token.has(Tag.COMPLAINT)
        and not any(before.tags & _DENYING for before in tokens[max(0, at - 2) : at])
        and not _is_topic(tokens, at)
        and not _only_forgot(tokens, at)
        and not (token.key == "coi giup" and says("progress", tokens))
        for at, token in enumerate(tokens)
    )


def _is_topic(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a trouble is what a dialogue was about: "đối thoại vụ nợ lương, 19 người dự"."""
    before = tokens[:at]
    return any(token.has(Tag.DIALOGUE, Tag.DIALOGUE_SHORT) for token in before) or any(
        token.key in _TOPICS for token in before[-3:]
    )


def drop_asked(mentions: Sequence[Mention], clauses: Sequence[Clause]) -> list[Mention]:
    """Return the mentions that no question takes back.

    A question behind a comma leaves what is plainly done: "kết nạp 5 đv hôm qua, hạn nộp bữa nào". Without a
    day or "đã" the figure belongs to the question: "kết nạp 10 người một lượt, có được hỗ trợ không".
    """
    kept = []
    for mention in mentions:
        own = mention.first.clause
        asking = [clause for clause in clauses if clause.asked and clause.sentence == own.sentence]
        if any(clause.asked for clause in (row.clause for row in mention.rows[:1])):
            continue
        asking = [clause for clause in asking if not _asks_of_papers(clause) and not _muses(clause)]
        if not asking or _is_plainly_done(mention, asking, clauses):
            kept.append(mention)
    return kept


def _asks_of_papers(clause: Clause) -> bool:
    """Tell whether a question is only about deadlines or papers, not about what was done."""
    return clause.indicator is None and clause.has(Tag.DUE, Tag.TASKS, Tag.TASK) and not clause.has(Tag.MANY)


def _muses(clause: Clause) -> bool:
    """Tell whether somebody only wonders before the news: "hông biết sao tháng này đông ghê, kết nạp 9"."""
    return clause.indicator is None and says("musing", clause.tokens) and not clause.has(Tag.MANY)


def _is_plainly_done(mention: Mention, asking: Sequence[Clause], clauses: Sequence[Clause]) -> bool:
    own = mention.first.clause
    order = [id(clause) for clause in clauses]
    if order.index(id(asking[0])) < order.index(id(own)):
        return False
    return mention.has(Tag.DONE) or mention.first.on is not None or mention.head_on is not None


def _asks(tokens: Sequence[Token]) -> bool:
    denied = False
    if any(token.has(Tag.PROGRESS) and _HOW_MANY & set(token.key.split()) for token in tokens):
        return True
    if says("relative", tokens):
        return False
    if says("who", tokens) or _asks_how_many_events(tokens):
        return True
    if _chooses(tokens) or _asks_how_many(tokens) or any(token.has(Tag.CHECKING) for token in tokens):
        return True
    for at, token in enumerate(tokens):
        if (
            _is_named_group(tokens, at)
            or _is_call(tokens, at)
            or (token.key.rpartition(" ")[2] in _ANYTHING and _means_every(tokens, at))
        ):
            continue
        if token.has(Tag.ASKING) and not (denied and token.key in _ANYTHING):
            return True
        denied = denied or bool(token.tags & _DENYING)
    return _ends_asking(tokens)


def _is_named_group(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word that may ask names a group: "khoa Nhi", "tổ sao chè"."""
    return at > 0 and tokens[at].key in _GROUP_NAMES and tokens[at - 1].has(Tag.LABEL)


def _means_every(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "nào" or "ai" means each of them: "mục nào cũng không có", "bạn nào cũng vui"."""
    return any(token.key.partition(" ")[0] in ("cung", "deu") for token in tokens[at + 1 : at + 3])


def _is_call(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether hả only calls somebody at the head of a message: "alo em hả, cô Tư nè"."""
    called = 0 < at <= _HEAD and tokens[at].key == "ha" and tokens[at - 1].has(Tag.KIN, Tag.FILLER)
    return called and len(tokens) > at + _HEAD


def _only_calls(tokens: Sequence[Token]) -> bool:
    """Tell whether a clause only calls somebody: "bot hả, ghi cho bác ..."."""
    return all(token.key == "ha" or token.has(Tag.KIN, Tag.FILLER, Tag.GREETING) for token in tokens)


def _calls_several(tokens: Sequence[Token]) -> bool:
    """Tell whether "mấy" stands before those spoken to, "nghen mấy chị"; "ngày mấy chị" asks."""
    return any(
        token.key == "may"
        and at + 1 < len(tokens)
        and tokens[at + 1].has(Tag.KIN)
        and not (at and tokens[at - 1].key.rpartition(" ")[2] in _COUNTED_TIMES)
        for at, token in enumerate(tokens)
    )


def _chooses(tokens: Sequence[Token]) -> bool:
    """Tell whether the clause offers two numbers: "2 lần hay 1 lần"."""
    return any(
        token.key == "hay"
        and any(before.kind is Kind.NUMBER for before in tokens[max(0, at - 3) : at])
        and any(after.kind is Kind.NUMBER for after in tokens[at + 1 : at + 4])
        for at, token in enumerate(tokens)
    )


def _asks_how_many_events(tokens: Sequence[Token]) -> bool:
    """Tell whether events or firms are asked for, without number or day: "có mấy công ty đã đối thoại"."""
    if any(token.kind is Kind.NUMBER or token.on is not None for token in tokens):
        return False
    if not any(token.has(Tag.DIALOGUE, Tag.CONFERENCE, Tag.AGREEMENT, Tag.FOUND) for token in tokens):
        return False
    return any(
        token.has(Tag.MANY) and tokens[at + 1].has(Tag.FIRM, Tag.EVENT) and tokens[at - 1].key in _GOT
        for at, token in enumerate(tokens[:-1])
        if at
    )


def _asks_how_many(tokens: Sequence[Token]) -> bool:
    """Tell whether "mấy" is a question: the clause ends with vậy, hả or ta."""
    rest = [token for token in tokens if not token.has(Tag.KIN)]
    return any(token.has(Tag.MANY) for token in rest) and rest[-1].key in (
        "vay",
        "v",
        "ha",
        "ta",
        "dzay",
        "zay",
    )


def _ends_asking(tokens: Sequence[Token]) -> bool:
    """Tell whether the last word asks: "có ... không", "đã ... chưa", "... hả chị"."""
    rest = [token for token in tokens if token.kind is not Kind.SIGN]
    while rest and rest[-1].has(Tag.FILLER) and not rest[-1].has(Tag.ASKING_END):
        rest.pop()
    if not rest or not rest[-1].has(Tag.ASKING_END):
        return False
    last, before = rest[-1], rest[:-1]
    if last.key == "may" and _calls_several(tokens):
        return False
    if any(token.has(Tag.NOT_BUT) for token in before):
        return False
    if last.has(Tag.NO, Tag.NOT_YET):
        if before and before[-1].key.endswith((" duoc", " dc")) and before[-1].end + 1 == last.start:
            return True  # "17 tuổi kết nạp được không"
        return any(
            token.key.partition(" ")[0] in ("co", "da", "duoc") and not token.has(Tag.NO)
            for token in before[:-1]
        )
    return bool(before) and not any(token.tags & _DENYING for token in before)
