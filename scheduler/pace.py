"""How fast one account may send: a bucket for the account, a gap for each chat. Monotonic seconds only."""

from __future__ import annotations

from domain.ports import ChannelLimits


class Pace:
    """Tells how long to wait before the next message to a chat may leave."""

    def __init__(self, limits: ChannelLimits) -> None:
        self._gap = 1.0 / limits.per_second
        self._chat_gap = 1.0 / limits.per_chat_per_second
        self._next_at = 0.0
        self._chat_next_at: dict[str, float] = {}

    def take(self, chat_id: str, now_secs: float) -> float:
        """Reserve the next place for `chat_id` and return the seconds to wait until it comes."""
        at = max(now_secs, self._next_at, self._chat_next_at.get(chat_id, 0.0))
        self._next_at = at + self._gap
        self._chat_next_at[chat_id] = at + self._chat_gap
        if len(self._chat_next_at) > 1000:
            self._forget(now_secs)
        return at - now_secs

    def hold(self, secs: float, now_secs: float) -> None:
        """Let nothing leave this account for `secs`: the platform asked for it."""
        self._next_at = max(self._next_at, now_secs + secs)

    def _forget(self, now_secs: float) -> None:
        self._chat_next_at = {chat: at for chat, at in self._chat_next_at.items() if at > now_secs}
