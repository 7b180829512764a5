"""How the server refuses: a code and a Vietnamese sentence, as JSON for the page and as a page for people."""

from __future__ import annotations

import html
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.web.wording import refusal
from domain.errors import ChannelError, StorageError

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_CODES = {403: "closed", 404: "not_found", 405: "wrong_method", 413: "too_large", 415: "wrong_type"}


class Refusal(Exception):
    """A request that is not served; `code` names the sentence in `wording`."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code


@web.middleware
async def say_refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every failure into an answer with a sentence for people."""
    try:
        return await handler(request)
    except Refusal as error:
        return _answer(request, error.status, error.code)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        code = _CODES.get(error.status, "bad_form" if error.status < 500 else "broken")
        allowed = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
        return _answer(request, error.status, code, allowed)
    except (StorageError, ChannelError) as error:
        log.warning("%s %s: %s", request.method, request.path, type(error).__name__)
        return _answer(request, 503, "unavailable")
    except ConnectionError:
        raise
    except Exception:  # The server must go on; the log has the reason.
        log.exception("%s %s failed", request.method, request.path)
        return _answer(request, 500, "broken")


def _answer(
    request: web.Request, status: int, code: str, headers: dict[str, str] | None = None
) -> web.Response:
    sentence = refusal(code)
    if request.path.startswith("/local/api/") or "text/html" not in request.headers.get("Accept", ""):
        return web.json_response({"error": code, "message": sentence}, status=status, headers=headers)
    body = (
        '<!doctype html><html lang="vi"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<link rel="stylesheet" href="/local/static/app.css">'
        '<link rel="icon" href="/local/static/icon.svg" type="image/svg+xml">'
        f'<title>{status}</title><main class="refusal"><p>{html.escape(sentence)}</p></main></html>'
    )
    return web.Response(text=body, content_type="text/html", status=status, headers=headers)
