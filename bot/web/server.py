"""The one HTTP server: health, and the local phones where they are on."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.web.access import OPEN_PATH, Doorkeeper
from bot.web.errors import say_refusals
from bot.web.health import add_health
from bot.web.local import LocalPages
from bot.web.page import PAGE_POLICY
from bot.web.ports import LocalSite, Site
from bot.web.wording import MAX_MEGABYTES
from domain.errors import InputError

_MAX_BODY = MAX_MEGABYTES * 1024 * 1024
_SHUTDOWN_SECS = 3.0
_HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def build_app(site: Site) -> web.Application:
    """Return the application of `site`, not yet listening."""
    app = web.Application(client_max_size=_MAX_BODY, middlewares=[say_refusals])
    app.on_response_prepare.append(_add_headers)
    add_health(app, site.health)
    if site.local is not None:
        _add_local(app, site.local)
    return app


def _add_local(app: web.Application, site: LocalSite) -> None:
    doorkeeper = Doorkeeper(site)
    app.middlewares.append(doorkeeper.middleware())
    app.router.add_get(OPEN_PATH, doorkeeper.open, allow_head=False)
    LocalPages(site).add_to(app)


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


class WebServer:
    """Listens on one address from `start` to `stop`."""

    def __init__(self, app: web.Application, host: str = "127.0.0.1", port: int = 0) -> None:
        self._app = app
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen. Raises InputError "cannot_listen" when the address is taken or not ours."""
        # No access log: the one-time key stands in an address.
        runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=_SHUTDOWN_SECS)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError as error:
            await runner.cleanup()
            raise InputError(
                "cannot_listen", host=self._host, port=self._port, reason=error.strerror
            ) from error
        self._runner = runner

    async def stop(self) -> None:
        """End open streams, let requests finish, close. Safe to call twice."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    @property
    def address(self) -> str:
        """Return the address as a browser takes it: http://127.0.0.1:8080."""
        return f"http://{self._shown_host()}:{self._bound_port()}"

    def _shown_host(self) -> str:
        return f"[{self._host}]" if ":" in self._host else self._host

    def _bound_port(self) -> int:
        addresses: list[Any] = self._runner.addresses if self._runner is not None else []
        return int(addresses[0][1]) if addresses else self._port
