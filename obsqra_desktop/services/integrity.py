"""Reads the fact registry of Integrity. Sends nothing and believes nothing that it cannot show."""

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import ADDRESS_BOUND, address_form
from obsqra_desktop.domain.integrity import ENTRY_POINT, REGISTRIES, FactReport, decoded
from obsqra_desktop.domain.market.questions import (
    CONTRACT_NOT_FOUND,
    Answers,
    CallFailed,
    call,
    class_hash,
    header,
)
from obsqra_desktop.domain.onchain import ContractUnfit
from obsqra_desktop.services.chain_ports import Networks
from obsqra_desktop.services.market.ports import MarketChain


class IntegrityService:
    """Which verifications a fact has."""

    def __init__(self, networks: Networks, chain: MarketChain) -> None:
        self._networks = networks
        self._chain = chain

    async def look(
        self, fact: int, network_id: str | None = None, registry: int | None = None
    ) -> FactReport:
        """At the newest block of one node; `registry` only where none is known.

        Raises InvalidInput without a registry, ContractUnfit, NodeAnswerInvalid, chain errors.
        """
        network = await self._networks.resolve(network_id)
        known = REGISTRIES.get(network.chain_id)
        address = registry if registry is not None else known
        if address is None or not 0 < address < ADDRESS_BOUND:
            raise InvalidInput(
                f"No fact registry is known on {network.name}. Nothing was asked.",
                hint="Name one with --registry, or use mainnet or Sepolia.",
            )
        async with self._chain.open(network, "reading a fact registry") as reader:
            number = (await reader.head()).number
            asked = (
                class_hash(address, number),
                header(number),
                call(address, ENTRY_POINT, (fact,), number),
            )
            answers = Answers(await reader.ask(asked))
            found = answers.class_hash(asked[0])
            if isinstance(found, CallFailed):
                if found.code != CONTRACT_NOT_FOUND:
                    raise NodeAnswerInvalid(f"The node says of the registry: {found.text[:200]}")
                raise ContractUnfit(
                    f"There is no contract at {address_form(address)} on {network.name}."
                )
            block = answers.header(asked[1])
            if isinstance(block, CallFailed):
                raise NodeAnswerInvalid(f"{reader.node} does not know its own newest block.")
            felts = answers.felts(asked[2])
            if isinstance(felts, CallFailed):
                raise ContractUnfit(
                    f"The contract at {address_form(address)} cannot be asked about facts: "
                    f"{felts.text[:200]}"
                )
            return FactReport(
                network=network.name,
                node=reader.node,
                registry=address,
                known=address == known,
                class_hash=found,
                fact=fact,
                block_number=number,
                block_timestamp=block.timestamp,
                verifications=decoded(felts),
            )
