//! The practice market: pools that really compute, with the entry points and layouts of the venues
//! that the program reads on real networks, so that the same code can read both.
//!
//! Written from published interfaces and from the formulas of the Uniswap v2 and v3 white papers;
//! nothing of a venue's source is in here. These contracts are for play money: one account, which
//! is named when they are deployed, drives them, and nobody else can.

mod curve;
mod ekubo_core;
mod ekubo_router;
mod interfaces;
mod jediswap_v1_factory;
mod jediswap_v1_pair;
mod jediswap_v2_factory;
mod jediswap_v2_pool;
mod ticks;
mod token;
mod types;
mod vesu_pool;
