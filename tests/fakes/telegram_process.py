"""The fake Telegram outside the test's event loop: in a thread, or as a process of its own.

    python -m tests.fakes.telegram [--limit-rates]

prints one line of JSON, {"base_url", "base_file_url", "token", "control"}, and serves until its standard
input ends. Below "control" people are moved by POST with JSON; answers are JSON:

    /sends     {"user": 1, "text": "...", "times": 1}       -> {"message_ids": [...]}
    /taps      {"user": 1, "message_id": 7, "choice": "Đúng"} -> {"tap": "..."}
    /fail      {"method": "sendMessage", "drop": "after accept", ...} -> {}
    /sent      {"after": 0}     -> {"messages": [{"chat_id", "message_id", "text", "labels"}], "total": n}
    /state     {}               -> {"unconfirmed": n, "requests": {"getupdates": n, ...}}
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from types import TracebackType
from typing import Any, TypeVar

from aiohttp import web

from tests.fakes.telegram import FakeTelegram

_T = TypeVar("_T")


class FakeTelegramThread:
    """The fake with an event loop of its own, for synchronous tests; `run` does things in that loop."""

    def __init__(self, fake: FakeTelegram | None = None) -> None:
        self.fake = fake or FakeTelegram()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fake Telegram", daemon=True)

    def __enter__(self) -> FakeTelegramThread:
        self._thread.start()
        self.run(self.fake.__aenter__())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.run(self.fake.__aexit__(None, None, None))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, _T], timeout_secs: float = 30) -> _T:
        """Return what `work`, such as `fake.user(1).sends("...")`, returns in the fake's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout_secs)


def control_routes(fake: FakeTelegram) -> list[web.AbstractRouteDef]:
    """Return the routes by which another process moves people."""

    async def sends(given: dict[str, Any]) -> object:
        user = fake.user(given["user"], given.get("name", ""))
        times = given.get("times", 1)
        return {"message_ids": [await user.sends(given["text"]) for _ in range(times)]}

    async def taps(given: dict[str, Any]) -> object:
        message = next(m for m in fake.sent if m.message_id == given["message_id"])
        return {"tap": await fake.user(given["user"]).taps(message, given["choice"])}

    async def fail(given: dict[str, Any]) -> object:
        fake.fail_next(**given)
        return {}

    async def sent(given: dict[str, Any]) -> object:
        shown = [
            {"chat_id": m.chat_id, "message_id": m.message_id, "text": m.text, "labels": m.labels}
            for m in fake.sent[given.get("after", 0) :]
        ]
        return {"messages": shown, "total": len(fake.sent)}

    async def state(_: dict[str, Any]) -> object:
        counts = Counter(request.method.lower() for request in fake.requests)
        return {"unconfirmed": fake.unconfirmed, "requests": dict(counts)}

    actions = {"sends": sends, "taps": taps, "fail": fail, "sent": sent, "state": state}
    return [_route(name, do) for name, do in actions.items()]


def _route(name: str, do: Callable[[dict[str, Any]], Awaitable[object]]) -> web.RouteDef:
    async def handle(request: web.Request) -> web.Response:
        return web.json_response(await do(await request.json()))

    return web.post(f"/control/{name}", handle)


def main() -> int:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.telegram")
    parser.add_argument("--limit-rates", action="store_true", help="answer 429 to what comes too fast")
    asyncio.run(_serve(parser.parse_args().limit_rates))
    return 0


async def _serve(limit_rates: bool) -> None:
    fake = FakeTelegram()
    fake.server.control = control_routes(fake)
    if limit_rates:
        fake.limit_rates()
    async with fake:
        addresses = {"base_url": fake.base_url, "base_file_url": fake.base_file_url, "token": fake.token}
        sys.stdout.write(json.dumps({**addresses, "control": f"{fake.address}/control"}) + "\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)
