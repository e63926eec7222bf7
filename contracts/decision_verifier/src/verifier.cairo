//! Section 10: the verifier. Row values, claimed values, siblings and the final polynomial stay hashed words, that
//! is, the elements times `2^32`: steps 3 and 4 are linear in them, and step 5 multiplies the other side.

use crate::blake::{Digest, hash_blocks};
use crate::commitments::{Node, check_tree, distinct};
use crate::constants::{
    CHUNK_FACTORS, CHUNK_SHIFTS, EIGHTH, G_3_POWERS, G_6_INVERSE_POWERS, G_6_POWERS, GAMMA,
    POSITIONS, POSITION_INVERSES, SEP_FRI, SEP_PCS, SEP_STARK,
};
use crate::constraints::folded_constraints;
use crate::field::{
    Ext, ExtTrait, FROM_WORD, P, TO_WORD, ZERO, invert_all, mul, mul_ext, powers, square_times, to_u32,
};
use crate::folding::fold;
use crate::layout::{
    Reader, ReaderTrait, digests_of, read_digests, read_field_words, read_words, unpack_field,
    without_padding,
};
use crate::public_values::{PublicValues, hashed_words, public_values};
use crate::selectors::selectors_at;
use crate::statement::{Parsed, read_statement};
use crate::transcript::TranscriptTrait;

pub const QUERIES: u32 = 20;
const COLUMNS: u32 = 68;
const CODEWORDS: u32 = 4;
const CLAIMS: u32 = 216; // (4 + 4) + 2 (68 + 4) + 8 (4 + 4)
const TREE_HEIGHT: u32 = 13;
/// Where the claims of a (batch, point) begin in the order of section 8, and how many there are.
const TRACE_AT: u32 = 8;
const TRACE_NEXT_AT: u32 = 80;
const CHUNKS_AT: u32 = 152;
const WIDEST: u32 = 72;

/// The sizes of a query's leaves, in felts and in words: batches 0, 1, 2, then a folding round.
const LEAF_0_FELTS: u32 = 2;
const LEAF_1_FELTS: u32 = 11;
const LEAF_2_FELTS: u32 = 14;

#[derive(Copy, Drop)]
pub struct Challenges {
    pub alpha: Ext,
    pub zeta: Ext,
    pub batching: Ext,
    pub betas: [Ext; 2],
    pub queries: Span<u32>,
}

/// The records before the queries.
#[derive(Copy, Drop)]
pub struct Head {
    pub trace_root: Digest,
    pub quotient_root: Digest,
    pub random_root: Digest,
    pub round_roots: [Digest; 2],
    pub claims: Span<u32>,
    /// Four extension elements and the grinding witness.
    pub tail: Span<u32>,
}

pub fn read_head(ref reader: Reader) -> Head {
    let roots = digests_of(read_words(ref reader, 40)).span();
    let claims = read_field_words(ref reader, 4 * CLAIMS);
    let tail = read_field_words(ref reader, 17);
    Head {
        trace_root: *roots[0],
        quotient_root: *roots[1],
        random_root: *roots[2],
        round_roots: [*roots[3], *roots[4]],
        claims,
        tail,
    }
}

/// Section 7.
pub fn run_transcript(parsed: @Parsed, publics: @PublicValues, head: @Head) -> Challenges {
    let mut t = TranscriptTrait::new(*parsed.digest);
    t.absorb(SEP_STARK.span());
    t.absorb_digest(*head.trace_root);
    t.absorb(hashed_words(*publics.flat).span());
    let alpha = t.ext();
    t.absorb_digest(*head.quotient_root);
    t.absorb_digest(*head.random_root);
    let zeta = t.ext();
    t.absorb(SEP_PCS.span());
    t.absorb(*head.claims);
    let batching = t.ext();
    t.absorb(SEP_FRI.span());
    let [round_1, round_2] = head.round_roots;
    t.absorb_digest(*round_1);
    let beta_1 = t.ext();
    t.absorb_digest(*round_2);
    let beta_2 = t.ext();
    t.absorb(head.tail.slice(0, 16));
    t.drop_byte();
    t.absorb(head.tail.slice(16, 1));
    assert(t.bits(0x10000) == 0, 'grinding: insufficient');
    let mut queries = array![];
    for _ in 0..QUERIES {
        queries.append(t.bits(0x2000));
    }
    Challenges { alpha, zeta, batching, betas: [beta_1, beta_2], queries: queries.span() }
}

/// Words as extension elements, four each.
pub fn exts(mut words: Span<u32>) -> Span<Ext> {
    let mut result = array![];
    while let Some(four) = words.multi_pop_front::<4>() {
        let [c0, c1, c2, c3] = (*four).unbox();
        result.append(Ext { c0: c0.into(), c1: c1.into(), c2: c2.into(), c3: c3.into() });
    }
    result.span()
}

/// The powers of lambda that belong to the words of a leaf, two felts each: `c0 + 2^128 c1` and `c2 + 2^128 c3`. Salts
/// and padding have weight 0.
fn append_weights(ref weights: Array<felt252>, mut scales: Span<Ext>, zeros: u32) {
    while let Some(scale) = scales.pop_front() {
        weights.append(*scale.c0 + *scale.c1 * 0x100000000000000000000000000000000);
        weights.append(*scale.c2 + *scale.c3 * 0x100000000000000000000000000000000);
    }
    for _ in 0..zeros {
        weights.append(0);
        weights.append(0);
    }
}

/// Unpacks a leaf, and takes the sum of its words with their weights, reduced. Each half of a sum is < 2^(31 + 31 + 7), so
/// the halves do not touch.
fn open_leaf(mut felts: Span<felt252>, mut weights: Span<felt252>, count: u32) -> (Span<u32>, Ext) {
    let mut words = array![];
    let mut sum_01 = 0;
    let mut sum_23 = 0;
    while let Some(felt) = felts.pop_front() {
        let [w0, w1, w2, w3, w4, w5, w6] = unpack_field(*felt);
        let [a0, b0, a1, b1, a2, b2, a3, b3, a4, b4, a5, b5, a6, b6] = (*weights
            .multi_pop_front::<14>()
            .unwrap())
            .unbox();
        sum_01 = sum_01
            + w0.into() * a0
            + w1.into() * a1
            + w2.into() * a2
            + w3.into() * a3
            + w4.into() * a4
            + w5.into() * a5
            + w6.into() * a6;
        sum_23 = sum_23
            + w0.into() * b0
            + w1.into() * b1
            + w2.into() * b2
            + w3.into() * b3
            + w4.into() * b4
            + w5.into() * b5
            + w6.into() * b6;
        words.append(w0);
        words.append(w1);
        words.append(w2);
        words.append(w3);
        words.append(w4);
        words.append(w5);
        words.append(w6);
    }
    for _ in 0..3_u32 {
        words.append(0); // up to a whole block
    }
    let (low, high): (u256, u256) = (sum_01.into(), sum_23.into());
    let sum = Ext {
        c0: low.low.into(), c1: low.high.into(), c2: high.low.into(), c3: high.high.into(),
    };
    let words = words.span();
    without_padding(words, count);
    (words, sum.reduced_small())
}

/// What the queries opened: `ro_i`, the leaves of the batches, and the felts of the folding rounds.
#[derive(Copy, Drop)]
pub struct Opened {
    pub reduced: Span<Ext>,
    pub leaves: [Span<Digest>; 3],
    pub rounds: Span<Span<felt252>>,
    /// `1/y` of round 1 and of round 2, and the point of the end.
    pub points: Span<(felt252, felt252, felt252)>,
}

/// Step 3 without the trees: `ro_i` for every query.
pub fn open_queries(ref reader: Reader, challenges: @Challenges, claims: Span<Ext>) -> Opened {
    let scales = powers(*challenges.batching, WIDEST + 1).span();
    let scale_8 = *scales[8];
    let scale_80 = mul_ext(scale_8, *scales[72]);
    let scale_152 = mul_ext(scale_80, *scales[72]);
    let mut weights_0 = array![];
    append_weights(ref weights_0, scales.slice(0, 8), 6);
    let mut weights_1 = array![];
    append_weights(ref weights_1, scales.slice(0, 72), 5);
    let mut weights_2 = array![];
    for m in 0..8_u32 {
        append_weights(ref weights_2, scales.slice(8 * m, 8), 4);
    }
    append_weights(ref weights_2, scales.slice(0, 0), 2);
    let (weights_0, weights_1, weights_2) = (weights_0.span(), weights_1.span(), weights_2.span());
    let claimed_0 = claimed(claims.slice(0, 8), scales);
    let claimed_1 = claimed(claims.slice(TRACE_AT, 72), scales);
    let claimed_1_next = claimed(claims.slice(TRACE_NEXT_AT, 72), scales);
    let claimed_2 = claimed(claims.slice(CHUNKS_AT, 64), scales);

    // The points, and the inverses of what divides.
    let mut divisors = array![];
    let mut points = array![];
    let zeta = *challenges.zeta;
    let zeta_next = zeta.times(GAMMA).reduced_small();
    for i in *challenges.queries {
        let (x, point) = points_of(*i);
        divisors.append(zeta.plus(P - x).reduced_small());
        divisors.append(zeta_next.plus(P - x).reduced_small());
        points.append(point);
    }
    let mut inverses = invert_all(divisors.span(), 'transcript: zeta is queried');

    let mut reduced = array![];
    let mut rounds = array![];
    let mut leaves_0 = array![];
    let mut leaves_1 = array![];
    let mut leaves_2 = array![];
    for _ in 0..QUERIES {
        let (words, row_0) = open_leaf(reader.take(LEAF_0_FELTS), weights_0, 12);
        leaves_0.append(hash_blocks(words.slice(0, 16), 48));
        let (words, row_1) = open_leaf(reader.take(LEAF_1_FELTS), weights_1, 76);
        leaves_1.append(hash_blocks(words.slice(0, 80), 304));
        let (words, row_2) = open_leaf(reader.take(LEAF_2_FELTS), weights_2, 96);
        leaves_2.append(hash_blocks(words.slice(0, 96), 384));
        rounds.append(reader.take(10));
        // All differences are > -2^31; products of reduced elements < 2^66.
        let at_zeta = claimed_0
            - row_0
            + (claimed_1 - row_1) * scale_8
            + (claimed_2 - row_2) * scale_152;
        let at_next = (claimed_1_next - row_1) * scale_80;
        let inverse = *inverses.pop_front().unwrap();
        let inverse_next = *inverses.pop_front().unwrap();
        reduced.append((at_zeta * inverse + at_next * inverse_next).reduced()); // < 2^103
    }
    Opened {
        reduced: reduced.span(),
        leaves: [leaves_0.span(), leaves_1.span(), leaves_2.span()],
        rounds: rounds.span(),
        points: points.span(),
    }
}

/// `sum_c lambda^c claimed_c`, at most 72 terms: < 2^73. Reduced.
fn claimed(mut values: Span<Ext>, mut scales: Span<Ext>) -> Ext {
    let mut sum = ZERO;
    while let Some(value) = values.pop_front() {
        sum += *value * *scales.pop_front().unwrap();
    }
    sum.reduced_small()
}

/// For a query index `i = 64 j2 + 8 m + n`: `x_i = 3 g_13^bitrev(i, 13)`, and `1/y` of the two folding rounds with the
/// point of the end.
///
/// `bitrev(i, 13) = 2^10 bitrev(n, 3) + 2^7 bitrev(m, 3) + bitrev(j2, 7)`, so `g_13^bitrev(i, 13)` is `g_3^bitrev(n, 3)
/// g_6^bitrev(m, 3) a` with `a = g_13^bitrev(j2, 7)`. Round 1 has `y = g_13^bitrev(i div 8, 10) = g_6^bitrev(m, 3) a`, round 2
/// `y = g_10^bitrev(j2, 7) = a^8`, and the end `g_13^bitrev(j2, 13) = g_13^(64 bitrev(j2, 7)) = a^64`.
fn points_of(i: u32) -> (felt252, (felt252, felt252, felt252)) {
    let (j, n) = DivRem::div_rem(i, 8);
    let (j2, m) = DivRem::div_rem(j, 8);
    let a = *POSITIONS.span()[j2];
    let a_inverse = *POSITION_INVERSES.span()[j2];
    let x = mul(mul(a, *G_6_POWERS.span()[m]), *G_3_POWERS.span()[n]);
    let x = mul(3, x);
    let y_1 = mul(a_inverse, *G_6_INVERSE_POWERS.span()[m]);
    (x, (y_1, square_times(a_inverse, 3), square_times(a, 6)))
}

/// The query numbers in ascending order of their indices, as (index, number).
fn sorted(queries: Span<u32>) -> Span<(u32, u32)> {
    let mut result: Array<(u32, u32)> = array![];
    for number in 0..queries.len() {
        let index = *queries[number];
        let mut longer = array![];
        let mut placed = false;
        for one in result.span() {
            let (other, _) = *one;
            if !placed && index < other {
                longer.append((index, number));
                placed = true;
            }
            longer.append(*one);
        }
        if !placed {
            longer.append((index, number));
        }
        result = longer;
    }
    result.span()
}

/// The leaves of a tree by ascending index, which is the query index divided by `2^k`.
fn nodes(order: Span<(u32, u32)>, divisor: NonZero<u32>, leaves: Span<Digest>) -> Span<Node> {
    let mut result = array![];
    for one in order {
        let (index, number) = *one;
        let (index, _) = DivRem::div_rem(index, divisor);
        result.append(Node { index, digest: *leaves[number] });
    }
    distinct(result.span())
}

/// A folding round of one query: puts `e` at its place among the siblings, and returns the leaf's digest and the folded value.
fn fold_query(
    mut felts: Span<felt252>, place: u32, e: Ext, y_inverse: felt252, beta_powers: Span<Ext>,
) -> (Digest, Ext) {
    let mut reader = Reader { rest: felts };
    let given = read_field_words(ref reader, 32);
    let mut words = array![];
    words.append_span(given.slice(0, 4 * place));
    words.append(to_u32(e.c0));
    words.append(to_u32(e.c1));
    words.append(to_u32(e.c2));
    words.append(to_u32(e.c3));
    words.append_span(given.slice(4 * place, 32 - 4 * place));
    for _ in 0..12_u32 {
        words.append(0);
    }
    let words = words.span();
    let values = exts(words.slice(0, 32));
    let values: [Ext; 8] = (*values.try_into().unwrap()).unbox();
    (hash_blocks(words, 144), fold(values, y_inverse, beta_powers))
}

/// `beta^0 .. beta^7`, each divided by 8.
fn folding_powers(beta: Ext) -> Span<Ext> {
    let mut result = array![];
    for power in powers(beta, 8) {
        result.append(power.times(EIGHTH).reduced_small());
    }
    result.span()
}

/// Step 4 without the trees: the leaves of the two rounds.
pub fn fold_queries(head: @Head, challenges: @Challenges, opened: @Opened) -> [Span<Digest>; 2] {
    let [beta_1, beta_2] = challenges.betas;
    let (betas_1, betas_2) = (folding_powers(*beta_1), folding_powers(*beta_2));
    let final_polynomial = exts(head.tail.slice(0, 16));
    let [f0, f1, f2, f3]: [Ext; 4] = (*final_polynomial.try_into().unwrap()).unbox();
    let mut leaves_1 = array![];
    let mut leaves_2 = array![];
    for number in 0..QUERIES {
        let (y_1, y_2, end) = *opened.points[number];
        let (j, n) = DivRem::div_rem(*challenges.queries[number], 8);
        let (_, m) = DivRem::div_rem(j, 8);
        let felts = *opened.rounds[number];
        let (leaf, e) = fold_query(felts.slice(0, 5), n, *opened.reduced[number], y_1, betas_1);
        leaves_1.append(leaf);
        let (leaf, e) = fold_query(felts.slice(5, 5), m, e, y_2, betas_2);
        leaves_2.append(leaf);
        let end_2 = mul(end, end);
        let end_3 = mul(end_2, end);
        let expected = (f0 + f1.times(end) + f2.times(end_2) + f3.times(end_3)).reduced_small();
        assert(e.same(expected), 'folding: not the final values');
    }
    let leaves = [leaves_1.span(), leaves_2.span()];
    leaves
}

/// The trees of steps 3 and 4.
pub fn check_trees(
    ref reader: Reader,
    head: @Head,
    queries: Span<u32>,
    leaves: [Span<Digest>; 3],
    round_leaves: [Span<Digest>; 2],
) {
    let order = sorted(queries);
    let [leaves_0, leaves_1, leaves_2] = leaves;
    let most = QUERIES * TREE_HEIGHT;
    let digests = read_digests(ref reader, most);
    check_tree(*head.random_root, TREE_HEIGHT, nodes(order, 1, leaves_0), digests);
    let digests = read_digests(ref reader, most);
    check_tree(*head.trace_root, TREE_HEIGHT, nodes(order, 1, leaves_1), digests);
    let digests = read_digests(ref reader, most);
    check_tree(*head.quotient_root, TREE_HEIGHT, nodes(order, 1, leaves_2), digests);
    let [root_1, root_2] = head.round_roots;
    let [leaves_1, leaves_2] = round_leaves;
    let digests = read_digests(ref reader, QUERIES * 10);
    check_tree(*root_1, 10, nodes(order, 8, leaves_1), digests);
    let digests = read_digests(ref reader, QUERIES * 7);
    check_tree(*root_2, 7, nodes(order, 64, leaves_2), digests);
}

/// The claimed trace, without the random codewords and no longer as hashed words.
fn trace(claims: Span<Ext>) -> Span<Ext> {
    let mut result = array![];
    for claim in claims.slice(0, COLUMNS) {
        result.append((*claim).times(FROM_WORD).reduced_small());
    }
    result.span()
}

/// Step 5.
pub fn check_constraints(challenges: @Challenges, publics: PublicValues, claims: Span<Ext>) {
    let zeta = *challenges.zeta;
    let selectors = selectors_at(zeta);
    let now = trace(claims.slice(TRACE_AT, COLUMNS));
    let then = trace(claims.slice(TRACE_NEXT_AT, COLUMNS));
    let folded = folded_constraints(*challenges.alpha, selectors, now, then, publics);
    let quotient = quotient_at(selectors.vanishing, claims.slice(CHUNKS_AT, 64));
    let expected = mul_ext(selectors.vanishing, quotient);
    assert(folded.times(TO_WORD).reduced_small().same(expected), 'constraints: do not hold');
}

/// `Q(zeta)` times `2^32`, reduced. `Z_l(zeta) / Z_l(h_m) = (zeta^128 - h_l^128) / (h_m^128 - h_l^128)`; the divisors of chunk m
/// are multiplied up in CHUNK_FACTORS.
fn quotient_at(vanishing: Ext, claims: Span<Ext>) -> Ext {
    let to_128 = vanishing.plus(1);
    let mut differences = array![];
    for shift in CHUNK_SHIFTS.span() {
        differences.append(to_128.plus(P - *shift).reduced_small());
    }
    let differences = differences.span();
    let mut sum = ZERO;
    for m in 0..8_u32 {
        let chunk = claims.slice((4 + CODEWORDS) * m, 4);
        // sum_k X^k chunk_k: < 2^35
        let part = *chunk[0]
            + ((*chunk[1]) + ((*chunk[2]) + (*chunk[3]).times_x()).times_x()).times_x();
        let mut part = part.times(*CHUNK_FACTORS.span()[m]).reduced_small();
        for l in 0..8_u32 {
            if l != m {
                part = mul_ext(part, *differences[l]);
            }
        }
        sum += part;
    }
    sum.reduced_small()
}

/// Accepts, or panics with the step's name. The order is constraints, folding, trees; nothing is
/// accepted before all of them and the end of the calldata are checked.
pub fn verify(packed: Span<felt252>) -> Parsed {
    let mut reader = Reader { rest: packed };
    let parsed = read_statement(ref reader);
    let publics = public_values(parsed);
    let head = read_head(ref reader);
    let challenges = run_transcript(@parsed, @publics, @head);
    let claims = exts(head.claims);
    check_constraints(@challenges, publics, claims);
    let opened = open_queries(ref reader, @challenges, claims);
    let round_leaves = fold_queries(@head, @challenges, @opened);
    check_trees(ref reader, @head, challenges.queries, opened.leaves, round_leaves);
    reader.end();
    parsed
}
