//! The two questions that Ekubo's router answers about a pool, over the core of the practice chain.

use crate::types::{Delta, Depth, PoolKey, RouteNode, TokenAmount};

#[starknet::interface]
trait IPracticeRouter<T> {
    /// What can be bought until the price is 1 + percent_64x64 / 2^64 times itself, or that part.
    fn get_market_depth_v2(self: @T, pool_key: PoolKey, percent_64x64: u128) -> Depth;
    fn quote_swap(self: @T, node: RouteNode, token_amount: TokenAmount) -> Delta;
}

#[starknet::contract]
mod PracticeEkuboRouter {
    use core::num::traits::Sqrt;
    use starknet::ContractAddress;
    use starknet::storage::{StoragePointerReadAccess, StoragePointerWriteAccess};
    use crate::curve::{self, Q128};
    use crate::interfaces::{ICoreDispatcher, ICoreDispatcherTrait};
    use crate::types::{Delta, Depth, PoolKey, RouteNode, TokenAmount, signed};

    const ONE_64: u256 = 0x10000000000000000;
    /// 2^188 and 2^126: the root of (1 + p) * 2^252 is the root of 1 + p, of 2^126.
    const SCALE: u256 = 0x100000000000000000000000000000000000000000000000;
    const ROOT_ONE: u256 = 0x40000000000000000000000000000000;
    const MIN_SQRT: u256 = 18446748437148339061;
    const MAX_SQRT: u256 = 6277100250585753475930931601400621808602321654880405518632;

    #[storage]
    struct Storage {
        core: ContractAddress,
    }

    #[constructor]
    fn constructor(ref self: ContractState, core: ContractAddress) {
        self.core.write(core);
    }

    #[abi(embed_v0)]
    impl Router of super::IPracticeRouter<ContractState> {
        fn get_market_depth_v2(
            self: @ContractState, pool_key: PoolKey, percent_64x64: u128,
        ) -> Depth {
            assert(percent_64x64.into() <= 4 * ONE_64, 'more than 400 %');
            let core = ICoreDispatcher { contract_address: self.core.read() };
            let sqrt = core.get_pool_price(pool_key).sqrt_ratio;
            let liquidity = core.get_pool_liquidity(pool_key);
            if sqrt == 0 || liquidity == 0 {
                return Depth { token0: 0, token1: 0 };
            }
            let whole: u256 = (percent_64x64.into() + ONE_64) * (SCALE / 4);
            let root: u256 = whole.sqrt().into() * 2;
            let above = curve::mul_div(sqrt, root, ROOT_ONE);
            let below = curve::mul_div(sqrt, ROOT_ONE, root);
            Depth {
                token0: curve::amount0(liquidity, sqrt, above, Q128, false),
                token1: curve::amount1(liquidity, below, sqrt, Q128, false),
            }
        }

        fn quote_swap(self: @ContractState, node: RouteNode, token_amount: TokenAmount) -> Delta {
            assert(!token_amount.amount.sign, 'exact input only');
            let key = node.pool_key;
            let is_token1 = token_amount.token == key.token1;
            assert(is_token1 || token_amount.token == key.token0, 'token not in this pool');
            let core = ICoreDispatcher { contract_address: self.core.read() };
            let limit = if node.sqrt_ratio_limit != 0 {
                node.sqrt_ratio_limit
            } else if is_token1 {
                MAX_SQRT
            } else {
                MIN_SQRT
            };
            let done = curve::swap(
                core.get_pool_price(key).sqrt_ratio,
                core.get_pool_liquidity(key),
                Q128,
                key.fee.into(),
                Q128,
                token_amount.amount.mag,
                is_token1,
                limit,
            );
            if is_token1 {
                Delta { amount0: signed(done.received, true), amount1: signed(done.paid, false) }
            } else {
                Delta { amount0: signed(done.paid, false), amount1: signed(done.received, true) }
            }
        }
    }
}
