"""Asks a contract whether a proof holds: a read-only call, of a class that was compared before."""

import asyncio
from collections.abc import Callable

from obsqra_desktop.domain.calldata import compared, pack
from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid, OverLimit
from obsqra_desktop.domain.contracts import UDC, ContractFacts
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.journal import TxKind
from obsqra_desktop.domain.market.questions import (
    CONTRACT_NOT_FOUND,
    Answers,
    CallFailed,
    call,
    class_hash,
    header,
)
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.onchain import (
    ENTRY_POINT,
    SALT,
    VERIFIER,
    ContractUnfit,
    OnChainReport,
    refusal_words,
)
from obsqra_desktop.domain.statement import Statement
from obsqra_desktop.domain.transaction import MAX_CALLDATA, Call
from obsqra_desktop.domain.two_verdicts import CheckStep
from obsqra_desktop.services.chain_ports import Networks
from obsqra_desktop.services.market.ports import MarketChain
from obsqra_desktop.services.plans import Intent

AddressOf = Callable[[int, tuple[int, ...], int], int]
"""Address from class hash, constructor calldata and salt, for deployer 0."""
FactsOf = Callable[[str], ContractFacts]
"""What the manifest says of a shipped contract; raises NotFound, StorageError."""
AROUND_A_CALL = 10
"""Felts of a transaction's calldata around those of one call, generously."""


class OnChainService:
    """Verifies proofs by contracts. Sends nothing."""

    def __init__(
        self, networks: Networks, chain: MarketChain, facts: FactsOf, address_of: AddressOf
    ) -> None:
        self._networks = networks
        self._chain = chain
        self._facts = facts
        self._address_of = address_of

    async def verifier_address(self) -> int:
        """Where the verifier of this program lies, on every network where somebody deployed it."""

        def work() -> int:
            return self._address_of(self._facts(VERIFIER).class_hash, (), SALT)

        return await asyncio.to_thread(work)

    async def verify(
        self,
        statement: bytes,
        proof: bytes,
        network_id: str | None = None,
        contract: int | None = None,
        on_step: Callable[[CheckStep], None] = lambda _step: None,
    ) -> OnChainReport:
        """What the verifier says, at the newest block of one node.

        Raises InvalidInput for bytes that cannot be asked about, OverLimit, ContractUnfit if the
        class there is not the one of this program, and what reading a chain raises.
        """
        ours = Statement.decode(statement)
        felts = await asyncio.to_thread(pack, statement, proof)
        if len(felts) + AROUND_A_CALL > MAX_CALLDATA:
            raise OverLimit(f"The proof takes {len(felts):,} felts of calldata. Nothing was asked.")
        expected = self._facts(VERIFIER).class_hash
        address = contract if contract is not None else await self.verifier_address()
        on_step(CheckStep.CONTRACT)
        network = await self._networks.resolve(network_id)
        async with self._chain.open(network, "verifying on chain") as reader:
            number = (await reader.head()).number
            of_class, of_block = class_hash(address, number), header(number)
            question = call(address, ENTRY_POINT, (len(felts), *felts), number)
            answers = Answers(await reader.ask([of_class, of_block]))
            found = answers.class_hash(of_class)
            check_class(found, expected, address, network)
            block = answers.header(of_block)
            if isinstance(block, CallFailed):
                raise NodeAnswerInvalid(f"{reader.node} does not know its own newest block.")
            on_step(CheckStep.CALL)
            answered = Answers(await reader.ask([question])).felts(question)
            on_step(CheckStep.COMPARE)
            return OnChainReport(
                network=network.name,
                node=reader.node,
                contract=address,
                class_hash=expected,
                block_number=number,
                block_hash=block.hash,
                block_timestamp=block.timestamp,
                felts=len(felts),
                refusal=refusal_words(answered.text) if isinstance(answered, CallFailed) else None,
                fields=() if isinstance(answered, CallFailed) else compared(ours, answered),
            )


def deployment(facts: ContractFacts, address: int, network: Network) -> Intent:
    """Put a contract without a constructor where everybody looks for it, by the deployer contract.

    Its class has to be declared. Whoever comes second pays for nothing: the simulation refuses.
    """
    calldata = (facts.class_hash, SALT, 0, 0)  # not bound to the sender; no constructor calldata
    return Intent(
        kind=TxKind.CALL,
        title=f"Deploy {facts.name} at {address_form(address)} on {network.name}"[:200],
        calls=(Call(to=UDC, entry_point="deployContract", calldata=calldata),),
        spends=(),
    )


def check_class(found: int | CallFailed, expected: int, address: int, network: Network) -> None:
    """Whether the contract is of the class that ships with this program; raises ContractUnfit."""
    if isinstance(found, CallFailed):
        if found.code != CONTRACT_NOT_FOUND:
            raise NodeAnswerInvalid(f"The node cannot say what lies at {address_form(address)}.")
        raise ContractUnfit(
            f"There is no verifier at {address_form(address)} on {network.name} yet.",
            hint="Anybody can put it there: obsqra contracts deploy DecisionVerifier",
            missing=True,
        )
    if found != expected:
        raise ContractUnfit(
            f"The contract at {address_form(address)} has the class {hex(found)}, the verifier of "
            f"this program is {hex(expected)}. It was not asked.",
            hint="Use the program's version that belongs to it, or another contract.",
        )
