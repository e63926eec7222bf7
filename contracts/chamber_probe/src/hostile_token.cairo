//! A token that moves nothing, answers as it is told, and calls back into the pool when it is paid
//! out or in.

use starknet::ContractAddress;

#[starknet::interface]
trait IHostileToken<T> {
    fn answer(ref self: T, good: bool);
    fn call_back(ref self: T, pool: ContractAddress, selector: felt252, calldata: Span<felt252>);
    fn transfer(ref self: T, recipient: ContractAddress, amount: u256) -> bool;
    fn transfer_from(
        ref self: T, sender: ContractAddress, recipient: ContractAddress, amount: u256,
    ) -> bool;
}

#[starknet::contract]
mod HostileToken {
    use core::num::traits::Zero;
    use starknet::storage::{
        MutableVecTrait, StoragePointerReadAccess, StoragePointerWriteAccess, Vec,
    };
    use starknet::syscalls::call_contract_syscall;
    use starknet::{ContractAddress, SyscallResultTrait};

    #[storage]
    struct Storage {
        bad: bool,
        pool: ContractAddress,
        selector: felt252,
        calldata: Vec<felt252>,
    }

    #[abi(embed_v0)]
    impl Token of super::IHostileToken<ContractState> {
        fn answer(ref self: ContractState, good: bool) {
            self.bad.write(!good);
        }

        fn call_back(
            ref self: ContractState,
            pool: ContractAddress,
            selector: felt252,
            calldata: Span<felt252>,
        ) {
            self.pool.write(pool);
            self.selector.write(selector);
            for felt in calldata {
                self.calldata.push(*felt);
            }
        }

        fn transfer(ref self: ContractState, recipient: ContractAddress, amount: u256) -> bool {
            self.moved()
        }

        fn transfer_from(
            ref self: ContractState,
            sender: ContractAddress,
            recipient: ContractAddress,
            amount: u256,
        ) -> bool {
            self.moved()
        }
    }

    #[generate_trait]
    impl Inner of InnerTrait {
        fn moved(ref self: ContractState) -> bool {
            let pool = self.pool.read();
            if pool.is_non_zero() {
                self.pool.write(Zero::zero());
                let mut calldata = array![];
                for at in 0..self.calldata.len() {
                    calldata.append(self.calldata.at(at).read());
                }
                call_contract_syscall(pool, self.selector.read(), calldata.span())
                    .unwrap_syscall();
            }
            !self.bad.read()
        }
    }
}
