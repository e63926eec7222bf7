//! For tests alone: the challenges of a proof, so that a deviation names its step, and how far each phase goes.

use decision_verifier::contract::Packed;
use decision_verifier::field::Ext;
use decision_verifier::verifier::Challenges;

#[starknet::interface]
trait IVerifierProbe<T> {
    /// The statement digest, alpha, zeta, lambda, the betas (four numbers each), then the query indices.
    fn challenges(self: @T, packed: Packed) -> Array<felt252>;
    /// The folded constraints for a statement alone, at alpha, zeta, a row and the next: 138 reduced extension elements.
    fn folded(self: @T, statement: Packed, numbers: Span<felt252>) -> Ext;
    /// Runs up to a phase: 0 nothing, 1 statement, 2 public values, 3 roots and claims, 4 transcript, 5 constraints, 6 leaves of the batches, 7
    /// folding, 8 trees.
    fn run(self: @T, packed: Packed, phases: u32) -> bool;
}

fn flatten(found: Challenges, digest: u256) -> Array<felt252> {
    let mut result = array![digest.low.into(), digest.high.into()];
    let [beta_1, beta_2] = found.betas;
    for e in array![found.alpha, found.zeta, found.batching, beta_1, beta_2] {
        result.append(e.c0);
        result.append(e.c1);
        result.append(e.c2);
        result.append(e.c3);
    }
    for query in found.queries {
        result.append((*query).into());
    }
    result
}

#[starknet::contract]
mod VerifierProbe {
    use decision_verifier::contract::Packed;
    use decision_verifier::constraints::folded_constraints;
    use decision_verifier::field::Ext;
    use decision_verifier::layout::{Reader, ReaderTrait};
    use decision_verifier::public_values::public_values;
    use decision_verifier::selectors::selectors_at;
    use decision_verifier::statement::read_statement;
    use decision_verifier::verifier::{check_constraints, check_trees, exts, fold_queries, open_queries, read_head, run_transcript};

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

        fn folded(self: @ContractState, statement: Packed, mut numbers: Span<felt252>) -> Ext {
            let mut reader = Reader { rest: statement.felts };
            let publics = public_values(read_statement(ref reader));
            reader.end();
            let mut all = array![];
            while let Some(four) = numbers.multi_pop_front::<4>() {
                let [c0, c1, c2, c3] = (*four).unbox();
                all.append(Ext { c0, c1, c2, c3 });
            }
            let all = all.span();
            let selectors = selectors_at(*all[1]);
            folded_constraints(*all[0], selectors, all.slice(2, 68), all.slice(70, 68), publics)
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
    }
}
