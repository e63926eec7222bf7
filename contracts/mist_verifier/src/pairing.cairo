//! The Miller loop over three pairs, and the final exponentiation.

use core::circuit::u384;
use super::circuits::{add, double, easy, last, last_points, mul, negate, square, square_4};
use super::constants::{CHAIN_POWERS, CHAIN_SQUARINGS, CHAIN_START, DELTA, GAMMA, LOOP};

const ZERO: u384 = u384 { limb0: 0, limb1: 0, limb2: 0, limb3: 0 };
const ONE: [u384; 12] = [
    u384 { limb0: 1, limb1: 0, limb2: 0, limb3: 0 }, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO,
];

/// What the loop found: its value, and whether B is of order R (the loop then ends at -ψ³(B)).
#[derive(Drop)]
pub struct Found {
    pub value: [u384; 12],
    pub ordered: bool,
}

/// The product for (A, B), (I, γ), (C, δ); None if a sum has no slope, which never happens for a B of order R.
///
/// A, I, C are given as -x/y and 1/y.
pub fn miller(a: [u384; 2], b: [u384; 4], i: [u384; 2], c: [u384; 2]) -> Option<Found> {
    let (first, second, end, minus_y) = last_points(b)?;
    let [x0, x1, _, _] = b;
    let [y0, y1] = minus_y;
    let minus_b = [x0, x1, y0, y1];
    let mut gammas = GAMMA.span();
    let mut deltas = DELTA.span();
    let mut f = ONE;
    let mut t = b;
    for digit in LOOP.span() {
        let (value, point) = double(
            f, t, a, *gammas.pop_front().unwrap(), i, *deltas.pop_front().unwrap(), c,
        )?;
        f = value;
        t = point;
        if *digit != 0 {
            let q = if *digit == 1 {
                b
            } else {
                minus_b
            };
            let (value, point) = add(
                f, t, q, a, *gammas.pop_front().unwrap(), i, *deltas.pop_front().unwrap(), c,
            )?;
            f = value;
            t = point;
        }
    }
    let (f, t) = add(
        f, t, first, a, *gammas.pop_front().unwrap(), i, *deltas.pop_front().unwrap(), c,
    )?;
    let (f, t) = add(
        f, t, second, a, *gammas.pop_front().unwrap(), i, *deltas.pop_front().unwrap(), c,
    )?;
    Some(Found { value: f, ordered: t == end })
}

/// The final exponentiation, to a multiple of (p^12 - 1)/R that is prime to R; None for 0.
pub fn exponentiate(f: [u384; 12]) -> Option<[u384; 12]> {
    let a = easy(f)?;
    let x1 = power_x(a)?;
    let x2 = square(x1)?;
    let x6 = mul(square(x2)?, x2)?;
    let xx6 = power_x(x6)?;
    let xxx12 = power_x(square(xx6)?)?;
    let p2 = mul(mul(xxx12, xx6)?, x6)?;
    let p1 = mul(p2, conjugate(x2)?)?;
    let p0 = mul(mul(p2, xx6)?, a)?;
    let p3 = mul(conjugate(a)?, p1)?;
    last(p0, p1, p2, p3)
}

/// The inverse in the cyclotomic subgroup.
fn conjugate(f: [u384; 12]) -> Option<[u384; 12]> {
    let [e0, e1, e2, e3, e4, e5, o0, o1, o2, o3, o4, o5] = f;
    let [o0, o1, o2, o3, o4, o5] = negate([o0, o1, o2, o3, o4, o5])?;
    Some([e0, e1, e2, e3, e4, e5, o0, o1, o2, o3, o4, o5])
}

/// a^x in the cyclotomic subgroup.
fn power_x(a: [u384; 12]) -> Option<[u384; 12]> {
    let a2 = square(a)?;
    let a3 = mul(a, a2)?;
    let a5 = mul(a3, a2)?;
    let a7 = mul(a5, a2)?;
    let powers = array![
        a, a3, a5, a7, conjugate(a)?, conjugate(a3)?, conjugate(a5)?, conjugate(a7)?,
    ];
    let mut result = *powers[CHAIN_START];
    let mut factors = CHAIN_POWERS.span();
    for squarings in CHAIN_SQUARINGS.span() {
        let mut left = *squarings;
        while left >= 4 {
            result = square_4(result)?;
            left -= 4;
        }
        while left != 0 {
            result = square(result)?;
            left -= 1;
        }
        let factor = *factors.pop_front().unwrap();
        if factor != 0 {
            result = mul(result, *powers[factor - 1])?;
        }
    }
    Some(result)
}
