"""Which clauses speak of what is to come: a plan, a thing put off, a heading "KH T12:"."""

from __future__ import annotations

from bot.language.anchors import MEMBERS
from bot.language.clauses import Clause
from bot.language.patterns import says
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token

_PLANS = frozenset({"kh", "ke hoach", "du kien", "chi tieu", "muc tieu", "phuong huong", "lich"})
_CARRYING_OUT = frozenset({"thuc hien", "can cu", "thi hanh", "trien khai", "chap hanh"})
_LONGEST_HEADING = 5


def heads_plan(clause: Clause) -> bool:
    """Tell whether a message is headed as a plan, "KH T12:", "Dự kiến tháng 5:"; "theo kế hoạch" is none."""
    first = clause.tokens[0]
    return (
        clause.indicator is None
        and first.key in _PLANS
        and len(clause.tokens) <= _LONGEST_HEADING
        and not clause.has(Tag.DONE)
        and not any(token.kind is Kind.NUMBER or token.has(Tag.OLD) for token in clause.tokens)
    )


def is_planned(clause: Clause, carried: bool, heading: bool = False) -> bool:
    """Tell whether the clause speaks of what is to come; "dự kiến" goes on over commas until "đã"."""
    done = clause.has(Tag.DONE)
    ahead = [token for token in clause.tokens if token.has(Tag.FUTURE) and not _is_season(token, clause)]
    if ahead and not (done and all(_is_month(token) for token in ahead)):
        return True
    if clause.has(Tag.PLANNED) and not done and not _only_named(clause) and not _met_before(clause):
        return True
    if clause.has(Tag.LUNAR) or _is_put_off(clause):
        return True
    dated = clause.indicator is not None and any(
        token.has(Tag.WEEK_LAST) or (token.on is not None and not token.has(Tag.COMING))
        for token in clause.tokens
    )
    own_share = [token.key for token in clause.tokens[:2]] == ["phan", "cua"]  # "phần của đơn vị tôi là ..."
    contrasted = clause.indicator == MEMBERS and clause.tokens[0].has(Tag.BUT)  # "... mà chỉ 5 bạn vô"
    goes_on = carried and not (done or dated or contrasted or own_share)
    return goes_on and (heading or not clause.listed)


def cites_plan(clause: Clause) -> bool:
    """Tell whether a clause only names the plan carried out: "Thực hiện Kế hoạch 31/KH-LĐLĐ (...)"."""
    first = [token.key for token in clause.tokens[:2]]
    begins = first[0] in _CARRYING_OUT or first == ["can", "cu"]
    return begins and clause.indicator is None and clause.has(Tag.PLANNED)


def only_invites(clause: Clause) -> bool:
    """Tell whether the only plan is an invitation: "mời 7 người, 5 người gia nhập" tells who came."""
    planned = [token for token in clause.tokens if token.has(Tag.PLANNED, Tag.FUTURE)]
    return bool(planned) and all(token.has(Tag.INVITED) for token in planned)


def _is_put_off(clause: Clause) -> bool:
    """Tell whether it comes later: "bữa nào rảnh mới họp", "đối thoại để em hỏi lại rồi báo sau"."""
    if clause.has(Tag.WHEN) and says("relative", clause.tokens):
        return True
    told = any(token.kind is Kind.NUMBER or token.on is not None for token in clause.tokens)
    return not told and says("put_off", clause.tokens)


def _is_season(token: Token, clause: Clause) -> bool:
    """Tell whether "cuối năm" is beside a day that has been: "đối thoại cuối năm ngày 20/12 có 34 người"."""
    return token.key.startswith("cuoi") and any(
        other.on is not None and not other.has(Tag.COMING) for other in clause.tokens
    )


def _met_before(clause: Clause) -> bool:
    """Tell whether the plan is what came of a meeting that was: "94 người dự giám đốc hứa tăng tiền cơm"."""
    plan = next(at for at, token in enumerate(clause.tokens) if token.has(Tag.PLANNED))
    said = clause.tokens[plan + 1 : plan + 4]
    if clause.tokens[plan].key == "giao" and any(token.has(Tag.SENT) for token in said):
        return True  # "Chủ tịch giao tôi báo cáo 2 việc"
    came = [token.has(Tag.ATTENDEE, Tag.ATTENDING) for token in clause.tokens[: max(plan, 0)]]
    counted = any(token.kind is Kind.NUMBER for token in clause.tokens[clause.anchor + 1 : plan])
    behind = clause.anchor < plan if clause.anchor >= 0 else clause.joined
    return behind and counted and any(came[clause.anchor + 1 :])


def _is_month(token: Token) -> bool:
    return token.has(Tag.MONTH_NAMED)


def _only_named(clause: Clause) -> bool:
    """Tell whether the only word of planning is one that also names a thing done: chỉ tiêu, theo kế hoạch."""
    planned = [(at, token) for at, token in enumerate(clause.tokens) if token.has(Tag.PLANNED)]
    reached = any(token.key.endswith("duoc") for token in clause.tokens)
    return all(
        (
            token.has(Tag.TARGET, Tag.DOCUMENT, Tag.TASK)
            and (at > clause.anchor or reached or token.key.startswith("theo"))
        )
        or (token.key == "tranh thu" and any(other.on is not None for other in clause.tokens))
        or (at > clause.anchor >= 0 and clause.tokens[at - 1].has(Tag.TARGET))  # "8 trên 10 chỉ tiêu giao"
        for at, token in planned
    )
