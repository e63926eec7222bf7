//! The constraints, section by section.
//!
//! # Rows of a block
//! `d[a..b]` is the value of digit lanes `a..b` (base 4, little-endian); "cmp" rows use
//! `x = bit * V - (1 - bit) * (V + 1)`, which says `bit = (x >= 0)` for `|x|` within `V`'s range.
//!
//! | row | lanes 0..11, `sign` | lanes 11..21, `bit` |
//! |---|---|---|
//! | 0 | neuron 0: V 22 bits | audit: q `11..14`, r `14..16`, d-1-r `16..18`; tier cmp: V `18..19`, `bit` |
//! | 1 | neuron 1 | age cmp: V `11..19`, `bit` |
//! | 2 | neuron 2 | age: q `11..13`, r `13..18` |
//! | 3 | neuron 3 | age: d-1-r `11..16`; risk cmp: V `16..20`, `bit` |
//! | 4 | neuron 4 | volatility cmp: V `11..18`, `bit` |
//! | 5 | neuron 5 | apy cmp: V `11..19`, `bit` |
//! | 6 | neuron 6 | spread cmp: V `11..18`, `bit` |
//! | 7 | neuron 7 | dust cmp: V `11..18`, `bit` |
//!
//! | row | lanes |
//! |---|---|
//! | 8 | utilisation: q `0..3`, r `3..10`, 9999-r `10..17`; policy lanes `17..21` |
//! | 9 | volatility: q `0..3`, r `3..10`, 9999-r `10..17`; policy lanes `17..20` |
//! | 10 | class cmp o1-o0: V `0..15`, `sign`; lower clamp cmp: V `15..19`, `bit` |
//! | 11 | class cmp o2-max: V `0..15`, `sign`; upper clamp cmp: V `15..19`, `bit` |
//! | 12 | share: hi `0..6`, lo `6..13`, r `13..17`, score-r `17..21` |
//! | 13 | share: hi*(score+1) `0..7`; quota `7..14`; cap-1-quota `14..21` |
//! | 14 | quota: carry+2^15 `0..8`, remainder hi `8..21` |
//! | 15 | quota: remainder lo `0..7`, S-1-remainder lo `7..14`, hi `14..21`; borrow `bit` |
//!
//! Every cell that this table does not use is constrained to zero.

use core::borrow::Borrow;

use p3_air::{Air, AirBuilder, WindowAccess};
use p3_field::{Field, PrimeCharacteristicRing};
use p3_koala_bear::{GenericPoseidon2LinearLayersKoalaBear as Linear, KoalaBear};
use p3_poseidon2::GenericPoseidon2LinearLayers;

use super::columns::{BLOCK, Cols, POOLS, SPONGE};
use super::periodic::Periodic;
use super::{DecisionAir, POLICY_VERSION, SPONGE_TAG};
use crate::public::{PoolPublic, Public};
use crate::statement::TOTAL_BPS;

/// The rows on which the last three digit lanes carry something; the others do on every row.
const LANES_USED: [(usize, &[usize]); 3] = [
    (18, &[0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15]),
    (19, &[3, 8, 9, 12, 13, 14, 15]),
    (20, &[8, 12, 13, 14, 15]),
];
/// The rows on which `sign` and `bit` carry something.
const SIGN_ROWS: &[usize] = &[0, 1, 2, 3, 4, 5, 6, 7, 10, 11];
const BIT_ROWS: &[usize] = &[0, 1, 3, 4, 5, 6, 7, 10, 11, 15];

/// `2^14`, the base of the two-limb numbers.
const LIMB: u32 = 1 << 14;

/// Everything a section reads, as expressions.
struct View<E> {
    now: Cols<E>,
    next: Cols<E>,
    sel: Periodic<E>,
    public: Public<E>,
    /// The pool of the current block, selected from the public values.
    pool: PoolPublic<E>,
}

/// Picks one column of a row.
type Column<E> = fn(&Cols<E>) -> &E;

/// Sum of `4^i * lanes[i]`.
fn digits<E: PrimeCharacteristicRing>(lanes: &[E]) -> E {
    lanes
        .iter()
        .rev()
        .fold(E::ZERO, |sum, lane| sum.double().double() + lane.clone())
}

/// `bit * V - (1 - bit) * (V + 1)`: the integer whose sign is `bit` (`bit = 1` iff it is not negative).
fn signed<E: PrimeCharacteristicRing>(bit: &E, value: &E) -> E {
    bit.clone() * (value.double() + E::ONE) - value.clone() - E::ONE
}

fn constant<E: PrimeCharacteristicRing>(value: u32) -> E {
    E::from_u32(value)
}

fn not<E: PrimeCharacteristicRing>(bit: &E) -> E {
    E::ONE - bit.clone()
}

fn select_pool<E: PrimeCharacteristicRing>(
    blocks: &[E; POOLS],
    pools: &[PoolPublic<E>; POOLS],
) -> PoolPublic<E> {
    let pick = |field: fn(&PoolPublic<E>) -> &E| -> E {
        blocks
            .iter()
            .zip(pools)
            .map(|(block, pool)| block.clone() * field(pool).clone())
            .sum()
    };
    PoolPublic {
        active: pick(|p| &p.active),
        utilization: pick(|p| &p.utilization),
        volatility: pick(|p| &p.volatility),
        tier: pick(|p| &p.tier),
        audit: pick(|p| &p.audit),
        age: pick(|p| &p.age),
        apy: pick(|p| &p.apy),
        score: pick(|p| &p.score),
        class: pick(|p| &p.class),
        flag: pick(|p| &p.flag),
        allocation: pick(|p| &p.allocation),
    }
}

impl<AB: AirBuilder<F = KoalaBear>> Air<AB> for DecisionAir {
    fn eval(&self, builder: &mut AB) {
        let main = builder.main();
        let expressions =
            |slice: &[AB::Var]| -> Vec<AB::Expr> { slice.iter().map(|&v| v.into()).collect() };
        let now = expressions(main.current_slice());
        let next = expressions(main.next_slice());
        let sel: Vec<AB::Expr> = builder
            .periodic_values()
            .iter()
            .map(|&v| v.into())
            .collect();
        let public: Vec<AB::Expr> = builder.public_values().iter().map(|&v| v.into()).collect();
        let sel: &Periodic<AB::Expr> = sel.as_slice().borrow();
        let public: &Public<AB::Expr> = public.as_slice().borrow();
        let now: &Cols<AB::Expr> = now.as_slice().borrow();
        let next: &Cols<AB::Expr> = next.as_slice().borrow();
        let view = View {
            now: now.clone(),
            next: next.clone(),
            pool: select_pool(&sel.block, &public.pools),
            sel: sel.clone(),
            public: public.clone(),
        };
        cells(builder, &view);
        constancy(builder, &view);
        network(builder, &view);
        score(builder, &view);
        eligibility(builder, &view);
        share(builder, &view);
        allocation(builder, &view);
        totals(builder, &view);
        policy_ranges(builder, &view);
        sponge(builder, &view);
    }
}

/// Ranges of single cells, and zero in every unused one.
fn cells<AB: AirBuilder<F = KoalaBear>>(builder: &mut AB, v: &View<AB::Expr>) {
    // Every digit lane is 0, 1, 2 or 3 (degree 4).
    for lane in &v.now.digit {
        let x = lane.clone();
        let three = constant::<AB::Expr>(3);
        builder.assert_zero(
            x.clone() * (x.clone() - AB::Expr::ONE) * (x.clone() - AB::Expr::TWO) * (x - three),
        );
    }
    // Bits are bits (degree 2).
    for bit in [
        &v.now.sign,
        &v.now.bit,
        &v.now.allow,
        &v.now.capped,
        &v.now.exclude,
    ] {
        builder.assert_bool(bit.clone());
    }
    // A lane that its row does not use is zero (degree 2): only lanes 18, 19, 20 are ever unused.
    for (lane, used) in LANES_USED {
        let unused = unused_rows(v, used);
        builder.assert_zero(unused * v.now.digit[lane].clone());
    }
    for (bit, used) in [(&v.now.sign, SIGN_ROWS), (&v.now.bit, BIT_ROWS)] {
        builder.assert_zero(unused_rows(v, used) * bit.clone());
    }
}

/// 1 on the rows that are not listed.
fn unused_rows<E: PrimeCharacteristicRing>(v: &View<E>, used: &[usize]) -> E {
    (0..BLOCK)
        .filter(|row| !used.contains(row))
        .map(|row| v.sel.row[row].clone())
        .sum()
}

/// Block-constant columns change only between blocks, trace-constant columns never (degree 2).
fn constancy<AB: AirBuilder<F = KoalaBear>>(builder: &mut AB, v: &View<AB::Expr>) {
    let inside = not(&v.sel.row[BLOCK - 1]);
    let pairs = |f: Column<AB::Expr>| f(&v.next).clone() - f(&v.now).clone();
    let block_constant: [Column<AB::Expr>; 9] = [
        |c| &c.allow,
        |c| &c.eligible,
        |c| &c.capped,
        |c| &c.share_hi,
        |c| &c.share_lo,
        |c| &c.quota,
        |c| &c.last,
        |c| &c.open_from,
        |c| &c.mask_from,
    ];
    for column in block_constant {
        builder
            .when_transition()
            .assert_zero(inside.clone() * pairs(column));
    }
    let trace_constant: [Column<AB::Expr>; 10] = [
        |c| &c.cap,
        |c| &c.min_pools,
        |c| &c.max_risk,
        |c| &c.max_volatility,
        |c| &c.min_liquidity,
        |c| &c.exclude,
        |c| &c.rest,
        |c| &c.sum_hi,
        |c| &c.sum_lo,
        |c| &c.dust,
    ];
    for column in trace_constant {
        builder.when_transition().assert_zero(pairs(column));
    }
}

/// The model: `h_i = max(0, b1_i + W1_i x)`, `o = b2 + W2 h`, class by argmax with ties to the higher class.
///
/// Ranges: with the statement's weight bounds `|b1_i + W1_i x| < 2^22`, `|o_k| <= 511 704 968`, and a difference
/// of two outputs is below `2^30`; `V` of 30 bits and its sign cover `-2^30 .. 2^30 - 1`, and an honest difference
/// `x` has no second representation because `|x| <= 1 023 409 936 < p - 2^30`.
fn network<AB: AirBuilder<F = KoalaBear>>(builder: &mut AB, v: &View<AB::Expr>) {
    let inputs = [
        &v.pool.utilization,
        &v.pool.volatility,
        &v.pool.tier,
        &v.pool.audit,
        &v.pool.age,
    ];
    let magnitude = digits(&v.now.digit[0..11]);
    // Rows 0-7: the pre-activation of neuron i is `signed(sign, V)` (degree 3).
    let mut pre = AB::Expr::ZERO;
    let mut on = AB::Expr::ZERO;
    for i in 0..8 {
        let dot: AB::Expr = inputs
            .iter()
            .zip(&v.public.w1[i])
            .map(|(&x, w)| x.clone() * w.clone())
            .sum();
        pre += v.sel.row[i].clone() * (dot + v.public.b1[i].clone());
        on += v.sel.row[i].clone();
    }
    builder.assert_zero(pre - on * signed(&v.now.sign, &magnitude));

    // The outputs start at b2 and collect `W2_ki * h_i`, `h_i = sign * V` (degree 3).
    let activation = v.now.sign.clone() * magnitude;
    let inside = not(&v.sel.row[BLOCK - 1]);
    for k in 0..3 {
        builder.assert_zero(v.sel.row[0].clone() * (v.now.out[k].clone() - v.public.b2[k].clone()));
        let weight: AB::Expr = (0..8)
            .map(|i| v.sel.row[i].clone() * v.public.w2[k][i].clone())
            .sum();
        builder.when_transition().assert_zero(
            inside.clone() * (v.next.out[k].clone() - v.now.out[k].clone())
                - weight * activation.clone(),
        );
    }

    // Row 10: `sign` says o1 >= o0. Row 11: `sign` says o2 >= max(o0, o1) (degree 3).
    let [o0, o1, o2] = v.now.out.clone();
    let first = v.now.sign.clone();
    let second = v.next.sign.clone();
    builder.assert_zero(
        v.sel.row[10].clone()
            * (o1.clone() - o0.clone() - signed(&first, &digits(&v.now.digit[0..15]))),
    );
    let largest = o0.clone() + first.clone() * (o1 - o0);
    builder.assert_zero(
        v.sel.row[10].clone() * (o2 - largest - signed(&second, &digits(&v.next.digit[0..15]))),
    );
    // The public class is 2, 1 or 0 accordingly, and the public flag is "class 2".
    let class = second.double() + not(&second) * first;
    builder.assert_zero(v.sel.row[10].clone() * (v.pool.class.clone() - class));
    builder.assert_zero(v.sel.row[10].clone() * (v.pool.flag.clone() - second));
}

/// The risk score: four floored divisions, the liquidity table, the clamp.
///
/// Ranges: every product is below `2^22` and every `d q + r` below `2^21`, far under `p`.
fn score<AB: AirBuilder<F = KoalaBear>>(builder: &mut AB, v: &View<AB::Expr>) {
    let rule = &v.public.rule;
    let ten_thousand = constant::<AB::Expr>(TOTAL_BPS);
    // Rows 8 and 9: w * metric = 10000 q + r, 0 <= r <= 9999.
    let (quotient, remainder, slack) = (
        digits(&v.now.digit[0..3]),
        digits(&v.now.digit[3..10]),
        digits(&v.now.digit[10..17]),
    );
    for (row, weight, metric) in [
        (8, &rule.w_util, &v.pool.utilization),
        (9, &rule.w_vol, &v.pool.volatility),
    ] {
        let product = weight.clone() * metric.clone();
        let division = product - quotient.clone() * ten_thousand.clone() - remainder.clone();
        builder.assert_zero(v.sel.row[row].clone() * division);
    }
    let slack_sum = ten_thousand - AB::Expr::ONE - remainder - slack;
    builder.assert_zero((v.sel.row[8].clone() + v.sel.row[9].clone()) * slack_sum);

    // Row 0: (100 - audit) * w = d q + r, 0 <= r < d.
    let (audit_q, audit_r, audit_slack) = (
        digits(&v.now.digit[11..14]),
        digits(&v.now.digit[14..16]),
        digits(&v.now.digit[16..18]),
    );
    let unaudited = (constant::<AB::Expr>(100) - v.pool.audit.clone()) * rule.w_audit.clone();
    builder.assert_zero(
        v.sel.row[0].clone()
            * (unaudited - rule.d_audit.clone() * audit_q.clone() - audit_r.clone()),
    );
    builder.assert_zero(
        v.sel.row[0].clone() * (rule.d_audit.clone() - AB::Expr::ONE - audit_r - audit_slack),
    );

    // Row 1: age_cap - age has sign `bit`; rows 2, 3: max(0, age_cap - age) * w = d q + r, 0 <= r < d.
    let youth = digits(&v.now.digit[11..19]);
    builder.assert_zero(
        v.sel.row[1].clone()
            * (rule.age_cap.clone() - v.pool.age.clone() - signed(&v.now.bit, &youth)),
    );
    let (next_q, next_r) = (digits(&v.next.digit[11..13]), digits(&v.next.digit[13..18]));
    builder.assert_zero(
        v.sel.row[1].clone()
            * (v.now.bit.clone() * youth * rule.w_age.clone()
                - rule.d_age.clone() * next_q
                - next_r),
    );
    let (age_q, age_r) = (digits(&v.now.digit[11..13]), digits(&v.now.digit[13..18]));
    let age_slack = digits(&v.next.digit[11..16]);
    builder.assert_zero(
        v.sel.row[2].clone() * (rule.d_age.clone() - AB::Expr::ONE - age_r - age_slack),
    );

    // The components add up. Liquidity is the table at the public tier, in Newton's form:
    // T0 + t D1 + t(t-1)/2 D2 + t(t-1)(t-2)/6 D3 (degree 3, 4 with its row).
    let [t0, t1, t2, t3] = rule.liquidity.clone();
    let tier = v.pool.tier.clone();
    let d1 = t1.clone() - t0.clone();
    let d2 = t2.clone() - t1.double() + t0.clone();
    let d3 = t3 - (t2 - t1.clone()) * constant::<AB::Expr>(3) - t0.clone();
    let half = KoalaBear::TWO.inverse();
    let sixth = KoalaBear::from_u32(6).inverse();
    let pairs = tier.clone() * (tier.clone() - AB::Expr::ONE);
    let triples = pairs.clone() * (tier.clone() - AB::Expr::TWO);
    let liquidity = t0 + tier * d1 + pairs * half * d2 + triples * sixth * d3;
    let added = v.sel.row[0].clone() * audit_q
        + v.sel.row[2].clone() * age_q
        + v.sel.row[7].clone() * liquidity
        + (v.sel.row[8].clone() + v.sel.row[9].clone()) * quotient;
    builder.assert_zero(v.sel.row[0].clone() * v.now.total.clone());
    let inside = not(&v.sel.row[BLOCK - 1]);
    builder
        .when_transition()
        .assert_zero(inside * (v.next.total.clone() - v.now.total.clone()) - added);

    // Rows 10, 11: score = min(clamp_max, max(clamp_min, total)); V of 8 bits covers |110 + 95|.
    let above = digits(&v.now.digit[15..19]);
    builder.assert_zero(
        v.sel.row[10].clone()
            * (v.now.total.clone() - rule.clamp_min.clone() - signed(&v.now.bit, &above)),
    );
    let floored = rule.clamp_min.clone() + v.now.bit.clone() * above;
    let below = digits(&v.next.digit[15..19]);
    builder.assert_zero(
        v.sel.row[10].clone() * (rule.clamp_max.clone() - floored - signed(&v.next.bit, &below)),
    );
    builder.assert_zero(
        v.sel.row[10].clone()
            * (v.pool.score.clone() - rule.clamp_max.clone() + v.next.bit.clone() * below),
    );
}

/// Eligibility: the product of the tests, each a comparison with a private limit.
///
/// Ranges: each `V` is wider than any difference that the private limits' own ranges allow (`policy_ranges`). A
/// committed limit beyond its documented end (risk 101..255, volatility 10001..16383) is provable and acts exactly
/// like that end, since no score and no volatility lies between.
fn eligibility<AB: AirBuilder<F = KoalaBear>>(builder: &mut AB, v: &View<AB::Expr>) {
    let bit = &v.now.bit;
    // tier - min_liquidity, max_risk - score, max_volatility - volatility, apy - 1: `bit` says "not negative".
    for (row, difference, lanes) in [
        (0, v.pool.tier.clone() - v.now.min_liquidity.clone(), 18..19),
        (3, v.now.max_risk.clone() - v.pool.score.clone(), 16..20),
        (
            4,
            v.now.max_volatility.clone() - v.pool.volatility.clone(),
            11..18,
        ),
        (5, v.pool.apy.clone() - AB::Expr::ONE, 11..19),
    ] {
        let value = digits(&v.now.digit[lanes]);
        builder.assert_zero(v.sel.row[row].clone() * (difference - signed(bit, &value)));
    }
    // pass starts as active * allow, is multiplied by each test's bit and by 1 - exclude * flag (degree 4).
    builder.assert_zero(
        v.sel.row[0].clone() * (v.now.pass.clone() - v.pool.active.clone() * v.now.allow.clone()),
    );
    let tests: AB::Expr = [0, 3, 4, 5].iter().map(|&row| v.sel.row[row].clone()).sum();
    let flagged = v.now.exclude.clone() * v.pool.flag.clone();
    let factor = AB::Expr::ONE
        - v.sel.row[BLOCK - 1].clone()
        - tests * not(bit)
        - v.sel.row[6].clone() * flagged;
    let inside = not(&v.sel.row[BLOCK - 1]);
    builder
        .when_transition()
        .assert_zero(inside * v.next.pass.clone() - v.now.pass.clone() * factor);
    builder.assert_zero(v.sel.row[7].clone() * (v.now.eligible.clone() - v.now.pass.clone()));
}

/// The share weight: `apy * 10000 = s (score + 1) + r`, `0 <= r <= score`, `s = hi * 2^14 + lo`.
///
/// Ranges: `hi (score+1) < 2^14` is itself range-checked, so `2^14 hi (score+1) < 2^28`; `lo (score+1) < 2^21`;
/// `apy * 10000 <= 2 * 10^8`. No side reaches `p`.
fn share<AB: AirBuilder<F = KoalaBear>>(builder: &mut AB, v: &View<AB::Expr>) {
    let lanes = &v.now.digit;
    let divisor = v.pool.score.clone() + AB::Expr::ONE;
    let row = &v.sel.row[12];
    builder.assert_zero(row.clone() * (v.now.share_hi.clone() - digits(&lanes[0..6])));
    builder.assert_zero(row.clone() * (v.now.share_lo.clone() - digits(&lanes[6..13])));
    let remainder = digits(&lanes[13..17]);
    let high_product = digits(&v.next.digit[0..7]);
    builder.assert_zero(
        row.clone()
            * (v.pool.apy.clone() * constant::<AB::Expr>(TOTAL_BPS)
                - v.now.share_lo.clone() * divisor.clone()
                - remainder.clone()
                - high_product * constant::<AB::Expr>(LIMB)),
    );
    builder.assert_zero(row.clone() * (v.pool.score.clone() - remainder - digits(&lanes[17..21])));
    builder.assert_zero(
        v.sel.row[13].clone() * (v.now.share_hi.clone() * divisor - digits(&lanes[0..7])),
    );
}

/// The capped proportional allocation, pool by pool.
///
/// `R s = t S + rem` over the integers, in limbs of 14 bits with a signed carry `c`:
/// low `R lo - t S_lo - rem_lo = c 2^14`, high `R hi - t S_hi - rem_hi + c = 0`.
/// `R, t, S_lo, S_hi, lo < 2^14`, `hi < 2^12`, `rem_hi < 2^26`, `|c| <= 2^15`: both sums stay under `2^30`.
fn allocation<AB: AirBuilder<F = KoalaBear>>(builder: &mut AB, v: &View<AB::Expr>) {
    let now = &v.now;
    let limb = constant::<AB::Expr>(LIMB);
    let uncapped = now.eligible.clone() - now.capped.clone();
    // Only eligible pools are capped, only they have a quota, a capped one's is the cap (degree 2).
    builder.assert_zero(now.capped.clone() * not(&now.eligible));
    builder.assert_zero(not(&now.eligible) * now.quota.clone());
    builder.assert_zero(now.capped.clone() * (now.quota.clone() - now.cap.clone()));

    // Row 13: the quota has 14 bits; an uncapped one is at most cap - 1.
    let row = &v.sel.row[13];
    builder.assert_zero(row.clone() * (now.quota.clone() - digits(&now.digit[7..14])));
    let under_cap = now.cap.clone() - AB::Expr::ONE - now.quota.clone();
    builder.assert_zero(row.clone() * (digits(&now.digit[14..21]) - uncapped.clone() * under_cap));

    // Row 14 (with row 15): the two limbs of R s = t S + rem.
    let row = &v.sel.row[14];
    let carry = digits(&now.digit[0..8]) - constant::<AB::Expr>(1 << 15);
    let rem_hi = digits(&now.digit[8..21]);
    let rem_lo = digits(&v.next.digit[0..7]);
    builder.assert_zero(
        row.clone()
            * (now.rest.clone() * now.share_lo.clone()
                - now.quota.clone() * now.sum_lo.clone()
                - rem_lo
                - carry.clone() * limb.clone()),
    );
    builder.assert_zero(
        row.clone()
            * (now.rest.clone() * now.share_hi.clone()
                - now.quota.clone() * now.sum_hi.clone()
                - rem_hi.clone()
                + carry),
    );
    // An uncapped pool's remainder is below S: S - 1 - rem >= 0 limb by limb with a borrow. For the others the
    // lanes are zero. (A capped pool's remainder only has to be non-negative: R s >= cap S.)
    let borrow = &v.next.bit;
    builder.assert_zero(
        row.clone()
            * (digits(&v.next.digit[14..21])
                - uncapped.clone() * (now.sum_hi.clone() - rem_hi - borrow.clone())),
    );
    let row = &v.sel.row[15];
    let low =
        now.sum_lo.clone() - AB::Expr::ONE - digits(&now.digit[0..7]) + now.bit.clone() * limb;
    builder.assert_zero(row.clone() * (digits(&now.digit[7..14]) - uncapped.clone() * low));
    builder.assert_zero(row.clone() * now.bit.clone() * not(&uncapped));

    // Row 7: the last uncapped pool takes the dust as far as its cap allows; `bit` says that it fits.
    let room = now.cap.clone() - now.quota.clone() - now.dust.clone();
    let row = &v.sel.row[7];
    builder.assert_zero(
        row.clone() * (now.last.clone() * room - signed(&now.bit, &digits(&now.digit[11..18]))),
    );
    let to_cap = now.cap.clone() - now.quota.clone();
    let taken = now.bit.clone() * (now.dust.clone() - to_cap.clone()) + to_cap;
    builder.assert_zero(
        row.clone() * (v.pool.allocation.clone() - now.quota.clone() - now.last.clone() * taken),
    );

    // Row 6: `bit` says that the pool has at least 1000 bps; `spread` counts these.
    let at_least = v.pool.allocation.clone() - constant::<AB::Expr>(1000);
    builder.assert_zero(
        v.sel.row[6].clone() * (at_least - signed(&now.bit, &digits(&now.digit[11..18]))),
    );
    builder.when_first_row().assert_zero(now.spread.clone());
    builder.when_transition().assert_zero(
        v.next.spread.clone() - now.spread.clone() - v.sel.row[6].clone() * now.bit.clone(),
    );

    // `last` marks the last uncapped pool: no uncapped pool in a later block.
    let at_end = &v.sel.row[BLOCK - 1];
    let open =
        v.next.open_from.clone() + uncapped.clone() - v.next.open_from.clone() * uncapped.clone();
    builder
        .when_transition()
        .assert_zero(at_end.clone() * (now.open_from.clone() - open));
    builder.when_transition().assert_zero(
        at_end.clone() * (now.last.clone() - uncapped.clone() * not(&v.next.open_from)),
    );
    builder
        .when_last_row()
        .assert_zero(now.open_from.clone() - uncapped.clone());
    builder
        .when_last_row()
        .assert_zero(now.last.clone() - uncapped);
}

/// Sums over the blocks, and what they must equal at the end.
///
/// With `R = 10000 - cap |capped|` for every feasible case: if all eligible pools are capped the rest stays idle.
/// The capped set is unique: `sum min(cap, lambda s)` grows strictly with `lambda = R / S`, so only one split
/// satisfies the comparisons of `allocation`.
fn totals<AB: AirBuilder<F = KoalaBear>>(builder: &mut AB, v: &View<AB::Expr>) {
    let now = &v.now;
    let at_end = &v.sel.row[BLOCK - 1];
    let uncapped = now.eligible.clone() - now.capped.clone();
    let share = now.share_hi.clone() * constant::<AB::Expr>(LIMB) + now.share_lo.clone();
    let flagged = now.eligible.clone() * v.pool.flag.clone();
    let flags = now.any_flag.clone() + flagged.clone() * not(&now.any_flag);
    for (running, following, with_this_block) in [
        (
            &now.n_capped,
            &v.next.n_capped,
            now.n_capped.clone() + now.capped.clone(),
        ),
        (
            &now.share_sum,
            &v.next.share_sum,
            now.share_sum.clone() + uncapped.clone() * share.clone(),
        ),
        (
            &now.quota_sum,
            &v.next.quota_sum,
            now.quota_sum.clone() + uncapped.clone() * now.quota.clone(),
        ),
        (&now.any_flag, &v.next.any_flag, flags.clone()),
    ] {
        builder.when_first_row().assert_zero(running.clone());
        builder.when_transition().assert_zero(
            following.clone()
                - running.clone()
                - at_end.clone() * (with_this_block - running.clone()),
        );
    }
    let mut last = builder.when_last_row();
    let n_capped = now.n_capped.clone() + now.capped.clone();
    last.assert_zero(
        now.rest.clone() + now.cap.clone() * n_capped - constant::<AB::Expr>(TOTAL_BPS),
    );
    let share_sum = now.share_sum.clone() + uncapped.clone() * share;
    last.assert_zero(
        share_sum - now.sum_hi.clone() * constant::<AB::Expr>(LIMB) - now.sum_lo.clone(),
    );
    let quota_sum = now.quota_sum.clone() + uncapped * now.quota.clone();
    last.assert_zero(now.rest.clone() - quota_sum - now.dust.clone());
    last.assert_zero(v.public.decision.clone() - flags);

    // Public values alone: the allocation and the idle share make 10000 (also checked by the parser).
    let allocated: AB::Expr = v.public.pools.iter().map(|p| p.allocation.clone()).sum();
    builder
        .when_first_row()
        .assert_zero(allocated + v.public.idle.clone() - constant::<AB::Expr>(TOTAL_BPS));
}

/// Ranges of the policy and of the allocation's unknowns, one per block, in lanes 17.. of rows 8 and 9 (14 bits).
fn policy_ranges<AB: AirBuilder<F = KoalaBear>>(builder: &mut AB, v: &View<AB::Expr>) {
    let now = &v.now;
    let (first, second) = (&now.digit[17..21], &v.next.digit[17..20]);
    let value = digits(first) + digits(second) * constant::<AB::Expr>(256);
    let ten_thousand = constant::<AB::Expr>(TOTAL_BPS);
    let row = &v.sel.row[8];
    let on = |block: usize| row.clone() * v.sel.block[block].clone();
    for (block, ranged) in [
        (0, now.cap.clone() - AB::Expr::ONE),
        (1, ten_thousand - now.cap.clone()),
        (2, now.max_volatility.clone()),
        (3, now.rest.clone()),
        (4, now.sum_hi.clone()),
        (5, now.sum_lo.clone()),
        // At least min_pools pools hold 1000 bps or more.
        (7, now.spread.clone() - now.min_pools.clone()),
    ] {
        builder.assert_zero(on(block) * (value.clone() - ranged));
    }
    // Block 6: max_risk has 8 bits, min_pools is 1..16, min_liquidity is 0..3.
    builder.assert_zero(on(6) * (digits(first) - now.max_risk.clone()));
    builder.assert_zero(on(6) * (digits(&second[0..2]) + AB::Expr::ONE - now.min_pools.clone()));
    builder.assert_zero(on(6) * (second[2].clone() - now.min_liquidity.clone()));
}

/// The policy commitment: an overwrite-mode Poseidon2 sponge (width 16, rate 8) over policy, pools and salt.
///
/// Window 0 absorbs the policy, window 1 the digest of the pool ids, window 2 the salt; the rate at the end of
/// window 2 is the commitment. Window 3 only keeps the rows regular.
fn sponge<AB: AirBuilder<F = KoalaBear>>(builder: &mut AB, v: &View<AB::Expr>) {
    let state = &v.now.sponge;
    let follow = &v.next.sponge;
    // The allowlist mask is collected from the last block to the first.
    let at_end = v.sel.row[BLOCK - 1].clone();
    builder.when_transition().assert_zero(
        at_end.clone()
            * (v.now.mask_from.clone() - v.now.allow.clone() - v.next.mask_from.double()),
    );
    builder
        .when_last_row()
        .assert_zero(v.now.mask_from.clone() - v.now.allow.clone());

    // First row: the policy in the rate, the tag in the capacity.
    let mut initial: [AB::Expr; SPONGE] = core::array::from_fn(|_| AB::Expr::ZERO);
    initial[0] = constant::<AB::Expr>(POLICY_VERSION);
    initial[1] = v.now.cap.clone();
    initial[2] = v.now.min_pools.clone();
    initial[3] = v.now.max_risk.clone();
    initial[4] = v.now.max_volatility.clone();
    initial[5] = v.now.min_liquidity.clone();
    initial[6] = v.now.exclude.clone();
    initial[7] = v.now.mask_from.clone();
    initial[8] = constant::<AB::Expr>(SPONGE_TAG);
    for (cell, value) in state.iter().zip(initial) {
        builder.when_first_row().assert_zero(cell.clone() - value);
    }

    // One step of the permutation a row (degree 4: a cube times its selector).
    let mut linear = state.clone();
    Linear::external_linear_layer(&mut linear);
    let mut external: [AB::Expr; SPONGE] =
        core::array::from_fn(|i| (state[i].clone() + v.sel.constants[i].clone()).cube());
    Linear::external_linear_layer(&mut external);
    let mut internal = state.clone();
    internal[0] = (state[0].clone() + v.sel.constants[0].clone()).cube();
    Linear::internal_linear_layer(&mut internal);
    for cell in 0..SPONGE {
        // The capacity survives an absorption, the rate is replaced.
        let kept = if cell < SPONGE / 2 {
            v.sel.carry.clone()
        } else {
            v.sel.carry.clone() + v.sel.absorb.clone()
        };
        let stepped = if cell < SPONGE / 2 {
            not(&v.sel.absorb)
        } else {
            AB::Expr::ONE
        };
        builder.when_transition().assert_zero(
            stepped * follow[cell].clone()
                - v.sel.linear.clone() * linear[cell].clone()
                - v.sel.external.clone() * external[cell].clone()
                - v.sel.internal.clone() * internal[cell].clone()
                - kept * state[cell].clone(),
        );
    }
    // Row 31 (end of block 1) absorbs the pools digest; row 95 (end of block 5) shows the commitment.
    for i in 0..SPONGE / 2 {
        builder.when_transition().assert_zero(
            v.sel.block[1].clone()
                * at_end.clone()
                * (follow[i].clone() - v.public.pools_digest[i].clone()),
        );
        builder.assert_zero(
            v.sel.block[5].clone()
                * at_end.clone()
                * (state[i].clone() - v.public.commitment[i].clone()),
        );
    }
}
