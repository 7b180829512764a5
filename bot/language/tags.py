"""What a word or phrase can stand for. The words themselves are data: `messages_vi/vocabulary/*.toml`."""

from __future__ import annotations

from enum import StrEnum


class Tag(StrEnum):
    """The role of a phrase in a report. Each vocabulary table is named after one of these."""

    # What can be counted.
    ADMIT = "admit"  # kết nạp
    JOIN = "join"  # vô công đoàn
    ENTER = "enter"  # vô: the union, or the shift
    NEW_MEMBER = "new_member"  # đoàn viên mới
    MEMBER = "member"  # đoàn viên
    GROW = "grow"  # tăng thêm, phát triển: members only when they stand beside it
    DIALOGUE = "dialogue"
    DIALOGUE_SHORT = "dialogue_short"  # đt: also a telephone
    CONFERENCE = "conference"
    CONFERENCE_SHORT = "conference_short"  # hội nghị, hn: of what kind?
    CONFERENCE_OTHER = "conference_other"  # of officials, of a committee
    AGREEMENT = "agreement"
    AGREEMENT_SHORT = "agreement_short"  # TƯ
    UNION = "union"
    UNION_OTHER = "union_other"  # a section union, the union's money: nothing that is founded
    FOUND = "found"  # thành lập, ra mắt
    SIGN = "sign"  # ký
    FIRST_TIME = "first_time"  # lần đầu, ký mới
    RENEW = "renew"  # gia hạn, sửa đổi: no new agreement

    EXTRA = "extra"  # an indicator that a new plan brings, see Token.code

    # What a number counts.
    PERSON = "person"
    TITLE = "title"  # anh, chị, em: a person counted, or the one spoken to
    WORKER = "worker"
    ATTENDEE = "attendee"
    EVENT = "event"
    FIRM = "firm"
    DEED = "deed"
    THING = "thing"
    COUPLE = "couple"
    MALE = "male"
    FEMALE = "female"
    REST = "rest"  # còn lại, mấy cái kia

    # How a number stands.
    TOTAL = "total"
    STOCK = "stock"  # hiện có, lũy kế: not what is new
    PART = "part"  # trong đó
    ABOUT = "about"  # khoảng, hơn
    LEFT = "left"  # nghỉ, giảm
    MOVED = "moved"  # chuyển đến: not new
    APPLIED = "applied"  # làm đơn: not yet a member
    SHIFT = "shift"  # ca ngày, ca hành chính: who works then
    LABEL = "label"  # chuyền, tổ, xưởng: the number after it is a name
    ATTENDING = "attending"  # dự, tham gia
    INVITED = "invited"  # mời, triệu tập: more than came
    ABSENT = "absent"  # vắng
    COMING_IN = "coming_in"  # đi, đến, tới: those present, where others were invited
    COVERING = "covering"  # áp dụng cho
    INTRO = "intro"  # là, được, có: may stand between an indicator and its number
    MANY = "many"  # mấy, bao nhiêu

    # How a thing stands.
    NO = "no"
    NOT_YET = "not_yet"
    NIL = "nil"  # không phát sinh
    SAME = "same"  # như tháng trước
    DONE = "done"
    HELD = "held"
    KIND = "kind"  # định kỳ, đột xuất: the kind of a dialogue
    PLANNED = "planned"
    SUBJECT = "subject"  # tuyên truyền về, quy chế: what follows is talked about, not done
    FOREIGN = "foreign"  # the Party, the Youth Union
    ASIDE = "aside"  # gifts, visits, sport: other news
    MINUTES = "minutes"  # biên bản
    PHOTO = "photo"
    SENT = "sent"  # em báo, em gửi

    # Time.
    TODAY = "today"
    YESTERDAY = "yesterday"
    TWO_DAYS_AGO = "two_days_ago"
    THREE_DAYS_AGO = "three_days_ago"
    FUTURE = "future"
    PAST_VAGUE = "past_vague"
    WEEK_THIS = "week_this"
    WEEK_LAST = "week_last"
    ALL_ALIKE = "all_alike"  # đều, cả ba việc: what is said goes for all that was named
    OCCASION = "occasion"  # sẵn dịp, nhân tiện: on the day of the other news
    SAME_DAY = "same_day"  # chiều đó, cùng ngày: the day said before
    LAST = "last"  # rồi, vừa rồi, trước
    THIS = "this"
    DAY_INTRO = "day_intro"  # ngày, hôm, bữa, sáng
    FEAST = "feast"  # nhân dịp, kỷ niệm
    LUNAR = "lunar"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    END_OF = "end_of"
    PART_OF = "part_of"  # đầu, giữa
    WEEKDAY = "weekday"
    SUNDAY = "sunday"
    OF_DAY = "of_day"  # sáng, chiều
    AGO = "ago"
    SINCE = "since"  # cách đây

    # Documents.
    DOCUMENT = "document"
    NUMBER_OF = "number_of"  # số

    # Corrections.
    MEND = "mend"  # sửa, đính chính, nhầm
    SLIP = "slip"  # lộn, nhầm: also inside a message
    NOT_BUT = "not_but"  # chứ không phải
    INTO = "into"  # thành
    RATHER = "rather"  # đúng ra, còn
    WITHDRAW = "withdraw"
    MORE = "more"  # thêm, sót
    FEWER = "fewer"  # bớt, trùng
    AGAIN = "again"  # nữa
    DROP = "drop"  # bỏ, xóa, gỡ: what stands beside it is taken back
    FAULT = "fault"  # sai, ghi ngược: said of the figure before it
    MESSAGE = "message"  # tin, báo cáo, số liệu: what was sent

    # Intents.
    PROGRESS = "progress"
    TARGET = "target"
    TASKS = "tasks"
    TASK = "task"
    DUE = "due"
    FINISHED = "finished"
    HELP = "help"
    PLEA = "plea"  # giúp với: help with the bot, or with a trouble
    USE = "use"  # xài, dùng
    DUTY = "duty"  # phải, cần, tới hạn
    WHEN = "when"  # bao giờ, ngày nào
    FEELING = "feeling"  # mệt, vui: what follows is said in fun
    GREETING = "greeting"
    THANKS = "thanks"
    ASKING = "asking"
    ASKING_END = "asking_end"
    CHECKING = "checking"  # nhận được chưa: a closing request
    COMPLAINT = "complaint"
    CONTACT = "contact"
    URGENT = "urgent"
    PREVENTING = "preventing"
    FILLER = "filler"
    BUT = "but"
    AND = "and"
    OWN = "own"  # em, tụi em, bên em
    KIN = "kin"

    # Places.
    PLACE_TYPE = "place_type"
    PLACE_KIND = "place_kind"  # TNHH, cổ phần, tiểu học
    TRADE = "trade"
    STOP = "stop"  # ends a name

    # Forms given by the tokeniser and by later steps.
    FULL_DATE = "full_date"
    NOISE_CODE = "noise_code"
    NOISE_PHONE = "noise_phone"
    NOISE_MONEY = "noise_money"
    NOISE_CLOCK = "noise_clock"
    NOISE_SHARE = "noise_share"
    NOISE_AGE = "noise_age"  # 24t
    NOISE_MONTH = "noise_month"
    NOISE_DECIMAL = "noise_decimal"
    CLASS_SMALL = "class_small"  # dưới 25 lao động
    CLASS_LARGE = "class_large"  # từ 25 lao động
    SPOKEN = "spoken"  # a number in words
    EITHER = "either"  # "hai ba": 23, or two or three
    BULLET = "bullet"  # a list number
    SUMMED = "summed"  # a part of a whole that is said with it
    OLD = "old"  # a figure that a correction takes back
    MONTH_NAMED = "month_named"
    WEEKDAY_OR_MONTH = "weekday_or_month"
    VAGUE = "vague"
    IMPOSSIBLE = "impossible"  # 30/2: a day that no calendar has
    FULL_NAME = "full_name"  # a person named in full
    UNCOUNTABLE = "uncountable"  # -5, 5,5: asked about
    YEARLESS = "yearless"  # a day said without its year
    COMING = "coming"  # a day of last year that comes again within two months


def tags(names: str) -> frozenset[Tag]:
    """Return the tags of these names, separated by spaces. Raises ValueError for a name that is none."""
    return frozenset(Tag(name) for name in names.split())
