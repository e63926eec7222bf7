//! Verifies an Obsqra decision proof: see docs/proof-specification.md, whose sections the modules
//! follow, and docs/on-chain-verifier.md for the packing of calldata. Unaudited.

pub mod blake;
pub mod commitments;
pub mod constants;
pub mod constraints;
pub mod contract;
pub mod field;
pub mod folding;
pub mod layout;
pub mod public_values;
pub mod selectors;
pub mod statement;
pub mod transcript;
pub mod verifier;
