"""Venues, tokens and pools: how they are named, and the number that stands for a pool.

The id of a pool is a felt that a contract can compute, too. Where a pool is a contract of its own
(JediSwap) it is its address. Where one contract holds many (Ekubo, Vesu) it is

    starknet_keccak(venue ‖ contract ‖ token0 ‖ token1 ‖ fee ‖ tick_spacing ‖ extension)

each of the seven as 32 bytes, big-endian; the venue is its id as a short string; Vesu has only
the asset (token1, fee, tick_spacing and extension are 0). In Cairo: `keccak_u256s_be_inputs` over
the seven, bytes reversed, cut to 250 bits.
"""

from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from obsqra_desktop.domain.felt import Amount, short_string, starknet_keccak
from obsqra_desktop.domain.pools import Felt, Name, Strict

FEE_ONE: Final = 1 << 128
"""Ekubo's fee of 100 %: fees are fractions of 2^128."""
PIPS: Final = 1_000_000
"""JediSwap v2's fee of 100 %."""


class VenueId(StrEnum):
    """The kinds of venues that there are adapters for."""

    EKUBO = "ekubo"
    JEDISWAP_V1 = "jediswap_v1"
    JEDISWAP_V2 = "jediswap_v2"
    VESU_V2 = "vesu_v2"

    @property
    def label(self) -> str:
        """For people."""
        return _TITLES[self]

    @property
    def exit_only(self) -> bool:
        """Abandoned venues: withdrawing is fine, new money is not advised."""
        return self in {VenueId.JEDISWAP_V1, VenueId.JEDISWAP_V2}

    @property
    def shared_contract(self) -> bool:
        """Whether one contract holds many pools, so that its address names none."""
        return self in {VenueId.EKUBO, VenueId.VESU_V2}


_TITLES: Final = {
    VenueId.EKUBO: "Ekubo",
    VenueId.JEDISWAP_V1: "JediSwap v1",
    VenueId.JEDISWAP_V2: "JediSwap v2",
    VenueId.VESU_V2: "Vesu V2",
}

Symbol = Annotated[str, Field(pattern=r"^[A-Za-z0-9.]{1,12}$")]


class Token(Strict):
    """An ERC-20 token as the deployments file gives it; nothing of it is read from the chain."""

    address: Felt
    symbol: Symbol
    decimals: int = Field(ge=0, le=30)


class PoolRef(Strict):
    """One pool, all that is needed to ask about it."""

    venue: VenueId
    contract: Felt = Field(description="Ekubo: Core; JediSwap: the pair or pool; Vesu: the pool")
    token0: Token = Field(description="the lower address; Vesu: the asset")
    token1: Token | None = Field(default=None, description="absent for Vesu")
    fee: Amount = Field(
        default=0, description="Ekubo: of 2^128; JediSwap v1 and v2: of 1,000,000; Vesu: 0"
    )
    tick_spacing: int = Field(default=0, ge=0, le=2**32 - 1)
    extension: Felt = Field(default=0, description="Ekubo only")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        pair = self.venue is not VenueId.VESU_V2
        if pair != (self.token1 is not None):
            raise ValueError("an exchange's pool has two tokens, a lending market one")
        if self.token1 is not None and self.token0.address >= self.token1.address:
            raise ValueError("token0 must have the lower address")
        if self.fee >= (FEE_ONE if self.venue is VenueId.EKUBO else PIPS):
            raise ValueError("the fee is 100 % or more")
        if self.extension and self.venue is not VenueId.EKUBO:
            raise ValueError("only Ekubo has extensions")
        return self

    @property
    def id(self) -> int:
        """The pool's id, a felt; see the module."""
        if not self.venue.shared_contract:
            return self.contract
        parts = (
            short_string(self.venue.value),
            self.contract,
            self.token0.address,
            self.token1.address if self.token1 else 0,
            self.fee,
            self.tick_spacing,
            self.extension,
        )
        return starknet_keccak(b"".join(part.to_bytes(32, "big") for part in parts))

    @property
    def key(self) -> tuple[int, int, int, int, int]:
        """Ekubo's PoolKey as calldata: token0, token1, fee, tick spacing, extension."""
        assert self.token1 is not None
        return (
            self.token0.address,
            self.token1.address,
            self.fee,
            self.tick_spacing,
            self.extension,
        )

    @property
    def fee_text(self) -> str:
        """`0.05 %`, to the nearest ten-thousandth of a percent; empty for Vesu."""
        if self.token1 is None:
            return ""
        whole = FEE_ONE if self.venue is VenueId.EKUBO else PIPS
        parts = (self.fee * 2 * 1_000_000 + whole) // (2 * whole)
        text = f"{parts // 10_000}.{parts % 10_000:04d}".rstrip("0").rstrip(".")
        return f"{text} %"

    @property
    def name(self) -> Name:
        """`ETH / USDC · 0.05 %`, `STRK lending`."""
        if self.token1 is None:
            return f"{self.token0.symbol} lending"
        return f"{self.token0.symbol} / {self.token1.symbol} · {self.fee_text}"
