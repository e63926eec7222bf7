//! A pair with the entry points of JediSwap v1's: x * y = k with a fee of 0.3 % (Uniswap v2 white
//! paper, section 3.2.1), and the time of the last swap among its reserves.

#[starknet::interface]
trait IPracticePair<T> {
    fn token0(self: @T) -> starknet::ContractAddress;
    fn token1(self: @T) -> starknet::ContractAddress;
    /// reserve 0, reserve 1, time of the last change: five felts.
    fn get_reserves(self: @T) -> (u256, u256, u64);
    fn totalSupply(self: @T) -> u256;
    fn klast(self: @T) -> u256;
    fn open_pair(ref self: T, amount0: u128, amount1: u128);
    fn swap_exact_input(ref self: T, amount: u128, is_token1: bool) -> u128;
}

#[starknet::contract]
mod PracticeJediSwapV1Pair {
    use core::num::traits::Sqrt;
    use starknet::storage::{StoragePointerReadAccess, StoragePointerWriteAccess};
    use starknet::{
        ContractAddress, get_block_timestamp, get_caller_address, get_contract_address,
    };
    use crate::curve::mul_div;
    use crate::interfaces::{ITokenDispatcher, ITokenDispatcherTrait, settle};

    #[storage]
    struct Storage {
        owner: ContractAddress,
        token0: ContractAddress,
        token1: ContractAddress,
        reserve0: u256,
        reserve1: u256,
        last: u64,
        supply: u256,
        klast: u256,
    }

    #[event]
    #[derive(Drop, starknet::Event)]
    enum Event {
        Swap: Swap,
        Sync: Sync,
    }

    #[derive(Drop, starknet::Event)]
    struct Swap {
        sender: ContractAddress,
        amount0In: u256,
        amount1In: u256,
        amount0Out: u256,
        amount1Out: u256,
        to: ContractAddress,
    }

    #[derive(Drop, starknet::Event)]
    struct Sync {
        reserve0: u256,
        reserve1: u256,
    }

    #[constructor]
    fn constructor(
        ref self: ContractState,
        token0: ContractAddress,
        token1: ContractAddress,
        owner: ContractAddress,
    ) {
        assert(token0 < token1, 'tokens out of order');
        self.token0.write(token0);
        self.token1.write(token1);
        self.owner.write(owner);
    }

    #[abi(embed_v0)]
    impl Pair of super::IPracticePair<ContractState> {
        fn token0(self: @ContractState) -> ContractAddress {
            self.token0.read()
        }

        fn token1(self: @ContractState) -> ContractAddress {
            self.token1.read()
        }

        fn get_reserves(self: @ContractState) -> (u256, u256, u64) {
            (self.reserve0.read(), self.reserve1.read(), self.last.read())
        }

        fn totalSupply(self: @ContractState) -> u256 {
            self.supply.read()
        }

        fn klast(self: @ContractState) -> u256 {
            self.klast.read()
        }

        fn open_pair(ref self: ContractState, amount0: u128, amount1: u128) {
            self.only_owner();
            assert(self.supply.read() == 0, 'open already');
            let owner = get_caller_address();
            let here = get_contract_address();
            let (amount0, amount1): (u256, u256) = (amount0.into(), amount1.into());
            ITokenDispatcher { contract_address: self.token0.read() }
                .transfer_from(owner, here, amount0);
            ITokenDispatcher { contract_address: self.token1.read() }
                .transfer_from(owner, here, amount1);
            let k = amount0 * amount1;
            self.supply.write(k.sqrt().into());
            self.klast.write(k);
            self.keep(amount0, amount1);
        }

        fn swap_exact_input(ref self: ContractState, amount: u128, is_token1: bool) -> u128 {
            self.only_owner();
            let zero = self.reserve0.read();
            let one = self.reserve1.read();
            let paid: u256 = amount.into();
            let (inside, outside) = if is_token1 {
                (one, zero)
            } else {
                (zero, one)
            };
            let net = paid * 997;
            let out = mul_div(net, outside, inside * 1000 + net);
            let received: u128 = out.try_into().unwrap();
            let trader = get_caller_address();
            let (token0, token1) = (self.token0.read(), self.token1.read());
            if is_token1 {
                settle(trader, token1, amount, token0, received);
                self.keep(zero - out, one + paid);
                self.told(0, paid, out, 0);
            } else {
                settle(trader, token0, amount, token1, received);
                self.keep(zero + paid, one - out);
                self.told(paid, 0, 0, out);
            }
            received
        }
    }

    #[generate_trait]
    impl Inner of InnerTrait {
        fn only_owner(self: @ContractState) {
            assert(get_caller_address() == self.owner.read(), 'for its owner only');
        }

        fn keep(ref self: ContractState, reserve0: u256, reserve1: u256) {
            self.reserve0.write(reserve0);
            self.reserve1.write(reserve1);
            self.last.write(get_block_timestamp());
            self.emit(Sync { reserve0, reserve1 });
        }

        fn told(
            ref self: ContractState,
            amount0In: u256,
            amount1In: u256,
            amount0Out: u256,
            amount1Out: u256,
        ) {
            let sender = get_caller_address();
            self.emit(Swap { sender, amount0In, amount1In, amount0Out, amount1Out, to: sender });
        }
    }
}
