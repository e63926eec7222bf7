//! A lending pool with the two questions of Vesu V2 that the program asks: which share of an asset
//! is lent, and how its market stands.
//!
//! Debt grows by simple interest from one change to the next, at a rate that rises with the
//! utilisation, so that the share moves even when nobody borrows. Lenders keep all of it.

use starknet::ContractAddress;

/// One asset's market: 22 felts. All but `reserve` (smallest units) are of 10^18; `scale` is the
/// number of smallest units in one token.
#[derive(Copy, Drop, Serde)]
pub struct AssetConfig {
    pub total_collateral_shares: u256,
    pub total_nominal_debt: u256,
    pub reserve: u256,
    pub max_utilization: u256,
    pub floor: u256,
    pub scale: u256,
    pub is_legacy: bool,
    pub last_updated: u64,
    pub last_rate_accumulator: u256,
    pub last_full_utilization_rate: u256,
    pub fee_rate: u256,
    pub fee_shares: u256,
}

#[starknet::interface]
trait IPracticeLending<T> {
    /// Debt / (debt + reserve), of 10^18.
    fn utilization(self: @T, asset: ContractAddress) -> u256;
    /// Accrued to the block that is asked about; all 0 for an asset without a market.
    fn asset_config(self: @T, asset: ContractAddress) -> AssetConfig;
    fn open_market(ref self: T, asset: ContractAddress, scale: u256, amount: u128);
    fn borrow(ref self: T, asset: ContractAddress, amount: u128);
    fn repay(ref self: T, asset: ContractAddress, amount: u128);
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
    use crate::curve::{mul_div, mul_div_up};
    use crate::interfaces::{ITokenDispatcher, ITokenDispatcherTrait};
    use super::AssetConfig;

    const ONE: u256 = 1000000000000000000;
    const MOST_LENT: u256 = 950000000000000000;
    const YEAR: u256 = 31557600;
    /// A year's interest at full utilisation, of ONE.
    const FULL_RATE: u256 = 100000000000000000;

    #[storage]
    struct Storage {
        owner: ContractAddress,
        shares: Map<ContractAddress, u256>,
        nominal: Map<ContractAddress, u256>,
        reserves: Map<ContractAddress, u256>,
        scales: Map<ContractAddress, u256>,
        accumulators: Map<ContractAddress, u256>,
        touched: Map<ContractAddress, u64>,
    }

    #[constructor]
    fn constructor(ref self: ContractState, owner: ContractAddress) {
        self.owner.write(owner);
    }

    #[abi(embed_v0)]
    impl Lending of super::IPracticeLending<ContractState> {
        fn utilization(self: @ContractState, asset: ContractAddress) -> u256 {
            share(self.debt(asset, self.accumulator(asset)), self.reserves.read(asset))
        }

        fn asset_config(self: @ContractState, asset: ContractAddress) -> AssetConfig {
            let open = self.scales.read(asset) != 0;
            AssetConfig {
                total_collateral_shares: self.shares.read(asset),
                total_nominal_debt: self.nominal.read(asset),
                reserve: self.reserves.read(asset),
                max_utilization: if open {
                    MOST_LENT
                } else {
                    0
                },
                floor: 0,
                scale: self.scales.read(asset),
                is_legacy: false,
                last_updated: if open {
                    get_block_timestamp()
                } else {
                    0
                },
                last_rate_accumulator: self.accumulator(asset),
                last_full_utilization_rate: if open {
                    FULL_RATE / YEAR
                } else {
                    0
                },
                fee_rate: 0,
                fee_shares: 0,
            }
        }

        fn open_market(
            ref self: ContractState, asset: ContractAddress, scale: u256, amount: u128,
        ) {
            self.only_owner();
            assert(self.scales.read(asset) == 0, 'open already');
            assert(scale != 0 && scale <= ONE, 'no such scale');
            self.scales.write(asset, scale);
            self.accumulators.write(asset, ONE);
            self.touched.write(asset, get_block_timestamp());
            self.shares.write(asset, mul_div(amount.into(), ONE, scale));
            self.reserves.write(asset, amount.into());
            self.take(asset, amount);
        }

        fn borrow(ref self: ContractState, asset: ContractAddress, amount: u128) {
            let accumulator = self.touch(asset);
            let change = mul_div_up(
                mul_div_up(amount.into(), ONE, self.scales.read(asset)), ONE, accumulator,
            );
            self.nominal.write(asset, self.nominal.read(asset) + change);
            self.reserves.write(asset, self.reserves.read(asset) - amount.into());
            let lent = share(self.debt(asset, accumulator), self.reserves.read(asset));
            assert(lent <= MOST_LENT, 'lent out');
            ITokenDispatcher { contract_address: asset }
                .transfer(get_caller_address(), amount.into());
        }

        fn repay(ref self: ContractState, asset: ContractAddress, amount: u128) {
            let accumulator = self.touch(asset);
            let change = mul_div(
                mul_div(amount.into(), ONE, self.scales.read(asset)), ONE, accumulator,
            );
            self.nominal.write(asset, self.nominal.read(asset) - change);
            self.reserves.write(asset, self.reserves.read(asset) + amount.into());
            self.take(asset, amount);
        }
    }

    fn share(debt: u256, reserve: u256) -> u256 {
        if debt == 0 {
            0
        } else {
            mul_div(debt, ONE, debt + reserve)
        }
    }

    #[generate_trait]
    impl Inner of InnerTrait {
        fn only_owner(self: @ContractState) {
            assert(get_caller_address() == self.owner.read(), 'for its owner only');
        }

        /// Smallest units, rounded down.
        fn debt(self: @ContractState, asset: ContractAddress, accumulator: u256) -> u256 {
            let scaled = self.nominal.read(asset) * accumulator;
            mul_div(scaled, self.scales.read(asset), ONE * ONE)
        }

        /// What one unit of nominal debt has grown to, now.
        fn accumulator(self: @ContractState, asset: ContractAddress) -> u256 {
            let then = self.accumulators.read(asset);
            let seconds: u256 = (get_block_timestamp() - self.touched.read(asset)).into();
            let lent = share(self.debt(asset, then), self.reserves.read(asset));
            then + mul_div(then, mul_div(FULL_RATE, lent, ONE) * seconds, ONE * YEAR)
        }

        fn touch(ref self: ContractState, asset: ContractAddress) -> u256 {
            self.only_owner();
            assert(self.scales.read(asset) != 0, 'no such market');
            let accumulator = self.accumulator(asset);
            self.accumulators.write(asset, accumulator);
            self.touched.write(asset, get_block_timestamp());
            accumulator
        }

        fn take(ref self: ContractState, asset: ContractAddress, amount: u128) {
            ITokenDispatcher { contract_address: asset }
                .transfer_from(get_caller_address(), get_contract_address(), amount.into());
        }
    }
}
