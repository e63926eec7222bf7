//! A lending pool with the question of Vesu V2 that the program asks: what share of an asset is lent.
//!
//! Debt grows by simple interest at a rate that rises with the utilisation, so that the share moves
//! even when nobody borrows.

#[starknet::interface]
trait IPracticeLending<T> {
    /// Debt / (debt + reserve), of 10^18.
    fn utilization(self: @T, asset: starknet::ContractAddress) -> u256;
    fn reserve(self: @T, asset: starknet::ContractAddress) -> u256;
    fn debt(self: @T, asset: starknet::ContractAddress) -> u256;
    fn supply(ref self: T, asset: starknet::ContractAddress, amount: u128);
    fn borrow(ref self: T, asset: starknet::ContractAddress, amount: u128);
    fn repay(ref self: T, asset: starknet::ContractAddress, amount: u128);
}

#[starknet::contract]
mod PracticeVesuPool {
    use starknet::storage::{
        Map, StorageMapReadAccess, StorageMapWriteAccess, StoragePointerReadAccess,
        StoragePointerWriteAccess,
    };
    use starknet::{
        ContractAddress, get_block_timestamp, get_caller_address, get_contract_address,
    };
    use crate::curve::mul_div;
    use crate::interfaces::{ITokenDispatcher, ITokenDispatcherTrait};

    const SCALE: u256 = 1000000000000000000;
    const YEAR: u256 = 31557600;
    /// A year's interest at full utilisation, of SCALE.
    const FULL_RATE: u256 = 100000000000000000;

    #[storage]
    struct Storage {
        owner: ContractAddress,
        reserves: Map<ContractAddress, u256>,
        debts: Map<ContractAddress, u256>,
        touched: Map<ContractAddress, u64>,
    }

    #[constructor]
    fn constructor(ref self: ContractState, owner: ContractAddress) {
        self.owner.write(owner);
    }

    #[abi(embed_v0)]
    impl Lending of super::IPracticeLending<ContractState> {
        fn utilization(self: @ContractState, asset: ContractAddress) -> u256 {
            share(self.debt(asset), self.reserves.read(asset))
        }

        fn reserve(self: @ContractState, asset: ContractAddress) -> u256 {
            self.reserves.read(asset)
        }

        fn debt(self: @ContractState, asset: ContractAddress) -> u256 {
            let debt = self.debts.read(asset);
            let seconds: u256 = (get_block_timestamp() - self.touched.read(asset)).into();
            let rate = mul_div(FULL_RATE, share(debt, self.reserves.read(asset)), SCALE);
            debt + mul_div(debt, rate * seconds, SCALE * YEAR)
        }

        fn supply(ref self: ContractState, asset: ContractAddress, amount: u128) {
            self.touch(asset);
            self.reserves.write(asset, self.reserves.read(asset) + amount.into());
            self.take(asset, amount);
        }

        fn borrow(ref self: ContractState, asset: ContractAddress, amount: u128) {
            self.touch(asset);
            self.reserves.write(asset, self.reserves.read(asset) - amount.into());
            self.debts.write(asset, self.debts.read(asset) + amount.into());
            ITokenDispatcher { contract_address: asset }
                .transfer(get_caller_address(), amount.into());
        }

        fn repay(ref self: ContractState, asset: ContractAddress, amount: u128) {
            self.touch(asset);
            self.debts.write(asset, self.debts.read(asset) - amount.into());
            self.reserves.write(asset, self.reserves.read(asset) + amount.into());
            self.take(asset, amount);
        }
    }

    fn share(debt: u256, reserve: u256) -> u256 {
        if debt == 0 {
            0
        } else {
            mul_div(debt, SCALE, debt + reserve)
        }
    }

    #[generate_trait]
    impl Inner of InnerTrait {
        fn touch(ref self: ContractState, asset: ContractAddress) {
            assert(get_caller_address() == self.owner.read(), 'for its owner only');
            self.debts.write(asset, self.debt(asset));
            self.touched.write(asset, get_block_timestamp());
        }

        fn take(ref self: ContractState, asset: ContractAddress, amount: u128) {
            ITokenDispatcher { contract_address: asset }
                .transfer_from(get_caller_address(), get_contract_address(), amount.into());
        }
    }
}
