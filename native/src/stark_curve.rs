//! ECDSA on Starknet's curve, by the crate starknet-crypto: bytes in, bytes out.
//!
//! Numbers are 32 bytes, big-endian. Nothing is computed here but ranges: the curve, RFC 6979 and the signature are
//! the crate's. It does not run in constant time, and its big integers are not wiped; what is copied here is.

use std::panic::catch_unwind;

use starknet_crypto::{Felt, SignError, get_public_key, rfc6979_generate_k};
use zeroize::Zeroizing;

pub const NUMBER: usize = 32;
pub const SIGNATURE: usize = 2 * NUMBER;

/// The curve's order, as StarkWare's documentation of the curve has it; below the field's prime.
const ORDER: Felt =
    Felt::from_hex_unchecked("0x800000000000010ffffffffffffffffb781126dcae7b2321e66a241adc64d2f");

/// Seeds that are tried; that the first one fails has a chance below 2^-50, so this end is never reached.
const TRIES: u8 = 16;

/// Why there is no key, or no signature. Says nothing about the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("a number has 32 bytes, a signature 64")]
    Length,
    #[error("a private key is a number from 1 up to the order of the curve")]
    Key,
    #[error("what is signed is a number below 2^251")]
    Message,
    #[error("no k that can be used was found")]
    NoK,
}

/// An element of the field, or nothing if the number is not reduced.
fn reduced(bytes: &[u8; NUMBER]) -> Option<Felt> {
    let value = Felt::from_bytes_be(bytes);
    (value.to_bytes_be() == *bytes).then_some(value)
}

fn number(bytes: &[u8]) -> Result<&[u8; NUMBER], Refused> {
    bytes.try_into().map_err(|_| Refused::Length)
}

fn private(bytes: &[u8]) -> Result<Zeroizing<Felt>, Refused> {
    let key = Zeroizing::new(reduced(number(bytes)?).ok_or(Refused::Key)?);
    (Felt::ZERO < *key && *key < ORDER)
        .then_some(key)
        .ok_or(Refused::Key)
}

/// The x coordinate of the public key.
///
/// # Errors
/// [`Refused::Length`], [`Refused::Key`].
pub fn public_key(key: &[u8]) -> Result<[u8; NUMBER], Refused> {
    Ok(get_public_key(&*private(key)?).to_bytes_be())
}

/// r and s over a hash, with the deterministic k of RFC 6979 without further entropy.
///
/// # Errors
/// [`Refused`].
pub fn sign(key: &[u8], message: &[u8]) -> Result<[u8; SIGNATURE], Refused> {
    sign_with(key, message, rfc6979_generate_k)
}

/// The same with another source of k: for tests. If a k makes no signature, the next one comes with the seed 1, 2, …:
/// as cairo-lang does it (`starkware.crypto.signature.signature.sign`) and starknet-rs after it.
///
/// # Errors
/// [`Refused`].
pub fn sign_with(
    key: &[u8],
    message: &[u8],
    draw: impl Fn(&Felt, &Felt, Option<&Felt>) -> Felt,
) -> Result<[u8; SIGNATURE], Refused> {
    let message = reduced(number(message)?).ok_or(Refused::Message)?;
    let key = private(key)?;
    for seed in 0..TRIES {
        let seed = (seed > 0).then(|| Felt::from(seed));
        let k = Zeroizing::new(draw(&message, &key, seed.as_ref()));
        match starknet_crypto::sign(&key, &message, &k) {
            Ok(made) => {
                let mut bytes = [0; SIGNATURE];
                bytes[..NUMBER].copy_from_slice(&made.r.to_bytes_be());
                bytes[NUMBER..].copy_from_slice(&made.s.to_bytes_be());
                return Ok(bytes);
            }
            Err(SignError::InvalidK) => (),
            Err(SignError::InvalidMessageHash) => return Err(Refused::Message),
        }
    }
    Err(Refused::NoK)
}

/// Whether the key with this x coordinate has signed this hash. Numbers out of range have signed nothing.
///
/// # Errors
/// [`Refused::Length`].
pub fn verify(public: &[u8], message: &[u8], signature: &[u8]) -> Result<bool, Refused> {
    let signature: &[u8; SIGNATURE] = signature.try_into().map_err(|_| Refused::Length)?;
    let (r, s) = signature.split_at(NUMBER);
    let numbers = [number(public)?, number(message)?, number(r)?, number(s)?];
    let [Some(public), Some(message), Some(r), Some(s)] = numbers.map(reduced) else {
        return Ok(false);
    };
    // A public key and a hash that were chosen for it lead to the point at infinity, where the crate panics.
    let good = catch_unwind(|| starknet_crypto::verify(&public, &message, &r, &s));
    Ok(matches!(good, Ok(Ok(true))))
}
