//! Section 6: the 178 constraints at zeta, folded with alpha.
//!
//! Nothing is reduced on the way. Bounds: trace cells, selectors, powers of alpha and the pool's numbers are reduced, so
//! below 2^31; a product of extension elements adds 3.4 bits (`10 A B`), a number of m digits has 2m + 31 bits. The largest
//! constraints by far are 147-162: a cube (of a sum below 2^32: < 2^103) under `M_E` (row sums 35: < 2^109), times a selector
//! (< 2^143), five such terms (< 2^146), times `trans` (< 2^180). All others stay below 2^171. Times a power of alpha < 2^215,
//! summed over 178 < 2^223; `reduce` takes up to 2^230.

use crate::field::{Ext, ExtTrait, ONE, ZERO, powers};
use crate::public_values::PublicValues;
use crate::selectors::Selectors;

pub const CONSTRAINTS: u32 = 178;
const HALF: felt252 = 0x3f800001; // 1/2
const SIXTH: felt252 = 0x152aaaab;

/// The 68 cells of a row by name (section 4).
#[derive(Copy, Drop)]
pub struct Row {
    all: Span<Ext>,
    d: Span<Ext>,
    sign: Ext,
    bit: Ext,
    out0: Ext,
    out1: Ext,
    out2: Ext,
    total: Ext,
    pass: Ext,
    allow: Ext,
    eligible: Ext,
    capped: Ext,
    share_hi: Ext,
    share_lo: Ext,
    quota: Ext,
    last: Ext,
    open_from: Ext,
    mask_from: Ext,
    cap: Ext,
    min_pools: Ext,
    max_risk: Ext,
    max_volatility: Ext,
    min_liquidity: Ext,
    exclude: Ext,
    rest: Ext,
    sum_hi: Ext,
    sum_lo: Ext,
    dust: Ext,
    n_capped: Ext,
    share_sum: Ext,
    quota_sum: Ext,
    spread: Ext,
    any_flag: Ext,
    s: Span<Ext>,
}

fn row_of(cells: Span<Ext>) -> Row {
    let [
        sign,
        bit,
        out0,
        out1,
        out2,
        total,
        pass,
        allow,
        eligible,
        capped,
        share_hi,
        share_lo,
        quota,
        last,
        open_from,
        mask_from,
        cap,
        min_pools,
        max_risk,
        max_volatility,
        min_liquidity,
        exclude,
        rest,
        sum_hi,
        sum_lo,
        dust,
        n_capped,
        share_sum,
        quota_sum,
        spread,
        any_flag,
    ]: [Ext; 31] =
        (*cells.slice(21, 31).try_into().unwrap()).unbox();
    Row {
        all: cells,
        d: cells.slice(0, 21),
        sign,
        bit,
        out0,
        out1,
        out2,
        total,
        pass,
        allow,
        eligible,
        capped,
        share_hi,
        share_lo,
        quota,
        last,
        open_from,
        mask_from,
        cap,
        min_pools,
        max_risk,
        max_volatility,
        min_liquidity,
        exclude,
        rest,
        sum_hi,
        sum_lo,
        dust,
        n_capped,
        share_sum,
        quota_sum,
        spread,
        any_flag,
        s: cells.slice(52, 16),
    }
}

#[generate_trait]
impl RowImpl of RowTrait {
    /// `D[a..b]`: < 2^(31 + 2 (b - a))
    fn number(self: @Row, a: u32, b: u32) -> Ext {
        let mut digits = self.d.slice(a, b - a);
        let mut result = *digits.pop_back().unwrap();
        while let Some(digit) = digits.pop_back() {
            result = result.times(4) + *digit;
        }
        result
    }
}

/// The public numbers of the current pool: `sum_b block_b * public_b`, reduced.
#[derive(Copy, Drop)]
struct CurrentPool {
    active: Ext,
    util: Ext,
    vol: Ext,
    tier: Ext,
    audit: Ext,
    age: Ext,
    apy: Ext,
    score: Ext,
    class: Ext,
    flag: Ext,
    alloc: Ext,
}

fn current_pool(block: Span<Ext>, pools: Span<felt252>) -> CurrentPool {
    let mut numbers: Array<Ext> = array![];
    for which in 0..11_u32 {
        let mut sum = ZERO; // < 2^(31 + 15 + 3)
        for b in 0..8_u32 {
            sum += (*block[b]).times(*pools[11 * b + which]);
        }
        numbers.append(sum.reduced_small());
    }
    let [active, util, vol, tier, audit, age, apy, score, class, flag, alloc]: [Ext; 11] =
        (*numbers.span().try_into().unwrap()).unbox();
    CurrentPool { active, util, vol, tier, audit, age, apy, score, class, flag, alloc }
}

/// Everything that the constraints see: selectors, this row ("now"), the next row ("then"), the pool.
#[derive(Copy, Drop)]
struct Place {
    s: Selectors,
    n: Row,
    x: Row,
    m: CurrentPool,
    p: PublicValues,
    /// `eligible - capped`
    u: Ext,
    /// `in`: every row of a block but its last.
    inside: Ext,
}

/// `V` if beta is 1, `-(V+1)` if it is 0.
fn sigma(beta: Ext, v: Ext) -> Ext {
    beta * v.times(2).plus(1) - v.plus(1)
}

/// The sum of some selectors: < 2^35
fn sum_of(selectors: Span<Ext>, rows: Span<u32>) -> Ext {
    let mut sum = ZERO;
    for r in rows {
        sum += *selectors[*r];
    }
    sum
}

/// `sum_i factors_i terms_i` over the shorter length.
fn dot(mut factors: Span<felt252>, mut terms: Span<Ext>) -> Ext {
    let mut sum = ZERO;
    while let Some(factor) = factors.pop_front() {
        match terms.pop_front() {
            Some(term) => sum += (*term).times(*factor),
            None => { break; },
        }
    }
    sum
}

/// 1-31: digits and bits are digits and bits, unused cells are zero.
fn cells(ref c: Array<Ext>, at: Box<Place>) {
    let Place { s, n, .. } = at.unbox();
    let minus_1: felt252 = -1;
    for d in n.d {
        // (x (x - 3)) (x (x - 3) + 2) = x (x - 1) (x - 2) (x - 3): < 2^(66 + 66 + 4)
        let low = *d * (*d).plus(-3);
        c.append(low * low.plus(2));
    }
    for x in array![n.sign, n.bit, n.allow, n.capped, n.exclude].span() {
        c.append(*x * (*x).plus(minus_1));
    }
    let d = n.d;
    c.append(sum_of(s.row, [2, 4, 6, 7].span()) * *d[18]);
    c.append(sum_of(s.row, [0, 1, 2, 4, 5, 6, 7, 10, 11].span()) * *d[19]);
    c.append(sum_of(s.row, [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11].span()) * *d[20]);
    c.append(sum_of(s.row, [8, 9, 12, 13, 14, 15].span()) * n.sign);
    c.append(sum_of(s.row, [2, 8, 9, 12, 13, 14].span()) * n.bit);
}

/// 32-50: some columns are constant in a block, some in the whole trace.
fn constancy(ref c: Array<Ext>, at: Box<Place>) {
    let Place { s, n, x, inside, .. } = at.unbox();
    let selector = s.trans * inside; // < 2^67
    for i in 28..37_u32 {
        c.append(selector * (*x.all[i] - *n.all[i]));
    }
    for i in 37..47_u32 {
        c.append(s.trans * (*x.all[i] - *n.all[i]));
    }
}

/// 51-61: hidden neuron i on row i, outputs summed up, class and flag on rows 10 and 11.
fn network(ref c: Array<Ext>, at: Box<Place>) {
    let Place { s, n, x, m, p, inside, .. } = at.unbox();
    let v = n.number(0, 11);
    let inputs = array![m.util, m.vol, m.tier, m.audit, m.age].span();
    let first_eight = s.row.slice(0, 8);
    let mut neurons = ZERO;
    let mut all = ZERO;
    for i in 0..8_u32 {
        let neuron = dot(p.w1.slice(5 * i, 5), inputs).plus(*p.b1[i]); // < 2^50
        neurons += *first_eight[i] * neuron;
        all += *first_eight[i];
    }
    c.append(neurons - all * sigma(n.sign, v));
    let positive = n.sign * v; // < 2^88
    let outs = array![(n.out0, x.out0), (n.out1, x.out1), (n.out2, x.out2)].span();
    for k in 0..3_u32 {
        let (now, then) = *outs[k];
        let weight = dot(p.w2.slice(8 * k, 8), first_eight); // < 2^38
        c.append(*s.row[0] * now.plus(-*p.b2[k]));
        c.append(s.trans * (inside * (then - now) - weight * positive)); // < 2^168
    }
    let row_10 = *s.row[10];
    let difference = n.out1 - n.out0;
    c.append(row_10 * (difference - sigma(n.sign, n.number(0, 15))));
    let best = n.sign * difference;
    c.append(row_10 * (n.out2 - n.out0 - best - sigma(x.sign, x.number(0, 15))));
    c.append(row_10 * (m.class - x.sign.times(2) - (ONE - x.sign) * n.sign));
    c.append(row_10 * (m.flag - x.sign));
}

/// 62-74: five parts with remainders, their sum, clamped.
fn score(ref c: Array<Ext>, at: Box<Place>) {
    let Place { s, n, x, m, p, inside, .. } = at.unbox();
    let [w_util, w_vol, l0, l1, l2, l3, w_audit, d_audit, limit, w_age, d_age, lo, hi]: [felt252; 13] =
        (*p.rule.try_into().unwrap()).unbox();
    let row = s.row;
    let (row_0, row_1, row_2, row_10) = (*row[0], *row[1], *row[2], *row[10]);
    let rows_8_9 = *row[8] + *row[9];
    let q = n.number(0, 3);
    let r = n.number(3, 10);
    let n_11_19 = n.number(11, 19);
    let n_14_16 = n.number(14, 16);
    let t = m.tier;
    let t_1 = t.plus(-1);
    // t (t - 1) (t - 2) / 6: < 2^(31 * 4 + 8); reduced, so that the sums below stay small.
    let third = (t * t_1 * t.plus(-2)).times(SIXTH * (l3 - 3 * l2 + 3 * l1 - l0));
    let second = (t * t_1).times(HALF * (l2 - 2 * l1 + l0));
    let lambda = (t.times(l1 - l0) + second + third).plus(l0).reduced();
    let parts = row_0 * n.number(11, 14)
        + row_2 * n.number(11, 13)
        + *row[7] * lambda
        + rows_8_9 * q;
    c.append(*row[8] * (m.util.times(w_util) - q.times(10000) - r));
    c.append(*row[9] * (m.vol.times(w_vol) - q.times(10000) - r));
    c.append(rows_8_9 * (ZERO - r - n.number(10, 17)).plus(9999));
    let audit = (ZERO - m.audit).plus(100).times(w_audit);
    c.append(row_0 * (audit - n.number(11, 14).times(d_audit) - n_14_16));
    c.append(row_0 * (ZERO - n_14_16 - n.number(16, 18)).plus(d_audit - 1));
    c.append(row_1 * ((ZERO - m.age).plus(limit) - sigma(n.bit, n_11_19)));
    let years = (n.bit * n_11_19).times(w_age);
    c.append(row_1 * (years - x.number(11, 13).times(d_age) - x.number(13, 18)));
    c.append(row_2 * (ZERO - n.number(13, 18) - x.number(11, 16)).plus(d_age - 1));
    c.append(row_0 * n.total);
    c.append(s.trans * (inside * (x.total - n.total) - parts));
    let n_15_19 = n.number(15, 19);
    let x_15_19 = x.number(15, 19);
    c.append(row_10 * (n.total.plus(-lo) - sigma(n.bit, n_15_19)));
    c.append(row_10 * ((ZERO - n.bit * n_15_19).plus(hi - lo) - sigma(x.bit, x_15_19)));
    c.append(row_10 * (m.score.plus(-hi) + x.bit * x_15_19));
}

/// 75-81: each limit of the policy is compared, and the results multiplied.
fn eligibility(ref c: Array<Ext>, at: Box<Place>) {
    let Place { s, n, x, m, inside, .. } = at.unbox();
    let row = s.row;
    let tests = sum_of(row, [0, 3, 4, 5].span());
    let kept = inside - tests * (ONE - n.bit) - *row[6] * n.exclude * m.flag; // < 2^100
    c.append(*row[0] * (m.tier - n.min_liquidity - sigma(n.bit, n.number(18, 19))));
    c.append(*row[3] * (n.max_risk - m.score - sigma(n.bit, n.number(16, 20))));
    c.append(*row[4] * (n.max_volatility - m.vol - sigma(n.bit, n.number(11, 18))));
    c.append(*row[5] * (m.apy.plus(-1) - sigma(n.bit, n.number(11, 19))));
    c.append(*row[0] * (n.pass - m.active * n.allow));
    c.append(s.trans * (inside * x.pass - n.pass * kept)); // < 2^170
    c.append(*row[7] * (n.eligible - n.pass));
}

/// 82-86: the share weight `apy*10000 div (score+1)` in two limbs of 14 bits.
fn share(ref c: Array<Ext>, at: Box<Place>) {
    let Place { s, n, x, m, .. } = at.unbox();
    let (row_12, row_13) = (*s.row[12], *s.row[13]);
    let divisor = m.score.plus(1);
    let n_13_17 = n.number(13, 17);
    let low = m.apy.times(10000) - n.share_lo * divisor - n_13_17;
    c.append(row_12 * (n.share_hi - n.number(0, 6)));
    c.append(row_12 * (n.share_lo - n.number(6, 13)));
    c.append(row_12 * (low - x.number(0, 7).times(0x4000)));
    c.append(row_12 * (m.score - n_13_17 - n.number(17, 21)));
    c.append(row_13 * (n.share_hi * divisor - n.number(0, 7)));
}

/// 87-105: `R s = t S + rem` in limbs, caps, dust to the last uncapped pool.
fn allocation(ref c: Array<Ext>, at: Box<Place>) {
    let Place { s, n, x, m, u, .. } = at.unbox();
    let row = s.row;
    let (row_7, row_13, row_14, row_15) = (*row[7], *row[13], *row[14], *row[15]);
    let not_eligible = ONE - n.eligible;
    let room = n.cap - n.quota;
    let n_7_14 = n.number(7, 14);
    let n_8_21 = n.number(8, 21);
    let n_11_18 = n.number(11, 18);
    let x_0_7 = x.number(0, 7);
    let carry = n.number(0, 8).plus(-0x8000);
    let low = n.rest * n.share_lo - n.quota * n.sum_lo - x_0_7;
    let high = n.rest * n.share_hi - n.quota * n.sum_hi - n_8_21;
    c.append(n.capped * not_eligible);
    c.append(not_eligible * n.quota);
    c.append(n.capped * (n.quota - n.cap));
    c.append(row_13 * (n.quota - n_7_14));
    c.append(row_13 * (n.number(14, 21) - u * room.plus(-1)));
    c.append(row_14 * (low - carry.times(0x4000)));
    c.append(row_14 * (high + carry));
    c.append(row_14 * (x.number(14, 21) - u * (n.sum_hi - n_8_21 - x.bit)));
    let under = n.sum_lo.plus(-1) - n.number(0, 7) + n.bit.times(0x4000);
    c.append(row_15 * (n_7_14 - u * under));
    c.append(row_15 * n.bit * (ONE - u));
    let short = room - n.dust;
    c.append(row_7 * (n.last * short - sigma(n.bit, n_11_18)));
    c.append(row_7 * (m.alloc - n.quota - n.last * (room - n.bit * short)));
    c.append(*row[6] * (m.alloc.plus(-1000) - sigma(n.bit, n_11_18)));
    c.append(s.first * n.spread);
    c.append(s.trans * (x.spread - n.spread - *row[6] * n.bit));
    let last_row = s.trans * row_15;
    c.append(last_row * (n.open_from - (x.open_from + u - x.open_from * u)));
    c.append(last_row * (n.last - u * (ONE - x.open_from)));
    c.append(s.final_ * (n.open_from - u));
    c.append(s.final_ * (n.last - u));
}

/// 106-118: sums over the blocks, and what they must be at the end.
fn totals(ref c: Array<Ext>, at: Box<Place>) {
    let Place { s, n, x, m, p, u, .. } = at.unbox();
    let row_15 = *s.row[15];
    let weight = u * (n.share_hi.times(0x4000) + n.share_lo);
    let more_flags = n.eligible * m.flag * (ONE - n.any_flag);
    let quota = u * n.quota;
    c.append(s.first * n.n_capped);
    c.append(s.trans * (x.n_capped - n.n_capped - row_15 * n.capped));
    c.append(s.first * n.share_sum);
    c.append(s.trans * (x.share_sum - n.share_sum - row_15 * weight));
    c.append(s.first * n.quota_sum);
    c.append(s.trans * (x.quota_sum - n.quota_sum - row_15 * quota));
    c.append(s.first * n.any_flag);
    c.append(s.trans * (x.any_flag - n.any_flag - row_15 * more_flags)); // < 2^170
    c.append(s.final_ * (n.rest + n.cap * (n.n_capped + n.capped)).plus(-10000));
    c.append(s.final_ * (n.share_sum + weight - n.sum_hi.times(0x4000) - n.sum_lo));
    c.append(s.final_ * (n.rest - n.quota_sum - quota - n.dust));
    c.append(s.final_ * (ZERO - n.any_flag - more_flags).plus(p.decision));
    let mut shares = p.idle - 10000;
    for b in 0..8_u32 {
        shares += *p.pools[11 * b + 10];
    }
    c.append(s.first.times(shares));
}

/// 119-128: the policy's numbers are in range, each shown on row 8 of one block.
fn policy_ranges(ref c: Array<Ext>, at: Box<Place>) {
    let Place { s, n, x, .. } = at.unbox();
    let e = n.number(17, 21);
    let w = e + x.number(17, 20).times(256);
    let row_8 = *s.row[8];
    let block = s.block;
    c.append(row_8 * *block[0] * (w - n.cap.plus(-1)));
    c.append(row_8 * *block[1] * (w + n.cap.plus(-10000)));
    c.append(row_8 * *block[2] * (w - n.max_volatility));
    c.append(row_8 * *block[3] * (w - n.rest));
    c.append(row_8 * *block[4] * (w - n.sum_hi));
    c.append(row_8 * *block[5] * (w - n.sum_lo));
    c.append(row_8 * *block[7] * (w - n.spread + n.min_pools));
    let row_8_block_6 = row_8 * *block[6];
    c.append(row_8_block_6 * (e - n.max_risk));
    c.append(row_8_block_6 * (x.number(17, 19).plus(1) - n.min_pools));
    c.append(row_8_block_6 * (*x.d[19] - n.min_liquidity));
}

/// `M_E`: a row of `M4` sums to 7, and five such rows meet: 35 times as large at most.
fn external_matrix(state: Span<Ext>) -> Span<Ext> {
    let mut z = array![];
    let mut rest = state;
    while let Some(four) = rest.multi_pop_front::<4>() {
        let [a, b, c, d] = (*four).unbox();
        let sum = a + b + c + d;
        z.append(sum + a + b.times(2));
        z.append(sum + b + c.times(2));
        z.append(sum + c + d.times(2));
        z.append(sum + d + a.times(2));
    }
    let z = z.span();
    let mut sums = array![];
    for i in 0..4_u32 {
        sums.append(*z[i] + *z[4 + i] + *z[8 + i] + *z[12 + i]);
    }
    let sums = sums.span();
    let mut result = array![];
    for i in 0..16_u32 {
        result.append(*z[i] + *sums[i % 4]);
    }
    result.span()
}

/// The diagonal of `M_I - J`: −2, 1, 2, 1/2, 3, 4, −1/2, −3, −4, 2^-8, 2^-3, 2^-24, −2^-8, −2^-3, −2^-4, −2^-24.
const DIAGONAL: [felt252; 16] = [
    -2, 1, 2, 0x3f800001, 3, 4, -0x3f800001, -3, -4, 0x7e810001, 0x6f200001, 0x7effff82, -0x7e810001,
    -0x6f200001, -0x77100001, -0x7effff82,
];

/// 129-178: the policy, the pools digest and the salt hash to the public commitment.
fn commitment(ref c: Array<Ext>, at: Box<Place>) {
    let Place { s, n, x, p, .. } = at.unbox();
    let last_row = s.trans * *s.row[15];
    c.append(last_row * (n.mask_from - n.allow - x.mask_from.times(2)));
    c.append(s.final_ * (n.mask_from - n.allow));
    let initial = array![
        ONE, n.cap, n.min_pools, n.max_risk, n.max_volatility, n.min_liquidity, n.exclude,
        n.mask_from, 0x4F425351.into(), ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO,
    ]
        .span();
    let mut cubes = array![];
    for i in 0..16_u32 {
        c.append(s.first * (*n.s[i] - *initial[i]));
        let sum = *n.s[i] + *s.k[i]; // < 2^32
        cubes.append(sum * sum * sum); // < 2^103
    }
    let cubes = cubes.span();
    let linear = external_matrix(n.s);
    let external = external_matrix(cubes); // < 2^109
    let mut total = *cubes[0];
    for i in 1..16_u32 {
        total += *n.s[i];
    }
    let full_rate = ONE - s.absorb;
    let capacity_kept = s.carry + s.absorb;
    for i in 0..16_u32 {
        let cell = if i == 0 {
            *cubes[0]
        } else {
            *n.s[i]
        };
        let internal = total + cell.times(*DIAGONAL.span()[i]); // < 2^106
        let (next, kept) = if i < 8 {
            (full_rate * *x.s[i], s.carry)
        } else {
            (*x.s[i], capacity_kept)
        };
        // < 2^146 in the bracket, then < 2^180
        c
            .append(
                s.trans
                    * (next
                        - s.linear * *linear[i]
                        - s.external * *external[i]
                        - s.internal * internal
                        - kept * *n.s[i]),
            );
    }
    let absorbs = s.trans * *s.block[1] * *s.row[15];
    let ends = *s.block[5] * *s.row[15];
    for i in 0..8_u32 {
        c.append(absorbs * (*x.s[i]).plus(-*p.pools_digest[i]));
        c.append(ends * (*n.s[i]).plus(-*p.commitment[i]));
    }
}

/// All 178 constraints in order, not reduced.
fn constraints(at: Box<Place>) -> Array<Ext> {
    let mut c = array![];
    cells(ref c, at);
    constancy(ref c, at);
    network(ref c, at);
    score(ref c, at);
    eligibility(ref c, at);
    share(ref c, at);
    allocation(ref c, at);
    totals(ref c, at);
    policy_ranges(ref c, at);
    commitment(ref c, at);
    c
}

/// The constraints folded with alpha (section 10, step 5), reduced. `now`, `then`: the claimed trace at zeta and at gamma
/// zeta, 68 reduced elements each.
pub fn folded_constraints(
    alpha: Ext, s: Selectors, now: Span<Ext>, then: Span<Ext>, p: PublicValues,
) -> Ext {
    let (n, x) = (row_of(now), row_of(then));
    let m = current_pool(s.block, p.pools);
    let u = n.eligible - n.capped;
    let inside = ONE - *s.row[15];
    let all = constraints(BoxTrait::new(Place { s, n, x, m, p, u, inside }));
    assert(all.len() == CONSTRAINTS, 'constraints: not all there');
    // acc = acc alpha + c over all is the sum of alpha^i times the i-th from the end.
    let mut sum = ZERO;
    let mut all = all.span();
    let mut factors = powers(alpha, CONSTRAINTS).span();
    while let Some(constraint) = all.pop_back() {
        sum += *constraint * *factors.pop_front().unwrap();
    }
    sum.reduced()
}
