//! Proofs and statements changed with knowledge of their structure: each is refused, with a typed reason.
//!
//! Regions are those of the specification by name (`common/layout.rs`).

use std::collections::BTreeMap;

use crate::common::layout::{Kind, Region, layout};
use crate::common::{Case, Mix};
use obsqra_native::config::{Parameters, Randomness, SHIPPED};
use obsqra_native::phases::unwatched;
use obsqra_native::prover::{Rejected, prove, verify};
use obsqra_native::statement::{MODULUS, Statement};

/// Two queries and no grinding: what changes the transcript still gets as far as the openings.
const WEAK: Parameters = Parameters {
    num_queries: 2,
    query_pow_bits: 0,
    ..SHIPPED
};

struct Valid {
    statement: Vec<u8>,
    proof: Vec<u8>,
    parameters: Parameters,
    regions: Vec<Region>,
}

fn proof_of(statement: &[u8], case: &Case, parameters: &Parameters) -> Vec<u8> {
    let randomness = Randomness::from_system().unwrap();
    let opening = case.opening_bytes();
    prove(statement, &opening, parameters, randomness, unwatched()).unwrap()
}

impl Valid {
    fn of(case: &Case, parameters: &Parameters) -> Self {
        let statement = case.bytes().unwrap();
        let proof = proof_of(&statement, case, parameters);
        assert_eq!(verify(&statement, &proof, parameters), Ok(()));
        Self {
            regions: layout(&proof, parameters),
            statement,
            proof,
            parameters: *parameters,
        }
    }

    fn region(&self, name: &str) -> Region {
        *self.regions.iter().find(|r| r.name == name).unwrap()
    }

    fn bytes(&self, region: Region) -> &[u8] {
        &self.proof[region.start..region.end]
    }
}

/// What a change must lead to.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Refusal {
    /// The bytes are no proof.
    Layout,
    /// The verifier refuses what it read.
    Invalid,
    Either,
}

/// Counts refusals by what was changed.
#[derive(Default)]
struct Tally(BTreeMap<String, usize>);

impl Tally {
    fn total(&self) -> usize {
        self.0.values().sum()
    }

    fn refused(&mut self, valid: &Valid, proof: &[u8], what: &str, region: &str, as_: Refusal) {
        if proof == valid.proof {
            return;
        }
        let typed = match verify(&valid.statement, proof, &valid.parameters) {
            Err(Rejected::Layout(_)) => as_ != Refusal::Invalid,
            // A panic that the verifier caught is no reason.
            Err(Rejected::Invalid(reason)) => {
                as_ != Refusal::Layout && !reason.is_empty() && reason != "the verifier stopped"
            }
            _ => false,
        };
        assert!(typed, "{what} in {region}: not refused as {as_:?}");
        *self.0.entry(what.into()).or_default() += 1;
    }
}

fn word_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

fn with_word(proof: &[u8], at: usize, value: u32) -> Vec<u8> {
    let mut changed = proof.to_vec();
    changed[at..at + 4].copy_from_slice(&value.to_le_bytes());
    changed
}

fn some(count: usize, most: usize, mix: &mut Mix) -> Vec<usize> {
    if count <= most {
        (0..count).collect()
    } else {
        (0..most)
            .map(|_| mix.below(count as u32) as usize)
            .collect()
    }
}

/// Every region: flipped, not canonical, shortened, lengthened; its items swapped, repeated, left out.
fn change_region(valid: &Valid, region: Region, tally: &mut Tally, mix: &mut Mix) {
    let (proof, name) = (&valid.proof, region.name);
    for at in some(region.size(), 24, mix) {
        let mut changed = proof.clone();
        changed[region.start + at] ^= 1 << mix.below(8);
        tally.refused(valid, &changed, "a bit flipped", name, Refusal::Either);
    }
    if region.size() == 0 {
        return;
    }
    if region.kind == Kind::Words {
        for word in some(region.size() / 4, 12, mix) {
            let at = region.start + 4 * word;
            let value = word_at(proof, at);
            let aliases = [value.checked_add(MODULUS), Some(MODULUS), Some(u32::MAX)];
            for other in aliases.into_iter().flatten() {
                let changed = with_word(proof, at, other);
                tally.refused(valid, &changed, "not canonical", name, Refusal::Layout);
            }
            for other in [0, (value + 1) % MODULUS, MODULUS - 1] {
                let changed = with_word(proof, at, other);
                tally.refused(valid, &changed, "another number", name, Refusal::Invalid);
            }
        }
        let mut zeros = proof.clone();
        zeros[region.start..region.end].fill(0);
        tally.refused(valid, &zeros, "all zero", name, Refusal::Invalid);
    }
    if region.kind == Kind::Count {
        let count = word_at(proof, region.start);
        for other in [0, count - 1, count + 1, count + 1000, 20 * 13 + 1, u32::MAX] {
            let changed = with_word(proof, region.start, other);
            tally.refused(valid, &changed, "another count", name, Refusal::Layout);
        }
        // A digest more or less, and the count that fits.
        let mut more = with_word(proof, region.start, count + 1);
        more.splice(region.end..region.end, [0x5a; 32]);
        tally.refused(valid, &more, "a digest added", name, Refusal::Either);
        let mut fewer = with_word(proof, region.start, count - 1);
        fewer.drain(region.end..region.end + 32);
        tally.refused(valid, &fewer, "a digest left out", name, Refusal::Either);
    }
    let item = |index: usize| region.start + index * region.item;
    for index in some(region.items(), 6, mix) {
        let mut less = proof.clone();
        less.drain(item(index)..item(index + 1));
        tally.refused(valid, &less, "an item left out", name, Refusal::Layout);
        let mut more = proof.clone();
        more.splice(
            item(index)..item(index),
            proof[item(index)..item(index + 1)].to_vec(),
        );
        tally.refused(valid, &more, "an item twice", name, Refusal::Layout);
        let other = mix.below(region.items() as u32) as usize;
        let mut swapped = proof.clone();
        for i in 0..region.item {
            swapped.swap(item(index) + i, item(other) + i);
        }
        let what = if region.queried {
            "two queries swapped"
        } else {
            "two items swapped"
        };
        tally.refused(valid, &swapped, what, name, Refusal::Invalid);
        let mut copied = proof.clone();
        copied.copy_within(item(index)..item(index + 1), item(other));
        let what = if region.queried {
            "a query's rows twice"
        } else {
            "an item over another"
        };
        tally.refused(valid, &copied, what, name, Refusal::Invalid);
    }
    for length in [region.start, region.start + 1, region.end - 1] {
        tally.refused(valid, &proof[..length], "cut short", name, Refusal::Layout);
    }
}

/// Whole regions exchanged: roots, openings of different batches, parts of other proofs.
fn exchange(valid: &Valid, others: &[Valid], tally: &mut Tally) {
    let movable = |r: &&Region| r.kind != Kind::Magic && r.size() > 0;
    let regions: Vec<Region> = valid.regions.iter().filter(movable).copied().collect();
    for (i, a) in regions.iter().enumerate() {
        for b in regions[..i].iter().filter(|b| b.kind == a.kind) {
            // As much as both have.
            let length = a.size().min(b.size());
            let mut swapped = valid.proof.clone();
            for j in 0..length {
                swapped.swap(a.start + j, b.start + j);
            }
            tally.refused(valid, &swapped, "regions swapped", a.name, Refusal::Either);
        }
        for other in others {
            let there = other.region(a.name);
            let mut replaced = valid.proof.clone();
            replaced.splice(a.start..a.end, other.bytes(there).iter().copied());
            tally.refused(
                valid,
                &replaced,
                "of another proof",
                a.name,
                Refusal::Either,
            );
            // Everything up to here from the other proof.
            let mut joined = other.proof[..there.end].to_vec();
            joined.extend(&valid.proof[a.end..]);
            if joined != other.proof {
                tally.refused(valid, &joined, "two proofs joined", a.name, Refusal::Either);
            }
        }
    }
    // All of one query moved to another place, in every batch and round.
    let queries = valid.parameters.num_queries;
    for (one, two) in (1..queries).map(|q| (q - 1, q)) {
        let mut swapped = valid.proof.clone();
        for r in regions.iter().filter(|r| r.queried) {
            for i in 0..r.item {
                swapped.swap(r.start + one * r.item + i, r.start + two * r.item + i);
            }
        }
        tally.refused(
            valid,
            &swapped,
            "a query moved",
            "all openings",
            Refusal::Invalid,
        );
    }
    // Digests of a tree in another order.
    for r in regions
        .iter()
        .filter(|r| r.kind == Kind::Digests && r.items() > 1)
    {
        let mut reversed = valid.proof.clone();
        for i in 0..r.items() {
            let from = r.end - (i + 1) * 32;
            reversed[r.start + i * 32..r.start + (i + 1) * 32]
                .copy_from_slice(&valid.proof[from..from + 32]);
        }
        tally.refused(
            valid,
            &reversed,
            "digests reversed",
            r.name,
            Refusal::Invalid,
        );
    }
}

#[test]
fn no_structured_change_of_a_proof_is_accepted() {
    let mut mix = Mix(41);
    let mut tally = Tally::default();
    let mut cases = vec![Case::sample()];
    while cases.len() < 3 {
        let case = Case::random(&mut mix);
        if case.metrics.len() == [4, 8][cases.len() - 1] && case.outputs().is_some() {
            cases.push(case);
        }
    }
    for parameters in [&SHIPPED, &WEAK] {
        let valid = Valid::of(&cases[0], parameters);
        // The same statement proved again, and other statements of the same and of other sizes.
        let others = [
            Valid::of(&cases[0], parameters),
            Valid::of(&cases[1], parameters),
            Valid::of(&cases[2], parameters),
        ];
        for &region in &valid.regions {
            change_region(&valid, region, &mut tally, &mut mix);
        }
        exchange(&valid, &others, &mut tally);
        for extra in [1, 3, 4, 16, 32, 40_000] {
            let longer = [valid.proof.as_slice(), &vec![0; extra]].concat();
            tally.refused(&valid, &longer, "bytes behind the end", "", Refusal::Layout);
        }
        let twice = [valid.proof.as_slice(), &valid.proof].concat();
        tally.refused(&valid, &twice, "the proof twice", "", Refusal::Layout);
    }
    println!("{} changed proofs refused: {:#?}", tally.total(), tally.0);
    assert!(tally.total() >= 2_000, "{}", tally.total());
}

/// Where the fields of a statement lie that no rule reads: name and first byte.
const UNREAD: [(&str, usize); 7] = [
    ("chain id", 24),
    ("gate", 56),
    ("account", 88),
    ("nonce", 120),
    ("expiry", 128),
    ("block number", 136),
    ("snapshot digest", 144),
];

/// A proof is worth nothing for a statement with the same public values and another nonce, account, gate, …
#[test]
fn no_proof_is_replayed() {
    let mut mix = Mix(42);
    let mut replayed = 0;
    for _ in 0..6 {
        let case = loop {
            let case = Case::random(&mut mix);
            if case.outputs().is_some() {
                break case;
            }
        };
        let valid = Valid::of(&case, &SHIPPED);
        let parsed = Statement::parse(&valid.statement).unwrap();
        for (name, at) in UNREAD {
            for delta in [1, 2, 0x80] {
                let mut other = valid.statement.clone();
                other[at] ^= delta;
                let again = Statement::parse(&other).unwrap();
                let mut same = again.clone();
                same.digest = parsed.digest;
                assert_eq!(same, parsed, "{name}: the public values are the same");
                assert!(
                    matches!(
                        verify(&other, &valid.proof, &SHIPPED),
                        Err(Rejected::Invalid(_))
                    ),
                    "{name}"
                );
                replayed += 1;
            }
            // The other statement has a proof of its own, which is worth nothing here.
            let mut other = valid.statement.clone();
            other[at] ^= 1;
            let proof = proof_of(&other, &case, &SHIPPED);
            assert_eq!(verify(&other, &proof, &SHIPPED), Ok(()));
            assert!(matches!(
                verify(&valid.statement, &proof, &SHIPPED),
                Err(Rejected::Invalid(_))
            ));
            replayed += 1;
        }
    }
    assert_eq!(replayed, 6 * 7 * 4);
}

/// Every word of a statement set to edges of its range and beyond: refused as a statement, or as one without proof.
#[test]
fn no_structured_change_of_a_statement_is_accepted() {
    let mut mix = Mix(43);
    let (mut malformed, mut unproved) = (0, 0);
    for n in [1, 2, 8] {
        let case = loop {
            let case = Case::random(&mut mix);
            if case.metrics.len() == n && case.outputs().is_some() {
                break case;
            }
        };
        let valid = Valid::of(&case, &SHIPPED);
        let words = valid.statement.len() / 4;
        for word in 0..words {
            let old = word_at(&valid.statement, 4 * word);
            for other in [
                old.wrapping_add(1),
                old.wrapping_sub(1),
                old.wrapping_add(MODULUS),
                0,
                u32::MAX,
                1 << 31,
            ] {
                if other == old {
                    continue;
                }
                let changed = with_word(&valid.statement, 4 * word, other);
                let parsed = Statement::parse(&changed);
                match verify(&changed, &valid.proof, &SHIPPED) {
                    Err(Rejected::Statement(error)) => {
                        assert_eq!(parsed, Err(error));
                        malformed += 1;
                    }
                    Err(Rejected::Invalid(_)) => {
                        assert!(parsed.is_ok());
                        unproved += 1;
                    }
                    result => panic!("word {word}: {result:?}"),
                }
            }
        }
        // Pools left out, repeated and exchanged.
        let first = 176 + 4 + 32 + 300 + 32 + 4;
        let pool = |i: usize| first + 72 * i..first + 72 * (i + 1);
        for i in 0..n {
            let mut less = valid.statement.clone();
            less.drain(pool(i));
            let counted = with_word(&less, first - 4, n as u32 - 1);
            let mut twice = valid.statement.clone();
            twice.splice(
                pool(i).start..pool(i).start,
                valid.statement[pool(i)].to_vec(),
            );
            let again = with_word(&twice, first - 4, n as u32 + 1);
            for changed in [&less, &counted, &twice, &again] {
                let result = verify(changed, &valid.proof, &SHIPPED);
                assert!(!matches!(result, Ok(()) | Err(Rejected::Layout(_))));
                malformed += 1;
            }
            let j = (i + 1) % n;
            if i != j {
                let mut swapped = valid.statement.clone();
                for k in 0..72 {
                    swapped.swap(pool(i).start + k, pool(j).start + k);
                }
                let result = verify(&swapped, &valid.proof, &SHIPPED);
                assert!(matches!(result, Err(Rejected::Invalid(_))), "{result:?}");
                unproved += 1;
            }
        }
    }
    println!("{malformed} malformed statements, {unproved} without a proof");
    assert!(malformed > 500 && unproved > 500);
}
