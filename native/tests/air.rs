//! The constraints against honest and dishonest traces, without any proof.

use crate::common::{Case, Mix};
use obsqra_native::air::DecisionAir;
use obsqra_native::air::columns::COLS;
use obsqra_native::public::public_values;
use obsqra_native::statement::Statement;
use obsqra_native::trace;
use p3_air::check_all_constraints;
use p3_field::PrimeCharacteristicRing;
use p3_koala_bear::KoalaBear;

fn failures(case: &Case) -> Option<Vec<(usize, usize)>> {
    let statement = Statement::parse(&case.bytes()?).unwrap();
    let trace = trace::build(&statement, &case.opening).unwrap();
    let report = check_all_constraints(
        &DecisionAir::default(),
        &trace,
        &public_values(&statement),
        None,
    );
    Some(
        report
            .failures
            .iter()
            .map(|f| (f.row, f.constraint))
            .collect(),
    )
}

#[test]
fn the_sample_satisfies_every_constraint() {
    assert_eq!(failures(&Case::sample()), Some(vec![]));
}

#[test]
fn random_decisions_satisfy_every_constraint() {
    let mut mix = Mix(1);
    let mut feasible = 0;
    while feasible < 300 {
        let case = Case::random(&mut mix);
        if let Some(found) = failures(&case) {
            feasible += 1;
            assert_eq!(found, vec![], "{:?} {:?}", case.metrics, case.outputs());
        }
    }
}

/// Every cell of the trace is determined: changing any single one breaks a constraint.
#[test]
fn every_changed_cell_breaks_a_constraint() {
    let air = DecisionAir::default();
    let mut mix = Mix(2);
    let mut cases = vec![Case::sample()];
    while cases.len() < 6 {
        let case = Case::random(&mut mix);
        if case.outputs().is_some() {
            cases.push(case);
        }
    }
    for case in cases {
        let statement = Statement::parse(&case.bytes().unwrap()).unwrap();
        let values = public_values(&statement);
        let mut trace = trace::build(&statement, &case.opening).unwrap();
        let mut free = vec![];
        for cell in 0..trace.values.len() {
            let honest = trace.values[cell];
            for delta in [
                KoalaBear::ONE,
                KoalaBear::NEG_ONE,
                KoalaBear::from_u32(2 + mix.below(1 << 30)),
            ] {
                trace.values[cell] = honest + delta;
                if check_all_constraints(&air, &trace, &values, Some(1))
                    .failures
                    .is_empty()
                {
                    free.push((cell / COLS, cell % COLS));
                }
            }
            trace.values[cell] = honest;
        }
        assert_eq!(free, vec![], "cells (row, column) that nothing constrains");
    }
}

/// Every public value is bound: changing any single one breaks a constraint of the honest trace.
#[test]
fn every_changed_public_value_breaks_a_constraint() {
    let air = DecisionAir::default();
    let case = Case::sample();
    let statement = Statement::parse(&case.bytes().unwrap()).unwrap();
    let trace = trace::build(&statement, &case.opening).unwrap();
    let mut free = vec![];
    let values = public_values(&statement);
    for index in 0..values.len() {
        let mut changed = values.clone();
        changed[index] += KoalaBear::ONE;
        if check_all_constraints(&air, &trace, &changed, Some(1))
            .failures
            .is_empty()
        {
            free.push(index);
        }
    }
    // What this decision does not read, no constraint sees: the table entries of tiers 0 and 3, the second-layer
    // weights of neurons that are silent for both pools, and `active` of blocks whose allowlist bit is 0. The
    // statement's digest in the transcript binds these (`proof.rs`).
    let silent = (0..3).flat_map(|k| (3..8).map(move |i| 61 + 8 * k + i));
    let inactive = (2..8).map(|b| 88 + 11 * b);
    let expected: Vec<usize> = [2, 5].into_iter().chain(silent).chain(inactive).collect();
    assert!(
        free.iter().all(|index| expected.contains(index)),
        "{free:?}"
    );
}
