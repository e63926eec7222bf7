//! The Obsqra decision circuit: a zero-knowledge STARK prover and verifier on Plonky3, for Python.
pub mod air;
pub mod blake;
pub mod config;
pub mod phases;
pub mod public;
pub mod rules;
pub mod security;
pub mod statement;
pub mod trace;
