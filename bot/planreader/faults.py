"""What to tell a person whose file could not be read as a plan."""

from __future__ import annotations

from domain.errors import InputError
from messages_vi.catalogue import Marked, _, mark

_WORDS = {
    "file-too-large": mark("The file {name} is too large."),
    "unknown-file": mark("The file {name} is of a kind that is not read."),
    "unsafe-file": mark("The file {name} holds macros or unpacks too large."),
    "unreadable-file": mark("The file {name} is damaged or locked."),
    "no-text": mark("The pages of {name} are pictures without text."),
    "not-a-plan": mark("No target and no task was found in {name}."),
    "no-year": mark("Nothing in {name} says which year the plan is for."),
    "toml-fault": mark("{name}, line {line}: {reason}"),
}


def explain(error: InputError) -> Marked:
    """Return a Vietnamese sentence for an error of `read_plan`: what is wrong and what to do.

    Raises: KeyError for a code that `read_plan` does not raise.
    """
    if error.values.get("kind"):
        return _("The file {name} is a {kind}, not a plan.", **error.values)
    return _(_WORDS[error.code], **error.values)
