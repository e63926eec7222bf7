//! A verifier that believes everything: what it is given are the public inputs.
//!
//! With a first felt of 1 it refuses, so that a refusal can be seen too.

#[starknet::contract]
mod AnyProof {
    use practice_chamber::interfaces::IGroth16VerifierBN254;

    #[storage]
    struct Storage {}

    #[abi(embed_v0)]
    impl Verifier of IGroth16VerifierBN254<ContractState> {
        fn verify_groth16_proof_bn254(
            self: @ContractState, full_proof_with_hints: Span<felt252>,
        ) -> Result<Span<u256>, felt252> {
            if *full_proof_with_hints[0] == 1 {
                return Err('no such proof');
            }
            let mut values = array![];
            let mut at = 1;
            while at < full_proof_with_hints.len() {
                let low: u128 = (*full_proof_with_hints[at]).try_into().unwrap();
                let high: u128 = (*full_proof_with_hints[at + 1]).try_into().unwrap();
                values.append(u256 { low, high });
                at += 2;
            }
            Ok(values.span())
        }
    }
}
