//! Section 3: the 194 public values.

use crate::field::{P, TO_WORD, reduce_small, to_u32};
use crate::statement::{Parsed, Pool};

/// Public values by name; negative weights are negative integers. Bounds: those of section 1, all below 2^31.
#[derive(Copy, Drop)]
pub struct PublicValues {
    /// All 194 in their order.
    pub flat: Span<felt252>,
    pub rule: Span<felt252>,
    pub w1: Span<felt252>,
    pub b1: Span<felt252>,
    pub w2: Span<felt252>,
    pub b2: Span<felt252>,
    /// Eight times 11 numbers.
    pub pools: Span<felt252>,
    pub commitment: Span<felt252>,
    pub pools_digest: Span<felt252>,
    pub decision: felt252,
    pub idle: felt252,
}

/// w_util, w_vol, L[0..3], w_audit, d_audit, A, w_age, d_age, lo, hi.
const RULE_1: [felt252; 13] = [35, 30, 15, 10, 5, 0, 1, 5, 1099, 1, 100, 5, 95];
const RULE_2: [felt252; 13] = [25, 40, 30, 15, 5, 0, 3, 10, 730, 10, 730, 5, 95];

fn append_pool(ref flat: Array<felt252>, pool: Pool, active: bool) {
    flat.append(if active { 1 } else { 0 });
    flat.append(pool.utilisation_bps.into());
    flat.append(pool.volatility_bps.into());
    flat.append(pool.liquidity_tier.into());
    flat.append(pool.audit_score.into());
    flat.append(pool.age_days.into());
    flat.append(pool.apy_bps.into());
    flat.append(pool.score.into());
    flat.append(pool.model_class.into());
    flat.append(pool.flag.into());
    flat.append(if active { pool.allocation_bps.into() } else { 0 });
}

pub fn public_values(parsed: Parsed) -> PublicValues {
    let statement = parsed.statement;
    let mut flat = array![];
    flat.append_span(if statement.rule_id == 1 { RULE_1.span() } else { RULE_2.span() });
    flat.append_span(parsed.weights);
    let pools = statement.pools;
    for b in 0..8_u32 {
        match pools.get(b) {
            Some(pool) => append_pool(ref flat, *pool.unbox(), true),
            None => append_pool(ref flat, *pools.at(0), false),
        }
    }
    for limb in parsed.commitment {
        flat.append((*limb).into());
    }
    for word in parsed.pools_digest {
        flat.append((*word).into());
    }
    flat.append(statement.decision.into());
    flat.append(statement.idle_bps.into());
    let flat = flat.span();
    PublicValues {
        flat,
        rule: flat.slice(0, 13),
        w1: flat.slice(13, 40),
        b1: flat.slice(53, 8),
        w2: flat.slice(61, 24),
        b2: flat.slice(85, 3),
        pools: flat.slice(88, 88),
        commitment: flat.slice(176, 8),
        pools_digest: flat.slice(184, 8),
        decision: *flat[192],
        idle: *flat[193],
    }
}

/// The public values as hashed words.
pub fn hashed_words(flat: Span<felt252>) -> Array<u32> {
    let mut words = array![];
    for value in flat {
        words.append(to_u32(reduce_small((*value + P) * TO_WORD))); // > -2^24 + p; < 2^57
    }
    words
}
