//! The proof system: types and the one shipped parameter set.
//!
//! Plonky3 0.8.0: univariate STARK over KoalaBear with challenges in its degree-4 extension, the hiding FRI
//! commitment of ePrint 2024/1037 (`HidingFriPcs` over salted Merkle trees), Blake2s-256 for trees and transcript.
//! Verifier and prover take everything here from this file, never from a proof.

use p3_challenger::{HashChallenger, SerializingChallenger32};
use p3_commit::ExtensionMmcs;
use p3_dft::Radix2DitParallel;
use p3_field::extension::BinomialExtensionField;
use p3_fri::{FriParameters, HidingFriPcs};
use p3_koala_bear::KoalaBear;
use p3_merkle_tree::MerkleTreeHidingMmcs;
use p3_symmetric::{CompressionFunctionFromHasher, SerializingHasher};
use p3_uni_stark::StarkConfig;
use rand::rngs::StdRng;

use crate::blake::Blake2s;
use crate::phases::PhasedPcs;

pub type Val = KoalaBear;
pub type Challenge = BinomialExtensionField<Val, 4>;
pub type Compress = CompressionFunctionFromHasher<Blake2s, 2, 32>;
/// Field elements of salt in every Merkle leaf: 4 x 31 bits.
pub const SALT: usize = 4;
pub type ValMmcs =
    MerkleTreeHidingMmcs<Val, u8, SerializingHasher<Blake2s>, Compress, StdRng, 2, 32, SALT>;
pub type ChallengeMmcs = ExtensionMmcs<Val, Challenge, ValMmcs>;
pub type Dft = Radix2DitParallel<Val>;
pub type InnerPcs = HidingFriPcs<Val, Dft, ValMmcs, ChallengeMmcs, StdRng>;
pub type Pcs = PhasedPcs<InnerPcs>;
pub type Challenger = SerializingChallenger32<Val, HashChallenger<u8, Blake2s, 32>>;
pub type Config = StarkConfig<Pcs, Challenge, Challenger>;
pub type Proof = p3_uni_stark::Proof<Config>;

/// Random codewords beside each committed matrix; the hiding PCS demands at least the extension degree.
pub const RANDOM_CODEWORDS: usize = 4;

/// The tunable numbers of the proof system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameters {
    pub log_blowup: usize,
    pub log_final_poly_len: usize,
    pub max_log_arity: usize,
    pub num_queries: usize,
    /// Grinding before the challenge that batches the openings.
    pub batch_pow_bits: usize,
    /// Grinding before each folding challenge.
    pub commit_pow_bits: usize,
    /// Grinding before the query indices.
    pub query_pow_bits: usize,
    /// Grinding before the out-of-domain point.
    pub ood_pow_bits: usize,
}

/// Parameter set 1, the one that ships; its security is computed in `security.rs`.
///
/// Chosen by sweeping `p3-security` over blow-ups 2^3..2^6: the smallest proofs and the fewest queries (what a
/// verifying contract pays for) at 100 conjectured bits or more come with a high blow-up, proving time grows with
/// it. 2^5 with 20 queries keeps a margin of two queries over the least number and proves in well under 0.2 s.
pub const SHIPPED: Parameters = Parameters {
    log_blowup: 5,
    log_final_poly_len: 2,
    max_log_arity: 3,
    num_queries: 20,
    batch_pow_bits: 0,
    commit_pow_bits: 0,
    query_pow_bits: 16,
    ood_pow_bits: 0,
};

impl Parameters {
    /// FRI parameters over a given commitment.
    pub fn fri<M>(&self, mmcs: M) -> FriParameters<M> {
        FriParameters {
            log_blowup: self.log_blowup,
            log_final_poly_len: self.log_final_poly_len,
            max_log_arity: self.max_log_arity,
            num_queries: self.num_queries,
            batch_proof_of_work_bits: self.batch_pow_bits,
            commit_proof_of_work_bits: self.commit_pow_bits,
            query_proof_of_work_bits: self.query_pow_bits,
            mmcs,
        }
    }

    /// The whole configuration for one statement.
    ///
    /// The transcript starts with a tag and the statement's digest, so that values no rule reads (chain, gate,
    /// account, nonce, expiry, block, snapshot) are bound as firmly as the public values.
    #[must_use]
    pub fn config(
        &self,
        statement_digest: &[u8; 32],
        randomness: Randomness,
        watch: crate::phases::Watch,
    ) -> Config {
        let mmcs = ValMmcs::new(
            SerializingHasher::new(Blake2s),
            Compress::new(Blake2s),
            0,
            randomness.salts,
        );
        let fri = self.fri(ChallengeMmcs::new(mmcs.clone()));
        let inner = InnerPcs::new(
            Dft::default(),
            mmcs,
            fri,
            RANDOM_CODEWORDS,
            randomness.masks,
        );
        let seed = [b"OBSQRA/STARK/1\0\0".as_slice(), statement_digest].concat();
        Config::new(
            PhasedPcs::new(inner, watch),
            Challenger::from_hasher(seed, Blake2s),
        )
        .with_ood_proof_of_work_bits(self.ood_pow_bits)
    }
}

/// The two generators that blind a proof.
pub struct Randomness {
    pub salts: StdRng,
    pub masks: StdRng,
}
