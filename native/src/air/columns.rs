//! The columns of the decision trace.
//!
//! The trace has [`ROWS`] rows. Rows `16 b .. 16 b + 15` are *block* `b` and hold pool `b`; a statement with
//! fewer than eight pools repeats pool 0 in the remaining blocks with `active = 0` (see `public.rs`).
//!
//! Public numbers (metrics, scores, weights, allocation …) are **not** columns: they reach the constraints as
//! public values multiplied by periodic selectors, so they cost nothing per query.

use core::borrow::{Borrow, BorrowMut};

/// Largest number of pools in one decision.
pub const POOLS: usize = 8;
/// Rows of one pool's block.
pub const BLOCK: usize = 16;
/// Height of the trace.
pub const ROWS: usize = POOLS * BLOCK;
/// Base-4 digit lanes: every range check of the circuit is a sum of these.
pub const DIGITS: usize = 21;
/// Width of the Poseidon2 permutation.
pub const SPONGE: usize = 16;
/// Rows of one permutation window: absorb, 28 rounds, carry.
pub const WINDOW: usize = 32;
/// Number of trace columns.
pub const COLS: usize = core::mem::size_of::<Cols<u8>>();

/// One row of the trace. `T` is a field element (trace) or an expression (constraints).
#[derive(Clone, Debug)]
#[repr(C)]
pub struct Cols<T> {
    /// Base-4 digits, little-endian inside each range-checked value (which value: `constraints.rs`).
    pub digit: [T; DIGITS],
    /// Bit of the comparison in lanes 0..15: sign of a neuron (rows 0-7), class comparisons (rows 10, 11).
    pub sign: T,
    /// Bit of the comparison in the upper lanes: see the row table in `constraints.rs`.
    pub bit: T,
    /// Running outputs `o_0, o_1, o_2` of the network.
    pub out: [T; 3],
    /// Running sum of the score's components, before clamping.
    pub total: T,
    /// Running product of the eligibility tests.
    pub pass: T,

    // Constant inside a block.
    /// Whether the private allowlist holds this pool (bit of the committed mask).
    pub allow: T,
    /// Whether the pool is eligible.
    pub eligible: T,
    /// Whether the pool is at the cap.
    pub capped: T,
    /// Share weight `s = apy * 10000 div (score + 1)`, upper part: `s = share_hi * 2^14 + share_lo`.
    pub share_hi: T,
    /// Share weight, lower 14 bits.
    pub share_lo: T,
    /// `floor(R s / S)` for an uncapped pool, the cap for a capped one, 0 for an ineligible one (bps).
    pub quota: T,
    /// Whether this is the last uncapped pool: it takes the rounding dust.
    pub last: T,
    /// Whether this or a later block holds an uncapped pool.
    pub open_from: T,
    /// Allowlist bits of this and the later blocks: `allow_b + 2 * mask_from_{b+1}`; block 0 holds the mask.
    pub mask_from: T,

    // Constant in the whole trace: the private policy and the solution of the allocation.
    /// `max_allocation_bps`.
    pub cap: T,
    /// `min_pools`.
    pub min_pools: T,
    /// `max_risk_score`.
    pub max_risk: T,
    /// `max_volatility_bps`.
    pub max_volatility: T,
    /// `min_liquidity_tier`.
    pub min_liquidity: T,
    /// `exclude_flagged`.
    pub exclude: T,
    /// `R = 10000 - cap * |capped|` (bps).
    pub rest: T,
    /// `S`, sum of the share weights of the uncapped pools: `S = sum_hi * 2^14 + sum_lo`.
    pub sum_hi: T,
    /// `S`, lower 14 bits.
    pub sum_lo: T,
    /// Rounding dust `R - sum of quotas` over the uncapped pools (bps).
    pub dust: T,

    // Running over the blocks; each holds the sum over the blocks *before* this one (`spread`: up to this row).
    /// Number of capped pools.
    pub n_capped: T,
    /// Sum of the share weights of uncapped pools.
    pub share_sum: T,
    /// Sum of the quotas of uncapped pools.
    pub quota_sum: T,
    /// Number of pools with at least 1000 bps.
    pub spread: T,
    /// Whether an eligible pool carries the model's flag.
    pub any_flag: T,

    /// State of the Poseidon2 sponge that opens the policy commitment.
    pub sponge: [T; SPONGE],
}

impl<T> Borrow<Cols<T>> for [T] {
    fn borrow(&self) -> &Cols<T> {
        assert_eq!(self.len(), COLS);
        // SAFETY: `Cols<T>` is `repr(C)` and made of `COLS` values of `T` and nothing else.
        unsafe { &*self.as_ptr().cast::<Cols<T>>() }
    }
}

impl<T> BorrowMut<Cols<T>> for [T] {
    fn borrow_mut(&mut self) -> &mut Cols<T> {
        assert_eq!(self.len(), COLS);
        // SAFETY: as above; the borrow is unique.
        unsafe { &mut *self.as_mut_ptr().cast::<Cols<T>>() }
    }
}
