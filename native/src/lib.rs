//! The Obsqra decision circuit: a zero-knowledge STARK prover and verifier on Plonky3, for Python.
//!
//! Reading order: `statement` (what is public), `rules`, `public` (how it reaches the constraints), `air` (columns,
//! selectors, constraints), `trace` (the witness), `config` and `security` (the proof system), `prover`,
//! `proof_bytes` (the wire format), `python` (the module).

pub mod air;
pub mod blake;
pub mod config;
pub mod phases;
pub mod proof_bytes;
pub mod prover;
pub mod public;
mod python;
pub mod rules;
pub mod security;
pub mod statement;
pub mod trace;
