"""Everything that can go wrong and that somebody handles.

TiendoError
  x InputError              what a person handed over cannot be used; carries a code and its values
  x NotAllowed              the permission table says no
  x NotFound                a record that was named does not exist
  x StorageError            the database refused or is unreachable
    . DatabaseTooNew        it was written by a newer version of this program
  x ChannelError
    . RecipientGone         blocked, deactivated or never there: do not try again
    . AddressChanged        the chat lives at `new_address` now
    . RateLimited           wait `retry_after_secs`; `whole_account` tells whose limit it is
    . BudgetSpent           the account's monthly allowance is used up
    . Unavailable           not sent; try later
    . Uncertain             may have arrived; nobody can tell
    . Rejected              the platform refuses what we sent: our mistake
    . BadCredential         the token is wrong: this account stops, the program goes on
    . UnparsableUpdate      an incoming update is not what the platform documents

No text for people lives here: conversations and commands choose the words.
"""

from __future__ import annotations


class TiendoError(Exception):
    """Base of every error that this program raises on purpose."""


class InputError(TiendoError):
    """Something handed over by a person cannot be used.

    `code` names the case in English; `values` are its particulars, such as a row number or a file name.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class NotAllowed(TiendoError):
    """The person has no role that may do this."""


class NotFound(TiendoError):
    """A record that was named does not exist (any more)."""


class StorageError(TiendoError):
    """The database refused, is damaged or cannot be reached."""


class DatabaseTooNew(StorageError):
    """The database carries a schema that this version does not know."""


class ChannelError(TiendoError):
    """A messenger did not take a message, or sent something odd."""


class RecipientGone(ChannelError):
    """The person blocked the bot, left, or never existed; permanent."""


class AddressChanged(ChannelError):
    """The chat moved; the same message may be sent to `new_address`."""

    def __init__(self, new_address: str) -> None:
        super().__init__(new_address)
        self.new_address = new_address


class RateLimited(ChannelError):
    """The platform asks to wait `retry_after_secs` before the next message."""

    def __init__(self, retry_after_secs: float, *, whole_account: bool = False) -> None:
        super().__init__(retry_after_secs)
        self.retry_after_secs = retry_after_secs
        self.whole_account = whole_account


class BudgetSpent(ChannelError):
    """The account's allowance for the month is used up."""


class Unavailable(ChannelError):
    """The message was certainly not sent; try again later."""


class Uncertain(ChannelError):
    """The message may have arrived: the answer was lost on the way."""


class Rejected(ChannelError):
    """The platform refuses this very message; sending it again is useless."""


class BadCredential(ChannelError):
    """The platform does not know our token."""


class UnparsableUpdate(ChannelError):
    """An incoming update is not what the platform documents."""
