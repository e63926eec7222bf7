//! Section 7: the transcript. It only ever takes whole words, so its buffers hold words, not bytes.

use crate::blake::{Digest, hash};
use crate::field::Ext;

const P: u32 = 0x7f000001;

#[derive(Drop)]
pub struct Transcript {
    input: Array<u32>,
    /// What is left of the output; the last word goes first, its last byte is the least significant.
    output: Span<u32>,
}

/// The bytes of a word in the other order.
fn reverse_bytes(word: u32) -> u32 {
    let (rest, b0) = DivRem::div_rem(word, 0x100);
    let (rest, b1) = DivRem::div_rem(rest, 0x100);
    let (b3, b2) = DivRem::div_rem(rest, 0x100);
    b3 + 0x100 * b2 + 0x10000 * b1 + 0x1000000 * b0
}

#[generate_trait]
pub impl TranscriptImpl of TranscriptTrait {
    /// `OBSQRA/STARK/1` 00 00 and the statement digest.
    fn new(statement_digest: Digest) -> Transcript {
        let mut input = array![0x5153424f, 0x532f4152, 0x4b524154, 0x312f];
        input.append_span(statement_digest.unbox().span());
        Transcript { input, output: array![].span() }
    }

    fn absorb(ref self: Transcript, words: Span<u32>) {
        self.output = array![].span();
        self.input.append_span(words);
    }

    fn absorb_digest(ref self: Transcript, digest: Digest) {
        self.absorb(digest.unbox().span());
    }

    /// Hashes the input, where the output is empty.
    fn refill(ref self: Transcript) {
        if self.output.is_empty() {
            let Transcript { input, output: _ } = self;
            let digest = hash(input).unbox().span();
            let mut input = array![];
            input.append_span(digest);
            self = Transcript { input, output: digest };
        }
    }

    /// Four squeezed bytes, the first is the least significant.
    fn word(ref self: Transcript) -> u32 {
        self.refill();
        reverse_bytes(*self.output.pop_back().unwrap())
    }

    /// Squeezes one byte and drops it. What is left of its word is never used: every call of this is followed by an
    /// `absorb`, which clears the output.
    fn drop_byte(ref self: Transcript) {
        self.refill();
        self.output = array![].span();
    }

    fn element(ref self: Transcript) -> felt252 {
        loop {
            let (_, word) = DivRem::div_rem(self.word(), 0x80000000);
            if word < P {
                break word.into();
            }
        }
    }

    fn ext(ref self: Transcript) -> Ext {
        let c0 = self.element();
        let c1 = self.element();
        let c2 = self.element();
        let c3 = self.element();
        Ext { c0, c1, c2, c3 }
    }

    /// The low bits of a word: `bits = 2^k`.
    fn bits(ref self: Transcript, bits: NonZero<u32>) -> u32 {
        let (_, low) = DivRem::div_rem(self.word(), bits);
        low
    }
}
