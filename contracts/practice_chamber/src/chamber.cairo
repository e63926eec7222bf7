//! The pool. State is changed before a token is called, so that nothing that a token does finds it
//! half way.

#[starknet::contract]
mod PracticeChamber {
    use core::num::traits::Zero;
    use starknet::storage::{
        Map, StorageMapReadAccess, StorageMapWriteAccess, StoragePointerReadAccess,
        StoragePointerWriteAccess,
    };
    use starknet::syscalls::replace_class_syscall;
    use starknet::{
        ClassHash, ContractAddress, SyscallResultTrait, get_caller_address, get_contract_address,
    };
    use crate::interfaces::{
        Asset, IChamber, IGroth16VerifierBN254Dispatcher, IGroth16VerifierBN254DispatcherTrait,
        IOwnable, ITokenDispatcher, ITokenDispatcherTrait,
    };
    use crate::poseidon2::element;
    use crate::tree::{MAX_LEAVES, climb, leaf_of, number, parent, secret_of};

    #[storage]
    struct Storage {
        owner: ContractAddress,
        verifier: ContractAddress,
        /// What was deposited under a secret; outputs of spends are not in here.
        assets: Map<u256, Asset>,
        count: u32,
        /// Every node, by level (0 are leaves) and place, so that a path needs no hashing.
        nodes: Map<(u32, u32), u256>,
        known: Map<u256, bool>,
        root: u256,
        /// Every root that there was.
        roots: Map<u256, bool>,
        spent: Map<u256, bool>,
    }

    #[event]
    #[derive(Drop, starknet::Event)]
    enum Event {
        OwnershipTransferred: OwnershipTransferred,
        OwnershipTransferStarted: OwnershipTransferStarted,
        Upgraded: Upgraded,
    }

    #[derive(Drop, starknet::Event)]
    struct OwnershipTransferred {
        #[key]
        previous_owner: ContractAddress,
        #[key]
        new_owner: ContractAddress,
    }

    /// In the published ABI; nothing there or here sends it.
    #[derive(Drop, starknet::Event)]
    struct OwnershipTransferStarted {
        #[key]
        previous_owner: ContractAddress,
        #[key]
        new_owner: ContractAddress,
    }

    #[derive(Drop, starknet::Event)]
    struct Upgraded {
        class_hash: ClassHash,
    }

    #[constructor]
    fn constructor(
        ref self: ContractState, owner: ContractAddress, verifier: IGroth16VerifierBN254Dispatcher,
    ) {
        self.give_to(owner);
        self.verifier.write(verifier.contract_address);
    }

    #[abi(embed_v0)]
    impl Chamber of IChamber<ContractState> {
        fn deposit(ref self: ContractState, hash: u256, asset: Asset) {
            element(hash);
            assert(asset.amount != 0, 'amount is zero');
            assert(asset.amount.high == 0, 'amount exceeds 4bn');
            assert(self.assets.read(hash).amount == 0, 'transaction already exists');
            self.assets.write(hash, asset);
            self.append(leaf_of(hash, asset.addr, asset.amount));
            let token = ITokenDispatcher { contract_address: asset.addr };
            let paid = token
                .transfer_from(get_caller_address(), get_contract_address(), asset.amount);
            assert(paid, 'transfer failed');
        }

        fn withdraw_no_zk(
            ref self: ContractState,
            claiming_key: u256,
            owner: ContractAddress,
            asset: Asset,
            proof: Span<u256>,
        ) {
            self.spend_shown(claiming_key, owner, asset, proof, 0, 0);
        }

        fn seek_and_hide_no_zk(
            ref self: ContractState,
            claiming_key: u256,
            owner: ContractAddress,
            asset: Asset,
            proof: Span<u256>,
            new_tx_secret: u256,
            new_tx_amount: u256,
        ) {
            self.spend_shown(claiming_key, owner, asset, proof, new_tx_secret, new_tx_amount);
        }

        fn handle_zkp(ref self: ContractState, proof: Span<felt252>) {
            let verifier = IGroth16VerifierBN254Dispatcher {
                contract_address: self.verifier.read(),
            };
            let values = match verifier.verify_groth16_proof_bn254(proof) {
                Ok(values) => values,
                Err(reason) => core::panic_with_felt252(reason),
            };
            assert(values.len() == 10, 'not ten public inputs');
            for value in values {
                element(*value);
            }
            let owner = *values[0];
            let authorised = *values[1] == 1;
            let amount = *values[2];
            assert(self.roots.read(*values[5]), 'invalid merkle root');
            assert(
                authorised || owner == number(get_caller_address()), 'only owner caller or zk auth',
            );
            self.spend(*values[6]);
            self.append(*values[7]);
            self.append(*values[8]);
            if amount != 0 {
                self.pay(address(*values[4]), Asset { amount, addr: address(*values[3]) });
            }
        }

        fn tx_array(self: @ContractState) -> Array<u256> {
            self.level(0)
        }

        fn merkle_root(self: @ContractState) -> u256 {
            self.root.read()
        }

        /// Siblings from the leaf up, zeros where there is none; as many as the tree is high.
        fn merkle_proof(ref self: ContractState, index: u32) -> Span<u256> {
            let mut width = self.count.read();
            assert(index < width, 'no such leaf');
            let (mut at, mut level) = (index, 0);
            let mut siblings = array![];
            while width > 1 {
                let other = if at % 2 == 0 {
                    at + 1
                } else {
                    at - 1
                };
                siblings.append(if other < width {
                    self.nodes.read((level, other))
                } else {
                    0
                });
                at /= 2;
                width = half(width);
                level += 1;
            }
            siblings.span()
        }

        /// All nodes of a level from the left; 0 are the leaves. Empty above the root.
        fn merkle_leaves(ref self: ContractState, height: u32) -> Array<u256> {
            self.level(height)
        }

        fn assets_from_secret(self: @ContractState, tx_secret: u256) -> Asset {
            self.assets.read(tx_secret)
        }

        fn nullifiers_spent(self: @ContractState, nullifiers: Array<u256>) -> Array<bool> {
            let mut answers = array![];
            for one in nullifiers {
                answers.append(self.spent.read(one));
            }
            answers
        }

        fn transactions_exist(self: @ContractState, transactions: Array<u256>) -> Array<bool> {
            let mut answers = array![];
            for one in transactions {
                answers.append(self.known.read(one));
            }
            answers
        }

        fn setVerifierAddress(ref self: ContractState, verifier: IGroth16VerifierBN254Dispatcher) {
            self.only_owner();
            self.verifier.write(verifier.contract_address);
        }

        /// The root once more, from the newest leaf and what stands beside its way up.
        fn recalculate_merkle_root(ref self: ContractState) {
            let count = self.count.read();
            if count != 0 {
                let siblings = self.merkle_proof(count - 1);
                let root = climb(self.nodes.read((0, count - 1)), siblings);
                self.root.write(root);
                self.roots.write(root, true);
            }
        }

        fn upgrade(ref self: ContractState, new_class_hash: ClassHash) {
            self.only_owner();
            assert(new_class_hash.is_non_zero(), 'class hash is zero');
            replace_class_syscall(new_class_hash).unwrap_syscall();
            self.emit(Upgraded { class_hash: new_class_hash });
        }
    }

    #[abi(embed_v0)]
    impl Ownable of IOwnable<ContractState> {
        fn owner(self: @ContractState) -> ContractAddress {
            self.owner.read()
        }

        fn transfer_ownership(ref self: ContractState, new_owner: ContractAddress) {
            self.only_owner();
            assert(new_owner.is_non_zero(), 'new owner is zero');
            self.give_to(new_owner);
        }

        fn renounce_ownership(ref self: ContractState) {
            self.only_owner();
            self.give_to(Zero::zero());
        }

        fn transferOwnership(ref self: ContractState, newOwner: ContractAddress) {
            self.transfer_ownership(newOwner);
        }

        fn renounceOwnership(ref self: ContractState) {
            self.renounce_ownership();
        }
    }

    /// An address from a public input.
    fn address(value: u256) -> ContractAddress {
        let felt: Option<felt252> = value.try_into();
        let felt = felt.expect('not an address');
        felt.try_into().expect('not an address')
    }

    /// Nodes above so many.
    fn half(width: u32) -> u32 {
        width / 2 + width % 2
    }

    #[generate_trait]
    impl Inner of InnerTrait {
        fn only_owner(self: @ContractState) {
            assert(get_caller_address() == self.owner.read(), 'Caller is not the owner');
        }

        fn give_to(ref self: ContractState, new_owner: ContractAddress) {
            let previous_owner = self.owner.read();
            self.owner.write(new_owner);
            self.emit(OwnershipTransferred { previous_owner, new_owner });
        }

        /// A spend whose note everybody sees. Amounts and keys are canonical: with the field's order
        /// added they would have the same leaf, and pay more than it holds.
        fn spend_shown(
            ref self: ContractState,
            claiming_key: u256,
            owner: ContractAddress,
            asset: Asset,
            proof: Span<u256>,
            new_tx_secret: u256,
            new_tx_amount: u256,
        ) {
            element(claiming_key);
            element(asset.amount);
            element(new_tx_secret);
            assert(new_tx_amount <= asset.amount, 'more stays than there is');
            let leaf = leaf_of(secret_of(claiming_key, owner), asset.addr, asset.amount);
            assert(self.roots.read(climb(leaf, proof)), 'invalid merkle proof');
            let next = if claiming_key + 1 == crate::poseidon2::FIELD {
                0
            } else {
                claiming_key + 1
            };
            self.spend(leaf_of(secret_of(next, owner), asset.addr, asset.amount));
            if new_tx_amount != 0 {
                assert(get_caller_address() == owner, 'only owner caller or zk auth');
                self.append(leaf_of(new_tx_secret, asset.addr, new_tx_amount));
            }
            let amount = asset.amount - new_tx_amount;
            if amount != 0 {
                self.pay(owner, Asset { amount, addr: asset.addr });
            }
        }

        fn spend(ref self: ContractState, nullifier: u256) {
            assert(!self.spent.read(nullifier), 'transaction is spent');
            self.spent.write(nullifier, true);
        }

        fn pay(ref self: ContractState, to: ContractAddress, asset: Asset) {
            let token = ITokenDispatcher { contract_address: asset.addr };
            assert(token.transfer(to, asset.amount), 'transfer failed');
        }

        /// One more leaf: as many hashes as its index has ones, at most 20.
        fn append(ref self: ContractState, leaf: u256) {
            let index = self.count.read();
            assert(index < MAX_LEAVES, 'the tree is full');
            self.count.write(index + 1);
            self.known.write(leaf, true);
            self.nodes.write((0, index), leaf);
            let (mut node, mut at, mut level) = (leaf, index, 0);
            while at != 0 {
                if at % 2 == 1 {
                    node = parent(self.nodes.read((level, at - 1)), node);
                }
                at /= 2;
                level += 1;
                self.nodes.write((level, at), node);
            }
            self.root.write(node);
            self.roots.write(node, true);
        }

        fn level(self: @ContractState, height: u32) -> Array<u256> {
            let mut width = self.count.read();
            for _ in 0..height {
                if width < 2 {
                    return array![];
                }
                width = half(width);
            }
            let mut nodes = array![];
            for at in 0..width {
                nodes.append(self.nodes.read((height, at)));
            }
            nodes
        }
    }
}
