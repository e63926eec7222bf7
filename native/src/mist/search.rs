//! Finding leaves by trying: which secrets and values of a list make a leaf that is there.

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

/// Every (secret, value, leaf) with hash3(secret, token, amount) = leaf, ordered; of equal leaves the first.
pub fn find(secrets: &[Fr], values: &[Value], leaves: &[Fr]) -> Result<Vec<Found>, TooMany> {
    let tries = secrets.len().checked_mul(values.len());
    let tries = tries.filter(|tries| *tries <= MAX_TRIES).ok_or(TooMany)?;
    let mut places = HashMap::with_capacity(leaves.len());
    for (place, leaf) in leaves.iter().enumerate() {
        places.entry(*leaf).or_insert(place);
    }
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get().min(THREADS));
    let share = tries.div_ceil(threads).max(1);
    let search = |from: usize, to: usize| {
        (from..to).filter_map(|at| {
            let (secret, value) = (at / values.len(), at % values.len());
            let (token, amount) = values[value];
            let place = places.get(&hash3(secrets[secret], token, amount))?;
            Some((secret, value, *place))
        })
    };
    let parts = (0..tries)
        .step_by(share)
        .map(|from| (from, tries.min(from + share)));
    Ok(std::thread::scope(|scope| {
        let search = &search;
        let running: Vec<_> = parts
            .map(|(from, to)| scope.spawn(move || search(from, to).collect::<Vec<_>>()))
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
