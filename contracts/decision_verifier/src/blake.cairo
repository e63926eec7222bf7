//! `H`: Blake2s-256 (RFC 7693), unkeyed, 32-byte digest, over little-endian u32 words.

use core::blake::{blake2s_compress, blake2s_finalize};

pub type Digest = Box<[u32; 8]>;

/// The initial state: the IV, its first word xored with the parameters (digest length 32, no key, fanout and depth 1).
fn initial() -> Digest {
    BoxTrait::new(
        [
            0x6B08E647, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB,
            0x5BE0CD19,
        ],
    )
}

/// `H` of `4 * words.len()` bytes, at least one word.
pub fn hash(mut words: Array<u32>) -> Digest {
    let bytes = 4 * words.len();
    assert(bytes != 0, 'blake: nothing to hash');
    let (_, over) = DivRem::div_rem(words.len(), 16);
    if over != 0 {
        for _ in over..16 {
            words.append(0);
        }
    }
    hash_blocks(words.span(), bytes)
}

/// `H` of the first `bytes` bytes of whole blocks of 16 words; words behind them must be 0, and no block
/// may be wholly behind them.
pub fn hash_blocks(mut words: Span<u32>, bytes: u32) -> Digest {
    let mut state = initial();
    let mut count = 64;
    loop {
        let block = (*words.multi_pop_front::<16>().expect('blake: no whole block'));
        if words.is_empty() {
            break blake2s_finalize(state, bytes, BoxTrait::new(block.unbox()));
        }
        state = blake2s_compress(state, count, BoxTrait::new(block.unbox()));
        count += 64;
    }
}

/// `H(left ‖ right)`.
pub fn hash_pair(left: Digest, right: Digest) -> Digest {
    let [l0, l1, l2, l3, l4, l5, l6, l7] = left.unbox();
    let [r0, r1, r2, r3, r4, r5, r6, r7] = right.unbox();
    let block = BoxTrait::new([l0, l1, l2, l3, l4, l5, l6, l7, r0, r1, r2, r3, r4, r5, r6, r7]);
    blake2s_finalize(initial(), 64, block)
}

pub fn same_digest(a: Digest, b: Digest) -> bool {
    a.unbox() == b.unbox()
}
