"""What the market services need from a node and from this computer. Adapters fit by shape."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from obsqra_desktop.domain.market.audit_registry import AuditRegistry
from obsqra_desktop.domain.market.deployments import Deployments
from obsqra_desktop.domain.market.derivation import MarketSnapshot
from obsqra_desktop.domain.market.kept import History, KeptMarket, MarketRow
from obsqra_desktop.domain.market.questions import BlockHeader, Question, Reply
from obsqra_desktop.domain.network import Network


class ChainReader(Protocol):
    """One node for the time of one snapshot. Everything it says is a raw reply."""

    @property
    def node(self) -> str:
        """Label of the node, fit to be shown."""
        ...

    @property
    def round_trips(self) -> int:
        """HTTP requests so far."""
        ...

    @property
    def room(self) -> int:
        """Questions that fit in one request."""
        ...

    async def head(self) -> BlockHeader:
        """The newest accepted block: the only thing that is asked without a number, and no part of
        the evidence; the engine asks for `header(number)` again."""
        ...

    async def ask(self, questions: Sequence[Question]) -> tuple[Reply, ...]:
        """Replies in the order of the questions, in few round trips.

        Errors about the chain (questions.ANSWER_CODES) are replies. Everything else raises:
        NodeUnreachable, NodeBusy, NodeAnswerInvalid, NodeRefused.
        """
        ...


class MarketChain(Protocol):
    """Opens readers."""

    def open(
        self, network: Network, purpose: str, other_than: str | None = None
    ) -> AbstractAsyncContextManager[ChainReader]:
        """A reader on the first node that passes preflight, leaving out the one of that label;
        raises what Chain.open does."""
        ...


class VenueFiles(Protocol):
    """Where the venues of a network are, and what is known of their audits."""

    def venues(self, network: Network) -> Deployments:
        """The user's file, else the shipped one; raises NotFound, InvalidInput, StorageError."""
        ...

    def audits(self) -> AuditRegistry:
        """The shipped registry; raises NotFound."""
        ...


class MarketStore(Protocol):
    """Kept snapshots, their replies, own samples and overrides. All calls block."""

    def save(self, market: MarketSnapshot, replies: Iterable[Reply]) -> None:
        """Durable before this returns; raises StorageError, InvalidInput if the replies are not
        those of the digest."""
        ...

    def listing(self, network: str | None = None, limit: int = 1000) -> tuple[MarketRow, ...]:
        """Newest first."""
        ...

    def history(self, network: str, newest: int | None = None) -> History:
        """Points for plots by pool id, oldest first; of the newest so many snapshots."""
        ...

    def find(self, prefix: str) -> KeptMarket:
        """By the beginning of its id; raises NotFound, StorageError if a byte was changed."""
        ...

    def delete(self, snapshot_id: str) -> None:
        """Forget one."""
        ...

    def prune(self, keep_days: int, now: int) -> int:
        """Forget those that are older; how many. The newest of each network stays."""
        ...

    def remember(self, chain: str, block_hash: int, replies: Iterable[Reply]) -> None:
        """Keep replies of past blocks for light mode and for ages, which never change."""
        ...

    def remembered(self, chain: str, starting: str) -> tuple[str, ...]:
        """Keys of kept replies that begin so, in the order of keeping."""
        ...

    def enter(self, network: str, pool_id: int, name: str, value: int | None) -> None:
        """A value that a person typed for a metric or an audit row; None takes it back."""
        ...

    def entered(self, network: str) -> dict[int, dict[str, int]]:
        """All of them: pool, name, value."""
        ...

    def write_evidence(self, path: Path, raw: bytes) -> None:
        """Save a file to hand on; raises StorageError, InvalidInput without its folder."""
        ...

    def read_evidence(self, path: Path) -> bytes:
        """Such a file; raises NotFound, InvalidInput if it is too large."""
        ...

    def recall(self, chain: str, keys: Iterable[str]) -> Mapping[str, bytes]:
        """Of the kept replies those with these keys."""
        ...


class MarketPhase(StrEnum):
    """Real phases of taking a snapshot."""

    CONNECT = "connect"
    HEAD = "head"
    DISCOVER = "discover"
    WINDOW = "window"
    READ = "read"
    AGES = "ages"
    DERIVE = "derive"
    CHECK_AGAIN = "check_again"
    KEEP = "keep"


@dataclass(frozen=True)
class MarketProgress:
    """Where the work is: answered questions of those that this phase has."""

    phase: MarketPhase
    done: int = 0
    total: int = 0


OnProgress = Callable[[MarketProgress], None]
