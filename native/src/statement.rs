//! The statement: everything public that a proof is about, in one canonical byte string.
//!
//! ```text
//! 16 B  "OBSQRA/STMT/1\0\0\0"
//! u32   version = 1        u32 parameter set = 1
//! 32 B  chain id, 32 B gate address, 32 B account   (each < Starknet's field prime)
//! u64   nonce, u64 expiry (unix seconds), u64 block number
//! 32 B  snapshot digest    u32 rule id     32 B model digest
//! 300 B model weights: 75 x i32: W1 (8 x 5 row-major), b1 (8), W2 (3 x 8 row-major), b2 (3)
//! 32 B  policy commitment: 8 x u32, each < p
//! u32   number of pools n (1..8)
//! n x   32 B pool id; u32 utilisation, volatility, tier, audit, age, apy; u32 score, class, flag, allocation
//! u32   decision (1 = rebalance)   u32 idle
//! ```
//! All integers are little-endian. Parsing accepts exactly the valid statements and nothing after them.

use blake2::{Blake2s256, Digest};

use crate::air::columns::POOLS;
use crate::rules::RiskRule;

/// KoalaBear's modulus, `2^31 - 2^24 + 1`.
pub const MODULUS: u32 = 2_130_706_433;
pub const VERSION: u32 = 1;
pub const PARAMETER_SET: u32 = 1;
pub const WEIGHTS: usize = 75;
pub const TOTAL_BPS: u32 = 10_000;
/// Starknet's field prime `2^251 + 17 * 2^192 + 1`, little-endian bytes.
const FELT_PRIME: [u8; 32] = {
    let mut bytes = [0u8; 32];
    bytes[0] = 1;
    bytes[24] = 0x11;
    bytes[31] = 0x08;
    bytes
};
const MAGIC: &[u8; 16] = b"OBSQRA/STMT/1\0\0\0";
const MODEL_TAG: &[u8; 16] = b"OBSQRA/MODEL/1\0\0";
const POOLS_TAG: &[u8; 16] = b"OBSQRA/POOLS/1\0\0";

/// Inclusive upper bounds of utilisation, volatility, tier, audit, age, apy.
pub const METRIC_MAX: [u32; 6] = [10_000, 10_000, 3, 100, 30_000, 20_000];
/// Bounds of |W1| by feature, |b1|, |W2|, |b2|: they keep the network inside the 31-bit field (`air`).
pub const W1_MAX: [i32; 5] = [63, 63, 65_535, 4_095, 31];
pub const B1_MAX: i32 = 1 << 20;
pub const W2_MAX: i32 = 15;
pub const B2_MAX: i32 = 1 << 23;

/// Why a byte string is not a statement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    #[error("statement: {0}")]
    Malformed(&'static str),
}

/// One pool's public part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    pub id: [u8; 32],
    /// utilisation bps, volatility bps, liquidity tier, audit score, age in days, apy bps.
    pub metrics: [u32; 6],
    pub score: u32,
    pub class: u32,
    pub flag: u32,
    pub allocation: u32,
}

/// A parsed statement; every range has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub rule: RiskRule,
    pub weights: [i32; WEIGHTS],
    pub commitment: [u32; 8],
    pub pools: Vec<Pool>,
    pub decision: u32,
    pub idle: u32,
    /// Blake2s-256 of the statement's bytes: seeds the transcript.
    pub digest: [u8; 32],
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], StatementError> {
        let (head, tail) = self
            .0
            .split_first_chunk::<N>()
            .ok_or(StatementError::Malformed("too short"))?;
        self.0 = tail;
        Ok(*head)
    }

    fn u32(&mut self) -> Result<u32, StatementError> {
        Ok(u32::from_le_bytes(self.take()?))
    }

    fn u64(&mut self) -> Result<u64, StatementError> {
        Ok(u64::from_le_bytes(self.take()?))
    }

    fn at_most(&mut self, max: u32, what: &'static str) -> Result<u32, StatementError> {
        let value = self.u32()?;
        ensure(value <= max, what)?;
        Ok(value)
    }

    fn felt(&mut self) -> Result<[u8; 32], StatementError> {
        let bytes: [u8; 32] = self.take()?;
        ensure(
            bytes.iter().rev().lt(FELT_PRIME.iter().rev()),
            "a felt is not canonical",
        )?;
        Ok(bytes)
    }
}

fn ensure(condition: bool, what: &'static str) -> Result<(), StatementError> {
    condition
        .then_some(())
        .ok_or(StatementError::Malformed(what))
}

fn check_weights(weights: &[i32; WEIGHTS]) -> Result<(), StatementError> {
    let within = |value: i32, max: i32| (-max..=max).contains(&value);
    let (w1, rest) = weights.split_at(40);
    let (b1, rest) = rest.split_at(8);
    let (w2, b2) = rest.split_at(24);
    let ok = w1
        .iter()
        .zip(W1_MAX.iter().cycle())
        .all(|(&w, &max)| within(w, max))
        && b1.iter().all(|&b| within(b, B1_MAX))
        && w2.iter().all(|&w| within(w, W2_MAX))
        && b2.iter().all(|&b| within(b, B2_MAX));
    ensure(ok, "a model weight is out of range")
}

/// Digest of a model's weights.
#[must_use]
pub fn model_digest(weights: &[i32; WEIGHTS]) -> [u8; 32] {
    let mut hasher = Blake2s256::new_with_prefix(MODEL_TAG);
    for weight in weights {
        hasher.update(weight.to_le_bytes());
    }
    hasher.finalize().into()
}

impl Statement {
    /// Parse the canonical bytes.
    ///
    /// # Errors
    /// Any deviation: length, magic, version, range, order, duplicate pool, wrong digest or wrong sum.
    pub fn parse(bytes: &[u8]) -> Result<Self, StatementError> {
        let mut r = Reader(bytes);
        ensure(&r.take::<16>()? == MAGIC, "wrong magic")?;
        ensure(r.u32()? == VERSION, "unknown version")?;
        ensure(r.u32()? == PARAMETER_SET, "unknown parameter set")?;
        for _ in ["chain id", "gate", "account"] {
            r.felt()?;
        }
        for _ in ["nonce", "expiry", "block number"] {
            ensure(r.u64()? < 1 << 63, "a 64-bit integer is out of range")?;
        }
        r.take::<32>()?; // snapshot digest
        let rule = *RiskRule::by_id(r.u32()?).ok_or(StatementError::Malformed("unknown rule"))?;
        let claimed_model: [u8; 32] = r.take()?;
        let mut weights = [0i32; WEIGHTS];
        for weight in &mut weights {
            *weight = i32::from_le_bytes(r.take()?);
        }
        check_weights(&weights)?;
        ensure(
            model_digest(&weights) == claimed_model,
            "the model digest does not match its weights",
        )?;
        let mut commitment = [0u32; 8];
        for limb in &mut commitment {
            *limb = r.at_most(MODULUS - 1, "a commitment limb is not canonical")?;
        }
        let count = r.u32()? as usize;
        ensure(
            (1..=POOLS).contains(&count),
            "the number of pools is not 1..8",
        )?;
        let mut pools: Vec<Pool> = Vec::with_capacity(count);
        for _ in 0..count {
            let id = r.felt()?;
            ensure(pools.iter().all(|p| p.id != id), "a pool id repeats")?;
            let mut metrics = [0u32; 6];
            for (metric, max) in metrics.iter_mut().zip(METRIC_MAX) {
                *metric = r.at_most(max, "a metric is out of range")?;
            }
            let score = r.at_most(100, "a score is out of range")?;
            let class = r.at_most(2, "a model class is out of range")?;
            let flag = r.at_most(1, "a flag is not a bit")?;
            ensure((flag == 1) == (class == 2), "a flag contradicts its class")?;
            let allocation = r.at_most(TOTAL_BPS, "an allocation is out of range")?;
            pools.push(Pool {
                id,
                metrics,
                score,
                class,
                flag,
                allocation,
            });
        }
        let decision = r.at_most(1, "the decision is not a bit")?;
        let idle = r.at_most(TOTAL_BPS, "idle is out of range")?;
        let allocated: u32 = pools.iter().map(|p| p.allocation).sum();
        ensure(
            allocated + idle == TOTAL_BPS,
            "allocation and idle do not sum to 10000",
        )?;
        ensure(r.0.is_empty(), "trailing bytes")?;
        Ok(Self {
            rule,
            weights,
            commitment,
            pools,
            decision,
            idle,
            digest: Blake2s256::digest(bytes).into(),
        })
    }

    /// Digest of the ordered pool ids as eight 30-bit limbs: what the policy's allowlist mask refers to.
    #[must_use]
    pub fn pools_digest(&self) -> [u32; 8] {
        let mut hasher = Blake2s256::new_with_prefix(POOLS_TAG);
        hasher.update((self.pools.len() as u32).to_le_bytes());
        for pool in &self.pools {
            hasher.update(pool.id);
        }
        let digest: [u8; 32] = hasher.finalize().into();
        core::array::from_fn(|i| {
            u32::from_le_bytes(core::array::from_fn(|j| digest[4 * i + j])) & 0x3fff_ffff
        })
    }
}
