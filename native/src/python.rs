//! The Python module `obsqra_native`.
//!
//! Bytes in, bytes out. Every error is typed; a panic cannot cross (verification catches it, pyo3 turns any other
//! into an exception). The GIL is released while proving and verifying.

use std::sync::Arc;

use p3_field::PrimeField32;
use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::air::columns::{COLS, ROWS};
use crate::config::{RANDOM_CODEWORDS, Randomness, SALT, SHIPPED};
use crate::phases::Watch;
use crate::proof_bytes::EXT;
use crate::prover::{self, ProveError};
use crate::python_mist;
use crate::python_progress::Reporter;
use crate::python_stark_curve;
use crate::security;
use crate::statement::{PARAMETER_SET, Statement};
use crate::trace::{self, Opening};

create_exception!(
    obsqra_native,
    ProofRejected,
    PyException,
    "The proof does not prove the statement."
);
create_exception!(
    obsqra_native,
    ProverStopped,
    PyException,
    "The prover could not go on: no randomness from the system, or a fault of its own."
);
create_exception!(
    obsqra_native,
    InvalidInput,
    PyValueError,
    "The bytes are no statement or opening, or the statement does not follow from the opening."
);
create_exception!(
    obsqra_native,
    Cancelled,
    PyException,
    "The caller stopped the prover between two phases."
);

fn invalid(error: impl core::fmt::Display) -> PyErr {
    InvalidInput::new_err(error.to_string())
}

impl From<ProveError> for PyErr {
    fn from(error: ProveError) -> Self {
        match error {
            ProveError::Cancelled => Cancelled::new_err("cancelled"),
            ProveError::Statement(_) | ProveError::Trace(_) => invalid(error),
            ProveError::Randomness | ProveError::Prover(_) => {
                ProverStopped::new_err(error.to_string())
            }
        }
    }
}

/// prove(statement, opening, progress, cancelled) -> bytes
///
/// `progress(phase, seconds)` is called when a phase (trace, commit, quotient, open) has ended, `cancelled()`
/// before each starts. Raises `InvalidInput` for input that is not a provable statement, `Cancelled`, `ProverStopped`, or whatever a
/// callback raised.
#[pyfunction]
fn prove<'py>(
    py: Python<'py>,
    statement: &[u8],
    opening: &[u8],
    progress: Py<PyAny>,
    cancelled: Py<PyAny>,
) -> PyResult<Bound<'py, PyBytes>> {
    let reporter = Reporter::new(progress, cancelled);
    let result = py.detach(|| {
        let report = reporter.clone();
        let watch: Watch = Arc::new(move |phase| report.turn(Some(phase.name())));
        let proof = prover::prove(
            statement,
            opening,
            &SHIPPED,
            Randomness::from_system()?,
            watch,
        )?;
        let _ = reporter.turn(None);
        Ok::<_, ProveError>(proof)
    });
    reporter.failure().map_or(Ok(()), Err)?;
    Ok(PyBytes::new(py, &result?))
}

/// verify(statement, proof) -> None; raises `ProofRejected` with its reason.
#[pyfunction]
fn verify(py: Python<'_>, statement: &[u8], proof: &[u8]) -> PyResult<()> {
    py.detach(|| prover::verify(statement, proof, &SHIPPED))
        .map_err(|reason| ProofRejected::new_err(reason.to_string()))
}

/// commitment(statement, opening) -> list of 8 ints: what the opening commits to for the statement's pools.
#[pyfunction]
fn commitment(statement: &[u8], opening: &[u8]) -> PyResult<[u32; 8]> {
    let statement = Statement::parse(statement).map_err(invalid)?;
    Ok(trace::commitment(
        &statement,
        &Opening::parse(opening).map_err(invalid)?,
    ))
}

/// trace(statement, opening) -> bytes: the honest witness, rows x columns u32 little-endian. For the attack tests.
#[pyfunction]
fn trace_bytes<'py>(
    py: Python<'py>,
    statement: &[u8],
    opening: &[u8],
) -> PyResult<Bound<'py, PyBytes>> {
    let statement = Statement::parse(statement).map_err(invalid)?;
    let trace =
        trace::build(&statement, &Opening::parse(opening).map_err(invalid)?).map_err(invalid)?;
    let bytes: Vec<u8> = trace
        .values
        .iter()
        .flat_map(|value| value.as_canonical_u32().to_le_bytes())
        .collect();
    Ok(PyBytes::new(py, &bytes))
}

/// parameters() -> JSON text: the proof system, its parameters and its security accounting.
#[pyfunction]
fn parameters() -> String {
    let known = security::account(&SHIPPED);
    serde_json::json!({
        "parameter_set": PARAMETER_SET,
        "system": "Plonky3 0.8.0 uni-stark with hiding FRI",
        "version": env!("CARGO_PKG_VERSION"),
        "field": "KoalaBear, 2^31 - 2^24 + 1",
        "field_bits": security::FIELD_BITS,
        "extension_degree": EXT,
        "hash_name": "Blake2s-256",
        "hash_bits": security::HASH_BITS,
        "log_blowup": SHIPPED.log_blowup,
        "queries": SHIPPED.num_queries,
        "grinding_bits": SHIPPED.query_pow_bits,
        "folding_arity": 1 << SHIPPED.max_log_arity,
        "final_polynomial_length": 1 << SHIPPED.log_final_poly_len,
        "trace_rows": ROWS,
        "trace_columns": COLS,
        "constraints": known.constraints,
        "constraint_degree": known.constraint_degree,
        "quotient_chunks": known.quotient_chunks,
        "salt_elements": SALT,
        "random_codewords": RANDOM_CODEWORDS,
        "opening_points": security::OPENING_POINTS,
        "hiding_rows_available": known.hiding_rows_available,
        "hiding_rows_needed": known.hiding_rows_needed,
        "hiding_formula": security::HIDING_FORMULA,
        "conjectured_bits": known.conjectured_bits,
        "conjectured_model": security::CONJECTURED_MODEL,
        "proven_list_bits": known.proven_list_bits,
        "proven_list_source": security::PROVEN_LIST_SOURCE,
        "proven_unique_bits": known.proven_unique_bits,
        "proven_unique_source": security::PROVEN_UNIQUE_SOURCE,
        "proven_bits": known.proven_unique_bits.max(known.proven_list_bits),
        "target_bits": security::TARGET_BITS,
        "audited": false,
    })
    .to_string()
}

#[pymodule]
fn obsqra_native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(prove, module)?)?;
    module.add_function(wrap_pyfunction!(verify, module)?)?;
    module.add_function(wrap_pyfunction!(commitment, module)?)?;
    module.add_function(wrap_pyfunction!(trace_bytes, module)?)?;
    module.add_function(wrap_pyfunction!(parameters, module)?)?;
    module.add_function(wrap_pyfunction!(python_mist::mist_hash, module)?)?;
    module.add_function(wrap_pyfunction!(python_mist::mist_root, module)?)?;
    module.add_function(wrap_pyfunction!(python_mist::mist_path, module)?)?;
    module.add_function(wrap_pyfunction!(python_mist::mist_find, module)?)?;
    module.add_function(wrap_pyfunction!(python_mist::mist_find_steps, module)?)?;
    module.add_class::<python_mist::MistProver>()?;
    module.add_function(wrap_pyfunction!(
        python_stark_curve::stark_public_key,
        module
    )?)?;
    module.add_function(wrap_pyfunction!(python_stark_curve::stark_sign, module)?)?;
    module.add_function(wrap_pyfunction!(python_stark_curve::stark_verify, module)?)?;
    module.add("ProofRejected", module.py().get_type::<ProofRejected>())?;
    module.add("Cancelled", module.py().get_type::<Cancelled>())?;
    module.add("ProverStopped", module.py().get_type::<ProverStopped>())?;
    module.add("InvalidInput", module.py().get_type::<InvalidInput>())?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
