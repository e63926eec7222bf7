//! Section 10, step 4: the value at beta of the polynomial of degree < 8 through eight values.

use crate::constants::{ROOT_8, ROOT_8_SQUARED, ROOT_8_CUBED};
use crate::field::{Ext, ExtTrait, mul};

/// `(a + b, a - b)`
#[inline(always)]
fn butterfly(a: Ext, b: Ext) -> (Ext, Ext) {
    (a + b, a - b)
}

/// `values[m]` (reduced) belongs to `y g_3^bitrev(m, 3)`; `y_inverse` is reduced, `beta_powers` are the reduced `beta^0 ..
/// beta^7`, each divided by 8.
///
/// With `f = sum_k f_k X^k`, `8 y^k f_k = sum_i g_3^(-i k) f(y g_3^i)`: three rounds of butterflies take the values in
/// this bit-reversed order to the `8 y^k f_k` in natural order. With `r = g_3^-1` the twiddles are `1, r^2` in
/// the second round and `1, r, r^2, r^3` in the third.
pub fn fold(values: [Ext; 8], y_inverse: felt252, beta_powers: Span<Ext>) -> Ext {
    let [v0, v1, v2, v3, v4, v5, v6, v7] = values;
    // First round, < 2^32.
    let (a0, a1) = butterfly(v0, v1);
    let (a2, a3) = butterfly(v2, v3);
    let (a4, a5) = butterfly(v4, v5);
    let (a6, a7) = butterfly(v6, v7);
    // Second round, < 2^64.
    let (b0, b2) = butterfly(a0, a2);
    let (b1, b3) = butterfly(a1, a3.times(ROOT_8_SQUARED));
    let (b4, b6) = butterfly(a4, a6);
    let (b5, b7) = butterfly(a5, a7.times(ROOT_8_SQUARED));
    // Third round, < 2^96.
    let (c0, c4) = butterfly(b0, b4);
    let (c1, c5) = butterfly(b1, b5.times(ROOT_8));
    let (c2, c6) = butterfly(b2, b6.times(ROOT_8_SQUARED));
    let (c3, c7) = butterfly(b3, b7.times(ROOT_8_CUBED));
    let y2 = mul(y_inverse, y_inverse);
    let y3 = mul(y2, y_inverse);
    let y4 = mul(y2, y2);
    let y5 = mul(y4, y_inverse);
    let y6 = mul(y4, y2);
    let y7 = mul(y4, y3);
    // < 2^(96 + 31 + 31 + 3.4 + 3) = 2^165
    let sum = c0 * *beta_powers[0]
        + c1.times(y_inverse) * *beta_powers[1]
        + c2.times(y2) * *beta_powers[2]
        + c3.times(y3) * *beta_powers[3]
        + c4.times(y4) * *beta_powers[4]
        + c5.times(y5) * *beta_powers[5]
        + c6.times(y6) * *beta_powers[6]
        + c7.times(y7) * *beta_powers[7];
    sum.reduced()
}
