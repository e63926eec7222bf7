//! MIST's Merkle tree: pairs are sorted before hashing, a zero lets its sibling through, and the tree is only as high
//! as its leaves need (the root of one leaf is that leaf).

use ark_bn254::Fr;
use ark_ff::Zero;

use super::hash::hash2;

/// Siblings in a path, as the circuit takes it; shorter ones end in zeros.
pub const HEIGHT: usize = 20;
/// The most leaves that a path reaches.
pub const MAX_LEAVES: usize = 1 << HEIGHT;

/// A tree cannot be made, or has no such leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    #[error("more than 2^20 leaves")]
    TooMany,
    #[error("no leaf with this index")]
    NoLeaf,
}

/// The parent of two nodes, in either order.
#[must_use]
pub fn node(a: Fr, b: Fr) -> Fr {
    match (a.is_zero(), b.is_zero()) {
        (true, _) => b,
        (_, true) => a,
        _ if a <= b => hash2(a, b),
        _ => hash2(b, a),
    }
}

fn parents(level: &[Fr]) -> Vec<Fr> {
    level
        .chunks(2)
        .map(|pair| node(pair[0], pair.get(1).copied().unwrap_or_default()))
        .collect()
}

/// The root; zero if there are no leaves.
pub fn root(leaves: &[Fr]) -> Result<Fr, TreeError> {
    match leaves.len() {
        0 => Ok(Fr::zero()),
        _ => path(leaves, 0).map(|(root, _)| root),
    }
}

/// The root, and the siblings from the leaf up, zeros where there are none.
pub fn path(leaves: &[Fr], mut index: usize) -> Result<(Fr, [Fr; HEIGHT]), TreeError> {
    if leaves.len() > MAX_LEAVES {
        return Err(TreeError::TooMany);
    }
    if index >= leaves.len() {
        return Err(TreeError::NoLeaf);
    }
    let mut siblings = [Fr::zero(); HEIGHT];
    let mut level = leaves.to_vec();
    for sibling in &mut siblings {
        if level.len() == 1 {
            break;
        }
        *sibling = level.get(index ^ 1).copied().unwrap_or_default();
        level = parents(&level);
        index /= 2;
    }
    Ok((level[0], siblings))
}

/// The root that a leaf and its siblings lead to.
#[must_use]
pub fn climb(leaf: Fr, siblings: &[Fr]) -> Fr {
    siblings.iter().fold(leaf, |at, sibling| node(at, *sibling))
}
