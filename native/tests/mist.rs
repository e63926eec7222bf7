//! MIST's published vectors, its published proof, and proofs of our own under the published key.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use ark_bn254::{Fr, G1Affine};
use ark_ec::AffineRepr;
use ark_ff::Zero;
use obsqra_native::mist::bytes::{Malformed, element, to_bytes};
use obsqra_native::mist::circuit::{Circuit, Unsatisfied};
use obsqra_native::mist::groth16::{Phase, Proof, ProveError, Prover, Rejected};
use obsqra_native::mist::hash::{first_keys, hash2, hash3};
use obsqra_native::mist::keys::ProvingKey;
use obsqra_native::mist::search;
use obsqra_native::mist::tree::{self, TreeError, climb, node, path, root};
use serde_json::Value;
use sha2::{Digest, Sha256};

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

static VECTORS: LazyLock<Value> = LazyLock::new(|| {
    let text = std::fs::read_to_string(project().join("tests/vectors/mist.json")).unwrap();
    serde_json::from_str(&text).unwrap()
});

struct Files {
    circuit: Vec<u8>,
    proving: Vec<u8>,
    verifying: Vec<u8>,
}

static FILES: LazyLock<Files> = LazyLock::new(|| {
    let read = |name: &str| std::fs::read(project().join("resources/mist").join(name)).unwrap();
    let mut circuit = Vec::new();
    flate2::read::ZlibDecoder::new(&read("circuit.bin.z")[..])
        .read_to_end(&mut circuit)
        .unwrap();
    Files {
        circuit,
        proving: read("proving_key.bin"),
        verifying: read("verifying_key.bin"),
    }
});

static PROVER: LazyLock<Prover> =
    LazyLock::new(|| Prover::parse(&FILES.circuit, &FILES.proving, &FILES.verifying).unwrap());

fn bytes32(value: &Value) -> [u8; 32] {
    let hex = format!("{:0>64}", &value.as_str().unwrap()[2..]);
    core::array::from_fn(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap())
}

fn number(value: &Value) -> Fr {
    element(&bytes32(value)).unwrap()
}

fn numbers(value: &Value) -> Vec<Fr> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn proof(value: &Value) -> Vec<u8> {
    value.as_array().unwrap().iter().flat_map(bytes32).collect()
}

const OWNER: usize = 0;
const AUTH_DONE: usize = 1;
const WITHDRAW_AMOUNT: usize = 2;
const WITHDRAW_ADDRESS: usize = 3;
const WITHDRAW_TO: usize = 4;
const TX2: usize = 8;
const PUBLICS: usize = 10;
const PATH: usize = PUBLICS + 3;
const OWNER_KEY: usize = 33;
const TX1_AMOUNT: usize = 35;

fn assignment() -> Vec<Fr> {
    let all = &VECTORS["assignment"];
    let mut values = numbers(&all["publics"]);
    values.extend(["claiming_key", "amount", "token"].map(|name| number(&all[name])));
    values.extend(numbers(&all["path"]));
    values.extend(["owner_key", "tx1_secret", "tx1_amount", "tx2_secret"].map(|n| number(&all[n])));
    values
}

#[test]
fn hashes() {
    for case in VECTORS["hashes"].as_array().unwrap() {
        let found = match numbers(&case[0])[..] {
            [a, b] => hash2(a, b),
            [a, b, c] => hash3(a, b, c),
            _ => unreachable!(),
        };
        assert_eq!(found, number(&case[1]));
    }
    let keys = numbers(&VECTORS["first_round_keys"]);
    assert_eq!(first_keys(), (keys[0], keys[1]));
}

#[test]
fn trees() {
    for case in VECTORS["nodes"].as_array().unwrap() {
        let [a, b, parent] = numbers(case)[..] else {
            unreachable!()
        };
        assert_eq!((node(a, b), node(b, a)), (parent, parent));
    }
    let leaves = numbers(&VECTORS["leaves"]);
    for (count, expected) in VECTORS["roots"].as_object().unwrap() {
        let count: usize = count.parse().unwrap();
        assert_eq!(root(&leaves[..count]).unwrap(), number(expected));
    }
    let wanted = numbers(&VECTORS["path"]["siblings"]);
    let (_, siblings) = path(&leaves, 7).unwrap();
    assert_eq!(siblings[..5], wanted[..]);
    assert!(siblings[5..].iter().all(Zero::is_zero));
}

#[test]
fn every_path_climbs_to_the_root_and_no_other_leaf_does() {
    let leaves = numbers(&VECTORS["leaves"]);
    for count in 1..=leaves.len() {
        let expected = root(&leaves[..count]).unwrap();
        for index in 0..count {
            let (found, siblings) = path(&leaves[..count], index).unwrap();
            assert_eq!(found, expected);
            assert_eq!(climb(leaves[index], &siblings), expected);
            assert_ne!(climb(leaves[index] + Fr::from(1), &siblings), expected);
        }
    }
    assert_eq!(root(&[]).unwrap(), Fr::zero());
    assert_eq!(path(&leaves, 17), Err(TreeError::NoLeaf));
    let many = vec![Fr::zero(); tree::MAX_LEAVES + 1];
    assert_eq!(path(&many, 0), Err(TreeError::TooMany));
}

#[test]
fn the_published_assignment_gives_the_known_witness_and_proof() {
    let witness = PROVER.circuit().solve(&assignment()).unwrap();
    let digest = Sha256::digest(to_bytes(&witness.wires));
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, VECTORS["witness_sha256"].as_str().unwrap());
    let blinded = &VECTORS["blinded"];
    let [r, s] = ["r", "s"].map(|name| Fr::from(blinded[name].as_u64().unwrap()));
    let made = PROVER.prove_with(&assignment(), r, s, |_| true).unwrap();
    assert_eq!(made.to_bytes(), proof(&blinded["proof"]));
}

#[test]
fn the_published_proof_verifies_and_only_withdraw_to_is_free() {
    let parsed = Proof::parse(&proof(&VECTORS["published_proof"])).unwrap();
    let publics = numbers(&VECTORS["assignment"]["publics"]);
    assert_eq!(PROVER.verify(&publics, &parsed), Ok(()));
    for index in 0..PUBLICS {
        let mut changed = publics.clone();
        changed[index] += Fr::from(1);
        let accepted = PROVER.verify(&changed, &parsed).is_ok();
        assert_eq!(accepted, index == WITHDRAW_TO, "public input {index}");
    }
    assert_eq!(
        PROVER.verify(&publics[1..], &parsed),
        Err(Rejected::Malformed(Malformed::Size))
    );
}

#[test]
fn our_proofs_verify_differ_each_time_and_report_their_phases() {
    let phases = std::cell::RefCell::new(Vec::new());
    let watch = |phase: Phase| {
        phases.borrow_mut().push(phase);
        true
    };
    let one = PROVER.prove(&assignment(), watch).unwrap();
    let other = PROVER.prove(&assignment(), |_| true).unwrap();
    assert!(one.a != other.a && one.b != other.b && one.c != other.c);
    let again = Proof::parse(&one.to_bytes()).unwrap();
    assert_eq!(PROVER.verify(&assignment()[..PUBLICS], &again), Ok(()));
    let all = [Phase::Witness, Phase::Quotient, Phase::Points, Phase::Check];
    assert_eq!(*phases.borrow(), all);
    for stop in all {
        let stopped = PROVER.prove(&assignment(), |phase| phase != stop);
        assert_eq!(stopped, Err(ProveError::Cancelled));
    }
}

#[test]
fn every_changed_value_of_the_assignment_has_no_witness() {
    let honest = assignment();
    for index in 0..honest.len() {
        let mut changed = honest.clone();
        changed[index] += Fr::from(1);
        let solved = PROVER.circuit().solve(&changed);
        // Bound by nothing: WithdrawTo. Payload may be anything. A path may be longer only by zeros;
        // without a known owner key, another unknown one does as well.
        let free = [WITHDRAW_TO, PUBLICS - 1, OWNER_KEY].contains(&index);
        assert_eq!(solved.is_ok(), free, "value {index}");
    }
}

#[test]
fn amounts_that_do_not_add_up_have_no_witness() {
    let prove = |changes: &[(usize, Fr)]| {
        let mut values = assignment();
        for (index, value) in changes {
            values[*index] = *value;
        }
        PROVER.circuit().solve(&values).map(|_| ())
    };
    let token = assignment()[WITHDRAW_ADDRESS];
    let second = |amount: Fr| hash3(Fr::zero(), token, amount);
    // More than the note holds, the remainder taken as a negative number.
    let more = Fr::from(100_001u64);
    let rest = Fr::from(100_000u64) - more - Fr::from(2_500u64);
    assert!(prove(&[(WITHDRAW_AMOUNT, more), (TX2, second(rest))]).is_err());
    // A first output that is larger than what is left, with its right hash.
    let first = -Fr::from(1u64);
    let secret = number(&VECTORS["assignment"]["tx1_secret"]);
    let rest = Fr::from(2_500u64) - first;
    let tx1 = hash3(secret, token, first);
    assert!(prove(&[(TX1_AMOUNT, first), (7, tx1), (TX2, second(rest))]).is_err());
    // Nothing withdrawn needs the address 0, and then all of it goes on.
    let rest = second(Fr::from(97_500u64));
    let zero = [(WITHDRAW_AMOUNT, Fr::zero()), (TX2, rest)];
    assert!(prove(&zero).is_err());
    let zero = [&zero[..], &[(WITHDRAW_ADDRESS, Fr::zero())]].concat();
    assert_eq!(prove(&zero), Ok(()));
    // Authorised without the key, and the other way round.
    assert!(prove(&[(AUTH_DONE, Fr::from(1))]).is_err());
    assert!(prove(&[(OWNER, Fr::from(1))]).is_err());
    // A path that leaves the tree.
    assert!(prove(&[(PATH + 5, Fr::from(7))]).is_err());
}

#[test]
fn every_changed_wire_breaks_a_constraint_or_is_bound_by_none() {
    let circuit = PROVER.circuit();
    let honest = circuit.solve(&assignment()).unwrap().wires;
    for index in (0..honest.len()).step_by(61) {
        let mut wires = honest.clone();
        wires[index] += Fr::from(1);
        let free = index == 1 + WITHDRAW_TO || index == PUBLICS || index == 1 + OWNER_KEY;
        assert_eq!(circuit.evaluate(wires).is_err(), !free, "wire {index}");
    }
}

#[test]
fn proofs_of_the_wrong_form_are_refused() {
    let good = proof(&VECTORS["published_proof"]);
    let refused = |bytes: &[u8]| Proof::parse(bytes).unwrap_err();
    assert_eq!(refused(&good[..255]), Malformed::Short);
    assert_eq!(refused(&[&good[..], &[0; 32]].concat()), Malformed::Long);
    assert_eq!(refused(&[0; 256]), Malformed::NotOnCurve);
    assert_eq!(refused(&[255; 256]), Malformed::Unreduced);
    for coordinate in 0..8 {
        let mut changed = good.clone();
        changed[32 * coordinate + 31] ^= 1;
        assert_eq!(refused(&changed), Malformed::NotOnCurve);
    }
    // On the twist, but outside the group of order r: x = 1 has such a point for some small x.
    let outside = (1u64..)
        .find_map(|x| {
            ark_bn254::G2Affine::get_point_from_x_unchecked(ark_bn254::Fq2::from(x), false)
        })
        .unwrap();
    assert!(!outside.is_in_correct_subgroup_assuming_on_curve());
    let (x, y) = outside.xy().unwrap();
    let b = to_bytes(&[x.c0, x.c1, y.c0, y.c1]);
    let changed = [&good[..64], &b[..], &good[192..]].concat();
    assert_eq!(refused(&changed), Malformed::Subgroup);
    // The inverse of a good point is a point, and no proof.
    let parsed = Proof::parse(&good).unwrap();
    let publics = numbers(&VECTORS["assignment"]["publics"]);
    let turned = Proof {
        c: -parsed.c,
        ..parsed
    };
    assert_eq!(PROVER.verify(&publics, &turned), Err(Rejected::Equation));
    let moved = Proof {
        a: (parsed.a + G1Affine::generator()).into(),
        ..parsed
    };
    assert_eq!(PROVER.verify(&publics, &moved), Err(Rejected::Equation));
}

#[test]
fn damaged_files_are_refused_or_make_no_valid_proof() {
    let Files {
        circuit,
        proving,
        verifying,
    } = &*FILES;
    for (length, bytes) in [(8, circuit), (8, proving), (8, verifying)] {
        for cut in [0, 7, length, bytes.len() / 2, bytes.len() - 1] {
            let short = bytes[..cut].to_vec();
            let pick = |own: &Vec<u8>| {
                if own == bytes {
                    short.clone()
                } else {
                    own.clone()
                }
            };
            assert!(Prover::parse(&pick(circuit), &pick(proving), &pick(verifying)).is_err());
        }
        let long = [&bytes[..], &[0]].concat();
        let pick = |own: &Vec<u8>| {
            if own == bytes {
                long.clone()
            } else {
                own.clone()
            }
        };
        assert!(Prover::parse(&pick(circuit), &pick(proving), &pick(verifying)).is_err());
    }
    // Each byte of the circuit's head and a sample of the rest: refused, or another circuit, never a panic.
    let spread = (0..28).chain((28..circuit.len()).step_by(9_973));
    for index in spread {
        let mut changed = circuit.clone();
        changed[index] ^= 0x41;
        if let Ok(other) = Circuit::parse(&changed)
            && other.publics + other.secrets == assignment().len()
        {
            drop(other.solve(&assignment()));
        }
    }
    for index in (8..1000)
        .step_by(37)
        .chain((4000..proving.len()).step_by(400_009))
    {
        let mut changed = proving.clone();
        changed[index] ^= 0x41;
        assert!(ProvingKey::parse(&changed).is_err() || (56..2056).contains(&index));
    }
}

#[test]
fn a_key_of_other_points_makes_no_proof() {
    let Files {
        circuit,
        proving,
        verifying,
    } = &*FILES;
    // Another generator of G1 in the place of alpha: a valid key, but not of this verifier.
    let at = 8 + 16 + 32 + 2 * 999;
    let mut changed = proving.clone();
    changed[at..at + 64].fill(0);
    (changed[at], changed[at + 32]) = (1, 2);
    let other = Prover::parse(circuit, &changed, verifying).unwrap();
    assert_eq!(other.prove(&assignment(), |_| true), Err(ProveError::Keys));
    let mut unsatisfied = assignment();
    unsatisfied[0] += Fr::from(1);
    assert!(matches!(
        PROVER.prove(&unsatisfied, |_| true),
        Err(ProveError::Unsatisfied(Unsatisfied(_)))
    ));
}

#[test]
fn leaves_are_found_by_trying_and_only_those() {
    let secrets: Vec<Fr> = (1..40u64).map(Fr::from).collect();
    let values: Vec<search::Value> = (0..50u64)
        .map(|n| (Fr::from(7 + n % 2), Fr::from(n)))
        .collect();
    let expected = [(0, 0), (3, 49), (17, 20), (38, 49)];
    let mut leaves: Vec<Fr> = (0..9u64).map(Fr::from).collect();
    for (secret, value) in expected {
        let (token, amount) = values[value];
        leaves.push(hash3(secrets[secret], token, amount));
    }
    leaves.push(leaves[9]);
    let found = search::find(&secrets, &values, &leaves).unwrap();
    let places: Vec<_> = expected
        .iter()
        .enumerate()
        .map(|(place, (secret, value))| (*secret, *value, 9 + place))
        .collect();
    assert_eq!(found, places);
    assert_eq!(search::find(&[], &values, &leaves), Ok(vec![]));
    assert_eq!(search::find(&secrets, &[], &leaves), Ok(vec![]));
    assert_eq!(search::find(&secrets, &values, &leaves[..9]), Ok(vec![]));
    let many = vec![Fr::from(1u64); 1 << 11];
    let values = vec![(Fr::from(1u64), Fr::from(1u64)); (1 << 10) + 1];
    assert_eq!(search::find(&many, &values, &[]), Err(search::TooMany));
}

#[test]
fn amounts_that_follow_each_other_are_found_as_single_ones_are() {
    let secrets: Vec<Fr> = (1..8u64).map(Fr::from).collect();
    let token = Fr::from(7u64);
    let (first, step) = (Fr::from(900u64), -Fr::from(3u64));
    for count in [1usize, 2, 3, 4, 5, 63, 300] {
        let amount = |place: usize| first + step * Fr::from(place as u64);
        let values: Vec<search::Value> = (0..count).map(|n| (token, amount(n))).collect();
        let mut leaves = vec![Fr::from(5u64)];
        for (secret, place) in [(0, 0), (2, count / 2), (6, count - 1)] {
            leaves.push(hash3(secrets[secret], token, amount(place)));
        }
        let steps = search::Steps { first, step, count };
        let found = search::find_steps(&secrets, token, steps, &leaves).unwrap();
        assert_eq!(found.len(), 3);
        assert_eq!(found, search::find(&secrets, &values, &leaves).unwrap());
    }
    let steps = |count| search::Steps { first, step, count };
    assert_eq!(
        search::find_steps(&secrets, token, steps(0), &[first]),
        Ok(vec![])
    );
    assert_eq!(
        search::find_steps(&[], token, steps(9), &[first]),
        Ok(vec![])
    );
    assert_eq!(
        search::find_steps(&secrets, token, steps(1 << 19), &[]),
        Err(search::TooMany)
    );
    assert_eq!(
        search::find_steps(&secrets, token, steps(usize::MAX), &[]),
        Err(search::TooMany)
    );
}
