"""What is under way from an account, and what that leaves room for: one nonce, and the caps."""

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.chain_errors import AccountBusy, PlanChanged
from obsqra_desktop.domain.journal import UNPAID, Spend, TxRecord, TxState
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.spending import CapUse, check_caps
from obsqra_desktop.services.chain_ports import ChainSession, Journal, SpendingStore
from obsqra_desktop.services.tracking import Tracker


class InFlight:
    """By the journal; asks a node only about what counted as unpaid."""

    def __init__(self, journal: Journal, spending: SpendingStore, tracker: Tracker) -> None:
        self._journal = journal
        self._spending = spending
        self._tracker = tracker

    def refuse_unsettled(self, account: Account, replaces: str | None = None) -> None:
        """One transaction at a time: an open one may still take the nonce or be paid."""
        place = {one.id for one in self.in_its_place(replaces)}
        for record in self._journal.listing():
            waits = not record.settled and record.state is not TxState.PRE_CONFIRMED
            if waits and record.account == account.id and record.id not in place:
                raise AccountBusy(
                    f"“{record.title}” is not settled yet. Nothing was sent.",
                    hint="Look at it in the history first: look again, send the same again, or "
                    f"cancel it (obsqra tx resume {record.id}).",
                )

    def in_its_place(self, replaces: str | None) -> list[TxRecord]:
        """That one and all that wait with its nonce: of these one can be paid."""
        if replaces is None:
            return []
        old = self._journal.find(replaces).signed
        return [
            one
            for one in self._journal.listing()
            if not one.settled
            and one.signed.chain_id == old.chain_id
            and one.signed.transaction.sender == old.transaction.sender
            and one.signed.transaction.nonce == old.transaction.nonce
        ]

    async def refuse_surprising_payments(
        self, session: ChainSession, account: Account, nonce: int
    ) -> None:
        """Whether something that counted as unpaid was paid after all; raises PlanChanged.

        A node can refuse a transaction and pass it on all the same. If it used its nonce, the one
        that is now wanted in its place would be a second payment.
        """
        records = [one for one in self._journal.listing() if one.account == account.id]
        final = {
            one.signed.transaction.nonce
            for one in records
            if one.settled and one.state not in UNPAID
        }
        for record in records:
            mine = record.signed.transaction.nonce
            if record.state in UNPAID and mine < nonce and mine not in final:
                seen = await self._tracker.look(session, record)
                if seen.state not in UNPAID:
                    raise PlanChanged(
                        f"“{record.title}” counted as {record.state.value} and went through after "
                        "all. Nothing was sent now.",
                        hint="Look at the history before you send again.",
                    )

    def caps_now(
        self,
        network: Network,
        spends: tuple[Spend, ...],
        max_fee: int,
        now: int,
        replaces: str | None = None,
    ) -> tuple[CapUse, ...]:
        """The uses of the caps; raises OverCap.

        What is to be replaced does not count: of several with one nonce one can be paid.
        """
        place = {one.id for one in self.in_its_place(replaces)}
        records = tuple(
            one
            for one in self._journal.listing()
            if one.signed.chain_id == network.chain_id and one.id not in place
        )
        return check_caps(self._spending.load().of(network), records, spends, max_fee, now)
