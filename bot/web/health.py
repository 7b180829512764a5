"""`/healthz`: whether the program works, for those who watch over it."""

from __future__ import annotations

from aiohttp import web

from bot.web.ports import Health


def add_health(app: web.Application, health: Health) -> None:
    """Serve `/healthz`: 200 when all is well, 503 with the codes of what is not."""

    async def healthz(request: web.Request) -> web.Response:
        faults = list(await health())
        status = "failing" if faults else "ok"
        return web.json_response({"status": status, "faults": faults}, status=503 if faults else 200)

    app.router.add_get("/healthz", healthz)
