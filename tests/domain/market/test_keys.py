"""Pools and their ids."""

import pytest
from Crypto.Hash import keccak
from pydantic import ValidationError

from obsqra_desktop.domain.felt import PRIME
from obsqra_desktop.domain.market.deployments import shipped_deployments
from obsqra_desktop.domain.market.keys import PoolRef, Token, VenueId

A = Token(address=0x10, symbol="ETH", decimals=18)
B = Token(address=0x20, symbol="USDC.e", decimals=6)
CORE = 0x5DD3D2F4429AF886CD1A3B08289DBCEA99A294197E9EB43B0E0325B4B
FEE = 170141183460469235273462165868118016


def ekubo(**changes: object) -> PoolRef:
    values: dict[str, object] = {
        "venue": VenueId.EKUBO,
        "contract": CORE,
        "token0": A,
        "token1": B,
        "fee": FEE,
        "tick_spacing": 1000,
    }
    return PoolRef.model_validate({**values, **changes})


def test_the_id_of_a_shared_contract_is_the_documented_hash() -> None:
    pool = ekubo()
    venue = int.from_bytes(b"ekubo", "big")
    parts = (venue, CORE, 0x10, 0x20, FEE, 1000, 0)
    data = b"".join(part.to_bytes(32, "big") for part in parts)
    digest = int.from_bytes(keccak.new(digest_bits=256, data=data).digest(), "big")
    assert pool.id == digest % 2**250
    assert pool.id == 0x3B43C8EE932DD0A2C0F7955E0C1654ECDB8CE310C7083F731AA9261AE38BD49  # golden
    assert pool.key == (0x10, 0x20, FEE, 1000, 0)


def test_each_part_of_the_key_changes_the_id() -> None:
    others = [
        ekubo(),
        ekubo(contract=CORE + 1),
        ekubo(token0=Token(address=0x11, symbol="ETH", decimals=18)),
        ekubo(token1=Token(address=0x21, symbol="USDC.e", decimals=6)),
        ekubo(fee=FEE + 1),
        ekubo(tick_spacing=1001),
        ekubo(extension=1),
        PoolRef(venue=VenueId.VESU_V2, contract=CORE, token0=A),
    ]
    assert len({one.id for one in others}) == len(others)
    assert all(0 < one.id < PRIME for one in others)
    assert ekubo(token0=Token(address=0x10, symbol="OTHER", decimals=3)).id == ekubo().id


def test_a_contract_of_its_own_is_its_address() -> None:
    for venue in (VenueId.JEDISWAP_V1, VenueId.JEDISWAP_V2):
        pool = PoolRef(venue=venue, contract=0x77, token0=A, token1=B, fee=3000)
        assert pool.id == 0x77
        assert pool.venue.exit_only
        assert pool.name == "ETH / USDC.e · 0.3 %"


def test_names() -> None:
    assert ekubo().name == "ETH / USDC.e · 0.05 %"
    assert PoolRef(venue=VenueId.VESU_V2, contract=1, token0=A).name == "ETH lending"
    shown = {one.fee_text for one in shipped_deployments("mainnet").ekubo_candidates()}
    assert shown == {"0.01 %", "0.05 %", "0.3 %", "1 %", "5 %"}


@pytest.mark.parametrize(
    "changes",
    [
        {"token0": B, "token1": A},
        {"token1": A},
        {"token1": None},
        {"fee": 2**128},
        {"fee": -1},
        {"tick_spacing": -1},
        {"venue": VenueId.VESU_V2},
        {"venue": VenueId.JEDISWAP_V2, "fee": 1_000_000},
        {"venue": VenueId.JEDISWAP_V1, "fee": 3000, "extension": 5},
        {"contract": PRIME},
    ],
)
def test_no_pools(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ekubo(**changes)
