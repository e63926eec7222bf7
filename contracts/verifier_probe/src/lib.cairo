//! For tests alone: the steps of the verifier one by one, so that a deviation names its step, and what no honest proof
//! reaches. Nothing is worked out here: every entry hands its arguments to a function of the verifier.

use decision_verifier::blake::Digest;
use decision_verifier::contract::Packed;
use decision_verifier::field::Ext;
use decision_verifier::verifier::Challenges;

#[starknet::interface]
trait IVerifierProbe<T> {
    /// The statement digest, alpha, zeta, lambda, the betas (four numbers each), then the query indices.
    fn challenges(self: @T, packed: Packed) -> Array<felt252>;
    /// The 194 public values of a statement alone, as hashed words.
    fn publics(self: @T, statement: Packed) -> Array<u32>;
    /// The folded constraints for a statement alone, at alpha, zeta, a row and the next: 138 reduced extension elements.
    fn folded(self: @T, statement: Packed, numbers: Span<felt252>) -> Ext;
    /// `ro_i` of the 20 queries, opened at this zeta instead of the transcript's.
    fn opened_at(self: @T, packed: Packed, zeta: Ext) -> Array<felt252>;
    /// A folding round: eight values, `1/y`, and `beta^0 .. beta^7`, each divided by 8.
    fn fold(self: @T, values: Span<felt252>, y_inverse: felt252, beta_powers: Span<felt252>) -> Ext;
    /// Each number reduced.
    fn reduced(self: @T, numbers: Span<felt252>) -> Array<felt252>;
    /// The inverses of extension elements.
    fn inverses(self: @T, numbers: Span<felt252>) -> Array<felt252>;
    /// `H` of words.
    fn hashed(self: @T, words: Array<u32>) -> Span<u32>;
    /// Field elements drawn from a transcript that has absorbed the words after this statement digest.
    fn drawn(self: @T, digest: [u32; 8], words: Span<u32>, count: u32) -> Array<felt252>;
    /// A multiproof: the leaves' indices in ascending order, then the root, the leaves and the other digests, eight words each.
    fn tree(self: @T, height: u32, indices: Span<u32>, digests: Span<u32>) -> bool;
    /// Runs up to a phase: 0 nothing, 1 statement, 2 public values, 3 roots and claims, 4 transcript, 5 constraints, 6 leaves of the batches, 7
    /// folding, 8 trees.
    fn run(self: @T, packed: Packed, phases: u32) -> bool;
    /// Steps 3 and 4 without the trees, with these folding challenges instead of the transcript's.
    fn folds_with(self: @T, packed: Packed, beta_1: Ext, beta_2: Ext) -> bool;
    /// The whole verifier without step 5, the constraints.
    fn all_but_constraints(self: @T, packed: Packed) -> bool;
}

fn append(ref to: Array<felt252>, e: Ext) {
    to.append(e.c0);
    to.append(e.c1);
    to.append(e.c2);
    to.append(e.c3);
}

fn exts_of(mut numbers: Span<felt252>) -> Span<Ext> {
    let mut all = array![];
    while let Some(four) = numbers.multi_pop_front::<4>() {
        let [c0, c1, c2, c3] = (*four).unbox();
        all.append(Ext { c0, c1, c2, c3 });
    }
    all.span()
}

fn flatten(found: Challenges, digest: u256) -> Array<felt252> {
    let mut result = array![digest.low.into(), digest.high.into()];
    let [beta_1, beta_2] = found.betas;
    for e in array![found.alpha, found.zeta, found.batching, beta_1, beta_2] {
        append(ref result, e);
    }
    for query in found.queries {
        result.append((*query).into());
    }
    result
}

fn boxed(digest: [u32; 8]) -> Digest {
    BoxTrait::new(digest)
}

#[starknet::contract]
mod VerifierProbe {
    use decision_verifier::blake::hash;
    use decision_verifier::commitments::{Node, check_tree, distinct};
    use decision_verifier::constraints::folded_constraints;
    use decision_verifier::contract::Packed;
    use decision_verifier::field::{Ext, invert_all, reduce};
    use decision_verifier::layout::{Reader, ReaderTrait, digests_of};
    use decision_verifier::public_values::{hashed_words, public_values};
    use decision_verifier::selectors::selectors_at;
    use decision_verifier::statement::read_statement;
    use decision_verifier::transcript::TranscriptTrait;
    use decision_verifier::verifier::{
        check_constraints, check_trees, exts, fold_queries, open_queries, read_head, run_transcript,
    };
    use super::{append, boxed, exts_of};

    #[storage]
    struct Storage {}

    #[abi(embed_v0)]
    impl Probe of super::IVerifierProbe<ContractState> {
        fn challenges(self: @ContractState, packed: Packed) -> Array<felt252> {
            let mut reader = Reader { rest: packed.felts };
            let parsed = read_statement(ref reader);
            let publics = public_values(parsed);
            let head = read_head(ref reader);
            super::flatten(run_transcript(@parsed, @publics, @head), parsed.statement.digest)
        }

        fn publics(self: @ContractState, statement: Packed) -> Array<u32> {
            let mut reader = Reader { rest: statement.felts };
            let publics = public_values(read_statement(ref reader));
            reader.end();
            hashed_words(publics.flat)
        }

        fn folded(self: @ContractState, statement: Packed, numbers: Span<felt252>) -> Ext {
            let mut reader = Reader { rest: statement.felts };
            let publics = public_values(read_statement(ref reader));
            reader.end();
            let all = exts_of(numbers);
            let selectors = selectors_at(*all[1]);
            folded_constraints(*all[0], selectors, all.slice(2, 68), all.slice(70, 68), publics)
        }

        fn opened_at(self: @ContractState, packed: Packed, zeta: Ext) -> Array<felt252> {
            let mut reader = Reader { rest: packed.felts };
            let parsed = read_statement(ref reader);
            let publics = public_values(parsed);
            let head = read_head(ref reader);
            let mut challenges = run_transcript(@parsed, @publics, @head);
            challenges.zeta = zeta;
            let opened = open_queries(ref reader, @challenges, exts(head.claims));
            let mut result = array![];
            for e in opened.reduced {
                append(ref result, *e);
            }
            result
        }

        fn fold(
            self: @ContractState,
            values: Span<felt252>,
            y_inverse: felt252,
            beta_powers: Span<felt252>,
        ) -> Ext {
            let values: [Ext; 8] = (*exts_of(values).try_into().unwrap()).unbox();
            decision_verifier::folding::fold(values, y_inverse, exts_of(beta_powers))
        }

        fn reduced(self: @ContractState, numbers: Span<felt252>) -> Array<felt252> {
            let mut result = array![];
            for number in numbers {
                result.append(reduce(*number));
            }
            result
        }

        fn inverses(self: @ContractState, numbers: Span<felt252>) -> Array<felt252> {
            let mut result = array![];
            for e in invert_all(exts_of(numbers), 'field: no inverse') {
                append(ref result, *e);
            }
            result
        }

        fn hashed(self: @ContractState, words: Array<u32>) -> Span<u32> {
            hash(words).unbox().span()
        }

        fn drawn(
            self: @ContractState, digest: [u32; 8], words: Span<u32>, count: u32,
        ) -> Array<felt252> {
            let mut t = TranscriptTrait::new(boxed(digest));
            t.absorb(words);
            let mut result = array![];
            for _ in 0..count {
                result.append(t.element());
            }
            result
        }

        fn tree(
            self: @ContractState, height: u32, indices: Span<u32>, digests: Span<u32>,
        ) -> bool {
            let mut digests = digests_of(digests).span();
            let root = *digests.pop_front().unwrap();
            let mut nodes = array![];
            for index in indices {
                nodes.append(Node { index: *index, digest: *digests.pop_front().unwrap() });
            }
            check_tree(root, height, distinct(nodes.span()), digests);
            true
        }

        fn run(self: @ContractState, packed: Packed, phases: u32) -> bool {
            if phases == 0 {
                return true;
            }
            let mut reader = Reader { rest: packed.felts };
            let parsed = read_statement(ref reader);
            if phases == 1 {
                return true;
            }
            let publics = public_values(parsed);
            if phases == 2 {
                return true;
            }
            let head = read_head(ref reader);
            if phases == 3 {
                return true;
            }
            let challenges = run_transcript(@parsed, @publics, @head);
            if phases == 4 {
                return true;
            }
            let claims = exts(head.claims);
            check_constraints(@challenges, publics, claims);
            if phases == 5 {
                return true;
            }
            let opened = open_queries(ref reader, @challenges, claims);
            if phases == 6 {
                return true;
            }
            let round_leaves = fold_queries(@head, @challenges, @opened);
            if phases == 7 {
                return true;
            }
            check_trees(ref reader, @head, challenges.queries, opened.leaves, round_leaves);
            true
        }

        fn folds_with(
            self: @ContractState, packed: Packed, beta_1: Ext, beta_2: Ext,
        ) -> bool {
            let mut reader = Reader { rest: packed.felts };
            let parsed = read_statement(ref reader);
            let publics = public_values(parsed);
            let head = read_head(ref reader);
            let mut challenges = run_transcript(@parsed, @publics, @head);
            challenges.betas = [beta_1, beta_2];
            let opened = open_queries(ref reader, @challenges, exts(head.claims));
            fold_queries(@head, @challenges, @opened);
            true
        }

        fn all_but_constraints(self: @ContractState, packed: Packed) -> bool {
            let mut reader = Reader { rest: packed.felts };
            let parsed = read_statement(ref reader);
            let publics = public_values(parsed);
            let head = read_head(ref reader);
            let challenges = run_transcript(@parsed, @publics, @head);
            let opened = open_queries(ref reader, @challenges, exts(head.claims));
            let round_leaves = fold_queries(@head, @challenges, @opened);
            check_trees(ref reader, @head, challenges.queries, opened.leaves, round_leaves);
            reader.end();
            true
        }
    }
}
