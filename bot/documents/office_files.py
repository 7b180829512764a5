"""What is inside a zip file that may be a Word or Excel document, before any library opens it."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from domain.errors import InputError

MAX_UNPACKED_BYTES = 100_000_000
_MAX_PARTS = 5_000
_MAX_TYPES_BYTES = 1_000_000
_TYPES = "[Content_Types].xml"
_MACROS = re.compile(r"vbaproject\.bin$|(^|/)macrosheets/|(^|/)activex/|\.(exe|dll|js|vbs|bat|ps1)$")
_KINDS = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
}


def office_kind(name: str, content: bytes, max_unpacked: int = MAX_UNPACKED_BYTES) -> str | None:
    """Return "docx" or "xlsx", or None for a zip file that is neither.

    Sizes are those the file declares; zipfile never unpacks more of a part than that.
    Raises: InputError unsafe-file for macros and programs, file-too-large for a file that swells beyond
    `max_unpacked` when unpacked, unreadable-file for a damaged or encrypted one.
    """
    try:
        with ZipFile(BytesIO(content)) as package:
            _check_parts(name, package, max_unpacked)
            types = package.read(_TYPES) if _TYPES in package.namelist() else b""
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError) as error:
        raise InputError("unreadable-file", name=name) from error
    if b"macroenabled" in types.lower():
        raise InputError("unsafe-file", name=name)
    return next((kind for main, kind in _KINDS.items() if main in types), None)


def _check_parts(name: str, package: ZipFile, max_unpacked: int) -> None:
    parts = package.infolist()
    types_bytes = sum(part.file_size for part in parts if part.filename == _TYPES)
    if (
        len(parts) > _MAX_PARTS
        or sum(part.file_size for part in parts) > max_unpacked
        or types_bytes > _MAX_TYPES_BYTES
    ):
        raise InputError("file-too-large", name=name)
    if any(_MACROS.search(part.filename.lower()) for part in parts):
        raise InputError("unsafe-file", name=name)
    if any(part.flag_bits & 1 for part in parts):
        raise InputError("unreadable-file", name=name)
