//! The practice chain's private pool: a Chamber with the ABI and the rules that MIST.cash publishes
//! (npm @mistcash/config 0.5.2; semantics of its author's own port), for play money.
//!
//! Written from those descriptions alone: the real contract's source is not public. Where they
//! leave something open the stricter way is taken; docs/private-money.md lists those places.

mod chamber;
mod interfaces;
mod poseidon2;
mod proof_list;
mod tree;
