"""The commands that a messenger offers in its menu, in the order of how often they are used."""

from __future__ import annotations

from messages_vi.catalogue import mark

MENU = (
    ("baocao", mark("Report, question by question")),
    ("tiendo", mark("Progress against the plan")),
    ("lichsu", mark("What was reported")),
    ("sua", mark("Correct a figure")),
    ("nhiemvu", mark("Tasks of the plan")),
    ("duyet", mark("Approve figures (office)")),
    ("truyenthong", mark("Send a propaganda item (office)")),
    ("moi", mark("Invite somebody (office)")),
    ("chuabao", mark("Who has not reported (office)")),
    ("chuatham", mark("Who has not joined yet (office)")),
    ("donvi", mark("Units (office)")),
    ("kehoach", mark("The year's plan")),
    ("lienket", mark("Use a second messenger too")),
    ("trogiup", mark("What I can do for you")),
)
