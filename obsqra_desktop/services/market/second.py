"""A second node is asked the same about the head block."""

import json
from collections.abc import Sequence
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
    CallFailed,
    Question,
    Reply,
    header,
)
from obsqra_desktop.domain.network import Network
from obsqra_desktop.services.market.ports import MarketChain


@dataclass(frozen=True)
class Second:
    """The label of the node that agreed, or why nobody did."""

    node: str = ""
    warnings: tuple[MarketWarning, ...] = ()


async def second_look(
    chain: MarketChain,
    network: Network,
    label: str,
    mine: Sequence[Reply],
    questions: Sequence[Question],
) -> Second:
    """`mine` are the first node's replies to the questions, the first of which is the head's
    header. Whoever cannot be asked, or does not know the block yet, is a warning.

    Raises NodesDisagree.
    """
    if len(network.endpoints) < 2:
        return alone("a second node is to be asked, but only one is set")
    try:
        async with chain.open(network, "second look at pools", label) as other:
            replies = await other.ask(questions)
            name = other.node
    except (NodesDisagree, WrongChain):
        raise
    except (NodeUnreachable, NodeRefused, NodeUnfit, NodeAnswerInvalid, Offline) as error:
        return alone(reason(error))
    seen = Answers(replies[:1]).header(questions[0])
    if isinstance(seen, CallFailed) and seen.code == BLOCK_NOT_FOUND:
        return alone(f"{name} does not know block {questions[0].block} yet")
    for one, two in zip(mine, replies, strict=True):
        if not same(one, two):
            raise NodesDisagree(
                f"{label} and {name} tell different things about {one.key[:80]}. Nothing was kept.",
                hint="Do not decide over this until you know which of them to believe.",
            )
    return Second(name)


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
