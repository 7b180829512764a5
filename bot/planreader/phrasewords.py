"""What stands in time phrases beside the days: words that repeat, words that look like times and are none."""

from __future__ import annotations

import re

_PERIODS = r"(?:ngay|tuan|thang|quy|qui|nam)"
_COUNT = r"(?P<count>\d{1,3}|mot|hai|ba|bon|nam)"
_COUNTS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5}
_TIMES = re.compile(
    rf"\b{_COUNT} ?(?:lan|cuoc|buoi|ky|dot) ?(?:/|moi|mot|trong|tren|trong mot"
    rf"|hang) ?(?:0?1 )?(?P<per>{_PERIODS})\b"
    rf"|\b(?P<every>\d{{1,2}}) (?P<each>{_PERIODS}) ?/? ?(?:0?1|mot)? ?lan\b"
    rf"|\b(?:moi|hang|tung) (?P<of>{_PERIODS}) (?:it nhat |toi thieu )?(?P<often>\d{{1,2}}) lan\b"
    r"|\b(?:it nhat |toi thieu )?(?P<once>\d{1,2}) lan trong nam\b"
)
_ALWAYS = re.compile(
    r"(?<!chi )thuong xuyen|lien tuc|thuong ky|dinh ky|suot nam|quanh nam|xuyen suot"
    r"|(?<!ngan )(?<!khach )\bhang (?:ngay|tuan|thang|quy|qui)\b"
    r"|(?:moi|tung) (?:ngay|tuan|thang|quy|qui)\b|cac (?:tuan|thang|quy|qui) trong nam|\bcac thang\b(?! \d)"
)
_EVERY_YEAR = re.compile(r"(?<!ngan )\bhang nam|moi nam")
_NOISE = re.compile(
    r"(?:trong|sau)(?: thoi gian| vong| thoi han)? \d+ ngay(?: lam viec)?|\d+ thang ?/ ?lan"
    r"|ngay \d{1,2}(?: cua)? (?=(?:hang|cua hang|moi|dau|cuoi)\b)|so [\w/-]*\d[\w/-]*"
    r"|\b\d{1,2} ?(?:gio|h) ?\d{0,2}(?: phut)?\b"
)
_RELATIVE = re.compile(
    r"\b(?:theo|can cu|tuy|khi|tuy theo|tuy tinh hinh|phu thuoc)"
    r" (?!tung )(?:ke hoach|tien do|huong dan|chuong trinh|lich|yeu cau|quy dinh|chi dao|de nghi"
    r"|thong bao|van ban"
    r"|nhu cau|tinh hinh|thuc te|dieu kien|thoi gian|co yeu cau|co phat sinh|phat sinh|nhiem vu|cap tren|co)"
    r"[^,;.()]*"
    r"|\b(?:ngay )?(?:sau|truoc) khi (?!het)[^,;()]*"
    r"|\b(?:ngay )?sau (?:dai hoi|hoi nghi|tong ket|le )[^,;()]*"
)
_ANNIVERSARY = re.compile(
    r"\(?\b\d{1,2}/\d{1,2}/(?:1[5-9]\d\d|20[01]\d) ?(?:-|–|—|den) ?\d{1,2}/\d{1,2}/\d{4}\)?"
    r"|\b(?:lan thu )?\d+ nam (?:ngay|ky niem|thanh lap)"
)
_DOCUMENT = re.compile(
    r"\bso\b:? ?[\w/.-]*\d[\w/.-]*(?:[,;]? (?:ngay|ky ngay|cua [^,;]{2,60} ngay) \d{1,2}(?:[/.-]"
    r"| thang )\d{1,2}"
    r"(?:(?:[/.-]| nam )\d{4})?)?"
    r"|\b\d+(?:/\d{4})?[-/][a-z]{2,}[\w/-]*(?:[,;]? (?:ky )?ngay \d{1,2}(?:[/.-]| thang )\d{1,2}"
    r"(?:(?:[/.-]| nam )\d{4})?)?"
    r"|\b(?:khoa|dai hoi|lan thu|nhiem ky|giai doan) (?:thu )?[ivxlc]+\b"
)


def goes_on(folded: str) -> bool:
    """Tell whether a phrase names something done again and again within the year."""
    return bool(_ALWAYS.search(folded) or _TIMES.search(folded))


def comes_every_year(folded: str) -> bool:
    """Tell whether a phrase says "hằng năm" outside of what it refers to."""
    return bool(_EVERY_YEAR.search(_blotted(_RELATIVE, folded)))


def without_distractors(folded: str) -> str:
    """Return folded text of the same length without documents, anniversaries, acts it depends on, hours."""
    for pattern in (_DOCUMENT, _ANNIVERSARY, _RELATIVE, _NOISE):
        folded = _blotted(pattern, folded)
    return folded


def without_citations(folded: str) -> str:
    """Return folded text of the same length without the numbers and days of documents and anniversaries."""
    for pattern in (_DOCUMENT, _ANNIVERSARY):
        folded = _blotted(pattern, folded)
    return folded


def how_often(folded: str) -> tuple[int, str] | None:
    """Return how often something is asked for: (2, "nam") for "2 lần/năm" and for "6 tháng/lần", or None."""
    found = _TIMES.search(folded)
    if not found:
        return None
    if found["every"]:
        every = int(found["every"])
        in_year = found["each"] == "thang" and every and 12 % every == 0
        return (12 // every, "nam") if in_year else (1, f"{every} {found['each']}")
    if found["often"]:
        return int(found["often"]), found["of"]
    if found["once"]:
        return int(found["once"]), "nam"
    count = found["count"]
    return _COUNTS.get(count) or int(count), found["per"]


def times_at(folded: str) -> re.Match[str] | None:
    """Return the words of "2 lần/năm", or None."""
    return _TIMES.search(folded)


def repeats_at(folded: str) -> re.Match[str] | None:
    """Return the first words that say that something is done again and again, or None."""
    found = [match for pattern in (_ALWAYS, _TIMES, _EVERY_YEAR) if (match := pattern.search(folded))]
    return min(found, key=lambda match: match.start(), default=None)


def _blotted(pattern: re.Pattern[str], folded: str) -> str:
    return pattern.sub(lambda found: " " * len(found[0]), folded)
