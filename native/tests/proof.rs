//! Whole proofs: accepted when honest, rejected with a reason otherwise.

mod common;

use common::Case;
use obsqra_native::config::{Randomness, SHIPPED};
use obsqra_native::phases::unwatched;
use obsqra_native::prover::{prove, verify};
use obsqra_native::security::account;

fn opening_bytes(case: &Case) -> Vec<u8> {
    let o = &case.opening;
    [
        o.cap,
        o.min_pools,
        o.max_risk,
        o.max_volatility,
        o.min_liquidity,
        o.exclude,
        o.mask,
    ]
    .iter()
    .chain(&o.salt)
    .flat_map(|word| word.to_le_bytes())
    .collect()
}

#[test]
fn an_honest_proof_verifies() {
    let case = Case::sample();
    let statement = case.bytes().unwrap();
    for _ in 0..5 {
        let t = std::time::Instant::now();
        let proof = prove(
            &statement,
            &opening_bytes(&case),
            &SHIPPED,
            Randomness::from_system().unwrap(),
            unwatched(),
        )
        .unwrap();
        let t1 = t.elapsed();
        let t = std::time::Instant::now();
        verify(&statement, &proof, &SHIPPED).unwrap();
        println!(
            "prove {t1:?} verify {:?} bytes {}",
            t.elapsed(),
            proof.len()
        );
    }
    println!("{:?}", account(&SHIPPED));
}
