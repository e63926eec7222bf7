//! The Groth16 check over BN254 for the published verifying key of MIST.cash, by core::circuit.
//!
//! tests/devtools/pairing says what is computed and from where its formulas are; circuits and constants are written by it.

pub mod circuits;
pub mod constants;
pub mod contract;
pub mod groth16;
pub mod input;
pub mod pairing;
