"""What its user says of the money that an account pays its fees with: nothing here can check it."""

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.book import again
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.domain.mist.looks import FundingWord
from obsqra_desktop.services.mist.facts import paid_by_own
from obsqra_desktop.services.mist.parts import MistParts


class MistFunding:
    """See `MistMoney`, which hands this on."""

    def __init__(self, parts: MistParts) -> None:
        self._parts = parts

    async def say(self, network_id: str | None, account: int, apart: bool) -> MistBook:
        """Keep the word. Raises NotFound, InvalidInput where the journal says otherwise."""
        place = await self._parts.place(network_id, create=True)
        owner = self._parts.account_at(place.network, account)
        records = tuple(
            one
            for one in self._parts.journal.listing()
            if one.signed.chain_id == place.network.chain_id
        )
        if apart and paid_by_own(records, owner):
            raise InvalidInput(
                "another account of yours has paid it from here, so its money leads to you. "
                "Nothing was changed",
                where="account",
            )
        word = FundingWord(account=owner.address, apart=apart, at=self._parts.clock())

        def step(book: MistBook) -> MistBook:
            rest = tuple(one for one in book.funding if one.account != owner.address)
            return again(book, funding=(*rest, word))

        return await self._parts.notes.change(place.keys, step)
