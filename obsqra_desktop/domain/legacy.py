"""What the first release (V1.2) printed as its proof, reproduced to the byte.

It is the SHA-256 of a JSON document with two pools' metrics and scores. Anybody can compute it
for any numbers, so it shows nothing: it is kept for comparison, under its own label.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Final

from obsqra_desktop.domain.allocation import share_weight
from obsqra_desktop.domain.pools import TOTAL_BPS, PoolMetrics
from obsqra_desktop.domain.risk import OBSQRA_V1_2, score

LABEL: Final = "hash, not a proof"


def _inputs(metrics: PoolMetrics) -> dict[str, int]:
    return {
        "utilization": metrics.utilization_bps,
        "volatility": metrics.volatility_bps,
        "liquidity": metrics.liquidity_tier,
        "audit_score": metrics.audit_score,
        "age_days": metrics.age_days,
    }


def _components(metrics: PoolMetrics) -> dict[str, int]:
    risk = score(OBSQRA_V1_2, metrics)
    return {
        "util_component": risk.util,
        "vol_component": risk.vol,
        "liq_component": risk.liquidity,
        "audit_component": risk.audit,
        "age_penalty": risk.age,
        "total_unclamped": risk.total_unclamped,
        "total_clamped": risk.score,
    }


def legacy_document(jediswap: PoolMetrics, ekubo: PoolMetrics) -> str:
    """The JSON text that V1.2 hashed."""
    document = {
        "version": "1.0.0",
        "operator": "risk_scoring",
        "inputs": {"jediswap": _inputs(jediswap), "ekubo": _inputs(ekubo)},
        "outputs": {
            "jediswap_score": score(OBSQRA_V1_2, jediswap).score,
            "ekubo_score": score(OBSQRA_V1_2, ekubo).score,
            "jediswap_components": _components(jediswap),
            "ekubo_components": _components(ekubo),
        },
        "metadata": {"scale": 4096, "constraints": ["score >= 5", "score <= 95"]},
    }
    return json.dumps(document, sort_keys=True)


def legacy_hash(jediswap: PoolMetrics, ekubo: PoolMetrics) -> str:
    """`0x` and 64 digits; always show it with LABEL."""
    text = legacy_document(jediswap, ekubo)
    return "0x" + hashlib.sha256(text.encode("utf-8")).hexdigest()


def legacy_shares(risks: Sequence[int], apys_bps: Sequence[int]) -> tuple[int, ...]:
    """V1.2's split of 10000 basis points for two or three pools, no caps: the dust to the last."""
    weights = [share_weight(apy, risk) for risk, apy in zip(risks, apys_bps, strict=True)]
    total = sum(weights)
    shares = [weight * TOTAL_BPS // total if total else 0 for weight in weights[:-1]]
    return (*shares, TOTAL_BPS - sum(shares))
