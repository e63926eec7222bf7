//! The byte layout of a proof. Nothing in it describes its own shape but four or more digest counts.
//!
//! Integers are u32 little-endian. A field element `x` is written as `x 2^32 mod p` (`< p`): this is the word that
//! Plonky3 hashes into its trees and transcript, so that a verifier hashes slices of the proof as they are. An
//! extension element is its four coefficients `c0 + c1 X + c2 X^2 + c3 X^3`; a digest is 32 bytes. `Q` is the number of queries, `w` the width
//! of a matrix including the random codewords (trace 72, each of 8 quotient chunks 8, randomisation 8).
//!
//! ```text
//! 16 B   "OBSQRA/PROOF/1\0\0"
//! 3 x 32 roots: trace, quotient chunks, randomisation
//! u32    grinding witness of the out-of-domain point      (only if it is ground)
//! ext    trace at zeta (68), trace at g zeta (68), quotient chunks at zeta (8 x 4), randomisation at zeta (4)
//! ext    random codewords: randomisation at zeta (4); trace at zeta (4) and g zeta (4); quotient chunks (8 x 4)
//! u32    grinding witness of the batching challenge        (only if it is ground)
//! k x 32 roots of the k folded codewords
//! k u32  grinding witnesses of the folding challenges      (only if they are ground)
//! ext    final polynomial, coefficients from low to high
//! u32    grinding witness of the queries                   (only if they are ground)
//! then for each batch (randomisation, trace, quotient chunks):
//!   Q x (rows of its matrices, w u32 each)   Q x (salts, 4 u32 for each matrix)   u32 n   n digests
//! then for each of the k folding rounds of arity a:
//!   Q x (a - 1 sibling values, ext)          Q x (salt, 4 u32)                      u32 n   n digests
//! ```
//! The digests of a batch are the pruned Merkle multiproof of all queried leaves: level by level from the leaves,
//! ascending, only nodes that no queried leaf lies under. Rows and siblings are listed in the order of the queries,
//! repeated ones included.

use p3_field::{BasedVectorSpace, Field, PrimeCharacteristicRing, PrimeField32};
use p3_fri::{BatchMultiOpening, CommitPhaseMultiStep, FriProof};
use p3_merkle_tree::PrunedMerklePaths;
use p3_symmetric::MerkleCap;
use p3_uni_stark::{Commitments, OpenedValues};

use crate::air::columns::{COLS, ROWS};
use crate::config::{Challenge, Parameters, Proof, RANDOM_CODEWORDS, SALT, Val};
use crate::statement::MODULUS;

const MAGIC: &[u8; 16] = b"OBSQRA/PROOF/1\0\0";
/// Quotient chunks of a degree-4 AIR under the hiding commitment.
pub const CHUNKS: usize = 8;
/// Extension degree.
pub const EXT: usize = 4;
/// `log2` of the committed (masked) trace height.
pub const LOG_COMMITTED: usize = ROWS.ilog2() as usize + 1;

/// Why a byte string is not a proof of the pinned shape.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    #[error("proof bytes: {0}")]
    Malformed(&'static str),
}

/// Everything about a proof's shape, from the parameters alone.
struct Shape {
    queries: usize,
    /// Matrix widths of the three input batches, in order.
    batches: [Vec<usize>; 3],
    /// `log2` of the arity of each folding round.
    log_arities: Vec<usize>,
    log_height: usize,
    final_len: usize,
}

impl Shape {
    fn new(parameters: &Parameters) -> Self {
        let log_height = LOG_COMMITTED + parameters.log_blowup;
        let log_final = parameters.log_final_poly_len + parameters.log_blowup;
        let mut log_arities = vec![];
        let mut height = log_height;
        while height > log_final {
            let arity = parameters.max_log_arity.min(height - log_final);
            log_arities.push(arity);
            height -= arity;
        }
        let masked = EXT + RANDOM_CODEWORDS;
        Self {
            queries: parameters.num_queries,
            batches: [
                vec![masked],
                vec![COLS + RANDOM_CODEWORDS],
                vec![masked; CHUNKS],
            ],
            log_arities,
            log_height,
            final_len: 1 << parameters.log_final_poly_len,
        }
    }
}

struct Writer(Vec<u8>);

impl Writer {
    fn word(&mut self, value: u32) {
        self.0.extend(value.to_le_bytes());
    }

    fn vals(&mut self, values: &[Val]) {
        for value in values {
            self.word(value.to_unique_u32());
        }
    }

    fn exts(&mut self, values: &[Challenge]) {
        for value in values {
            self.vals(value.as_basis_coefficients_slice());
        }
    }

    fn root(&mut self, cap: &MerkleCap<Val, [u8; 32]>) {
        for digest in cap.roots() {
            self.0.extend(digest);
        }
    }

    fn multiproof(&mut self, salts: &[Vec<Vec<Val>>], paths: &PrunedMerklePaths<u8, 32>) {
        for salt in salts.iter().flatten() {
            self.vals(salt);
        }
        self.word(paths.sibling_hashes.len() as u32);
        for digest in &paths.sibling_hashes {
            self.0.extend(digest);
        }
    }
}

/// The bytes of a proof made with these parameters.
#[must_use]
pub fn encode(proof: &Proof, parameters: &Parameters) -> Vec<u8> {
    let mut w = Writer(MAGIC.to_vec());
    let (random_codewords, fri) = &proof.opening_proof;
    let commitments = &proof.commitments;
    w.root(&commitments.trace);
    w.root(&commitments.quotient_chunks);
    commitments.random.iter().for_each(|root| w.root(root));
    if parameters.ood_pow_bits > 0 {
        w.vals(&[proof.ood_pow_witness]);
    }
    let opened = &proof.opened_values;
    w.exts(&opened.trace_local);
    opened.trace_next.iter().for_each(|row| w.exts(row));
    opened
        .quotient_chunks
        .iter()
        .for_each(|chunk| w.exts(chunk));
    opened.random.iter().for_each(|row| w.exts(row));
    random_codewords
        .iter()
        .flatten()
        .flatten()
        .for_each(|row| w.exts(row));
    if parameters.batch_pow_bits > 0 {
        w.vals(&[fri.batch_pow_witness]);
    }
    fri.commit_phase_commits
        .iter()
        .for_each(|root| w.root(root));
    if parameters.commit_pow_bits > 0 {
        w.vals(&fri.commit_pow_witnesses);
    }
    w.exts(&fri.final_poly);
    if parameters.query_pow_bits > 0 {
        w.vals(&[fri.query_pow_witness]);
    }
    for batch in &fri.input_openings {
        batch
            .opened_values
            .iter()
            .flatten()
            .for_each(|row| w.vals(row));
        w.multiproof(&batch.opening_proof.0, &batch.opening_proof.1);
    }
    for round in &fri.commit_phase_openings {
        round.sibling_values.iter().for_each(|row| w.exts(row));
        w.multiproof(&round.opening_proof.0, &round.opening_proof.1);
    }
    w.0
}

struct Reader<'a> {
    rest: &'a [u8],
    /// `2^-32`: from the written word to the element.
    scale: Val,
}

impl Reader<'_> {
    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], LayoutError> {
        let (head, tail) = self
            .rest
            .split_first_chunk::<N>()
            .ok_or(LayoutError::Malformed("too short"))?;
        self.rest = tail;
        Ok(*head)
    }

    fn word(&mut self) -> Result<u32, LayoutError> {
        Ok(u32::from_le_bytes(self.bytes()?))
    }

    fn val(&mut self) -> Result<Val, LayoutError> {
        let word = self.word()?;
        if word < MODULUS {
            Ok(Val::from_u32(word) * self.scale)
        } else {
            Err(LayoutError::Malformed("a field element is not canonical"))
        }
    }

    fn vals(&mut self, count: usize) -> Result<Vec<Val>, LayoutError> {
        (0..count).map(|_| self.val()).collect()
    }

    fn ext(&mut self) -> Result<Challenge, LayoutError> {
        let coefficients = self.vals(EXT)?;
        Challenge::from_basis_coefficients_slice(&coefficients)
            .ok_or(LayoutError::Malformed("an extension element is short"))
    }

    fn exts(&mut self, count: usize) -> Result<Vec<Challenge>, LayoutError> {
        (0..count).map(|_| self.ext()).collect()
    }

    fn root(&mut self) -> Result<MerkleCap<Val, [u8; 32]>, LayoutError> {
        Ok(MerkleCap::new(vec![self.bytes()?]))
    }

    fn ground(&mut self, bits: usize) -> Result<Val, LayoutError> {
        if bits > 0 { self.val() } else { Ok(Val::ZERO) }
    }

    /// `Q x matrices` salts, then the digests of a tree with `2^log_leaves` leaves.
    #[allow(clippy::type_complexity)]
    fn multiproof(
        &mut self,
        queries: usize,
        matrices: usize,
        log_leaves: usize,
    ) -> Result<(Vec<Vec<Vec<Val>>>, PrunedMerklePaths<u8, 32>), LayoutError> {
        let salts = (0..queries)
            .map(|_| (0..matrices).map(|_| self.vals(SALT)).collect())
            .collect::<Result<_, _>>()?;
        let count = self.word()? as usize;
        if count > queries * log_leaves {
            return Err(LayoutError::Malformed("too many digests"));
        }
        let sibling_hashes = (0..count).map(|_| self.bytes()).collect::<Result<_, _>>()?;
        Ok((salts, PrunedMerklePaths { sibling_hashes }))
    }
}

/// Parse the bytes of a proof for these parameters.
///
/// # Errors
/// Any deviation from the layout: length, magic, a number that is not canonical, too many digests.
pub fn decode(bytes: &[u8], parameters: &Parameters) -> Result<Proof, LayoutError> {
    let shape = Shape::new(parameters);
    let mut r = Reader {
        rest: bytes,
        scale: Val::TWO.exp_u64(32).inverse(),
    };
    if &r.bytes::<16>()? != MAGIC {
        return Err(LayoutError::Malformed("wrong magic"));
    }
    let commitments = Commitments {
        trace: r.root()?,
        quotient_chunks: r.root()?,
        random: Some(r.root()?),
    };
    let ood_pow_witness = r.ground(parameters.ood_pow_bits)?;
    let opened_values = OpenedValues {
        trace_local: r.exts(COLS)?,
        trace_next: Some(r.exts(COLS)?),
        preprocessed: None,
        quotient_chunks: (0..CHUNKS).map(|_| r.exts(EXT)).collect::<Result<_, _>>()?,
        random: Some(r.exts(EXT)?),
    };
    let mut codewords = |points: usize| -> Result<Vec<Vec<Challenge>>, LayoutError> {
        (0..points).map(|_| r.exts(RANDOM_CODEWORDS)).collect()
    };
    let random_codewords = vec![
        vec![codewords(1)?],
        vec![codewords(2)?],
        (0..CHUNKS)
            .map(|_| codewords(1))
            .collect::<Result<_, _>>()?,
    ];
    let batch_pow_witness = r.ground(parameters.batch_pow_bits)?;
    let rounds = shape.log_arities.len();
    let commit_phase_commits = (0..rounds).map(|_| r.root()).collect::<Result<_, _>>()?;
    let commit_pow_witnesses = (0..rounds)
        .map(|_| r.ground(parameters.commit_pow_bits))
        .collect::<Result<_, _>>()?;
    let final_poly = r.exts(shape.final_len)?;
    let query_pow_witness = r.ground(parameters.query_pow_bits)?;
    let input_openings = shape
        .batches
        .iter()
        .map(|widths| {
            let opened_values = (0..shape.queries)
                .map(|_| widths.iter().map(|&width| r.vals(width)).collect())
                .collect::<Result<_, _>>()?;
            let opening_proof = r.multiproof(shape.queries, widths.len(), shape.log_height)?;
            Ok(BatchMultiOpening {
                opened_values,
                opening_proof,
            })
        })
        .collect::<Result<_, LayoutError>>()?;
    let mut height = shape.log_height;
    let commit_phase_openings = shape
        .log_arities
        .iter()
        .map(|&log_arity| {
            height -= log_arity;
            let siblings = (1 << log_arity) - 1;
            let sibling_values = (0..shape.queries)
                .map(|_| r.exts(siblings))
                .collect::<Result<_, _>>()?;
            let opening_proof = r.multiproof(shape.queries, 1, height)?;
            Ok(CommitPhaseMultiStep {
                sibling_values,
                opening_proof,
            })
        })
        .collect::<Result<_, LayoutError>>()?;
    if !r.rest.is_empty() {
        return Err(LayoutError::Malformed("trailing bytes"));
    }
    let fri = FriProof {
        batch_pow_witness,
        commit_phase_commits,
        commit_pow_witnesses,
        input_openings,
        commit_phase_openings,
        final_poly,
        query_pow_witness,
    };
    Ok(Proof {
        commitments,
        opened_values,
        opening_proof: (random_codewords, fri),
        degree_bits: LOG_COMMITTED,
        ood_pow_witness,
    })
}
