"""Vesu V2: lending markets. Their utilization is the true one: the share that is lent out."""

from fractions import Fraction

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.market import decoders, formulas
from obsqra_desktop.domain.market.keys import PoolRef, VenueId
from obsqra_desktop.domain.market.layouts import Refused
from obsqra_desktop.domain.market.prices import Amounts
from obsqra_desktop.domain.market.questions import Answers, Question, call, class_hash
from obsqra_desktop.services.market.plan import Plan
from obsqra_desktop.services.market.venues.reading import Part, Reading, class_of


class VesuV2:
    """Implements Venue. What can be withdrawn at once, the reserve, stands for depth."""

    id = VenueId.VESU_V2

    def questions(self, pool: PoolRef, plan: Plan) -> tuple[Question, ...]:
        """Utilization at the head, the market's state at both ends."""
        asset, at = (pool.token0.address,), pool.contract
        return tuple(
            dict.fromkeys(
                (
                    class_hash(at, plan.head),
                    call(at, "utilization", asset, plan.head),
                    call(at, "asset_config", asset, plan.samples[0]),
                    call(at, "asset_config", asset, plan.head),
                )
            )
        )

    def present(self, pool: PoolRef, block: int) -> Question:
        """Its state."""
        return call(pool.contract, "asset_config", (pool.token0.address,), block)

    def was_there(self, answers: Answers, question: Question) -> bool:
        """An asset that is unknown has no scale, or the call fails."""
        try:
            decoders.vesu_asset(answers.felts(question))
        except NodeAnswerInvalid:
            return False
        return True

    def read(self, pool: PoolRef, plan: Plan, answers: Answers) -> Reading:
        """See Venue."""
        asset, at, head = (pool.token0.address,), pool.contract, plan.head
        used = call(at, "utilization", asset, head)
        ends = [call(at, "asset_config", asset, one) for one in (plan.samples[0], head)]
        lent = decoders.vesu_utilization(answers.felts(used))
        now = decoders.vesu_asset(answers.felts(ends[1]))
        words = "assets per share at the end / at the start - 1"
        keys = tuple(dict.fromkeys(one.key for one in ends))
        earned = Part(words, keys, reason="there is only one sample")
        if len(plan.samples) > 1:
            try:
                before = decoders.vesu_asset(answers.felts(ends[0]))
                growth = formulas.lending_yield(assets(before), assets(now))
                earned = Part(words, keys, number=growth, reason="the market has no shares")
            except Refused:
                earned = Part(words, keys, reason="the market is younger than the window")
        total, _ = assets(now)
        return Reading(
            value=Part("reserve and debt", (ends[1].key,), Amounts(Fraction(total), Fraction(0))),
            near=Part(
                "what is not lent out", (ends[1].key,), Amounts(Fraction(now.reserve), Fraction(0))
            ),
            earned=earned,
            utilization=Part("utilization / 10^18", (used.key,), number=Fraction(lent)),
            class_hash=class_of(answers, class_hash(at, head)),
            class_keys=(class_hash(at, head).key,),
        )


def assets(market: decoders.VesuAsset) -> tuple[int, int]:
    """Reserve and debt together, and the shares."""
    return market.reserve + market.total_debt, market.total_collateral_shares
