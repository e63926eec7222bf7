"""How many deposits of one amount there were, as far as blocks were looked through.

A deposit's token and amount are public. One's own are left out while counting, as far as they can
be told: what is counted is how many others there are to be taken for. They are deposits, not
people, and a lower bound: of blocks before `since` nothing is known.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field, model_validator

from obsqra_desktop.domain.felt import Amount, Count, Felt
from obsqra_desktop.domain.mist.note import MAX_LEAVES
from obsqra_desktop.domain.pools import Strict

MAX_COUNTED: Final = 10_000
"""Deposits that are kept; of more, only the newest, and `since` says so."""
LeafPlace = Annotated[int, Field(ge=0, lt=MAX_LEAVES)]


@dataclass(frozen=True, slots=True)
class DepositCounted:
    """One deposit of somebody else."""

    token: int
    amount: int
    place: int
    """Of its leaf in the pool."""
    block: int


class CountedAmount(Strict):
    """Deposits of one token and amount: place of the leaf and block, by their places."""

    token: Felt
    amount: Amount
    seen: Annotated[
        tuple[tuple[LeafPlace, Count], ...], Field(min_length=1, max_length=MAX_COUNTED)
    ]


class CountedDeposits(Strict):
    """All that were counted in the blocks from `since` to `upto`, both included."""

    since: Count
    """0 where the pool had no leaf before."""
    upto: Count
    amounts: Annotated[tuple[CountedAmount, ...], Field(max_length=MAX_COUNTED)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "CountedDeposits":
        kinds = {(one.token, one.amount) for one in self.amounts}
        places = [place for one in self.amounts for place, _ in one.seen]
        if len(kinds) != len(self.amounts) or len(set(places)) != len(places):
            raise ValueError("a deposit is counted twice")
        if len(places) > MAX_COUNTED:
            raise ValueError("more deposits than are kept")
        if any(
            not self.since <= block <= self.upto for one in self.amounts for _, block in one.seen
        ):
            raise ValueError("a deposit outside of the blocks that were looked through")
        return self

    def all(self) -> Iterable[DepositCounted]:
        """One by one."""
        for one in self.amounts:
            for place, block in one.seen:
                yield DepositCounted(one.token, one.amount, place, block)

    def others(self, token: int, amount: int, mine: Collection[int]) -> int:
        """How many of this amount, without those whose leaves are at these places."""
        for one in self.amounts:
            if (one.token, one.amount) == (token, amount):
                return sum(place not in mine for place, _ in one.seen)
        return 0


def counted(
    before: CountedDeposits | None,
    since: int | None,
    upto: int | None,
    found: Mapping[int, DepositCounted],
    rewound: int | None,
    newest: int,
) -> CountedDeposits | None:
    """The count after the blocks from `since` to `upto` were looked through anew.

    `found` are their deposits by place. What was counted in blocks that the chain took back
    (after `rewound`, or beyond its `newest`) goes. Blocks in between that nobody looked through
    break the count: it begins after them.
    """
    if before is not None:
        end = min(before.upto, newest, before.upto if rewound is None else rewound)
        kept = [one for one in before.all() if one.block <= end]
        before = made(before.since, end, kept) if end >= before.since else None
    if since is None or upto is None or upto < since:
        return before
    fresh = [one for one in found.values() if since <= one.block <= upto]
    if before is None or before.upto + 1 < since or upto + 1 < before.since:
        return made(since, upto, fresh)
    rest = [one for one in before.all() if not since <= one.block <= upto]
    there = {one.place for one in rest}
    fresh = [one for one in fresh if one.place not in there]
    return made(min(since, before.since), max(upto, before.upto), [*rest, *fresh])


def made(since: int, upto: int, found: Iterable[DepositCounted]) -> CountedDeposits:
    """Of more than are kept the newest, with the block from which on they are all."""
    newest = sorted(found, key=lambda one: (one.block, one.place))
    if len(newest) > MAX_COUNTED:
        since = newest[-MAX_COUNTED - 1].block + 1
        newest = [one for one in newest if one.block >= since]
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for one in newest:
        groups.setdefault((one.token, one.amount), []).append((one.place, one.block))
    amounts = tuple(
        CountedAmount(token=token, amount=amount, seen=tuple(sorted(seen)))
        for (token, amount), seen in sorted(groups.items())
    )
    return CountedDeposits(since=since, upto=max(upto, since), amounts=amounts)
