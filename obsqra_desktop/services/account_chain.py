"""What the chain tells of an account: its holdings, and whether it is what it is said to be."""

from dataclasses import dataclass

from obsqra_desktop.domain.accounts import CLASS_HASHES, Account, AccountKind
from obsqra_desktop.domain.amounts import KNOWN_TOKENS, Token
from obsqra_desktop.domain.chain_errors import NodeRefused
from obsqra_desktop.domain.chain_types import Block
from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.network import Network
from obsqra_desktop.services.chain_ports import Chain, ChainSession
from obsqra_desktop.services.networks import NetworkService
from obsqra_desktop.services.tokens import balance_of


@dataclass(frozen=True)
class Holdings:
    """What the chain tells about an account; amounts in the smallest unit."""

    account: Account
    balances: tuple[tuple[Token, int], ...]
    deployed: bool
    nonce: int
    block_number: int
    block_timestamp: int
    node: str

    def of(self, token: Token) -> int:
        """One balance."""
        return {one.address: value for one, value in self.balances}[token.address]


async def holdings_on(session: ChainSession, account: Account) -> Holdings:
    """Balances of the known tokens, nonce, and whether it is deployed."""
    head = await session.head()
    balances = [
        (token, await balance_of(session, token, account.address)) for token in KNOWN_TOKENS
    ]
    return Holdings(
        account=account,
        balances=tuple(balances),
        deployed=await session.class_hash_at(account.address) is not None,
        nonce=await session.nonce(account.address, Block.PRE_CONFIRMED),
        block_number=head.number,
        block_timestamp=head.timestamp,
        node=session.node,
    )


async def class_is_there(
    networks: NetworkService, chain: Chain, network: Network, kind: AccountKind
) -> None:
    """Whether an account of this class can be deployed; not knowing stops nothing yet.

    Raises InvalidInput, NodeRefused.
    """
    try:
        ready = await networks.resolve(network.id)
        async with chain.open(ready, "class of an account") as session:
            known = await session.class_known(CLASS_HASHES[kind])
    except NodeRefused:
        raise
    except AppError:
        return  # no node now: the deployment will find out, and before it nothing is paid
    if not known:
        raise InvalidInput(
            f"{network.name} does not know the class {kind.value}, so such an account could "
            "not be deployed.",
            hint="Choose the other kind of account.",
        )


async def key_is_there(session: ChainSession, kind: AccountKind, public: int, address: int) -> None:
    """Whether the account at an address has this public key alone; raises InvalidInput."""
    found = await session.class_hash_at(address)
    if found != CLASS_HASHES[kind]:
        raise InvalidInput(
            f"At {address_form(address)} there is no account of this kind.",
            hint="Choose the other kind, or leave the address out.",
        )
    question = "get_public_key" if kind is AccountKind.OPENZEPPELIN else "get_owner"
    answer = await session.call(address, question, ())
    guardian = (
        await session.call(address, "get_guardian", ()) if kind is AccountKind.READY else (0,)
    )
    if answer != (public,):
        raise InvalidInput("The account at this address belongs to another key.")
    if any(guardian):
        raise InvalidInput(
            "This account has a guardian, whose signature is needed too.",
            hint="Use it in the wallet that it was made with.",
        )
