"""The fake Telegram's door: real HTTP on this machine, and every way in which a network goes wrong."""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.telegram_api import APIRequest, BotAPI, Upload
from tests.fakes.telegram_rules import Refused
from tests.fakes.telegram_world import World

_TOKEN_FORM = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
_PAGE = "<html><body><h1>{status}</h1>nginx</body></html>"
DROPS = ("", "before accept", "after accept", "stall after accept")


@dataclass(frozen=True)
class Failure:
    """What goes wrong with one request.

    `drop` closes the connection without an answer, before or after the request took effect; "stall after
    accept" lets it take effect and then says nothing. Otherwise `status` is answered, as `html` or as JSON.
    """

    status: int = 500
    description: str = "Internal Server Error"
    parameters: Mapping[str, int] = field(default_factory=dict)
    html: bool = False
    drop: str = ""


class Server:
    """Serves the Bot API below /bot<token>/ and files below /file/bot<token>/."""

    def __init__(self, api: BotAPI, world: World, token: str) -> None:
        self.requests: list[APIRequest] = []
        self.control: list[web.AbstractRouteDef] = []
        self.host = "127.0.0.1"
        self.port = 0
        self._api = api
        self._world = world
        self._token = token
        self._failures: dict[str, deque[Failure]] = {}
        self._runner: web.AppRunner | None = None
        self._closing = asyncio.Event()

    def fail(self, method: str, failure: Failure, times: int) -> None:
        """Let the next calls of `method` fail."""
        self._failures.setdefault(method.lower(), deque()).extend([failure] * times)

    async def open(self) -> None:
        """Listen; the first time on a free port, later on the same one."""
        self._closing = asyncio.Event()
        app = web.Application(client_max_size=60 * 2**20)
        app.add_routes(self.control)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, self.host, self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Stop listening and end every connection; waiting polls end without updates."""
        self._closing.set()
        self._world.updates.wake()
        if self._runner:
            await self._runner.cleanup()
        self._runner = None

    async def _call(self, request: web.Request) -> web.StreamResponse:
        call = await _read(request)
        try:
            self._check_token(request.match_info["token"])
            self.requests.append(call)
            failures = self._failures.get(call.method.lower())
            if failures:
                return await self._fail(request, call, failures.popleft())
            return _json(200, {"ok": True, "result": await self._api.answer(call)})
        except Refused as refusal:
            return _refusal(refusal)

    async def _fail(self, request: web.Request, call: APIRequest, failure: Failure) -> web.StreamResponse:
        if failure.drop.endswith("after accept"):
            await self._api.answer(call)
        if failure.drop == "stall after accept":
            await self._closing.wait()
        if failure.drop:
            if request.transport:
                request.transport.abort()
            return web.Response()
        if failure.html:
            page = _PAGE.format(status=failure.status)
            return web.Response(status=failure.status, text=page, content_type="text/html")
        return _refusal(Refused(failure.status, failure.description, **failure.parameters))

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
        except Refused as refusal:
            return _refusal(refusal)
        path = request.match_info["path"]
        found = next((file for file in self._world.files.values() if file.path == path), None)
        if found is None or self._world.links_expired:
            return _refusal(Refused(404, "Not Found"))
        return web.Response(body=found.content, content_type="application/octet-stream")

    def _check_token(self, token: str) -> None:
        """A malformed token makes an unknown address; a well-formed wrong one is unauthorised."""
        if not _TOKEN_FORM.fullmatch(token):
            raise Refused(404, "Not Found")
        if token != self._token:
            raise Refused(401, "Unauthorized")


async def _read(request: web.Request) -> APIRequest:
    """Read the parameters from wherever the Bot API allows them: address, form, multipart or JSON."""
    params: dict[str, str] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        for name, value in (await request.json()).items():
            params[name] = value if isinstance(value, str) else json.dumps(value)
    elif request.can_read_body:
        for name, given in (await request.post()).items():
            if isinstance(given, web.FileField):
                files[name] = Upload(given.filename, given.content_type, given.file.read())
            else:
                params[name] = str(given)
    return APIRequest(request.match_info["method"], params, files)


def _refusal(refused: Refused) -> web.Response:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": refused.status,
        "description": refused.description,
    }
    if refused.parameters:
        body["parameters"] = refused.parameters
    return _json(refused.status, body)


def _json(status: int, body: dict[str, Any]) -> web.Response:
    return web.Response(status=status, text=json.dumps(body), content_type="application/json")
