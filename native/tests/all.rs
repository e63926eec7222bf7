//! All tests of the crate, in one binary: see Cargo.toml.

mod common;

mod air;
mod mist;
mod mutants;
mod mutations;
mod proof;
mod soundness;
mod stark_curve;
mod vectors;
