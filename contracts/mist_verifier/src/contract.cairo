//! The contract: a view without state.

/// The interface that MIST's pool calls.
#[starknet::interface]
pub trait IGroth16VerifierBN254<TContractState> {
    /// The ten public inputs of a proof that holds, or a short string that says what is wrong.
    fn verify_groth16_proof_bn254(
        self: @TContractState, full_proof_with_hints: Span<felt252>,
    ) -> Result<Span<u256>, felt252>;
}

#[starknet::contract]
mod MistVerifier {
    use super::super::groth16::check;
    use super::super::input::read;

    #[storage]
    struct Storage {}

    #[abi(embed_v0)]
    impl MistVerifierImpl of super::IGroth16VerifierBN254<ContractState> {
        fn verify_groth16_proof_bn254(
            self: @ContractState, full_proof_with_hints: Span<felt252>,
        ) -> Result<Span<u256>, felt252> {
            let statement = read(full_proof_with_hints)?;
            check(@statement)?;
            Ok(statement.publics)
        }
    }
}
