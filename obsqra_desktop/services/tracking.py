"""Follows transactions: what the chain says, in steps that only the chain can take.

A transaction that no node knows is given up only when it can no longer come: its nonce is free
and its time is long over, or another transaction of the journal has taken its nonce. Time is the
chain's: the timestamp of the newest block, never this computer's clock.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.chain_types import Block, TxStatus
from obsqra_desktop.domain.journal import (
    EXPIRY_MARGIN,
    TIME_TO_LIVE,
    TxRecord,
    TxState,
)
from obsqra_desktop.domain.transaction import Receipt
from obsqra_desktop.services.chain_ports import Chain, ChainSession, Journal, Networks

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 5.0
"""Seconds between two looks."""
ORDER: Final = (
    TxState.SIGNED,
    TxState.RECEIVED,
    TxState.PRE_CONFIRMED,
    TxState.ACCEPTED_L2,
    TxState.ACCEPTED_L1,
)


class Tracker:
    """Looks at transactions and writes down what it sees."""

    def __init__(
        self,
        networks: Networks,
        chain: Chain,
        journal: Journal,
        pause: Callable[[float], Awaitable[None]],
    ) -> None:
        self._networks = networks
        self._chain = chain
        self._journal = journal
        self._pause = pause

    async def track(
        self, record_id: str, changed: Callable[[TxRecord], None], until: TxState
    ) -> TxRecord:
        """Look again and again on one node; `changed` gets each new state."""
        record = self._journal.find(record_id)
        if reached(record, until):
            return record
        network = await self._networks.resolve(record.network)
        wait = FIRST_PAUSE
        async with self._chain.open(network, "following a transaction") as session:
            while True:
                seen = await self.look(session, record)
                if seen.state is not record.state:
                    changed(seen)
                record = seen
                if reached(record, until):
                    return record
                await self._pause(wait)
                wait = min(wait * 1.5, LONGEST_PAUSE)

    async def look(self, session: ChainSession, record: TxRecord) -> TxRecord:
        """One look; the record as it is afterwards, kept."""
        status = await session.status(record.signed.hash)
        if status is None:
            return await self._look_for_nothing(session, record)
        return await self._seen(session, record, status)

    async def _seen(self, session: ChainSession, record: TxRecord, status: TxStatus) -> TxRecord:
        """The node knows it; its receipt says how it ended."""
        receipt = await session.receipt(record.signed.hash)
        if receipt is not None and receipt.hash != record.signed.hash:
            raise NodeAnswerInvalid("The receipt is of another transaction.")
        state, detail = seen_as(status, receipt, session.node)
        if state in {TxState.ACCEPTED_L2, TxState.ACCEPTED_L1, TxState.REVERTED}:
            self._displace_others(record)
        return self._keep(record, state, await self._now(session, record), detail, receipt)

    async def _look_for_nothing(self, session: ChainSession, record: TxRecord) -> TxRecord:
        """The node does not know the hash."""
        if record.settled:
            return record
        nonce = record.signed.transaction.nonce
        await self._look_at_others(session, record)
        if self._displaced(record):
            return self._keep(
                record, TxState.REPLACED, record.created_at, "Another transaction took its place."
            )
        head = await session.head()
        last = max((event.at for event in record.events), default=record.created_at)
        if head.timestamp <= max(last, record.created_at) + TIME_TO_LIVE + EXPIRY_MARGIN:
            return record
        free = await session.nonce(record.signed.transaction.sender, Block.LATEST)
        if await session.status(record.signed.hash) is not None or free < nonce:
            return record  # it came in between, or the node is behind
        if free > nonce:
            return self._keep(
                record,
                TxState.REPLACED,
                head.timestamp,
                "A transaction that was not sent from here took its nonce.",
            )
        return self._keep(
            record,
            TxState.EXPIRED,
            head.timestamp,
            f"{session.node} does not know it, and its time is over.",
        )

    def _same_nonce(self, record: TxRecord) -> list[TxRecord]:
        mine = record.signed.transaction
        return [
            one
            for one in self._journal.listing()
            if one.id != record.id
            and one.signed.chain_id == record.signed.chain_id
            and one.signed.transaction.sender == mine.sender
            and one.signed.transaction.nonce == mine.nonce
        ]

    def _displaced(self, record: TxRecord) -> bool:
        final = {TxState.ACCEPTED_L2, TxState.ACCEPTED_L1, TxState.REVERTED}
        return any(one.state in final for one in self._same_nonce(record))

    async def _look_at_others(self, session: ChainSession, record: TxRecord) -> None:
        """A node drops a waiting one where another with its nonce was taken: whichever of the
        journal's that was, the one that is followed has come to its end, too."""
        for one in self._same_nonce(record):
            if not one.settled:
                status = await session.status(one.signed.hash)
                if status is not None:
                    await self._seen(session, one, status)

    def _displace_others(self, record: TxRecord) -> None:
        """A nonce is used once: others of the journal with the same one are out."""
        for one in self._same_nonce(record):
            self._keep(
                one, TxState.REPLACED, record.created_at, f"“{record.title}” took its place."
            )

    async def _now(self, session: ChainSession, record: TxRecord) -> int:
        return max((await session.head()).timestamp, record.created_at)

    def _keep(
        self,
        record: TxRecord,
        state: TxState,
        at: int,
        detail: str,
        receipt: Receipt | None = None,
    ) -> TxRecord:
        record = self._journal.find(record.id)  # its label may have changed meanwhile
        moved = record.moved(state, at, detail, receipt)
        if moved is not record:
            self._journal.update(moved)
        return moved


def reached(record: TxRecord, until: TxState) -> bool:
    """Whether following can end."""
    if record.settled and record.state is not TxState.ACCEPTED_L2:
        return True
    return record.state in ORDER and ORDER.index(record.state) >= ORDER.index(until)


def seen_as(status: TxStatus, receipt: Receipt | None, node: str) -> tuple[TxState, str]:
    """The state that status and receipt show together: nothing is final without its receipt."""
    if status.state is TxState.RECEIVED or receipt is None:
        return TxState.RECEIVED, f"{node} has it."
    where = f"block {receipt.block_number}" if receipt.block_number is not None else "no block yet"
    if status.state is TxState.PRE_CONFIRMED:
        outcome = " It failed there." if receipt.reverted else ""
        return TxState.PRE_CONFIRMED, f"Executed, {where}.{outcome}"
    if receipt.reverted or status.state is TxState.REVERTED:
        reason = receipt.revert_reason or status.revert_reason or "no reason given"
        return TxState.REVERTED, f"Failed in {where}: {reason[:300]}"
    return status.state, f"In {where}, with its receipt."
