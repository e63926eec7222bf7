//! Section 1: the statement, parsed strictly.

use crate::blake::{Digest, hash};
use crate::layout::{Reader, read_words, unpack_bytes};

#[derive(Copy, Drop, Serde, Debug, PartialEq)]
pub struct Pool {
    pub id: felt252,
    pub utilisation_bps: u32,
    pub volatility_bps: u32,
    pub liquidity_tier: u32,
    pub audit_score: u32,
    pub age_days: u32,
    pub apy_bps: u32,
    pub score: u32,
    pub model_class: u32,
    pub flag: u32,
    pub allocation_bps: u32,
}

/// What a proof says, without the model's weights (their digest is here). Strings of 32 bytes are
/// integers, little-endian.
#[derive(Copy, Drop, Serde, Debug, PartialEq)]
pub struct Statement {
    pub chain_id: felt252,
    pub gate: felt252,
    pub account: felt252,
    pub nonce: u64,
    pub expiry: u64,
    pub block_number: u64,
    pub snapshot_digest: u256,
    pub rule_id: u32,
    pub model_digest: u256,
    pub commitment: u256,
    pub pools: Span<Pool>,
    pub decision: u32,
    pub idle_bps: u32,
    /// The statement digest.
    pub digest: u256,
}

/// A statement with what the verifier needs besides.
#[derive(Copy, Drop)]
pub struct Parsed {
    pub statement: Statement,
    /// The 75 weights, negative ones as negative integers: `W1`, `b1`, `W2`, `b2`.
    pub weights: Span<felt252>,
    /// The eight limbs of the commitment.
    pub commitment: Span<u32>,
    /// Eight words with their two top bits cleared.
    pub pools_digest: Span<u32>,
    pub digest: Digest,
}

const COUNT_AT: u32 = 136; // the word that holds the number of pools
const MAX_POOLS: u32 = 8;
const FULL: u32 = 10000;
const P: u32 = 0x7f000001;

#[generate_trait]
impl WordsImpl of WordsTrait {
    fn next(ref self: Span<u32>) -> u32 {
        *self.pop_front().expect('statement: it is cut short')
    }

    fn next_u64(ref self: Span<u32>) -> u64 {
        let low: u64 = self.next().into();
        low + 0x100000000 * self.next().into()
    }

    fn next_u128(ref self: Span<u32>) -> u128 {
        let low: u128 = self.next_u64().into();
        low + 0x10000000000000000 * self.next_u64().into()
    }

    fn next_u256(ref self: Span<u32>) -> u256 {
        let low = self.next_u128();
        u256 { low, high: self.next_u128() }
    }

    fn next_felt(ref self: Span<u32>) -> felt252 {
        self.next_u256().try_into().expect('statement: felt out of range')
    }

    /// Below 2^63.
    fn next_counter(ref self: Span<u32>) -> u64 {
        let counter = self.next_u64();
        assert(counter < 0x8000000000000000, 'statement: counter out of range');
        counter
    }

    fn next_at_most(ref self: Span<u32>, most: u32, reason: felt252) -> u32 {
        let number = self.next();
        if number > most {
            core::panic_with_felt252(reason);
        }
        number
    }

    /// The next `count` words.
    fn next_words(ref self: Span<u32>, count: u32) -> Span<u32> {
        let result = self.slice(0, count);
        self = self.slice(count, self.len() - count);
        result
    }

    /// A signed integer (two's complement) of absolute value at most `bound`, below 2^30.
    fn next_weight(ref self: Span<u32>, bound: felt252) -> felt252 {
        let word = self.next();
        let mut weight: felt252 = word.into();
        if word >= 0x80000000 {
            weight -= 0x100000000;
        }
        let shifted: u32 = (weight + bound).try_into().expect('statement: weight out of range');
        let twice: u32 = (2 * bound).try_into().unwrap();
        assert(shifted <= twice, 'statement: weight out of range');
        weight
    }
}

/// The words of a digest, as an integer.
pub fn digest_number(digest: Digest) -> u256 {
    let mut words = digest.unbox().span();
    words.next_u256()
}

/// Takes the statement off the front of the calldata.
pub fn read_statement(ref reader: Reader) -> Parsed {
    // The number of pools tells how long the statement is.
    let at = reader.rest.get(COUNT_AT / 7).expect('layout: it is cut short').unbox();
    let [_, _, _, count, _, _, _] = unpack_bytes(*at); // 136 = 7 * 19 + 3
    assert(count != 0 && count <= MAX_POOLS, 'statement: number of pools');
    parse_statement(read_words(ref reader, 139 + 18 * count))
}

fn parse_statement(raw: Span<u32>) -> Parsed {
    let mut words = raw;
    // "OBSQRA/STMT/1" 00 00 00, version 1, parameter set 1.
    assert(words.next() == 0x5153424f, 'statement: it is none');
    assert(words.next() == 0x532f4152, 'statement: it is none');
    assert(words.next() == 0x2f544d54, 'statement: it is none');
    assert(words.next() == 0x31, 'statement: it is none');
    assert(words.next() == 1, 'statement: unknown version');
    assert(words.next() == 1, 'statement: unknown parameters');
    let chain_id = words.next_felt();
    let gate = words.next_felt();
    let account = words.next_felt();
    let nonce = words.next_counter();
    let expiry = words.next_counter();
    let block_number = words.next_counter();
    let snapshot_digest = words.next_u256();
    let rule_id = words.next();
    assert(rule_id == 1 || rule_id == 2, 'statement: unknown rule');
    let model_digest = words.next_u256();

    // "OBSQRA/MODEL/1" 00 00 and the weights.
    let mut model = array![0x5153424f, 0x4d2f4152, 0x4c45444f, 0x312f];
    model.append_span(words.slice(0, 75));
    assert(digest_number(hash(model)) == model_digest, 'statement: model digest');
    let mut weights = array![];
    for _ in 0..8_u32 {
        weights.append(words.next_weight(63));
        weights.append(words.next_weight(63));
        weights.append(words.next_weight(65535));
        weights.append(words.next_weight(4095));
        weights.append(words.next_weight(31));
    }
    for _ in 0..8_u32 {
        weights.append(words.next_weight(0x100000));
    }
    for _ in 0..24_u32 {
        weights.append(words.next_weight(15));
    }
    for _ in 0..3_u32 {
        weights.append(words.next_weight(0x800000));
    }

    let commitment = words.next_words(8);
    for limb in commitment {
        assert(*limb < P, 'statement: commitment');
    }
    let mut limbs = commitment;
    let commitment_number = limbs.next_u256();
    let count = words.next_at_most(MAX_POOLS, 'statement: number of pools');

    // "OBSQRA/POOLS/1" 00 00, the number of pools and their ids.
    let mut ids = array![0x5153424f, 0x502f4152, 0x534c4f4f, 0x312f, count];
    let mut pools: Array<Pool> = array![];
    let mut total = 0;
    for _ in 0..count {
        ids.append_span(words.slice(0, 8));
        let id = words.next_felt();
        for other in pools.span() {
            assert(*other.id != id, 'statement: a pool comes twice');
        }
        let pool = Pool {
            id,
            utilisation_bps: words.next_at_most(10000, 'statement: metric out of range'),
            volatility_bps: words.next_at_most(10000, 'statement: metric out of range'),
            liquidity_tier: words.next_at_most(3, 'statement: metric out of range'),
            audit_score: words.next_at_most(100, 'statement: metric out of range'),
            age_days: words.next_at_most(30000, 'statement: metric out of range'),
            apy_bps: words.next_at_most(20000, 'statement: metric out of range'),
            score: words.next_at_most(100, 'statement: score out of range'),
            model_class: words.next_at_most(2, 'statement: class out of range'),
            flag: words.next_at_most(1, 'statement: flag and class'),
            allocation_bps: words.next_at_most(FULL, 'statement: allocation'),
        };
        assert((pool.flag == 1) == (pool.model_class == 2), 'statement: flag and class');
        total += pool.allocation_bps;
        pools.append(pool);
    }
    let decision = words.next_at_most(1, 'statement: decision');
    let idle_bps = words.next_at_most(FULL, 'statement: idle share');
    assert(total + idle_bps == FULL, 'statement: sum of allocations');
    assert(words.is_empty(), 'statement: bytes follow its end');

    let mut pools_digest = array![];
    for word in hash(ids).unbox().span() {
        let (_, low) = DivRem::div_rem(*word, 0x40000000);
        pools_digest.append(low);
    }
    let mut copy = array![];
    copy.append_span(raw);
    let digest = hash(copy);
    Parsed {
        statement: Statement {
            chain_id,
            gate,
            account,
            nonce,
            expiry,
            block_number,
            snapshot_digest,
            rule_id,
            model_digest,
            commitment: commitment_number,
            pools: pools.span(),
            decision,
            idle_bps,
            digest: digest_number(digest),
        },
        weights: weights.span(),
        commitment,
        pools_digest: pools_digest.span(),
        digest,
    }
}
