//! Whole proofs: accepted when honest, rejected with a reason otherwise, never a panic.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::common::{Case, Mix};
use obsqra_native::air::columns::COLS;
use obsqra_native::config::{Parameters, Randomness, SHIPPED};
use obsqra_native::phases::{Phase, unwatched};
use obsqra_native::prover::{ProveError, Rejected, prove, prove_trace, verify};
use obsqra_native::security::{TARGET_BITS, account};
use obsqra_native::statement::{MODULUS, Statement};
use obsqra_native::trace;
use p3_field::PrimeCharacteristicRing;
use p3_koala_bear::KoalaBear;

/// One query, no grinding, the least blow-up: a malformed trace is caught out of domain, not by the queries.
const WEAK: Parameters = Parameters {
    log_blowup: 2,
    num_queries: 1,
    query_pow_bits: 0,
    ..SHIPPED
};

fn system() -> Randomness {
    Randomness::from_system().unwrap()
}

fn proof_of(case: &Case, parameters: &Parameters) -> (Vec<u8>, Vec<u8>) {
    let statement = case.bytes().unwrap();
    let proof = prove(
        &statement,
        &case.opening_bytes(),
        parameters,
        system(),
        unwatched(),
    )
    .unwrap();
    (statement, proof)
}

#[test]
fn honest_proofs_verify() {
    let mut mix = Mix(11);
    let (statement, proof) = proof_of(&Case::sample(), &SHIPPED);
    assert_eq!(verify(&statement, &proof, &SHIPPED), Ok(()));
    let mut proved = 0;
    while proved < 25 {
        let case = Case::random(&mut mix);
        if case.outputs().is_some() {
            let (statement, proof) = proof_of(&case, &SHIPPED);
            assert_eq!(verify(&statement, &proof, &SHIPPED), Ok(()));
            proved += 1;
        }
    }
}

#[test]
fn shipped_parameters_reach_their_target() {
    let security = account(&SHIPPED);
    assert!(security.conjectured_bits >= TARGET_BITS, "{security:?}");
    let bits = [
        security.conjectured_bits,
        security.proven_list_bits,
        security.proven_unique_bits,
    ];
    assert_eq!(bits, [102, 65, 35]);
    assert_eq!((security.constraints, security.constraint_degree), (178, 4));
    let rows = (security.hiding_rows_available, security.hiding_rows_needed);
    assert_eq!(rows, (128, 56));
    assert_eq!(security.quotient_chunks, obsqra_native::proof_bytes::CHUNKS);
    let (_, proof) = proof_of(&Case::sample(), &SHIPPED);
    // 5,000 felts of 31 bytes is what a Starknet transaction carries.
    assert!(proof.len().div_ceil(31) < 4_500, "{} bytes", proof.len());
}

#[test]
fn two_proofs_of_one_statement_differ() {
    let case = Case::sample();
    assert_ne!(proof_of(&case, &SHIPPED).1, proof_of(&case, &SHIPPED).1);
}

/// With the prover's own checks off, a trace with one changed cell gives no proof that verifies.
#[test]
fn no_proof_survives_a_changed_cell() {
    let case = Case::sample();
    let statement_bytes = case.bytes().unwrap();
    let statement = Statement::parse(&statement_bytes).unwrap();
    let honest = trace::build(&statement, &case.opening).unwrap();
    let attempt = |cell: Option<usize>| {
        let mut trace = honest.clone();
        if let Some(cell) = cell {
            trace.values[cell] += KoalaBear::ONE;
        }
        let proof = prove_trace(&statement, trace, &WEAK, system(), unwatched()).unwrap();
        verify(&statement_bytes, &proof, &WEAK)
    };
    assert_eq!(attempt(None), Ok(()));
    let survives = &|cell: usize| !matches!(attempt(Some(cell)), Err(Rejected::Invalid(_)));
    let cells = honest.values.len();
    let survivors: Vec<usize> = std::thread::scope(|scope| {
        let half = |odd: usize| {
            scope.spawn(move || {
                (odd..cells)
                    .step_by(2)
                    .filter(|&cell| survives(cell))
                    .collect()
            })
        };
        let halves: [std::thread::ScopedJoinHandle<'_, Vec<usize>>; 2] = [half(0), half(1)];
        halves
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    let places: Vec<(usize, usize)> = survivors
        .iter()
        .map(|cell| (cell / COLS, cell % COLS))
        .collect();
    assert_eq!(
        places,
        vec![],
        "cells (row, column) whose change still proves"
    );
}

/// Every byte of the statement is bound, whether a rule reads it or not.
#[test]
fn no_proof_survives_a_changed_statement() {
    let (statement, proof) = proof_of(&Case::sample(), &SHIPPED);
    for index in 0..statement.len() {
        for flip in [1u8, 0x80] {
            let mut changed = statement.clone();
            changed[index] ^= flip;
            assert!(verify(&changed, &proof, &SHIPPED).is_err(), "byte {index}");
        }
    }
    for length in [0, 1, 15, 16, statement.len() - 1] {
        assert!(matches!(
            verify(&statement[..length], &proof, &SHIPPED),
            Err(Rejected::Statement(_))
        ));
    }
    let longer = [statement.as_slice(), &[0]].concat();
    assert!(matches!(
        verify(&longer, &proof, &SHIPPED),
        Err(Rejected::Statement(_))
    ));
}

/// The proof of another policy, model or snapshot, of the same shape, proves nothing here.
#[test]
fn no_proof_is_good_for_another_statement() {
    let base = Case::sample();
    let mut others = vec![base.clone(), base.clone(), base.clone(), base.clone()];
    others[0].opening.salt[0] += 1;
    others[1].opening.max_risk += 1;
    others[2].weights[74] += 1;
    others[3].metrics[0][4] += 1;
    let (statement, _) = proof_of(&base, &SHIPPED);
    for other in others {
        let (other_statement, proof) = proof_of(&other, &SHIPPED);
        assert_eq!(verify(&other_statement, &proof, &SHIPPED), Ok(()));
        assert!(verify(&statement, &proof, &SHIPPED).is_err());
    }
}

#[test]
fn no_proof_survives_a_changed_byte() {
    let (statement, proof) = proof_of(&Case::sample(), &SHIPPED);
    let mut mix = Mix(5);
    // Every byte of the fixed head, and a sample of the openings.
    let head = 8_000.min(proof.len());
    let sampled: Vec<usize> = (0..4_000)
        .map(|_| mix.below(proof.len() as u32) as usize)
        .collect();
    let indices = (0..head).step_by(3).chain(sampled);
    for index in indices {
        let mut changed = proof.clone();
        changed[index] ^= 1 << mix.below(8);
        assert!(
            verify(&statement, &changed, &SHIPPED).is_err(),
            "byte {index}"
        );
    }
}

#[test]
fn truncated_random_and_extended_bytes_are_refused() {
    let (statement, proof) = proof_of(&Case::sample(), &SHIPPED);
    let mut mix = Mix(6);
    for _ in 0..500 {
        let length = mix.below(proof.len() as u32) as usize;
        assert!(verify(&statement, &proof[..length], &SHIPPED).is_err());
        let noise: Vec<u8> = (0..length).map(|_| mix.next() as u8).collect();
        assert!(verify(&statement, &noise, &SHIPPED).is_err());
        let mut torn = proof.clone();
        torn[16..16 + length.min(proof.len() - 16)]
            .iter_mut()
            .for_each(|byte| *byte = mix.next() as u8);
        assert!(verify(&statement, &torn, &SHIPPED).is_err());
    }
    assert!(verify(&statement, &[proof.as_slice(), &[0; 4]].concat(), &SHIPPED).is_err());
    assert!(matches!(
        verify(&statement, &[], &SHIPPED),
        Err(Rejected::Layout(_))
    ));
}

#[test]
fn numbers_must_be_canonical() {
    let (statement, proof) = proof_of(&Case::sample(), &SHIPPED);
    // The opened trace starts behind magic and three roots: every word there is a field element.
    let mut changed = 0;
    for word in (16 + 96..16 + 96 + COLS * 32).step_by(4) {
        let value = u32::from_le_bytes(proof[word..word + 4].try_into().unwrap());
        if let Some(alias) = value.checked_add(MODULUS) {
            let mut aliased = proof.clone();
            aliased[word..word + 4].copy_from_slice(&alias.to_le_bytes());
            assert!(matches!(
                verify(&statement, &aliased, &SHIPPED),
                Err(Rejected::Layout(_))
            ));
            changed += 1;
        }
    }
    assert!(changed > COLS);
}

#[test]
fn a_statement_that_does_not_follow_is_refused_before_proving() {
    let case = Case::sample();
    let statement = case.bytes().unwrap();
    let wrong_salt = {
        let mut other = case.clone();
        other.opening.salt[3] += 1;
        other.opening_bytes()
    };
    for opening in [
        wrong_salt,
        vec![],
        vec![0; 60],
        vec![0xff; 60],
        case.opening_bytes()[..59].to_vec(),
    ] {
        let result = prove(&statement, &opening, &SHIPPED, system(), unwatched());
        assert!(matches!(result, Err(ProveError::Trace(_))), "{result:?}");
    }
}

#[test]
fn the_prover_stops_between_phases() {
    let case = Case::sample();
    let statement = case.bytes().unwrap();
    let phases = [Phase::Trace, Phase::Commit, Phase::Quotient, Phase::Open];
    for stop in 0..phases.len() {
        let seen = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&seen);
        let watch = Arc::new(move |phase: Phase| {
            let index = counter.fetch_add(1, Ordering::Relaxed);
            assert_eq!(phase, phases[index]);
            index < stop
        });
        let result = prove(&statement, &case.opening_bytes(), &SHIPPED, system(), watch);
        assert!(matches!(result, Err(ProveError::Cancelled)), "{result:?}");
        assert_eq!(seen.load(Ordering::Relaxed), stop + 1);
    }
}
