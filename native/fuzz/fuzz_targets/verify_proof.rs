//! Valid statements, changed proofs: nothing but the unchanged proof is accepted, nothing ends the process.
//!
//! Input: which valid proof (1 byte), how (1 byte: odd is "the rest are the proof's bytes"), then changes of eight
//! bytes each (`change`).
#![no_main]

use libfuzzer_sys::fuzz_target;
use obsqra_fuzz::{Bytes, VALID, change, quiet_panics};
use obsqra_native::prover::verify;

fuzz_target!(|data: &[u8]| {
    quiet_panics();
    let mut data = Bytes(data);
    let valid = &VALID[usize::from(data.byte()) % VALID.len()];
    let proof = if data.byte() & 1 == 1 {
        data.0.to_vec()
    } else {
        let mut proof = valid.proof.clone();
        for _ in 0..8 {
            if data.0.is_empty() {
                break;
            }
            change(&mut proof, &valid.regions, &mut data);
        }
        proof
    };
    let result = verify(&valid.statement, &proof, &valid.parameters);
    assert_eq!(
        result.is_ok(),
        proof == valid.proof,
        "accepted exactly if unchanged: {result:?}"
    );
});
