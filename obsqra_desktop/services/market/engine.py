"""Takes a snapshot: every question at numbered blocks of one node, the head's hash asked again at
the end, all replies kept."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid, NodeRefused
from obsqra_desktop.domain.market import guards
from obsqra_desktop.domain.market.audit_registry import AuditRegistry
from obsqra_desktop.domain.market.deployments import Deployments
from obsqra_desktop.domain.market.derivation import MarketSnapshot, MarketWarning, WarningCode
from obsqra_desktop.domain.market.errors import NoPools, Reorganised
from obsqra_desktop.domain.market.formulas import STEPS, WINDOW
from obsqra_desktop.domain.market.keys import PoolRef
from obsqra_desktop.domain.market.questions import (
    Answers,
    Ask,
    BlockHeader,
    CallFailed,
    Question,
    Reply,
    header,
)
from obsqra_desktop.domain.network import Network
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.chain_ports import Now
from obsqra_desktop.services.market import classes, discovery, news
from obsqra_desktop.services.market.births import Births, birth_marks, name_of, remembered
from obsqra_desktop.services.market.collector import Collector
from obsqra_desktop.services.market.derive import derive
from obsqra_desktop.services.market.plan import AUDITS, VENUES, Plan
from obsqra_desktop.services.market.ports import (
    MarketChain,
    MarketPhase,
    MarketProgress,
    MarketStore,
    OnProgress,
)
from obsqra_desktop.services.market.second import Second, second_look
from obsqra_desktop.services.market.venues.all import VENUES as ADAPTERS
from obsqra_desktop.services.market.venues.reading import follow_up, hidden
from obsqra_desktop.services.market.window import StartSearch, samples


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
            plan, births = await self._plan(wanted, collector, head)
            plan = await self._aged(plan, births, collector)
            await self._read(plan, wanted.venues, collector)
            second = await self._second_look(wanted, plan, collector)
            plan = plan.model_copy(
                update={
                    "checked_with": second.node,
                    "warnings": (*plan.warnings, *second.warnings),
                }
            )
            await self._still_there(collector, head)
            collector.phase(MarketPhase.DERIVE)
            replies = kept(collector, plan, wanted)
            market = await asyncio.to_thread(derive, replies)
            trips = reader.round_trips
        await asyncio.to_thread(self._remember, plan, wanted.venues, head, replies)
        return Taken(market, replies, trips)

    async def _plan(
        self, wanted: Wanted, collector: Collector, head: BlockHeader
    ) -> tuple[Plan, Births]:
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
        if answers.header(header(head.number)) != head:
            raise reorganised(head.number)
        search.told(times(answers, first))
        known = await asyncio.to_thread(
            self._store.recall, wanted.network.chain_id, [name_of(one) for one in pools]
        )
        births = Births(pools, head.number, wanted.venues, known)
        history = await self._window(search, births, pools[0], collector)
        now = self._now()
        warnings = () if wanted.network.practice else guards.clock_check(head.timestamp, now)
        plan = Plan(
            network=wanted.network.id,
            chain=wanted.network.chain_id,
            node=collector.reader.node,
            taken_at=now,
            head=head.number,
            samples=samples(search.start, head.number),
            light=False,
            pools=pools,
            lens=wanted.venues.ekubo.router if wanted.venues.ekubo else 0,
            oracle=(wanted.venues.ekubo.oracle or 0) if wanted.venues.ekubo else 0,
            head_time=head.timestamp,
            v2_factory=wanted.venues.jediswap_v2.factory if wanted.venues.jediswap_v2 else 0,
            warnings=warnings,
        )
        if history or await self._has_history(plan, collector):
            return plan, births
        return await self._light(plan, collector), births

    async def _window(
        self, search: StartSearch, births: Births, pool: PoolRef, collector: Collector
    ) -> bool:
        """Find the window's start; whether the state of a block before it is known. What tells
        when pools began rides in the same requests."""
        early = ADAPTERS[pool.venue].present(pool, search.start)
        history, refused = False, False
        while asked := [header(one) for one in search.probes()]:
            if refused:
                answers = await collector.ask(MarketPhase.WINDOW, asked)
            else:
                marks = births.marks()
                room = collector.reader.room - len(asked) - len(marks) - 1
                probes = (early, *births.probes(room))
                try:
                    answers = await collector.ask(MarketPhase.WINDOW, (*asked, *marks), probes)
                except NodeRefused:  # some say so that they do not keep the state of old blocks
                    refused = True
                    continue
                births.told(answers)
                history = history or (early in answers and not pruned(answers, early))
            search.told(times(answers, asked))
        return history

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

    async def _aged(self, plan: Plan, births: Births, collector: Collector) -> Plan:
        """With the first block of each pool: from the state of blocks, else from what was seen in
        it when the node still had it, else from the venues' events."""
        warnings: tuple[MarketWarning, ...] = ()
        try:
            while not plan.light:
                marks = births.marks()
                probes = births.probes(collector.reader.room - len(marks))
                if not probes and all(one.key in collector.replies for one in marks):
                    break
                births.told(await collector.ask(MarketPhase.AGES, marks, probes))
        except NodeRefused:
            pass  # of blocks that it does not keep
        if lost := births.hidden():
            old = await asyncio.to_thread(self._store.recall, plan.chain, [q.key for q in lost])
            blocks = [one for one in lost if one.kind is Ask.HEADER]
            answers = await collector.ask(MarketPhase.AGES, blocks)
            collector.replies |= {one.key: one for one in births.recall(answers, old)}
        if births.missing():
            try:
                await self._announced(plan, births, collector)
            except (NodeRefused, NodeAnswerInvalid) as error:
                births.forget("event")
                words = f"when pools began is not known, as events cannot be read: {error.detail}"
                warnings = (MarketWarning(code=WarningCode.OTHER, text=words[:280]),)
        return plan.model_copy(
            update={"births": births.found, "warnings": (*plan.warnings, *warnings)}
        )

    async def _announced(self, plan: Plan, births: Births, collector: Collector) -> None:
        """From events: those that were found so before, then a look through all blocks."""
        if known := births.narrow():
            births.announced(await collector.pages(MarketPhase.AGES, known, keep=True), known)
        if scan := [one for told in births.missing() for one in told.scan(plan.head)]:
            births.announced(await collector.pages(MarketPhase.AGES, scan, keep=False), scan)
        if proof := births.event_marks():
            await collector.pages(MarketPhase.AGES, proof, keep=True)

    async def _read(self, plan: Plan, venues: Deployments, collector: Collector) -> None:
        wanted = [header(one) for one in (plan.samples[0], plan.head)]
        wanted += [*news.questions(venues, plan), *classes.questions(venues, plan)]
        for pool in plan.pools:
            adapter, birth = ADAPTERS[pool.venue], plan.birth(pool.id)
            wanted += adapter.questions(pool, plan)
            if birth is None:
                wanted += [header(one) for one in plan.samples]
                continue
            seen = next((one for one in plan.samples if one >= birth.block), plan.head)
            wanted += [header(seen), *birth_marks(pool, birth, venues)]
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

    async def _second_look(self, wanted: Wanted, plan: Plan, collector: Collector) -> Second:
        """What a second node says of the same; see `second`."""
        if not wanted.network.cross_check:
            return Second()
        collector.phase(MarketPhase.CHECK_AGAIN)
        mine = {one: reply for one, reply in collector.asked.items() if one.kind is not Ask.EVENTS}
        label = collector.reader.node
        return await second_look(self._chain, wanted.network, label, mine, plan.head)

    def _remember(
        self, plan: Plan, venues: Deployments, head: BlockHeader, replies: Sequence[Reply]
    ) -> None:
        """The head's replies as a sample for light mode, and the ages."""
        marks = {
            question.key
            for pool in plan.pools
            if (birth := plan.birth(pool.id)) is not None
            for question in birth_marks(pool, birth, venues)
        }
        mine = [
            one
            for one in replies
            if one.key.split(" ")[1:2] == [str(plan.head)] or one.key in marks
        ]
        births = [remembered(one) for one in plan.births]
        self._store.remember(plan.chain, head.hash, (*mine, *births))


def kept(collector: Collector, plan: Plan, wanted: Wanted) -> tuple[Reply, ...]:
    """The replies with the inputs beside them."""
    return (
        *collector.replies.values(),
        plan.reply(),
        Reply(VENUES, wanted.venues.canonical()),
        Reply(AUDITS, wanted.audits.canonical()),
    )


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


def reorganised(number: int) -> Reorganised:
    """The refusal."""
    return Reorganised(
        f"Block {number} is another one now than when the pools were read. Nothing was kept.",
        hint="Take the snapshot again.",
    )
