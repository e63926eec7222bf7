"""When pools began, and what shows it.

By state: the pool is there at a block and not at the one before, found by narrowing down with many
probes in each round. By event, where a node keeps no such old state: the venue's own announcement
of the pool in that block (Ekubo's core, JediSwap's factories). Found once and remembered; what
shows it is asked for with every snapshot. A node that has forgotten the state since is believed
what it said then, as long as the block is still the same.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.market import events
from obsqra_desktop.domain.market.deployments import Deployments
from obsqra_desktop.domain.market.keys import PoolRef, VenueId
from obsqra_desktop.domain.market.questions import (
    Answers,
    BlockHeader,
    Question,
    Reply,
    Unanswered,
    header,
)
from obsqra_desktop.services.market import ages
from obsqra_desktop.services.market.plan import Birth
from obsqra_desktop.services.market.venues.all import VENUES as ADAPTERS
from obsqra_desktop.services.market.venues.reading import Hidden

MARK: Final = "input:birth"
"""Beginning of the keys under which births are remembered."""
SPAN: Final = 80_000
"""Blocks of one question for events: what Pathfinder looks through for one page is 81,920."""


@dataclass(frozen=True)
class Announcement:
    """Who tells of new pools of a venue, how, and since which block there can be any."""

    contract: int
    name: str
    since: int

    def at(self, block: int) -> Question:
        """What was announced in one block."""
        return events.events(self.contract, self.name, block, block)

    def scan(self, head: int) -> tuple[Question, ...]:
        """All that was ever announced."""
        return tuple(
            events.events(self.contract, self.name, one, min(head, one + SPAN - 1))
            for one in range(min(self.since, head), head + 1, SPAN)
        )


def announcement(pool: PoolRef, venues: Deployments) -> Announcement | None:
    """Of the pool's venue; None where no event is known."""
    found = venues.since(pool.venue)
    since = (found.block if found else None) or 0
    if pool.venue is VenueId.EKUBO:
        return Announcement(pool.contract, "PoolInitialized", since)
    if pool.venue is VenueId.JEDISWAP_V1 and venues.jediswap_v1:
        return Announcement(venues.jediswap_v1.factory, "PairCreated", since)
    if pool.venue is VenueId.JEDISWAP_V2 and venues.jediswap_v2:
        return Announcement(venues.jediswap_v2.factory, "PoolCreated", since)
    return None


def announces(event: events.Event, pool: PoolRef) -> bool:
    """Whether an announcement is of this pool.

    Ekubo's PoolInitialized: pool key (5), tick (2), √ratio (2). v1's PairCreated: token0, token1,
    pair, count. v2's PoolCreated: token0, token1, fee, spacing, pool.
    """
    data = event.data
    if pool.venue is VenueId.EKUBO:
        return len(data) == 9 and data[:5] == pool.key
    place, length = {VenueId.JEDISWAP_V1: (2, 4), VenueId.JEDISWAP_V2: (4, 5)}.get(
        pool.venue, (0, -1)
    )
    return len(data) == length and data[place] == pool.contract


# --- what shows that a pool began at a block ---


def birth_marks(pool: PoolRef, birth: Birth, venues: Deployments) -> tuple[Question, ...]:
    """The questions, without later pages of events."""
    if birth.by == "event":
        told = announcement(pool, venues)
        return (header(birth.block), *((told.at(birth.block),) if told else ()))
    return (header(birth.block), *state_marks(pool, birth.block))


def state_marks(pool: PoolRef, block: int) -> tuple[Question, ...]:
    """There, and not there before."""
    adapter = ADAPTERS[pool.venue]
    return tuple(adapter.present(pool, one) for one in (block, block - 1) if one >= 0)


def shown(pool: PoolRef, birth: Birth, venues: Deployments, answers: Answers) -> tuple[str, ...]:
    """Keys of the replies that show it; raises Hidden if the node did not tell, NodeAnswerInvalid
    if they show something else, Unanswered if they are not there."""
    keys = [header(birth.block).key]
    if birth.by == "event":
        told = announcement(pool, venues)
        if told is None:
            raise NodeAnswerInvalid("no event of this venue is known")
        read = events.read(answers, told.at(birth.block))
        if read.more is not None:
            answers.raw(read.more.key)
        if not any(announces(one, pool) for one in read.events):
            raise NodeAnswerInvalid(f"it was not announced in block {birth.block}")
        return (*keys, *read.keys)
    asked = state_marks(pool, birth.block)
    there = [ADAPTERS[pool.venue].was_there(answers, one) for one in asked]
    if not there[0] or any(there[1:]):
        raise NodeAnswerInvalid(f"it did not begin at block {birth.block}, as was thought")
    return (*keys, *(one.key for one in asked))


# --- finding it ---


class Births:
    """First blocks of the pools of one snapshot, while they are looked for."""

    def __init__(
        self, pools: Sequence[PoolRef], head: int, venues: Deployments, known: Mapping[str, bytes]
    ) -> None:
        """`known`: what `remembered` made, by `name_of`."""
        self.pools = pools
        self._head = head
        self._venues = venues
        self._old: dict[int, Birth] = {}
        """Remembered, not confirmed yet."""
        self._found: dict[int, Birth] = {}
        self._searches: dict[int, ages.Search] = {}
        self._probed: dict[int, tuple[Question, ...]] = {}
        for pool in pools:
            old = recalled(pool, known.get(name_of(pool)))
            if old is not None and old.block <= head:
                self._old[pool.id] = old
            else:
                self._search(pool)

    def _search(self, pool: PoolRef) -> None:
        self._searches[pool.id] = ages.Search(pool, -1, self._head)

    def marks(self) -> tuple[Question, ...]:
        """What confirms the remembered ones that were seen in the state."""
        return tuple(
            question
            for pool in self.pools
            if (old := self._old.get(pool.id)) is not None and old.by == "state"
            for question in birth_marks(pool, old, self._venues)
        )

    def probes(self, room: int) -> tuple[Question, ...]:
        """At most about so many more, the pools' shares alike; none when nothing is left."""
        left = [one for one in self._searches.values() if not one.over]
        share = max(1, room // max(1, len(left)))
        self._probed = {one.pool.id: one.probes(share) for one in left}
        return tuple(question for asked in self._probed.values() for question in asked)

    def told(self, answers: Answers) -> None:
        """Confirm and narrow down by what is answered."""
        for pool in self.pools:
            old = self._old.get(pool.id)
            if old is None or old.by != "state":
                continue
            if not all(one in answers for one in birth_marks(pool, old, self._venues)):
                continue
            try:
                shown(pool, old, self._venues, answers)
            except Hidden:
                continue
            except NodeAnswerInvalid:  # a practice chain may have begun anew
                del self._old[pool.id]
                self._search(pool)
                continue
            self._found[pool.id] = self._old.pop(pool.id)
        for search in self._searches.values():
            asked = [one for one in self._probed.get(search.pool.id, ()) if one in answers]
            search.told(answers, asked)
            if search.proved:
                self._found[search.pool.id] = Birth(pool=search.pool.id, block=search.high)

    def recall(self, answers: Answers, old: Mapping[str, bytes]) -> tuple[Reply, ...]:
        """Believe kept replies about blocks that are still what they were; those replies."""
        found: list[Reply] = []
        for pool in self.pools:
            birth = self._old.get(pool.id)
            if birth is None or birth.by != "state":
                continue
            kept = [Reply(one.key, old[one.key]) for one in self.hidden(pool) if one.key in old]
            try:
                then = Answers(kept)
                block, now = then.header(header(birth.block)), answers.header(header(birth.block))
                shown(pool, birth, self._venues, then)
            except (NodeAnswerInvalid, Unanswered):
                continue
            if isinstance(block, BlockHeader) and block == now:
                found += [one for one in kept if one.key != header(birth.block).key]
                self._found[pool.id] = self._old.pop(pool.id)
        return tuple(found)

    def hidden(self, pool: PoolRef | None = None) -> tuple[Question, ...]:
        """What would confirm the remembered ones that are not confirmed, of a pool or of all."""
        return tuple(
            question
            for one in (self.pools if pool is None else (pool,))
            if (old := self._old.get(one.id)) is not None and old.by == "state"
            for question in birth_marks(one, old, self._venues)
        )

    def missing(self) -> dict[Announcement, list[PoolRef]]:
        """Pools whose beginning is not known, by who may have announced it."""
        found: dict[Announcement, list[PoolRef]] = {}
        for pool in self.pools:
            told = announcement(pool, self._venues)
            if pool.id not in self._found and told is not None:
                found.setdefault(told, []).append(pool)
        return found

    def narrow(self) -> tuple[Question, ...]:
        """What confirms the remembered ones that were told by events."""
        return tuple(
            told.at(self._old[pool.id].block)
            for told, pools in self.missing().items()
            for pool in pools
            if pool.id in self._old and self._old[pool.id].by == "event"
        )

    def announced(self, answers: Answers, questions: Iterable[Question]) -> None:
        """Take what the events say."""
        wanted = self.missing()
        for question in questions:
            for event in events.read(answers, question).events:
                for told, pools in wanted.items():
                    if (told.contract, told.name) != (question.contract, question.entry_point):
                        continue
                    for pool in pools:
                        if announces(event, pool) and pool.id not in self._found:
                            self._found[pool.id] = Birth(
                                pool=pool.id, block=event.block, by="event"
                            )

    def event_marks(self) -> tuple[Question, ...]:
        """What shows those that were told by events."""
        return tuple(
            question
            for pool in self.pools
            if (birth := self._found.get(pool.id)) is not None and birth.by == "event"
            for question in birth_marks(pool, birth, self._venues)[1:]
        )

    def forget(self, by: str) -> None:
        """Leave out those that were found so."""
        self._found = {key: one for key, one in self._found.items() if one.by != by}

    @property
    def found(self) -> tuple[Birth, ...]:
        """By pool."""
        return tuple(one for _, one in sorted(self._found.items()))


def name_of(pool: PoolRef) -> str:
    """The key under which a pool's birth is remembered."""
    return f"{MARK} {pool.id:#x}"


def remembered(birth: Birth) -> Reply:
    """As it is kept."""
    return Reply(f"{MARK} {birth.pool:#x}", json.dumps([birth.block, birth.by]).encode())


def recalled(pool: PoolRef, raw: bytes | None) -> Birth | None:
    """What was kept; earlier versions kept the block alone."""
    if raw is None:
        return None
    value = json.loads(raw)
    block, by = value if isinstance(value, list) else (value, "state")
    return Birth(pool=pool.id, block=block, by="event" if by == "event" else "state")
