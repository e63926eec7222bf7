//! MIST.cash on this computer: hashes, tree, witness, Groth16 proof and its check over BN254.
//!
//! Reading order: `hash` (Poseidon2), `tree`, `bytes` (strict reading), `circuit` (the published constraints and the
//! witness), `keys` (the published keys), `transform` (FFT), `groth16` (prover and verifier), `search` (leaves by trying).
//!
//! Key data is untrusted until parsed, but its origin is checked by who loads it: by digest, not here. Field
//! arithmetic and scalar multiplication are arkworks'; they do not run in constant time.

pub mod bytes;
pub mod circuit;
pub mod groth16;
pub mod hash;
pub mod keys;
pub mod search;
pub mod transform;
pub mod tree;
