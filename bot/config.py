"""Settings: read once from config.toml and the environment, frozen, passed down.

Secrets come from the environment or from a file that a variable ending in `_FILE` names, never from
config.toml. All mistakes of a file are collected and told together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from pathlib import Path

from bot import config_values as values
from bot.config_reading import ConfigProblems as ConfigProblems
from bot.config_reading import Problem as Problem
from bot.config_reading import Reader
from bot.config_reading import Severity as Severity
from bot.documents.files import EXTENSIONS, MAX_BYTES

CONFIG_VARIABLE = "TIENDO_CONFIG"
TOKEN_VARIABLE = "TIENDO_TELEGRAM_TOKEN"  # noqa: S105 -- the name of a variable, not a token
PROXY_VARIABLE = "TIENDO_TELEGRAM_PROXY"
DATABASE_VARIABLE = "TIENDO_DATABASE_URL"
SECRET_VARIABLES = (TOKEN_VARIABLE, PROXY_VARIABLE, DATABASE_VARIABLE)

DATABASE_SCHEMES = ("sqlite", "postgresql", "postgresql+psycopg")
PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
UNNAMED_OFFICE = "Công đoàn cấp trên"


@dataclass(frozen=True, slots=True)
class Office:
    """The union body that runs this program (công đoàn cấp trên trực tiếp cơ sở)."""

    name: str = values.text(UNNAMED_OFFICE, shortest=1)
    short_name: str = values.text("Công đoàn", shortest=1, longest=60)
    superior: str = values.text("")
    zone: str = values.zone("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Database:
    """Where everything is kept. The address may hold a password, so it never shows."""

    url: str = values.address("sqlite:///data/tiendo.sqlite3", *DATABASE_SCHEMES, shown=False)
    media_folder: str = values.text("data/media", shortest=1, longest=1000)


@dataclass(frozen=True, slots=True)
class Year:
    """Which year's plan is the current one; None follows the calendar."""

    plan: int | None = values.whole(None, 2000, 2100)


@dataclass(frozen=True, slots=True)
class Periods:
    """When a quarter is cut off and due, see `domain.periods.PeriodRule` (kỳ báo cáo)."""

    cutoff_day: int = values.whole(14, 1, 31)
    due_day: int = values.whole(20, 1, 31)
    grace_days: int = values.whole(5, 0, 60)


@dataclass(frozen=True, slots=True)
class Reminders:
    """Who is reminded when: days before and after, and the hours in which people may be written to."""

    run_at: time = values.clock("08:30")  # noqa: RUF009 -- it declares a field
    period_ladder: tuple[int, ...] = values.ladder((-7, -3, -1, 0, 1, 3))
    task_ladder: tuple[int, ...] = values.ladder((-7, -1, 1))
    windows: tuple[tuple[time, time], ...] = values.windows(((time(8), time(11)), (time(14), time(16, 30))))
    workdays: tuple[str, ...] = values.some_of(values.WEEKDAYS[:5], values.WEEKDAYS)


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days off: the country's, and what the office knows better (nghỉ lễ, làm bù)."""

    country: str = values.country("VN")
    extra: tuple[date, ...] = values.dates()
    removed: tuple[date, ...] = values.dates()
    extra_workdays: tuple[date, ...] = values.dates()


@dataclass(frozen=True, slots=True)
class Reporting:
    """How figures are taken. `approval` is "staff" or "auto"; a larger figure than `max_value` is refused."""

    approval: str = values.one_of("staff", "staff", "auto")
    max_value: int = values.whole(10_000, 1, 1_000_000)
    draft_hours: int = values.whole(72, 1, 720)


@dataclass(frozen=True, slots=True)
class Language:
    """Where the office's own words lie: a folder of .toml files, "" for none (từ ngữ riêng)."""

    vocabulary: str = values.text("", longest=1000)


@dataclass(frozen=True, slots=True)
class Invites:
    """One-time codes: how long they live, and how guessing is slowed."""

    valid_days: int = values.whole(30, 1, 365)
    wrong_codes_before_pause: int = values.whole(5, 1, 50)
    pause_minutes: int = values.whole(15, 1, 1440)


@dataclass(frozen=True, slots=True)
class Broadcasts:
    """After `valid_hours` a propaganda item is not delivered any more."""

    valid_hours: int = values.whole(48, 1, 720)


@dataclass(frozen=True, slots=True)
class Web:
    """Where the one HTTP server listens; port 0 takes any free one."""

    host: str = values.text("127.0.0.1", shortest=1)
    port: int = values.whole(8080, 0, 65535)


@dataclass(frozen=True, slots=True)
class Telegram:
    """How Telegram is reached. Without `token` it is off."""

    base_url: str = values.address("https://api.telegram.org/bot", "https", "http")
    base_file_url: str = values.address("https://api.telegram.org/file/bot", "https", "http")
    proxy: str = values.address("", *PROXY_SCHEMES, optional=True, shown=False)
    poll_timeout_secs: int = values.whole(30, 1, 50)
    token: str | None = values.secret()


@dataclass(frozen=True, slots=True)
class Delivery:
    """How often a message is tried: pauses double from the first to the longest."""

    attempts: int = values.whole(300, 1, 10_000)
    first_pause_secs: int = values.whole(5, 1, 3600)
    longest_pause_secs: int = values.whole(300, 1, 86_400)


@dataclass(frozen=True, slots=True)
class MediaFiles:
    """What photos and files are taken, and how long they are kept."""

    max_bytes: int = values.whole(MAX_BYTES, 100_000, 50_000_000)
    types: tuple[str, ...] = values.some_of(EXTENSIONS, EXTENSIONS)
    keep_days: int = values.whole(730, 1, 3650)


@dataclass(frozen=True, slots=True)
class Log:
    """How much is written to the log."""

    level: str = values.one_of("INFO", "DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, by section. `Settings()` is the same as the config.toml that comes with the program."""

    office: Office = Office()
    database: Database = Database()
    year: Year = Year()
    periods: Periods = Periods()
    reminders: Reminders = Reminders()
    holidays: Holidays = Holidays()
    reporting: Reporting = Reporting()
    language: Language = Language()
    invites: Invites = Invites()
    broadcast: Broadcasts = Broadcasts()
    web: Web = Web()
    telegram: Telegram = Telegram()
    delivery: Delivery = Delivery()
    media: MediaFiles = MediaFiles()
    log: Log = Log()


_SECTIONS: dict[str, type] = {section.name: type(section.default) for section in fields(Settings)}


def load_settings(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """Return the settings of the file and the environment; what the file leaves out keeps its default.

    Without `path` the file is ./config.toml, else the one that TIENDO_CONFIG names, else the default that
    comes with the program.
    Raises: ConfigProblems with every mistake found.
    """
    reader = Reader(path or config_path(environ), _SECTIONS)
    read = reader.read()
    read["telegram"] |= _given("token", reader.secret(environ, TOKEN_VARIABLE))
    read["telegram"] |= _given("proxy", reader.secret_address(environ, PROXY_VARIABLE, PROXY_SCHEMES))
    read["database"] |= _given("url", reader.secret_address(environ, DATABASE_VARIABLE, DATABASE_SCHEMES))
    if reader.problems:
        raise ConfigProblems(tuple(reader.problems))
    return Settings(**{name: kind(**read[name]) for name, kind in _SECTIONS.items()})


def config_path(environ: Mapping[str, str]) -> Path:
    """Return the file that is read when none is named; it is missing when TIENDO_CONFIG is wrong."""
    here = Path("config.toml")
    if here.is_file():
        return here
    named = environ.get(CONFIG_VARIABLE, "").strip()
    return Path(named) if named else default_path()


def default_path() -> Path:
    """Return the commented default: inside an installed package, or in the root of a checkout."""
    installed = Path(__file__).with_name("default_config.toml")
    return installed if installed.is_file() else Path(__file__).parent.parent / "config.toml"


def _given(key: str, value: str | None) -> dict[str, str]:
    return {} if value is None else {key: value}
