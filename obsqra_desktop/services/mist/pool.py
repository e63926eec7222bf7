"""Reads a pool's contract: all leaves, the root, what the contract is. Decoded strictly.

Everything is read at the pre-confirmed state, on which the next transaction runs. Only
`amount_under` names a number of one's own, and only for what is about to be deposited under it.
"""

from typing import Final

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.chain_types import Block
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import ADDRESS_BOUND, selector
from obsqra_desktop.domain.mist.note import FIELD, MAX_LEAVES
from obsqra_desktop.domain.mist.pool import PoolIdentity, PoolState
from obsqra_desktop.services.chain_ports import ChainSession

LOOKING: Final = "looking at the private pool"
"""Why a node is asked, as the list of connections shows it."""
HALF: Final = 2**128
VERIFIER_PLACE: Final = selector("verifier")
"""Storage of the contract's member `verifier`, which the constructor is given (ABI of npm
@mistcash/config 0.5.2). There is no view for it, and the published ABI names no storage: where
nothing is there, the verifier counts as not told."""


async def read_state(session: ChainSession, pool: int) -> PoolState:
    """Leaves and root as they are now; they need not belong together if a leaf comes between.

    Raises NodeAnswerInvalid, and NodeRefused where there is no such contract.
    """
    head = await session.head()
    leaves = await read_leaves(session, pool)
    return PoolState(
        leaves, await read_root(session, pool), head.number, head.timestamp, session.node
    )


async def read_leaves(session: ChainSession, pool: int) -> tuple[int, ...]:
    """`tx_array`."""
    return leaves_of(await session.long_call(pool, "tx_array", (), Block.PRE_CONFIRMED))


def leaves_of(felts: tuple[int, ...]) -> tuple[int, ...]:
    """`tx_array`: its length, then low and high half of each leaf."""
    if not felts or felts[0] > MAX_LEAVES or len(felts) != 1 + 2 * felts[0]:
        raise invalid("tx_array")
    return tuple(
        element(low, high, "tx_array") for low, high in zip(felts[1::2], felts[2::2], strict=True)
    )


async def read_root(session: ChainSession, pool: int) -> int:
    """`merkle_root`."""
    return root_of(await session.call(pool, "merkle_root", (), Block.PRE_CONFIRMED))


def root_of(felts: tuple[int, ...]) -> int:
    """`merkle_root`: low and high half."""
    if len(felts) != 2:
        raise invalid("merkle_root")
    return element(*felts, "merkle_root")


async def read_identity(session: ChainSession, pool: int) -> PoolIdentity:
    """Class, verifier with its class, and owner; raises InvalidInput where there is no contract."""
    class_hash = await session.class_hash_at(pool)
    if class_hash is None:
        raise InvalidInput(
            "There is no contract at the pool's address on this network. Nothing was sent.",
            hint="On the practice chain make one: obsqra practice private",
        )
    owner = await session.call(pool, "owner", (), Block.PRE_CONFIRMED)
    if len(owner) != 1 or owner[0] >= ADDRESS_BOUND:
        raise invalid("owner")
    verifier = await session.storage_at(pool, VERIFIER_PLACE)
    if verifier >= ADDRESS_BOUND:
        raise invalid("verifier")
    code = await session.class_hash_at(verifier) if verifier else None
    return PoolIdentity(class_hash, verifier, owner[0], code)


async def amount_under(session: ChainSession, pool: int, secret: int) -> int:
    """What was deposited under a secret, 0 for nothing; `assets_from_secret`.

    For a secret that is about to be published by its deposit, never for another.
    """
    halves = (secret % HALF, secret // HALF)
    felts = await session.call(pool, "assets_from_secret", halves, Block.PRE_CONFIRMED)
    if len(felts) != 3 or max(felts[:2]) >= HALF:
        raise invalid("assets_from_secret")
    return felts[0] + felts[1] * HALF


def element(low: int, high: int, where: str) -> int:
    """An element of the field from its halves; raises NodeAnswerInvalid."""
    if max(low, high) >= HALF or (value := low + high * HALF) >= FIELD:
        raise invalid(where)
    return value


def invalid(where: str) -> NodeAnswerInvalid:
    """An answer that MIST's contract cannot give."""
    return NodeAnswerInvalid(
        f"The pool's contract answers {where} with numbers that cannot be right. Nothing was sent.",
        hint="Use another node; if it stays so, this contract is not the pool.",
    )
