//! A core with the entry points of Ekubo's: all pools in one contract, named by their keys.
//!
//! A pool has one stretch of liquidity over all prices. Who drives it pays and is paid at once.

use crate::types::{Delta, FeesPerLiquidity, PoolKey, PoolPrice, SwapParameters};

#[starknet::interface]
trait IPracticeCore<T> {
    fn get_primary_interface_id(self: @T) -> felt252;
    fn get_pool_price(self: @T, pool_key: PoolKey) -> PoolPrice;
    fn get_pool_liquidity(self: @T, pool_key: PoolKey) -> u128;
    fn get_pool_fees_per_liquidity(self: @T, pool_key: PoolKey) -> FeesPerLiquidity;
    fn open_pool(ref self: T, pool_key: PoolKey, sqrt_ratio: u256, liquidity: u128);
    fn swap(ref self: T, pool_key: PoolKey, params: SwapParameters) -> Delta;
}

#[starknet::contract]
mod PracticeEkuboCore {
    use core::hash::{HashStateExTrait, HashStateTrait};
    use core::poseidon::PoseidonTrait;
    use starknet::storage::{
        Map, StorageMapReadAccess, StorageMapWriteAccess, StoragePointerReadAccess,
        StoragePointerWriteAccess,
    };
    use starknet::{ContractAddress, get_caller_address, get_contract_address};
    use crate::curve::{self, Q128};
    use crate::interfaces::{ITokenDispatcher, ITokenDispatcherTrait, settle};
    use crate::ticks::tick_of_x128;
    use crate::types::{Delta, FeesPerLiquidity, PoolKey, PoolPrice, SwapParameters, i129, signed};

    #[storage]
    struct Storage {
        owner: ContractAddress,
        sqrt_ratio: Map<felt252, u256>,
        liquidity: Map<felt252, u128>,
        fees0: Map<felt252, felt252>,
        fees1: Map<felt252, felt252>,
    }

    #[event]
    #[derive(Drop, starknet::Event)]
    enum Event {
        PoolInitialized: PoolInitialized,
        Swapped: Swapped,
    }

    #[derive(Drop, starknet::Event)]
    struct PoolInitialized {
        pool_key: PoolKey,
        initial_tick: i129,
        sqrt_ratio: u256,
    }

    #[derive(Drop, starknet::Event)]
    struct Swapped {
        locker: ContractAddress,
        pool_key: PoolKey,
        params: SwapParameters,
        delta: Delta,
        sqrt_ratio_after: u256,
        tick_after: i129,
        liquidity_after: u128,
    }

    #[constructor]
    fn constructor(ref self: ContractState, owner: ContractAddress) {
        self.owner.write(owner);
    }

    fn id(pool_key: PoolKey) -> felt252 {
        PoseidonTrait::new().update_with(pool_key).finalize()
    }

    #[abi(embed_v0)]
    impl Core of super::IPracticeCore<ContractState> {
        fn get_primary_interface_id(self: @ContractState) -> felt252 {
            selector!("obsqra_practice::ekubo_core")
        }

        fn get_pool_price(self: @ContractState, pool_key: PoolKey) -> PoolPrice {
            let sqrt_ratio = self.sqrt_ratio.read(id(pool_key));
            let tick = if sqrt_ratio == 0 {
                signed(0, false)
            } else {
                tick_of_x128(sqrt_ratio)
            };
            PoolPrice { sqrt_ratio, tick }
        }

        fn get_pool_liquidity(self: @ContractState, pool_key: PoolKey) -> u128 {
            self.liquidity.read(id(pool_key))
        }

        fn get_pool_fees_per_liquidity(
            self: @ContractState, pool_key: PoolKey,
        ) -> FeesPerLiquidity {
            let id = id(pool_key);
            FeesPerLiquidity { value0: self.fees0.read(id), value1: self.fees1.read(id) }
        }

        fn open_pool(
            ref self: ContractState, pool_key: PoolKey, sqrt_ratio: u256, liquidity: u128,
        ) {
            self.only_owner();
            let id = id(pool_key);
            assert(pool_key.token0 < pool_key.token1, 'tokens out of order');
            assert(self.sqrt_ratio.read(id) == 0, 'open already');
            assert(sqrt_ratio != 0 && liquidity != 0, 'no price or no liquidity');
            self.sqrt_ratio.write(id, sqrt_ratio);
            self.liquidity.write(id, liquidity);
            let whole: u256 = liquidity.into() * Q128;
            let owner = get_caller_address();
            let here = get_contract_address();
            ITokenDispatcher { contract_address: pool_key.token0 }
                .transfer_from(owner, here, whole / sqrt_ratio + 1);
            ITokenDispatcher { contract_address: pool_key.token1 }
                .transfer_from(owner, here, curve::mul_div_up(liquidity.into(), sqrt_ratio, Q128));
            let initial_tick = tick_of_x128(sqrt_ratio);
            self.emit(PoolInitialized { pool_key, initial_tick, sqrt_ratio });
        }

        fn swap(ref self: ContractState, pool_key: PoolKey, params: SwapParameters) -> Delta {
            self.only_owner();
            assert(!params.amount.sign, 'exact input only');
            let id = id(pool_key);
            let sqrt = self.sqrt_ratio.read(id);
            let liquidity = self.liquidity.read(id);
            assert(sqrt != 0, 'not initialized');
            let done = curve::swap(
                sqrt,
                liquidity,
                Q128,
                pool_key.fee.into(),
                Q128,
                params.amount.mag,
                params.is_token1,
                params.sqrt_ratio_limit,
            );
            self.sqrt_ratio.write(id, done.sqrt_after);
            // Fees of one unit of liquidity: fee * 2^128 / liquidity, added in the field.
            let growth: felt252 = (u256 { low: 0, high: done.fee } / liquidity.into())
                .try_into()
                .unwrap();
            let trader = get_caller_address();
            let delta = if params.is_token1 {
                self.fees1.write(id, self.fees1.read(id) + growth);
                settle(trader, pool_key.token1, done.paid, pool_key.token0, done.received);
                Delta { amount0: signed(done.received, true), amount1: signed(done.paid, false) }
            } else {
                self.fees0.write(id, self.fees0.read(id) + growth);
                settle(trader, pool_key.token0, done.paid, pool_key.token1, done.received);
                Delta { amount0: signed(done.paid, false), amount1: signed(done.received, true) }
            };
            self
                .emit(
                    Swapped {
                        locker: trader,
                        pool_key,
                        params,
                        delta,
                        sqrt_ratio_after: done.sqrt_after,
                        tick_after: tick_of_x128(done.sqrt_after),
                        liquidity_after: liquidity,
                    },
                );
            delta
        }
    }

    #[generate_trait]
    impl Guard of GuardTrait {
        fn only_owner(self: @ContractState) {
            assert(get_caller_address() == self.owner.read(), 'for its owner only');
        }
    }
}
