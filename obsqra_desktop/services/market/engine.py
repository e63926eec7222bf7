"""Takes a snapshot: every question at numbered blocks of one node, the head's hash asked again at
the end, all replies kept."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from obsqra_desktop.domain.chain_errors import (
    NodeAnswerInvalid,
    NodeRefused,
    NodesDisagree,
    NodeUnreachable,
)
from obsqra_desktop.domain.errors import Cancelled
from obsqra_desktop.domain.market import guards
from obsqra_desktop.domain.market.audit_registry import AuditRegistry
from obsqra_desktop.domain.market.deployments import Deployments
from obsqra_desktop.domain.market.derivation import MarketSnapshot, MarketWarning, WarningCode
from obsqra_desktop.domain.market.errors import NoPools, Reorganised
from obsqra_desktop.domain.market.formulas import STEPS, WINDOW
from obsqra_desktop.domain.market.keys import PoolRef
from obsqra_desktop.domain.market.questions import (
    Answers,
    BlockHeader,
    CallFailed,
    Question,
    Reply,
    header,
)
from obsqra_desktop.domain.network import Network
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.chain_ports import Now
from obsqra_desktop.services.market import ages, discovery, news
from obsqra_desktop.services.market.derive import derive
from obsqra_desktop.services.market.plan import AUDITS, VENUES, Birth, Plan
from obsqra_desktop.services.market.ports import (
    ChainReader,
    MarketChain,
    MarketPhase,
    MarketProgress,
    MarketStore,
    OnProgress,
)
from obsqra_desktop.services.market.venues.all import VENUES as ADAPTERS
from obsqra_desktop.services.market.venues.reading import follow_up, hidden
from obsqra_desktop.services.market.window import StartSearch, samples

PART = 125
"""Questions between two looks at the cancel token."""
BIRTH = "input:birth"


@dataclass(frozen=True)
class Wanted:
    """What a snapshot is taken of."""

    network: Network
    venues: Deployments
    audits: AuditRegistry
    pools: tuple[int, ...] | None = None
    """Ids of pools; None: those that discovery chooses."""


@dataclass(frozen=True)
class Taken:
    """A snapshot with its replies; not kept yet."""

    market: MarketSnapshot
    replies: tuple[Reply, ...]
    round_trips: int


@dataclass
class Collector:
    """Asks, and holds every reply once."""

    reader: ChainReader
    progress: OnProgress
    cancel: CancelToken
    replies: dict[str, Reply] = field(default_factory=dict)

    def phase(self, phase: MarketPhase, done: int = 0, total: int = 0) -> None:
        """Say where the work is; raises Cancelled if it is to stop."""
        if self.cancel.cancelled:
            raise Cancelled("The snapshot was stopped. Nothing was kept.")
        self.progress(MarketProgress(phase, done, total))

    async def ask(self, phase: MarketPhase, questions: Iterable[Question]) -> Answers:
        """Ask what was not asked before; all answers so far."""
        new = [one for one in dict.fromkeys(questions) if one.key not in self.replies]
        self.phase(phase, 0, len(new))
        for start in range(0, len(new), PART):
            for reply in await self.reader.ask(new[start : start + PART]):
                self.replies[reply.key] = reply
            self.phase(phase, min(len(new), start + PART), len(new))
        return Answers(self.replies.values())


class Engine:
    """Takes snapshots of one network at a time."""

    def __init__(self, chain: MarketChain, store: MarketStore, now: Now) -> None:
        self._chain = chain
        self._store = store
        self._now = now

    async def take(self, wanted: Wanted, progress: OnProgress, cancel: CancelToken) -> Taken:
        """A snapshot of the newest block.

        Raises Reorganised, NoPools, NodesDisagree, Cancelled, and what readers raise.
        """
        progress(MarketProgress(MarketPhase.CONNECT))
        async with self._chain.open(wanted.network, "pool metrics") as reader:
            collector = Collector(reader, progress, cancel)
            collector.phase(MarketPhase.HEAD)
            head = await reader.head()
            plan = await self._plan(wanted, collector, head)
            plan = await self._aged(plan, collector)
            await self._read(plan, wanted.venues, collector)
            checked = await self._second_look(wanted, plan, collector)
            plan = plan.model_copy(update={"checked_with": checked})
            await self._still_there(collector, head)
            collector.phase(MarketPhase.DERIVE)
            replies = kept(collector, plan, wanted)
            market = await asyncio.to_thread(derive, replies)
            trips = reader.round_trips
        await asyncio.to_thread(self._remember, plan, head, replies)
        return Taken(market, replies, trips)

    async def _plan(self, wanted: Wanted, collector: Collector, head: BlockHeader) -> Plan:
        search = StartSearch(head.number, head.timestamp)
        first = [header(one) for one in (*search.probes(), head.number)]
        answers = await collector.ask(
            MarketPhase.DISCOVER, (*discovery.probes(wanted.venues, head.number), *first)
        )
        pools = discovery.found(wanted.venues, answers, head.number, wanted.pools)
        if not pools:
            raise NoPools(
                f"None of the pools that are known of on {wanted.network.name} answered.",
                hint="On the practice chain, make some first: obsqra practice market",
            )
        search.told(times(answers, first))
        while asked := [header(one) for one in search.probes()]:
            answers = await collector.ask(MarketPhase.WINDOW, asked)
            search.told(times(answers, asked))
        used, head_header = search.start, answers.header(header(head.number))
        if head_header != head:
            raise reorganised(head.number)
        now = self._now()
        warnings = () if wanted.network.practice else guards.clock_check(head.timestamp, now)
        plan = Plan(
            network=wanted.network.id,
            chain=wanted.network.chain_id,
            node=collector.reader.node,
            taken_at=now,
            head=head.number,
            samples=samples(used, head.number),
            light=False,
            pools=pools,
            lens=wanted.venues.ekubo.router if wanted.venues.ekubo else 0,
            oracle=(wanted.venues.ekubo.oracle or 0) if wanted.venues.ekubo else 0,
            head_time=head.timestamp,
            v2_factory=wanted.venues.jediswap_v2.factory if wanted.venues.jediswap_v2 else 0,
            warnings=warnings,
        )
        if await self._has_history(plan, collector):
            return plan
        return await self._light(plan, collector)

    async def _has_history(self, plan: Plan, collector: Collector) -> bool:
        """Whether the node knows the state at the window's start."""
        if plan.samples[0] == plan.head:
            return True
        question = ADAPTERS[plan.pools[0].venue].present(plan.pools[0], plan.samples[0])
        try:
            answers = await collector.ask(MarketPhase.WINDOW, [question])
        except NodeRefused:
            return False
        return not pruned(answers, question)

    async def _light(self, plan: Plan, collector: Collector) -> Plan:
        """Own samples of earlier snapshots in place of history."""
        keys = await asyncio.to_thread(self._store.remembered, plan.chain, "header ")
        known = {int(key.split()[1]) for key in keys} - {plan.head}
        headers = [header(one) for one in sorted(known) if one < plan.head][-4 * STEPS :]
        old = await asyncio.to_thread(self._store.recall, plan.chain, [one.key for one in headers])
        answers = await collector.ask(MarketPhase.WINDOW, headers)
        head = answers.header(header(plan.head))
        assert isinstance(head, BlockHeader)
        good = []
        for one in headers:
            now = answers.header(one)
            then = Answers([Reply(one.key, old[one.key])]).header(one) if one.key in old else None
            if (
                isinstance(now, BlockHeader)
                and isinstance(then, BlockHeader)
                and now.hash == then.hash
                and head.timestamp - WINDOW <= now.timestamp
            ):
                good.append(one.block)
        step = max(1, -(-len(good) // STEPS))
        blocks = (*good[::step], plan.head)
        light = plan.model_copy(
            update={
                "samples": blocks,
                "light": True,
                "warnings": (
                    *plan.warnings,
                    MarketWarning(
                        code=WarningCode.PARTIAL_HISTORY,
                        text="the node keeps no history: only this computer's own "
                        f"{len(blocks) - 1} earlier samples count",
                    ),
                ),
            }
        )
        earlier = [
            question
            for pool in light.pools
            for question in ADAPTERS[pool.venue].questions(pool, light)
            if question.block != light.head
        ]
        recalled = await asyncio.to_thread(
            self._store.recall, light.chain, [one.key for one in earlier]
        )
        missing = {one.block for one in earlier if one.key not in recalled}
        whole = tuple(one for one in light.samples if one not in missing)
        light = light.model_copy(update={"samples": whole})
        for question in earlier:
            if question.block not in missing:
                collector.replies[question.key] = Reply(question.key, recalled[question.key])
        return light

    async def _aged(self, plan: Plan, collector: Collector) -> Plan:
        """With the first block of each pool, from what is remembered or by looking for it."""
        names = {pool.id: f"{BIRTH} {pool.id:#x}" for pool in plan.pools}
        known = await asyncio.to_thread(self._store.recall, plan.chain, names.values())
        births = {
            pool.id: int(json.loads(known[names[pool.id]]))
            for pool in plan.pools
            if names[pool.id] in known
        }
        births = {one: block for one, block in births.items() if block <= plan.head}
        marks = [
            question
            for pool in plan.pools
            if pool.id in births
            for question in birth_marks(pool, births[pool.id])
        ]
        if plan.light:
            old = await asyncio.to_thread(self._store.recall, plan.chain, [q.key for q in marks])
            collector.replies |= {key: Reply(key, raw) for key, raw in old.items()}
            births = {
                pool.id: births[pool.id]
                for pool in plan.pools
                if pool.id in births
                and all(q.key in collector.replies for q in birth_marks(pool, births[pool.id]))
            }
        else:
            answers = await collector.ask(MarketPhase.AGES, marks)
            for pool in plan.pools:  # a practice chain may have begun anew
                if pool.id in births and not begins(pool, births[pool.id], answers):
                    del births[pool.id]
            searches = [
                ages.Search(pool, -1, plan.head) for pool in plan.pools if pool.id not in births
            ]
            await self._look_for(searches, collector)
            births |= {one.pool.id: one.high for one in searches if one.proved}
        found = tuple(Birth(pool=pool, block=block) for pool, block in sorted(births.items()))
        return plan.model_copy(update={"births": found})

    async def _look_for(self, searches: list[ages.Search], collector: Collector) -> None:
        """Probes are no evidence: the block before and the first block are asked for later."""
        own = Collector(collector.reader, collector.progress, collector.cancel)
        while left := [one for one in searches if not one.over]:
            count = ages.share(left)
            probes = [(one, one.probes(count)) for one in left]
            answers = await own.ask(
                MarketPhase.AGES, [question for _, asked in probes for question in asked]
            )
            for one, asked in probes:
                one.told(answers, asked)

    async def _read(self, plan: Plan, venues: Deployments, collector: Collector) -> None:
        wanted = [header(one) for one in (plan.samples[0], plan.head)]
        wanted += news.questions(venues, plan)
        for pool in plan.pools:
            adapter, birth = ADAPTERS[pool.venue], plan.birth(pool.id)
            wanted += adapter.questions(pool, plan)
            if birth is None:
                wanted += [header(one) for one in plan.samples]
                continue
            seen = next((one for one in plan.samples if one >= birth), plan.head)
            wanted += [header(seen), *birth_marks(pool, birth)]
        answers = await collector.ask(MarketPhase.READ, wanted)
        if not plan.light:
            more = [
                one
                for pool in plan.pools
                for one in follow_up(ADAPTERS[pool.venue], pool, plan, answers)
            ]
            if any(one.key not in collector.replies for one in more):
                await collector.ask(MarketPhase.READ, more)

    async def _still_there(self, collector: Collector, head: BlockHeader) -> None:
        collector.phase(MarketPhase.CHECK_AGAIN, 0, 1)
        question = header(head.number)
        (reply,) = await collector.reader.ask([question])
        if Answers([reply]).header(question) != head:
            raise reorganised(head.number)
        collector.phase(MarketPhase.CHECK_AGAIN, 1, 1)

    async def _second_look(self, wanted: Wanted, plan: Plan, collector: Collector) -> str:
        """The label of a second node that says the same of the head block; "" if none is asked.

        Raises NodesDisagree.
        """
        network = wanted.network
        if not network.cross_check or len(network.endpoints) < 2:
            return ""
        questions = [
            question
            for pool in plan.pools
            for question in ADAPTERS[pool.venue].questions(pool, plan)
            if question.block == plan.head
        ]
        label = collector.reader.node
        try:
            async with self._chain.open(network, "second look at pools", label) as other:
                replies = await other.ask([header(plan.head), *questions])
                name = other.node
        except NodesDisagree:
            raise
        except (NodeUnreachable, NodeRefused):
            return ""
        for reply in replies:
            if not same(reply, collector.replies[reply.key]):
                raise NodesDisagree(
                    f"{label} and {name} tell different things about {reply.key[:80]}. Nothing "
                    "was kept.",
                    hint="Do not decide over this until you know which of them to believe.",
                )
        return name

    def _remember(self, plan: Plan, head: BlockHeader, replies: Sequence[Reply]) -> None:
        """The head's replies as a sample for light mode, and the ages."""
        mark = f" {plan.head}"
        mine = [
            one
            for one in replies
            if one.key == f"header{mark}" or one.key.split(" ")[1:2] == [str(plan.head)]
        ]
        marks = {
            question.key
            for pool in plan.pools
            if (block := plan.birth(pool.id)) is not None
            for question in birth_marks(pool, block)
        }
        mine += [one for one in replies if one.key in marks and one not in mine]
        births = [
            Reply(f"{BIRTH} {one.pool:#x}", json.dumps(one.block).encode()) for one in plan.births
        ]
        self._store.remember(plan.chain, head.hash, (*mine, *births))


def kept(collector: Collector, plan: Plan, wanted: Wanted) -> tuple[Reply, ...]:
    """The replies with the inputs beside them."""
    return (
        *collector.replies.values(),
        plan.reply(),
        Reply(VENUES, wanted.venues.canonical()),
        Reply(AUDITS, wanted.audits.canonical()),
    )


def birth_marks(pool: PoolRef, block: int) -> tuple[Question, ...]:
    """What shows that a pool began at a block: there, not there before, and when that was."""
    adapter = ADAPTERS[pool.venue]
    there = [adapter.present(pool, one) for one in (block, block - 1) if one >= 0]
    return (header(block), *there)


def begins(pool: PoolRef, block: int, answers: Answers) -> bool:
    """Whether the answers to these say so."""
    adapter = ADAPTERS[pool.venue]
    try:
        there = [
            adapter.was_there(answers, adapter.present(pool, one))
            for one in (block, block - 1)
            if one >= 0
        ]
    except NodeAnswerInvalid:
        return False
    return there[0] and not any(there[1:])


def times(answers: Answers, asked: Sequence[Question]) -> dict[int, int]:
    """Timestamps of the blocks that the node knows."""
    found = {}
    for question in asked:
        one = answers.header(question)
        if isinstance(one, BlockHeader):
            found[one.number] = one.timestamp
    return found


def pruned(answers: Answers, question: Question) -> bool:
    """Whether the node says that it does not know the block's state."""
    try:
        found = answers.felts(question) if question.entry_point else answers.class_hash(question)
    except NodeAnswerInvalid:
        return False
    return isinstance(found, CallFailed) and hidden(found)


def same(one: Reply, other: Reply) -> bool:
    """Whether two nodes said the same; the words of an error may differ."""
    if one.raw == other.raw:
        return True
    if one.key.startswith("header "):
        question = header(int(one.key.split()[1]))
        return Answers([one]).header(question) == Answers([other]).header(question)
    failed = [json.loads(reply.raw).get("error", {}).get("code") for reply in (one, other)]
    return failed[0] is not None and failed[0] == failed[1]


def reorganised(number: int) -> Reorganised:
    """The refusal."""
    return Reorganised(
        f"Block {number} is another one now than when the pools were read. Nothing was kept.",
        hint="Take the snapshot again.",
    )
