//! The span that garaga makes of a proof: coordinates, public inputs, and hints that are not read.

use core::circuit::u384;
use super::constants::{P, R};

/// 8 coordinates of 4 limbs, a count, 10 public inputs of 2 halves, hints.
const FELTS: u32 = 2061;
const PUBLICS: u32 = 10;

/// The points of a proof by coordinates, real parts first, and the public inputs.
#[derive(Drop)]
pub struct Statement {
    pub a: [u384; 2],
    pub b: [u384; 4],
    pub c: [u384; 2],
    pub publics: Span<u256>,
}

/// Each number in its one form: limbs below 2^96, coordinates below P, public inputs below R.
pub fn read(felts: Span<felt252>) -> Result<Statement, felt252> {
    if felts.len() != FELTS {
        return Err('mist: span');
    }
    let mut rest = felts;
    let a = [coordinate(ref rest)?, coordinate(ref rest)?];
    let b = [
        coordinate(ref rest)?, coordinate(ref rest)?, coordinate(ref rest)?, coordinate(ref rest)?,
    ];
    let c = [coordinate(ref rest)?, coordinate(ref rest)?];
    if *rest.pop_front().unwrap() != PUBLICS.into() {
        return Err('mist: span');
    }
    let mut publics = array![];
    for _ in 0..PUBLICS {
        publics.append(public(ref rest)?);
    }
    Ok(Statement { a, b, c, publics: publics.span() })
}

/// Four limbs, the lowest first.
fn coordinate(ref felts: Span<felt252>) -> Result<u384, felt252> {
    let limb0 = limb(ref felts)?.limb0;
    let limb1 = limb(ref felts)?.limb0;
    let limb2 = limb(ref felts)?.limb0;
    let limb3 = limb(ref felts)?.limb0;
    let value = u384 { limb0, limb1, limb2, limb3 };
    let small: Option<u256> = value.try_into();
    match small {
        Some(number) => if number < P {
            Ok(value)
        } else {
            Err('mist: coordinate')
        },
        None => Err('mist: coordinate'),
    }
}

/// A number below 2^96, as the lowest limb.
fn limb(ref felts: Span<felt252>) -> Result<u384, felt252> {
    let small: Option<u128> = (*felts.pop_front().unwrap()).try_into();
    match small {
        Some(number) => {
            let value: u384 = number.into();
            if value.limb1 == 0 {
                Ok(value)
            } else {
                Err('mist: coordinate')
            }
        },
        None => Err('mist: coordinate'),
    }
}

/// Two halves, the lower first.
fn public(ref felts: Span<felt252>) -> Result<u256, felt252> {
    let low: Option<u128> = (*felts.pop_front().unwrap()).try_into();
    let high: Option<u128> = (*felts.pop_front().unwrap()).try_into();
    match (low, high) {
        (
            Some(low), Some(high),
        ) => {
            let value = u256 { low, high };
            if value < R {
                Ok(value)
            } else {
                Err('mist: input')
            }
        },
        _ => Err('mist: input'),
    }
}
