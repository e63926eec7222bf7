//! PRACTICE ONLY: stands in for the contract that checks proofs by the pairing equation.
//!
//! It checks nothing itself. Its owner is the program on this computer, which verifies a proof with
//! the published key and then names the digest of that very argument here; everything else is refused.

/// Starknet's Poseidon hash over the whole argument, without its length.
#[starknet::interface]
trait IProofList<T> {
    fn admit(ref self: T, digest: felt252);
    fn admitted(self: @T, digest: felt252) -> bool;
}

#[starknet::contract]
mod PracticeProofList {
    use core::poseidon::poseidon_hash_span;
    use starknet::storage::{
        Map, StorageMapReadAccess, StorageMapWriteAccess, StoragePointerReadAccess,
        StoragePointerWriteAccess,
    };
    use starknet::{ContractAddress, get_caller_address};
    use crate::interfaces::IGroth16VerifierBN254;

    /// Felts before the count of public inputs: 8 coordinates of 4 limbs.
    const COORDINATES: u32 = 32;
    const INPUTS: u32 = 10;

    #[storage]
    struct Storage {
        owner: ContractAddress,
        admitted: Map<felt252, bool>,
    }

    #[constructor]
    fn constructor(ref self: ContractState, owner: ContractAddress) {
        self.owner.write(owner);
    }

    #[abi(embed_v0)]
    impl List of super::IProofList<ContractState> {
        fn admit(ref self: ContractState, digest: felt252) {
            assert(get_caller_address() == self.owner.read(), 'for its owner only');
            self.admitted.write(digest, true);
        }

        fn admitted(self: @ContractState, digest: felt252) -> bool {
            self.admitted.read(digest)
        }
    }

    #[abi(embed_v0)]
    impl Verifier of IGroth16VerifierBN254<ContractState> {
        fn verify_groth16_proof_bn254(
            self: @ContractState, full_proof_with_hints: Span<felt252>,
        ) -> Result<Span<u256>, felt252> {
            if !self.admitted.read(poseidon_hash_span(full_proof_with_hints)) {
                return Err('proof is not on the list');
            }
            assert(*full_proof_with_hints[COORDINATES] == INPUTS.into(), 'not ten public inputs');
            let mut values = array![];
            for index in 0..INPUTS {
                let at = COORDINATES + 1 + 2 * index;
                let low: u128 = (*full_proof_with_hints[at]).try_into().unwrap();
                let high: u128 = (*full_proof_with_hints[at + 1]).try_into().unwrap();
                values.append(u256 { low, high });
            }
            Ok(values.span())
        }
    }
}
