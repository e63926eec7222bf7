"""From a wish to a plan: what would be done and how private it is. Takes and publishes nothing."""

import asyncio
from dataclasses import dataclass

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import Token, format_amount
from obsqra_desktop.domain.chain_errors import VaultLocked, WatchOnly
from obsqra_desktop.domain.chain_types import Block
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.mist.amounts import REASON, is_common
from obsqra_desktop.domain.mist.book import SPENDABLE, find_note, label_from
from obsqra_desktop.domain.mist.copy import CopyState
from obsqra_desktop.domain.mist.errors import NoteMissing, UnsafeSpend
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteOrigin
from obsqra_desktop.domain.mist.note import AMOUNT_BOUND
from obsqra_desktop.domain.mist.pool import TRUST_NOTES, KnownPool, PoolIdentity, PoolState
from obsqra_desktop.domain.mist.privacy import MistAction, assess
from obsqra_desktop.domain.network import Network
from obsqra_desktop.services.chain_ports import ChainSession
from obsqra_desktop.services.mist.facts import Known, deposit_situation, spend_situation
from obsqra_desktop.services.mist.parts import (
    MistParts,
    Place,
    ensure_same_past,
    held_or_refused,
    trusted_identity,
)
from obsqra_desktop.services.mist.pool import LOOKING, read_identity, read_state
from obsqra_desktop.services.mist.steps import MistPlan, PoolStanding
from obsqra_desktop.services.mist.titles import title_of
from obsqra_desktop.services.mist.unwritten import unsearchable
from obsqra_desktop.services.tokens import token_at

CHANGED = (
    "The pool's contract is not what it was ({parts}). No deposit is made; what is there can still "
    "be taken out if the contract plays fair."
)
FIRST_LOOK = (
    "Nobody compared this contract with a known one: what it is now is remembered, and any later "
    "change is told before money goes in."
)
UNTOLD = (
    "The contract does not tell its {parts} in a place that is known here (—): whether that has "
    "changed cannot be seen. Whoever changed it could let false proofs take the money."
)
FOREIGN_KEY = (
    "The key of this note was made elsewhere: whoever made it can see when it is spent. "
    "Re-wrap it first."
)
SAME_OWNER = (
    "What stays will belong to the account that sends this, which everybody sees act: when it "
    "spends the rest, both belong together. A fresh account as its owner parts them, unless its "
    "first STRK come from an account of yours."
)


@dataclass(frozen=True)
class Look:
    """What a plan stands on."""

    place: Place
    book: MistBook
    state: PoolState
    standing: PoolStanding
    token: Token
    nonce: int
    there: bool
    """Whether the sending account is deployed."""
    copy: CopyState


class MistPlanning:
    """Makes plans; every number that leaves this computer is public anyway."""

    def __init__(self, parts: MistParts) -> None:
        self._parts = parts

    async def standing(self, network_id: str | None) -> PoolStanding:
        """The pool's contract now and as it was trusted; needs no keys."""
        network = await self._parts.networks.resolve(network_id)
        pool = self._parts.pool_on(network)
        async with self._parts.chain.open(network, LOOKING) as session:
            state, found = await read_pool(session, pool.address)
        return standing_of(network, pool, await self._book_if_open(network_id), state, found)

    async def deposit(
        self,
        account: Account,
        token: Token,
        amount: int,
        owner: int | None,
        secret: int | None,
        label: str,
    ) -> MistPlan:
        """Money from an account into the pool, for a note of one's own or a request."""
        label = label_from(label)
        if account.watch_only:
            raise WatchOnly("There is no key for it here, so nothing can be sent from it.")
        if not 0 < amount < AMOUNT_BOUND:
            raise InvalidInput(
                "it has to be more than zero, and no more than a note can hold", where="amount"
            )
        await self._parts.ensure_provable()
        place = await self._parts.place(account.network, create=True)
        if secret is None:
            owner = self._parts.account_at(place.network, owner or account.address).address
        look = await self._look(place, token.address, account)
        self._refuse_leaf(look, secret)
        situation = deposit_situation(self._known(look), token, amount)
        shown = f"{format_amount(amount, token.decimals)} {token.symbol}"
        whose = "for a note of your own" if secret is None else "for a payment request"
        warnings = list(self._pool_warnings(look))
        if not is_common(amount, token.decimals):
            warnings.append(REASON)
        if secret is None and owner == account.address:
            warnings.append(
                "The note will belong to the account that deposits: a withdrawal by it is linked. "
                "Choose a fresh account as its owner."
            )
        return MistPlan(
            action=MistAction.DEPOSIT,
            standing=look.standing,
            account=account,
            token=token,
            amount=amount,
            note=None,
            stays=amount if secret is None else 0,
            new_owner=owner if secret is None else None,
            secret=secret,
            label=label,
            title=f"Deposit {shown} into the pool, {whose}",
            situation=situation,
            privacy=assess(situation),
            warnings=tuple(warnings),
        )

    async def spend(
        self,
        action: MistAction,
        network_id: str | None,
        note_id: str,
        amount: int | None,
        new_owner: int | None,
        secret: int | None = None,
        label: str = "",
        waiting: str | None = None,
    ) -> MistPlan:
        """Whatever is done with a note; `amount` None is all of it."""
        label = label_from(label)
        place = await self._parts.place(network_id)
        book = await self._parts.notes.load(place.keys)
        note = find_note(book, note_id)
        refuse_unfit(note)
        wanted = held_or_refused(amount, note.amount)
        if action is MistAction.SPLIT and wanted == note.amount:
            raise InvalidInput("both parts of a split hold something", where="amount")
        account = self._parts.account_at(place.network, note.owner)
        look = await self._look(place, note.token, account)
        await asyncio.to_thread(ensure_same_past, look.book, look.state.leaves)
        if note.leaf not in look.state.leaves:
            raise NoteMissing(
                "Its leaf is not among the pool's leaves. Nothing was sent.",
                hint="Wait until it is confirmed, then look again: obsqra mist scan",
            )
        self._refuse_leaf(look, secret)
        leaves_pool = action in {MistAction.WITHDRAW, MistAction.EMERGENCY}
        stays = note.amount - wanted if leaves_pool or secret is not None else note.amount
        owner = self._owner(place, new_owner, note)
        moves_on = not stays or owner != note.owner
        situation = spend_situation(
            self._known(look),
            action,
            note,
            look.token,
            wanted if leaves_pool else 0,
            account,
            look.nonce,
            moves_on,
        )
        return MistPlan(
            action=action,
            standing=look.standing,
            account=account,
            token=look.token,
            amount=wanted,
            note=note,
            stays=stays,
            new_owner=owner,
            secret=secret,
            label=label,
            title=title_of(action, wanted, note.amount, look.token),
            situation=situation,
            privacy=assess(situation),
            warnings=(
                *self._spend_warnings(look, note, moves_on),
                *unsearchable(note.amount, wanted, leaves_pool or not stays, look.token, look.copy),
            ),
            waiting=waiting,
            sender_there=look.there,
        )

    def _refuse_leaf(self, look: Look, secret: int | None) -> None:
        """Nobody is asked to confirm, and nothing is kept for later, what would lose the money."""
        if secret is not None:
            self._parts.tools.guards.ensure_secret(secret, look.state.leaves)

    def _owner(self, place: Place, wanted: int | None, note: HeldNote) -> int:
        """Who owns what stays: only an account whose key is here, or the money would be stuck."""
        address = note.owner if wanted is None else wanted
        return self._parts.account_at(place.network, address).address

    async def _look(self, place: Place, token: int, account: Account) -> Look:
        network, pool = place.network, place.pool
        async with self._parts.chain.open(network, LOOKING) as session:
            state, found = await read_pool(session, pool.address)
            nonce = await session.nonce(account.address, Block.PRE_CONFIRMED)
            there = nonce > 0 or await session.class_hash_at(account.address) is not None
            named = await token_at(session, token, self._parts.tokens(network))
        book = await self._parts.notes.load(place.keys)
        standing = standing_of(network, pool, book, state, found)
        copy = await self._parts.copy_state()
        return Look(place, book, state, standing, named, nonce, there, copy)

    def _known(self, look: Look) -> Known:
        network = look.place.network
        return Known(
            network=network,
            settings=self._parts.networks.settings(),
            state=look.state,
            book=look.book,
            records=tuple(
                one
                for one in self._parts.journal.listing()
                if one.signed.chain_id == network.chain_id
            ),
            digest=self._parts.tools.digest,
        )

    async def _book_if_open(self, network_id: str | None) -> MistBook | None:
        try:
            place = await self._parts.place(network_id)
        except (VaultLocked, NotFound):
            return None
        return await self._parts.notes.load(place.keys)

    def _pool_warnings(self, look: Look) -> tuple[str, ...]:
        if look.standing.changed:
            return (CHANGED.format(parts=", ".join(look.standing.changed)),)
        untold = look.standing.found.untold
        warnings = (UNTOLD.format(parts=", ".join(untold)),) if untold else ()
        return (*warnings, FIRST_LOOK) if look.standing.trusted is None else warnings

    def _spend_warnings(self, look: Look, note: HeldNote, moves_on: bool) -> list[str]:
        warnings = list(self._pool_warnings(look)) if look.standing.changed else []
        if note.origin is NoteOrigin.IMPORTED:
            warnings.append(FOREIGN_KEY)
        if not moves_on:
            warnings.append(SAME_OWNER)
        return warnings


async def read_pool(session: ChainSession, pool: int) -> tuple[PoolState, PoolIdentity]:
    """Leaves and root, and what the contract is; raises as the reading of either does."""
    return await read_state(session, pool), await read_identity(session, pool)


def standing_of(
    network: Network,
    pool: KnownPool,
    book: MistBook | None,
    state: PoolState,
    found: PoolIdentity,
) -> PoolStanding:
    """The contract as it was found, against what book and program trust."""
    trusted, since = trusted_identity(pool, book)
    return PoolStanding(
        network,
        pool,
        found,
        trusted,
        since,
        len(state.leaves),
        state.block_number,
        state.node,
        TRUST_NOTES,
    )


def why_unfit(note: HeldNote) -> str:
    """What stands against spending it now; empty if nothing does."""
    if note.frozen:
        return "the note is frozen"
    return "" if note.state in SPENDABLE else f"the note is {note.state.value}"


def refuse_unfit(note: HeldNote) -> None:
    """Raises UnsafeSpend for a note that cannot be spent now."""
    if note.frozen:
        raise UnsafeSpend(
            "This note is frozen. Nothing was sent.", hint="Unfreeze it first if you mean it."
        )
    if note.state not in SPENDABLE:
        raise UnsafeSpend(
            f"This note is {note.state.value}. Nothing was sent.",
            hint="Look again: obsqra mist scan",
        )
