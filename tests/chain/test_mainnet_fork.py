"""Real contracts: mainnet as a fork on this computer. Only with OBSQRA_MAINNET_RPC, the address of
a mainnet node; the tests themselves talk to the fork alone."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from obsqra_desktop.chain.connections import ConnectionRegister
from obsqra_desktop.chain.reader import StarknetMarket
from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.chain.starknet import StarknetChain
from obsqra_desktop.domain.market.audit_registry import shipped_audits
from obsqra_desktop.domain.market.deployments import shipped_deployments
from obsqra_desktop.domain.market.keys import VenueId
from obsqra_desktop.domain.mist.pool import PoolIdentity, PoolsFile, changed_parts
from obsqra_desktop.domain.network import Endpoint, Network, NetworkKind, default_settings
from obsqra_desktop.domain.shipped import resource_root
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.market.derive import derive
from obsqra_desktop.services.market.engine import Engine, Wanted
from obsqra_desktop.storage.market import MarketFile
from tests.chain.chamber_published import look_at
from tests.chain.making import MemoryStore
from tests.conftest import OUTER
from tests.devnet import PATIENCE, running

NODE = OUTER.get("OBSQRA_MAINNET_RPC", "")
pytestmark = [
    pytest.mark.loopback,
    pytest.mark.skipif(not NODE, reason="set OBSQRA_MAINNET_RPC to a mainnet node to run this"),
]


def test_mists_pool_is_what_was_published() -> None:
    """Its functions, its tree, and a verifier that takes the recorded proof and no other; its
    class and owner are those that this program knows, once somebody wrote them down."""
    known = PoolsFile.parse((resource_root() / "mist" / "pools.json").read_bytes(), "pools.json")
    pool = known.on("SN_MAIN")
    assert pool is not None
    with running("--fork-network", NODE) as devnet:
        found = look_at(devnet, pool.address)
    print(found)
    assert found.verifier, "its storage does not tell who checks its proofs"
    assert found.differs == []
    if pool.identity is not None:
        seen = PoolIdentity(found.class_hash, found.verifier, found.owner)
        assert changed_parts(replace(pool.identity.identity(), verifier_class=None), seen) == ()


def test_ekubo_on_mainnet_is_read_and_computed_again(data_dir: Path) -> None:
    with running("--fork-network", NODE, "--state-archive-capacity", "full") as devnet:
        from obsqra_desktop.domain.felt import from_short_string

        chain_id = from_short_string(int(devnet.ask("starknet_chainId"), 16))
        network = Network(
            id="fork",
            name="Fork",
            kind=NetworkKind.MAINNET if chain_id == "SN_MAIN" else NetworkKind.CUSTOM,
            chain_id=chain_id,
            endpoints=(Endpoint(url=devnet.url),),
        )
        clock = devnet.ask("starknet_getBlockWithTxHashes", block_id="latest")["timestamp"]
        register = ConnectionRegister(MemoryStore(), lambda: clock)
        rpc = Rpc(register, default_settings, timeout=PATIENCE)
        chain = StarknetChain(rpc, register, lambda: clock)
        store = MarketFile(data_dir)
        engine = Engine(StarknetMarket(chain, rpc), store, lambda: clock)

        async def work() -> None:
            try:
                venues = shipped_deployments("mainnet")
                wanted = Wanted(network, venues, shipped_audits())
                taken = await engine.take(wanted, lambda _: None, CancelToken())
                assert any(one.pool.venue is VenueId.EKUBO for one in taken.market.pools)
                assert derive(taken.replies) == taken.market
            finally:
                await chain.close()

        asyncio.run(work())
