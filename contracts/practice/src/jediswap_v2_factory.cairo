//! A list of pools with the entry points of JediSwap v2's factory, and the protocol's share of fees.

use starknet::ContractAddress;

#[starknet::interface]
trait IPracticeFactoryV2<T> {
    /// 0 if there is none; the fee is in millionths.
    fn get_pool(
        self: @T, token_a: ContractAddress, token_b: ContractAddress, fee: u32,
    ) -> ContractAddress;
    /// The protocol keeps one part in so many, 0 for none.
    fn get_fee_protocol(self: @T) -> u8;
    fn enter(
        ref self: T,
        token_a: ContractAddress,
        token_b: ContractAddress,
        fee: u32,
        tick_spacing: u32,
        pool: ContractAddress,
    );
}

#[starknet::contract]
mod PracticeJediSwapV2Factory {
    use core::num::traits::Zero;
    use starknet::storage::{
        Map, StorageMapReadAccess, StorageMapWriteAccess, StoragePointerReadAccess,
        StoragePointerWriteAccess,
    };
    use starknet::{ContractAddress, get_caller_address};

    #[storage]
    struct Storage {
        owner: ContractAddress,
        fee_protocol: u8,
        pools: Map<(ContractAddress, ContractAddress, u32), ContractAddress>,
    }

    #[event]
    #[derive(Drop, starknet::Event)]
    enum Event {
        PoolCreated: PoolCreated,
    }

    #[derive(Drop, starknet::Event)]
    struct PoolCreated {
        token0: ContractAddress,
        token1: ContractAddress,
        fee: u32,
        tick_spacing: u32,
        pool: ContractAddress,
    }

    #[constructor]
    fn constructor(ref self: ContractState, owner: ContractAddress, fee_protocol: u8) {
        assert(fee_protocol == 0 || (fee_protocol >= 4 && fee_protocol <= 10), 'no such share');
        self.owner.write(owner);
        self.fee_protocol.write(fee_protocol);
    }

    fn sorted(
        a: ContractAddress, b: ContractAddress,
    ) -> (ContractAddress, ContractAddress) {
        if a < b {
            (a, b)
        } else {
            (b, a)
        }
    }

    #[abi(embed_v0)]
    impl Factory of super::IPracticeFactoryV2<ContractState> {
        fn get_pool(
            self: @ContractState, token_a: ContractAddress, token_b: ContractAddress, fee: u32,
        ) -> ContractAddress {
            let (token0, token1) = sorted(token_a, token_b);
            self.pools.read((token0, token1, fee))
        }

        fn get_fee_protocol(self: @ContractState) -> u8 {
            self.fee_protocol.read()
        }

        fn enter(
            ref self: ContractState,
            token_a: ContractAddress,
            token_b: ContractAddress,
            fee: u32,
            tick_spacing: u32,
            pool: ContractAddress,
        ) {
            assert(get_caller_address() == self.owner.read(), 'for its owner only');
            let (token0, token1) = sorted(token_a, token_b);
            let key = (token0, token1, fee);
            assert(self.pools.read(key).is_zero(), 'entered already');
            self.pools.write(key, pool);
            self.emit(PoolCreated { token0, token1, fee, tick_spacing, pool });
        }
    }
}
