//! What these contracts ask of each other.

use starknet::ContractAddress;
use crate::types::{PoolKey, PoolPrice};

#[starknet::interface]
pub trait IToken<T> {
    fn transfer(ref self: T, recipient: ContractAddress, amount: u256) -> bool;
    fn transfer_from(
        ref self: T, sender: ContractAddress, recipient: ContractAddress, amount: u256,
    ) -> bool;
}

#[starknet::interface]
pub trait ICore<T> {
    fn get_pool_price(self: @T, pool_key: PoolKey) -> PoolPrice;
    fn get_pool_liquidity(self: @T, pool_key: PoolKey) -> u128;
}

#[starknet::interface]
pub trait IFeeProtocol<T> {
    fn get_fee_protocol(self: @T) -> u8;
}

/// Take one token from somebody and give him the other.
pub fn settle(
    trader: ContractAddress,
    token_in: ContractAddress,
    paid: u128,
    token_out: ContractAddress,
    received: u128,
) {
    let here = starknet::get_contract_address();
    ITokenDispatcher { contract_address: token_in }.transfer_from(trader, here, paid.into());
    ITokenDispatcher { contract_address: token_out }.transfer(trader, received.into());
}
