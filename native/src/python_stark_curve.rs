//! Starknet's curve in the Python module: keys and signatures.
//!
//! Numbers are 32 bytes, big-endian. The GIL is released.

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::python::InvalidInput;
use crate::stark_curve::{self, Refused};

impl From<Refused> for PyErr {
    fn from(reason: Refused) -> Self {
        InvalidInput::new_err(reason.to_string())
    }
}

/// stark_public_key(private_key) -> bytes: the x coordinate.
///
/// Raises `InvalidInput` unless 1 <= private_key < order.
#[pyfunction]
pub fn stark_public_key<'py>(py: Python<'py>, private_key: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
    let public = py.detach(|| stark_curve::public_key(private_key))?;
    Ok(PyBytes::new(py, &public))
}

/// stark_sign(private_key, message) -> bytes: r and s, 64 bytes, with the k of RFC 6979.
///
/// Raises `InvalidInput` for a number that is no private key and a message from 2^251 up. Does not verify.
#[pyfunction]
pub fn stark_sign<'py>(
    py: Python<'py>,
    private_key: &[u8],
    message: &[u8],
) -> PyResult<Bound<'py, PyBytes>> {
    let signature = py.detach(|| stark_curve::sign(private_key, message))?;
    Ok(PyBytes::new(py, &signature))
}

/// stark_verify(public_key, message, signature) -> bool; raises `InvalidInput` for wrong lengths only.
#[pyfunction]
pub fn stark_verify(
    py: Python<'_>,
    public_key: &[u8],
    message: &[u8],
    signature: &[u8],
) -> PyResult<bool> {
    Ok(py.detach(|| stark_curve::verify(public_key, message, signature))?)
}
