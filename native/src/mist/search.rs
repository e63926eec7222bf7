//! Finding leaves by trying: which secrets and values make a leaf that is there.

use std::collections::HashMap;

use ark_bn254::Fr;

use super::hash::hash3;

/// Hashes that one call may try: some seconds of work.
pub const MAX_TRIES: usize = 1 << 21;
/// More threads gain nothing on common machines, and the window should stay quick.
const THREADS: usize = 4;

/// What is paid: token and amount.
pub type Value = (Fr, Fr);
/// Places of the secret, the value and the leaf.
pub type Found = (usize, usize, usize);

/// The list is longer than one call may try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more combinations than one call tries")]
pub struct TooMany;

/// Amounts that follow each other: `first`, `first + step`, … as elements of the field.
#[derive(Clone, Copy, Debug)]
pub struct Steps {
    pub first: Fr,
    pub step: Fr,
    pub count: usize,
}

/// Every (secret, value, leaf) with hash3(secret, token, amount) = leaf, ordered; of equal leaves the first.
pub fn find(secrets: &[Fr], values: &[Value], leaves: &[Fr]) -> Result<Vec<Found>, TooMany> {
    tried(secrets.len(), values.len(), leaves, |from, _| {
        let mut at = from;
        move || {
            let (token, amount) = values[at % values.len()];
            let elements = [secrets[at / values.len()], token, amount];
            at += 1;
            elements
        }
    })
}

/// The same for one token and amounts that follow each other; the second place is that among the amounts.
pub fn find_steps(
    secrets: &[Fr],
    token: Fr,
    steps: Steps,
    leaves: &[Fr],
) -> Result<Vec<Found>, TooMany> {
    tried(secrets.len(), steps.count, leaves, |from, count| {
        let (mut at, mut place) = (from / count, from % count);
        let mut amount = steps.first + steps.step * Fr::from(place as u64);
        move || {
            let elements = [secrets[at], token, amount];
            (amount, place) = (amount + steps.step, place + 1);
            if place == count {
                (amount, place, at) = (steps.first, 0, at + 1);
            }
            elements
        }
    })
}

/// Try `secrets` times `values` elements: `walk(from, values)` gives a function that tells them one after the other,
/// beginning with the one at `from`.
fn tried<Next: FnMut() -> [Fr; 3]>(
    secrets: usize,
    values: usize,
    leaves: &[Fr],
    walk: impl Fn(usize, usize) -> Next + Sync,
) -> Result<Vec<Found>, TooMany> {
    let tries = secrets.checked_mul(values);
    let tries = tries.filter(|tries| *tries <= MAX_TRIES).ok_or(TooMany)?;
    let mut places = HashMap::with_capacity(leaves.len());
    for (place, leaf) in leaves.iter().enumerate() {
        places.entry(*leaf).or_insert(place);
    }
    let search = |from: usize, to: usize| {
        let mut next = walk(from, values);
        (from..to)
            .filter_map(|at| {
                let [secret, token, amount] = next();
                let place = places.get(&hash3(secret, token, amount))?;
                Some((at / values, at % values, *place))
            })
            .collect::<Vec<_>>()
    };
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get().min(THREADS));
    let share = tries.div_ceil(threads).max(1);
    let parts = (0..tries)
        .step_by(share)
        .map(|from| (from, tries.min(from + share)));
    Ok(std::thread::scope(|scope| {
        let search = &search;
        let running: Vec<_> = parts
            .map(|(from, to)| scope.spawn(move || search(from, to)))
            .collect();
        running
            .into_iter()
            .flat_map(|part| {
                part.join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    }))
}
