//! The contract: no storage, no owner, one view.

use crate::statement::Statement;

/// Packed calldata, taken as it lies there instead of being copied felt by felt.
#[derive(Copy, Drop)]
pub struct Packed {
    pub felts: Span<felt252>,
}

impl PackedSerde of Serde<Packed> {
    fn serialize(self: @Packed, ref output: Array<felt252>) {
        (*self.felts).serialize(ref output);
    }

    fn deserialize(ref serialized: Span<felt252>) -> Option<Packed> {
        let count: u32 = (*serialized.pop_front()?).try_into()?;
        if count > serialized.len() {
            return None;
        }
        let felts = serialized.slice(0, count);
        serialized = serialized.slice(count, serialized.len() - count);
        Some(Packed { felts })
    }
}

#[starknet::interface]
pub trait IDecisionVerifier<TContractState> {
    /// Verifies the proof of a decision; returns what it says. Panics with the name of the step that fails.
    fn verify(self: @TContractState, packed: Packed) -> Statement;
}

#[starknet::contract]
pub mod DecisionVerifier {
    use crate::statement::Statement;
    use super::Packed;

    #[storage]
    struct Storage {}

    #[abi(embed_v0)]
    impl Verifier of super::IDecisionVerifier<ContractState> {
        fn verify(self: @ContractState, packed: Packed) -> Statement {
            crate::verifier::verify(packed.felts).statement
        }
    }
}
