"""Newcomers and what became of them: "mới nhận 2 cô, cả hai đều vô công đoàn rồi", "còn 12 bạn thử việc".

A unit's own people ("trường có 30 giáo viên") are never taken for new members without such a word.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.figures import Figure
from bot.language.mentions import Mention, Row
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token

_PEOPLE = (Tag.PERSON, Tag.TITLE, Tag.WORKER, Tag.COUPLE)
_UNSURE = tags("left moved attending applied no not_yet nil planned future foreign asking many")
_OFF = frozenset({Tag.LEFT, Tag.MOVED, Tag.STOCK, Tag.ATTENDING, Tag.APPLIED, Tag.PART})
_COMING = frozenset(
    {"nhan", "tuyen", "tuyen them", "tuyen dung", "nhan them", "nhan vao", "ve", "moi co", "xin"}
)
_NEW = frozenset({"moi", "vua", "vua moi", "moi co", "them", "moi nhan", "vua co", "co them"})
_ALL = frozenset({"ca", "deu", "toan", "het", "tat ca", "ca het", "toan bo", "het rot", "rao", "ca lu"})
_LIGHT = tags("done intro and filler own and all_alike this but no")
_MANY = frozenset({"may", "cac", "nhung", "nhieu", "vai", "bao nhieu", "tung", "moi", "tat ca"})
_FROM = frozenset({"ra"})  # "mới ra trường" leaves a school, not the union.
_ON_TRIAL = ("thu viec", "hoc viec", "tap su", "hoc nghe", "thoi vu", "ban thoi gian", "cho du", "doi du")
_TITLES = frozenset(
    {"ban", "co", "anh", "chi", "bac", "thay", "chu", "dua", "con be", "cau", "thang", "be", "em", "chau"}
)
_ALONE = 2
_HIRING = frozenset(
    {"nhan viec", "vao lam", "vo lam", "di lam", "phong van", "thu viec", "tuyen", "hop dong"}
)
_LOOK_BACK = 4
_SAYS_PART = frozenset(
    {"thi", "co", "moi co", "chi co", "duoc", "thi co", "ma", "moi duoc", "chi", "thi duoc"}
)
_YOUNGEST = 15
_AGES = frozenset({"tuoi", "do tuoi", "tuoi tu"})


def told_of_all(mention: Mention) -> list[tuple[Figure, Row]]:
    """Return the one number of people in front of a verb that has none of its own and speaks of them all."""
    first = mention.first.clause
    anchor = first.tokens[first.anchor]
    if mention.first.figures or first.has(Tag.NO, Tag.NOT_YET, Tag.MANY, Tag.PLANNED, Tag.APPLIED):
        return []
    told = [(figure, row) for row in mention.head_rows for figure in row.figures]
    if len(told) != 1:
        return []
    figure, row = told[0]
    if not figure.is_of(*_PEOPLE) or figure.stands(*_OFF) or _is_unsure(figure, row):
        return []
    everyone = _says_all(first.tokens)
    if anchor.has(Tag.NEW_MEMBER):
        return told if everyone else []
    shared = first.joined and figure.at == 0 and _has_no_subject(mention.first, row)
    new = shared or _are_newcomers(figure, row)
    joined = anchor.has(Tag.JOIN, Tag.ADMIT)
    return told if joined and new and (everyone or _has_no_subject(mention.first, row)) else []


def _is_unsure(figure: Figure, row: Row) -> bool:
    """Tell whether the people are of other news; "ra trường về dạy lý hóa" only says where they come from."""
    before = row.clause.tokens[: figure.at]
    behind = row.clause.tokens[figure.at + 1 :]
    return any(token.has(*_UNSURE, Tag.SUBJECT) for token in before) or any(
        token.has(*_UNSURE) and token.low not in _FROM for token in behind
    )


def _says_all(tokens: Sequence[Token]) -> bool:
    return any(token.has(Tag.ALL_ALIKE, Tag.TOTAL) or token.key in _ALL for token in tokens)


def _are_newcomers(figure: Figure, row: Row) -> bool:
    """Tell whether the number is of people who just came: "mới nhận 2 cô", "tuyển thêm 30 thợ"."""
    before = row.clause.tokens[: figure.at]
    keys = {token.key for token in before}
    behind = row.clause.tokens[figure.at + 1 :]
    came = bool(keys & _COMING) or any(
        token.key in ("moi", "ms", "ve", "ve day", "ra truong") for token in behind
    )
    return came or bool(keys & _NEW)


def _has_no_subject(row: Row, told: Row) -> bool:
    """Tell whether nothing but "đã" or "rồi cũng" leads up to the verb: those said before are meant."""
    clause = row.clause
    light = all(token.tags & _LIGHT or token.kind is Kind.DATE for token in clause.tokens[: clause.anchor])
    return light and (clause.has(Tag.DONE) or (clause.joined and told.clause.has(Tag.DONE)))


def persons_by_job(mention: Mention) -> list[Token]:
    """Return those of "kết nạp cháu kế toán với bạn thủ kho": each a title and a job, without a number."""
    first = mention.first.clause
    if (
        mention.asked
        or any(row.figures for row in mention.rows)
        or not first.tokens[first.anchor].has(Tag.ADMIT)
    ):
        return []
    found = []
    for row in mention.rows:
        clause = row.clause
        if clause.has(Tag.MANY) or (clause is not first and not clause.joined):
            continue
        start = first.anchor + 1 if clause is first else 0
        one = _one_by_job(clause.tokens[start : start + 2 + _ALONE], joins=clause.has(Tag.JOIN))
        found += [one] if one is not None else []
    return found


def _one_by_job(tokens: Sequence[Token], *, joins: bool) -> Token | None:
    for at, title in enumerate(tokens[:_ALONE]):
        if title.kind is not Kind.WORD or title.key in _MANY:
            return None
        words = title.key.split()
        if title.has(Tag.PERSON) and len(words) > 1 and words[0] in _TITLES and words[1] not in _TITLES:
            return title  # "cô giáo", "bác tài"
        job = tokens[at + 1] if at + 1 < len(tokens) else None
        if _is_title(title) and job is not None and _is_job(job, joins):
            return title
        if not title.has(Tag.INTRO, Tag.AND) and title.key not in ("vao", "con", "them"):
            return None
    return None


def _is_title(token: Token) -> bool:
    return (token.has(Tag.TITLE) and len(token.key) > 1) or token.key in _TITLES


def _is_job(token: Token, joins: bool) -> bool:
    """Tell whether a job is named; a word that nobody knows is one only in front of "vào công đoàn"."""
    if token.kind is not Kind.WORD or token.has(Tag.TITLE, Tag.KIN):
        return False
    return (
        token.has(Tag.PERSON)
        or (token.has(Tag.TRADE) and not token.has(Tag.FILLER))
        or (joins and not token.tags)
    )


def stay_outside(row: Row) -> bool:
    """Tell whether "còn 12 bạn thử việc" speaks of others, who are not admitted yet."""
    tokens = row.clause.tokens
    if not row.figures:
        return False
    behind = tokens[row.figures[0].at + 1 :]
    words = " ".join(token.key for token in behind)
    if any(token.key in ("het", "xong", "qua") for token in behind):
        return False
    heads = tokens[0].has(Tag.RATHER) and row.figures[0].at == 1
    rest = heads and len(behind) == 1 and row.figures[0].is_of(Tag.PERSON, Tag.TITLE)
    lacking = heads and any(token.key == "nua" for token in behind)  # "còn 3 nữa đủ chỉ tiêu"
    return rest or lacking or any(trial in words for trial in _ON_TRIAL)


def is_other_measure(figure: Figure, row: Row) -> bool:
    """Tell whether "tuổi 18 đến 20" or "tăng 3 lên 120" says how old they are, or how many there are."""
    tokens = row.clause.tokens
    before = tokens[max(0, figure.at - _LOOK_BACK) : figure.at]
    if not figure.is_of(Tag.FILLER) or not before:
        return False
    counted = any(token.kind is Kind.NUMBER for token in tokens[: figure.at])
    if counted and (before[-1].key == "len" or before[-1].has(Tag.TARGET)):
        return True
    if before[-1].key.rpartition(" ")[2] in ("thieu", "hut"):
        return True
    return figure.value >= _YOUNGEST and any(token.key in _AGES for token in before)


def nearest_verb(figures: Sequence[Figure], row: Row) -> list[Figure]:
    """Leave out the 30 of "30 công nhân mới thì 12 bạn chịu vô công đoàn": the 12 are a part."""
    tokens = row.clause.tokens
    kept: list[Figure] = []
    for figure in figures:
        if kept and _is_part_of(kept[-1], figure, tokens):
            kept.pop()
        kept.append(figure)
    return kept


def _is_part_of(whole: Figure, part: Figure, tokens: Sequence[Token]) -> bool:
    between = tokens[whole.at + 1 : part.at]
    if whole.gender or part.gender or part.value > whole.value or not part.is_of(*_PEOPLE):
        return False
    if any(
        token.has(Tag.LABEL, Tag.OF_DAY, Tag.SHIFT, Tag.AND) or token.kind is not Kind.WORD
        for token in between
    ):
        return False
    return bool(between) and between[-1].key in _SAYS_PART


def tells_of_hiring(row: Row) -> bool:
    """Tell whether "20 bạn ký hợp đồng" only came to work: those who joined stand in the next clause."""
    return any(token.has(Tag.SIGN, Tag.DOCUMENT) or token.key in _HIRING for token in row.clause.tokens)
