"""Where the venues of a network are: `resources/venues/<network>.json`, read strictly.

The file gives addresses, tokens, known classes and what to probe; it is no claim about what is
there. Before anything is believed the engine compares the class of each contract with `classes`
and warns of an unknown one, and confirms that a pair's contract names the tokens of the file.
Symbols stand for tokens everywhere in the file; pairs are written with the lower address first.
"""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import NotFound
from obsqra_desktop.domain.felt import Amount
from obsqra_desktop.domain.market.keys import FEE_ONE, PIPS, PoolRef, Symbol, Token, VenueId
from obsqra_desktop.domain.pools import Felt, Note, Strict
from obsqra_desktop.domain.shipped import resource_root
from obsqra_desktop.domain.snapshot import ShortString, Unsigned

SCHEMA: Final = "obsqra/venues/1"
MAX_BYTES: Final = 256 * 1024
MAX_TOKENS: Final = 64
V1_FEE: Final = 3_000
"""Of 1,000,000, of every JediSwap v1 pair."""
SHIPPED: Final = ("mainnet", "sepolia")

Pair = tuple[Symbol, Symbol]
Address = Annotated[Felt, Field(gt=1)]


class Since(Strict):
    """Since when a venue is there: shown beside a pool's own age, which may be much less. Null
    where no source gives it."""

    block: Unsigned | None
    timestamp: Unsigned | None = Field(description="unix seconds")
    source: Note


class KnownClass(Strict):
    """A class that a contract of a venue is known to run."""

    contract: Address
    class_hash: Felt
    words: Note


class FeeTier(Strict):
    """A fee with the tick spacing that goes with it."""

    fee: Amount
    tick_spacing: int = Field(gt=0, lt=2**32)


class Ekubo(Strict):
    """Ekubo's singletons."""

    core: Address
    router: Address = Field(description="has the depth lens get_market_depth_v2")
    oracle: Address | None = None
    oracle_token: Symbol | None = None
    tiers: tuple[FeeTier, ...] = Field(min_length=1, max_length=16)
    pairs: tuple[Pair, ...] = Field(max_length=64)
    kept_bps: int = Field(
        ge=0, le=10_000, description="what of the fees a provider gets out: 10000 less the cut"
    )
    kept_source: Note
    since: Since


class V1Pair(Strict):
    """A pair's contract and its tokens."""

    address: Address
    tokens: Pair


class JediSwapV1(Strict):
    """The factory, and pairs that are known by address."""

    factory: Address
    pairs: tuple[V1Pair, ...] = Field(max_length=64)
    since: Since


class JediSwapV2(Strict):
    """The factory is asked for each pair and tier."""

    factory: Address
    tiers: tuple[FeeTier, ...] = Field(min_length=1, max_length=16)
    pairs: tuple[Pair, ...] = Field(max_length=64)
    since: Since


class VesuMarket(Strict):
    """One of Vesu's pools, which has a market for each asset."""

    address: Address
    name: Note
    assets: tuple[Symbol, ...] = Field(
        min_length=1, max_length=32, description="to be tried; those without a market are passed by"
    )


class VesuV2(Strict):
    """Lending pools."""

    pools: tuple[VesuMarket, ...] = Field(max_length=16)
    since: Since


class Feed(Strict):
    """A Chainlink aggregator: dollars for one token, eight decimals."""

    token: Symbol
    address: Address


class Deployments(Strict):
    """All venues of one network. A venue that is not there is null."""

    schema_id: Literal["obsqra/venues/1"] = Field(default=SCHEMA, alias="schema")
    chain: ShortString
    compiled: Annotated[str, Field(pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}$")]
    sources: tuple[Note, ...] = Field(min_length=1, max_length=32)
    tokens: tuple[Token, ...] = Field(min_length=1, max_length=MAX_TOKENS)
    dollars: tuple[Symbol, ...] = Field(
        min_length=1, max_length=8, description="tokens that count as one dollar"
    )
    ekubo: Ekubo | None
    jediswap_v1: JediSwapV1 | None
    jediswap_v2: JediSwapV2 | None
    vesu_v2: VesuV2 | None
    feeds: tuple[Feed, ...] = Field(max_length=16)
    classes: tuple[KnownClass, ...] = Field(max_length=64)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        symbols = [one.symbol for one in self.tokens]
        addresses = {one.address for one in self.tokens}
        if len(set(symbols)) != len(symbols) or len(addresses) != len(symbols):
            raise ValueError("a symbol or an address of a token comes twice")
        order = {one.symbol: one.address for one in self.tokens}
        for name in self._named():
            if name not in order:
                raise ValueError(f"{name} is no token of the file")
        for one, two in self._pairs():
            if order[one] >= order[two]:
                raise ValueError(f"{one}, {two}: the lower address comes first")
        if self.ekubo and any(not 0 <= tier.fee < FEE_ONE for tier in self.ekubo.tiers):
            raise ValueError("an Ekubo fee is 100 % or more")
        if self.jediswap_v2 and any(not 0 < tier.fee < PIPS for tier in self.jediswap_v2.tiers):
            raise ValueError("a JediSwap fee is 0, or 100 % or more")
        return self

    def _pairs(self) -> tuple[Pair, ...]:
        return (
            *(self.ekubo.pairs if self.ekubo else ()),
            *(self.jediswap_v2.pairs if self.jediswap_v2 else ()),
            *(one.tokens for one in (self.jediswap_v1.pairs if self.jediswap_v1 else ())),
        )

    def _named(self) -> tuple[str, ...]:
        return (
            *self.dollars,
            *(one for pair in self._pairs() for one in pair),
            *(one.token for one in self.feeds),
            *(one for pool in (self.vesu_v2.pools if self.vesu_v2 else ()) for one in pool.assets),
            *((self.ekubo.oracle_token,) if self.ekubo and self.ekubo.oracle_token else ()),
        )

    @classmethod
    def parse(cls, raw: bytes) -> "Deployments":
        """Read a file strictly; raises InvalidInput."""
        return strict_json.parse(cls, raw, what="the venues", schema=SCHEMA, limit=MAX_BYTES)

    def canonical(self) -> bytes:
        """RFC 8785 bytes, as the evidence keeps them."""
        return strict_json.canonical(strict_json.document(self))

    def token(self, symbol: str) -> Token:
        """A token by its symbol; raises NotFound."""
        for one in self.tokens:
            if one.symbol == symbol:
                return one
        raise NotFound(f"no token {symbol!r} among the venues' tokens")

    def is_dollar(self, token: Token) -> bool:
        """Whether it counts as one dollar."""
        return any(self.token(one).address == token.address for one in self.dollars)

    def known_class(self, contract: int, class_hash: int) -> bool:
        """Whether the contract is known to run this class: one of those that the file names for
        it, or, where it names none (a pool that a factory told of), one of all that it names."""
        known = {one.class_hash for one in self.classes if one.contract == contract}
        return class_hash in (known or {one.class_hash for one in self.classes})

    def since(self, venue: VenueId) -> Since | None:
        """Since when the venue is there; None without the venue."""
        found: Ekubo | JediSwapV1 | JediSwapV2 | VesuV2 | None = getattr(self, venue.value)
        return found.since if found else None

    def ekubo_candidates(self) -> tuple[PoolRef, ...]:
        """Every pair at every tier, without extension: what discovery asks Core about."""
        if not self.ekubo:
            return ()
        return tuple(
            PoolRef(
                venue=VenueId.EKUBO,
                contract=self.ekubo.core,
                token0=self.token(one),
                token1=self.token(two),
                fee=tier.fee,
                tick_spacing=tier.tick_spacing,
            )
            for one, two in self.ekubo.pairs
            for tier in self.ekubo.tiers
        )

    def pairs(self) -> tuple[tuple[Token, Token], ...]:
        """Every pair that the file speaks of, once."""
        return tuple(
            (self.token(one), self.token(two)) for one, two in dict.fromkeys(self._pairs())
        )

    def v1_pools(self) -> tuple[PoolRef, ...]:
        """The pairs that are known by address; their fee is 0.3 %."""
        return tuple(
            PoolRef(
                venue=VenueId.JEDISWAP_V1,
                contract=pair.address,
                token0=self.token(pair.tokens[0]),
                token1=self.token(pair.tokens[1]),
                fee=V1_FEE,
            )
            for pair in (self.jediswap_v1.pairs if self.jediswap_v1 else ())
        )

    def vesu_markets(self) -> tuple[PoolRef, ...]:
        """One for each asset of each lending pool."""
        return tuple(
            PoolRef(venue=VenueId.VESU_V2, contract=pool.address, token0=self.token(asset))
            for pool in (self.vesu_v2.pools if self.vesu_v2 else ())
            for asset in pool.assets
        )


def shipped_deployments(network: str) -> Deployments:
    """The venues of a network that the program ships with; raises NotFound."""
    if network not in SHIPPED:
        raise NotFound(f"no venues are known on {network!r}")
    return Deployments.parse((resource_root() / "venues" / f"{network}.json").read_bytes())
