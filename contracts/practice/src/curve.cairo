//! Swaps along one stretch of constant liquidity: Uniswap v3 white paper, section 6.
//!
//! A square root of a price is a fraction of `one` (2^128 at Ekubo, 2^96 at JediSwap v2). Inputs
//! are rounded up and outputs down, so that no swap takes more out than the curve gives.

use core::integer::u512_safe_div_rem_by_u256;
use core::num::traits::WideMul;

pub const Q128: u256 = 0x100000000000000000000000000000000;
pub const Q96: u256 = 0x1000000000000000000000000;

/// What one swap does; `paid` holds the fee.
#[derive(Copy, Drop)]
pub struct Swap {
    pub sqrt_after: u256,
    pub paid: u128,
    pub received: u128,
    pub fee: u128,
}

/// floor(a * b / d).
pub fn mul_div(a: u256, b: u256, d: u256) -> u256 {
    let (quotient, _) = divided(a, b, d);
    quotient
}

/// ceil(a * b / d).
pub fn mul_div_up(a: u256, b: u256, d: u256) -> u256 {
    let (quotient, rest) = divided(a, b, d);
    if rest == 0 {
        quotient
    } else {
        quotient + 1
    }
}

fn divided(a: u256, b: u256, d: u256) -> (u256, u256) {
    let product = WideMul::<u256, u256>::wide_mul(a, b);
    let (quotient, rest) = u512_safe_div_rem_by_u256(product, d.try_into().expect('divided by 0'));
    assert(quotient.limb2 == 0 && quotient.limb3 == 0, 'too large');
    (u256 { low: quotient.limb0, high: quotient.limb1 }, rest)
}

/// Token 0 between two square roots, low < high.
pub fn amount0(liquidity: u128, low: u256, high: u256, one: u256, up: bool) -> u128 {
    let whole = liquidity.into() * one;
    let amount = if up {
        mul_div_up(mul_div_up(whole, high - low, high), 1, low)
    } else {
        mul_div(whole, high - low, high) / low
    };
    amount.try_into().expect('amount too large')
}

/// Token 1 between two square roots, low < high.
pub fn amount1(liquidity: u128, low: u256, high: u256, one: u256, up: bool) -> u128 {
    let amount = if up {
        mul_div_up(liquidity.into(), high - low, one)
    } else {
        mul_div(liquidity.into(), high - low, one)
    };
    amount.try_into().expect('amount too large')
}

/// Swap up to `amount` of one token for the other, but not past `limit`. The fee is
/// `fee` / `fee_one` of what is paid.
pub fn swap(
    sqrt: u256,
    liquidity: u128,
    one: u256,
    fee: u256,
    fee_one: u256,
    amount: u128,
    is_token1: bool,
    limit: u256,
) -> Swap {
    assert(is_token1 == (limit > sqrt) || limit == sqrt, 'limit on the wrong side');
    if liquidity == 0 || amount == 0 || limit == sqrt {
        return Swap { sqrt_after: sqrt, paid: 0, received: 0, fee: 0 };
    }
    let whole_fee: u128 = mul_div_up(amount.into(), fee, fee_one).try_into().unwrap();
    let net: u256 = (amount - whole_fee).into();
    let whole: u256 = liquidity.into() * one;
    let reached = if is_token1 {
        sqrt + mul_div(net, one, liquidity.into())
    } else {
        mul_div_up(whole, sqrt, whole + net * sqrt)
    };
    let past = if is_token1 {
        reached > limit
    } else {
        reached < limit
    };
    let sqrt_after = if past {
        limit
    } else {
        reached
    };
    let (low, high) = if is_token1 {
        (sqrt, sqrt_after)
    } else {
        (sqrt_after, sqrt)
    };
    let (paid, fee) = if past {
        let needed = if is_token1 {
            amount1(liquidity, low, high, one, true)
        } else {
            amount0(liquidity, low, high, one, true)
        };
        let gross: u128 = mul_div_up(needed.into(), fee_one, fee_one - fee).try_into().unwrap();
        (gross, gross - needed)
    } else {
        (amount, whole_fee)
    };
    let received = if is_token1 {
        amount0(liquidity, low, high, one, false)
    } else {
        amount1(liquidity, low, high, one, false)
    };
    Swap { sqrt_after, paid, received, fee }
}
