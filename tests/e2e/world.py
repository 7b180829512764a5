"""Where the story happens: an office with its running program, and a phone for everybody."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from storage.database import Database
from tests.e2e.browser_phones import PageInBrowser, chromium
from tests.e2e.office import EVERYBODY, OfficeDatabase
from tests.e2e.phones import Phone
from tests.e2e.process import Program
from tests.e2e.program import KeptClock
from tests.e2e.telegram_phones import TelegramPhone
from tests.e2e.waiting import until
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_process import FakeTelegramThread


class World(ABC):
    """The office, its program, and the phones by name. The story knows nothing else."""

    def __init__(self, office: OfficeDatabase, program: Program, phones: Mapping[str, Phone]) -> None:
        self.office = office
        self.program = program
        self.phones = phones

    @abstractmethod
    def go_to(self, moment: datetime) -> None:
        """Let time pass until `moment`; what falls due is done when this returns."""

    @abstractmethod
    def cut_while_sending(self, act: Callable[[], None]) -> None:
        """Do `act`, kill the program while its answer is on its way, and start it again."""

    def cut(self, moment: str, act: Callable[[], None]) -> None:
        """Do `act`, kill the program at that moment of its work (see `Holds`), and start it again."""
        self.program.hold(moment)
        act()
        self.program.await_held(moment)
        self.program.kill()
        self.program.start()

    def await_quiet(self) -> None:
        """Return once everything is answered, said, and seen on the phones."""
        self.office.await_quiet()

    @abstractmethod
    def picture(self, name: str) -> None:
        """Keep what can be seen now, where pictures are wanted."""


class TelegramWorld(World):
    """Everybody is on Telegram, and time is what the test says."""

    def __init__(self, telegram: FakeTelegramThread, office: OfficeDatabase, program: Program) -> None:
        users = {who: telegram.fake.user(number, who) for number, who in enumerate(EVERYBODY, start=1001)}
        super().__init__(office, program, {who: TelegramPhone(telegram, user) for who, user in users.items()})
        self._telegram = telegram

    def go_to(self, moment: datetime) -> None:
        """Let time pass until `moment`; what falls due is done when this returns."""
        self.program.clock.at = moment
        self.office.await_beat(moment)

    def cut_while_sending(self, act: Callable[[], None]) -> None:
        """Telegram has the message and the program never hears so."""
        fake = self._telegram.fake
        before = len(fake.sent)
        fake.fail_next("sendMessage", drop="stall after accept")
        act()
        until(lambda: len(fake.sent) > before, lambda: "nothing was sent")
        self.program.kill()
        self.program.start()

    def picture(self, name: str) -> None:
        """Nothing is shown anywhere."""


class PageWorld(World):
    """Everybody is on the local page, and its buttons move the clock."""

    def __init__(
        self, page: PageInBrowser, office: OfficeDatabase, program: Program, pictures: Path | None
    ) -> None:
        super().__init__(office, program, {who: page.phone(place) for place, who in enumerate(EVERYBODY)})
        self._page = page
        self._pictures = pictures

    def go_to(self, moment: datetime) -> None:
        """Press "next event" until the clock shows `moment`; there must be something at it."""
        while self.program.clock.at < moment:
            before = self.program.clock.at
            self._page.step("next")
            assert self.program.clock.at > before, "the clock does not move"
        assert self.program.clock.at == moment

    def cut_while_sending(self, act: Callable[[], None]) -> None:
        """The message has its place in the chat, and that is not on record."""
        self.cut("send", act)

    def await_quiet(self) -> None:
        """Return once everything is answered, said, and seen on the phones."""
        super().await_quiet()
        for who in self.phones:
            self._await_seen(who)

    def picture(self, name: str) -> None:
        """Keep what the page looks like now, where pictures are wanted; nothing may be wrong with it."""
        assert self._page.faults() == []
        if self._pictures is not None:
            self._page.picture(self._pictures, name)

    def _await_seen(self, who: str) -> None:
        sent, phone = self.office.sent(who), self.phones[who]
        until(lambda: len(phone.heard()) == sent, lambda: f"{who} sees {len(phone.heard())} of {sent}")


@contextmanager
def telegram_world(folder: Path, url: str, begins: datetime) -> Iterator[World]:
    """Yield the world on a fake Telegram; everything is stopped afterwards."""
    fake = FakeTelegram(now=KeptClock(folder / "program" / "clock").now)
    with FakeTelegramThread(fake) as telegram, closing(Database(url)) as database:
        office = OfficeDatabase(database)
        office.fill(begins)
        arguments = ("--database", url, "--telegram", fake.base_url)
        with Program(folder / "program", begins, *arguments) as program:
            yield TelegramWorld(telegram, office, program)


@contextmanager
def page_world(folder: Path, url: str, begins: datetime, pictures: Path | None = None) -> Iterator[World]:
    """Yield the world on the local page in Chromium; everything is stopped afterwards."""
    with chromium() as browser, closing(Database(url)) as database:
        office = OfficeDatabase(database)
        office.fill(begins)
        arguments = ("--database", url, "--page", ",".join(EVERYBODY))
        with Program(folder / "program", begins, *arguments) as program:
            page = PageInBrowser(browser, program.address, len(EVERYBODY))
            yield PageWorld(page, office, program, pictures)
