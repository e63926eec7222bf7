//! Security accounting of the shipped parameters, by `p3-security`.

use p3_air::symbolic::AirLayout;
use p3_field::PrimeCharacteristicRing;
use p3_field::coset::TwoAdicMultiplicativeCoset;
use p3_uni_stark::{ConjecturedSecurity, OpeningShape, ProvenSecurity, StarkSecurityParams};

use crate::air::DecisionAir;
use crate::air::columns::ROWS;
use crate::config::{Challenge, Parameters, RANDOM_CODEWORDS, Val};
use p3_security::grinding::GrindingSites;

/// Bits of the challenge field, `floor(log2(p^4))`.
pub const FIELD_BITS: usize = 123;
/// Collision resistance of Blake2s-256.
pub const HASH_BITS: usize = 128;

/// What `p3-security` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Security {
    /// Random-words conjecture (ePrint 2025/2010).
    pub conjectured_bits: usize,
    /// Proven, unique-decoding regime (ePrint 2024/1553).
    pub proven_unique_bits: usize,
    /// Proven, list-decoding (Johnson) regime.
    pub proven_list_bits: usize,
    pub constraints: usize,
    pub quotient_chunks: usize,
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
        quotient_chunks: params.num_quotient_chunks,
    }
}
