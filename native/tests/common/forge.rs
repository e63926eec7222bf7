//! A prover that can lie in one step.
//!
//! The circuit defines each quantity from earlier ones, one constraint each. This prover computes them in that order
//! and may change one of them ([`Lie`]); whatever follows, up to the statement's outputs, is computed from the changed
//! value. So what it makes breaks the constraint that defines the quantity and, where the numbers allow it, no other.

use std::borrow::BorrowMut;
use std::ops::Deref;

use obsqra_native::air::columns::{BLOCK, COLS, Cols, POOLS, ROWS, SPONGE, WINDOW};
use obsqra_native::air::periodic::{Step, step};
use obsqra_native::rules::RiskRule;
use obsqra_native::statement::{Statement, model_digest};
use p3_field::{PrimeCharacteristicRing, PrimeField32};
use p3_koala_bear::{GenericPoseidon2LinearLayersKoalaBear as Linear, KoalaBear};
use p3_matrix::dense::RowMajorMatrix;
use p3_poseidon2::GenericPoseidon2LinearLayers;

use crate::common::Case;

pub type Trace = RowMajorMatrix<KoalaBear>;

/// The quantities that can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Site {
    Neuron,
    SignNotBit,
    OutStart(usize),
    OutStep(usize),
    First,
    Second,
    Class,
    Utilization,
    UtilizationRemainder,
    Volatility,
    VolatilityRemainder,
    Audit,
    AuditRemainder,
    Youth,
    AgeProduct,
    AgeRemainder,
    TotalStart,
    TotalStep,
    Lower,
    Upper,
    Score,
    TestTier,
    TestRisk,
    TestVolatility,
    TestYield,
    PassStart,
    PassStep,
    Eligible,
    Share,
    ShareRemainder,
    ShareHigh,
    Allow,
    Capped,
    QuotaOfNone,
    QuotaOfCapped,
    CappedStart,
    CappedStep,
    Rest,
    ShareSumStart,
    ShareSumStep,
    Sum,
    QuotaSumStart,
    QuotaSumStep,
    Dust,
    OpenEnd,
    Open,
    LastEnd,
    Last,
    Room,
    Allocation,
    AtLeast,
    SpreadStart,
    SpreadStep,
    FlagStart,
    FlagStep,
    Decision,
    MaskEnd,
    Mask,
    Exclude,
    SpongeStart,
    SpongeStep,
    Absorbed,
    Commitment,
}

/// How a quantity is changed.
#[derive(Clone, Copy, Debug)]
pub enum By {
    Add(i64),
    /// To the other side of a comparison.
    Flip,
}

/// One change: `index` is a neuron, a row of the block, or a cell, whatever the quantity has.
#[derive(Clone, Copy, Debug)]
pub struct Lie {
    pub site: Site,
    pub block: usize,
    pub index: usize,
    pub by: By,
}

/// Nothing fits: a number leaves its lanes, so that more than one constraint would break.
#[derive(Debug)]
pub struct Torn;

struct Maker {
    lie: Option<Lie>,
    trace: Trace,
    told: bool,
}

/// What a block hands to the allocation.
#[derive(Clone, Copy, Default)]
struct Pool {
    eligible: i64,
    share: i64,
    score: i64,
    class: i64,
    flag: i64,
}

fn word(value: i64) -> KoalaBear {
    KoalaBear::from_i64(value)
}

type Made<T> = Result<T, Torn>;

fn sure(condition: bool) -> Made<()> {
    condition.then_some(()).ok_or(Torn)
}

impl Maker {
    /// The quantity, changed if the lie is about it.
    fn say(&mut self, site: Site, block: usize, index: usize, honest: i64) -> i64 {
        match self.lie {
            Some(lie) if lie.site == site && lie.block == block && lie.index == index => {
                self.told = true;
                match lie.by {
                    By::Add(delta) => honest + delta,
                    By::Flip => -1 - honest,
                }
            }
            _ => honest,
        }
    }

    fn tells(&mut self, site: Site, block: usize, index: usize) -> bool {
        self.say(site, block, index, 0) != 0
    }

    fn row(&mut self, b: usize, row: usize) -> &mut Cols<KoalaBear> {
        let start = (b * BLOCK + row) * COLS;
        self.trace.values[start..start + COLS].borrow_mut()
    }

    fn put(
        &mut self,
        b: usize,
        row: usize,
        lanes: core::ops::Range<usize>,
        value: i64,
    ) -> Made<()> {
        sure(value >= 0 && value >> (2 * lanes.len()) == 0)?;
        for (i, lane) in self.row(b, row).digit[lanes].iter_mut().enumerate() {
            *lane = word((value >> (2 * i)) & 3);
        }
        Ok(())
    }

    fn compare(
        &mut self,
        b: usize,
        row: usize,
        lanes: core::ops::Range<usize>,
        x: i64,
    ) -> Made<bool> {
        let bit = x >= 0;
        let low = lanes.start == 0;
        self.put(b, row, lanes, if bit { x } else { -x - 1 })?;
        let cells = self.row(b, row);
        *(if low { &mut cells.sign } else { &mut cells.bit }) = KoalaBear::from_bool(bit);
        Ok(bit)
    }

    fn network(&mut self, b: usize, case: &Case, metrics: &[u32; 6]) -> Made<(i64, i64)> {
        let weight = |i: usize| i64::from(case.weights[i]);
        let mut out: [i64; 3] =
            core::array::from_fn(|k| self.say(Site::OutStart(k), b, 0, weight(72 + k)));
        let mut at_comparison = out;
        for row in 0..BLOCK {
            self.row(b, row).out = out.map(word);
            if row == 10 {
                at_comparison = out;
            }
            let mut active = 0;
            if row < 8 {
                let pre: i64 = weight(40 + row)
                    + (0..5)
                        .map(|j| weight(5 * row + j) * i64::from(metrics[j]))
                        .sum::<i64>();
                let pre = self.say(Site::Neuron, b, row, pre);
                if pre < -1 && self.tells(Site::SignNotBit, b, row) {
                    self.row(b, row).sign = word(pre + 1);
                } else if self.compare(b, row, 0..11, pre)? {
                    active = pre;
                }
            }
            for (k, value) in out.iter_mut().enumerate() {
                let added = if row < 8 {
                    weight(48 + 8 * k + row) * active
                } else {
                    0
                };
                *value = self.say(Site::OutStep(k), b, row, *value + added);
            }
        }
        let [o0, o1, o2] = at_comparison;
        let first = self.say(Site::First, b, 0, o1 - o0);
        let first = self.compare(b, 10, 0..15, first)?;
        let second = self.say(Site::Second, b, 0, o2 - if first { o1 } else { o0 });
        let second = self.compare(b, 11, 0..15, second)?;
        let class = if second { 2 } else { i64::from(first) };
        Ok((self.say(Site::Class, b, 0, class), i64::from(second)))
    }

    fn score(&mut self, b: usize, rule: &RiskRule, metrics: &[u32; 6]) -> Made<i64> {
        let [utilization, volatility, tier, audit, age, _] = metrics.map(i64::from);
        let mut added = [0i64; BLOCK];
        for (row, product, site, remainder) in [
            (
                8,
                utilization * i64::from(rule.w_util),
                Site::Utilization,
                Site::UtilizationRemainder,
            ),
            (
                9,
                volatility * i64::from(rule.w_vol),
                Site::Volatility,
                Site::VolatilityRemainder,
            ),
        ] {
            let product = self.say(site, b, 0, product);
            let (mut q, mut r) = (product.div_euclid(10_000), product.rem_euclid(10_000));
            if self.tells(remainder, b, 0) {
                (q, r) = (q - 1, r + 10_000);
            } else {
                self.put(b, row, 10..17, 9_999 - r)?;
            }
            self.put(b, row, 0..3, q)?;
            self.put(b, row, 3..10, r)?;
            added[row] = q;
        }
        let d = i64::from(rule.d_audit);
        let product = self.say(Site::Audit, b, 0, (100 - audit) * i64::from(rule.w_audit));
        let (mut q, mut r) = (product.div_euclid(d), product.rem_euclid(d));
        if self.tells(Site::AuditRemainder, b, 0) {
            (q, r) = (q - 1, r + d);
        } else {
            self.put(b, 0, 16..18, d - 1 - r)?;
        }
        self.put(b, 0, 11..14, q)?;
        self.put(b, 0, 14..16, r)?;
        added[0] = q;
        let youth = self.say(Site::Youth, b, 0, i64::from(rule.age_cap) - age);
        self.compare(b, 1, 11..19, youth)?;
        let d = i64::from(rule.d_age);
        let product = self.say(Site::AgeProduct, b, 0, youth.max(0) * i64::from(rule.w_age));
        let (mut q, mut r) = (product.div_euclid(d), product.rem_euclid(d));
        if self.tells(Site::AgeRemainder, b, 0) {
            (q, r) = (q - 1, r + d);
        } else {
            self.put(b, 3, 11..16, d - 1 - r)?;
        }
        self.put(b, 2, 11..13, q)?;
        self.put(b, 2, 13..18, r)?;
        added[2] = q;
        added[7] = i64::from(rule.liquidity[tier as usize]);
        let mut total = self.say(Site::TotalStart, b, 0, 0);
        let mut at_clamp = 0;
        for (row, add) in added.into_iter().enumerate() {
            self.row(b, row).total = word(total);
            if row == 10 {
                at_clamp = total;
            }
            total = self.say(Site::TotalStep, b, row, total + add);
        }
        let (low, high) = (i64::from(rule.clamp_min), i64::from(rule.clamp_max));
        let above = self.say(Site::Lower, b, 0, at_clamp - low);
        let floored = if self.compare(b, 10, 15..19, above)? {
            low + above
        } else {
            low
        };
        let below = self.say(Site::Upper, b, 0, high - floored);
        let score = if self.compare(b, 11, 15..19, below)? {
            high - below
        } else {
            high
        };
        Ok(self.say(Site::Score, b, 0, score))
    }

    /// Eligibility and share of a block whose public score and flag are known.
    fn pool(
        &mut self,
        b: usize,
        case: &Case,
        pool: &mut Pool,
        allow: i64,
        exclude: i64,
    ) -> Made<()> {
        let active = b < case.metrics.len();
        let [_, volatility, tier, _, _, apy] =
            case.metrics[if active { b } else { 0 }].map(i64::from);
        let o = &case.opening;
        let mut factor = [1i64; BLOCK];
        for (row, lanes, x, site) in [
            (0, 18..19, tier - i64::from(o.min_liquidity), Site::TestTier),
            (
                3,
                16..20,
                i64::from(o.max_risk) - pool.score,
                Site::TestRisk,
            ),
            (
                4,
                11..18,
                i64::from(o.max_volatility) - volatility,
                Site::TestVolatility,
            ),
            (5, 11..19, apy - 1, Site::TestYield),
        ] {
            let x = self.say(site, b, 0, x);
            factor[row] = i64::from(self.compare(b, row, lanes, x)?);
        }
        factor[6] = 1 - exclude * pool.flag;
        let mut pass = self.say(Site::PassStart, b, 0, i64::from(active) * allow);
        for (row, by) in factor.into_iter().enumerate() {
            self.row(b, row).pass = word(pass);
            if row == 7 {
                pool.eligible = self.say(Site::Eligible, b, 0, pass);
            }
            pass = self.say(Site::PassStep, b, row, pass * by);
        }
        let share = self.say(Site::Share, b, 0, apy * 10_000 / (pool.score + 1));
        let mut remainder = apy * 10_000 - (apy * 10_000 / (pool.score + 1)) * (pool.score + 1);
        pool.share = share;
        if self.tells(Site::ShareRemainder, b, 0) {
            pool.share -= 1;
            remainder += pool.score + 1;
        } else {
            self.put(b, 12, 17..21, pool.score - remainder)?;
        }
        sure(pool.share >= 0)?;
        let (high, low) = (pool.share >> 14, pool.share & 0x3fff);
        self.put(b, 13, 0..7, high * (pool.score + 1))?;
        let told = self.say(Site::ShareHigh, b, 0, high);
        pool.share += (told - high) << 14;
        self.put(b, 12, 0..6, told)?;
        self.put(b, 12, 6..13, low)?;
        self.put(b, 12, 13..17, remainder)?;
        for row in 0..BLOCK {
            let cells = self.row(b, row);
            (cells.share_hi, cells.share_lo) = (word(told), word(low));
            cells.eligible = word(pool.eligible);
        }
        Ok(())
    }

    /// A sum that runs over the rows: its value on each row, and behind the last.
    fn running(
        &mut self,
        sites: (Site, Site),
        start: i64,
        add: impl Fn(usize, usize, i64) -> i64,
    ) -> (Vec<i64>, i64) {
        let mut value = self.say(sites.0, 0, 0, start);
        let mut rows = Vec::with_capacity(ROWS);
        for row in 0..ROWS {
            rows.push(value);
            value = add(row / BLOCK, row % BLOCK, value);
            if row + 1 < ROWS {
                value = self.say(sites.1, row / BLOCK, row % BLOCK, value);
            }
        }
        (rows, value)
    }

    /// The allocation for one choice of capped pools: allocations and the number of pools with 1000 bps.
    #[allow(clippy::too_many_lines)]
    fn allocation(&mut self, case: &Case, pools: &[Pool; POOLS], set: u32) -> Made<[i64; POOLS]> {
        let cap = i64::from(case.opening.cap);
        let active = |b: usize| b < case.metrics.len();
        let capped: [i64; POOLS] =
            core::array::from_fn(|b| self.say(Site::Capped, b, 0, i64::from((set >> b) & 1)));
        let u: [i64; POOLS] = core::array::from_fn(|b| pools[b].eligible - capped[b]);
        let at_end = |row: usize| i64::from(row == BLOCK - 1);
        let (n_rows, n) = self.running((Site::CappedStart, Site::CappedStep), 0, |b, row, x| {
            x + at_end(row) * capped[b]
        });
        let rest = self.say(Site::Rest, 0, 0, 10_000 - cap * n);
        let (share_rows, sum) =
            self.running((Site::ShareSumStart, Site::ShareSumStep), 0, |b, row, x| {
                x + at_end(row) * u[b] * pools[b].share
            });
        let sum = self.say(Site::Sum, 0, 0, sum);
        sure(rest >= 0 && sum >= 0)?;
        let (sum_hi, sum_lo) = (sum >> 14, sum & 0x3fff);
        let mut quota = [0i64; POOLS];
        for b in 0..POOLS {
            quota[b] = match (pools[b].eligible, capped[b]) {
                (0, _) => self.say(Site::QuotaOfNone, b, 0, 0),
                (_, 0) => {
                    sure(sum > 0)?;
                    rest * pools[b].share / sum
                }
                _ => self.say(Site::QuotaOfCapped, b, 0, cap),
            };
        }
        let (quota_rows, quotas) =
            self.running((Site::QuotaSumStart, Site::QuotaSumStep), 0, |b, row, x| {
                x + at_end(row) * u[b] * quota[b]
            });
        let dust = self.say(Site::Dust, 0, 0, rest - quotas);
        let mut open = [0i64; POOLS + 1];
        let mut last = [0i64; POOLS];
        for b in (0..POOLS).rev() {
            if b == POOLS - 1 {
                open[b] = self.say(Site::OpenEnd, b, 0, u[b]);
                last[b] = self.say(Site::LastEnd, b, 0, u[b]);
            } else {
                let next = open[b + 1];
                open[b] = self.say(Site::Open, b, 0, next + u[b] - next * u[b]);
                last[b] = self.say(Site::Last, b, 0, u[b] * (1 - next));
            }
        }
        let mut allocation = [0i64; POOLS];
        let mut enough = [false; POOLS];
        for b in 0..POOLS {
            self.put(b, 13, 7..14, quota[b])?;
            self.put(b, 13, 14..21, u[b] * (cap - 1 - quota[b]))?;
            let low = rest * (pools[b].share & 0x3fff) - quota[b] * sum_lo;
            let (carry, rem_lo) = (low >> 14, low & 0x3fff);
            let rem_hi = rest * (pools[b].share >> 14) - quota[b] * sum_hi + carry;
            self.put(b, 14, 0..8, carry + (1 << 15))?;
            self.put(b, 14, 8..21, rem_hi)?;
            self.put(b, 15, 0..7, rem_lo)?;
            let borrow = u[b] == 1 && sum_lo - 1 < rem_lo;
            let borrowed = i64::from(borrow);
            self.put(
                b,
                15,
                7..14,
                u[b] * (sum_lo - 1 - rem_lo + (borrowed << 14)),
            )?;
            self.put(b, 15, 14..21, u[b] * (sum_hi - rem_hi - borrowed))?;
            self.row(b, 15).bit = KoalaBear::from_bool(borrow);
            let room = last[b] * (cap - quota[b] - dust);
            let room = self.say(Site::Room, b, 0, room);
            let fits = i64::from(self.compare(b, 7, 11..18, room)?);
            let taken = fits * (dust - cap + quota[b]) + cap - quota[b];
            allocation[b] = self.say(Site::Allocation, b, 0, quota[b] + last[b] * taken);
            sure(active(b) || allocation[b] == 0)?;
            let x = self.say(Site::AtLeast, b, 0, allocation[b] - 1000);
            enough[b] = self.compare(b, 6, 11..18, x)?;
        }
        let (spread_rows, _) =
            self.running((Site::SpreadStart, Site::SpreadStep), 0, |b, row, x| {
                x + i64::from(row == 6 && enough[b])
            });
        let o = &case.opening;
        let ranged = [
            cap - 1,
            10_000 - cap,
            i64::from(o.max_volatility),
            rest,
            sum_hi,
            sum_lo,
            i64::from(o.max_risk)
                + ((i64::from(o.min_pools) - 1) << 8)
                + (i64::from(o.min_liquidity) << 12),
            spread_rows[7 * BLOCK + 8] - i64::from(o.min_pools),
        ];
        for (b, value) in ranged.into_iter().enumerate() {
            sure(value >= 0)?;
            self.put(b, 8, 17..21, value & 0xff)?;
            self.put(b, 9, 17..20, value >> 8)?;
        }
        for row in 0..ROWS {
            let b = row / BLOCK;
            let cells = self.row(b, row % BLOCK);
            cells.capped = word(capped[b]);
            cells.quota = word(quota[b]);
            (cells.last, cells.open_from) = (word(last[b]), word(open[b]));
            (cells.rest, cells.dust) = (word(rest), word(dust));
            (cells.sum_hi, cells.sum_lo) = (word(sum_hi), word(sum_lo));
            cells.n_capped = word(n_rows[row]);
            cells.share_sum = word(share_rows[row]);
            cells.quota_sum = word(quota_rows[row]);
            cells.spread = word(spread_rows[row]);
            cells.cap = word(cap);
            cells.min_pools = word(o.min_pools.into());
            cells.max_risk = word(o.max_risk.into());
            cells.max_volatility = word(o.max_volatility.into());
            cells.min_liquidity = word(o.min_liquidity.into());
        }
        Ok(allocation)
    }

    /// The sponge's columns; the commitment as the statement will show it.
    fn sponge(&mut self, policy: [KoalaBear; 8], pools: [u32; 8], salt: [u32; 8]) -> [u32; 8] {
        let mut state = [KoalaBear::ZERO; SPONGE];
        state[..8].copy_from_slice(&policy);
        state[8] = KoalaBear::from_u32(0x4F42_5351);
        for (i, cell) in state.iter_mut().enumerate() {
            *cell += word(self.say(Site::SpongeStart, 0, i, 0));
        }
        let absorbed = [pools, salt, [0; 8]];
        let mut shown = [0; 8];
        for row in 0..ROWS {
            self.row(row / BLOCK, row % BLOCK).sponge = state;
            if row == 3 * WINDOW - 1 {
                shown = core::array::from_fn(|i| {
                    let told = word(self.say(Site::Commitment, 0, i, 0));
                    (state[i] + told).as_canonical_u32()
                });
            }
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
                        if row < WINDOW {
                            for (i, cell) in state[..8].iter_mut().enumerate() {
                                *cell += word(self.say(Site::Absorbed, 0, i, 0));
                            }
                        }
                    }
                }
            }
            if row + 1 < ROWS {
                for (i, cell) in state.iter_mut().enumerate() {
                    *cell += word(self.say(Site::SpongeStep, row, i, 0));
                }
            }
        }
        shown
    }
}

/// The statement's bytes with these outputs; every other field as in [`Case`].
fn encode(
    case: &Case,
    commitment: [u32; 8],
    pools: &[Pool],
    allocation: &[i64],
    decision: i64,
    idle: i64,
) -> Made<Vec<u8>> {
    let mut b = b"OBSQRA/STMT/1\0\0\0".to_vec();
    let word = |b: &mut Vec<u8>, x: i64| -> Made<()> {
        b.extend(u32::try_from(x).map_err(|_| Torn)?.to_le_bytes());
        Ok(())
    };
    word(&mut b, 1)?;
    word(&mut b, 1)?;
    for fill in [1u8, 2, 3] {
        b.extend([fill; 31]);
        b.push(0);
    }
    for x in [7u64, 1_900_000_000, 1204] {
        b.extend(x.to_le_bytes());
    }
    b.extend([9u8; 32]);
    word(&mut b, case.rule.into())?;
    b.extend(model_digest(&case.weights));
    for w in case.weights {
        b.extend(w.to_le_bytes());
    }
    for limb in commitment {
        word(&mut b, limb.into())?;
    }
    word(&mut b, case.metrics.len() as i64)?;
    for (i, metrics) in case.metrics.iter().enumerate() {
        b.extend([i as u8 + 1; 31]);
        b.push(0);
        let outputs = [pools[i].score, pools[i].class, pools[i].flag, allocation[i]];
        for x in metrics.iter().map(|&x| i64::from(x)).chain(outputs) {
            word(&mut b, x)?;
        }
    }
    word(&mut b, decision)?;
    word(&mut b, idle)?;
    Ok(b)
}

/// A statement with its bytes.
#[derive(Clone)]
pub struct Stated {
    pub bytes: Vec<u8>,
    statement: Statement,
}

impl Deref for Stated {
    type Target = Statement;

    fn deref(&self) -> &Statement {
        &self.statement
    }
}

/// A statement that the parser accepts, and a trace for it, with one lie.
///
/// # Errors
/// [`Torn`] if the lie has no place in this case, or some number does not fit its lanes or the statement.
pub fn make(case: &Case, lie: Option<Lie>) -> Result<(Stated, Trace), Torn> {
    let mut maker = Maker {
        lie,
        trace: RowMajorMatrix::new(KoalaBear::zero_vec(ROWS * COLS), COLS),
        told: false,
    };
    let rule = RiskRule::by_id(case.rule).ok_or(Torn)?;
    let o = &case.opening;
    let n = case.metrics.len();
    let exclude = maker.say(Site::Exclude, 0, 0, o.exclude.into());
    let mut mask = [0i64; POOLS + 1];
    let mut allow = [0i64; POOLS];
    for b in (0..POOLS).rev() {
        allow[b] = maker.say(Site::Allow, b, 0, i64::from((o.mask >> b) & 1));
        mask[b] = if b == POOLS - 1 {
            maker.say(Site::MaskEnd, b, 0, allow[b])
        } else {
            maker.say(Site::Mask, b, 0, allow[b] + 2 * mask[b + 1])
        };
    }
    let mut pools = [Pool::default(); POOLS];
    for b in 0..POOLS {
        let metrics = case.metrics[if b < n { b } else { 0 }];
        let (class, flag) = maker.network(b, case, &metrics)?;
        let score = maker.score(b, rule, &metrics)?;
        let public = if b < n {
            Pool {
                score,
                class,
                flag,
                ..Pool::default()
            }
        } else {
            pools[0]
        };
        // A block behind the last pool has the public numbers of the first.
        sure((score, class, flag) == (public.score, public.class, public.flag))?;
        pools[b] = public;
        let mut pool = public;
        maker.pool(b, case, &mut pool, allow[b], exclude)?;
        pools[b] = pool;
        for row in 0..BLOCK {
            let cells = maker.row(b, row);
            (cells.allow, cells.mask_from) = (word(allow[b]), word(mask[b]));
            cells.exclude = word(exclude);
        }
    }
    let (flag_rows, flagged) = maker.running((Site::FlagStart, Site::FlagStep), 0, |b, row, x| {
        if row == BLOCK - 1 {
            x + pools[b].eligible * pools[b].flag * (1 - x)
        } else {
            x
        }
    });
    for (row, &flag) in flag_rows.iter().enumerate() {
        maker.row(row / BLOCK, row % BLOCK).any_flag = word(flag);
    }
    let decision = maker.say(Site::Decision, 0, 0, flagged);
    // The capped set of the rules first, then every other: a lie may ask for another one.
    let eligible: u32 = (0..POOLS)
        .filter(|&b| pools[b].eligible != 0)
        .map(|b| 1 << b)
        .sum();
    let clean = maker.trace.clone();
    let mut subset = eligible;
    let allocation = loop {
        maker.trace = clean.clone();
        match maker.allocation(case, &pools, subset) {
            Ok(allocation) => break allocation,
            Err(Torn) if subset == 0 => return Err(Torn),
            Err(Torn) => subset = (subset - 1) & eligible,
        }
    };
    let idle = 10_000 - allocation.iter().sum::<i64>();
    let policy = [
        KoalaBear::ONE,
        KoalaBear::from_u32(o.cap),
        KoalaBear::from_u32(o.min_pools),
        KoalaBear::from_u32(o.max_risk),
        KoalaBear::from_u32(o.max_volatility),
        KoalaBear::from_u32(o.min_liquidity),
        word(exclude),
        word(mask[0]),
    ];
    let draft = encode(case, [0; 8], &pools[..n], &allocation[..n], decision, idle)?;
    let digest = Statement::parse(&draft).map_err(|_| Torn)?.pools_digest();
    let commitment = maker.sponge(policy, digest, o.salt);
    let bytes = encode(
        case,
        commitment,
        &pools[..n],
        &allocation[..n],
        decision,
        idle,
    )?;
    let statement = Statement::parse(&bytes).map_err(|_| Torn)?;
    sure(lie.is_none() || maker.told)?;
    Ok((Stated { bytes, statement }, maker.trace))
}
