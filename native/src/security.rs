//! Security accounting of the shipped parameters, by `p3-security`.

use p3_air::symbolic::AirLayout;
use p3_field::coset::TwoAdicMultiplicativeCoset;
use p3_field::{BasedVectorSpace, PrimeCharacteristicRing};
use p3_uni_stark::{ConjecturedSecurity, OpeningShape, ProvenSecurity, StarkSecurityParams};

use crate::air::DecisionAir;
use crate::air::columns::ROWS;
use crate::config::{Challenge, Parameters, RANDOM_CODEWORDS, Val};
use p3_security::grinding::GrindingSites;

/// Bits of the challenge field, `floor(log2(p^4))`.
pub const FIELD_BITS: usize = 123;
/// Collision resistance of Blake2s-256.
pub const HASH_BITS: usize = 128;

/// Bits of conjectured security below which no parameter set ships.
pub const TARGET_BITS: usize = 100;
/// Points at which the trace is opened: zeta and its successor.
pub const OPENING_POINTS: usize = 2;

/// The model behind `conjectured_bits`.
pub const CONJECTURED_MODEL: &str = "random words, ePrint 2025/2010 section 1.5";
/// Where `proven_unique_bits` comes from.
pub const PROVEN_UNIQUE_SOURCE: &str = "unique decoding, ePrint 2024/1553 theorem 2";
/// Where `proven_list_bits` comes from.
pub const PROVEN_LIST_SOURCE: &str = "list decoding up to the Johnson bound, ePrint 2024/1553 theorem 3 with ePrint 2026/2056 theorem 5.12";
/// What the hiding commitment demands of a trace: `HidingFriPcs` refuses to commit to less.
pub const HIDING_FORMULA: &str = "2*(queries + 4*points)";

/// What `p3-security` says, and what the hiding commitment needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Security {
    /// See `CONJECTURED_MODEL`.
    pub conjectured_bits: usize,
    /// See `PROVEN_UNIQUE_SOURCE`.
    pub proven_unique_bits: usize,
    /// See `PROVEN_LIST_SOURCE`.
    pub proven_list_bits: usize,
    pub constraints: usize,
    pub constraint_degree: usize,
    pub quotient_chunks: usize,
    /// Random rows interleaved with the trace: as many as the trace has.
    pub hiding_rows_available: usize,
    /// `HIDING_FORMULA` for the trace.
    pub hiding_rows_needed: usize,
}

/// Account for a parameter set over the decision AIR.
#[must_use]
pub fn account(parameters: &Parameters) -> Security {
    let air = DecisionAir::default();
    let layout = AirLayout::from_air::<Val>(&air);
    let fri = parameters.fri(());
    let log_rows = ROWS.ilog2() as usize;
    let domain =
        TwoAdicMultiplicativeCoset::new(Val::ONE, log_rows).expect("the trace domain exists");
    let params = StarkSecurityParams::from_air::<Val, Challenge, DecisionAir>(
        fri.security_regime(),
        &air,
        layout,
        domain,
        FIELD_BITS,
        HASH_BITS,
        2,
        OpeningShape::hiding(RANDOM_CODEWORDS),
        GrindingSites {
            out_of_domain: parameters.ood_pow_bits,
            ..fri.grinding_sites()
        },
    );
    let committed = log_rows + 1;
    let proven = ProvenSecurity::compute_from_proof(committed, &params);
    Security {
        conjectured_bits: ConjecturedSecurity::compute_from_params(&params, committed)
            .security_bits,
        proven_unique_bits: proven.unique_decoding_bits,
        proven_list_bits: proven.list_decoding_bits,
        constraints: params.num_constraints,
        constraint_degree: params.air_max_constraint_degree,
        quotient_chunks: params.num_quotient_chunks,
        hiding_rows_available: ROWS,
        hiding_rows_needed: 2
            * (parameters.num_queries
                + <Challenge as BasedVectorSpace<Val>>::DIMENSION * OPENING_POINTS),
    }
}
