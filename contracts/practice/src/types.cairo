//! What the entry points take and give, in the order of felts that the venues document.

use starknet::ContractAddress;

/// A number with a sign, `sign` true below zero.
#[derive(Copy, Drop, Serde, PartialEq, starknet::Store)]
pub struct i129 {
    pub mag: u128,
    pub sign: bool,
}

/// The same in 32 bits, as JediSwap v2 writes its ticks.
#[derive(Copy, Drop, Serde, PartialEq)]
pub struct i32Parts {
    pub mag: u32,
    pub sign: bool,
}

/// The same in 256 bits, as JediSwap v2 writes amounts in its events.
#[derive(Copy, Drop, Serde, PartialEq)]
pub struct i256Parts {
    pub mag: u256,
    pub sign: bool,
}

/// Names a pool of Ekubo; `fee` is a fraction of 2^128.
#[derive(Copy, Drop, Serde, PartialEq, Hash)]
pub struct PoolKey {
    pub token0: ContractAddress,
    pub token1: ContractAddress,
    pub fee: u128,
    pub tick_spacing: u128,
    pub extension: ContractAddress,
}

/// Square root of the price, of 2^128, and its tick.
#[derive(Copy, Drop, Serde)]
pub struct PoolPrice {
    pub sqrt_ratio: u256,
    pub tick: i129,
}

/// Amounts of both tokens; positive is paid in.
#[derive(Copy, Drop, Serde)]
pub struct Delta {
    pub amount0: i129,
    pub amount1: i129,
}

/// Fees that one unit of liquidity has earned since the beginning, of 2^128; differences are taken
/// in the field.
#[derive(Copy, Drop, Serde)]
pub struct FeesPerLiquidity {
    pub value0: felt252,
    pub value1: felt252,
}

/// What to swap and how far.
#[derive(Copy, Drop, Serde)]
pub struct SwapParameters {
    pub amount: i129,
    pub is_token1: bool,
    pub sqrt_ratio_limit: u256,
    pub skip_ahead: u128,
}

/// One pool on the way of a swap; a limit of 0 is none.
#[derive(Copy, Drop, Serde)]
pub struct RouteNode {
    pub pool_key: PoolKey,
    pub sqrt_ratio_limit: u256,
    pub skip_ahead: u128,
}

#[derive(Copy, Drop, Serde)]
pub struct TokenAmount {
    pub token: ContractAddress,
    pub amount: i129,
}

/// What can be bought before the price has moved by some share.
#[derive(Copy, Drop, Serde)]
pub struct Depth {
    pub token0: u128,
    pub token1: u128,
}

/// A number as i129, `negative` only counts when it is not 0.
pub fn signed(mag: u128, negative: bool) -> i129 {
    i129 { mag, sign: negative && mag != 0 }
}
