"""The hand that makes and drives what is on the practice chain: an account of its own there.

It signs for the practice chain's id and no other, asks the node for that id first, and talks to
no node but the one that this program has started. Fees are play money, so nothing is estimated.

The next transactions are hashed and signed in threads while one is sent: their nonces are known.
That takes 4 ms for a short one, 0.1 s for 2,000 felts of calldata (measured), mostly for the hash.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterable
from itertools import islice
from typing import Any, Final

from obsqra_desktop.chain import replies
from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.chain.wire import broadcasted, felts
from obsqra_desktop.domain.accounts import CLASS_HASHES, AccountKind, constructor_calldata
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import (
    NodeAnswerInvalid,
    NodeRefused,
    NodeUnreachable,
    WouldFail,
    WrongChain,
)
from obsqra_desktop.domain.felt import selector, short_string
from obsqra_desktop.domain.network import PRACTICE_CHAIN, Endpoint
from obsqra_desktop.domain.practice_market import Declared, Turn
from obsqra_desktop.domain.transaction import (
    Bound,
    Bounds,
    Declare,
    DeployAccount,
    Invoke,
    Signed,
)

PURPOSE: Final = "practice market"
KIND: Final = AccountKind.OPENZEPPELIN
GAS_PRICE: Final = 2 * 10**9
"""Twice what the devnet asks for."""
BOUNDS: Final = Bounds(
    l1_gas=Bound(max_amount=100_000, max_price=GAS_PRICE),
    l1_data_gas=Bound(max_amount=1_000_000, max_price=GAS_PRICE),
    l2_gas=Bound(max_amount=1_200_000_000, max_price=GAS_PRICE),
)
DECLARE_BOUNDS: Final = BOUNDS.model_copy(
    update={"l2_gas": Bound(max_amount=10_000_000_000, max_price=GAS_PRICE)}
)
"""A class costs by its size (measured: 1.2e9 for 20 635 felts of CASM), beyond what running may."""
ALLOWANCE: Final = 10**24
"""Fri: a million to spend on fees."""
NO_CONTRACT: Final = 20
NO_CLASS: Final = 28
AHEAD: Final = 3
"""Transactions that are signed, or being signed, before their turn."""
Signing = asyncio.Task[tuple[str, dict[str, Any]]]


class PracticeHand:
    """Implements MakerHand. Making one takes a second: the curve's library is loaded.

    `purpose` is what its questions are for, as the list of connections shows it.
    """

    def __init__(self, rpc: Rpc, key: int, purpose: str = PURPOSE) -> None:
        self._rpc = rpc
        self._purpose = purpose
        self._endpoint: Endpoint | None = None
        self._crypto = StarkCrypto()
        self._key = key
        self._nonce: int | None = None
        public = self._crypto.public_key(key)
        self._public = public
        self.address = self._crypto.account_address(KIND, public, public)

    async def reach(self, url: str) -> None:
        """This is where the practice chain listens; raises WrongChain."""
        self._endpoint = Endpoint(url=url)
        if await self._ask("starknet_chainId") != hex(short_string(PRACTICE_CHAIN)):
            raise WrongChain("Something else listens where the practice chain should be.")

    async def times(self) -> tuple[int, int]:
        """Unix seconds of the first and of the newest block."""
        first = await self._ask("starknet_getBlockWithTxHashes", {"block_number": 0})
        newest = await self._ask("starknet_getBlockWithTxHashes", "latest")
        blocks = [
            replies.head_of(replies.checked(replies.BLOCK, one, PURPOSE, "block"))
            for one in (first, newest)
        ]
        return blocks[0].timestamp, blocks[1].timestamp

    async def set_time(self, seconds: int) -> None:
        """The next block has this time, and the chain's clock goes on from there. The devnet keeps
        it with its state, so the time comes back after a restart (measured with 0.10.1)."""
        await self._ask("devnet_setTime", {"time": seconds, "generate_block": False}, once=True)

    async def has_class(self, class_hash: int) -> bool:
        """Whether it is declared; devnet answers with all of the class."""
        return await self._there("starknet_getClass", class_hash, NO_CLASS)

    async def has_contract(self, address: int) -> bool:
        """Whether there is a contract."""
        return await self._there("starknet_getClassHashAt", address, NO_CONTRACT)

    async def call(self, to: int, entry_point: str, calldata: tuple[int, ...]) -> tuple[int, ...]:
        """A read-only call at the newest block."""
        request = {
            "contract_address": hex(to),
            "entry_point_selector": hex(selector(entry_point)),
            "calldata": felts(calldata),
        }
        answer = await self._ask("starknet_call", request, "latest")
        return replies.checked(replies.FELTS, answer, PURPOSE, "answer")

    async def arrive(self) -> None:
        """Play money, and the account itself, if it is not there yet."""
        if await self.has_contract(self.address):
            return
        mint = {"address": hex(self.address), "amount": ALLOWANCE, "unit": "FRI"}
        if (await self.call(STRK.address, "balanceOf", (self.address,)))[0] < ALLOWANCE // 2:
            await self._ask("devnet_mint", mint, once=True)
        deploy = DeployAccount(
            sender=self.address,
            class_hash=CLASS_HASHES[KIND],
            salt=self._public,
            constructor_calldata=constructor_calldata(KIND, self._public),
            bounds=BOUNDS,
        )
        request = await asyncio.to_thread(self._request, deploy)
        await self._send("starknet_addDeployAccountTransaction", request)
        self._nonce = 1

    async def take(self, turns: Iterable[Turn]) -> AsyncGenerator[None, None]:
        """One transaction and block a turn, each at its time; yields after each.

        Raises WouldFail if one was reverted. Given up in the middle, what was not sent is never
        sent: its nonce is asked for anew the next time.
        """
        nonce = await self._next()
        self._nonce = None
        waiting = enumerate(turns, nonce)
        signing: deque[tuple[int | None, Signing]] = deque()
        try:
            while True:
                for number, turn in islice(waiting, AHEAD - len(signing)):
                    work = asyncio.to_thread(self._signed, turn, number)
                    signing.append((turn.at, asyncio.create_task(work)))
                if not signing:
                    break
                at, ready = signing[0]
                method, request = await ready
                if at is not None:
                    await self.set_time(at)
                await self._send(method, request)
                signing.popleft()
                nonce += 1
                yield
            self._nonce = nonce
        finally:
            rest = [task for _, task in signing]
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)

    def _signed(self, turn: Turn, nonce: int) -> tuple[str, dict[str, Any]]:
        """Method and request; a declaration is of version 3 (Starknet documentation,
        "Transactions"). Blocks."""
        if not isinstance(turn.work, Declared):
            one = Invoke(sender=self.address, nonce=nonce, calls=turn.work, bounds=BOUNDS)
            return "starknet_addInvokeTransaction", self._request(one)
        facts = turn.work.facts
        declare = Declare(
            sender=self.address,
            nonce=nonce,
            contract=facts.name,
            class_hash=facts.class_hash,
            compiled_class_hash=facts.compiled_class_hash,
            bounds=DECLARE_BOUNDS,
        )
        signed = self._crypto.sign(declare, PRACTICE_CHAIN, self._key)
        wire = broadcasted(declare, signed.signature, declared=turn.work.program)
        return "starknet_addDeclareTransaction", wire

    def _request(self, transaction: Invoke | DeployAccount) -> dict[str, Any]:
        """Signed; blocks."""
        signed: Signed = self._crypto.sign(transaction, PRACTICE_CHAIN, self._key)
        return broadcasted(transaction, signed.signature)

    async def _next(self) -> int:
        if self._nonce is None:
            answer = await self._ask("starknet_getNonce", "latest", hex(self.address))
            self._nonce = replies.checked(replies.FELT, answer, PURPOSE, "nonce")
        return self._nonce

    async def _send(self, method: str, request: dict[str, Any]) -> None:
        """Once, and look how it went: the devnet makes its block before it answers."""
        answer = await self._ask(method, request, once=True)
        named = answer.get("transaction_hash") if isinstance(answer, dict) else None
        receipt = await self._ask("starknet_getTransactionReceipt", named)
        told = replies.receipt_of(replies.checked(replies.RECEIPT, receipt, PURPOSE, "receipt"))
        if told.reverted:
            raise WouldFail(
                f"A transaction of the {self._purpose} failed: {(told.revert_reason or '')[-200:]}",
                hint="It is only play money. Start the practice chain anew if this comes again.",
            )

    async def _there(self, method: str, what: int, absent: int) -> bool:
        try:
            answer = await self._ask(method, "latest", hex(what))
        except NodeRefused as error:
            if error.rpc_code == absent:
                return False
            raise
        if answer is None:
            raise NodeAnswerInvalid("The practice chain's answer makes no sense.")
        return True

    async def _ask(self, method: str, *params: Any, once: bool = False) -> Any:  # noqa: ANN401
        """devnet_ methods and transactions take one object, the others a list."""
        if self._endpoint is None:
            raise NodeUnreachable("The practice chain is not reached yet.")
        named = method.startswith("devnet_")
        return await self._rpc.call(
            self._endpoint,
            method,
            params[0] if named else list(params),
            purpose=self._purpose,
            attempts=1 if once else 3,
            work=once,
        )
