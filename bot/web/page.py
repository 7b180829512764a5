"""The page's own files, read once from the package; the template gets its words from the catalogue."""

from __future__ import annotations

import html
import json
from functools import cache
from importlib.resources import files
from string import Template

from bot.web.wording import MAX_FILES, MAX_MEGABYTES, page_words, refusal, script_words

STATIC_TYPES = {
    "app.css": "text/css",
    "app.js": "text/javascript",
    "phone.js": "text/javascript",
    "bubble.js": "text/javascript",
    "link.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


@cache
def static_file(name: str) -> str:
    """Return the text of one of the page's files."""
    return (files("bot.web") / "static" / name).read_text(encoding="utf-8")


def page(*, demo: bool) -> str:
    """Return the page with every word filled in."""
    words = {name: html.escape(word) for name, word in page_words(demo=demo).items()}
    settings = {
        "words": script_words(),
        "maxFiles": MAX_FILES,
        "maxBytes": MAX_MEGABYTES * 1024 * 1024,
        "tooMany": refusal("too_many_files"),
        "tooLarge": refusal("too_large"),
    }
    return Template(static_file("index.html")).substitute(words, settings=_in_script(settings))


def _in_script(value: object) -> str:
    # No "<" survives, so that no text can end the script element.
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
