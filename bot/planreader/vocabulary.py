"""The words by which a plan's parts are known, on folded text (lower case, no Vietnamese marks)."""

from __future__ import annotations

import re

_TIME_WORDS = (
    r"thoi (?:gian|han|diem)(?: (?:to chuc|trien khai|bat dau|ket thuc|ban hanh|du kien))?"
    r"(?: (?:thuc hien|hoan thanh))?|tien do(?: (?:thuc hien|hoan thanh))?|hoan thanh"
)
_WHO_WORDS = (
    r"(?:(?:don vi|co quan|bo phan|ban|ca nhan|nguoi|dong chi|d/c|to chuc)(?: (?:va|,) (?:don vi|ca nhan))? )"
    r"(?:chu tri|thuc hien|phoi hop|phu trach|tham muu|chiu trach nhiem|duoc giao|dau moi)"
    r"(?:(?:,| va| tham muu| cung)? (?:chu tri|thuc hien|phoi hop|tham muu))*"
    r"|phan cong(?: (?:thuc hien|nhiem vu|phu trach))?|chu tri|phoi hop(?: thuc hien)?"
    r"|giao(?: (?:cho|thuc hien|nhiem vu))?"
)
TIME_LABEL = re.compile(rf"(?:{_TIME_WORDS})\s*:\s*")
WHO_LABEL = re.compile(rf"(?:{_WHO_WORDS})\s*:\s*")
LABEL = re.compile(rf"(?P<time>{_TIME_WORDS})\s*:\s*|(?P<who>{_WHO_WORDS})\s*:\s*")
"""A label before a time or before those who do it, as in "Thời gian thực hiện: ..."."""

TIME_LEAD = re.compile(r"thoi (?:gian|han) (?:thuc hien|hoan thanh) (?=\S)")
"""The same label when its colon was forgotten."""

GIVEN_TO = re.compile(
    r"giao (?:cho )?(?P<who>(?:ban|dong chi|d/c|van phong|uy ban|ubkt|cong doan|cdcs|bo phan|phong|to) "
    r".{2,90}?),? (?:chu tri|thuc hien|tham muu|phu trach|theo doi|chiu trach nhiem)\b.{0,60}"
)
"""A sentence that names who does it without a label: "Giao Ban Tổ chức thực hiện."."""

DOCUMENT_NUMBER = re.compile(r"so\s*:\s*(?P<number>\d*)\s*(?P<suffix>/\s*[\w\- /]+)?")
DOCUMENT_DAY = re.compile(
    r"ngay\s*(?P<day>\d{1,2}|[.…_ ]*)\s*thang\s*(?P<month>\d{1,2}|[.…_ ]*)\s*nam\s*(?P<year>\d{4})"
)

PLAN_TYPES = ("ke hoach", "chuong trinh", "chuong trinh cong tac", "chuong trinh hanh dong")
OTHER_TYPES = (
    *("bao cao", "giay moi", "thu moi", "thong bao", "cong van", "quyet dinh", "to trinh", "bien ban"),
    *("huong dan", "nghi quyet", "cong dien", "chi thi", "ket luan", "quy che", "quy dinh", "hop dong"),
    *("giay gioi thieu", "don xin", "don de nghi", "thu ngo", "giay de nghi", "phieu", "danh sach", "bang"),
)
"""Kinds of document by the words that stand in capitals above their title."""

STANDALONE = re.compile(
    rf"(?:{'|'.join((*PLAN_TYPES, *OTHER_TYPES))})$|so\s*:|kinh gui|noi nhan|phu luc|can cu "
    r"|doc lap|cong hoa xa hoi|.{2,60}, ngay .{0,4} ?thang .{0,4} ?nam \d{4}$"
)
"""Lines that are never a part of their neighbours."""

HEAD_SIDE = re.compile(r"cong hoa xa hoi|dang cong san|doc lap|, ngay .{0,6}thang")
"""What the right column of a letter head begins with."""

_UNION = r"(?:ban (?:thuong vu|chap hanh) )?(?:lien doan lao dong|ldld|cong doan|nghiep doan)\b"
ISSUER = re.compile(
    r"(?:cong doan|lien doan lao dong|ldld|ban thuong vu|ban chap hanh|nghiep doan|tong lien doan)\b"
)
ISSUER_PLACE = re.compile(r"(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|dac khu|cong ty|truong) \S")
ISSUER_ACTS = re.compile(
    rf"(?P<issuer>{_UNION}[^,;.]{{0,90}}?) "
    r"(?:xay dung|ban hanh|lap|trien khai|de ra)(?: va (?:ban hanh|trien khai))? (?:ke hoach|chuong trinh)"
)
ISSUER_OWNS = re.compile(
    r"(?:ke hoach|chuong trinh)(?: [^,;.]{0,40})? (?:nam \d{4} )?cua "
    rf"(?P<issuer>{_UNION}[^,;./]{{0,90}}?)"
    r"(?= thuc hien| ve | nam \d|[,;./]|$)"
)

ROLE_SKIP = re.compile(
    r"muc dich|yeu cau|can cu|dac diem|tinh hinh|danh gia|ket qua|to chuc thuc hien|kinh phi|noi nhan"
    r"|quan diem|thong tin bao cao|che do bao cao|thanh phan|doi tuong|ton tai|bai hoc|pham vi|phu luc"
)
ROLE_TARGETS = re.compile(r"chi tieu|muc tieu")
ROLE_TASKS = re.compile(r"nhiem vu|giai phap|noi dung|hoat dong|cong tac|chuong trinh|tien do")
ROLE_FIRM_SKIP = re.compile(r"to chuc (?:trien khai )?thuc hien|noi nhan|phu luc|danh gia|ket qua|tinh hinh")
"""Words of headings: what stands below them is left out, holds targets, or holds tasks."""

COLUMN_TIME = re.compile(r"thoi (?:gian|han|diem)|tien do|hoan thanh")
COLUMN_WHO = re.compile(
    r"don vi (?!tinh)|co quan|phan cong|chu tri|phu trach|nguoi thuc hien|phoi hop|bo phan"
)
COLUMN_TASK = re.compile(r"noi dung|nhiem vu|cong viec|hoat dong|cong tac")
COLUMN_TARGET = re.compile(r"chi tieu|noi dung|muc tieu")
COLUMN_UNIT = re.compile(r"don vi tinh|dvt|d\.v\.t|don vi$")
COLUMN_GOAL = re.compile(
    r"ke hoach|so luong|chi tieu giao|giao|muc tieu|ty le|phan dau|nam \d{4}|chi tieu nam"
)
COLUMN_NUMBER = re.compile(r"stt|tt|so tt|so thu tu")
"""Heads of a table's columns."""

UNIT_NOUN = re.compile(
    r"(?:doan vien(?: cong doan| moi)?|doanh nghiep|cong doan co so|cdcs|nghiep doan"
    r"|(?:ban )?tho[ao] uoc(?: lao dong tap the)?|(?:ban )?tu?ldtt|don vi|co quan|cong ty|hop tac xa|truong"
    r"|hoi nghi|cuoc(?: doi thoai)?|luot(?: nguoi)?|nguoi(?: lao dong)?|dong chi|can bo|hoat dong|lop"
    r"|buoi|lan|tin, bai|tin bai|tin|bai(?: viet)?|(?:phan|suat) qua|suat|trieu dong|ty dong|dong"
    r"|mai am|can nha|can|sang kien|de tai|vu|mo hinh|cong trinh|ho so|co so|ban|phan tram)(?!\w)"
)
"""Nouns that are counted."""

PLACES_COUNTED = re.compile(
    r"doanh nghiep|don vi|cong ty|co quan|hop tac xa|truong|cdcs|cong doan co so|nghiep doan|co so"
)
"""Units of which each counts once a year, however often it does a thing."""
SESSIONS_COUNTED = re.compile(r"cuoc|buoi|lan\b|luot")
