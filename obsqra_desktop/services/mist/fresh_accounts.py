"""Fresh accounts for private money, whose keys follow from its secret."""

from obsqra_desktop.domain.accounts import Account, AccountKind
from obsqra_desktop.domain.journal import TxKind
from obsqra_desktop.services.mist.owners import GAP
from obsqra_desktop.services.mist.parts import MistParts


class FreshAccounts:
    """See `MistMoney`, which hands these on."""

    def __init__(self, parts: MistParts) -> None:
        self._parts = parts

    async def new(self, network_id: str | None, label: str) -> Account:
        """The next one of the secret."""
        place = await self._parts.place(network_id, create=True)
        index = await self._parts.notes.take_account(place.keys)
        book = await self._parts.notes.load(place.keys)
        return await self._parts.accounts.keep_derived(
            place.keys.account_key(index),
            label or f"private {index + 1}",
            place.network.id,
            secret_backed_up=book.backed_up is not None,
        )

    async def spare(self, network_id: str | None) -> Account:
        """One that nothing is known of yet, deployed ones first; the next one of the secret where
        there is none. What was prepared and given up leaves no row of empty accounts behind."""
        place = await self._parts.place(network_id, create=True)
        book = await self._parts.notes.load(place.keys)
        taken = {
            *(one.owner for one in book.notes),
            *(one.depositor for one in book.notes),
            *(one.owner for one in book.requests),
            *(one.owner for one in book.plans),
        }
        sent = {
            one.account
            for one in self._parts.journal.listing()
            if one.kind is not TxKind.DEPLOY_ACCOUNT
        }
        found = [
            one
            for one in self._parts.accounts.listing(place.network.id)
            if one.secret_backed_up is not None and one.address not in taken and one.id not in sent
        ]
        found.sort(key=lambda one: not one.deployed)
        return found[0] if found else await self.new(network_id, "")

    async def again(self, network_id: str | None) -> tuple[Account, ...]:
        """Those that own notes or requests in the book and whose keys are not here."""
        place = await self._parts.place(network_id)
        book = await self._parts.notes.load(place.keys)
        owners = {one.owner for one in book.notes} | {one.owner for one in book.requests}
        known = {one.address for one in self._parts.accounts.listing(place.network.id)}
        found: list[Account] = []
        for index in range(book.next_account + GAP):
            if not owners - known:
                break
            key = place.keys.account_key(index)
            address = await self._parts.accounts.address_of(key, AccountKind.OPENZEPPELIN)
            if address in owners - known:
                account = await self._parts.accounts.keep_derived(
                    key,
                    f"private {index + 1}",
                    place.network.id,
                    secret_backed_up=book.backed_up is not None,
                )
                found.append(account)
                known.add(address)
        return tuple(found)
