"""Which kind of file somebody handed over, judged by its bytes; the name can only make it worse."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.documents.office_files import office_kind
from domain.errors import InputError
from messages_vi import filing
from messages_vi.catalogue import Marked

MAX_BYTES = 20_000_000
EXTENSIONS = ("jpg", "png", "webp", "heic", "pdf", "docx", "xlsx", "txt", "csv")


@dataclass(frozen=True, slots=True)
class FileKind:
    """What the bytes are: the type to serve them as, and the extension to keep them under."""

    content_type: str
    extension: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
_JPEG = FileKind("image/jpeg", "jpg")
_PNG = FileKind("image/png", "png")
_WEBP = FileKind("image/webp", "webp")
_HEIC = FileKind("image/heic", "heic")
_PDF = FileKind("application/pdf", "pdf")
_TEXT = FileKind("text/plain", "txt")
_CSV = FileKind("text/csv", "csv")
_PACKAGES = {
    "docx": FileKind(_OFFICE + "wordprocessingml.document", "docx"),
    "xlsx": FileKind(_OFFICE + "spreadsheetml.sheet", "xlsx"),
}
# Brands of the ISO media box that phones write for still pictures.
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
_REFUSED = frozenset({"file-too-large", "unsafe-file", "unknown-file", "unreadable-file"})
_ZIP = b"PK\x03\x04"
_UNSAFE_STARTS = (
    b"MZ",  # Windows program
    b"\x7fELF",
    b"\xfe\xed\xfa",  # macOS program, both word orders below
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # macOS or Java
    b"#!",
    b"%!PS",
    b"L\x00\x00\x00\x01\x14\x02\x00",  # Windows shortcut
    b"PK\x05\x06",  # empty archive
    b"PK\x07\x08",  # archive in pieces
    b"Rar!",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",  # gzip
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",  # zstandard
    b"MSCF",
)
_TAR = (257, b"ustar")
_ACTIVE_TEXT = re.compile(
    r"<\s*(!doctype|\?xml|\?php|%@|html|head|body|svg|script|iframe|object|embed|meta|form)\b", re.IGNORECASE
)
_UNSAFE_NAME = re.compile(
    "7z|ade|apk|app|appx|bat|bz2|cab|chm|cmd|com|cpl|dll|dmg|docm|dotm|exe|gz|hta|html?|img|iso|jar|jse?|lnk|"
    "mhtml?|mht|mjs|msix?|msp|php|pif|pl|potm|pp[at]m|pptm|ps1|py|rar|rb|reg|scf|scr|sh|shtml|svgz?|swf|"
    "tar|tgz|url|vb[es]?|ws[fh]|xhtml|xla|xlam|xll|xls[bm]|xltm|xml|xz|zip"
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def inspect(name: str, content: bytes, max_bytes: int = MAX_BYTES) -> FileKind:
    """Return the kind of a photo or file.

    Raises: InputError file-too-large, unsafe-file (programs, archives, macros, pages, scripts) or
    unknown-file; `name` is among its values.
    """
    if len(content) > max_bytes:
        raise InputError("file-too-large", name=name, limit=max_bytes)
    if _UNSAFE_NAME.fullmatch(_extension(name)) or _is_unsafe(content):
        raise InputError("unsafe-file", name=name)
    kind = _picture_or_pdf(content) or _package(name, content) or _text(name, content)
    if kind is None:
        raise InputError("unknown-file", name=name)
    return kind


def decode_text(content: bytes) -> str | None:
    """Return the composed text of a file in UTF-8, UTF-16 or the old code page; None for other bytes."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        return unicodedata.normalize("NFC", text) if _is_readable(text) else None
    return None


def refusal(error: InputError) -> Marked | None:
    """Return what to say to whoever sent a file that was refused, or None for another error."""
    if error.code not in _REFUSED:
        return None
    limit = error.values.get("limit")
    name = str(error.values.get("name", ""))
    return filing.refusal(name, error.code, limit if isinstance(limit, int) else None)


def _extension(name: str) -> str:
    # Windows ignores dots and spaces at the end of a name, and so opens "a.exe. " as a program.
    return PurePosixPath(name.rstrip(". ").replace("\\", "/")).suffix[1:].lower()


def _is_unsafe(content: bytes) -> bool:
    offset, mark = _TAR
    return content.startswith(_UNSAFE_STARTS) or content[offset : offset + len(mark)] == mark


def _picture_or_pdf(content: bytes) -> FileKind | None:
    if content.startswith(b"\xff\xd8\xff"):
        return _JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return _HEIC
    return _PDF if content.startswith(b"%PDF-") else None


def _package(name: str, content: bytes) -> FileKind | None:
    if not content.startswith(_ZIP):
        return None
    kind = office_kind(name, content)
    if kind is None:
        raise InputError("unsafe-file", name=name)
    return _PACKAGES[kind]


def _text(name: str, content: bytes) -> FileKind | None:
    text = decode_text(content)
    if text is None or not text.strip() or text.startswith("{\\rtf"):
        return None
    if _ACTIVE_TEXT.search(text) or text.lstrip().startswith("#!"):
        raise InputError("unsafe-file", name=name)
    return _CSV if _extension(name) in ("csv", "tsv") else _TEXT


def _encodings(content: bytes) -> tuple[str, ...]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return (encoding,)
    # Latin letters in UTF-16 have a zero in every second byte.
    if b"\0" in content[:1000]:
        return ("utf-16-le",) if content[1:2] == b"\0" else ("utf-16-be",)
    return ("utf-8", "cp1258")


def _is_readable(text: str) -> bool:
    return not re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]", text)
