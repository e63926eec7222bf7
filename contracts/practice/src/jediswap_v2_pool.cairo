//! A pool with the entry points of JediSwap v2's: one stretch of liquidity over all prices, fees
//! that grow for each unit of liquidity (Uniswap v3 white paper, section 6), and a protocol's share.

use crate::types::i32Parts;

#[starknet::interface]
trait IPracticePoolV2<T> {
    fn get_token0(self: @T) -> starknet::ContractAddress;
    fn get_token1(self: @T) -> starknet::ContractAddress;
    fn get_factory(self: @T) -> starknet::ContractAddress;
    /// Of what is paid, in millionths.
    fn get_fee(self: @T) -> u32;
    fn get_tick_spacing(self: @T) -> u32;
    fn get_sqrt_price_X96(self: @T) -> u256;
    fn get_tick(self: @T) -> i32Parts;
    fn get_liquidity(self: @T) -> u128;
    fn get_fee_growth_global_0_X128(self: @T) -> u256;
    fn get_fee_growth_global_1_X128(self: @T) -> u256;
    fn get_protocol_fees(self: @T) -> (u128, u128);
    fn open_pool(ref self: T, sqrt_price_X96: u256, liquidity: u128);
    fn swap_exact_input(ref self: T, amount: u128, is_token1: bool, limit_X96: u256) -> u128;
}

#[starknet::contract]
mod PracticeJediSwapV2Pool {
    use core::num::traits::WrappingAdd;
    use starknet::storage::{StoragePointerReadAccess, StoragePointerWriteAccess};
    use starknet::{ContractAddress, get_caller_address, get_contract_address};
    use crate::curve::{self, Q96};
    use crate::interfaces::{
        IFeeProtocolDispatcher, IFeeProtocolDispatcherTrait, ITokenDispatcher,
        ITokenDispatcherTrait, settle,
    };
    use crate::ticks::tick_of_x96;
    use crate::types::{i256Parts, i32Parts};

    const MILLION: u256 = 1000000;

    #[storage]
    struct Storage {
        owner: ContractAddress,
        factory: ContractAddress,
        token0: ContractAddress,
        token1: ContractAddress,
        fee: u32,
        tick_spacing: u32,
        sqrt_price: u256,
        liquidity: u128,
        growth0: u256,
        growth1: u256,
        protocol0: u128,
        protocol1: u128,
    }

    #[event]
    #[derive(Drop, starknet::Event)]
    enum Event {
        Initialize: Initialize,
        Swap: Swap,
    }

    #[derive(Drop, starknet::Event)]
    struct Initialize {
        sqrt_price_X96: u256,
        tick: i32Parts,
    }

    #[derive(Drop, starknet::Event)]
    struct Swap {
        sender: ContractAddress,
        recipient: ContractAddress,
        amount0: i256Parts,
        amount1: i256Parts,
        sqrt_price_X96: u256,
        liquidity: u128,
        tick: i32Parts,
    }

    #[constructor]
    fn constructor(
        ref self: ContractState,
        factory: ContractAddress,
        token0: ContractAddress,
        token1: ContractAddress,
        fee: u32,
        tick_spacing: u32,
        owner: ContractAddress,
    ) {
        assert(token0 < token1, 'tokens out of order');
        assert(fee.into() < MILLION, 'fee too high');
        self.factory.write(factory);
        self.token0.write(token0);
        self.token1.write(token1);
        self.fee.write(fee);
        self.tick_spacing.write(tick_spacing);
        self.owner.write(owner);
    }

    fn tick_of(sqrt_price: u256) -> i32Parts {
        let tick = tick_of_x96(sqrt_price);
        i32Parts { mag: tick.mag.try_into().unwrap(), sign: tick.sign }
    }

    #[abi(embed_v0)]
    impl Pool of super::IPracticePoolV2<ContractState> {
        fn get_token0(self: @ContractState) -> ContractAddress {
            self.token0.read()
        }

        fn get_token1(self: @ContractState) -> ContractAddress {
            self.token1.read()
        }

        fn get_factory(self: @ContractState) -> ContractAddress {
            self.factory.read()
        }

        fn get_fee(self: @ContractState) -> u32 {
            self.fee.read()
        }

        fn get_tick_spacing(self: @ContractState) -> u32 {
            self.tick_spacing.read()
        }

        fn get_sqrt_price_X96(self: @ContractState) -> u256 {
            self.sqrt_price.read()
        }

        fn get_tick(self: @ContractState) -> i32Parts {
            let sqrt_price = self.sqrt_price.read();
            if sqrt_price == 0 {
                i32Parts { mag: 0, sign: false }
            } else {
                tick_of(sqrt_price)
            }
        }

        fn get_liquidity(self: @ContractState) -> u128 {
            self.liquidity.read()
        }

        fn get_fee_growth_global_0_X128(self: @ContractState) -> u256 {
            self.growth0.read()
        }

        fn get_fee_growth_global_1_X128(self: @ContractState) -> u256 {
            self.growth1.read()
        }

        fn get_protocol_fees(self: @ContractState) -> (u128, u128) {
            (self.protocol0.read(), self.protocol1.read())
        }

        fn open_pool(ref self: ContractState, sqrt_price_X96: u256, liquidity: u128) {
            self.only_owner();
            assert(self.sqrt_price.read() == 0, 'open already');
            assert(sqrt_price_X96 != 0 && liquidity != 0, 'no price or no liquidity');
            self.sqrt_price.write(sqrt_price_X96);
            self.liquidity.write(liquidity);
            let owner = get_caller_address();
            let here = get_contract_address();
            let held0 = curve::mul_div_up(liquidity.into(), Q96, sqrt_price_X96);
            let held1 = curve::mul_div_up(liquidity.into(), sqrt_price_X96, Q96);
            ITokenDispatcher { contract_address: self.token0.read() }
                .transfer_from(owner, here, held0);
            ITokenDispatcher { contract_address: self.token1.read() }
                .transfer_from(owner, here, held1);
            self.emit(Initialize { sqrt_price_X96, tick: tick_of(sqrt_price_X96) });
        }

        fn swap_exact_input(
            ref self: ContractState, amount: u128, is_token1: bool, limit_X96: u256,
        ) -> u128 {
            self.only_owner();
            let sqrt_price = self.sqrt_price.read();
            let liquidity = self.liquidity.read();
            assert(sqrt_price != 0, 'not initialized');
            let done = curve::swap(
                sqrt_price,
                liquidity,
                Q96,
                self.fee.read().into(),
                MILLION,
                amount,
                is_token1,
                limit_X96,
            );
            self.sqrt_price.write(done.sqrt_after);
            let factory = IFeeProtocolDispatcher { contract_address: self.factory.read() };
            let parts: u128 = factory.get_fee_protocol().into();
            let kept = if parts == 0 {
                0
            } else {
                done.fee / parts
            };
            let growth = u256 { low: 0, high: done.fee - kept } / liquidity.into();
            let trader = get_caller_address();
            let (token0, token1) = (self.token0.read(), self.token1.read());
            if is_token1 {
                self.growth1.write(self.growth1.read().wrapping_add(growth));
                self.protocol1.write(self.protocol1.read() + kept);
                settle(trader, token1, done.paid, token0, done.received);
            } else {
                self.growth0.write(self.growth0.read().wrapping_add(growth));
                self.protocol0.write(self.protocol0.read() + kept);
                settle(trader, token0, done.paid, token1, done.received);
            }
            let inward = i256Parts { mag: done.paid.into(), sign: false };
            let outward = i256Parts { mag: done.received.into(), sign: done.received != 0 };
            let (amount0, amount1) = if is_token1 {
                (outward, inward)
            } else {
                (inward, outward)
            };
            self
                .emit(
                    Swap {
                        sender: trader,
                        recipient: trader,
                        amount0,
                        amount1,
                        sqrt_price_X96: done.sqrt_after,
                        liquidity,
                        tick: tick_of(done.sqrt_after),
                    },
                );
            done.received
        }
    }

    #[generate_trait]
    impl Guard of GuardTrait {
        fn only_owner(self: @ContractState) {
            assert(get_caller_address() == self.owner.read(), 'for its owner only');
        }
    }
}
