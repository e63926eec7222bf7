//! Blake2s-256 (RFC 7693) as a Plonky3 hasher, for the Merkle trees and the transcript.

use blake2::{Blake2s256, Digest};
use p3_symmetric::CryptographicHasher;

#[derive(Clone, Copy, Debug)]
pub struct Blake2s;

impl CryptographicHasher<u8, [u8; 32]> for Blake2s {
    fn hash_iter<I>(&self, input: I) -> [u8; 32]
    where
        I: IntoIterator<Item = u8>,
    {
        let mut hasher = Blake2s256::new();
        let mut buffer = [0u8; 256];
        let mut filled = 0;
        for byte in input {
            buffer[filled] = byte;
            filled += 1;
            if filled == buffer.len() {
                hasher.update(buffer);
                filled = 0;
            }
        }
        hasher.update(&buffer[..filled]);
        hasher.finalize().into()
    }

    fn hash_iter_slices<'a, I>(&self, input: I) -> [u8; 32]
    where
        I: IntoIterator<Item = &'a [u8]>,
    {
        let mut hasher = Blake2s256::new();
        for slice in input {
            hasher.update(slice);
        }
        hasher.finalize().into()
    }
}
