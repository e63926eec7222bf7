//! The public values of the AIR, derived from a statement.
//!
//! Order (194 values, each a field element; negative weights are stored modulo p):
//! rule parameters (13) · W1 (8 x 5), b1 (8), W2 (3 x 8), b2 (3) · eight pools x 11 · commitment (8) ·
//! pools digest (8) · decision, idle.
//!
//! A pool is `active, utilisation, volatility, tier, audit, age, apy, score, class, flag, allocation`.
//! Blocks behind the last pool repeat pool 0 with `active = 0` and `allocation = 0`, so that every block obeys
//! the same constraints.

use core::borrow::Borrow;

use p3_field::PrimeCharacteristicRing;
use p3_koala_bear::KoalaBear;

use crate::air::columns::POOLS;
use crate::rules::RULE_VALUES;
use crate::statement::{Statement, WEIGHTS};

/// Number of public values of the AIR.
pub const PUBLIC_VALUES: usize = core::mem::size_of::<Public<u8>>();

#[derive(Clone, Debug)]
#[repr(C)]
pub struct RulePublic<T> {
    pub w_util: T,
    pub w_vol: T,
    pub liquidity: [T; 4],
    pub w_audit: T,
    pub d_audit: T,
    pub age_cap: T,
    pub w_age: T,
    pub d_age: T,
    pub clamp_min: T,
    pub clamp_max: T,
}

#[derive(Clone, Debug)]
#[repr(C)]
pub struct PoolPublic<T> {
    pub active: T,
    pub utilization: T,
    pub volatility: T,
    pub tier: T,
    pub audit: T,
    pub age: T,
    pub apy: T,
    pub score: T,
    pub class: T,
    pub flag: T,
    pub allocation: T,
}

/// The public values by name.
#[derive(Clone, Debug)]
#[repr(C)]
pub struct Public<T> {
    pub rule: RulePublic<T>,
    pub w1: [[T; 5]; 8],
    pub b1: [T; 8],
    pub w2: [[T; 8]; 3],
    pub b2: [T; 3],
    pub pools: [PoolPublic<T>; POOLS],
    pub commitment: [T; 8],
    pub pools_digest: [T; 8],
    pub decision: T,
    pub idle: T,
}

impl<T> Borrow<Public<T>> for [T] {
    fn borrow(&self) -> &Public<T> {
        assert_eq!(self.len(), PUBLIC_VALUES);
        // SAFETY: `Public<T>` is `repr(C)` and made of `PUBLIC_VALUES` values of `T` and nothing else.
        unsafe { &*self.as_ptr().cast::<Public<T>>() }
    }
}

/// The public values of a statement.
#[must_use]
pub fn public_values(statement: &Statement) -> Vec<KoalaBear> {
    let unsigned = KoalaBear::from_u32;
    let mut values: Vec<KoalaBear> = Vec::with_capacity(PUBLIC_VALUES);
    values.extend::<[KoalaBear; RULE_VALUES]>(statement.rule.values().map(unsigned));
    values.extend::<[KoalaBear; WEIGHTS]>(statement.weights.map(KoalaBear::from_i32));
    for block in 0..POOLS {
        let active = block < statement.pools.len();
        let pool = &statement.pools[if active { block } else { 0 }];
        values.push(KoalaBear::from_bool(active));
        values.extend(pool.metrics.map(unsigned));
        values.extend([pool.score, pool.class, pool.flag].map(unsigned));
        values.push(unsigned(if active { pool.allocation } else { 0 }));
    }
    values.extend(statement.commitment.map(unsigned));
    values.extend(statement.pools_digest().map(unsigned));
    values.extend([statement.decision, statement.idle].map(unsigned));
    debug_assert_eq!(values.len(), PUBLIC_VALUES);
    values
}
