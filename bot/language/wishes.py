"""What a question is after, read from its grammar: how to send, where things stand, what is due.

Lists of whole phrases answer only the questions that somebody foresaw; here a word that asks, what it asks
for and the verb between them decide together.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token

_HOW = frozenset(
    {"sao", "kieu gi", "kieu chi", "kieu mo", "kieu j", "kieu nao", "the nao", "nhu the nao", "nhu nao"}
)
_HOW |= {"ra sao", "lam sao", "cach nao", "ra rang", "lam rang", "the lao"}
_BY_WHICH_WAY = frozenset({"lam sao", "cach nao", "the nao", "lam the nao", "bang cach nao"})
_WHY_NOT = frozenset({"van", "cu", "lai", "ma", "hoai"})  # "báo rồi sao vẫn chưa thấy" asks why, not how.
_SENDING = frozenset(
    {"viet", "nhan", "go", "soan", "nhap", "ghi", "bao", "gui", "nhan tin", "bao cao", "sua", "bam"}
)
_REACH = 6
_BUT = tags("but done finished")
_MANY = frozenset({"bao nhieu", "nhieu", "may", "bn", "nhiu", "bnhiu", "bi nhieu", "bao nhiu"})
_GOAL = tags("target member new_member admit join dialogue conference agreement")
_COUNTED = _GOAL | tags("person event found union firm")
_PAST = tags("done sent stock past_vague")
_GOT = frozenset({"duoc", "dc", "ghi nhan", "ghi", "dat", "r", "roi", "chay"})
_RULES = frozenset(
    {"phai", "can", "moi", "nen", "neu", "toi thieu", "bat buoc", "1 nam", "mot nam", "hop le"}
)
_RESULTS = frozenset({"ket qua", "so lieu", "tien do", "tinh hinh", "so", "chi tieu"})
_LOOKING = frozenset({"xem", "coi", "kiem tra", "tra", "check", "do"})
_ASKED_FOR = frozenset(
    {"gi", "j", "chi", "nao", "may", "ji", "zi", "nhung gi", "cai gi", "viec gi", "bao cao gi"}
)
_LISTING = frozenset({"ke", "liet ke", "list", "nhac", "danh sach", "cho xin", "xin", "cho", "diem"})
_DEEDS = frozenset(
    {"nop", "lam", "gui", "bao cao", "viec", "nhiem vu", "trien khai", "thuc hien", "hoan thanh"}
)
_MATTERS = tags("dialogue conference agreement found join admit union complaint")


def asks_how(tokens: Sequence[Token]) -> bool:
    """Tell whether a line asks how the bot is used: "nhắn sao", "xài con bot này sao", "làm sao để báo"."""
    for at, token in enumerate(tokens):
        if _is_sending(token) and _how_follows(tokens, at):
            return True
        if token.key in _BY_WHICH_WAY and at + 1 < len(tokens) and _is_sending(tokens[at + 1]):
            return True
        aim = tokens[at + 1 : at + 5] if token.key in _HOW else ()
        if aim and aim[0].key == "de" and any(_is_sending(other) for other in aim):
            return True
    return False


def _is_sending(token: Token) -> bool:
    return token.has(Tag.SENT, Tag.USE) or token.key in _SENDING


def _how_follows(tokens: Sequence[Token], at: int) -> bool:
    for ahead in range(at + 1, min(at + _REACH, len(tokens))):
        token = tokens[ahead]
        if token.key in _HOW:
            return _asks_manner(tokens, ahead)
        if token.tags & _BUT or token.kind is Kind.NUMBER or token.text in ".;?!":
            return False
    return False


def _asks_manner(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "sao" asks how; before a denial or somebody it asks why: "sao chưa thấy", "sao em báo"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is None or not (following.has(Tag.NO, Tag.NOT_YET, Tag.OWN) or following.key in _WHY_NOT)


def asks_progress(tokens: Sequence[Token], *, asked: bool) -> bool:
    """Tell whether a line asks what has been counted so far: "năm nay em được ghi mấy cuộc đối thoại rồi"."""
    aside = any(token.has(Tag.ASIDE) and token.key not in _LOOKING for token in tokens)
    if aside or any(token.kind is Kind.NUMBER or token.key in _RULES for token in tokens):
        return False
    if _looks_up(tokens):
        return True
    if not asked:
        return False
    if any(token.has(Tag.STOCK) for token in tokens) and any(
        token.tags & _COUNTED or _asks_number(token) for token in tokens
    ):
        return True
    past = any(token.tags & _PAST or token.key in _GOT for token in tokens)
    if past and any(_asks_number(token) for token in tokens):
        return any(
            token.tags & _COUNTED
            or token.has(Tag.SENT)
            or token.key in ("%", "so", "cai")
            or "cuoc" in token.key
            for token in tokens
        )
    return any(
        token.key in _RESULTS
        and any(
            tokens[ahead].key in _HOW and _asks_manner(tokens, ahead)
            for ahead in range(at + 1, min(at + 2 * _REACH, len(tokens)))
        )
        for at, token in enumerate(tokens)
    )


def _asks_number(token: Token) -> bool:
    return token.has(Tag.MANY) or token.key in _MANY or token.key.startswith(("may ", "bao nhieu "))


def _looks_up(tokens: Sequence[Token]) -> bool:
    """Tell whether somebody wants to see the figures: "cho em coi lại số đã báo", "xem số liệu"."""
    for at, token in enumerate(tokens):
        if token.key not in _LOOKING:
            continue
        wanted = at == 0 or any(
            other.key in ("cho", "giup", "gium", "muon") for other in tokens[max(0, at - 3) : at]
        )
        if wanted and any(other.key in _RESULTS for other in tokens[at + 1 : at + 4]):
            return True
    return False


def asks_duties(tokens: Sequence[Token]) -> bool:
    """Tell whether a line asks what is due, or when: "phải nộp cái gì", "chừng mô nộp quyết toán"."""
    if any(token.tags & _MATTERS for token in tokens):
        return False
    if _lists_duties(tokens):
        return True
    due = any(token.has(Tag.DUTY, Tag.DUE) for token in tokens)
    when = any(token.has(Tag.WHEN) for token in tokens)
    if when and any(token.key.startswith("nop") for token in tokens):
        return True
    deed = any(token.key in _DEEDS or token.has(Tag.TASK) or token.key == "cai" for token in tokens)
    owed = any(token.key in ("no", "con no") for token in tokens)
    return due and (deed or owed) and (when or _asks_what(tokens))


def _asks_what(tokens: Sequence[Token]) -> bool:
    """Tell whether gì, chi or nào asks: it is not denied, as in "không phải nộp gì"."""
    denied = False
    for token in tokens:
        if token.key in _ASKED_FOR and token.low != "chị" and not denied:
            return True
        if token.has(Tag.TASKS):
            return True
        denied = denied or token.has(Tag.NO, Tag.NOT_YET, Tag.NIL)
    return False


def _lists_duties(tokens: Sequence[Token]) -> bool:
    """Tell whether a list of the work is wanted: "kể việc tháng 11 giúp cô", "nhắc em mấy việc phải làm"."""
    if any(token.has(Tag.FINISHED) and token.key not in ("gui", "nop") for token in tokens):
        return False
    for at, token in enumerate(tokens[:-1]):
        if token.key in _LISTING and any(
            other.key.partition(" ")[0] in ("viec", "nhiem") or other.has(Tag.TASKS)
            for other in tokens[at + 1 : at + 4]
        ):
            return True
    return False
