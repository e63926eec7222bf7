"""One flow on one node."""

import asyncio
from typing import Any, Final

from obsqra_desktop.chain import replies
from obsqra_desktop.chain.declared import ClassStore, declared_class
from obsqra_desktop.chain.json_rpc import PARAMS
from obsqra_desktop.chain.rpc import ATTEMPTS, REPLY_LIMIT, Rpc
from obsqra_desktop.chain.wire import broadcasted, felts
from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid, NodeRefused
from obsqra_desktop.domain.chain_types import Block, TxStatus
from obsqra_desktop.domain.errors import NotFound
from obsqra_desktop.domain.felt import selector
from obsqra_desktop.domain.network import Endpoint, Network
from obsqra_desktop.domain.strict_json import JsonValue
from obsqra_desktop.domain.transaction import (
    AnyTransaction,
    Declare,
    DeployAccount,
    Head,
    Invoke,
    Receipt,
    Signed,
    Simulation,
)

NO_CONTRACT: Final = 20
NO_CLASS: Final = 28
NO_TRANSACTION: Final = 29
CLASS_LIMIT: Final = 8 * 1024 * 1024
"""Bytes: a class has at most 4 MB (documentation), its hex form can be longer."""
LONG_LIMIT: Final = 32 * 1024 * 1024
"""Bytes: half of a u256 is at most 37 characters with its quotes and comma."""


ADD: Final = {Invoke: "Invoke", DeployAccount: "DeployAccount", Declare: "Declare"}


class NodeSession:
    """Implements ChainSession. `classes` is needed for declarations only."""

    def __init__(
        self,
        rpc: Rpc,
        network: Network,
        endpoint: Endpoint,
        purpose: str,
        classes: ClassStore | None = None,
    ) -> None:
        self._classes = classes
        self._rpc = rpc
        self._network = network
        self._endpoint = endpoint
        self._purpose = purpose

    @property
    def network(self) -> Network:
        """Which network this is."""
        return self._network

    @property
    def node(self) -> str:
        """Label of the node."""
        return self._endpoint.label

    async def ask(
        self, method: str, *params: object, limit: int = REPLY_LIMIT, attempts: int = ATTEMPTS
    ) -> JsonValue:
        """One question, on this node."""
        return await self._asked(method, list(params), limit, attempts)

    async def ask_named(
        self, method: str, params: dict[str, object], limit: int = REPLY_LIMIT
    ) -> JsonValue:
        """The same with parameters by name, where specifications differ in how many there are."""
        return await self._asked(method, params, limit, ATTEMPTS)

    async def _asked(self, method: str, params: PARAMS, limit: int, attempts: int) -> JsonValue:
        return await self._rpc.call(
            self._endpoint,
            f"starknet_{method}",
            params,
            purpose=self._purpose,
            limit=limit,
            attempts=attempts,
        )

    async def chain_id(self) -> int:
        """As the node says it."""
        return replies.checked(replies.FELT, await self.ask("chainId"), self.node, "chain id")

    async def spec_version(self) -> str:
        """Of the JSON-RPC interface."""
        answer = await self.ask("specVersion")
        return replies.checked(replies.TEXT, answer, self.node, "version")

    async def head(self) -> Head:
        """The newest accepted block."""
        return replies.head_of(await self._block("latest"))

    async def header(self, number: int) -> Head:
        """An accepted block without its transactions."""
        return replies.head_of(await self._block({"block_number": number}))

    async def block_hash(self, number: int) -> int:
        """Of an accepted block."""
        return (await self._block({"block_number": number})).block_hash

    async def _block(self, block: str | dict[str, int]) -> replies.Block:
        answer = await self.ask("getBlockWithTxHashes", block)
        return replies.checked(replies.BLOCK, answer, self.node, "block")

    async def nonce(self, address: int, block: Block) -> int:
        """The next nonce; 0 without a contract."""
        return await self._felt_or("getNonce", NO_CONTRACT, 0, block.value, hex(address)) or 0

    async def nonce_at(self, address: int, number: int) -> int | None:
        """In an old block; None if the contract was not there."""
        at = {"block_number": number}
        return await self._felt_or("getNonce", NO_CONTRACT, None, at, hex(address))

    async def class_hash_at(self, address: int) -> int | None:
        """None if there is no contract."""
        where = (Block.PRE_CONFIRMED.value, hex(address))
        return await self._felt_or("getClassHashAt", NO_CONTRACT, None, *where)

    async def _felt_or(
        self, method: str, absent: int, instead: int | None, *params: object
    ) -> int | None:
        try:
            answer = await self.ask(method, *params)
        except NodeRefused as error:
            if error.rpc_code == absent:
                return instead
            raise
        return replies.checked(replies.FELT, answer, self.node, "answer")

    async def class_known(self, class_hash: int) -> bool:
        """Whether the class is declared."""
        try:
            await self.ask("getClass", Block.LATEST.value, hex(class_hash), limit=CLASS_LIMIT)
        except NodeRefused as error:
            if error.rpc_code == NO_CLASS:
                return False
            raise
        return True

    async def call(
        self, to: int, entry_point: str, calldata: tuple[int, ...], block: Block = Block.LATEST
    ) -> tuple[int, ...]:
        """A read-only call."""
        return await self._call(to, entry_point, calldata, block, REPLY_LIMIT)

    async def long_call(
        self, to: int, entry_point: str, calldata: tuple[int, ...], block: Block = Block.LATEST
    ) -> tuple[int, ...]:
        """The same with a long answer."""
        return await self._call(to, entry_point, calldata, block, LONG_LIMIT)

    async def _call(
        self, to: int, entry_point: str, calldata: tuple[int, ...], block: Block, limit: int
    ) -> tuple[int, ...]:
        request = {
            "contract_address": hex(to),
            "entry_point_selector": hex(selector(entry_point)),
            "calldata": felts(calldata),
        }
        answer = await self.ask("call", request, block.value, limit=limit)
        form = replies.FELTS if limit == REPLY_LIMIT else replies.LONG_FELTS
        return replies.checked(form, answer, self.node, "answer")

    async def storage_at(self, address: int, key: int) -> int:
        """0 where nothing is."""
        where = {
            "contract_address": hex(address),
            "key": hex(key),
            "block_id": Block.PRE_CONFIRMED.value,
        }  # by name: 0.10 has one parameter more, which some nodes want and others do not know
        try:
            answer = await self._rpc.call(
                self._endpoint, "starknet_getStorageAt", where, purpose=self._purpose
            )
        except NodeRefused as error:
            if error.rpc_code == NO_CONTRACT:
                return 0
            raise
        return replies.checked(replies.FELT, answer, self.node, "answer")

    async def simulate(
        self, transaction: AnyTransaction, query_signature: tuple[int, ...]
    ) -> Simulation:
        """Without charging the fee, so that what moves are the calls' own tokens alone."""
        request = await self._form(transaction, query_signature, query=True)
        answer = await self._rpc.call(
            self._endpoint,
            "starknet_simulateTransactions",
            [Block.PRE_CONFIRMED.value, [request], ["SKIP_FEE_CHARGE"]],
            purpose=self._purpose,
            work=True,
        )
        (one,) = replies.checked(replies.SIMULATED, answer, self.node, "simulation")
        return replies.simulation_of(one, self.node, calls=not isinstance(transaction, Declare))

    async def send(self, signed: Signed) -> int:
        """Send once."""
        kind = ADD[type(signed.transaction)]
        request = await self._form(signed.transaction, signed.signature)
        answer = await self._rpc.call(
            self._endpoint,
            f"starknet_add{kind}Transaction",
            [request],
            purpose=self._purpose,
            attempts=1,
            work=True,
        )
        sent = replies.checked(replies.SENT, answer, self.node, "answer").transaction_hash
        if sent != signed.hash:
            raise NodeAnswerInvalid(
                f"{self.node} names another hash than the one that was signed. The transaction "
                "may have arrived all the same.",
                hint="Look at it again, with another node if you have one.",
            )
        return sent

    async def _form(
        self, transaction: AnyTransaction, signature: tuple[int, ...], query: bool = False
    ) -> dict[str, Any]:
        """As it goes over the wire; the class of a declaration is read, and its hash checked."""
        declared = None
        if isinstance(transaction, Declare):
            if self._classes is None:
                raise NotFound("There are no contract classes here. Nothing was sent.")
            declared = await asyncio.to_thread(declared_class, self._classes, transaction)
        return broadcasted(transaction, signature, query, declared)

    async def status(self, tx_hash: int) -> TxStatus | None:
        """None if the node does not know it."""
        try:
            answer = await self.ask("getTransactionStatus", hex(tx_hash))
        except NodeRefused as error:
            if error.rpc_code == NO_TRANSACTION:
                return None
            raise
        return replies.status_of(replies.checked(replies.STATUS, answer, self.node, "status"))

    async def receipt(self, tx_hash: int) -> Receipt | None:
        """None if there is none."""
        try:
            answer = await self.ask("getTransactionReceipt", hex(tx_hash))
        except NodeRefused as error:
            if error.rpc_code == NO_TRANSACTION:
                return None
            raise
        return replies.receipt_of(replies.checked(replies.RECEIPT, answer, self.node, "receipt"))
