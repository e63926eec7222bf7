//! A malicious prover against weakened circuits: every constraint is dropped in turn, everywhere or in one block.
//!
//! For each weakened circuit there is a witness: a statement that the parser accepts and a trace which the whole
//! circuit refuses and the weakened one accepts. So no constraint can be lost without a test that notices. The few
//! constraints without a witness follow from others; the list below says why and is held fixed both ways.
//!
//! From the same witnesses come forged proofs: made for the weakened circuit, so that commitments, transcript, proof of
//! work and folding are honest and nothing but the check of the constraints out of domain stands against them.
//! `UPDATE_VECTORS=1 cargo test --release mutants` writes some of them to `tests/vectors/forgeries.json`, where the
//! other verifiers meet them.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::LazyLock;

use crate::common::forge::Trace;
use crate::common::weak::{Found, MutantAir, Weakness, Witness, search};
use obsqra_native::air::DecisionAir;
use obsqra_native::air::columns::{COLS, ROWS};
use obsqra_native::config::{Parameters, Randomness, SHIPPED};
use obsqra_native::phases::unwatched;
use obsqra_native::proof_bytes::{decode, encode};
use obsqra_native::prover::{Rejected, prove_trace, verify};
use obsqra_native::public::public_values;
use p3_air::check_all_constraints;
use p3_field::PrimeCharacteristicRing;
use p3_koala_bear::KoalaBear;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::json;

/// Constraints of the circuit (`docs/proof-specification.md`, section 6, numbers from 1).
const CONSTRAINTS: usize = 178;

/// Constraints that follow from others, numbered as in the specification, with the reason.
const IMPLIED: [(usize, &str); 3] = [
    (
        61,
        "flag = class comparison: 60 gives the class, and the parser wants the flag exactly for class 2",
    ),
    (
        87,
        "only eligible pools are capped: with capped not 0, 89 makes the quota the cap, which 119 and 120 keep above \
         0, and 88 then makes the pool eligible",
    ),
    (
        118,
        "allocation and idle make 10000: the parser checks the same sum",
    ),
];

/// Constraints that are implied in each single block, though not in all of them together.
const IMPLIED_IN_A_BLOCK: [(usize, &str); 1] = [(
    26,
    "exclude is a bit: 46 makes it the same in every block, and the other blocks still want a bit",
)];

/// A weakened circuit has a witness exactly if the constraint is not on the lists, and the witness is confirmed by
/// evaluating both circuits over the whole trace.
#[test]
fn every_lost_constraint_is_noticed() {
    let found = &*FOUND;
    let count = found.wanted.iter().map(|&(constraint, _)| constraint + 1);
    assert_eq!(count.max(), Some(CONSTRAINTS));
    let implied = |list: &[(usize, &str)], k: usize| list.iter().any(|&(other, _)| other == k + 1);
    let whole = DecisionAir::default();
    for &(constraint, weakness) in &found.wanted {
        let number = constraint + 1;
        let expected = !implied(&IMPLIED, constraint)
            && (weakness == Weakness::Dropped || !implied(&IMPLIED_IN_A_BLOCK, constraint));
        let witness = found.seen.get(&(constraint, weakness));
        assert_eq!(
            witness.is_some(),
            expected,
            "constraint {number}, {weakness:?}: a witness was found, or is missing"
        );
        let Some(witness) = witness else { continue };
        let public = public_values(&witness.statement);
        let weakened = MutantAir {
            air: whole.clone(),
            constraint,
            weakness,
        };
        let refused = check_all_constraints(&whole, &witness.trace, &public, Some(1));
        assert!(!refused.failures.is_empty(), "{number}: {}", witness.how);
        let accepted = check_all_constraints(&weakened, &witness.trace, &public, Some(1));
        assert!(
            accepted.failures.is_empty(),
            "{number}, {weakness:?}: {}",
            witness.how
        );
        if weakness == Weakness::Dropped {
            println!("{number}: {}", witness.how);
        }
    }
    println!(
        "{} weakened circuits, {} noticed",
        found.wanted.len(),
        found.seen.len()
    );
}

/// Found once for all tests of this file.
static FOUND: LazyLock<Found> = LazyLock::new(search);

/// One query, no grinding, the least blow-up: what is refused is refused out of domain.
const WEAK: Parameters = Parameters {
    log_blowup: 2,
    num_queries: 1,
    query_pow_bits: 0,
    ..SHIPPED
};

/// The circuit without the constraint of this number (from 0).
fn without(constraint: usize) -> MutantAir {
    MutantAir {
        air: DecisionAir::default(),
        constraint,
        weakness: Weakness::Dropped,
    }
}

fn seeded(seed: u64) -> Randomness {
    Randomness {
        salts: StdRng::seed_from_u64(seed),
        masks: StdRng::seed_from_u64(seed + 1),
    }
}

/// The proof that a prover makes who knows that this constraint is not checked; whoever does not check it accepts.
fn forged(constraint: usize, witness: &Witness, parameters: &Parameters, seed: u64) -> Vec<u8> {
    let (air, statement) = (without(constraint), &witness.statement);
    let values = public_values(statement);
    let config = || parameters.config(&statement.digest, seeded(seed), unwatched());
    let proof = p3_uni_stark::prove(&config(), &air, witness.trace.clone(), &values).unwrap();
    let bytes = encode(&proof, parameters);
    let again = decode(&bytes, parameters).unwrap();
    p3_uni_stark::verify(&config(), &air, &again, &values).expect("the weakened circuit accepts");
    bytes
}

fn refused_out_of_domain(witness: &Witness, proof: &[u8], parameters: &Parameters) {
    let Err(Rejected::Invalid(reason)) = verify(&witness.statement.bytes, proof, parameters) else {
        panic!("{}: accepted, or refused for its form", witness.how);
    };
    assert!(
        reason.contains("out-of-domain evaluation mismatch"),
        "{}: {reason}",
        witness.how
    );
}

/// For every constraint: the proof that a verifier without it accepts is refused, and for nothing but this.
#[test]
fn every_forgery_is_refused_out_of_domain_alone() {
    let mut count = 0;
    for (&(constraint, weakness), witness) in &FOUND.seen {
        if weakness == Weakness::Dropped {
            let proof = forged(constraint, witness, &WEAK, 7);
            refused_out_of_domain(witness, &proof, &WEAK);
            count += 1;
        }
    }
    assert_eq!(count, CONSTRAINTS - IMPLIED.len());
}

/// One of each group of section 6, by number.
const SHARED: [(&str, usize); 10] = [
    ("cells", 22),
    ("constancy", 41),
    ("network", 51),
    ("score", 74),
    ("eligibility", 76),
    ("share", 84),
    ("allocation", 98),
    ("totals", 117),
    ("policy ranges", 120),
    ("commitment", 164),
];

#[test]
fn the_shared_forgeries_are_current() {
    let hex = |bytes: &[u8]| {
        bytes.iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        })
    };
    let shared = |group: &str, constraint: Option<usize>, witness: &Witness, proof: &[u8]| {
        refused_out_of_domain(witness, proof, &SHIPPED);
        json!({
            "group": group,
            "constraint": constraint,
            "how": witness.how,
            "statement": hex(&witness.statement.bytes),
            "proof": hex(proof),
        })
    };
    let mut made: Vec<serde_json::Value> = SHARED
        .iter()
        .map(|&(group, number)| {
            let witness = &FOUND.seen[&(number - 1, Weakness::Dropped)];
            let proof = forged(number - 1, witness, &SHIPPED, 1000 + 2 * number as u64);
            shared(group, Some(number), witness, &proof)
        })
        .collect();
    // And no witness at all, by the prover of the whole circuit with its checks off.
    let nothing = Witness {
        statement: FOUND.seen[&(97, Weakness::Dropped)].statement.clone(),
        trace: Trace::new(KoalaBear::zero_vec(ROWS * COLS), COLS),
        how: "a trace of zeros".into(),
    };
    let (parameters, seed) = (&SHIPPED, seeded(2000));
    let trace = nothing.trace.clone();
    let proof = prove_trace(&nothing.statement, trace, parameters, seed, unwatched()).unwrap();
    made.push(shared("no witness", None, &nothing, &proof));
    let text = serde_json::to_string_pretty(&made).unwrap() + "\n";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/forgeries.json");
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == text,
        "tests/vectors/forgeries.json is out of date"
    );
}
