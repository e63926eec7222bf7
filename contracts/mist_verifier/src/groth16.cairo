//! e(A, B) · e(-inputs, γ) · e(-C, δ) = e(α, β).

use core::circuit::u384;
use core::num::traits::Zero;
use super::circuits::{inputs_at, multiples, points};
use super::constants::{ALPHA_BETA, CORRECTION, START, TABLE_0, TABLE_1, TABLE_2};
use super::input::Statement;
use super::pairing::{exponentiate, miller};

/// Accepts, or says why not.
pub fn check(statement: @Statement) -> Result<(), felt252> {
    let Statement { a, b, c, publics } = statement;
    let (equations, a, c) = points(*a, *b, *c).ok_or('mist: curve')?;
    let [e0, e1, e2, e3] = equations;
    if !(e0.is_zero() && e1.is_zero() && e2.is_zero() && e3.is_zero()) {
        return Err('mist: curve');
    }
    let inputs = inputs_of(*publics).ok_or('mist: input')?;
    let found = miller(a, *b, inputs, c).ok_or('mist: subgroup')?;
    if !found.ordered {
        return Err('mist: subgroup');
    }
    let value = exponentiate(found.value).ok_or('mist: pairing')?;
    if value != ALPHA_BETA {
        return Err('mist: pairing');
    }
    Ok(())
}

/// Minus the sum over the public inputs as lines need it. The fifth (where to withdraw) has no point in the key.
fn inputs_of(publics: Span<u256>) -> Option<[u384; 2]> {
    let mut first = digits(*publics[0], *publics[1], *publics[2]);
    let mut second = digits(*publics[3], *publics[5], *publics[6]);
    let mut third = digits(*publics[7], *publics[8], *publics[9]);
    let table_0 = TABLE_0.span();
    let table_1 = TABLE_1.span();
    let table_2 = TABLE_2.span();
    let mut sum = START;
    while let Some(digit) = first.pop_back() {
        let e0 = *table_0[*digit];
        let e1 = *table_1[*second.pop_back().unwrap()];
        let e2 = *table_2[*third.pop_back().unwrap()];
        sum = multiples(sum, e0, e1, e2)?;
    }
    inputs_at(sum, CORRECTION)
}

/// Two bits of each as a number below 64, the lowest first, 127 of them.
fn digits(x: u256, y: u256, z: u256) -> Span<u32> {
    let mut found = array![];
    halves(ref found, x.low, y.low, z.low, 64);
    halves(ref found, x.high, y.high, z.high, 63);
    found.span()
}

fn halves(ref found: Array<u32>, x: u128, y: u128, z: u128, count: u32) {
    let mut x = x;
    let mut y = y;
    let mut z = z;
    for _ in 0..count {
        let (x_rest, x_digit) = DivRem::div_rem(x, 4);
        let (y_rest, y_digit) = DivRem::div_rem(y, 4);
        let (z_rest, z_digit) = DivRem::div_rem(z, 4);
        let digit: felt252 = x_digit.into() + 4 * y_digit.into() + 16 * z_digit.into();
        found.append(digit.try_into().unwrap());
        x = x_rest;
        y = y_rest;
        z = z_rest;
    }
}
