//! The witness: a trace computed from a statement and the opening of its policy commitment.
//!
//! Plain integers throughout; nothing here is trusted by the verifier. A statement that does not follow from the
//! policy gives [`TraceError`], before any proving starts.

use std::borrow::BorrowMut;

use p3_field::{PrimeCharacteristicRing, PrimeField32};
use p3_koala_bear::{GenericPoseidon2LinearLayersKoalaBear as Linear, KoalaBear};
use p3_matrix::dense::RowMajorMatrix;
use p3_poseidon2::GenericPoseidon2LinearLayers;

use crate::air::columns::{BLOCK, COLS, Cols, POOLS, ROWS, SPONGE, WINDOW};
use crate::air::periodic::{Step, step};
use crate::air::{POLICY_VERSION, SPONGE_TAG};
use crate::statement::{MODULUS, Statement, TOTAL_BPS};

/// The private side: the policy and the salt of its commitment.
#[derive(Clone)]
pub struct Opening {
    pub cap: u32,
    pub min_pools: u32,
    pub max_risk: u32,
    pub max_volatility: u32,
    pub min_liquidity: u32,
    pub exclude: u32,
    pub mask: u32,
    pub salt: [u32; 8],
}

/// Why a statement cannot be proved. Messages never hold a witness value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TraceError {
    #[error("opening: {0}")]
    Opening(&'static str),
    #[error("the statement does not follow: {0}")]
    Mismatch(&'static str),
}

impl Opening {
    /// Parse 15 little-endian u32: cap, min_pools, max_risk, max_volatility, min_liquidity, exclude, mask, salt.
    ///
    /// # Errors
    /// Wrong length or a value outside the policy's ranges.
    pub fn parse(bytes: &[u8]) -> Result<Self, TraceError> {
        let words: [u32; 15] = bytes
            .as_chunks::<4>()
            .0
            .iter()
            .map(|chunk| u32::from_le_bytes(*chunk))
            .collect::<Vec<_>>()
            .try_into()
            .ok()
            .filter(|_| bytes.len() == 60)
            .ok_or(TraceError::Opening("expected 60 bytes"))?;
        let [
            cap,
            min_pools,
            max_risk,
            max_volatility,
            min_liquidity,
            exclude,
            mask,
            salt @ ..,
        ] = words;
        let ok = (1..=TOTAL_BPS).contains(&cap)
            && (1..=POOLS as u32).contains(&min_pools)
            && max_risk <= 100
            && max_volatility <= TOTAL_BPS
            && min_liquidity <= 3
            && exclude <= 1
            && mask < 256
            && salt.iter().all(|&limb| limb < MODULUS);
        ok.then_some(Self {
            cap,
            min_pools,
            max_risk,
            max_volatility,
            min_liquidity,
            exclude,
            mask,
            salt,
        })
        .ok_or(TraceError::Opening("a value is out of range"))
    }
}

/// Per-pool numbers that several rows need.
#[derive(Clone, Copy, Default)]
struct Solved {
    eligible: bool,
    capped: bool,
    share: i64,
    quota: i64,
    last: bool,
    taken_fits: bool,
    allocation: i64,
}

struct Solution {
    pools: [Solved; POOLS],
    rest: i64,
    sum: i64,
    dust: i64,
}

fn solve(statement: &Statement, opening: &Opening) -> Solution {
    let mut pools = [Solved::default(); POOLS];
    for (b, pool) in statement.pools.iter().enumerate() {
        let [_, volatility, tier, _, _, apy] = pool.metrics;
        pools[b].eligible = (opening.mask >> b) & 1 == 1
            && pool.score <= opening.max_risk
            && volatility <= opening.max_volatility
            && tier >= opening.min_liquidity
            && apy >= 1
            && !(opening.exclude == 1 && pool.flag == 1);
    }
    for (b, solved) in pools.iter_mut().enumerate() {
        let pool = &statement.pools[if b < statement.pools.len() { b } else { 0 }];
        solved.share = i64::from(pool.metrics[5]) * 10_000 / (i64::from(pool.score) + 1);
    }
    let cap = i64::from(opening.cap);
    let (mut rest, mut sum);
    loop {
        let capped = pools.iter().filter(|p| p.capped).count() as i64;
        rest = i64::from(TOTAL_BPS) - cap * capped;
        sum = pools
            .iter()
            .filter(|p| p.eligible && !p.capped)
            .map(|p| p.share)
            .sum::<i64>();
        let joins: Vec<usize> = (0..POOLS)
            .filter(|&b| {
                pools[b].eligible && !pools[b].capped && rest * pools[b].share >= cap * sum
            })
            .collect();
        if joins.is_empty() {
            break;
        }
        for b in joins {
            pools[b].capped = true;
        }
    }
    let mut quotas = 0;
    for pool in pools.iter_mut().filter(|p| p.eligible) {
        pool.quota = if pool.capped {
            cap
        } else {
            rest * pool.share / sum
        };
        if !pool.capped {
            quotas += pool.quota;
        }
    }
    let dust = rest - quotas;
    if let Some(pool) = pools.iter_mut().rev().find(|p| p.eligible && !p.capped) {
        pool.last = true;
        pool.taken_fits = pool.quota + dust <= cap;
    }
    for pool in &mut pools {
        let taken = if pool.taken_fits {
            dust
        } else {
            cap - pool.quota
        };
        pool.allocation = pool.quota + if pool.last { taken } else { 0 };
    }
    Solution {
        pools,
        rest,
        sum,
        dust,
    }
}

/// Writes base-4 digits of `value` into `lanes`.
fn put(lanes: &mut [KoalaBear], value: i64) -> Result<(), TraceError> {
    let mut rest = value;
    for lane in lanes.iter_mut() {
        *lane = KoalaBear::from_u32((rest & 3) as u32);
        rest >>= 2;
    }
    if value < 0 || rest != 0 {
        return Err(TraceError::Mismatch("a number leaves its range"));
    }
    Ok(())
}

/// The bit and the magnitude of a comparison: `x = bit V - (1 - bit)(V + 1)`.
fn split(x: i64) -> (bool, i64) {
    if x >= 0 { (true, x) } else { (false, -x - 1) }
}

fn expect(condition: bool, what: &'static str) -> Result<(), TraceError> {
    condition.then_some(()).ok_or(TraceError::Mismatch(what))
}

type Row = Cols<KoalaBear>;

/// A block's rows, borrowed for writing.
struct Block<'a> {
    rows: &'a mut [KoalaBear],
}

impl Block<'_> {
    fn row(&mut self, row: usize) -> &mut Row {
        self.rows[row * COLS..(row + 1) * COLS].borrow_mut()
    }

    fn put(
        &mut self,
        row: usize,
        lanes: core::ops::Range<usize>,
        value: i64,
    ) -> Result<(), TraceError> {
        put(&mut self.row(row).digit[lanes], value)
    }

    /// A comparison in the upper lanes with `bit`.
    fn compare(
        &mut self,
        row: usize,
        lanes: core::ops::Range<usize>,
        x: i64,
    ) -> Result<bool, TraceError> {
        let (bit, value) = split(x);
        self.row(row).bit = KoalaBear::from_bool(bit);
        self.put(row, lanes, value)?;
        Ok(bit)
    }

    /// A comparison in the lower lanes with `sign`.
    fn compare_low(
        &mut self,
        row: usize,
        lanes: core::ops::Range<usize>,
        x: i64,
    ) -> Result<bool, TraceError> {
        let (bit, value) = split(x);
        self.row(row).sign = KoalaBear::from_bool(bit);
        self.put(row, lanes, value)?;
        Ok(bit)
    }

    fn fill(&mut self, rows: core::ops::Range<usize>, set: impl Fn(&mut Row)) {
        for row in rows {
            set(self.row(row));
        }
    }
}

fn network(
    block: &mut Block<'_>,
    statement: &Statement,
    metrics: &[u32; 6],
) -> Result<u32, TraceError> {
    let weight = |i: usize| i64::from(statement.weights[i]);
    let mut out: [i64; 3] = core::array::from_fn(|k| weight(72 + k));
    for i in 0..8 {
        block.fill(i..i + 1, |row| row.out = out.map(KoalaBear::from_i64));
        let pre: i64 = weight(40 + i)
            + (0..5)
                .map(|j| weight(5 * i + j) * i64::from(metrics[j]))
                .sum::<i64>();
        let positive = block.compare_low(i, 0..11, pre)?;
        if positive {
            for (k, o) in out.iter_mut().enumerate() {
                *o += weight(48 + 8 * k + i) * pre;
            }
        }
    }
    block.fill(8..BLOCK, |row| row.out = out.map(KoalaBear::from_i64));
    let first = block.compare_low(10, 0..15, out[1] - out[0])?;
    let second = block.compare_low(11, 0..15, out[2] - out[0].max(out[1]))?;
    Ok(if second { 2 } else { u32::from(first) })
}

fn score(
    block: &mut Block<'_>,
    statement: &Statement,
    metrics: &[u32; 6],
) -> Result<u32, TraceError> {
    let rule = &statement.rule;
    let [utilization, volatility, tier, audit, age, _] = metrics.map(i64::from);
    let mut added = [0i64; BLOCK];
    for (row, weight, metric) in [(8, rule.w_util, utilization), (9, rule.w_vol, volatility)] {
        let product = i64::from(weight) * metric;
        let (q, r) = (product / 10_000, product % 10_000);
        block.put(row, 0..3, q)?;
        block.put(row, 3..10, r)?;
        block.put(row, 10..17, 9_999 - r)?;
        added[row] = q;
    }
    let (d_audit, d_age) = (i64::from(rule.d_audit), i64::from(rule.d_age));
    let unaudited = (100 - audit) * i64::from(rule.w_audit);
    block.put(0, 11..14, unaudited / d_audit)?;
    block.put(0, 14..16, unaudited % d_audit)?;
    block.put(0, 16..18, d_audit - 1 - unaudited % d_audit)?;
    added[0] = unaudited / d_audit;
    let youth = i64::from(rule.age_cap) - age;
    block.compare(1, 11..19, youth)?;
    let weighted = youth.max(0) * i64::from(rule.w_age);
    block.put(2, 11..13, weighted / d_age)?;
    block.put(2, 13..18, weighted % d_age)?;
    block.put(3, 11..16, d_age - 1 - weighted % d_age)?;
    added[2] = weighted / d_age;
    added[7] = i64::from(rule.liquidity[tier as usize]);
    let mut total = 0;
    for (row, add) in added.into_iter().enumerate() {
        block.fill(row..row + 1, |r| r.total = KoalaBear::from_i64(total));
        total += add;
    }
    let (low, high) = (i64::from(rule.clamp_min), i64::from(rule.clamp_max));
    block.compare(10, 15..19, total - low)?;
    let floored = total.max(low);
    block.compare(11, 15..19, high - floored)?;
    Ok(floored.min(high) as u32)
}

fn pool_block(
    block: &mut Block<'_>,
    statement: &Statement,
    opening: &Opening,
    solution: &Solution,
    b: usize,
) -> Result<(), TraceError> {
    let active = b < statement.pools.len();
    let pool = &statement.pools[if active { b } else { 0 }];
    let solved = &solution.pools[b];
    expect(
        network(block, statement, &pool.metrics)? == pool.class,
        "a model class differs",
    )?;
    expect(
        score(block, statement, &pool.metrics)? == pool.score,
        "a score differs",
    )?;
    let stated = if active {
        i64::from(pool.allocation)
    } else {
        0
    };
    expect(solved.allocation == stated, "an allocation differs")?;

    let [_, volatility, tier, _, _, apy] = pool.metrics.map(i64::from);
    let (score, cap) = (i64::from(pool.score), i64::from(opening.cap));
    let allow = (opening.mask >> b) & 1 == 1;
    // Eligibility.
    let mut pass = [active && allow; BLOCK];
    let tests = [
        (
            0,
            block.compare(0, 18..19, tier - i64::from(opening.min_liquidity))?,
        ),
        (
            3,
            block.compare(3, 16..20, i64::from(opening.max_risk) - score)?,
        ),
        (
            4,
            block.compare(4, 11..18, i64::from(opening.max_volatility) - volatility)?,
        ),
        (5, block.compare(5, 11..19, apy - 1)?),
        (6, !(opening.exclude == 1 && pool.flag == 1)),
    ];
    for (row, ok) in tests {
        for later in &mut pass[row + 1..] {
            *later &= ok;
        }
    }
    debug_assert_eq!(pass[7], solved.eligible);
    for (row, &value) in pass.iter().enumerate() {
        block.row(row).pass = KoalaBear::from_bool(value);
    }
    // Spread and dust.
    block.compare(6, 11..18, stated - 1000)?;
    let room = if solved.last {
        cap - solved.quota - solution.dust
    } else {
        0
    };
    block.compare(7, 11..18, room)?;
    // Share.
    let (share_hi, share_lo) = (solved.share >> 14, solved.share & 0x3fff);
    let remainder = apy * 10_000 - solved.share * (score + 1);
    block.put(12, 0..6, share_hi)?;
    block.put(12, 6..13, share_lo)?;
    block.put(12, 13..17, remainder)?;
    block.put(12, 17..21, score - remainder)?;
    block.put(13, 0..7, share_hi * (score + 1))?;
    // Quota.
    let uncapped = solved.eligible && !solved.capped;
    let (sum_hi, sum_lo) = (solution.sum >> 14, solution.sum & 0x3fff);
    let rem = solution.rest * solved.share - solved.quota * solution.sum;
    let (rem_hi, rem_lo) = (rem >> 14, rem & 0x3fff);
    let carry = (solution.rest * share_lo - solved.quota * sum_lo - rem_lo) >> 14;
    block.put(13, 7..14, solved.quota)?;
    block.put(
        13,
        14..21,
        if uncapped { cap - 1 - solved.quota } else { 0 },
    )?;
    block.put(14, 0..8, carry + (1 << 15))?;
    block.put(14, 8..21, rem_hi)?;
    block.put(15, 0..7, rem_lo)?;
    let low = sum_lo - 1 - rem_lo;
    let borrow = uncapped && low < 0;
    let borrowed = i64::from(borrow);
    block.put(15, 7..14, if uncapped { low + (borrowed << 14) } else { 0 })?;
    block.put(
        15,
        14..21,
        if uncapped {
            sum_hi - rem_hi - borrowed
        } else {
            0
        },
    )?;
    block.row(15).bit = KoalaBear::from_bool(borrow);
    // Constants of the block and of the trace.
    let open_from = solution.pools[b..].iter().any(|p| p.eligible && !p.capped);
    let word = KoalaBear::from_i64;
    block.fill(0..BLOCK, |row| {
        row.allow = KoalaBear::from_bool(allow);
        row.eligible = KoalaBear::from_bool(solved.eligible);
        row.capped = KoalaBear::from_bool(solved.capped);
        row.share_hi = word(share_hi);
        row.share_lo = word(share_lo);
        row.quota = word(solved.quota);
        row.last = KoalaBear::from_bool(solved.last);
        row.open_from = KoalaBear::from_bool(open_from);
        row.mask_from = word(i64::from(opening.mask >> b));
        row.cap = word(cap);
        row.min_pools = KoalaBear::from_u32(opening.min_pools);
        row.max_risk = KoalaBear::from_u32(opening.max_risk);
        row.max_volatility = KoalaBear::from_u32(opening.max_volatility);
        row.min_liquidity = KoalaBear::from_u32(opening.min_liquidity);
        row.exclude = KoalaBear::from_u32(opening.exclude);
        row.rest = word(solution.rest);
        row.sum_hi = word(sum_hi);
        row.sum_lo = word(sum_lo);
        row.dust = word(solution.dust);
    });
    Ok(())
}

/// Range-checked policy values, one per block (`constraints::policy_ranges`).
fn policy_lanes(
    block: &mut Block<'_>,
    opening: &Opening,
    solution: &Solution,
    spread: i64,
    b: usize,
) -> Result<(), TraceError> {
    let value = match b {
        0 => i64::from(opening.cap) - 1,
        1 => i64::from(TOTAL_BPS - opening.cap),
        2 => i64::from(opening.max_volatility),
        3 => solution.rest,
        4 => solution.sum >> 14,
        5 => solution.sum & 0x3fff,
        6 => {
            i64::from(opening.max_risk)
                | i64::from(opening.min_pools - 1) << 8
                | i64::from(opening.min_liquidity) << 12
        }
        _ => spread - i64::from(opening.min_pools),
    };
    expect(value >= 0, "too few pools hold 1000 bps")?;
    block.put(8, 17..21, value & 0xff)?;
    block.put(9, 17..20, value >> 8)
}

/// The sponge's states over the whole trace, and the commitment.
fn sponge(statement: &Statement, opening: &Opening) -> (Vec<[KoalaBear; SPONGE]>, [u32; 8]) {
    let mut state = [KoalaBear::ZERO; SPONGE];
    let policy = [
        POLICY_VERSION,
        opening.cap,
        opening.min_pools,
        opening.max_risk,
        opening.max_volatility,
        opening.min_liquidity,
        opening.exclude,
        opening.mask,
    ];
    state[8] = KoalaBear::from_u32(SPONGE_TAG);
    state[..8].copy_from_slice(&policy.map(KoalaBear::from_u32));
    let absorbed = [statement.pools_digest(), opening.salt, [0; 8]];
    let mut states = Vec::with_capacity(ROWS);
    for row in 0..ROWS {
        states.push(state);
        match step(row % WINDOW) {
            Step::Linear => Linear::external_linear_layer(&mut state),
            Step::External(constants) => {
                for (cell, constant) in state.iter_mut().zip(constants) {
                    *cell = (*cell + constant).cube();
                }
                Linear::external_linear_layer(&mut state);
            }
            Step::Internal(constant) => {
                state[0] = (state[0] + constant).cube();
                Linear::internal_linear_layer(&mut state);
            }
            Step::Carry => {}
            Step::Absorb => {
                if let Some(block) = absorbed.get(row / WINDOW) {
                    state[..8].copy_from_slice(&block.map(KoalaBear::from_u32));
                }
            }
        }
    }
    let shown = states[3 * WINDOW - 1];
    (
        states,
        core::array::from_fn(|i| shown[i].as_canonical_u32()),
    )
}

/// The commitment that an opening gives for the pools of a statement.
#[must_use]
pub fn commitment(statement: &Statement, opening: &Opening) -> [u32; 8] {
    sponge(statement, opening).1
}

/// Build the trace (`ROWS` x `COLS`, row-major).
///
/// # Errors
/// [`TraceError::Mismatch`] if an output of the statement is not what the rules give under this policy, or if the
/// opening does not open the statement's commitment.
pub fn build(
    statement: &Statement,
    opening: &Opening,
) -> Result<RowMajorMatrix<KoalaBear>, TraceError> {
    let (states, commitment) = sponge(statement, opening);
    expect(
        commitment == statement.commitment,
        "the opening does not open the commitment",
    )?;
    let solution = solve(statement, opening);
    let mut values = KoalaBear::zero_vec(ROWS * COLS);
    let (mut n_capped, mut share_sum, mut quota_sum, mut spread) = (0, 0, 0, 0);
    let mut any_flag = false;
    for (b, rows) in values.chunks_mut(BLOCK * COLS).enumerate() {
        let mut block = Block { rows };
        pool_block(&mut block, statement, opening, &solution, b)?;
        let solved = &solution.pools[b];
        let before = spread;
        spread += i64::from(solved.allocation >= 1000);
        policy_lanes(&mut block, opening, &solution, spread, b)?;
        block.fill(0..BLOCK, |row| {
            row.n_capped = KoalaBear::from_i64(n_capped);
            row.share_sum = KoalaBear::from_i64(share_sum);
            row.quota_sum = KoalaBear::from_i64(quota_sum);
            row.any_flag = KoalaBear::from_bool(any_flag);
            row.spread = KoalaBear::from_i64(before);
        });
        block.fill(7..BLOCK, |row| row.spread = KoalaBear::from_i64(spread));
        for row in 0..BLOCK {
            block.row(row).sponge = states[b * BLOCK + row];
        }
        n_capped += i64::from(solved.capped);
        if solved.eligible {
            let flag = b < statement.pools.len() && statement.pools[b].flag == 1;
            any_flag |= flag;
            if !solved.capped {
                share_sum += solved.share;
                quota_sum += solved.quota;
            }
        }
    }
    expect(
        u32::from(any_flag) == statement.decision,
        "the decision differs",
    )?;
    Ok(RowMajorMatrix::new(values, COLS))
}
