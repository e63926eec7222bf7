//! What the targets share: the valid statements and proofs, structure-aware changes, and a quiet panic hook.

#[allow(clippy::should_implement_trait, reason = "made for tests")]
#[path = "../../tests/common/mod.rs"]
pub mod common;
#[path = "../../tests/common/layout.rs"]
pub mod layout;

use std::collections::HashSet;
use std::sync::{LazyLock, Mutex};

use layout::{Kind, Region, layout};
use obsqra_native::config::{Parameters, Randomness, SHIPPED};
use obsqra_native::phases::unwatched;
use obsqra_native::prover::prove;
use obsqra_native::statement::MODULUS;
use rand::SeedableRng;
use rand::rngs::StdRng;

/// Two queries and no grinding: changes before the queries get as far as the openings.
pub const WEAK: Parameters = Parameters {
    log_blowup: 2,
    num_queries: 2,
    query_pow_bits: 0,
    ..SHIPPED
};

/// A valid proof with its statement.
pub struct Valid {
    pub statement: Vec<u8>,
    pub proof: Vec<u8>,
    pub parameters: Parameters,
    pub regions: Vec<Region>,
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2)
        .map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).expect("hexadecimal"))
        .collect()
}

/// The generators of a proof that is the same at every start.
#[must_use]
pub fn seeded(seed: u64) -> Randomness {
    Randomness {
        salts: StdRng::seed_from_u64(seed),
        masks: StdRng::seed_from_u64(seed + 1),
    }
}

/// The shared vectors, then two proofs under the weak parameters.
pub static VALID: LazyLock<Vec<Valid>> = LazyLock::new(|| {
    let vectors: serde_json::Value =
        serde_json::from_str(include_str!("../../../tests/vectors/proofs.json")).expect("vectors");
    let text = |vector: &serde_json::Value, key: &str| unhex(vector[key].as_str().expect("text"));
    let mut pairs: Vec<(Vec<u8>, Vec<u8>, Parameters)> = vectors
        .as_array()
        .expect("a list")
        .iter()
        .map(|vector| (text(vector, "statement"), text(vector, "proof"), SHIPPED))
        .collect();
    let mut mix = common::Mix(3);
    while pairs.len() < 6 {
        let case = common::Case::random(&mut mix);
        let Some(statement) = case.bytes() else {
            continue;
        };
        let opening = case.opening_bytes();
        let proof = prove(&statement, &opening, &WEAK, seeded(5), unwatched()).expect("a proof");
        pairs.push((statement, proof, WEAK));
    }
    pairs
        .into_iter()
        .map(|(statement, proof, parameters)| Valid {
            regions: layout(&proof, &parameters),
            statement,
            proof,
            parameters,
        })
        .collect()
});

/// Panics that the verifier turns into a refusal are told once a place; others still end the process.
pub fn quiet_panics() {
    static SEEN: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            let place = info.location().map(ToString::to_string).unwrap_or_default();
            if SEEN.lock().is_ok_and(|mut seen| seen.insert(place.clone())) {
                eprintln!("PANIC at {place}: {info}");
            }
        }));
    });
}

/// Reads numbers from the fuzzer's bytes; zero behind their end.
pub struct Bytes<'a>(pub &'a [u8]);

impl Bytes<'_> {
    pub fn take<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        let n = N.min(self.0.len());
        out[..n].copy_from_slice(&self.0[..n]);
        self.0 = &self.0[n..];
        out
    }

    pub fn byte(&mut self) -> u8 {
        u8::from_le_bytes(self.take())
    }

    pub fn half(&mut self) -> usize {
        usize::from(u16::from_le_bytes(self.take()))
    }

    pub fn word(&mut self) -> u32 {
        u32::from_le_bytes(self.take())
    }
}

/// One change to a proof: kind, region, place, value. Lengths of regions refer to the unchanged proof.
pub fn change(proof: &mut Vec<u8>, regions: &[Region], data: &mut Bytes<'_>) {
    let kind = data.byte() % 12;
    let region = regions[usize::from(data.byte()) % regions.len()];
    let place = data.half();
    let value = data.word();
    let (start, end) = (region.start.min(proof.len()), region.end.min(proof.len()));
    if start == end {
        return;
    }
    let word = |proof: &[u8]| {
        let at = start + 4 * (place % ((end - start) / 4).max(1));
        (at + 4 <= proof.len()).then_some(at)
    };
    match kind {
        0 => proof[start + place % (end - start)] ^= (value as u8).max(1),
        1 | 2 => {
            if let Some(at) = word(proof) {
                proof[at..at + 4].copy_from_slice(&value.to_le_bytes());
            }
        }
        3 => {
            // The same number, not canonical.
            if let Some(at) = word(proof) {
                let old = u32::from_le_bytes(proof[at..at + 4].try_into().expect("four bytes"));
                proof[at..at + 4].copy_from_slice(&old.wrapping_add(MODULUS).to_le_bytes());
            }
        }
        4 | 5 => {
            // Two items swapped, or the first over the second.
            let items = region.items();
            let (a, b) = (place % items, value as usize % items);
            for i in 0..region.item {
                let (x, y) = (start + a * region.item + i, start + b * region.item + i);
                if x.max(y) < proof.len() {
                    if kind == 4 {
                        proof.swap(x, y);
                    } else {
                        proof[y] = proof[x];
                    }
                }
            }
        }
        6 => {
            // The region of another proof.
            let other = &VALID[value as usize % VALID.len()];
            let same = other.regions.iter().find(|r| r.name == region.name);
            if let Some(same) = same {
                proof.splice(
                    start..end,
                    other.proof[same.start..same.end].iter().copied(),
                );
            }
        }
        7 => proof.truncate(start + place % (end - start)),
        8 => proof.extend(value.to_le_bytes().iter().cycle().take(place % 600)),
        9 => {
            // An item removed.
            let at = start + region.item * (place % region.items());
            proof.drain(at.min(proof.len())..(at + region.item).min(proof.len()));
        }
        10 => {
            // An item repeated.
            let at = start + region.item * (place % region.items());
            let item = proof[at.min(end)..(at + region.item).min(end)].to_vec();
            proof.splice(at.min(end)..at.min(end), item);
        }
        _ => {
            // A digest count that fits what follows: one digest more or less.
            let counts: Vec<&Region> = regions.iter().filter(|r| r.kind == Kind::Count).collect();
            let count = counts[place % counts.len()];
            if count.end + 32 > proof.len() {
                return;
            }
            let old = u32::from_le_bytes(proof[count.start..count.end].try_into().expect("four"));
            let digest = [value as u8; 32];
            let new = if value & 1 == 0 && old > 0 {
                proof.drain(count.end..count.end + 32);
                old - 1
            } else {
                proof.splice(count.end..count.end, digest);
                old.wrapping_add(1)
            };
            proof[count.start..count.end].copy_from_slice(&new.to_le_bytes());
        }
    }
}
