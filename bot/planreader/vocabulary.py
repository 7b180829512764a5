"""The patterns by which a plan's parts are known, on folded text (lower case, no Vietnamese marks).

The words in them are data: `messages_vi/vocabulary/plan.toml`.
"""

from __future__ import annotations

import re
from datetime import date

from bot.planreader.plan_words import any_of, words

_COLON = r"(?: ?\([^():]{1,40}\))?\s*:\s*"
TIME_LABEL = re.compile(rf"(?:{any_of('time_labels')}){_COLON}")
LABEL = re.compile(
    rf"(?<!\w)(?:(?P<time>{any_of('time_labels')}){_COLON}"
    rf"|(?P<join>{any_of('join_labels')}){_COLON}"
    rf"|(?P<lead>{any_of('lead_labels')}){_COLON})"
)
"""A label before a time or before those who do it, as in "Thời gian thực hiện: ..."."""

TIME_LEAD = re.compile(
    r"thoi (?:gian|han) (?:thuc hien|hoan thanh|to chuc) (?=\S)|(?:thoi gian"
    r"|tien do)(?: thuc hien)? [-–] (?=\S)"
)
"""The same label when its colon was forgotten."""

CONTENT_LABEL = re.compile(rf"(?:{any_of('content_labels')}){_COLON}(?=\S)")
"""A label before the task itself, where each task is a little form."""
ASIDE_LABEL = re.compile(rf"(?:{any_of('aside_labels')}){_COLON}")
"""A label of such a form that says neither what, when nor who."""

GIVEN_TO = re.compile(
    rf"giao (?:cho )?(?P<who>(?:{any_of('givers')}) "
    r".{2,90}?),? (?:la don vi )?"
    r"(?:chu tri|thuc hien|tham muu|phu trach|theo doi|chiu trach nhiem|lam dau moi|phoi hop)\b.{0,120}"
)
"""A sentence that names who does it without a label: "Giao Ban Tổ chức thực hiện."."""
JOINED_BY = re.compile(rf"\b(?:{any_of('joined_by')})\s*:?\s+")
"""What leads from those in charge to those who help, inside one label's value."""

DOCUMENT_NUMBER = re.compile(r"so\s*:?\s*(?P<number>\d*)\s*(?P<suffix>/\s*\w+(?:\s*[-/]\s*\w+)*)?")
DOCUMENT_DAY = re.compile(
    r"ngay\s*(?P<day>\d{1,2}|[.…_ ]*)\s*(?:thang|/)\s*(?P<month>\d{1,2}|[.…_ ]*)\s*(?:nam"
    r"|/)\s*(?P<year>\d{4})"
)

PLAN_TYPES = words("plan_types")
OTHER_TYPES = words("other_types")
"""Kinds of document by the words that stand in capitals above their title."""
KIND_BY_NUMBER = {pair.partition(" = ")[0]: pair.partition(" = ")[2] for pair in words("number_suffixes")}
SCORE_HEAD = re.compile(any_of("score_heads"))
"""Heads of the columns of a scoring sheet."""

STANDALONE = re.compile(
    rf"(?:{any_of('plan_types')}|{any_of('other_types')})$|so\s*:|kinh gui|noi nhan|phu luc|can cu "
    r"|doc lap|cong hoa xa hoi|.{2,60}, ngay .{0,4} ?(?:thang|/) ?.{0,4} ?(?:nam|/) ?\d{4}$"
)
"""Lines that are never a part of their neighbours."""

HEAD_SIDE = re.compile(r"cong hoa xa hoi|dang cong san|doc lap|, ngay (?:.{0,6}thang|\d{1,2}/\d)")
"""What the right column of a letter head begins with."""

_UNION = r"(?:ban (?:thuong vu|chap hanh) )?(?:lien doan lao dong|ldld|cong doan|nghiep doan)\b"
ISSUER = re.compile(rf"(?:{any_of('issuers')})\b")
ISSUER_PLACE = re.compile(rf"(?:{any_of('issuer_places')}) \S")
ISSUER_ACTS = re.compile(
    rf"(?P<issuer>{_UNION}[^,;.]{{0,90}}?) "
    r"(?:xay dung|ban hanh|lap|trien khai|de ra)(?: va (?:ban hanh|trien khai))? (?:ke hoach|chuong trinh)"
)
ISSUER_OWNS = re.compile(
    r"(?:ke hoach|chuong trinh)(?: [^,;.]{0,40})? (?:nam \d{4} )?cua "
    rf"(?P<issuer>{_UNION}[^,;./]{{0,90}}?)"
    r"(?= thuc hien| ve | nam \d|[,;./]|$)"
)

ROLE_SKIP = re.compile(any_of("headings_skipped"))
ROLE_TARGETS = re.compile(any_of("headings_targets"))
ROLE_TASKS = re.compile(any_of("headings_tasks"))
ROLE_FIRM_SKIP = re.compile(any_of("headings_firmly_skipped"))
ROLE_FIRM_TASKS = re.compile(any_of("headings_firmly_tasks"))
"""Words of headings: what stands below them is left out, holds targets, or holds tasks."""

COLUMN_TIME = re.compile(rf"\b(?:{any_of('column_time')})\b")
COLUMN_LEAD = re.compile(rf"\b(?:{any_of('column_lead')})\b")
COLUMN_JOIN = re.compile(rf"\b(?:{any_of('column_join')})\b")
COLUMN_TASK = re.compile(rf"\b(?:{any_of('column_task')})\b")
COLUMN_TARGET = re.compile(rf"\b(?:{any_of('column_target')})\b")
COLUMN_UNIT = re.compile(rf"(?:{any_of('column_unit')})(?:$| ?\()")
COLUMN_GOAL = re.compile(rf"\b(?:{any_of('column_goal')})\b")
COLUMN_RESULT = re.compile(rf"(?:{any_of('column_result')})")
COLUMN_GROUP = re.compile(rf"(?:{any_of('column_group')})\b")
COLUMN_NUMBER = re.compile(any_of("column_number"))
COLUMN_ASIDE = re.compile(rf"(?:{any_of('column_aside')})")
"""Heads of a table's columns."""

UNIT_NOUN = re.compile(rf"(?:{any_of('counted')}|phan tram)(?!\w)")
"""Nouns that are counted."""
PLACES_COUNTED = re.compile(any_of("places_counted"))
"""Units of which each counts once a year, however often it does a thing."""
SESSIONS_COUNTED = re.compile(rf"(?:{any_of('sessions_counted')})\b")
CEILING = re.compile(rf"(?:{any_of('ceilings')})(?: \w+){{0,2}}\s*$")
"""Words before a number that is not to be passed."""

TET = {day.year: day for day in map(date.fromisoformat, words("tet"))}
"""The first day of the lunar year, by year."""
