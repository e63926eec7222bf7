//! MIST in the Python module: hashes, trees, proofs.
//!
//! Field elements are 32 bytes, big-endian. The GIL is released for trees and proofs.

use ark_bn254::Fr;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::mist::bytes::{self, Malformed};
use crate::mist::groth16::{Proof, ProveError, Prover};
use crate::mist::{hash, search, tree};
use crate::python::{Cancelled, InvalidInput, ProofRejected, ProverStopped};
use crate::python_progress::Reporter;

const PUBLICS: usize = 10;
const SECRETS: usize = 27;

fn invalid(error: impl core::fmt::Display) -> PyErr {
    InvalidInput::new_err(error.to_string())
}

impl From<Malformed> for PyErr {
    fn from(error: Malformed) -> Self {
        invalid(error)
    }
}

impl From<ProveError> for PyErr {
    fn from(error: ProveError) -> Self {
        match error {
            ProveError::Cancelled => Cancelled::new_err("cancelled"),
            ProveError::Unsatisfied(_) => invalid(error),
            ProveError::Randomness | ProveError::Thread | ProveError::Keys => {
                ProverStopped::new_err(error.to_string())
            }
        }
    }
}

fn packed<'py>(py: Python<'py>, values: &[Fr]) -> Bound<'py, PyBytes> {
    PyBytes::new(py, &bytes::to_bytes(values))
}

/// mist_hash(elements) -> bytes: the hash of two or three elements.
#[pyfunction]
pub fn mist_hash<'py>(py: Python<'py>, elements: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
    match bytes::elements::<Fr>(elements)?[..] {
        [a, b] => Ok(packed(py, &[hash::hash2(a, b)])),
        [a, b, c] => Ok(packed(py, &[hash::hash3(a, b, c)])),
        _ => Err(invalid("two or three elements are hashed")),
    }
}

/// mist_root(leaves) -> bytes: the tree's root, zero without leaves.
#[pyfunction]
pub fn mist_root<'py>(py: Python<'py>, leaves: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
    let leaves = bytes::elements::<Fr>(leaves)?;
    let root = py.detach(|| tree::root(&leaves)).map_err(invalid)?;
    Ok(packed(py, &[root]))
}

/// mist_path(leaves, index) -> bytes: the root, then 20 siblings from the leaf up.
#[pyfunction]
pub fn mist_path<'py>(
    py: Python<'py>,
    leaves: &[u8],
    index: usize,
) -> PyResult<Bound<'py, PyBytes>> {
    let leaves = bytes::elements::<Fr>(leaves)?;
    let (root, siblings) = py.detach(|| tree::path(&leaves, index)).map_err(invalid)?;
    Ok(packed(py, &[&[root][..], &siblings].concat()))
}

/// mist_find(secrets, values, leaves) -> [(secret, value, leaf)]: places of what makes a leaf that is there.
///
/// `values` is token and amount in turns. Raises `InvalidInput` beyond 2^21 combinations.
#[pyfunction]
pub fn mist_find(
    py: Python<'_>,
    secrets: &[u8],
    values: &[u8],
    leaves: &[u8],
) -> PyResult<Vec<search::Found>> {
    let secrets = bytes::elements::<Fr>(secrets)?;
    let values = bytes::elements::<Fr>(values)?;
    let leaves = bytes::elements::<Fr>(leaves)?;
    let (pairs, []) = values.as_chunks::<2>() else {
        return Err(Malformed::Short.into());
    };
    let values: Vec<_> = pairs
        .iter()
        .map(|[token, amount]| (*token, *amount))
        .collect();
    py.detach(|| search::find(&secrets, &values, &leaves))
        .map_err(invalid)
}

/// mist_find_steps(secrets, token, first, step, count, leaves) -> [(secret, step, leaf)]: the same for the amounts
/// `first`, `first + step`, … of one token, `count` of them; `token`, `first` and `step` are elements.
#[pyfunction]
pub fn mist_find_steps(
    py: Python<'_>,
    secrets: &[u8],
    token: &[u8],
    first: &[u8],
    step: &[u8],
    count: usize,
    leaves: &[u8],
) -> PyResult<Vec<search::Found>> {
    let secrets = bytes::elements::<Fr>(secrets)?;
    let leaves = bytes::elements::<Fr>(leaves)?;
    let [token] = bytes::exactly::<Fr, 1>(token)?;
    let [first] = bytes::exactly::<Fr, 1>(first)?;
    let [step] = bytes::exactly::<Fr, 1>(step)?;
    let steps = search::Steps { first, step, count };
    py.detach(|| search::find_steps(&secrets, token, steps, &leaves))
        .map_err(invalid)
}

/// MistProver(circuit, proving_key, verifying_key): MIST's circuit with its published keys.
///
/// Raises `InvalidInput` if one of them is not of its form. The caller answers for their origin.
#[pyclass(frozen)]
pub struct MistProver(Prover);

#[pymethods]
impl MistProver {
    #[new]
    fn new(py: Python<'_>, circuit: &[u8], proving: &[u8], verifying: &[u8]) -> PyResult<Self> {
        let prover = py.detach(|| Prover::parse(circuit, proving, verifying))?;
        let circuit = prover.circuit();
        if (circuit.publics, circuit.secrets) != (PUBLICS, SECRETS) {
            return Err(Malformed::Size.into());
        }
        Ok(Self(prover))
    }

    /// prove(assignment, progress, cancelled) -> bytes: 8 coordinates (A, B, C), 32 bytes each.
    ///
    /// The assignment is 10 public inputs and 27 secret ones. `progress(phase, seconds)` is called when a phase
    /// (witness, quotient, points, check) has ended, `cancelled()` before each starts. Raises `InvalidInput` if no
    /// witness exists, `Cancelled`, `ProverStopped`, or whatever a callback raised.
    fn prove<'py>(
        &self,
        py: Python<'py>,
        assignment: &[u8],
        progress: Py<PyAny>,
        cancelled: Py<PyAny>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let assignment = bytes::exactly::<Fr, { PUBLICS + SECRETS }>(assignment)?;
        let reporter = Reporter::new(progress, cancelled);
        let result = py.detach(|| {
            let proof = self
                .0
                .prove(&assignment, |phase| reporter.turn(Some(phase.name())))?;
            let _ = reporter.turn(None);
            Ok::<_, ProveError>(proof)
        });
        reporter.failure().map_or(Ok(()), Err)?;
        Ok(PyBytes::new(py, &result?.to_bytes()))
    }

    /// verify(publics, proof) -> None; raises `ProofRejected` with its reason.
    fn verify(&self, py: Python<'_>, publics: &[u8], proof: &[u8]) -> PyResult<()> {
        py.detach(|| {
            let publics = bytes::exactly::<Fr, PUBLICS>(publics)?;
            self.0.verify(&publics, &Proof::parse(proof)?)
        })
        .map_err(|reason| ProofRejected::new_err(reason.to_string()))
    }
}
