//! What the pool offers, and what it needs from others.

use starknet::{ClassHash, ContractAddress};

/// Amount first, then the token's address.
#[derive(Copy, Drop, Serde, starknet::Store)]
pub struct Asset {
    pub amount: u256,
    pub addr: ContractAddress,
}

/// Who checks proofs: the ten public inputs of a good one, or a reason.
#[starknet::interface]
pub trait IGroth16VerifierBN254<T> {
    fn verify_groth16_proof_bn254(
        self: @T, full_proof_with_hints: Span<felt252>,
    ) -> Result<Span<u256>, felt252>;
}

#[starknet::interface]
pub trait IToken<T> {
    fn transfer(ref self: T, recipient: ContractAddress, amount: u256) -> bool;
    fn transfer_from(
        ref self: T, sender: ContractAddress, recipient: ContractAddress, amount: u256,
    ) -> bool;
}

/// The published ABI. `merkle_proof` and `merkle_leaves` change nothing, but are declared like that.
#[starknet::interface]
pub trait IChamber<T> {
    fn deposit(ref self: T, hash: u256, asset: Asset);
    fn withdraw_no_zk(
        ref self: T, claiming_key: u256, owner: ContractAddress, asset: Asset, proof: Span<u256>,
    );
    fn seek_and_hide_no_zk(
        ref self: T,
        claiming_key: u256,
        owner: ContractAddress,
        asset: Asset,
        proof: Span<u256>,
        new_tx_secret: u256,
        new_tx_amount: u256,
    );
    fn handle_zkp(ref self: T, proof: Span<felt252>);
    fn tx_array(self: @T) -> Array<u256>;
    fn merkle_root(self: @T) -> u256;
    fn merkle_proof(ref self: T, index: u32) -> Span<u256>;
    fn merkle_leaves(ref self: T, height: u32) -> Array<u256>;
    fn assets_from_secret(self: @T, tx_secret: u256) -> Asset;
    fn nullifiers_spent(self: @T, nullifiers: Array<u256>) -> Array<bool>;
    fn transactions_exist(self: @T, transactions: Array<u256>) -> Array<bool>;
    fn setVerifierAddress(ref self: T, verifier: IGroth16VerifierBN254Dispatcher);
    fn recalculate_merkle_root(ref self: T);
    fn upgrade(ref self: T, new_class_hash: ClassHash);
}

/// In both spellings, as the published one.
#[starknet::interface]
pub trait IOwnable<T> {
    fn owner(self: @T) -> ContractAddress;
    fn transfer_ownership(ref self: T, new_owner: ContractAddress);
    fn renounce_ownership(ref self: T);
    fn transferOwnership(ref self: T, newOwner: ContractAddress);
    fn renounceOwnership(ref self: T);
}
