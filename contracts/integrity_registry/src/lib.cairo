//! A stand-in for the fact registry of Herodotus Integrity with the same reading interface: what
//! tests register, it answers. It verifies nothing and is for tests alone.

pub mod registry;
