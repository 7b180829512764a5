"""A strict fake of Telegram's Bot API on real HTTP, with people who write, tap, edit and block.

In a test:

    async with FakeTelegram() as telegram:
        lan = telegram.user(1, "Lan")
        await lan.sends("kết nạp 5")        # the bot polls telegram.base_url with telegram.token
        answer = await lan.next_message()
        await lan.taps(answer, "Đúng")

As a process of its own, for benchmarks: `python -m tests.fakes.telegram` (see telegram_process.py).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType

from tests.fakes.telegram_api import APIRequest, BotAPI
from tests.fakes.telegram_http import DROPS, Failure, Server
from tests.fakes.telegram_people import FakeUser, Phones
from tests.fakes.telegram_rules import FloodControl
from tests.fakes.telegram_world import Chat, SentMessage, World

DEFAULT_CREDENTIAL = "70000001:fake-credential-for-tests-only-000"

__all__ = ["DEFAULT_CREDENTIAL", "APIRequest", "Chat", "FakeTelegram", "FakeUser", "SentMessage"]


def _real_now() -> datetime:
    return datetime.now(UTC)


class FakeTelegram:
    """The server and the world behind it. `now` gives the time that messages carry.

    It is strict from the start, except that rates are limited only after `limit_rates`.
    """

    def __init__(self, token: str = DEFAULT_CREDENTIAL, now: Callable[[], datetime] = _real_now) -> None:
        self.token = token
        self._phones = Phones()
        self._world = World(now)
        self._users: dict[int, FakeUser] = {}
        self._api = BotAPI(self._world, self._phones.ring)
        self.server = Server(self._api, self._world, token)

    async def __aenter__(self) -> FakeTelegram:
        await self.server.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.server.close()

    @property
    def address(self) -> str:
        """The server's own address; it serves as an HTTP proxy to itself too."""
        return f"http://{self.server.host}:{self.server.port}"

    @property
    def base_url(self) -> str:
        """What the bot puts its token behind."""
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        """The same for files."""
        return f"{self.address}/file/bot"

    @property
    def requests(self) -> list[APIRequest]:
        """Every call with the right token, oldest first."""
        return self.server.requests

    @property
    def sent(self) -> list[SentMessage]:
        """Everything the bot sent, to whomever, oldest first."""
        return self._world.sent

    @property
    def unconfirmed(self) -> int:
        """How many updates the bot has not confirmed yet."""
        return len(self._world.updates.waiting)

    @property
    def answered_taps(self) -> list[str]:
        """The ids of the taps that the bot has acknowledged."""
        return self._world.answered_taps

    @property
    def commands(self) -> dict[str, str]:
        """The menu of commands as people see it."""
        return {entry["command"]: entry["description"] for entry in self._world.commands}

    def requests_of(self, method: str) -> list[APIRequest]:
        """Return the calls of one method, oldest first."""
        return [request for request in self.requests if request.method.lower() == method.lower()]

    def user(self, user_id: int, name: str = "", *, started: bool = True) -> FakeUser:
        """Return the person with this id, who has `started` the bot unless told otherwise."""
        if user_id not in self._users:
            chat = Chat(user_id, name or f"Người {user_id}", started)
            self._world.chats[user_id] = chat
            self._users[user_id] = FakeUser(chat, self._world, self._phones)
        return self._users[user_id]

    def group(self, chat_id: int, title: str) -> Chat:
        """Return the group with this id (negative), of which the bot is a member."""
        return self._world.chats.setdefault(chat_id, Chat(chat_id, title))

    async def group_migrates(self, old_id: int, new_id: int) -> None:
        """Turn a group into a supergroup: a service message stands in both, and the old id is refused."""
        old, new = self._world.chats[old_id], self.group(new_id, self._world.chats[old_id].name)
        someone = Chat(999, "Quản trị nhóm")
        moved_to = self._world.message_from(someone, old, {"migrate_to_chat_id": new_id})
        moved_from = self._world.message_from(someone, new, {"migrate_from_chat_id": old_id})
        self._world.updates.add("message", moved_to)
        self._world.updates.add("message", moved_from)
        old.migrated_to = new_id

    async def poison_update(self) -> int:
        """Queue an update that no library can read; return its id."""
        return self._world.updates.add("message", {"message_id": "x", "date": "yesterday", "chat": 5})

    async def sends_update(self, kind: str, content: object) -> int:
        """Queue an update of any shape; return its id."""
        return self._world.updates.add(kind, content)

    def fail_next(
        self,
        method: str,
        *,
        status: int = 500,
        description: str = "Internal Server Error",
        retry_after: int = 0,
        html: bool = False,
        drop: str = "",
        times: int = 1,
    ) -> None:
        """Let the next calls of `method` fail; see `Failure`. `retry_after` makes it a 429."""
        assert drop in DROPS, f"drop is one of {DROPS}"
        parameters = {"retry_after": retry_after} if retry_after else {}
        if retry_after:
            status, description = 429, f"Too Many Requests: retry after {retry_after}"
        self.server.fail(method, Failure(status, description, parameters, html, drop), times)

    def limit_rates(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Refuse from now on what comes too fast, measured on `monotonic`."""
        self._api.flood = FloodControl(monotonic)

    def set_webhook(self, url: str) -> None:
        """Let another program have set a webhook, which forbids polling."""
        self._world.updates.webhook_url = url

    def expire_links(self) -> None:
        """Let every link to a file be too old."""
        self._world.links_expired = True

    async def goes_away(self) -> None:
        """Refuse connections until `comes_back`; what people send meanwhile waits."""
        await self.server.close()

    async def comes_back(self) -> None:
        """Listen again on the same address."""
        await self.server.open()


if __name__ == "__main__":
    from tests.fakes.telegram_process import main

    sys.exit(main())
