//! The published keys, in the forms that tests/devtools/mist_key.py writes.
//!
//! Proving key: the word `OBMISTP1`; four u32, log2 of the domain, wires, public wires (with the constant), 0; the
//! generator of the domain; two bitmaps of the wires that have a base in A and in B; then affine points, 32
//! bytes little-endian a coordinate: alpha, beta, delta (G1), beta, delta (G2), A, B (G1), the bases of the
//! quotient's coefficients from the lowest, K (private wires), B (G2).
//! Verifying key: the word `OBMISTV1`; alpha (G1), beta, gamma, delta (G2), one point for each public wire.

use ark_bn254::{Fr, G1Affine, G2Affine};
use ark_ff::{Field, One};

use super::bytes::{Malformed, Reader};

const MAX_LOG: usize = 14;
const MAX_WIRES: usize = 1 << 14;
const MAX_PUBLIC: usize = 64;

#[derive(Debug)]
pub struct ProvingKey {
    pub log_domain: usize,
    pub wires: usize,
    pub publics: usize,
    /// Generates the domain of 2^log_domain roots of unity.
    pub generator: Fr,
    /// The wires that the bases of A and of B belong to.
    pub wires_a: Vec<usize>,
    pub wires_b: Vec<usize>,
    pub alpha: G1Affine,
    pub beta: G1Affine,
    pub delta: G1Affine,
    pub beta2: G2Affine,
    pub delta2: G2Affine,
    pub a: Vec<G1Affine>,
    pub b: Vec<G1Affine>,
    pub quotient: Vec<G1Affine>,
    pub private: Vec<G1Affine>,
    pub b2: Vec<G2Affine>,
}

fn bitmap(reader: &mut Reader<'_>, wires: usize) -> Result<Vec<usize>, Malformed> {
    let bits = reader.take(wires.div_ceil(8))?;
    let is_set = |index: &usize| bits[index / 8] >> (index % 8) & 1 == 1;
    if (wires..8 * bits.len()).any(|index| is_set(&index)) {
        return Err(Malformed::Index);
    }
    Ok((0..wires).filter(is_set).collect())
}

fn many<'a, T>(
    reader: &mut Reader<'a>,
    count: usize,
    one: impl Fn(&mut Reader<'a>) -> Result<T, Malformed>,
) -> Result<Vec<T>, Malformed> {
    (0..count).map(|_| one(reader)).collect()
}

impl ProvingKey {
    /// Read it; every point is checked to be on its curve. That points of G2 are in the right group is
    /// left to the digest of the file: a wrong one only makes proofs that do not verify.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader(bytes);
        reader.magic(b"OBMISTP1")?;
        let log_domain = reader.size(MAX_LOG)?;
        let wires = reader.size(MAX_WIRES)?;
        let publics = reader.size(MAX_PUBLIC)?;
        if reader.size(0)? != 0 || publics == 0 || publics >= wires || log_domain == 0 {
            return Err(Malformed::Size);
        }
        let generator: Fr = reader.field()?;
        let half = generator.pow([1 << (log_domain - 1)]);
        if half != -Fr::one() {
            return Err(Malformed::Kind);
        }
        let wires_a = bitmap(&mut reader, wires)?;
        let wires_b = bitmap(&mut reader, wires)?;
        let (count_a, count_b) = (wires_a.len(), wires_b.len());
        let key = Self {
            log_domain,
            wires,
            publics,
            generator,
            wires_a,
            wires_b,
            alpha: reader.g1()?,
            beta: reader.g1()?,
            delta: reader.g1()?,
            beta2: reader.g2_on_curve()?,
            delta2: reader.g2_on_curve()?,
            a: many(&mut reader, count_a, Reader::g1)?,
            b: many(&mut reader, count_b, Reader::g1)?,
            quotient: many(&mut reader, (1 << log_domain) - 1, Reader::g1)?,
            private: many(&mut reader, wires - publics, Reader::g1)?,
            b2: many(&mut reader, count_b, Reader::g2_on_curve)?,
        };
        reader.end()?;
        Ok(key)
    }
}

#[derive(Debug)]
pub struct VerifyingKey {
    pub alpha: G1Affine,
    pub beta: G2Affine,
    pub gamma: G2Affine,
    pub delta: G2Affine,
    /// The constant first, then one for each public input.
    pub inputs: Vec<G1Affine>,
}

impl VerifyingKey {
    /// Read a key for `publics` public inputs; all points are checked to be in their groups.
    pub fn parse(bytes: &[u8], publics: usize) -> Result<Self, Malformed> {
        let mut reader = Reader(bytes);
        reader.magic(b"OBMISTV1")?;
        let g2 = |reader: &mut Reader<'_>| {
            let point = reader.g2_on_curve()?;
            let good = point.is_in_correct_subgroup_assuming_on_curve();
            good.then_some(point).ok_or(Malformed::Subgroup)
        };
        let key = Self {
            alpha: reader.g1()?,
            beta: g2(&mut reader)?,
            gamma: g2(&mut reader)?,
            delta: g2(&mut reader)?,
            // The circuit never looks at one public input (WithdrawTo): its point is infinity.
            inputs: many(&mut reader, publics + 1, Reader::g1_or_infinity)?,
        };
        reader.end()?;
        Ok(key)
    }
}
