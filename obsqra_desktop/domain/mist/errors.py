"""What can stand between a person and their money in MIST: refusals before anything is signed."""

from obsqra_desktop.domain.errors import AppError, InvalidInput


class UnsafeSpend(AppError):  # noqa: N818 - the name says what happened
    """The step would lose money or could never be undone; nothing was signed or sent."""

    code = "mist_unsafe"
    title = "This would lose money"


class StaleRoot(AppError):  # noqa: N818 - the name says what happened
    """The tree has grown or the leaves do not give the contract's root; prove again."""

    code = "mist_stale_root"
    title = "The pool has changed"
    retryable = True


class PoolChanged(AppError):  # noqa: N818 - the name says what happened
    """The contract on chain is not the one that this program knows."""

    code = "mist_pool_changed"
    title = "The pool's contract has changed"


class NoteMissing(AppError):  # noqa: N818 - the name says what happened
    """The note's leaf is not among the pool's leaves."""

    code = "mist_note_missing"
    title = "The note is not in the pool"


class CountersFar(InvalidInput):
    """A backup counts far more keys or accounts than anything bears out; nothing was restored."""

    code = "mist_counters"
    title = "This backup counts too far"


class KeyDataDamaged(AppError):  # noqa: N818 - the name says what happened
    """The shipped key data is not what it should be; nothing can be proved with it."""

    code = "mist_key_data"
    title = "The key data is damaged"


class ForeignRequest(InvalidInput):
    """A payment request whose checksum is not that of this network's pool."""

    code = "mist_foreign_request"
    title = "This request is not for this network"
