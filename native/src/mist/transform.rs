//! Fourier transforms over the scalar field, and the quotient polynomial of a witness.

use ark_bn254::Fr;
use ark_ff::{Field, One, Zero};

/// Generates the coset on which the quotient is computed (gnark's choice; any non-member gives the same quotient).
const SHIFT: u64 = 5;

/// Evaluate at the powers of `generator`, in place; the length is its order, a power of two.
fn evaluate(values: &mut [Fr], generator: Fr) {
    let size = values.len();
    let log = size.trailing_zeros();
    debug_assert!(size.is_power_of_two());
    for index in 0..size {
        let other = index.reverse_bits() >> (usize::BITS - log);
        if index < other {
            values.swap(index, other);
        }
    }
    let mut powers = Vec::with_capacity(size / 2);
    let mut power = Fr::one();
    for _ in 0..size / 2 {
        powers.push(power);
        power *= generator;
    }
    let mut half = 1;
    while half < size {
        let stride = size / (2 * half);
        for block in values.chunks_exact_mut(2 * half) {
            let (low, high) = block.split_at_mut(half);
            for (index, (a, b)) in low.iter_mut().zip(high).enumerate() {
                let turned = *b * powers[index * stride];
                *b = *a - turned;
                *a += turned;
            }
        }
        half *= 2;
    }
}

/// Multiply the i-th value by start · step^i.
fn scale(values: &mut [Fr], start: Fr, step: Fr) {
    let mut factor = start;
    for value in values {
        *value *= factor;
        factor *= step;
    }
}

struct Domain {
    size: usize,
    generator: Fr,
    inverse: Fr,
    inverse_size: Fr,
}

impl Domain {
    /// From evaluations over the domain to evaluations over the coset.
    fn to_coset(&self, values: &mut Vec<Fr>) {
        values.resize(self.size, Fr::zero());
        evaluate(values, self.inverse);
        scale(values, self.inverse_size, Fr::from(SHIFT));
        evaluate(values, self.generator);
    }
}

/// The coefficients of (A · B − C) / (X^n − 1), lowest first, one less than n of them.
///
/// `sides` are the values of A, B and C over the domain; zeros follow after the last constraint.
/// `generator` is a primitive root of unity of order 2^log, at least 2; the sides are not longer than that.
#[must_use]
pub fn quotient(sides: [Vec<Fr>; 3], generator: Fr, log: usize) -> Vec<Fr> {
    let invert = |value: Fr| value.inverse().unwrap_or_default();
    let domain = Domain {
        size: 1 << log,
        generator,
        inverse: invert(generator),
        inverse_size: invert(Fr::from(1u64 << log)),
    };
    let [mut a, mut b, mut c] = sides;
    std::thread::scope(|threads| {
        let other = threads.spawn(|| domain.to_coset(&mut b));
        domain.to_coset(&mut a);
        domain.to_coset(&mut c);
        drop(other.join());
    });
    let shift = Fr::from(SHIFT);
    let vanishing = invert(shift.pow([domain.size as u64]) - Fr::one());
    for ((a, b), c) in a.iter_mut().zip(&b).zip(&c) {
        *a = (*a * b - c) * vanishing;
    }
    evaluate(&mut a, domain.inverse);
    scale(&mut a, domain.inverse_size, invert(shift));
    a.truncate(domain.size - 1);
    a
}
