"""Where the verifying contract stands on a network, and the plans that put it there."""

import asyncio
from dataclasses import dataclass

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.contracts import ContractFacts
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.onchain import VERIFIER
from obsqra_desktop.services.chain_ports import Chain, Networks
from obsqra_desktop.services.onchain import FactsOf, OnChainService, check_class, deployment
from obsqra_desktop.services.plans import Plan
from obsqra_desktop.services.sending import SendingService


@dataclass(frozen=True)
class Standing:
    """What one node says about the verifier of this program."""

    network: Network
    node: str
    block_number: int
    block_timestamp: int
    starknet_version: str
    """What the newest block says of itself."""
    facts: ContractFacts
    address: int
    """Where it lies once somebody has deployed it."""
    declared: bool
    """Whether the network knows its class."""
    found: int | None
    """The class of what lies there now; None if nothing does."""

    @property
    def deployed(self) -> bool:
        """Whether it can be asked."""
        return self.found == self.facts.class_hash


class VerifierContractService:
    """Looks, and plans; sending is the one way to send."""

    def __init__(
        self,
        networks: Networks,
        chain: Chain,
        onchain: OnChainService,
        sending: SendingService,
        facts: FactsOf,
    ) -> None:
        self._networks = networks
        self._chain = chain
        self._onchain = onchain
        self._sending = sending
        self._facts = facts

    async def standing(self, network_id: str | None = None) -> Standing:
        """Asks one node; raises what opening a session raises."""
        facts = await asyncio.to_thread(self._facts, VERIFIER)
        address = await self._onchain.verifier_address()
        network = await self._networks.resolve(network_id)
        async with self._chain.open(network, "looking for the verifier") as session:
            head = await session.head()
            found = await session.class_hash_at(address)
            declared = found == facts.class_hash or await session.class_known(facts.class_hash)
            return Standing(
                network=network,
                node=session.node,
                block_number=head.number,
                block_timestamp=head.timestamp,
                starknet_version=head.starknet_version,
                facts=facts,
                address=address,
                declared=declared,
                found=found,
            )

    async def plan_declare(self, account: Account) -> Plan:
        """Make its class known; raises OverLimit, WouldFail if the network does not take it."""
        facts = await asyncio.to_thread(self._facts, VERIFIER)
        return await self._sending.plan_declare(account, facts)

    async def plan_deploy(self, account: Account) -> Plan:
        """Put it where everybody looks for it; raises InvalidInput before the class is declared,
        or if it is there already."""
        standing = await self.standing(account.network)
        network, address = standing.network, standing.address
        if standing.deployed:
            raise InvalidInput(
                f"It is at {address_form(address)} on {network.name} already; anybody can ask it. "
                "Nothing was sent."
            )
        if standing.found is not None:
            check_class(standing.found, standing.facts.class_hash, address, network)
        if not standing.declared:
            raise InvalidInput(
                f"Its class is not known to {network.name} yet. Nothing was sent.",
                hint=f"Declare it first: obsqra contracts declare {VERIFIER}",
            )
        return await self._sending.plan(account, deployment(standing.facts, address, network))
