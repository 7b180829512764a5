"""Times that stand inside a sentence or a heading, without a label before them."""

from __future__ import annotations

import re

from bot.planreader.periods import shapes_in, spelt_out
from bot.planreader.phrasewords import repeats_at, times_at, without_citations, without_distractors
from bot.planreader.timephrases import is_read
from bot.planreader.words import fold, squeeze
from domain.plan import PlanPeriod

_FRINGE = re.compile(
    r"\bdot (?:thu )?\d{1,2}\b|"
    r"\b(?:chu nhat|thu (?:hai|ba|tu|nam|sau|bay|[2-7]))\b|"
    r"\b(?:tu|den|toi|truoc|sau|trong|vao|xong|hoan thanh|ngay|thang|nam|quy|het|cuoi|dau|giua|tuan|thu"
    r"|dot|lan"
    r"|mot|hai|ba|bon|khoang|du kien|ke hoach|cham nhat|muon nhat|la|thuc hien|trien khai|to chuc"
    r"|thoi gian|va"
    r"|cac|tiep theo|tro di|nay|hoc|moi|phan dau|bat dau|ke|khong qua|hoac|cua|thoi han|ve sau|nhat|sang"
    r"|chieu)\b"
    r"|\b(?:thuong xuyen|lien tuc|dinh ky|hang (?:ngay|tuan|thang|quy|nam)|it nhat|toi thieu)\b"
    r"|\b\d{1,2} ?lan ?/? ?(?:thang|quy|nam|tuan)?\b|\d{1,2} ?(?:gio|h) ?\d{0,2}|\W"
)
_DEADLINE = r"(?:truoc|cham nhat|muon nhat|khong muon hon|khong cham hon|han cuoi|han chot)"
_LEADS = re.compile(
    rf"(?:{_DEADLINE}|\b(?:trong|vao|xong|hoan thanh|ket thuc|dien ra|tu|bat dau|phan dau den|den het"
    rf"|den cuoi))"
    r"(?: (?:la|vao|trong|den|toi|het|ngay|thang|cuoi|dau|giua|tuan|tu|khoang))*\s*$"
)
_OCCASION = re.compile(
    r"\b(?:(?<!cong )nhan|nhan dip|dip|chao mung|ky niem|huong ung|mung|tinh den|hieu luc|ban hanh|ky|dot"
    r"|phat dong"
    r"|so lieu|gui|quy dinh)(?: (?:tu|den|vao|cac|ngay|le|dip))*\s*$"
)
_JOINS = re.compile(r"[\s,(]*(?:-|–|—|den|toi|va|,|;)(?: (?:het|ngay|cuoi|dau|giua|truoc|thang|vao))*\s*")
_TAIL = re.compile(r"(?:[,;–—-]\s+|\()(?P<tail>[^,;()]{3,60})\)?\s*[.;]?$")
_HEADED = re.compile(r"(?P<head>[^,:;]{3,70})[,:]\s+(?=\S)")
_BRACKETED = re.compile(r"\((?P<when>[^()]{3,70})\)")
_NAMED = re.compile(
    r"(?P<when>(?:tháng|quý|tuần|học kỳ|đợt)\s+[\dIVXivx]{1,4}(?:\s*(?:/|[-–,]|năm|\s)\s*\d{1,4})*)"
    r"\s*(?:\(.+\)|[-–:.]\s*(?:\(.+\)|(?:chủ đề|chủ điểm|trọng tâm|cao điểm|công tác trọng tâm"
    r"|hướng tới)\b.+))",
    re.IGNORECASE,
)
_DATED = ("day", "said_day", "quarters", "months", "count", "part", "side_of")
_LONGEST_HEADING = 90
_LONGEST_SENTENCE = 1500


def is_only_time(text: str, frame: PlanPeriod) -> bool:
    """Tell whether `text` says nothing but when: "QUÝ III/2021 (Tháng 7 – 9)", "từ 01/3 đến 15/3"."""
    folded = without_citations(spelt_out(fold(squeeze(text))))
    rest, last = "", 0
    for shape in shapes_in(folded):
        rest, last = rest + folded[last : shape.start()], shape.end()
    rest += folded[last:]
    if not (last or repeats_at(folded)) or _FRINGE.sub("", rest).strip():
        return False
    return is_read(text, frame)


def heading_time(title: str, frame: PlanPeriod) -> str | None:
    """Return the time that a heading gives to what stands below it, or None.

    That is a heading of nothing else ("THÁNG 10"), one that begins with it ("Quý I: Tuyên truyền") or one
    that gives it in brackets ("Chăm lo Tết (tháng 01, 02)").
    """
    if len(title) > _LONGEST_HEADING:
        return None
    bare = title.strip(" .:;")
    if is_only_time(bare, frame) and _is_dated(bare):
        return bare
    named = _NAMED.fullmatch(bare)
    if named and is_only_time(named["when"], frame):
        return named["when"].strip()
    for shape, name in ((_HEADED, "head"), (_BRACKETED, "when")):
        found = shape.match(title) if shape is _HEADED else shape.search(title)
        if found and is_only_time(found[name], frame) and _is_dated(found[name]):
            return found[name].strip()
    return None


def time_in(text: str, frame: PlanPeriod) -> str | None:
    """Return the time that a task's own sentence gives, as written, or None.

    Days of documents, anniversaries and occasions are none; a quarter or month counts only where words such
    as "trong" and "trước" lead to it, where it opens the sentence, or where it closes it behind a comma.
    """
    text = text[:_LONGEST_SENTENCE]
    for part in (_opening(text, frame), _closing(text, frame), _led_to(text, frame), _repeated(text)):
        if part and is_read(part, frame):
            return part
    return None


def _is_dated(text: str) -> bool:
    return any(shape[name] for shape in shapes_in(fold(text)) for name in (*_DATED, "week", "term"))


def _opening(text: str, frame: PlanPeriod) -> str | None:
    found = _HEADED.match(text)
    head = found["head"] if found else ""
    return head if is_only_time(head, frame) and _is_dated(head) else None


def _closing(text: str, frame: PlanPeriod) -> str | None:
    found = _TAIL.search(text)
    tail = found["tail"].strip(" .") if found else ""
    return tail if is_only_time(tail, frame) and (_is_dated(tail) or repeats_at(fold(tail))) else None


def _led_to(text: str, frame: PlanPeriod) -> str | None:
    """Return the phrase from the words that lead to a day, through the pieces joined to it."""
    clean = without_distractors(fold(text))
    shapes = [shape for shape in shapes_in(clean) if any(shape[name] for name in _DATED)]
    for index, shape in enumerate(shapes):
        before = clean[: shape.start()]
        lead = _LEADS.search(before)
        if not lead or _OCCASION.search(before[: lead.start()]) or _OCCASION.search(before):
            continue
        last = shape
        for after in shapes[index + 1 :]:
            if not _JOINS.fullmatch(clean[last.end() : after.start()]):
                break
            last = after
        if lead[0].strip() in ("tu", "tu ngay", "tu thang", "bat dau tu") and last is shape:
            continue
        phrase = text[lead.start() : last.end()].strip(" ,(")
        if is_read(phrase, frame):
            return phrase
    return None


def _repeated(text: str) -> str | None:
    """Return "Hằng tháng" at a sentence's beginning or end, and "2 lần/năm" anywhere."""
    folded = without_citations(fold(text))
    counted, first = times_at(folded), repeats_at(folded)
    at_edge = first and (first.start() == 0 or not folded[first.end() :].strip(" .;"))
    found = counted or (first if at_edge else None)
    return text[found.start() : found.end()] if found else None
