//! Statements and openings into the prover: a proof comes out exactly if the statement follows, and it verifies.
//!
//! Input: flags (1 byte), then
//! - flag 1: which statement (1 byte), the opening (60 bytes), changes of the statement (place 2, value 4): the
//!   statement commits to the opening, so that the prover gets past that check;
//! - flag 2: a raw opening and a raw statement behind it;
//! - otherwise a decision: pools, metrics, policy, model and a change of one output.
#![no_main]

use libfuzzer_sys::fuzz_target;
use obsqra_fuzz::common::{Case, Mix, linear_v0, random_weights};
use obsqra_fuzz::{Bytes, VALID, WEAK, quiet_panics, seeded};
use obsqra_native::phases::unwatched;
use obsqra_native::prover::{ProveError, prove, verify};
use obsqra_native::statement::{MODULUS, Statement};
use obsqra_native::trace::{self, Opening};

const COMMITMENT: usize = 176 + 4 + 32 + 300;

fn attempt(statement: &[u8], opening: &[u8]) -> bool {
    match prove(statement, opening, &WEAK, seeded(9), unwatched()) {
        Ok(proof) => {
            assert_eq!(verify(statement, &proof, &WEAK), Ok(()), "a proof verifies");
            true
        }
        Err(ProveError::Statement(_) | ProveError::Trace(_)) => false,
        Err(other) => panic!("{other:?}"),
    }
}

fn committed(mut statement: Vec<u8>, opening: &[u8]) -> Vec<u8> {
    if let (Ok(parsed), Ok(opening)) = (Statement::parse(&statement), Opening::parse(opening)) {
        for (i, limb) in trace::commitment(&parsed, &opening).iter().enumerate() {
            statement[COMMITMENT + 4 * i..][..4].copy_from_slice(&limb.to_le_bytes());
        }
    }
    statement
}

fn decision(data: &mut Bytes<'_>) -> Case {
    let head = data.byte();
    let n = 1 + usize::from(head & 7);
    let limit = |data: &mut Bytes<'_>, max: usize| (data.half() % (max + 1)) as u32;
    let metrics = (0..n)
        .map(|_| [10_000, 10_000, 3, 100, 30_000, 20_000].map(|max| limit(data, max)))
        .collect();
    let opening = Opening {
        cap: 1 + limit(data, 9_999),
        min_pools: 1 + limit(data, 7),
        max_risk: limit(data, 100),
        max_volatility: limit(data, 10_000),
        min_liquidity: limit(data, 3),
        exclude: limit(data, 1),
        mask: limit(data, 255),
        salt: core::array::from_fn(|_| data.word() % MODULUS),
    };
    let weights = match data.byte() {
        0..128 => linear_v0(),
        seed => random_weights(&mut Mix(u64::from(seed))),
    };
    Case {
        rule: 1 + u32::from(head >> 7),
        weights,
        metrics,
        opening,
    }
}

fuzz_target!(|data: &[u8]| {
    quiet_panics();
    let mut data = Bytes(data);
    match data.byte() & 3 {
        1 => {
            let valid = &VALID[usize::from(data.byte()) % VALID.len()];
            let opening: [u8; 60] = data.take();
            let mut statement = valid.statement.clone();
            while !data.0.is_empty() {
                let at = (COMMITMENT + 4 * data.half() % (statement.len() - COMMITMENT)) & !3;
                let at = at.min(statement.len() - 4);
                statement[at..at + 4].copy_from_slice(&data.word().to_le_bytes());
            }
            let statement = committed(statement, &opening);
            attempt(&statement, &opening);
        }
        2 => {
            let opening: [u8; 60] = data.take();
            attempt(data.0, &opening);
        }
        _ => {
            let case = decision(&mut data);
            let Some(mut statement) = case.bytes() else {
                return;
            };
            let opening = case.opening_bytes();
            // One word of the pools, the decision or the idle share is changed, or nothing.
            let words = (statement.len() - COMMITMENT - 32) / 4;
            let (place, value) = (data.half(), data.word());
            let honest = statement.clone();
            if value > 0 {
                let at = COMMITMENT + 32 + 4 * (place % words);
                let old = u32::from_le_bytes(statement[at..at + 4].try_into().unwrap());
                statement[at..at + 4].copy_from_slice(&old.wrapping_add(value).to_le_bytes());
            }
            let proved = attempt(&statement, &opening);
            assert!(proved || statement != honest, "what follows can be proved");
        }
    }
});
