/// How a proof was made, each a short string but the last two.
#[derive(Drop, Copy, Serde, starknet::Store)]
pub struct VerifierConfiguration {
    pub layout: felt252,
    pub hasher: felt252,
    pub stone_version: felt252,
    pub memory_verification: felt252,
}

/// One verification that was registered for a fact.
#[derive(Drop, Copy, Serde, starknet::Store)]
pub struct VerificationListElement {
    pub verification_hash: felt252,
    pub security_bits: u32,
    pub verifier_config: VerifierConfiguration,
}

#[starknet::interface]
pub trait IIntegrityRegistry<TState> {
    fn get_all_verifications_for_fact_hash(
        self: @TState, fact_hash: felt252,
    ) -> Array<VerificationListElement>;
    fn register(ref self: TState, fact_hash: felt252, element: VerificationListElement);
}

#[starknet::contract]
mod IntegrityRegistry {
    use starknet::storage::{Map, StoragePathEntry, StoragePointerReadAccess, StoragePointerWriteAccess};
    use super::{IIntegrityRegistry, VerificationListElement};

    #[storage]
    struct Storage {
        counts: Map<felt252, u32>,
        elements: Map<(felt252, u32), VerificationListElement>,
    }

    #[abi(embed_v0)]
    impl Registry of IIntegrityRegistry<ContractState> {
        fn get_all_verifications_for_fact_hash(
            self: @ContractState, fact_hash: felt252,
        ) -> Array<VerificationListElement> {
            let mut found = array![];
            let count = self.counts.entry(fact_hash).read();
            for place in 0..count {
                found.append(self.elements.entry((fact_hash, place)).read());
            }
            found
        }

        fn register(ref self: ContractState, fact_hash: felt252, element: VerificationListElement) {
            let place = self.counts.entry(fact_hash).read();
            self.elements.entry((fact_hash, place)).write(element);
            self.counts.entry(fact_hash).write(place + 1);
        }
    }
}
