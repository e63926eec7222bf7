//! Notes and nodes of the tree: pairs are sorted before hashing, a zero lets the other one through,
//! and the tree is only as high as its leaves need.

use starknet::ContractAddress;
use crate::poseidon2::{element, hash2, hash3};

pub const HEIGHT: u32 = 20;
pub const MAX_LEAVES: u32 = 1048576;

/// The parent of two nodes, in either order.
pub fn parent(a: u256, b: u256) -> u256 {
    if a == 0 {
        b
    } else if b == 0 {
        a
    } else if a < b {
        hash2(a, b)
    } else {
        hash2(b, a)
    }
}

/// Where a leaf and its siblings lead. Siblings are elements, of a tree not higher than there are.
pub fn climb(leaf: u256, siblings: Span<u256>) -> u256 {
    assert(siblings.len() <= HEIGHT, 'invalid merkle proof');
    let mut node = leaf;
    for sibling in siblings {
        element(*sibling);
        node = parent(node, *sibling);
    }
    node
}

/// Of a note that is about to be, or of one that is spent by its key.
pub fn leaf_of(secret: u256, token: ContractAddress, amount: u256) -> u256 {
    hash3(secret, number(token), amount)
}

/// What a payer needs: (claiming key, owner).
pub fn secret_of(claiming_key: u256, owner: ContractAddress) -> u256 {
    hash2(claiming_key, number(owner))
}

/// An address as a number; below 2^251, so always an element.
pub fn number(address: ContractAddress) -> u256 {
    let felt: felt252 = address.into();
    felt.into()
}
