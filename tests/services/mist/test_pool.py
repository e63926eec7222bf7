"""What a node says about a pool: every answer that MIST's contract cannot give is refused."""

from typing import Any

import pytest

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.chain_types import Block
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import ADDRESS_BOUND
from obsqra_desktop.domain.mist.note import FIELD
from obsqra_desktop.domain.mist.pool import PoolIdentity
from obsqra_desktop.privacy.calls import u256
from obsqra_desktop.services.mist.pool import (
    amount_under,
    read_identity,
    read_leaves,
    read_root,
    read_state,
)
from tests.services.mist.money_parts import NETWORK
from tests.services.mist.parts import POOL, run
from tests.services.mist.pool_chain import IDENTITY, PoolChain, tree

HIGH = 2**128


class Answering(PoolChain):
    """One entry point answers these felts; the block of each question is kept."""

    def __init__(self, entry_point: str = "", felts: tuple[int, ...] = ()) -> None:
        super().__init__(NETWORK)
        self.entry_point, self.felts = entry_point, felts
        self.blocks: list[Block] = []

    async def call(
        self, to: int, entry_point: str, calldata: tuple[int, ...], block: Block = Block.LATEST
    ) -> tuple[int, ...]:
        self.blocks.append(block)
        if entry_point == self.entry_point:
            return self.felts
        return await super().call(to, entry_point, calldata, block)


def session(entry_point: str = "", felts: tuple[int, ...] = ()) -> Any:
    return Answering(entry_point, felts)


def test_a_pool_is_read_as_it_is_now() -> None:
    chain = session()
    leaves = tuple(chain.stranger() for _ in range(5))
    state = run(read_state(chain, POOL))
    assert (state.leaves, state.root) == (leaves, tree.root(leaves))
    assert run(read_identity(chain, POOL)) == IDENTITY
    secret = chain.ledger.assets[2][0]
    assert run(amount_under(chain, POOL, secret)) == 10**18
    assert run(amount_under(chain, POOL, 5)) == 0
    assert set(chain.blocks) == {Block.PRE_CONFIRMED}
    assert run(read_leaves(session(), POOL)) == ()


@pytest.mark.parametrize(
    "felts",
    [
        (),
        (1,),
        (1, 2),
        (2, 1, 0),
        (0, 1, 0),
        (1, 1, 0, 0),
        (2**20 + 1, *[1, 0] * 3),
        (2**20 + 1, *[1, 0] * (2**20 + 1)),
        (1, HIGH, 0),
        (1, 0, HIGH),
        (1, *u256(FIELD)),
    ],
)
def test_leaves_that_cannot_be(felts: tuple[int, ...]) -> None:
    with pytest.raises(NodeAnswerInvalid, match="tx_array"):
        run(read_leaves(session("tx_array", felts), POOL))


@pytest.mark.parametrize("felts", [(), (1,), (1, 0, 0), (HIGH, 0), (0, HIGH), u256(FIELD)])
def test_roots_that_cannot_be(felts: tuple[int, ...]) -> None:
    with pytest.raises(NodeAnswerInvalid, match="merkle_root"):
        run(read_root(session("merkle_root", felts), POOL))


@pytest.mark.parametrize("felts", [(), (1,), (1, 0), (1, 0, 2, 3), (HIGH, 0, 1), (0, HIGH, 1)])
def test_deposits_that_cannot_be(felts: tuple[int, ...]) -> None:
    with pytest.raises(NodeAnswerInvalid, match="assets_from_secret"):
        run(amount_under(session("assets_from_secret", felts), POOL, 7))


@pytest.mark.parametrize("felts", [(), (1, 2), (ADDRESS_BOUND,)])
def test_owners_that_cannot_be(felts: tuple[int, ...]) -> None:
    with pytest.raises(NodeAnswerInvalid, match="owner"):
        run(read_identity(session("owner", felts), POOL))


def test_no_contract_and_no_verifier() -> None:
    with pytest.raises(InvalidInput, match="no contract"):
        run(read_identity(session(), POOL + 1))
    chain = session()
    chain.identity = PoolIdentity(1, 0, 3)
    assert run(read_identity(chain, POOL)) == PoolIdentity(1, 0, 3, None)
    chain.identity = PoolIdentity(1, 2, 3, 4)
    assert run(read_identity(chain, POOL)) == chain.identity
    chain.identity = PoolIdentity(1, 2, 3, None)  # no contract is there
    assert run(read_identity(chain, POOL)) == chain.identity
    chain.identity = PoolIdentity(1, ADDRESS_BOUND, 3, None)
    with pytest.raises(NodeAnswerInvalid, match="verifier"):
        run(read_identity(chain, POOL))
