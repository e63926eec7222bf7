//! The Obsqra decision circuit: a zero-knowledge STARK prover and verifier on Plonky3, for Python.
//!
//! Reading order: `statement` (what is public), `rules`, `public` (how it reaches the constraints), `air` (columns,
//! selectors, constraints), `trace` (the witness), `config` and `security` (the proof system), `prover`,
//! `proof_bytes` (the wire format), `python` (the module). `mist` stands for itself: Groth16 for MIST.cash.
//! So does `stark_curve`: keys and signatures of accounts.

pub mod air;
pub mod blake;
pub mod config;
pub mod mist;
pub mod phases;
pub mod proof_bytes;
pub mod prover;
pub mod public;
#[cfg(feature = "python")]
mod python;
#[cfg(feature = "python")]
mod python_mist;
#[cfg(feature = "python")]
mod python_progress;
#[cfg(feature = "python")]
mod python_stark_curve;
pub mod rules;
pub mod security;
pub mod stark_curve;
pub mod statement;
pub mod trace;
