"""Settings: what is read, what is refused and in which words."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import ConfigProblems, Settings, Severity, config_path, default_path, load_settings
from bot.config_calendar import period_rule, work_calendar
from bot.config_check import problems
from domain.periods import PeriodRule

TOKEN = "123456789:" + "A" * 35
NAMED = '[office]\nname = "Công đoàn xã Suối Đá"\n'


def load(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> Settings:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(file, environ or {})


def complaints(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigProblems) as caught:
        load(folder, text, environ)
    return [problem.text.replace(str(folder) + os.sep, "") for problem in caught.value.problems]


def doubts(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> list[str]:
    environ = environ or {"TIENDO_TELEGRAM_TOKEN": TOKEN}
    settings = load(folder, NAMED + text, environ)
    return [problem.text for problem in problems(settings, environ, date(2026, 11, 22))]


def test_the_file_that_comes_with_the_program_says_what_holds_without_any_file(tmp_path: Path) -> None:
    assert load_settings(default_path(), {}) == load(tmp_path, "") == Settings()


def test_the_file_that_comes_with_the_program_shows_every_setting() -> None:
    text = default_path().read_text(encoding="utf-8")
    written = {(section, key) for section, keys in tomllib.loads(text).items() for key in keys}
    settings = Settings()
    known = {
        (section.name, setting.name)
        for section in fields(settings)
        for setting in fields(getattr(settings, section.name))
    }
    assert known - written == {("telegram", "token"), ("year", "plan")}
    assert "# plan = 2026" in text


def test_a_partial_file_keeps_the_other_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path, '[periods]\ncutoff_day = 10\n[reminders]\nrun_at = "9:05"\n')
    assert settings.periods.cutoff_day == 10
    assert settings.periods.due_day == 20
    assert settings.reminders.run_at == time(9, 5)


def test_a_file_saved_by_windows_notepad_is_read(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xef\xbb\xbf" + NAMED.replace("\n", "\r\n").encode())
    assert load_settings(file, {}).office.name == "Công đoàn xã Suối Đá"


def test_days_and_times_may_be_written_without_quotes(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        '[holidays]\nextra = [2026-12-24, "2026-11-24"]\n[reminders]\nwindows = [[07:30:00, 11:00:00]]',
    )
    assert settings.holidays.extra == (date(2026, 11, 24), date(2026, 12, 24))
    assert settings.reminders.windows == ((time(7, 30), time(11)),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[perods]\ndue_day = 3", "Tệp config.toml có mục lạ: [perods]."),
        ("[periods]\ncutof_day = 3", "Tệp config.toml có mục lạ: [periods] cutof_day."),
        ("office = 1", "office là tên một nhóm, không phải một giá trị."),
        ("[periods]\ndue_day = 32", "[periods] due_day = 32 không dùng được: cần số nguyên từ 1 đến 31."),
        (
            '[periods]\ndue_day = "20"',
            '[periods] due_day = "20" không dùng được: cần số nguyên từ 1 đến 31.',
        ),
        (
            "[periods]\ndue_day = true",
            "[periods] due_day = true không dùng được: cần số nguyên từ 1 đến 31.",
        ),
        ("[web]\nport = 80.5", "[web] port = 80.5 không dùng được: cần số nguyên từ 0 đến 65535."),
        (
            '[office]\nname = " "',
            '[office] name = " " không dùng được: cần một dòng chữ trong dấu ngoặc kép, dài 1 đến 200 ký tự.',
        ),
        (
            '[office]\nzone = "Asia/Saigonn"',
            '[office] zone = "Asia/Saigonn" không dùng được: cần tên múi giờ, ví dụ "Asia/Ho_Chi_Minh".',
        ),
        (
            '[office]\nzone = "../etc"',
            '[office] zone = "../etc" không dùng được: cần tên múi giờ, ví dụ "Asia/Ho_Chi_Minh".',
        ),
        (
            '[reporting]\napproval = "nobody"',
            '[reporting] approval = "nobody" không dùng được: cần một trong các giá trị: "staff", "auto".',
        ),
        (
            '[reminders]\nrun_at = "25:00"',
            '[reminders] run_at = "25:00" không dùng được: cần giờ trong ngày, ví dụ "08:30".',
        ),
        (
            '[reminders]\nwindows = [["11:00", "08:00"]]',
            '[reminders] windows = [["11:00", "08:00"]] không dùng được: '
            'cần các cặp giờ theo thứ tự, không chồng nhau, ví dụ [["08:00", "11:00"]].',
        ),
        (
            '[reminders]\nwindows = [["08:00", "11:00", "12:00"]]',
            '[reminders] windows = [["08:00", "11:00", "12:00"]] không dùng được: '
            'cần các cặp giờ theo thứ tự, không chồng nhau, ví dụ [["08:00", "11:00"]].',
        ),
        (
            "[reminders]\nworkdays = []",
            "[reminders] workdays = [] không dùng được: cần danh sách, mỗi mục một lần, chọn trong: "
            '"mon", "tue", "wed", "thu", "fri", "sat", "sun".',
        ),
        (
            '[holidays]\nextra = ["24/11/2026"]',
            '[holidays] extra = ["24/11/2026"] không dùng được: '
            'cần danh sách ngày viết năm-tháng-ngày, ví dụ ["2026-11-24"].',
        ),
        (
            '[holidays]\ncountry = "Vietnam"',
            '[holidays] country = "Vietnam" không dùng được: cần mã nước gồm hai chữ in hoa, ví dụ "VN".',
        ),
        (
            '[telegram]\nbase_url = "api.telegram.org"',
            '[telegram] base_url = "api.telegram.org" không dùng được: '
            'cần địa chỉ bắt đầu bằng "https://", "http://" và không chứa mật khẩu.',
        ),
        ("[office]\nname = \n", "Không hiểu được config.toml ở dòng 2, cột 8."),
        ('[office]\nname = """x', "Tệp config.toml dừng lại khi một giá trị chưa viết xong."),
    ],
)
def test_it_names_what_does_not_fit_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    assert complaints(tmp_path, text) == [said]


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("[perods]\ndue_day = 3", "Có phải ý là [periods] không?"),
        ("[periods]\ncutof_day = 3", "Có phải ý là [periods] cutoff_day không?"),
        ("cutoff_day = 3", "Có phải ý là [periods] cutoff_day không?"),
        ("[web]\ncutoff_day = 3", "Có phải ý là [periods] cutoff_day không?"),
        ("[web]\nxyzxyz = 3", "Xóa dòng đó."),
    ],
)
def test_it_names_the_nearest_setting_for_an_unknown_one(tmp_path: Path, text: str, mend: str) -> None:
    with pytest.raises(ConfigProblems) as caught:
        load(tmp_path, text)
    assert [problem.mend for problem in caught.value.problems] == [mend]


def test_it_tells_all_mistakes_at_once(tmp_path: Path) -> None:
    text = "[periods]\ncutoff_day = 0\ndue_dy = 5\n[web]\nport = -1\n"
    assert complaints(tmp_path, text, {"TIENDO_DATABASE_URL": "mysql://x"}) == [
        "Tệp config.toml có mục lạ: [periods] due_dy.",
        "[periods] cutoff_day = 0 không dùng được: cần số nguyên từ 1 đến 31.",
        "[web] port = -1 không dùng được: cần số nguyên từ 0 đến 65535.",
        "Giá trị của TIENDO_DATABASE_URL không phải là địa chỉ.",
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f'[telegram]\ntoken = "{TOKEN}"', "[telegram] token"),
        (f'token = "{TOKEN}"', "token"),
        ('[database]\npassword = "x"', "[database] password"),
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path, text: str, place: str) -> None:
    assert complaints(tmp_path, text) == [
        f"{place} là bí mật, không được viết trong config.toml: ai xem được tệp là dùng được."
    ]


def test_an_address_with_a_password_is_refused_and_not_repeated(tmp_path: Path) -> None:
    (said,) = complaints(tmp_path, '[database]\nurl = "postgresql://tiendo:hunter2@db/tiendo"')
    assert said == (
        '[database] url = … không dùng được: cần địa chỉ bắt đầu bằng "sqlite://", "postgresql://", '
        '"postgresql+psycopg://" và không chứa mật khẩu.'
    )


def test_secrets_come_from_the_environment_and_never_show(tmp_path: Path) -> None:
    environ = {
        "TIENDO_TELEGRAM_TOKEN": TOKEN,
        "TIENDO_TELEGRAM_PROXY": "socks5://me:hunter2@127.0.0.1:1080",
        "TIENDO_DATABASE_URL": "postgresql://tiendo:hunter2@db/tiendo",
    }
    settings = load(tmp_path, "", environ)
    assert settings.telegram.token == TOKEN
    assert settings.telegram.proxy == "socks5://me:hunter2@127.0.0.1:1080"
    assert settings.database.url == "postgresql://tiendo:hunter2@db/tiendo"
    assert "hunter2" not in repr(settings)
    assert TOKEN not in repr(settings)


def test_a_secret_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text(TOKEN + "\n", encoding="utf-8")
    assert load(tmp_path, "", {"TIENDO_TELEGRAM_TOKEN_FILE": str(secret)}).telegram.token == TOKEN


def test_an_empty_or_missing_secret_file_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text(" \n", encoding="utf-8")
    for name in ("empty", "missing"):
        environ = {"TIENDO_TELEGRAM_TOKEN_FILE": str(tmp_path / name)}
        assert complaints(tmp_path, "", environ) == [
            "Tệp mà TIENDO_TELEGRAM_TOKEN_FILE chỉ tới không đọc được hoặc đang trống."
        ]


def test_a_secret_given_twice_is_a_mistake(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text(TOKEN, encoding="utf-8")
    environ = {"TIENDO_TELEGRAM_TOKEN": TOKEN, "TIENDO_TELEGRAM_TOKEN_FILE": str(secret)}
    assert complaints(tmp_path, "", environ) == [
        "TIENDO_TELEGRAM_TOKEN và TIENDO_TELEGRAM_TOKEN_FILE đang được đặt cùng lúc."
    ]


def test_an_empty_variable_is_as_good_as_none(tmp_path: Path) -> None:
    assert load(tmp_path, "", {"TIENDO_TELEGRAM_TOKEN": " "}).telegram.token is None


def test_a_missing_file_a_folder_and_an_odd_encoding_are_mistakes(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_bytes(NAMED.encode("utf-16"))
    said = []
    for name in ("none.toml", "", "odd.toml"):
        with pytest.raises(ConfigProblems) as caught:
            load_settings(tmp_path / name, {})
        said += [problem.text.replace(str(tmp_path), "") for problem in caught.value.problems]
    assert said == [
        "Không đọc được tệp cấu hình /none.toml.",
        "Không đọc được tệp cấu hình .",
        "Tệp cấu hình /odd.toml không được lưu ở dạng UTF-8.",
    ]


def test_without_a_name_it_takes_the_folder_then_the_variable_then_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert config_path({}) == default_path()
    assert config_path({"TIENDO_CONFIG": "other.toml"}) == Path("other.toml")
    (tmp_path / "config.toml").touch()
    assert config_path({"TIENDO_CONFIG": "other.toml"}) == Path("config.toml")


@given(st.dictionaries(st.sampled_from(["due_day", "cutoff_day", "grace_days"]), st.integers(-100, 100)))
def test_a_number_is_taken_exactly_within_its_limits(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, int]
) -> None:
    limits = {"due_day": (1, 31), "cutoff_day": (1, 31), "grace_days": (0, 60)}
    wrong = [key for key, value in values.items() if not limits[key][0] <= value <= limits[key][1]]
    text = "[periods]\n" + "\n".join(f"{key} = {value}" for key, value in values.items())
    folder = tmp_path_factory.mktemp("config")
    if wrong:
        assert len(complaints(folder, text)) == len(wrong)
    else:
        taken = load(folder, text).periods
        assert {key: getattr(taken, key) for key in values} == values


def test_a_named_office_with_a_token_has_no_problems(tmp_path: Path) -> None:
    assert doubts(tmp_path, "") == []


def test_a_fresh_copy_is_told_what_is_still_to_do_and_nothing_worse() -> None:
    found = problems(Settings(), {}, date(2026, 11, 22))
    assert [problem.text for problem in found] == [
        "Chưa đặt tên văn phòng.",
        "Chưa nối với ứng dụng nhắn tin nào: chương trình chỉ chạy trang thử trên máy này.",
    ]
    assert {problem.severity for problem in found} == {Severity.INFO}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[periods]\ndue_day = 5",
            "Hạn nộp due_day = 5 nhỏ hơn ngày chốt cutoff_day = 14, nên hạn rơi vào tháng sau.",
        ),
        ('[reminders]\nrun_at = "11:00"', "Giờ nhắc run_at = 11:00 nằm ngoài khung giờ windows."),
        (
            "[reminders]\nperiod_ladder = [1, 0]",
            "period_ladder ở nhóm [reminders] chưa xếp tăng dần.",
        ),
        ("[reminders]\ntask_ladder = [1, 1]", "task_ladder ở nhóm [reminders] chưa xếp tăng dần."),
        ("[reminders]\ntask_ladder = []", "task_ladder đang trống: sẽ không ai được nhắc."),
        ('[holidays]\ncountry = "XX"', "Chưa có lịch nghỉ lễ của nước XX."),
        (
            '[holidays]\nextra = ["2026-05-09"]\nextra_workdays = ["2026-05-09"]',
            "Ngày 2026-05-09 vừa được ghi là ngày nghỉ, vừa là ngày làm việc.",
        ),
        ("[year]\nplan = 2100\n[holidays]\ncountry = 'VN'", None),
        ('[language]\nvocabulary = "khong-co"', "Không có thư mục từ ngữ khong-co."),
        ('[web]\nhost = "0.0.0.0"', "Trang web mở ở địa chỉ 0.0.0.0, máy khác vào được."),
        ('[web]\nhost = "::1"', None),
        ('[web]\nhost = "may-chu"', "Trang web mở ở địa chỉ may-chu, máy khác vào được."),
        (
            "[delivery]\nfirst_pause_secs = 60\nlongest_pause_secs = 30",
            "first_pause_secs đang lớn hơn longest_pause_secs.",
        ),
    ],
)
def test_it_tells_doubtful_settings(tmp_path: Path, text: str, said: str | None) -> None:
    assert doubts(tmp_path, text) == ([said] if said else [])


def test_it_tells_when_nobody_knows_the_holidays_of_a_year() -> None:
    found = problems(Settings(), {"TIENDO_TELEGRAM_TOKEN": TOKEN}, date(2150, 1, 1))
    assert "Chưa có lịch nghỉ lễ năm 2150." in [problem.text for problem in found]


def test_it_tells_a_token_that_cannot_be_one(tmp_path: Path) -> None:
    assert doubts(tmp_path, "", {"TIENDO_TELEGRAM_TOKEN": "botfather"}) == ["Mã Telegram không đúng dạng."]


def test_it_tells_folders_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    text = (
        f'[database]\nurl = "sqlite:///{tmp_path}/file/tiendo.sqlite3"\n'
        f'media_folder = "{tmp_path}/file/media"\n'
    )
    assert doubts(tmp_path, text) == [
        f"Chương trình không ghi được vào {tmp_path}/file/tiendo.sqlite3.",
        f"Chương trình không ghi được vào {tmp_path}/file/media.",
    ]


def test_a_folder_that_will_be_made_at_the_first_start_is_no_problem(tmp_path: Path) -> None:
    text = f'[database]\nurl = "sqlite:///{tmp_path}/new/tiendo.sqlite3"\nmedia_folder = "{tmp_path}/new/m"'
    assert doubts(tmp_path, text) == []
    assert not (tmp_path / "new").exists()


def test_it_tells_a_secret_file_that_others_may_read(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text(TOKEN, encoding="utf-8")
    environ = {"TIENDO_TELEGRAM_TOKEN_FILE": str(secret)}
    secret.chmod(0o644)
    assert doubts(tmp_path, "", environ) == [f"Người dùng khác trên máy đọc được tệp bí mật {secret}."]
    secret.chmod(0o600)
    assert doubts(tmp_path, "", environ) == []


def test_it_tells_a_misspelt_variable(tmp_path: Path) -> None:
    environ = {"TIENDO_TELEGRAM_TOKEN": TOKEN, "TIENDO_TELEGRAM_TOKN": TOKEN, "HOME": "/root"}
    assert doubts(tmp_path, "", environ) == ["Chương trình không dùng biến môi trường TIENDO_TELEGRAM_TOKN."]


def test_the_calendar_joins_public_holidays_with_what_the_office_knows(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        '[holidays]\nextra = ["2026-12-24"]\nremoved = ["2026-01-01"]\nextra_workdays = ["2026-08-22"]\n'
        '[reminders]\nworkdays = ["fri", "mon"]',
    )
    calendar = work_calendar(settings, [2026, 2027])
    assert calendar.workdays == {0, 4}
    assert {date(2026, 12, 24), date(2026, 2, 17), date(2027, 2, 8)} <= calendar.holidays
    assert date(2026, 1, 1) not in calendar.holidays
    assert calendar.is_working_day(date(2026, 8, 22))
    assert period_rule(settings) == PeriodRule(14, 20, 5)


def test_the_calendar_of_an_unknown_country_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblems):
        work_calendar(load(tmp_path, '[holidays]\ncountry = "XX"'), [2026])
