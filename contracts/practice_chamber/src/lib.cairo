//! The practice chain's private pool: a Chamber with the ABI and the rules that MIST.cash publishes
//! (npm @mistcash/config 0.5.2; semantics of its author's own port), for play money.
//!
//! Written from those descriptions alone: the real contract's source is not public. Where they
//! leave something open the stricter way is taken; docs/private-money.md lists those places.

pub mod chamber;
pub mod interfaces;
pub mod poseidon2;
pub mod tree;
