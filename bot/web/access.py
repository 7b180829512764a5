"""Who may use the local page: this machine's browser, from the page itself, with the key where one is set."""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.web.errors import Handler, Refusal
from bot.web.ports import LocalSite

COOKIE = "tiendo_local"
OPEN_PATH = "/local/open"
_FREE_PATHS = ("/local/open", "/local/static/")


class Doorkeeper:
    """Checks every request below `/local` of one site."""

    def __init__(self, site: LocalSite) -> None:
        self._secret = site.secret
        self._hosts = frozenset(site.hosts)
        self._key_used = False
        self._pass = secrets.token_urlsafe(32)

    def middleware(self) -> Middleware:
        """Return the check as a middleware."""

        @web.middleware
        async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
            if request.path.startswith("/local"):
                self.check(request)
            return await handler(request)

        return check

    def check(self, request: web.Request) -> None:
        """Let the request pass or raise Refusal 403."""
        if _host_name(request.host) not in self._hosts or not _from_here(request):
            raise Refusal(403, "foreign")
        if self._secret and not request.path.startswith(_FREE_PATHS) and not self._has_pass(request):
            raise Refusal(403, "closed")

    async def open(self, request: web.Request) -> web.StreamResponse:
        """Take the key, once, and hand out the pass that this start of the program accepts."""
        answer = web.HTTPSeeOther("/local/")
        if not self._secret or self._has_pass(request):
            raise answer
        if not hmac.compare_digest(request.query.get("key", "").encode(), self._secret.encode()):
            raise Refusal(403, "closed")
        if self._key_used:
            raise Refusal(403, "used_key")
        self._key_used = True
        secure = request.scheme == "https"
        answer.set_cookie(COOKIE, self._pass, path="/local", httponly=True, samesite="Strict", secure=secure)
        raise answer

    def _has_pass(self, request: web.Request) -> bool:
        return hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self._pass.encode())


def _host_name(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()


def _from_here(request: web.Request) -> bool:
    # Browsers tell where a changing request comes from; a page of another site must not post here.
    if request.method in ("GET", "HEAD"):
        return True
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return False
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
