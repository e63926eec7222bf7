//! Section 5: the periodic columns at zeta, and first, final, trans.

use crate::constants::{BLOCK_0, GAMMA_INVERSE, PERIOD_16, PERIOD_32, ROOT_8_INVERSE_POWERS};
use crate::field::{Ext, ExtTrait, ONE, P, ZERO, invert_all, mul_ext, powers};

#[derive(Copy, Drop)]
pub struct Selectors {
    pub row: Span<Ext>,
    pub block: Span<Ext>,
    pub linear: Ext,
    pub external: Ext,
    pub internal: Ext,
    pub carry: Ext,
    pub absorb: Ext,
    pub k: Span<Ext>,
    pub first: Ext,
    pub final_: Ext,
    pub trans: Ext,
    /// `Z = zeta^128 - 1`
    pub vanishing: Ext,
}

/// `sum_i factors_i * terms_i` over the shorter length, at most 32, of reduced elements: < 2^67. Reduced.
fn combine(mut factors: Span<felt252>, mut terms: Span<Ext>) -> Ext {
    let mut sum = ZERO;
    while let Some(term) = terms.pop_front() {
        sum += (*term).times(*factors.pop_front().unwrap());
    }
    sum.reduced_small()
}

/// All selectors at zeta. Panics if zeta lies in the trace's domain: `zeta^128 = 1`.
pub fn selectors_at(zeta: Ext) -> Selectors {
    let to_1 = powers(zeta, 9).span(); // zeta^0 .. zeta^8
    let to_4 = powers(*to_1[4], 33).span(); // zeta^(4 i)
    let mut to_8 = array![]; // zeta^(8 i)
    for i in 0..16_u32 {
        to_8.append(*to_4[2 * i]);
    }
    let to_8 = to_8.span();
    let vanishing = (*to_4[32]).plus(P - 1).reduced_small();
    assert(!vanishing.same(ZERO), 'transcript: zeta in the domain');

    // Period 16: a polynomial in zeta^8 each.
    let mut row = array![];
    let mut table = PERIOD_16.span();
    while let Some(column) = table.pop_front() {
        row.append(combine(column.span(), to_8));
    }
    // Period 128: block_b(x) = block_0(x g_3^-b), so with block_0 = sum_j S_j over the exponents that are j
    // modulo 8, block_b = sum_j g_3^(-b j) S_j.
    let mut parts = array![];
    let mut table = BLOCK_0.span();
    for j in 0..8_u32 {
        parts.append(mul_ext(combine(table.pop_front().unwrap().span(), to_8), *to_1[j]));
    }
    let parts = parts.span();
    let mut block = array![];
    for b in 0..8_u32 {
        let mut factors = array![];
        for j in 0..8_u32 {
            factors.append(*ROOT_8_INVERSE_POWERS.span()[(b * j) % 8]);
        }
        block.append(combine(factors.span(), parts));
    }
    // Period 32: linear, external, internal, carry, absorb, k_0 .. k_15, a polynomial in zeta^4 each.
    let to_4 = to_4.slice(0, 32);
    let mut columns = array![];
    let mut table = PERIOD_32.span();
    while let Some(column) = table.pop_front() {
        columns.append(combine(column.span(), to_4));
    }
    let columns = columns.span();

    let trans = zeta.plus(P - GAMMA_INVERSE).reduced_small();
    let to_first = (zeta - ONE).plus(P).reduced_small();
    let inverses = invert_all(array![to_first, trans].span(), 'transcript: zeta in the domain');
    Selectors {
        row: row.span(),
        block: block.span(),
        linear: *columns[0],
        external: *columns[1],
        internal: *columns[2],
        carry: *columns[3],
        absorb: *columns[4],
        k: columns.slice(5, 16),
        first: mul_ext(vanishing, *inverses[0]),
        final_: mul_ext(vanishing, *inverses[1]),
        trans,
        vanishing,
    }
}
