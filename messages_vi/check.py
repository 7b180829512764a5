"""Hold the catalogue against the code: `python -m messages_vi.check` prints what is wrong, or nothing.

Every key used has a translation, no translation is left over, each key stands in one file only, and both
sides have the same placeholders.
"""

from __future__ import annotations

import ast
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from messages_vi.catalogue import FOLDER
from messages_vi.formats import read_messages

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "scheduler", "messages_vi")
_MARKERS = ("_", "mark")


def keys_in_code(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Yield (place, key) for each literal handed to `_` or `mark`; place is "file:line"."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                key = _key_of(node)
                if key is not None:
                    yield f"{path.relative_to(root)}:{getattr(node, 'lineno', 0)}", key


def problems(folder: Path = FOLDER, root: Path = ROOT) -> list[str]:
    """Return one line for each fault of the catalogue, in file order; empty when it is sound."""
    found: list[str] = []
    translated: dict[str, str] = {}
    for file, key, text in read_messages(folder):
        if key in translated:
            found.append(f"{file}: stands twice: {key!r}")
        translated[key] = text
        if not text:
            found.append(f"{file}: no translation: {key!r}")
        elif _placeholders(key) != _placeholders(text):
            found.append(f"{file}: other placeholders: {key!r}")
    used = {key: place for place, key in keys_in_code(root)}
    found += [
        f"{place}: not in the catalogue: {key!r}" for key, place in used.items() if key not in translated
    ]
    found += [f"not used any more: {key!r}" for key in translated if key not in used]
    return found


def main() -> int:
    """Print the faults; exit code 1 when there are any."""
    faults = problems()
    for fault in faults:
        sys.stderr.write(fault + "\n")
    return 1 if faults else 0


def _key_of(node: ast.AST) -> str | None:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKERS):
        return None
    first = node.args[0] if node.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


if __name__ == "__main__":
    sys.exit(main())
