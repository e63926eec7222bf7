//! A list of pairs with the entry points of JediSwap v1's factory.

use starknet::ContractAddress;

#[starknet::interface]
trait IPracticeFactory<T> {
    /// 0 if there is none.
    fn get_pair(self: @T, token0: ContractAddress, token1: ContractAddress) -> ContractAddress;
    fn get_all_pairs(self: @T) -> Array<ContractAddress>;
    fn enter(
        ref self: T, token0: ContractAddress, token1: ContractAddress, pair: ContractAddress,
    );
}

#[starknet::contract]
mod PracticeJediSwapV1Factory {
    use core::num::traits::Zero;
    use starknet::storage::{
        Map, MutableVecTrait, StorageMapReadAccess, StorageMapWriteAccess, StoragePointerReadAccess,
        StoragePointerWriteAccess, Vec, VecTrait,
    };
    use starknet::{ContractAddress, get_caller_address};

    #[storage]
    struct Storage {
        owner: ContractAddress,
        pairs: Map<(ContractAddress, ContractAddress), ContractAddress>,
        all: Vec<ContractAddress>,
    }

    #[event]
    #[derive(Drop, starknet::Event)]
    enum Event {
        PairCreated: PairCreated,
    }

    #[derive(Drop, starknet::Event)]
    struct PairCreated {
        token0: ContractAddress,
        token1: ContractAddress,
        pair: ContractAddress,
        total_pairs: felt252,
    }

    #[constructor]
    fn constructor(ref self: ContractState, owner: ContractAddress) {
        self.owner.write(owner);
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
    impl Factory of super::IPracticeFactory<ContractState> {
        fn get_pair(
            self: @ContractState, token0: ContractAddress, token1: ContractAddress,
        ) -> ContractAddress {
            self.pairs.read(sorted(token0, token1))
        }

        fn get_all_pairs(self: @ContractState) -> Array<ContractAddress> {
            let mut found = array![];
            for index in 0..self.all.len() {
                found.append(self.all.at(index).read());
            }
            found
        }

        fn enter(
            ref self: ContractState,
            token0: ContractAddress,
            token1: ContractAddress,
            pair: ContractAddress,
        ) {
            assert(get_caller_address() == self.owner.read(), 'for its owner only');
            let key = sorted(token0, token1);
            assert(self.pairs.read(key).is_zero(), 'entered already');
            self.pairs.write(key, pair);
            self.all.push(pair);
            let (token0, token1) = key;
            self.emit(PairCreated { token0, token1, pair, total_pairs: self.all.len().into() });
        }
    }
}
