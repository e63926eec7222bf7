//! Soundness against a prover that chooses its own witness, and completeness at the edges of every range.
//!
//! A trace is forged for statements whose outputs do *not* follow: the forger takes the private policy, the
//! eligible set, the capped set, quotas, rest, dust, the dust's receiver, signs, borrows and score terms as free
//! choices, and writes every other cell so that as much as possible fits (in the field, so that a value which wraps
//! around the modulus counts as fitting). Given honest choices the forger reproduces an accepted trace, so its
//! failures are the circuit's merit, not its own.

use std::borrow::BorrowMut;

use crate::common::{Case, Mix, linear_v0};
use obsqra_native::air::DecisionAir;
use obsqra_native::air::columns::{BLOCK, COLS, Cols, POOLS};
use obsqra_native::public::public_values;
use obsqra_native::statement::{MODULUS, Statement, WEIGHTS};
use obsqra_native::trace::{self, Opening};
use p3_air::check_all_constraints;
use p3_field::PrimeCharacteristicRing;
use p3_koala_bear::KoalaBear;
use p3_matrix::dense::RowMajorMatrix;

type Trace = RowMajorMatrix<KoalaBear>;

fn holds(statement: &Statement, trace: &Trace) -> bool {
    let air = DecisionAir::default();
    let values = public_values(statement);
    check_all_constraints(&air, trace, &values, Some(1))
        .failures
        .is_empty()
}

fn word(value: i64) -> KoalaBear {
    KoalaBear::from_i64(value)
}

/// How an uncapped pool's quota is chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Quota {
    /// `R s div S`, as the rules say.
    Floor,
    /// What the statement allocates.
    Stated,
    /// What the statement allocates, but the floor for the receiver of the dust.
    StatedButLast,
}

/// The forger's free choices.
#[derive(Clone, Debug)]
struct Plan {
    eligible: [bool; POOLS],
    capped: [bool; POOLS],
    /// Receiver of the dust; `None`: the last uncapped pool.
    last: Option<usize>,
    quota: Quota,
    /// `R` is the stated allocation of the uncapped pools instead of `10000 - cap |K|`.
    rest_as_stated: bool,
    /// Dust is what makes its receiver's stated allocation, instead of `R - sum of quotas`.
    dust_as_stated: bool,
    flip_borrow: bool,
    /// A neuron of a block whose sign is the other one.
    neuron: Option<(usize, usize)>,
    /// Class comparisons say what the stated class needs.
    class_as_stated: bool,
    /// The score term (0 utilisation, 1 volatility, 2 audit, 3 age, 4 clamp) that absorbs a wrong score.
    term: usize,
    /// Comparisons of eligibility say what the plan needs, whatever their value.
    bend_tests: bool,
    /// Every pool counts as holding 1000 bps.
    bend_spread: bool,
    /// The running flag is set to the stated decision behind block 0.
    bend_flag: bool,
}

struct Forger<'a> {
    statement: &'a Statement,
    opening: &'a Opening,
    trace: Trace,
}

impl Forger<'_> {
    fn row(&mut self, b: usize, row: usize) -> &mut Cols<KoalaBear> {
        let start = (b * BLOCK + row) * COLS;
        self.trace.values[start..start + COLS].borrow_mut()
    }

    /// Write `value` modulo p; what the lanes cannot hold is cut off.
    fn put(&mut self, b: usize, row: usize, lanes: core::ops::Range<usize>, value: i64) {
        let mut rest = value.rem_euclid(i64::from(MODULUS));
        for lane in &mut self.row(b, row).digit[lanes] {
            *lane = word(rest & 3);
            rest >>= 2;
        }
    }

    /// A comparison: the wanted bit, or one whose magnitude fits the lanes modulo p.
    fn compare(
        &mut self,
        b: usize,
        row: usize,
        lanes: core::ops::Range<usize>,
        x: i64,
        want: Option<bool>,
    ) -> bool {
        let p = i64::from(MODULUS);
        let room = 1i64 << (2 * lanes.len());
        let bit = want.unwrap_or_else(|| {
            if x.rem_euclid(p) < room {
                x >= 0 || (-x - 1).rem_euclid(p) >= room
            } else {
                false
            }
        });
        self.put(b, row, lanes.clone(), if bit { x } else { -x - 1 });
        let low = lanes.start == 0;
        let cells = self.row(b, row);
        *(if low { &mut cells.sign } else { &mut cells.bit }) = KoalaBear::from_bool(bit);
        bit
    }

    fn network(&mut self, b: usize, metrics: &[u32; 6], class: u32, plan: &Plan) {
        let weights = self.statement.weights;
        let weight = |i: usize| i64::from(weights[i]);
        let mut out: [i64; 3] = core::array::from_fn(|k| weight(72 + k));
        for i in 0..8 {
            self.row(b, i).out = out.map(word);
            let pre: i64 = weight(40 + i)
                + (0..5)
                    .map(|j| weight(5 * i + j) * i64::from(metrics[j]))
                    .sum::<i64>();
            let want = (plan.neuron == Some((b, i))).then_some(pre < 0);
            let sign = self.compare(b, i, 0..11, pre, want);
            let magnitude = if sign { pre } else { 0 };
            for (k, o) in out.iter_mut().enumerate() {
                *o += weight(48 + 8 * k + i) * magnitude;
            }
        }
        for row in 8..BLOCK {
            self.row(b, row).out = out.map(word);
        }
        let want_first = plan.class_as_stated.then_some(class == 1);
        let first = out[1] - out[0];
        let first_bit = if class == 2 {
            self.compare(b, 10, 0..15, first, None)
        } else {
            self.compare(b, 10, 0..15, first, want_first)
        };
        let largest = if first_bit { out[1] } else { out[0] };
        let want_second = plan.class_as_stated.then_some(class == 2);
        self.compare(b, 11, 0..15, out[2] - largest, want_second);
    }

    fn score(&mut self, b: usize, metrics: &[u32; 6], stated: u32, plan: &Plan) {
        let rule = self.statement.rule;
        let [utilization, volatility, tier, audit, age, _] = metrics.map(i64::from);
        let youth = i64::from(rule.age_cap) - age;
        let products = [
            utilization * i64::from(rule.w_util),
            volatility * i64::from(rule.w_vol),
            (100 - audit) * i64::from(rule.w_audit),
            youth.max(0) * i64::from(rule.w_age),
        ];
        let divisors = [
            10_000,
            10_000,
            i64::from(rule.d_audit),
            i64::from(rule.d_age),
        ];
        let mut terms: [i64; 4] = core::array::from_fn(|i| products[i] / divisors[i]);
        let liquidity = i64::from(rule.liquidity[tier as usize]);
        let (low, high) = (i64::from(rule.clamp_min), i64::from(rule.clamp_max));
        let honest = (terms.iter().sum::<i64>() + liquidity).clamp(low, high);
        if plan.term < 4 && honest != i64::from(stated) {
            terms[plan.term] += i64::from(stated) - (terms.iter().sum::<i64>() + liquidity);
        }
        let rest: [i64; 4] = core::array::from_fn(|i| products[i] - terms[i] * divisors[i]);
        for (row, i) in [(8, 0), (9, 1)] {
            self.put(b, row, 0..3, terms[i]);
            self.put(b, row, 3..10, rest[i]);
            self.put(b, row, 10..17, 9_999 - rest[i]);
        }
        self.put(b, 0, 11..14, terms[2]);
        self.put(b, 0, 14..16, rest[2]);
        self.put(b, 0, 16..18, divisors[2] - 1 - rest[2]);
        self.compare(b, 1, 11..19, youth, None);
        self.put(b, 2, 11..13, terms[3]);
        self.put(b, 2, 13..18, rest[3]);
        self.put(b, 3, 11..16, divisors[3] - 1 - rest[3]);
        let mut total = 0;
        for row in 0..BLOCK {
            self.row(b, row).total = word(total);
            total += match row {
                0 => terms[2],
                2 => terms[3],
                7 => liquidity,
                8 => terms[0],
                9 => terms[1],
                _ => 0,
            };
        }
        let clamp = plan.term == 4;
        let stated = i64::from(stated);
        let want_low = (clamp && stated == low).then_some(false);
        let above = self.compare(b, 10, 15..19, total - low, want_low);
        let floored = if above { total } else { low };
        let want_high = (clamp && stated == high).then_some(false);
        self.compare(b, 11, 15..19, high - floored, want_high);
    }

    fn forge(mut self, plan: &Plan) -> Trace {
        let statement = self.statement.clone();
        let o = self.opening.clone();
        let pool = |b: usize| &statement.pools[if b < statement.pools.len() { b } else { 0 }];
        let stated = |b: usize| {
            statement
                .pools
                .get(b)
                .map_or(0, |p| i64::from(p.allocation))
        };
        let cap = i64::from(o.cap);
        let shares: [i64; POOLS] = core::array::from_fn(|b| {
            i64::from(pool(b).metrics[5]) * 10_000 / (i64::from(pool(b).score) + 1)
        });
        let uncapped: [bool; POOLS] = core::array::from_fn(|b| plan.eligible[b] && !plan.capped[b]);
        let open = || (0..POOLS).filter(|&b| uncapped[b]);
        let sum: i64 = open().map(|b| shares[b]).sum();
        let n_capped = plan.capped.iter().filter(|&&c| c).count() as i64;
        let rest = if plan.rest_as_stated {
            open().map(stated).sum()
        } else {
            10_000 - cap * n_capped
        };
        let last = plan.last.or_else(|| open().next_back());
        let quota: [i64; POOLS] = core::array::from_fn(|b| {
            let floor = if sum > 0 {
                (rest * shares[b]).div_euclid(sum)
            } else {
                0
            };
            match (plan.eligible[b], plan.capped[b], plan.quota) {
                (_, true, _) => cap,
                (false, ..) => 0,
                (_, _, Quota::Floor) => floor,
                (_, _, Quota::StatedButLast) if last == Some(b) => floor,
                _ => stated(b),
            }
        });
        let quotas: i64 = open().map(|b| quota[b]).sum();
        let dust = match last {
            Some(b) if plan.dust_as_stated => stated(b) - quota[b],
            _ => rest - quotas,
        };

        let (mut before, mut spread, mut any_flag) = ([0i64; 3], 0, false);
        let mut mask_from = [0i64; POOLS + 1];
        let allow: [bool; POOLS] = core::array::from_fn(|b| {
            (o.mask >> b) & 1 == 1 || (plan.bend_tests && plan.eligible[b])
        });
        for b in (0..POOLS).rev() {
            mask_from[b] = i64::from(allow[b]) + 2 * mask_from[b + 1];
        }
        for b in 0..POOLS {
            let p = pool(b).clone();
            let active = b < statement.pools.len();
            for row in 0..BLOCK {
                let cells = self.row(b, row);
                cells.digit.fill(KoalaBear::ZERO);
                (cells.sign, cells.bit) = (KoalaBear::ZERO, KoalaBear::ZERO);
            }
            self.network(b, &p.metrics, p.class, plan);
            self.score(b, &p.metrics, p.score, plan);
            let [_, volatility, tier, _, _, apy] = p.metrics.map(i64::from);
            let score = i64::from(p.score);
            let honest = [
                (0, 18..19, tier - i64::from(o.min_liquidity)),
                (3, 16..20, i64::from(o.max_risk) - score),
                (4, 11..18, i64::from(o.max_volatility) - volatility),
                (5, 11..19, apy - 1),
            ];
            let mut pass = [active && allow[b]; BLOCK];
            for (row, lanes, x) in honest {
                let want = plan.bend_tests.then_some(plan.eligible[b]);
                let ok = self.compare(b, row, lanes, x, want);
                pass[row + 1..].iter_mut().for_each(|later| *later &= ok);
            }
            if o.exclude == 1 && p.flag == 1 {
                pass[7..].fill(false);
            }
            let want = plan.bend_spread.then_some(active);
            let at_least = self.compare(b, 6, 11..18, stated(b) - 1000, want);
            let is_last = last == Some(b);
            let room = if is_last { cap - quota[b] - dust } else { 0 };
            self.compare(b, 7, 11..18, room, None);

            let (share_hi, share_lo) = (shares[b] >> 14, shares[b] & 0x3fff);
            let remainder = apy * 10_000 - shares[b] * (score + 1);
            self.put(b, 12, 0..6, share_hi);
            self.put(b, 12, 6..13, share_lo);
            self.put(b, 12, 13..17, remainder);
            self.put(b, 12, 17..21, score - remainder);
            self.put(b, 13, 0..7, share_hi * (score + 1));
            let (sum_hi, sum_lo) = (sum >> 14, sum & 0x3fff);
            let low = rest * share_lo - quota[b] * sum_lo;
            let (carry, rem_lo) = (low >> 14, low & 0x3fff);
            let rem_hi = rest * share_hi - quota[b] * sum_hi + carry;
            self.put(b, 13, 7..14, quota[b]);
            let under = if uncapped[b] { cap - 1 - quota[b] } else { 0 };
            self.put(b, 13, 14..21, under);
            self.put(b, 14, 0..8, carry + (1 << 15));
            self.put(b, 14, 8..21, rem_hi);
            self.put(b, 15, 0..7, rem_lo);
            let borrow = uncapped[b] && ((sum_lo - 1 < rem_lo) != plan.flip_borrow);
            let borrowed = i64::from(borrow);
            let open_here = i64::from(uncapped[b]);
            self.put(
                b,
                15,
                7..14,
                open_here * (sum_lo - 1 - rem_lo + (borrowed << 14)),
            );
            self.put(b, 15, 14..21, open_here * (sum_hi - rem_hi - borrowed));
            self.row(b, 15).bit = KoalaBear::from_bool(borrow);

            let previous_spread = spread;
            spread += i64::from(at_least);
            let ranged = match b {
                0 => cap - 1,
                1 => 10_000 - cap,
                2 => i64::from(o.max_volatility),
                3 => rest,
                4 => sum_hi,
                5 => sum_lo,
                6 => {
                    i64::from(o.max_risk)
                        + ((i64::from(o.min_pools) - 1) << 8)
                        + (i64::from(o.min_liquidity) << 12)
                }
                _ => spread - i64::from(o.min_pools),
            };
            let ranged = ranged.rem_euclid(i64::from(MODULUS));
            self.put(b, 8, 17..21, ranged & 0xff);
            self.put(b, 9, 17..20, ranged >> 8);
            let open_from = (b..POOLS).any(|later| uncapped[later]);
            for (row, &passed) in pass.iter().enumerate() {
                let cells = self.row(b, row);
                cells.pass = KoalaBear::from_bool(passed);
                cells.allow = KoalaBear::from_bool(allow[b]);
                cells.eligible = KoalaBear::from_bool(plan.eligible[b]);
                cells.capped = KoalaBear::from_bool(plan.capped[b]);
                (cells.share_hi, cells.share_lo) = (word(share_hi), word(share_lo));
                cells.quota = word(quota[b]);
                cells.last = KoalaBear::from_bool(is_last);
                cells.open_from = KoalaBear::from_bool(open_from);
                cells.mask_from = word(mask_from[b]);
                cells.cap = word(cap);
                cells.min_pools = KoalaBear::from_u32(o.min_pools);
                cells.max_risk = KoalaBear::from_u32(o.max_risk);
                cells.max_volatility = KoalaBear::from_u32(o.max_volatility);
                cells.min_liquidity = KoalaBear::from_u32(o.min_liquidity);
                cells.exclude = KoalaBear::from_u32(o.exclude);
                cells.rest = word(rest);
                (cells.sum_hi, cells.sum_lo) = (word(sum_hi), word(sum_lo));
                cells.dust = word(dust);
                [cells.n_capped, cells.share_sum, cells.quota_sum] = before.map(word);
                cells.spread = word(if row < 7 { previous_spread } else { spread });
                cells.any_flag = KoalaBear::from_bool(any_flag);
            }
            if plan.capped[b] {
                before[0] += 1;
            }
            if uncapped[b] {
                before[1] += shares[b];
                before[2] += quota[b];
            }
            any_flag |= plan.eligible[b] && p.flag == 1;
            if plan.bend_flag {
                any_flag = statement.decision == 1;
            }
        }
        self.trace
    }
}

/// A statement, the trace of its honest version (for the sponge), and the policy.
struct Target {
    statement: Statement,
    opening: Opening,
    sponge: Trace,
}

impl Target {
    fn of(case: &Case) -> Option<Self> {
        let statement = Statement::parse(&case.bytes()?).unwrap();
        let sponge = trace::build(&statement, &case.opening).unwrap();
        Some(Self {
            statement,
            opening: case.opening.clone(),
            sponge,
        })
    }

    fn try_plan(&self, plan: &Plan) -> bool {
        let forger = Forger {
            statement: &self.statement,
            opening: &self.opening,
            trace: self.sponge.clone(),
        };
        holds(&self.statement, &forger.forge(plan))
    }

    /// Which pools the stated numbers and the policy make eligible.
    fn eligible(&self) -> [bool; POOLS] {
        let o = &self.opening;
        core::array::from_fn(|b| {
            self.statement.pools.get(b).is_some_and(|p| {
                let [_, volatility, tier, _, _, apy] = p.metrics;
                (o.mask >> b) & 1 == 1
                    && p.score <= o.max_risk
                    && volatility <= o.max_volatility
                    && tier >= o.min_liquidity
                    && apy > 0
                    && !(o.exclude == 1 && p.flag == 1)
            })
        })
    }

    /// Subsets of a set of pools, at most `limit` of them, the stated capped set first.
    fn capped_sets(&self, eligible: &[bool; POOLS], limit: usize) -> Vec<[bool; POOLS]> {
        let stated = core::array::from_fn(|b| {
            let at_cap = |p: &obsqra_native::statement::Pool| p.allocation == self.opening.cap;
            eligible[b] && self.statement.pools.get(b).is_some_and(at_cap)
        });
        let subsets = (0u32..256)
            .map(|set| core::array::from_fn(|b| (set >> b) & 1 == 1))
            .filter(|set: &[bool; POOLS]| (0..POOLS).all(|b| eligible[b] || !set[b]));
        core::iter::once(stated)
            .chain(subsets)
            .take(limit)
            .collect()
    }

    fn plain(eligible: [bool; POOLS], capped: [bool; POOLS]) -> Plan {
        Plan {
            eligible,
            capped,
            last: None,
            quota: Quota::Floor,
            rest_as_stated: false,
            dust_as_stated: false,
            flip_borrow: false,
            neuron: None,
            class_as_stated: false,
            term: 5,
            bend_tests: false,
            bend_spread: false,
            bend_flag: false,
        }
    }

    /// Every trace the forger finds for this statement; true if one of them is accepted.
    fn attack(&self, mix: &mut Mix, tries: usize) -> bool {
        let honest = self.eligible();
        let mut sets = vec![honest];
        let funded = core::array::from_fn(|b| {
            self.statement
                .pools
                .get(b)
                .is_some_and(|p| p.allocation > 0)
        });
        sets.push(funded);
        for b in 0..self.statement.pools.len() {
            let mut other = honest;
            other[b] = !other[b];
            sets.push(other);
        }
        // With nothing bent: every eligible and capped set.
        for eligible in &sets {
            for capped in self.capped_sets(eligible, 6) {
                if self.try_plan(&Self::plain(*eligible, capped)) {
                    return true;
                }
            }
        }
        for capped in self.capped_sets(&honest, 257) {
            if self.try_plan(&Self::plain(honest, capped)) {
                return true;
            }
        }
        // With choices bent at random.
        for _ in 0..tries {
            let eligible = sets[mix.below(sets.len() as u32) as usize];
            let capped = self.capped_sets(&eligible, 257);
            let capped = match mix.below(2) {
                0 => capped[0],
                _ => capped[mix.below(capped.len() as u32) as usize],
            };
            let coin = |mix: &mut Mix| mix.below(2) == 0;
            let pool = |mix: &mut Mix| mix.below(self.statement.pools.len() as u32) as usize;
            let plan = Plan {
                eligible,
                capped,
                last: (mix.below(4) == 0).then(|| pool(mix)),
                quota: [Quota::Floor, Quota::Stated, Quota::StatedButLast][mix.below(3) as usize],
                rest_as_stated: mix.below(4) == 0,
                dust_as_stated: mix.below(4) == 0,
                flip_borrow: mix.below(4) == 0,
                neuron: (mix.below(4) == 0).then(|| (pool(mix), mix.below(8) as usize)),
                class_as_stated: coin(mix),
                term: mix.below(6) as usize,
                bend_tests: coin(mix),
                bend_spread: mix.below(4) == 0,
                bend_flag: coin(mix),
            };
            if self.try_plan(&plan) {
                return true;
            }
        }
        false
    }

    /// Change an output so that the statement is still well formed. `None` if this change does not apply.
    fn alter(&mut self, mix: &mut Mix) -> Option<&'static str> {
        let n = self.statement.pools.len() as u32;
        let i = mix.below(n) as usize;
        let j = mix.below(n) as usize;
        let amount = [1, 1, 2, 7, 1000, 10_000][mix.below(6) as usize];
        let s = &mut self.statement;
        match mix.below(7) {
            0 if i != j => {
                let moved = amount.min(s.pools[i].allocation);
                s.pools[i].allocation -= moved;
                s.pools[j].allocation += moved;
                (moved > 0).then_some("allocation moved")
            }
            1 => {
                let moved = amount.min(s.pools[i].allocation);
                s.pools[i].allocation -= moved;
                s.idle += moved;
                (moved > 0).then_some("allocation left idle")
            }
            2 => {
                let moved = amount.min(s.idle);
                s.idle -= moved;
                s.pools[i].allocation += moved;
                (moved > 0).then_some("idle allocated")
            }
            3 => {
                let class = mix.below(3);
                let changed = class != s.pools[i].class;
                s.pools[i].class = class;
                s.pools[i].flag = u32::from(class == 2);
                changed.then_some("class")
            }
            4 => {
                let score = s.pools[i].score;
                let other = [score + 1, score - 1, 5, 95, mix.below(101)][mix.below(5) as usize];
                s.pools[i].score = other;
                (other != score && other <= 100).then_some("score")
            }
            5 => {
                s.decision = 1 - s.decision;
                Some("decision")
            }
            6 if i != j && s.pools[i].allocation != s.pools[j].allocation => {
                let (a, b) = (s.pools[i].allocation, s.pools[j].allocation);
                (s.pools[i].allocation, s.pools[j].allocation) = (b, a);
                Some("allocations swapped")
            }
            _ => None,
        }
    }
}

/// The forger is a real prover: with honest choices its trace is accepted.
#[test]
fn honest_choices_are_accepted() {
    let mut mix = Mix(21);
    let mut seen = 0;
    while seen < 150 {
        let Some(target) = Target::of(&Case::random(&mut mix)) else {
            continue;
        };
        seen += 1;
        let eligible = target.eligible();
        let accepted = target
            .capped_sets(&eligible, 257)
            .into_iter()
            .filter(|&capped| target.try_plan(&Target::plain(eligible, capped)))
            .collect::<std::collections::HashSet<_>>();
        assert_eq!(
            accepted.len(),
            1,
            "one capped set, and only one, is accepted"
        );
    }
}

#[test]
fn no_altered_output_has_a_trace() {
    let mut mix = Mix(22);
    let mut seen = std::collections::BTreeMap::<&str, usize>::new();
    while seen.values().sum::<usize>() < 400 {
        let Some(mut target) = Target::of(&Case::random(&mut mix)) else {
            continue;
        };
        if let Some(what) = target.alter(&mut mix) {
            *seen.entry(what).or_default() += 1;
            assert!(
                !target.attack(&mut mix, 60),
                "{what}: {:?}",
                target.statement
            );
        }
    }
    assert_eq!(seen.len(), 7, "{seen:?}");
}

/// Outputs of one policy under the commitment of another, with either policy's values in the trace.
#[test]
fn no_other_policy_opens_the_commitment() {
    let mut mix = Mix(23);
    let mut seen = 0;
    while seen < 40 {
        let case = Case::random(&mut mix);
        let mut other = case.clone();
        let o = &mut other.opening;
        match mix.below(7) {
            0 => o.cap = 1 + mix.below(10_000),
            1 => o.max_risk = mix.below(101),
            2 => o.max_volatility = mix.below(10_001),
            3 => o.min_liquidity = mix.below(4),
            4 => o.exclude = 1 - o.exclude,
            5 => o.mask ^= 1 << mix.below(8),
            _ => o.min_pools = 1 + mix.below(8),
        }
        let (Some(mut target), Some(wrong)) = (Target::of(&case), Target::of(&other)) else {
            continue;
        };
        if target.statement.commitment == wrong.statement.commitment {
            continue;
        }
        seen += 1;
        // The statement says what `other` gives, but commits to `case`.
        let commitment = target.statement.commitment;
        let same = {
            let mut stated = wrong.statement.clone();
            (stated.commitment, stated.digest) = (commitment, target.statement.digest);
            stated == target.statement
        };
        target.statement = wrong.statement.clone();
        target.statement.commitment = commitment;
        assert!(same || !target.attack(&mut mix, 20));
        target.opening = other.opening.clone();
        assert!(
            !target.attack(&mut mix, 20),
            "values of the other policy, sponge of the first"
        );
        target.sponge = wrong.sponge;
        assert!(
            !target.attack(&mut mix, 20),
            "everything of the other policy"
        );
    }
}

/// A statement of an infeasible policy: too few pools with 1000 bps. The allocation itself is right.
#[test]
fn no_infeasible_policy_has_a_trace() {
    let mut mix = Mix(24);
    let mut seen = 0;
    while seen < 60 {
        let mut case = Case::random(&mut mix);
        case.opening.min_pools = 1;
        let Some(feasible) = Target::of(&case) else {
            continue;
        };
        let spread = feasible
            .statement
            .pools
            .iter()
            .filter(|p| p.allocation >= 1000);
        let spread = spread.count() as u32;
        if spread == 8 {
            continue;
        }
        let min_pools = spread + 1 + mix.below(8 - spread);
        // A sponge that commits to the greater demand: taken from a statement that meets it.
        let mut demanding = case.opening.clone();
        demanding.min_pools = min_pools;
        let mut statement = feasible.statement.clone();
        statement.commitment = trace::commitment(&statement, &demanding);
        assert!(trace::build(&statement, &demanding).is_err());
        let mut target = Target {
            statement,
            opening: demanding,
            sponge: feasible.sponge,
        };
        target.rewrite_sponge();
        seen += 1;
        assert!(!target.attack(&mut mix, 20));
        // The same trace is accepted as soon as the demand is met.
        let mut met = case.opening.clone();
        met.min_pools = spread;
        target.statement.commitment = trace::commitment(&target.statement, &met);
        target.opening = met;
        target.rewrite_sponge();
        assert!(target.attack(&mut mix, 0));
    }
}

impl Target {
    /// Fill the sponge's columns for this opening.
    fn rewrite_sponge(&mut self) {
        use obsqra_native::air::columns::{ROWS, SPONGE, WINDOW};
        use obsqra_native::air::periodic::{Step, step};
        use p3_koala_bear::GenericPoseidon2LinearLayersKoalaBear as Linear;
        use p3_poseidon2::GenericPoseidon2LinearLayers;
        let o = &self.opening;
        let mut state = [KoalaBear::ZERO; SPONGE];
        let policy = [
            1,
            o.cap,
            o.min_pools,
            o.max_risk,
            o.max_volatility,
            o.min_liquidity,
            o.exclude,
            o.mask,
        ];
        state[..8].copy_from_slice(&policy.map(KoalaBear::from_u32));
        state[8] = KoalaBear::from_u32(0x4F42_5351);
        let absorbed = [self.statement.pools_digest(), o.salt];
        for row in 0..ROWS {
            let cells: &mut Cols<KoalaBear> =
                self.sponge.values[row * COLS..(row + 1) * COLS].borrow_mut();
            cells.sponge = state;
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
    }
}

/// A committed limit outside its documented range is refused, or says the same as the end of that range: scores
/// stay under 101, volatilities under 10001, and bits of the allowlist behind the last pool name nothing.
#[test]
fn a_limit_out_of_range_is_refused_or_changes_nothing() {
    let mut mix = Mix(27);
    let mut seen = 0;
    while seen < 40 {
        let mut case = Case::random(&mut mix);
        (case.opening.max_risk, case.opening.max_volatility) = (100, 10_000);
        let Some(target) = Target::of(&case) else {
            continue;
        };
        seen += 1;
        let n = target.statement.pools.len();
        let attempt = |set: &dyn Fn(&mut Opening), altered: bool| {
            let mut opening = target.opening.clone();
            set(&mut opening);
            let mut statement = target.statement.clone();
            statement.commitment = trace::commitment(&statement, &opening);
            let sponge = target.sponge.clone();
            let mut other = Target {
                statement,
                opening,
                sponge,
            };
            other.rewrite_sponge();
            let mut mix = Mix(seen);
            if altered {
                while other.alter(&mut mix).is_none() {}
            }
            other.attack(&mut mix, 10)
        };
        let harmless: [&dyn Fn(&mut Opening); 4] = [
            &|o| o.max_risk = 101,
            &|o| o.max_risk = 255,
            &|o| o.max_volatility = 16_383,
            &|o| o.mask |= (0xff << n) & 0xff,
        ];
        for set in harmless {
            assert!(attempt(set, false));
            assert!(!attempt(set, true));
        }
        let refused: [&dyn Fn(&mut Opening); 13] = [
            &|o| o.max_risk = 256,
            &|o| o.max_risk = MODULUS - 1,
            &|o| o.max_volatility = 16_384,
            &|o| o.max_volatility = MODULUS - 1,
            &|o| o.cap = 0,
            &|o| o.cap = 10_001,
            &|o| o.cap = MODULUS - 1,
            &|o| o.min_pools = 0,
            &|o| o.min_pools = 9,
            &|o| o.min_pools = MODULUS - 1,
            &|o| o.min_liquidity = 4,
            &|o| o.exclude = 2,
            &|o| o.mask |= 256,
        ];
        for set in refused {
            assert!(!attempt(set, false));
        }
    }
}

/// The comparisons that the circuit makes admit one capped set, that of the documented fixpoint with
/// `D = min(10000, n C)`, although they use `R = 10000 - C |K|` throughout.
#[test]
fn the_capped_set_is_unique() {
    let mut mix = Mix(25);
    for round in 0..6_000 {
        let n = 1 + mix.below(8) as usize;
        let least = 10_000 * 10_000 / 96 / 10_000;
        let shares: Vec<i64> = (0..n)
            .map(|_| match mix.below(5) {
                0 => i64::from(least),
                1 => 33_333_333,
                2 => 1_000_000,
                3 => i64::from(least + mix.below(100)),
                _ => i64::from(least + mix.below(33_000_000)),
            })
            .collect();
        let equal = 10_000 / n as u32;
        let cap = i64::from(match round % 5 {
            0 => equal,
            1 => equal + 1,
            2 => (equal - 1).max(1),
            3 => [1, 9_999, 10_000][mix.below(3) as usize],
            _ => 1 + mix.below(10_000),
        });
        let admitted: Vec<(u32, i64, i64)> = (0u32..1 << n)
            .filter_map(|set| {
                let rest = 10_000 - cap * i64::from(set.count_ones());
                let capped = |i: usize| (set >> i) & 1 == 1;
                let sum: i64 = (0..n).filter(|&i| !capped(i)).map(|i| shares[i]).sum();
                let fits = |i: usize| {
                    if capped(i) {
                        rest * shares[i] >= cap * sum
                    } else {
                        sum > 0 && rest * shares[i] / sum < cap
                    }
                };
                (rest >= 0 && (0..n).all(fits)).then_some((set, rest, sum))
            })
            .collect();
        // The documented iteration.
        let distributable = 10_000.min(cap * n as i64);
        let mut set = 0u32;
        loop {
            let rest = distributable - cap * i64::from(set.count_ones());
            let sum: i64 = (0..n)
                .filter(|i| (set >> i) & 1 == 0)
                .map(|i| shares[i])
                .sum();
            let joins: u32 = (0..n)
                .filter(|&i| (set >> i) & 1 == 0 && rest * shares[i] >= cap * sum)
                .map(|i| 1 << i)
                .sum();
            if joins == 0 {
                break;
            }
            set |= joins;
        }
        let sets: Vec<u32> = admitted.iter().map(|&(set, ..)| set).collect();
        assert_eq!(sets, [set], "cap {cap}, shares {shares:?}");
    }
}

/// Weights that drive every output to an extreme of its range.
fn extreme_weights() -> Vec<[i32; WEIGHTS]> {
    let w1 = [63, 63, 65_535, 4_095, 31];
    let mut all = vec![linear_v0()];
    for hidden in [1, -1] {
        for outputs in 0..8 {
            for bias in [1, -1] {
                let mut w = [0i32; WEIGHTS];
                for i in 0..40 {
                    w[i] = hidden * w1[i % 5];
                }
                w[40..48].fill(hidden * (1 << 20));
                for k in 0..3 {
                    let sign = if (outputs >> k) & 1 == 1 { 1 } else { -1 };
                    w[48 + 8 * k..56 + 8 * k].fill(15 * sign);
                    w[72 + k] = bias * sign * (1 << 23);
                }
                all.push(w);
            }
        }
    }
    // Ties of all three outputs, at zero and at the greatest value.
    all.push([0; WEIGHTS]);
    all
}

fn accepts(case: &Case) -> bool {
    let Some(bytes) = case.bytes() else {
        return false;
    };
    let statement = Statement::parse(&bytes).unwrap();
    let trace = trace::build(&statement, &case.opening)
        .unwrap_or_else(|error| panic!("{error}: {:?}", case.metrics));
    assert!(holds(&statement, &trace), "{:?}", case.metrics);
    true
}

fn open_policy(n: usize, salt: u32) -> Opening {
    Opening {
        cap: 10_000,
        min_pools: 1,
        max_risk: 100,
        max_volatility: 10_000,
        min_liquidity: 0,
        exclude: 0,
        mask: 255 >> (8 - n),
        salt: [salt; 8],
    }
}

/// Every corner of the metrics, both rules, both limits of every private number.
#[test]
fn corners_of_the_metrics_can_be_proved() {
    let max = [10_000, 10_000, 3, 100, 30_000, 20_000];
    let mut proved = 0;
    for rule in [1, 2] {
        for corner in 0..64u32 {
            let extreme: [u32; 6] =
                core::array::from_fn(|i| if (corner >> i) & 1 == 1 { max[i] } else { 0 });
            let usual = [5_000, 2_500, 3, 95, 600, 1_210];
            for (metrics, cap) in [
                (vec![extreme], 10_000),
                (vec![extreme, usual], 10_000),
                (vec![usual, extreme], 5_000),
                (vec![usual, extreme, extreme], 3_334),
            ] {
                let mut case = Case {
                    rule,
                    weights: linear_v0(),
                    opening: open_policy(metrics.len(), MODULUS - 1),
                    metrics,
                };
                case.opening.cap = cap;
                proved += u32::from(accepts(&case));
                case.opening.min_liquidity = 3;
                case.opening.max_risk = 0;
                case.opening.max_volatility = 0;
                assert!(!accepts(&case), "no score is 0");
                case.opening.max_risk = 95;
                proved += u32::from(accepts(&case));
            }
        }
    }
    assert!(proved > 400, "{proved}");
}

#[test]
fn extreme_weights_can_be_proved() {
    let max = [10_000, 10_000, 3, 100, 30_000, 20_000];
    for weights in extreme_weights() {
        for metrics in [vec![max; 2], vec![[0, 0, 0, 0, 0, 1], max]] {
            for exclude in [0, 1] {
                let mut case = Case {
                    rule: 1,
                    weights,
                    opening: open_policy(2, 0),
                    metrics: metrics.clone(),
                };
                case.opening.exclude = exclude;
                assert!(accepts(&case) || exclude == 1);
            }
        }
    }
}

/// Numbers of equal pools times caps around the point where everything is capped; shares from least to greatest.
#[test]
fn equal_pools_and_caps_can_be_proved() {
    for n in 1..=POOLS {
        for apy in [1, 2, 850, 19_999, 20_000] {
            for (audit, age) in [(100, 30_000), (0, 0)] {
                let equal = 10_000 / n as u32;
                for cap in [1_000, equal - 1, equal, equal + 1, 9_999, 10_000] {
                    let metrics = vec![[10_000 - 100 * audit, 0, 3, audit, age, apy]; n];
                    let mut case = Case {
                        rule: 2,
                        weights: [0; WEIGHTS],
                        opening: open_policy(n, 1),
                        metrics,
                    };
                    case.opening.cap = cap.min(10_000);
                    assert!(accepts(&case), "{n} pools, cap {cap}, apy {apy}");
                    // One pool of the least weight beside them.
                    let last = n - 1;
                    case.metrics[last] = [10_000, 10_000, 0, 0, 0, 1];
                    assert!(accepts(&case) || n == 1);
                }
            }
        }
    }
}

/// Every demand for a number of pools, and every mask, against the plain computation.
#[test]
fn demands_and_masks_are_proved_exactly_when_feasible() {
    let mut mix = Mix(26);
    for _ in 0..300 {
        let mut case = Case::random(&mut mix);
        case.opening.min_pools = 1 + mix.below(8);
        case.opening.cap = 1 + mix.below(10_000);
        case.opening.mask = mix.below(256);
        let feasible = case.outputs().is_some();
        assert_eq!(accepts(&case), feasible);
    }
}
