"""The allocation: proportional to yield over risk, with a cap a pool; whole basis points.

    s_i = apy_i·10000 // (risk_i + 1)         weight of pool i
    D   = min(10000, n·C)                     what n eligible pools can take under the cap C
    K   = the least set with: i ∈ K iff R·s_i ≥ C·S,
          where R = D - C·|K| and S = Σ s_i over the eligible pools outside K
    a_i = C for i ∈ K, else R·s_i // S

Rounding dust goes to the last pool outside K as far as the cap lets it; the rest stays idle.
With no cap in force this is the original rule (3533 / 6467 for the sample).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from obsqra_desktop.domain.errors import InvalidInput

TOTAL_BPS = 10_000


@dataclass(frozen=True, slots=True)
class Allocation:
    """Basis points for each pool, those at the cap, and what stays idle; all sums to 10000."""

    amounts_bps: tuple[int, ...]
    capped: tuple[bool, ...]
    idle_bps: int


def share_weight(apy_bps: int, score: int) -> int:
    """The weight s of a pool; at least 99 for apy_bps ≥ 1 and score ≤ 100."""
    return apy_bps * 10_000 // (score + 1)


def allocate(weights: Sequence[int], eligible: Sequence[bool], cap_bps: int) -> Allocation:
    """Share 10000 basis points among the eligible pools, at most `cap_bps` (1..10000) each.

    The weight of an eligible pool must be positive; InvalidInput otherwise.
    """
    chosen = [i for i, is_eligible in enumerate(eligible) if is_eligible]
    if len(weights) != len(eligible) or any(weights[i] < 1 for i in chosen):
        raise InvalidInput("every eligible pool needs a positive weight")
    if not 1 <= cap_bps <= TOTAL_BPS:
        raise InvalidInput(f"the cap must be 1 to {TOTAL_BPS}, not {cap_bps}")

    distributable = min(TOTAL_BPS, len(chosen) * cap_bps)
    free, rest, total = _split(weights, chosen, cap_bps, distributable)
    amounts = [0] * len(weights)
    for i in chosen:
        amounts[i] = cap_bps if i not in free else rest * weights[i] // total
    if free:
        last = free[-1]
        dust = rest - sum(amounts[i] for i in free)
        amounts[last] = min(cap_bps, amounts[last] + dust)
    capped = tuple(i in chosen and i not in free for i in range(len(weights)))
    return Allocation(tuple(amounts), capped, TOTAL_BPS - sum(amounts))


def _split(
    weights: Sequence[int], chosen: Sequence[int], cap_bps: int, distributable: int
) -> tuple[list[int], int, int]:
    """The pools outside K in order, R and S: grow K from nothing until it stays the same."""
    free = list(chosen)
    while True:
        rest = distributable - cap_bps * (len(chosen) - len(free))
        total = sum(weights[i] for i in free)
        staying = [i for i in free if rest * weights[i] < cap_bps * total]
        if len(staying) == len(free):
            return free, rest, total
        free = staying
