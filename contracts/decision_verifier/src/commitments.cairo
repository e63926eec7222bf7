//! Section 8: Merkle trees and their multiproofs.

use crate::blake::{Digest, hash_pair, same_digest};

/// A node of the level at hand: its index and its digest.
#[derive(Copy, Drop)]
pub struct Node {
    pub index: u32,
    pub digest: Digest,
}

/// Nodes in ascending order; where an index comes twice, both must have the same digest.
pub fn distinct(mut nodes: Span<Node>) -> Span<Node> {
    let mut result = array![];
    let mut last = *nodes.pop_front().unwrap();
    result.append(last);
    while let Some(node) = nodes.pop_front() {
        if *node.index == last.index {
            assert(same_digest(*node.digest, last.digest), 'merkle: leaf opens in two ways');
        } else {
            last = *node;
            result.append(last);
        }
    }
    result.span()
}

/// Checks a multiproof: the leaves (ascending, distinct) and exactly all the digests give the root.
pub fn check_tree(root: Digest, height: u32, leaves: Span<Node>, mut digests: Span<Digest>) {
    let mut level = leaves; // of at least one leaf
    for _ in 0..height {
        let mut above = array![];
        while let Some(node) = level.pop_front() {
            let Node { index, digest } = *node;
            let (parent, side) = DivRem::div_rem(index, 2);
            if side == 1 {
                let left = *digests.pop_front().expect('merkle: too few digests');
                above.append(Node { index: parent, digest: hash_pair(left, digest) });
                continue;
            }
            // A left child: the right one is the next known node, or the next digest.
            let known = match level.get(0) {
                Some(next) => *next.unbox().index == index + 1,
                None => false,
            };
            let right = if known {
                *level.pop_front().unwrap().digest
            } else {
                *digests.pop_front().expect('merkle: too few digests')
            };
            above.append(Node { index: parent, digest: hash_pair(digest, right) });
        }
        level = above.span();
    }
    assert(digests.is_empty(), 'merkle: too many digests');
    let top = *level.pop_front().unwrap();
    assert(same_digest(top.digest, root), 'merkle: a root does not match');
}
