"""A second node is asked the same, but for events, whose pages every node cuts in its own way."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from obsqra_desktop.domain.chain_errors import (
    NodeAnswerInvalid,
    NodeRefused,
    NodesDisagree,
    NodeUnfit,
    NodeUnreachable,
    Offline,
    WrongChain,
)
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.market.derivation import MarketWarning, WarningCode
from obsqra_desktop.domain.market.questions import (
    BLOCK_NOT_FOUND,
    Answers,
    Ask,
    CallFailed,
    Question,
    Reply,
    header,
    item_of,
)
from obsqra_desktop.domain.network import Network
from obsqra_desktop.services.market.ports import ChainReader, MarketChain
from obsqra_desktop.services.market.venues.reading import hidden


@dataclass(frozen=True)
class Second:
    """The label of the node that agreed, or why nobody did."""

    node: str = ""
    warnings: tuple[MarketWarning, ...] = ()


async def second_look(
    chain: MarketChain, network: Network, label: str, mine: Mapping[Question, Reply], head: int
) -> Second:
    """`mine`: what the first node, of that label, was asked and said. Whoever cannot be asked, does
    not know the head yet, or does not keep all the blocks, is a warning.

    Raises NodesDisagree, WrongChain.
    """
    if len(network.endpoints) < 2:
        return alone("a second node is to be asked, but only one is set")
    try:
        async with chain.open(network, "second look at pools", label) as other:
            name = other.node
            replies = await all_of(other, mine, head)
    except (NodesDisagree, WrongChain):
        raise
    except (NodeUnreachable, NodeRefused, NodeUnfit, NodeAnswerInvalid, Offline) as error:
        return alone(reason(error))
    seen = Answers([replies[header(head)]]).header(header(head))
    if isinstance(seen, CallFailed) and seen.code == BLOCK_NOT_FOUND:
        return alone(f"{name} does not know block {head} yet")
    unseen = 0
    for question, reply in mine.items():
        found = replies.get(question)
        if found is None or (question.block < head and lacks(question, found, reply)):
            unseen += 1
        elif not same(reply, found):
            raise NodesDisagree(
                f"{label} and {name} tell different things about {reply.key[:80]}. Nothing "
                "was kept.",
                hint="Do not decide over this until you know which of them to believe.",
            )
    if unseen:
        text = f"{name} does not keep old blocks: {unseen} of {len(mine)} answers are one node's"
        return Second(name, (MarketWarning(code=WarningCode.CROSS_CHECK, text=text[:280]),))
    return Second(name)


async def all_of(
    other: ChainReader, mine: Mapping[Question, Reply], head: int
) -> dict[Question, Reply]:
    """Its answers to all, or, if it refuses to speak of old blocks, to those about the head."""
    asked = tuple(mine)
    try:
        return dict(zip(asked, await other.ask(asked), strict=True))
    except NodeRefused:
        asked = tuple(one for one in mine if one.block == head or one.kind is Ask.HEADER)
        return dict(zip(asked, await other.ask(asked), strict=True))


def lacks(question: Question, found: Reply, mine: Reply) -> bool:
    """Whether the second node only says that it does not keep the block, and the first does."""
    if question.kind is Ask.HEADER:
        return False
    answer, own = item_of(found.raw), item_of(mine.raw)
    if not isinstance(answer, CallFailed) or not hidden(answer):
        return False
    return not (isinstance(own, CallFailed) and hidden(own))


def alone(why: str) -> Second:
    """Only one node tells all this."""
    text = f"no second node confirms this: {why}"
    return Second("", (MarketWarning(code=WarningCode.CROSS_CHECK, text=text[:280]),))


def reason(error: AppError) -> str:
    """The first sentence of what happened."""
    return error.detail.removesuffix(" Nothing was sent.")


def same(one: Reply, other: Reply) -> bool:
    """Whether two nodes said the same; the words of an error may differ."""
    if one.raw == other.raw:
        return True
    if one.key.startswith("header "):
        question = header(int(one.key.split()[1]))
        return Answers([one]).header(question) == Answers([other]).header(question)
    failed = [json.loads(reply.raw).get("error", {}).get("code") for reply in (one, other)]
    return failed[0] is not None and failed[0] == failed[1]
