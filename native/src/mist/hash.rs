//! Poseidon2 over the BN254 scalar field, as gnark-crypto 0.19 `ecc/bn254/fr/poseidon2` has it (d = 5, 6 full and
//! 50 partial rounds), and the two hashes that MIST makes of its permutations.
//!
//! Round keys: Keccak-256 of the parameter string, again and again, each output taken as a big-endian number. Two and
//! three elements are compressed with feed-forward, from different lanes.

use std::sync::LazyLock;

use ark_bn254::Fr;
use ark_ff::{AdditiveGroup, Field, PrimeField, Zero};
use sha3::{Digest, Keccak256};

const FULL: usize = 6;
const PARTIAL: usize = 50;

/// The permutation on `T` elements; `T` is 2 or 3.
pub struct Poseidon2<const T: usize> {
    full: [[Fr; T]; FULL],
    partial: [Fr; PARTIAL],
}

static TWO: LazyLock<Poseidon2<2>> = LazyLock::new(Poseidon2::new);
static THREE: LazyLock<Poseidon2<3>> = LazyLock::new(Poseidon2::new);

fn fifth_power(x: Fr) -> Fr {
    x.square().square() * x
}

impl<const T: usize> Poseidon2<T> {
    fn new() -> Self {
        let seed = format!("Poseidon2-BN254[t={T},rF={FULL},rP={PARTIAL},d=5]");
        let mut digest = Keccak256::digest(seed.as_bytes());
        let mut key = || {
            digest = Keccak256::digest(digest);
            Fr::from_be_bytes_mod_order(&digest)
        };
        let mut full = [[Fr::zero(); T]; FULL];
        let mut partial = [Fr::zero(); PARTIAL];
        full[..FULL / 2]
            .iter_mut()
            .flatten()
            .for_each(|k| *k = key());
        partial.iter_mut().for_each(|k| *k = key());
        full[FULL / 2..]
            .iter_mut()
            .flatten()
            .for_each(|k| *k = key());
        Self { full, partial }
    }

    /// Add the sum of all to each: circ(2, 1) or circ(2, 1, 1).
    fn external(state: &mut [Fr; T]) {
        let sum: Fr = state.iter().sum();
        state.iter_mut().for_each(|x| *x += sum);
    }

    /// As `external`, but the last element counts once more.
    fn internal(state: &mut [Fr; T]) {
        let sum: Fr = state.iter().sum();
        state[T - 1] = state[T - 1].double();
        state.iter_mut().for_each(|x| *x += sum);
    }

    fn full_rounds(state: &mut [Fr; T], keys: &[[Fr; T]]) {
        for round in keys {
            for (x, key) in state.iter_mut().zip(round) {
                *x = fifth_power(*x + key);
            }
            Self::external(state);
        }
    }

    fn permute(&self, state: &mut [Fr; T]) {
        Self::external(state);
        Self::full_rounds(state, &self.full[..FULL / 2]);
        for key in &self.partial {
            state[0] = fifth_power(state[0] + key);
            Self::internal(state);
        }
        Self::full_rounds(state, &self.full[FULL / 2..]);
    }
}

/// MIST's hash of two elements.
#[must_use]
pub fn hash2(a: Fr, b: Fr) -> Fr {
    let mut state = [a, b];
    TWO.permute(&mut state);
    state[1] + b
}

/// MIST's hash of three elements.
#[must_use]
pub fn hash3(a: Fr, b: Fr, c: Fr) -> Fr {
    let mut state = [a, b, c];
    THREE.permute(&mut state);
    state[0] + a
}

/// The first round key of each permutation, for the test against published ones.
#[must_use]
pub fn first_keys() -> (Fr, Fr) {
    (TWO.full[0][0], THREE.full[0][0])
}
