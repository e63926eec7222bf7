//! Prove and verify a statement.

use std::panic::{AssertUnwindSafe, catch_unwind};

use p3_matrix::dense::RowMajorMatrix;
use p3_uni_stark::ProvingError;
use rand::SeedableRng;
use rand::rngs::{StdRng, SysRng};

use crate::air::DecisionAir;
use crate::config::{Parameters, Randomness, Val};
use crate::phases::{Phase, Stopped, Watch, unwatched};
use crate::proof_bytes::{self, LayoutError};
use crate::public::public_values;
use crate::statement::{Statement, StatementError};
use crate::trace::{self, Opening, TraceError};

/// Why no proof was made.
#[derive(Debug, thiserror::Error)]
pub enum ProveError {
    #[error(transparent)]
    Statement(#[from] StatementError),
    #[error(transparent)]
    Trace(#[from] TraceError),
    #[error("cancelled")]
    Cancelled,
    #[error("the operating system gave no randomness")]
    Randomness,
    #[error("the prover stopped: {0}")]
    Prover(String),
}

/// Why a proof was rejected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    #[error(transparent)]
    Statement(#[from] StatementError),
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The verifier's own words, without any proof data.
    #[error("the proof does not hold: {0}")]
    Invalid(String),
}

impl Randomness {
    /// Fresh generators, each seeded with 256 bits from the operating system.
    ///
    /// # Errors
    /// [`ProveError::Randomness`] if the system refuses.
    pub fn from_system() -> Result<Self, ProveError> {
        let fresh = || StdRng::try_from_rng(&mut SysRng).map_err(|_| ProveError::Randomness);
        Ok(Self {
            salts: fresh()?,
            masks: fresh()?,
        })
    }
}

/// Prove a trace for a statement. No check that the trace satisfies anything: the verifier decides.
///
/// # Errors
/// Cancellation, or a refusal of the commitment scheme.
pub fn prove_trace(
    statement: &Statement,
    trace: RowMajorMatrix<Val>,
    parameters: &Parameters,
    randomness: Randomness,
    watch: Watch,
) -> Result<Vec<u8>, ProveError> {
    let config = parameters.config(&statement.digest, randomness, watch);
    let (air, values) = (DecisionAir::default(), public_values(statement));
    let proof = catch_unwind(AssertUnwindSafe(|| {
        p3_uni_stark::prove(&config, &air, trace, &values)
    }))
    .map_err(|_| ProveError::Prover("a fault of its own".into()))?
    .map_err(|error| match error {
        ProvingError::Pcs {
            source: Stopped::Cancelled,
            ..
        } => ProveError::Cancelled,
        ProvingError::Pcs {
            phase,
            source: Stopped::Pcs(reason),
        } => ProveError::Prover(format!("{phase}: {reason}")),
    })?;
    Ok(proof_bytes::encode(&proof, parameters))
}

/// Prove a statement from the opening of its policy commitment.
///
/// # Errors
/// See [`ProveError`]; a statement that does not follow is refused before proving.
pub fn prove(
    statement: &[u8],
    opening: &[u8],
    parameters: &Parameters,
    randomness: Randomness,
    watch: Watch,
) -> Result<Vec<u8>, ProveError> {
    if !watch(Phase::Trace) {
        return Err(ProveError::Cancelled);
    }
    let statement = Statement::parse(statement)?;
    let trace = trace::build(&statement, &Opening::parse(opening)?)?;
    prove_trace(&statement, trace, parameters, randomness, watch)
}

/// Verify a proof of a statement.
///
/// # Errors
/// [`Rejected`] with its reason; malformed input never panics across this boundary.
pub fn verify(statement: &[u8], proof: &[u8], parameters: &Parameters) -> Result<(), Rejected> {
    let statement = Statement::parse(statement)?;
    let proof = proof_bytes::decode(proof, parameters)?;
    // Verification draws no randomness; the generators only complete the type.
    let unused = Randomness {
        salts: StdRng::seed_from_u64(0),
        masks: StdRng::seed_from_u64(0),
    };
    let config = parameters.config(&statement.digest, unused, unwatched());
    let values = public_values(&statement);
    let air = DecisionAir::default();
    catch_unwind(AssertUnwindSafe(|| {
        p3_uni_stark::verify(&config, &air, &proof, &values)
    }))
    .map_err(|_| Rejected::Invalid("the verifier stopped".into()))?
    .map_err(|error| Rejected::Invalid(error.to_string()))
}
