"""The classes of all contracts that a snapshot reads, held against those that are known. Pure."""

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.market.deployments import Deployments
from obsqra_desktop.domain.market.derivation import MarketWarning, WarningCode
from obsqra_desktop.domain.market.keys import VenueId
from obsqra_desktop.domain.market.questions import Answers, Question, class_hash
from obsqra_desktop.services.market.plan import Plan


def shared(venues: Deployments, plan: Plan) -> dict[int, str]:
    """Contracts that are no pools and are asked all the same, by address; pools are told of each
    for itself."""
    there = {one.venue for one in plan.pools}
    found: dict[int, str] = {}
    if VenueId.EKUBO in there:
        found |= {plan.lens: "Ekubo's router, which tells the depth"}
        found |= {plan.oracle: "Ekubo's oracle"}
    if VenueId.JEDISWAP_V1 in there and venues.jediswap_v1:
        found[venues.jediswap_v1.factory] = "JediSwap v1's factory"
    if VenueId.JEDISWAP_V2 in there:
        found[plan.v2_factory] = "JediSwap v2's factory"
    tokens = {one.address for pool in plan.pools for one in (pool.token0, pool.token1) if one}
    for feed in venues.feeds:
        if venues.token(feed.token).address in tokens:
            found[feed.address] = f"Chainlink's price of {feed.token}"
    found.pop(0, None)
    return found


def questions(venues: Deployments, plan: Plan) -> tuple[Question, ...]:
    """Their classes at the head."""
    return tuple(class_hash(one, plan.head) for one in shared(venues, plan))


def warnings(venues: Deployments, plan: Plan, answers: Answers) -> tuple[MarketWarning, ...]:
    """Of those that run a class that is not known. Where there is no contract, whatever it would
    have told is unknown, which is said there."""
    found = []
    for contract, words in shared(venues, plan).items():
        question = class_hash(contract, plan.head)
        if question not in answers:
            continue
        try:
            seen = answers.class_hash(question)
        except NodeAnswerInvalid:
            continue
        if isinstance(seen, int) and not venues.known_class(contract, seen):
            text = f"{words} runs a class that is not known: {seen:#x}"
            found.append(MarketWarning(code=WarningCode.UNKNOWN_CLASS, text=text))
    return tuple(found)
