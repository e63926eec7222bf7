//! What only the crate's own interface shows of signatures: seeds after a k that does not do, and a point at infinity.
//! Vectors, ranges and spoiled signatures are tested from Python (tests/chain/test_stark_curve.py).

use std::sync::LazyLock;

use obsqra_native::stark_curve::{NUMBER, Refused, sign, sign_with, verify};
use serde_json::Value;
use starknet_crypto::{Felt, rfc6979_generate_k};

static SEEDED: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../tests/vectors/stark_curve.json");
    serde_json::from_str::<Value>(text).unwrap()["seeded"].take()
});

fn number(value: &Value) -> [u8; NUMBER] {
    Felt::from_hex(value.as_str().unwrap())
        .unwrap()
        .to_bytes_be()
}

fn small(value: u8) -> [u8; NUMBER] {
    Felt::from(value).to_bytes_be()
}

#[test]
fn a_k_that_makes_no_signature_is_followed_by_the_next_seed() {
    let (key, message) = (number(&SEEDED["key"]), number(&SEEDED["message"]));
    let plain = sign(&key, &message).unwrap();
    for (good, expected) in (1u8..).zip(SEEDED["signatures"].as_array().unwrap()) {
        let made = sign_with(&key, &message, |message, key, seed| match seed {
            Some(seed) if *seed == Felt::from(good) => rfc6979_generate_k(message, key, Some(seed)),
            _ => Felt::ZERO,
        });
        let expected = [number(&expected[0]), number(&expected[1])].concat();
        assert_eq!(made.unwrap().to_vec(), expected, "seed {good}");
        assert_ne!(expected, plain);
    }
}

#[test]
fn without_any_k_there_is_no_signature() {
    let none = sign_with(&small(1), &small(2), |_, _, _| Felt::ZERO);
    assert_eq!(none, Err(Refused::NoK));
}

/// The generator is the public key of 1: message * G - r * Q is infinity where r is the message. The crate panics.
#[test]
fn a_point_at_infinity_is_no_signature() {
    let generator = obsqra_native::stark_curve::public_key(&small(1)).unwrap();
    for s in [1, 7] {
        let signature = [small(5), small(s)].concat();
        assert_eq!(verify(&generator, &small(5), &signature), Ok(false));
    }
}
