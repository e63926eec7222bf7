"""A reference Chamber with a person beside it; a pool in memory with a wallet beside it."""

from pathlib import Path

import pytest

from obsqra_desktop.domain.accounts import Account
from tests.services.mist.chamber import ReferenceChamber
from tests.services.mist.money_parts import NETWORK, Wallet
from tests.services.mist.parts import POOL
from tests.services.mist.pool_chain import PoolChain
from tests.services.mist.world import Person, digest, strangers, tree


@pytest.fixture
def chain() -> ReferenceChamber:
    """With leaves of others."""
    made = ReferenceChamber(POOL, digest, tree)
    strangers(made, 3)
    return made


@pytest.fixture
def person(tmp_path: Path, chain: ReferenceChamber) -> Person:
    return Person(tmp_path / "data", chain)


@pytest.fixture
def pool_chain() -> PoolChain:
    return PoolChain(NETWORK)


@pytest.fixture
def wallet(data_dir: Path, pool_chain: PoolChain) -> Wallet:
    return Wallet(data_dir, pool_chain)


@pytest.fixture
def payer(wallet: Wallet) -> Account:
    return wallet.account("payer", 1)
