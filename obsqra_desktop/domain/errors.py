"""The one tree of errors that reach a person.

Every error carries a stable code for programs, a title and a detail for people, a hint that
says what to do next (may be empty), and whether trying again unchanged can help.
"""

from typing import ClassVar


class AppError(Exception):
    """Base of all expected errors.

    `detail` is one sentence about this very case; `hint` says what the person can do.
    `str()` is one line, fit for a terminal or a log.
    """

    code: ClassVar[str] = "error"
    title: ClassVar[str] = "Something went wrong"
    retryable: ClassVar[bool] = False

    def __init__(self, detail: str, *, hint: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.hint = hint

    def __str__(self) -> str:
        parts = (f"{self.title}: {self.detail}" if self.detail else self.title, self.hint)
        return " ".join(" — ".join(part for part in parts if part).split())


class InvalidInput(AppError):  # noqa: N818 - the name says what happened
    """A file, an argument or a value breaks the documented form or range.

    `where` names the place, for instance `pools.0.metrics.age_days`; empty when unknown.
    """

    code = "invalid_input"
    title = "Invalid input"

    def __init__(self, detail: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(f"{where}: {detail}" if where else detail, hint=hint)
        self.where, self.plain = where, detail


class InfeasiblePolicy(AppError):  # noqa: N818 - the name says what happened
    """No allocation obeys the policy; the detail names the reasons with their numbers."""

    code = "infeasible"
    title = "No allocation fits this policy"


class ProofRejected(AppError):  # noqa: N818 - the name says what happened
    """A verifier looked at the proof and did not accept it; `reason` is its own word."""

    code = "proof_rejected"
    title = "The proof was rejected"

    def __init__(self, reason: str, *, hint: str = "") -> None:
        super().__init__(reason, hint=hint)
        self.reason = reason


class ProvingFailed(AppError):  # noqa: N818 - the name says what happened
    """The prover could not make a proof of this statement."""

    code = "proving_failed"
    title = "The proof could not be made"


class NotFound(AppError):  # noqa: N818 - the name says what happened
    """Nothing is known under this name or id."""

    code = "not_found"
    title = "Not found"


class StorageError(AppError):
    """Reading from or writing to this computer's folders failed."""

    code = "storage"
    title = "The folder could not be used"


class StorageBusy(StorageError):  # noqa: N818 - the name says what happened
    """Another process holds the lock of the folder."""

    code = "storage_busy"
    title = "The folder is in use"
    retryable = True


class Cancelled(AppError):  # noqa: N818 - the name says what happened
    """The person stopped the work; nothing is wrong."""

    code = "cancelled"
    title = "Cancelled"
    retryable = True


class Unexpected(AppError):  # noqa: N818 - the name says what happened
    """Nobody foresaw it: a defect of this program."""

    code = "unexpected"
    title = "Unexpected"


class ToolMissing(AppError):  # noqa: N818 - the name says what happened
    """A part of the program or of the system is not installed; the hint has the remedy."""

    code = "tool_missing"
    title = "Something needed is not installed"
