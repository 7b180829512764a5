"""What to tell a person whose file could not be read as a plan."""

from __future__ import annotations

from domain.errors import InputError
from messages_vi.address import UNKNOWN, capital
from messages_vi.catalogue import Marked, _, mark

_WORDS = {
    "file-too-large": mark("The file {name} is too large; {You} makes it smaller."),
    "unknown-file": mark("The file {name} is of a kind that is not read; {You} saves it as another."),
    "unsafe-file": mark("The file {name} holds macros or unpacks too large; {You} saves it without."),
    "unreadable-file": mark("The file {name} is damaged or locked; {You} saves it anew."),
    "no-text": mark("The pages of {name} are pictures without text; {You} sends one with text."),
    "not-a-plan": mark("No target and no task was found in {name}; {You} looks whether it is a plan."),
    "no-year": mark("Nothing in {name} says which year the plan is for; {You} adds it."),
    "toml-fault": mark("{name}, line {line}: {reason}"),
}


def explain(error: InputError, you: str = UNKNOWN) -> Marked:
    """Return a Vietnamese sentence for an error of `read_plan`: what is wrong and what `you` can do.

    Raises: KeyError for a code that `read_plan` does not raise.
    """
    values = {**error.values, "You": capital(you)}
    if error.values.get("kind"):
        return _("The file {name} is a {kind}, not a plan; {You} sends a plan.", **values)
    return _(_WORDS[error.code], **values)
