//! Section 9, in the packing of docs/on-chain-verifier.md: takes calldata apart, strictly.

#[feature("bounded-int-utils")]
use core::internal::bounded_int::{BoundedInt, DivRemHelper, UnitInt, div_rem, downcast, upcast};
use crate::blake::Digest;

/// A u32 word that is known to be below p needs no check of its own: it is a remainder modulo p.
type Word = BoundedInt<0, 0x7f000000>;
type PInt = UnitInt<0x7f000001>;
const P_INT: NonZero<PInt> = 0x7f000001;
type P1 = BoundedInt<0, 0x20408101c305080c931c28374>; // (2^128 - 1) div p
type P2 = BoundedInt<0, 0x410308132a58b1557>;
type P3 = BoundedInt<0, 0x830c28763>;
impl DivP0 of DivRemHelper<u128, PInt> {
    type DivT = P1;
    type RemT = Word;
}
impl DivP1 of DivRemHelper<P1, PInt> {
    type DivT = P2;
    type RemT = Word;
}
impl DivP2 of DivRemHelper<P2, PInt> {
    type DivT = P3;
    type RemT = Word;
}

type BInt = UnitInt<0x100000000>;
const B_INT: NonZero<BInt> = 0x100000000;
type U32 = BoundedInt<0, 0xffffffff>;
type B1 = BoundedInt<0, 0xffffffffffffffffffffffff>;
type B2 = BoundedInt<0, 0xffffffffffffffff>;
impl DivB0 of DivRemHelper<u128, BInt> {
    type DivT = B1;
    type RemT = U32;
}
impl DivB1 of DivRemHelper<B1, BInt> {
    type DivT = B2;
    type RemT = U32;
}
impl DivB2 of DivRemHelper<B2, BInt> {
    type DivT = U32;
    type RemT = U32;
}

/// The seven field words of a felt: each is below p, and only one felt has these seven.
#[inline(always)]
pub fn unpack_field(felt: felt252) -> [u32; 7] {
    let u256 { low, high } = felt.into();
    let (low, w0) = div_rem(low, P_INT);
    let (low, w1) = div_rem(low, P_INT);
    let (low, w2) = div_rem(low, P_INT);
    let w3: Word = downcast(low).expect('layout: a word is not below p');
    let (high, w4) = div_rem(high, P_INT);
    let (high, w5) = div_rem(high, P_INT);
    let w6: Word = downcast(high).expect('layout: a word is not below p');
    [upcast(w0), upcast(w1), upcast(w2), upcast(w3), upcast(w4), upcast(w5), upcast(w6)]
}

/// The seven words of 28 bytes.
#[inline(always)]
pub fn unpack_bytes(felt: felt252) -> [u32; 7] {
    let u256 { low, high } = felt.into();
    let (low, w0) = div_rem(low, B_INT);
    let (low, w1) = div_rem(low, B_INT);
    let (w3, w2) = div_rem(low, B_INT);
    let (high, w4) = div_rem(high, B_INT);
    let (high, w5) = div_rem(high, B_INT);
    let w6: u32 = downcast(high).expect('layout: more than 28 bytes');
    [upcast(w0), upcast(w1), upcast(w2), upcast(w3), upcast(w4), upcast(w5), w6]
}

/// The calldata that is still to be read.
#[derive(Copy, Drop)]
pub struct Reader {
    pub rest: Span<felt252>,
}

#[generate_trait]
pub impl ReaderImpl of ReaderTrait {
    fn take(ref self: Reader, felts: u32) -> Span<felt252> {
        assert(felts <= self.rest.len(), 'layout: it is cut short');
        let result = self.rest.slice(0, felts);
        self.rest = self.rest.slice(felts, self.rest.len() - felts);
        result
    }

    fn end(self: Reader) {
        assert(self.rest.is_empty(), 'layout: felts follow its end');
    }
}

/// The first `count` of the unpacked words; the others must be 0, as packing leaves them.
pub fn without_padding(words: Span<u32>, count: u32) -> Span<u32> {
    let mut padding = words.slice(count, words.len() - count);
    while let Some(word) = padding.pop_front() {
        assert(*word == 0, 'layout: padding is not 0');
    }
    words.slice(0, count)
}

/// A record of `count` field words.
pub fn read_field_words(ref reader: Reader, count: u32) -> Span<u32> {
    let mut felts = reader.take((count + 6) / 7);
    let mut words = array![];
    while let Some(felt) = felts.pop_front() {
        let [w0, w1, w2, w3, w4, w5, w6] = unpack_field(*felt);
        words.append(w0);
        words.append(w1);
        words.append(w2);
        words.append(w3);
        words.append(w4);
        words.append(w5);
        words.append(w6);
    }
    without_padding(words.span(), count)
}

/// Unpacks all bytes of a record.
pub fn unpack_all_bytes(mut felts: Span<felt252>) -> Span<u32> {
    let mut words = array![];
    while let Some(felt) = felts.pop_front() {
        let [w0, w1, w2, w3, w4, w5, w6] = unpack_bytes(*felt);
        words.append(w0);
        words.append(w1);
        words.append(w2);
        words.append(w3);
        words.append(w4);
        words.append(w5);
        words.append(w6);
    }
    words.span()
}

/// A record of `4 * count` bytes, as words.
pub fn read_words(ref reader: Reader, count: u32) -> Span<u32> {
    without_padding(unpack_all_bytes(reader.take((count + 6) / 7)), count)
}

/// Digests out of words.
pub fn digests_of(mut words: Span<u32>) -> Array<Digest> {
    let mut result = array![];
    while let Some(digest) = words.multi_pop_front::<8>() {
        result.append(BoxTrait::new((*digest).unbox()));
    }
    result
}

/// The digests of a multiproof: a count that is at most `most`, then as many digests.
pub fn read_digests(ref reader: Reader, most: u32) -> Span<Digest> {
    let [count] = (*reader.take(1).try_into().unwrap()).unbox();
    let count: u32 = count.try_into().expect('layout: too many digests');
    assert(count <= most, 'layout: too many digests');
    digests_of(read_words(ref reader, 8 * count)).span()
}
