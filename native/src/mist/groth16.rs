//! Groth16 (ePrint 2016/260) over BN254: the prover for gnark's keys, and the verifier.

use ark_bn254::{Bn254, Fq, Fq2, Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::pairing::Pairing;
use ark_ec::{AffineRepr, CurveGroup, VariableBaseMSM};
use ark_ff::{PrimeField, Zero};
use rand::TryRng;
use rand::rngs::SysRng;

use super::bytes::{self, Malformed};
use super::circuit::{Circuit, Unsatisfied, Witness};
use super::keys::{ProvingKey, VerifyingKey};
use super::transform;

/// Bytes of a proof: A (x, y), B (x0, x1, y0, y1), C (x, y), 32 each, big-endian.
pub const PROOF_BYTES: usize = 256;

/// The prover's phases, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Solve the circuit.
    Witness,
    /// The quotient polynomial.
    Quotient,
    /// The sums over the key's points.
    Points,
    /// The pairing check of the new proof.
    Check,
}

impl Phase {
    /// Stable name for callers in other languages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Witness => "witness",
            Self::Quotient => "quotient",
            Self::Points => "points",
            Self::Check => "check",
        }
    }
}

/// Why no proof was made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProveError {
    #[error(transparent)]
    Unsatisfied(#[from] Unsatisfied),
    #[error("cancelled")]
    Cancelled,
    #[error("the operating system gave no randomness")]
    Randomness,
    #[error("a thread of the prover ended early")]
    Thread,
    #[error("the new proof does not verify: the keys do not belong together")]
    Keys,
}

/// Why a proof was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error("the pairing equation does not hold")]
    Equation,
}

/// The three points of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    pub a: G1Affine,
    pub b: G2Affine,
    pub c: G1Affine,
}

impl Proof {
    /// Read 256 bytes; every point is on its curve, in its group and not infinity.
    pub fn parse(proof: &[u8]) -> Result<Self, Malformed> {
        let [ax, ay, bx0, bx1, by0, by1, cx, cy] = bytes::exactly::<Fq, 8>(proof)?;
        let (a, c) = (bytes::g1(ax, ay, false)?, bytes::g1(cx, cy, false)?);
        let b = bytes::g2(Fq2::new(bx0, bx1), Fq2::new(by0, by1))?;
        if !b.is_in_correct_subgroup_assuming_on_curve() {
            return Err(Malformed::Subgroup);
        }
        Ok(Self { a, b, c })
    }

    /// The reverse of `parse`.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let Self { a, b, c } = self;
        bytes::to_bytes(&[a.x, a.y, b.x.c0, b.x.c1, b.y.c0, b.y.c1, c.x, c.y])
    }
}

/// The circuit and both keys, which fit each other in their sizes.
#[derive(Debug)]
pub struct Prover {
    circuit: Circuit,
    key: ProvingKey,
    verifying: VerifyingKey,
}

impl Prover {
    /// Read all three; see their modules.
    pub fn parse(circuit: &[u8], proving: &[u8], verifying: &[u8]) -> Result<Self, Malformed> {
        let circuit = Circuit::parse(circuit)?;
        let key = ProvingKey::parse(proving)?;
        let verifying = VerifyingKey::parse(verifying, circuit.publics)?;
        let fits = key.wires == circuit.wires
            && key.publics == circuit.publics + 1
            && circuit.constraints <= 1 << key.log_domain;
        fits.then_some(Self {
            circuit,
            key,
            verifying,
        })
        .ok_or(Malformed::Size)
    }

    #[must_use]
    pub const fn circuit(&self) -> &Circuit {
        &self.circuit
    }

    /// Prove an assignment (public inputs, then secret ones); the proof is verified before it is returned.
    ///
    /// `watch` is called when a phase starts, `false` stops the prover.
    /// Panics if the assignment has another length than the circuit asks for.
    pub fn prove(
        &self,
        assignment: &[Fr],
        watch: impl Fn(Phase) -> bool,
    ) -> Result<Proof, ProveError> {
        let mut seed = [0u8; 128];
        SysRng
            .try_fill_bytes(&mut seed)
            .map_err(|_| ProveError::Randomness)?;
        // 512 bits reduced modulo r: as good as uniform.
        let [r, s] = [&seed[..64], &seed[64..]].map(Fr::from_le_bytes_mod_order);
        self.prove_with(assignment, r, s, watch)
    }

    /// As `prove`, with given blinding. Only for tests: known blinding gives the witness away.
    pub fn prove_with(
        &self,
        assignment: &[Fr],
        r: Fr,
        s: Fr,
        watch: impl Fn(Phase) -> bool,
    ) -> Result<Proof, ProveError> {
        let enter = |phase| watch(phase).then_some(()).ok_or(ProveError::Cancelled);
        enter(Phase::Witness)?;
        let Witness { wires, sides } = self.circuit.solve(assignment)?;
        enter(Phase::Quotient)?;
        let key = &self.key;
        let quotient = transform::quotient(sides, key.generator, key.log_domain);
        enter(Phase::Points)?;
        let proof = self.combine(&wires, &quotient, r, s)?;
        enter(Phase::Check)?;
        self.verify(&assignment[..self.circuit.publics], &proof)
            .map_err(|_| ProveError::Keys)?;
        Ok(proof)
    }

    fn combine(&self, wires: &[Fr], quotient: &[Fr], r: Fr, s: Fr) -> Result<Proof, ProveError> {
        let key = &self.key;
        let chosen = |indices: &[usize]| indices.iter().map(|i| wires[*i]).collect::<Vec<_>>();
        let (for_a, for_b) = (chosen(&key.wires_a), chosen(&key.wires_b));
        let sum = |bases: &[G1Affine], scalars: &[Fr]| G1Projective::msm_unchecked(bases, scalars);
        let (first, second) = std::thread::scope(|threads| {
            let other = threads.spawn(|| {
                let b2 = G2Projective::msm_unchecked(&key.b2, &for_b);
                (b2, sum(&key.b, &for_b))
            });
            let a = sum(&key.a, &for_a);
            let quotient = sum(&key.quotient, quotient);
            let private = sum(&key.private, &wires[key.publics..]);
            ((a, quotient + private), other.join())
        });
        let ((a, rest), (b2, b)) = (first, second.map_err(|_| ProveError::Thread)?);
        let a = a + key.alpha + key.delta * r;
        let b = b + key.beta + key.delta * s;
        let b2 = b2 + key.beta2 + key.delta2 * s;
        let c = rest + a * s + b * r - key.delta * (r * s);
        Ok(Proof {
            a: a.into_affine(),
            b: b2.into_affine(),
            c: c.into_affine(),
        })
    }

    /// Accept or reject: e(A, B) = e(alpha, beta) · e(inputs, gamma) · e(C, delta).
    pub fn verify(&self, publics: &[Fr], proof: &Proof) -> Result<(), Rejected> {
        let key = &self.verifying;
        if publics.len() + 1 != key.inputs.len() {
            return Err(Malformed::Size.into());
        }
        let inputs = publics
            .iter()
            .zip(&key.inputs[1..])
            .fold(key.inputs[0].into_group(), |sum, (x, point)| {
                sum + *point * x
            });
        let left = [proof.a, -key.alpha, (-inputs).into_affine(), -proof.c];
        let right = [proof.b, key.beta, key.gamma, key.delta];
        let product = Bn254::multi_pairing(left, right);
        product.is_zero().then_some(()).ok_or(Rejected::Equation)
    }
}
