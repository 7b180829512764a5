"""Numbers that are never goals: of cited documents, days, terms, anniversaries, classes of workplace."""

from __future__ import annotations

import re

FILLER = "·"

_WORKERS = r"(?:lao dong|cong nhan|nguoi lao dong|nld|cnld|cnvcld|ld)"
CLASS = re.compile(
    rf"(?:tu|co|du|tren|duoi|su dung)?\s*\d+\s*(?:-|–|—|den)\s*(?:den\s*)?(?:duoi\s*)?\d+\s*{_WORKERS}\b"
    rf"|(?:tu|tren|duoi|du|su dung)\s+(?:co )?\d+\s*{_WORKERS}\b(?:\s*tro len)?"
    rf"|\d+\s*{_WORKERS}\s*tro len"
    r"|(?:doanh nghiep|don vi|cong ty|cdcs|cong doan co so|co quan) (?:co |su dung )?"
    rf"(?:tu |tren |duoi |du )?\d+(?:\s*(?:-|–|den)\s*(?:duoi )?\d+)?\s*"
    rf"(?:{_WORKERS}|nguoi|doan vien)\b(?:\s*tro len)?"
)
"""The size of the workplaces that a target is about, on folded text."""

_WON = re.compile(
    r"(?:van dong|ket nap|thu hut|phat trien|tap hop|it nhat|toi thieu|phan dau|gioi thieu|cho|den)"
    r"(?: (?:them|moi|duoc|tu))*\s*$"
)
_DOCUMENTS = (
    r"(?:nghi quyet|nghi dinh|luat|bo luat|chi thi|ket luan|quyet dinh|thong tu"
    r"|ke hoach|cong van|huong dan|de an"
    r"|chuong trinh(?: hanh dong)?|thong bao|quy dinh|van ban|dieu|khoan|diem|muc|phu luc"
    r"|dai hoi|khoa|lan thu)"
    r"(?: (?:so|lan thu))?\s*\d+[\w./-]*"
)
_DATES = re.compile(
    r"\bngay\s*\d{1,2}\s*thang\s*\d{1,2}\s*nam\s*\d{4}|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b"
    r"|\b(?:giai doan|nhiem ky|nam hoc)\s*\d{4}\s*[-–—]\s*\d{4}"
)
_CITED_DAYS = re.compile(
    r"\bngay\s*\d{1,2}\s*thang\s*\d{1,2}\s*nam\s*\d{4}|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b"
    r"|\bso\s*:?\s*\d+\s*[-/][\w/-]*"
)
_MASKED = (
    re.compile(r"\bso\s*:?\s*\d+\s*[-/]\s*[a-z][\w/-]*|\b\d+(?:/\d{4})?\s*[-/]\s*[a-z]{2,}(?:-[a-z]+)*\b"),
    re.compile(rf"\b{_DOCUMENTS}"),
    re.compile(r"\bngay\s*\d{1,2}(?:[/.-]\d{1,2})?(?:[/.-]\d{4})?(?:\s*thang\s*\d{1,2})?(?:\s*nam\s*\d{4})?"),
    re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b"),
    re.compile(r"\bthang\s*\d{1,2}(?:\s*[,-]\s*\d{1,2})+(?=\s*(?:/|nam \d|$|[.;)]))"),
    re.compile(r"\bthang\s*\d{1,2}(?:\s*/\s*\d{4})?\b|\bqu[iy]\s*(?:[ivx]+|\d)(?:\s*/\s*\d{4})?\b"),
    re.compile(
        r"\bnam(?: hoc)?\s*\d{4}(?:\s*[-–—]\s*\d{4})?|\b\d{4}\s*[-–—]\s*(?:nam )?\d{4}\b|/\s*(?:19|20)\d\d\b"
    ),
    re.compile(r"\b\d+ nam (?:ngay|ky niem|thanh lap|xay dung|truyen thong)|\bky niem(?: lan thu)? \d+"),
    re.compile(r"\b\d+ thang (?:dau|cuoi)(?: nam)?|\b\d+ (?:gio|phut|tuoi)\b|/\s*\d+ (?:thang|nam)\b"),
    re.compile(
        r"\b(?:moi (?:suat|phan|nguoi|mai am|can|cong trinh|nha|ho|gia dinh)|tri gia|dinh muc|muc ho tro"
        r"|lam loi"
        r"|tiet kiem)\b[^,;:]{0,30}?"
        r"\d[\d.,]*\s*(?:trieu |nghin |ngan )?(?:dong|d)\b"
    ),
    re.compile(r"\b\d+/\d+[^,;:]{0,30}?\bdat \d[\d,]*\s*%|\b(?:cong |tru )?(?:\d+/)?\d+(?:,\d+)? diem\b"),
    re.compile(r"\bdat (?!100\b)\d[\d,]*\s*% (?:chi tieu|ke hoach)"),
    re.compile(r"\b\d[\d.]*\s*(?:dong|d)\s*/\s*\w+|\b\d+/\d+(?: diem)?\b"),
    re.compile(r"\bvuot [^,;:\d]{0,20}\d[\d.,]*\s*%|\b(?:so voi|tang so voi|da dat)\b[^,;:]*?\d[\d.,]*\s*%?"),
    re.compile(r"\btrong do\b[^;]*"),
    CLASS,
)


def without_false_numbers(folded: str) -> str:
    """Return folded text of the same length with every number that is no goal blotted out."""
    for pattern in _MASKED:
        folded = pattern.sub(_blotted, folded)
    return folded


def _blotted(found: re.Match[str]) -> str:
    """Blot out a match; workers who are to be won are a goal, and no class of workplace."""
    won = found.re is CLASS and _WON.search(found.string[: found.start()])
    is_class = re.search("duoi|tro len|doanh nghiep|don vi|cong ty|co quan", found[0])
    return found[0] if won and not is_class else FILLER * len(found[0])


def without_dates(folded: str) -> str:
    """Return folded text of the same length with days of cited documents and terms blotted out."""
    return _DATES.sub(lambda found: FILLER * len(found[0]), folded)


def without_cited_days(folded: str) -> str:
    """Return folded text of the same length with the numbers and days of cited documents blotted out."""
    return _CITED_DAYS.sub(lambda found: FILLER * len(found[0]), folded)
