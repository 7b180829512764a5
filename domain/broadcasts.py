"""What became of a broadcast: who had it, and who did not, told apart by the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.messages import OutboxState


class Missed(StrEnum):
    """Why a person of the audience has not had a broadcast (lý do chưa nhận)."""

    UNREACHABLE = "unreachable"  # no chat to write to when it was approved
    FAILED = "failed"  # the messenger refused it, or the chat is gone
    EXPIRED = "expired"  # it could not be sent while it was of use
    UNKNOWN = "unknown"  # in flight when the program stopped, and not sent twice
    CANCELLED = "cancelled"  # staff took it back in time


MISSED_BY_STATE: Mapping[OutboxState, Missed] = {
    OutboxState.FAILED: Missed.FAILED,
    OutboxState.EXPIRED: Missed.EXPIRED,
    OutboxState.UNKNOWN: Missed.UNKNOWN,
    OutboxState.CANCELLED: Missed.CANCELLED,
}
WAITING_STATES = (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.RETRY)


@dataclass(frozen=True, slots=True)
class MissedBy:
    """How many people missed a broadcast for one reason; `who` names the first few, with their units."""

    why: Missed
    count: int
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BroadcastResult:
    """The result of a broadcast (kết quả gửi tin): people who have it, who wait for it, who missed it."""

    received: int
    waiting: int
    missed: tuple[MissedBy, ...]


def result_of(
    counts: Mapping[OutboxState, int], unreachable: int, who: Mapping[Missed, tuple[str, ...]]
) -> BroadcastResult:
    """Return the result from the messages' states and the people who could not be written to.

    Reasons that concern nobody are left out; the others come in the order of `Missed`.
    Source: DESIGN.md section 5.
    """
    missed = {why: counts.get(state, 0) for state, why in MISSED_BY_STATE.items()}
    missed[Missed.UNREACHABLE] = unreachable
    return BroadcastResult(
        counts.get(OutboxState.SENT, 0),
        sum(counts.get(state, 0) for state in WAITING_STATES),
        tuple(MissedBy(why, missed[why], who.get(why, ())) for why in Missed if missed[why]),
    )
