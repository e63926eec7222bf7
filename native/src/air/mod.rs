//! The decision AIR: one table of 128 rows that proves a whole decision.
//!
//! # Statement
//! "I know a policy and a salt that open the public commitment, such that the public scores, classes, flags,
//! decision, allocation and idle share follow from the public metrics, rule, model and that policy."
//!
//! # Field and ranges
//! KoalaBear, `p = 2^31 - 2^24 + 1`. Integers live in the field; every value that a rule compares, divides or
//! rounds is decomposed into base-4 digits (a digit lane satisfies `x (x-1) (x-2) (x-3) = 0`, degree 4), and each
//! identity below says why both of its sides stay under `p` as integers, so that equality in the field is equality
//! of integers. Metrics, scores, weights and allocations are public: their ranges are checked by the statement's
//! parser, not here.
//!
//! # Degree
//! At most 4, so the quotient has 4 pieces (8 with the hiding commitment).

pub mod columns;
pub mod constraints;
pub mod periodic;

use std::borrow::Cow;

use p3_air::BaseAir;
use p3_koala_bear::KoalaBear;

/// Tag in the sponge's first capacity cell: ASCII `OBSQ`.
pub const SPONGE_TAG: u32 = 0x4F42_5351;
/// First element absorbed: the version of the policy's encoding.
pub const POLICY_VERSION: u32 = 1;

/// The AIR. It has no parameters: everything that differs between statements is a public value.
#[derive(Clone, Debug)]
pub struct DecisionAir {
    periodic: Vec<Vec<KoalaBear>>,
}

impl Default for DecisionAir {
    fn default() -> Self {
        Self {
            periodic: periodic::periodic_columns(),
        }
    }
}

impl BaseAir<KoalaBear> for DecisionAir {
    fn width(&self) -> usize {
        columns::COLS
    }

    fn num_public_values(&self) -> usize {
        crate::public::PUBLIC_VALUES
    }

    fn num_periodic_columns(&self) -> usize {
        periodic::PERIODIC
    }

    fn periodic_columns(&self) -> Cow<'_, [Vec<KoalaBear>]> {
        Cow::Borrowed(&self.periodic)
    }

    fn max_constraint_degree(&self) -> Option<usize> {
        Some(4)
    }
}
