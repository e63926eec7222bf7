//! Shared proof vectors: `tests/vectors/proofs.json` of the repository.
//!
//! Each holds a statement, a proof made with fixed randomness, and the transcript: every hash that the verifier's
//! challenger computes, its input and its digest, and the challenges drawn from them. `UPDATE_VECTORS=1 cargo test --release vectors` writes the
//! file anew; without it the test compares.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::path::PathBuf;

use crate::common::{Case, Mix};
use obsqra_native::air::DecisionAir;
use obsqra_native::blake::Blake2s;
use obsqra_native::config::{Challenge, Pcs, Randomness, SHIPPED, Val};
use obsqra_native::phases::unwatched;
use obsqra_native::proof_bytes::decode;
use obsqra_native::prover::{prove, verify};
use obsqra_native::public::public_values;
use obsqra_native::statement::{MODULUS, Statement};
use p3_challenger::{HashChallenger, SerializingChallenger32};
use p3_symmetric::CryptographicHasher;
use p3_uni_stark::{Proof, StarkConfig, StarkGenericConfig};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

thread_local! {
    static HASHES: RefCell<Vec<(Vec<u8>, [u8; 32])>> = const { RefCell::new(vec![]) };
}

/// Blake2s that remembers what it hashed.
#[derive(Clone, Copy, Debug)]
struct Recording;

impl CryptographicHasher<u8, [u8; 32]> for Recording {
    fn hash_iter<I: IntoIterator<Item = u8>>(&self, input: I) -> [u8; 32] {
        let input: Vec<u8> = input.into_iter().collect();
        let digest = Blake2s.hash_iter(input.clone());
        HASHES.with_borrow_mut(|hashes| hashes.push((input, digest)));
        digest
    }

    fn hash_iter_slices<'a, I: IntoIterator<Item = &'a [u8]>>(&self, input: I) -> [u8; 32] {
        self.hash_iter(input.into_iter().flatten().copied())
    }
}

type RecordingConfig =
    StarkConfig<Pcs, Challenge, SerializingChallenger32<Val, HashChallenger<u8, Recording, 32>>>;

fn seeded(seed: u64) -> Randomness {
    Randomness {
        salts: StdRng::seed_from_u64(seed),
        masks: StdRng::seed_from_u64(seed + 1),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// The transcript of verifying this proof, as the hashes of the challenger.
fn transcript(statement: &Statement, proof: &[u8]) -> Vec<(Vec<u8>, [u8; 32])> {
    let config = SHIPPED.config(&statement.digest, seeded(0), unwatched());
    let seed = [b"OBSQRA/STARK/1\0\0".as_slice(), &statement.digest].concat();
    let challenger = SerializingChallenger32::new(HashChallenger::new(seed, Recording));
    let recording = RecordingConfig::new(config.pcs().clone(), challenger);
    let proof = decode(proof, &SHIPPED).unwrap();
    let proof = Proof::<RecordingConfig> {
        commitments: proof.commitments,
        opened_values: proof.opened_values,
        opening_proof: proof.opening_proof,
        degree_bits: proof.degree_bits,
        ood_pow_witness: proof.ood_pow_witness,
    };
    HASHES.take();
    p3_uni_stark::verify(
        &recording,
        &DecisionAir::default(),
        &proof,
        &public_values(statement),
    )
    .unwrap();
    HASHES.take()
}

/// Word `index` that is squeezed from a digest: bytes from its end, the first is the least significant.
fn word(digest: &[u8; 32], index: usize) -> u32 {
    u32::from_le_bytes(core::array::from_fn(|byte| digest[31 - 4 * index - byte]))
}

/// The challenges in the recorded hashes. Fails if a word had to be dropped: these vectors need none.
fn challenges(hashes: &[(Vec<u8>, [u8; 32])]) -> Value {
    let extension = |hash: usize| -> Vec<u32> {
        let words = (0..4).map(|index| word(&hashes[hash].1, index) & 0x7fff_ffff);
        words.inspect(|&word| assert!(word < MODULUS)).collect()
    };
    // Hash 5 closes the transcript before the grinding, hash 6 checks it with its first word.
    let (grinding, indices) = {
        let mut words = hashes[6..]
            .iter()
            .flat_map(|(_, digest)| (0..8).map(|index| word(digest, index)));
        (
            words.next().unwrap() & 0xffff,
            words
                .take(SHIPPED.num_queries)
                .map(|word| word & 0x1fff)
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(grinding, 0);
    json!({
        "alpha": extension(0),
        "zeta": extension(1),
        "lambda": extension(2),
        "betas": [extension(3), extension(4)],
        "queries": indices,
    })
}

fn vector(name: &str, case: &Case, seed: u64) -> Value {
    let bytes = case.bytes().unwrap();
    let statement = Statement::parse(&bytes).unwrap();
    let proof = prove(
        &bytes,
        &case.opening_bytes(),
        &SHIPPED,
        seeded(seed),
        unwatched(),
    )
    .unwrap();
    verify(&bytes, &proof, &SHIPPED).unwrap();
    let hashes = transcript(&statement, &proof);
    let challenges = challenges(&hashes);
    let steps: Vec<Value> = hashes
        .into_iter()
        .map(|(input, digest)| json!({"input": hex(&input), "digest": hex(&digest)}))
        .collect();
    json!({
        "name": name,
        "statement": hex(&bytes),
        "statement_digest": hex(&statement.digest),
        "public_values": public_values(&statement).iter().map(p3_field::PrimeField32::as_canonical_u32).collect::<Vec<_>>(),
        "proof": hex(&proof),
        "transcript": steps,
        "challenges": challenges,
    })
}

#[test]
fn the_shared_vectors_are_current() {
    let mut mix = Mix(21);
    let mut cases = vec![("sample".to_owned(), Case::sample())];
    while cases.len() < 4 {
        let case = Case::random(&mut mix);
        let wanted = [1, 4, 8][cases.len() - 1];
        if case.metrics.len() == wanted && case.outputs().is_some() {
            cases.push((format!("{wanted} pools"), case));
        }
    }
    let vectors: Vec<Value> = cases
        .iter()
        .zip(100..)
        .map(|((name, case), seed)| vector(name, case, 2 * seed))
        .collect();
    let text = serde_json::to_string_pretty(&vectors).unwrap() + "\n";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/proofs.json");
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        text,
        "run with UPDATE_VECTORS=1 and look at the change"
    );
}
