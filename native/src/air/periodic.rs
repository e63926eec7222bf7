//! The periodic columns: selectors and Poseidon2 round constants.
//!
//! Both sides compute them; they are never committed. A selector of period 16 names a row of a block, one of
//! period 128 names a block, one of period 32 names a step of the sponge's window.

use core::borrow::Borrow;

use p3_field::PrimeCharacteristicRing;
use p3_koala_bear::{
    KOALABEAR_POSEIDON2_HALF_FULL_ROUNDS as HALF_FULL,
    KOALABEAR_POSEIDON2_PARTIAL_ROUNDS_16 as PARTIAL,
    KOALABEAR_POSEIDON2_RC_16_EXTERNAL_FINAL as RC_FINAL,
    KOALABEAR_POSEIDON2_RC_16_EXTERNAL_INITIAL as RC_INITIAL,
    KOALABEAR_POSEIDON2_RC_16_INTERNAL as RC_PARTIAL, KoalaBear,
};

use super::columns::{BLOCK, POOLS, ROWS, SPONGE, WINDOW};

/// Number of periodic columns.
pub const PERIODIC: usize = core::mem::size_of::<Periodic<u8>>();

/// The periodic columns by name.
#[derive(Clone, Debug)]
#[repr(C)]
pub struct Periodic<T> {
    /// `row[r]` is 1 on row `r` of every block (period 16).
    pub row: [T; BLOCK],
    /// `block[b]` is 1 on the rows of block `b` (period 128).
    pub block: [T; POOLS],
    /// Window row 0: initial linear layer (period 32, as all below).
    pub linear: T,
    /// Window rows 1-4 and 25-28: external rounds.
    pub external: T,
    /// Window rows 5-24: internal rounds.
    pub internal: T,
    /// Window rows 29, 30: the state is carried unchanged.
    pub carry: T,
    /// Window row 31: the next row absorbs a block into the rate.
    pub absorb: T,
    /// Round constants.
    pub constants: [T; SPONGE],
}

impl<T> Borrow<Periodic<T>> for [T] {
    fn borrow(&self) -> &Periodic<T> {
        assert_eq!(self.len(), PERIODIC);
        // SAFETY: `Periodic<T>` is `repr(C)` and made of `PERIODIC` values of `T` and nothing else.
        unsafe { &*self.as_ptr().cast::<Periodic<T>>() }
    }
}

fn selector(period: usize, on: impl Fn(usize) -> bool) -> Vec<KoalaBear> {
    (0..period)
        .map(|row| KoalaBear::from_bool(on(row)))
        .collect()
}

/// Kind of a window row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Linear,
    External([KoalaBear; SPONGE]),
    Internal(KoalaBear),
    Carry,
    Absorb,
}

/// What the transition from window row `row` to the next does.
#[must_use]
pub fn step(row: usize) -> Step {
    let first_internal = 1 + HALF_FULL;
    let last_external = first_internal + PARTIAL;
    let end = last_external + HALF_FULL;
    match row {
        0 => Step::Linear,
        r if r < first_internal => Step::External(RC_INITIAL[r - 1]),
        r if r < last_external => Step::Internal(RC_PARTIAL[r - first_internal]),
        r if r < end => Step::External(RC_FINAL[r - last_external]),
        r if r < WINDOW - 1 => Step::Carry,
        _ => Step::Absorb,
    }
}

/// The values of every periodic column over one period, in the order of [`Periodic`].
#[must_use]
pub fn periodic_columns() -> Vec<Vec<KoalaBear>> {
    let mut columns: Vec<Vec<KoalaBear>> = Vec::with_capacity(PERIODIC);
    columns.extend((0..BLOCK).map(|r| selector(BLOCK, |row| row == r)));
    columns.extend((0..POOLS).map(|b| selector(ROWS, |row| row / BLOCK == b)));
    let in_window = |kind: fn(Step) -> bool| selector(WINDOW, |row| kind(step(row)));
    columns.push(in_window(|s| s == Step::Linear));
    columns.push(in_window(|s| matches!(s, Step::External(_))));
    columns.push(in_window(|s| matches!(s, Step::Internal(_))));
    columns.push(in_window(|s| s == Step::Carry));
    columns.push(in_window(|s| s == Step::Absorb));
    columns.extend((0..SPONGE).map(|cell| {
        (0..WINDOW)
            .map(|row| match step(row) {
                Step::External(constants) => constants[cell],
                Step::Internal(constant) if cell == 0 => constant,
                _ => KoalaBear::ZERO,
            })
            .collect()
    }));
    columns
}
