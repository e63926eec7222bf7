"""Vesu V2: lending markets. Their utilization is the true one: the share that is lent out."""

from fractions import Fraction

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.market import decoders, formulas, guards
from obsqra_desktop.domain.market.keys import PoolRef, VenueId
from obsqra_desktop.domain.market.layouts import Refused
from obsqra_desktop.domain.market.prices import Amounts
from obsqra_desktop.domain.market.questions import Answers, Question, call, class_hash
from obsqra_desktop.services.market.plan import Plan
from obsqra_desktop.services.market.venues.reading import Part, Reading, absent, class_of


class VesuV2:
    """Implements Venue. What can be withdrawn at once, the reserve, stands for depth."""

    id = VenueId.VESU_V2

    def questions(self, pool: PoolRef, plan: Plan) -> tuple[Question, ...]:
        """Utilization at the head, the market's state at both ends and between."""
        asset, at = (pool.token0.address,), pool.contract
        return tuple(
            dict.fromkeys(
                (
                    class_hash(at, plan.head),
                    call(at, "utilization", asset, plan.head),
                    *(call(at, "asset_config", asset, one) for one in looks(plan)),
                )
            )
        )

    def price_question(self, pool: PoolRef, block: int) -> Question | None:
        """None: a lending market has no price."""
        return None

    def price(self, answers: Answers, question: Question) -> Fraction | None:
        """See Venue."""
        return None

    def present(self, pool: PoolRef, block: int) -> Question:
        """Its state."""
        return call(pool.contract, "asset_config", (pool.token0.address,), block)

    def was_there(self, answers: Answers, question: Question) -> bool:
        """An asset that is unknown has no scale, or the call fails."""
        try:
            decoders.vesu_asset(answers.felts(question))
        except Refused as error:
            return absent(error.answer)
        except NodeAnswerInvalid:
            return False
        return True

    def read(self, pool: PoolRef, plan: Plan, answers: Answers) -> Reading:
        """See Venue."""
        asset, at, head = (pool.token0.address,), pool.contract, plan.head
        used = call(at, "utilization", asset, head)
        asked = [call(at, "asset_config", asset, one) for one in looks(plan)]
        ends = (asked[0], asked[-1])
        lent = decoders.vesu_utilization(answers.felts(used))
        now = decoders.vesu_asset(answers.felts(ends[1]))
        seen = [one for question in asked if (one := asset_at(answers, question)) is not None]
        usual = sorted(share_lent(one) for one in seen)[len(seen) // 2]
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
            liquidity=tuple(one.reserve for one in seen),
            utilization=Part(
                "the larger of utilization now and its median in the window, of 10^18",
                (used.key, *(question.key for question in asked)),
                number=Fraction(max(lent, usual)),
            ),
            class_hash=class_of(answers, class_hash(at, head)),
            class_keys=(class_hash(at, head).key,),
            warnings=guards.cross_check(
                lent // 10**14, share_lent(now) // 10**14, "utilization in points, and from debt"
            ),
        )


def looks(plan: Plan) -> tuple[int, ...]:
    """Blocks at which the market's state is read: both ends and every sixth sample between, so
    that a deposit for one block changes neither depth nor utilization."""
    return (*plan.samples[:-1:6], plan.head)


def asset_at(answers: Answers, question: Question) -> decoders.VesuAsset | None:
    """None while the market is not there."""
    try:
        return decoders.vesu_asset(answers.felts(question))
    except Refused:
        return None


def share_lent(market: decoders.VesuAsset) -> int:
    """Debt of reserve and debt, of 10^18, rounded down (Vesu V2, calculate_utilization)."""
    total, _ = assets(market)
    return market.total_debt * decoders.SCALE // total if total else 0


def assets(market: decoders.VesuAsset) -> tuple[int, int]:
    """Reserve and debt together, and the shares."""
    return market.reserve + market.total_debt, market.total_collateral_shares
