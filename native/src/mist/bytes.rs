//! Strict reading of numbers, field elements and points.

use ark_bn254::{Fq, Fq2, Fr, G1Affine, G2Affine};
use ark_ec::AffineRepr;
use ark_ff::{BigInt, BigInteger, PrimeField};

/// Why bytes are not what they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    #[error("the data ends too early")]
    Short,
    #[error("the data goes on after its end")]
    Long,
    #[error("the data is of another kind or version")]
    Kind,
    #[error("a size is out of its range")]
    Size,
    #[error("a number is not reduced")]
    Unreduced,
    #[error("a point is not on its curve")]
    NotOnCurve,
    #[error("a point is not in the right group")]
    Subgroup,
    #[error("an index points nowhere")]
    Index,
    #[error("the constraints leave a wire open or determine one twice")]
    Undetermined,
}

/// Takes bytes from the front.
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Malformed::Short)?;
        self.0 = rest;
        Ok(taken)
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        self.take(N)?.try_into().map_err(|_| Malformed::Short)
    }

    pub fn magic(&mut self, word: &[u8; 8]) -> Result<(), Malformed> {
        (self.array()? == *word)
            .then_some(())
            .ok_or(Malformed::Kind)
    }

    /// A little-endian u32 of at most `most`.
    pub fn size(&mut self, most: usize) -> Result<usize, Malformed> {
        let size = u32::from_le_bytes(self.array()?) as usize;
        (size <= most).then_some(size).ok_or(Malformed::Size)
    }

    /// An unsigned LEB128 number below 2^28, in its shortest form.
    pub fn varint(&mut self) -> Result<usize, Malformed> {
        let mut value = 0;
        for shift in [0, 7, 14, 21] {
            let byte = self.take(1)?[0];
            value |= usize::from(byte & 127) << shift;
            if byte < 128 {
                return (byte > 0 || shift == 0)
                    .then_some(value)
                    .ok_or(Malformed::Size);
            }
        }
        Err(Malformed::Size)
    }

    /// A varint below `bound`.
    pub fn index(&mut self, bound: usize) -> Result<usize, Malformed> {
        let index = self.varint()?;
        (index < bound).then_some(index).ok_or(Malformed::Index)
    }

    /// A field element, 32 bytes little-endian.
    pub fn field<F: PrimeField<BigInt = BigInt<4>>>(&mut self) -> Result<F, Malformed> {
        from_limbs(self.array()?)
    }

    /// Two coordinates; the point may be (0, 0), which is infinity.
    pub fn g1_or_infinity(&mut self) -> Result<G1Affine, Malformed> {
        let (x, y) = (self.field()?, self.field()?);
        g1(x, y, true)
    }

    /// A point on the curve other than infinity. Its group has no other points.
    pub fn g1(&mut self) -> Result<G1Affine, Malformed> {
        let (x, y) = (self.field()?, self.field()?);
        g1(x, y, false)
    }

    /// A point on the twist other than infinity. Whether it is in the right group is not looked at.
    pub fn g2_on_curve(&mut self) -> Result<G2Affine, Malformed> {
        let x = Fq2::new(self.field()?, self.field()?);
        g2(x, Fq2::new(self.field()?, self.field()?))
    }

    pub fn end(&self) -> Result<(), Malformed> {
        self.0.is_empty().then_some(()).ok_or(Malformed::Long)
    }
}

fn from_limbs<F: PrimeField<BigInt = BigInt<4>>>(bytes: [u8; 32]) -> Result<F, Malformed> {
    let mut limbs = [0u64; 4];
    for (limb, chunk) in limbs.iter_mut().zip(bytes.chunks_exact(8)) {
        *limb = chunk
            .iter()
            .rev()
            .fold(0, |value, byte| value << 8 | u64::from(*byte));
    }
    F::from_bigint(BigInt::new(limbs)).ok_or(Malformed::Unreduced)
}

/// The point of these coordinates; infinity, which arkworks writes as (0, 0), only where it may be.
pub fn g1(x: Fq, y: Fq, infinity: bool) -> Result<G1Affine, Malformed> {
    let point = G1Affine::new_unchecked(x, y);
    let good = if point.is_zero() {
        infinity
    } else {
        point.is_on_curve()
    };
    good.then_some(point).ok_or(Malformed::NotOnCurve)
}

/// A point of the twist other than infinity, of whatever group.
pub fn g2(x: Fq2, y: Fq2) -> Result<G2Affine, Malformed> {
    let point = G2Affine::new_unchecked(x, y);
    let good = !point.is_zero() && point.is_on_curve();
    good.then_some(point).ok_or(Malformed::NotOnCurve)
}

/// Field elements of 32 bytes each, big-endian and reduced.
pub fn elements<F: PrimeField<BigInt = BigInt<4>>>(bytes: &[u8]) -> Result<Vec<F>, Malformed> {
    let chunks = bytes.chunks_exact(32);
    if !chunks.remainder().is_empty() {
        return Err(Malformed::Short);
    }
    chunks
        .map(|chunk| {
            let mut little: [u8; 32] = chunk.try_into().map_err(|_| Malformed::Short)?;
            little.reverse();
            from_limbs(little)
        })
        .collect()
}

/// Exactly `N` of them.
pub fn exactly<F, const N: usize>(bytes: &[u8]) -> Result<[F; N], Malformed>
where
    F: PrimeField<BigInt = BigInt<4>>,
{
    if bytes.len() > 32 * N {
        return Err(Malformed::Long);
    }
    elements(bytes)?.try_into().map_err(|_| Malformed::Short)
}

/// The reverse of `elements`.
#[must_use]
pub fn to_bytes<F: PrimeField>(values: &[F]) -> Vec<u8> {
    values
        .iter()
        .flat_map(|value| value.into_bigint().to_bytes_be())
        .collect()
}

/// A leaf, root or hash as 32 big-endian bytes.
pub fn element(bytes: &[u8]) -> Result<Fr, Malformed> {
    exactly::<Fr, 1>(bytes).map(|[one]| one)
}
