//! The Chamber's hashes and tree, one at a time.

#[starknet::interface]
trait IChamberProbe<T> {
    fn hash2(self: @T, a: u256, b: u256) -> u256;
    fn hash3(self: @T, a: u256, b: u256, c: u256) -> u256;
    fn parent(self: @T, a: u256, b: u256) -> u256;
    fn climb(self: @T, leaf: u256, siblings: Span<u256>) -> u256;
}

#[starknet::contract]
mod ChamberProbe {
    use practice_chamber::{poseidon2, tree};

    #[storage]
    struct Storage {}

    #[abi(embed_v0)]
    impl Probe of super::IChamberProbe<ContractState> {
        fn hash2(self: @ContractState, a: u256, b: u256) -> u256 {
            poseidon2::hash2(a, b)
        }

        fn hash3(self: @ContractState, a: u256, b: u256, c: u256) -> u256 {
            poseidon2::hash3(a, b, c)
        }

        fn parent(self: @ContractState, a: u256, b: u256) -> u256 {
            tree::parent(a, b)
        }

        fn climb(self: @ContractState, leaf: u256, siblings: Span<u256>) -> u256 {
            tree::climb(leaf, siblings)
        }
    }
}
