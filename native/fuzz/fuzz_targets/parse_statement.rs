//! Statements, raw or changed: what is accepted has one encoding, and no proof of another statement fits it.
//!
//! Input: which valid statement (1 byte), flags (1 byte: 1 "the rest is the statement", 2 "repair the model digest",
//! 4 "repair the sum"), then changes: place (2), kind (1), value (4).
#![no_main]

use blake2::{Blake2s256, Digest};
use libfuzzer_sys::fuzz_target;
use obsqra_fuzz::{Bytes, VALID, quiet_panics};
use obsqra_native::prover::{Rejected, verify};
use obsqra_native::public::{PUBLIC_VALUES, public_values};
use obsqra_native::statement::{Statement, WEIGHTS, model_digest};

const RULE: usize = 176;
const WEIGHTS_AT: usize = RULE + 4 + 32;
const COMMITMENT: usize = WEIGHTS_AT + 4 * WEIGHTS;
const COUNT: usize = COMMITMENT + 32;

/// The statement written again from what was parsed; the header comes from the bytes.
fn again(bytes: &[u8], s: &Statement) -> Vec<u8> {
    let mut out = bytes[..RULE].to_vec();
    let word = |out: &mut Vec<u8>, x: u32| out.extend(x.to_le_bytes());
    word(
        &mut out,
        u32::from_le_bytes(bytes[RULE..RULE + 4].try_into().unwrap()),
    );
    out.extend(model_digest(&s.weights));
    for w in s.weights {
        out.extend(w.to_le_bytes());
    }
    for limb in s.commitment {
        word(&mut out, limb);
    }
    word(&mut out, s.pools.len() as u32);
    for pool in &s.pools {
        out.extend(pool.id);
        let rest = [pool.score, pool.class, pool.flag, pool.allocation];
        for &x in pool.metrics.iter().chain(&rest) {
            word(&mut out, x);
        }
    }
    word(&mut out, s.decision);
    word(&mut out, s.idle);
    out
}

fn changed(valid: &[u8], flags: u8, data: &mut Bytes<'_>) -> Vec<u8> {
    let mut bytes = valid.to_vec();
    for _ in 0..8 {
        if data.0.is_empty() || bytes.is_empty() {
            break;
        }
        let (place, kind, value) = (data.half(), data.byte(), data.word());
        let at = place % bytes.len();
        let word = (at & !3).min(bytes.len().saturating_sub(4));
        match kind % 6 {
            0 => bytes[at] ^= (value as u8).max(1),
            1 if bytes.len() >= 4 => bytes[word..word + 4].copy_from_slice(&value.to_le_bytes()),
            2 => bytes.truncate(at),
            3 => bytes.extend(value.to_le_bytes().iter().cycle().take(place % 90)),
            4 if bytes.len() >= 4 => {
                let old = u32::from_le_bytes(bytes[word..word + 4].try_into().unwrap());
                let new = old.wrapping_add((value as i8) as u32);
                bytes[word..word + 4].copy_from_slice(&new.to_le_bytes());
            }
            _ => {
                // A pool more or less, with the count adapted.
                let n = u32::from_le_bytes(
                    bytes
                        .get(COUNT..COUNT + 4)
                        .map_or([0; 4], |b| b.try_into().unwrap()),
                );
                let first = COUNT + 4;
                if bytes.len() < first + 72 {
                    continue;
                }
                if value & 1 == 0 {
                    bytes.drain(first..first + 72);
                    bytes[COUNT..first].copy_from_slice(&n.wrapping_sub(1).to_le_bytes());
                } else {
                    let mut pool = bytes[first..first + 72].to_vec();
                    pool[0] ^= (value >> 8) as u8;
                    bytes.splice(first..first, pool);
                    bytes[COUNT..first].copy_from_slice(&n.wrapping_add(1).to_le_bytes());
                }
            }
        }
    }
    if flags & 2 != 0 && bytes.len() >= COMMITMENT {
        let weights: [i32; WEIGHTS] = core::array::from_fn(|i| {
            i32::from_le_bytes(bytes[WEIGHTS_AT + 4 * i..][..4].try_into().unwrap())
        });
        bytes[RULE + 4..WEIGHTS_AT].copy_from_slice(&model_digest(&weights));
    }
    if flags & 4 != 0 && bytes.len() >= COUNT + 12 {
        let end = bytes.len();
        let sum: u64 = bytes[COUNT + 4..end - 8]
            .chunks_exact(72)
            .map(|pool| u64::from(u32::from_le_bytes(pool[68..72].try_into().unwrap())))
            .sum();
        let idle = 10_000u64.saturating_sub(sum) as u32;
        bytes[end - 4..].copy_from_slice(&idle.to_le_bytes());
    }
    bytes
}

fuzz_target!(|data: &[u8]| {
    quiet_panics();
    let mut data = Bytes(data);
    let valid = &VALID[usize::from(data.byte()) % VALID.len()];
    let flags = data.byte();
    let bytes = if flags & 1 == 1 {
        data.0.to_vec()
    } else {
        changed(&valid.statement, flags, &mut data)
    };
    let parsed = Statement::parse(&bytes);
    assert_eq!(parsed, Statement::parse(&bytes));
    let verdict = verify(&bytes, &valid.proof, &valid.parameters);
    match parsed {
        Err(error) => assert_eq!(verdict, Err(Rejected::Statement(error))),
        Ok(statement) => {
            assert_eq!(again(&bytes, &statement), bytes, "one encoding");
            let digest: [u8; 32] = Blake2s256::digest(&bytes).into();
            assert_eq!(statement.digest, digest);
            assert_eq!(public_values(&statement).len(), PUBLIC_VALUES);
            let sum: u32 = statement.pools.iter().map(|p| p.allocation).sum();
            assert_eq!(sum + statement.idle, 10_000);
            if bytes == valid.statement {
                assert_eq!(verdict, Ok(()));
            } else {
                assert!(matches!(verdict, Err(Rejected::Invalid(_))), "{verdict:?}");
            }
        }
    }
});
