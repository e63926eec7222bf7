"""A kept snapshot as one file to hand to somebody: the document and every raw reply behind it.

Raw replies are canonical JSON and lie in the file as strings, so that their very bytes are there.
Reading checks form and digest; whether the metrics follow from the replies is computed by whoever
has it (`obsqra snapshot recompute --file`).
"""

from collections.abc import Iterable
from typing import Annotated, Final, Literal

from pydantic import Field

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.market.derivation import MarketSnapshot
from obsqra_desktop.domain.market.errors import NotReproduced
from obsqra_desktop.domain.market.kept import KeptMarket
from obsqra_desktop.domain.market.questions import REPLY_LIMIT, Reply, evidence_digest
from obsqra_desktop.domain.pools import SourceKind, Strict
from obsqra_desktop.domain.snapshot import Snapshot

SCHEMA: Final = "obsqra/evidence/1"
LIMIT: Final = 64 * 1024 * 1024
MOST_REPLIES: Final = 20_000


class EvidenceFile(Strict):
    """The file."""

    schema_id: Literal["obsqra/evidence/1"] = Field(default=SCHEMA, alias="schema")
    market: MarketSnapshot
    replies: dict[
        Annotated[str, Field(max_length=4096)], Annotated[str, Field(max_length=REPLY_LIMIT)]
    ] = Field(max_length=MOST_REPLIES)


def dump(market: MarketSnapshot, replies: Iterable[Reply]) -> bytes:
    """RFC 8785 bytes of the file."""
    file = EvidenceFile(market=market, replies={one.key: one.raw.decode() for one in replies})
    return strict_json.canonical(strict_json.document(file))


def parse(raw: bytes) -> KeptMarket:
    """Read a file strictly; raises InvalidInput, NotReproduced if the replies are not those of the
    document's digest."""
    file = strict_json.parse(EvidenceFile, raw, what="the evidence", schema=SCHEMA, limit=LIMIT)
    replies = tuple(Reply(key, words.encode()) for key, words in file.replies.items())
    if evidence_digest(replies).hex() != file.market.evidence_digest:
        raise NotReproduced(
            "The replies in the file are not those that its document names: one was changed, left "
            "out or added."
        )
    return KeptMarket(file.market, replies)


def bound(market: MarketSnapshot, snapshot: Snapshot) -> None:
    """Raise InvalidInput unless the snapshot that a proof binds was made from this one: the same
    digest of the same replies, the same block, and each pool's metrics but those that were entered
    by hand."""
    evidence = snapshot.evidence
    if evidence is None or evidence.digest != market.evidence_digest:
        raise NotReproduced("The bundle's metrics were made from other replies than these.")
    block = (snapshot.chain, snapshot.block_number, snapshot.block_timestamp)
    if block != (market.chain, market.block_number, market.block_timestamp):
        raise NotReproduced("The bundle speaks of another block than these replies.")
    for pool in snapshot.pools:
        try:
            mine = market.pool(pool.id)
        except InvalidInput as error:
            raise NotReproduced(f"These replies say nothing of the pool {pool.id:#x}.") from error
        for one in mine.metrics:
            source, value = getattr(pool.sources, one.metric), getattr(pool.metrics, one.metric)
            if source.kind is one.kind and value != one.value:
                raise NotReproduced(
                    f"{pool.name}: the bundle says {one.metric} {value}, the replies give "
                    f"{one.value}."
                )
            if source.kind not in {one.kind, SourceKind.ENTERED}:
                raise NotReproduced(f"{pool.name}: {one.metric} is said to be {source.kind}.")
