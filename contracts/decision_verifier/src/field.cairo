//! Section 2: KoalaBear and its extension of degree 4.
//!
//! A `felt252` that stands for a field element is any integer congruent to it modulo p, a negative one
//! as its residue modulo Starknet's prime `2^251 + 17*2^192 + 1`. Sums and products are taken in the
//! integers and reduced late; each formula has its bound written next to it, as `< 2^k` for the
//! absolute value, and k stays below 231 (see `reduce`). *Reduced* means an integer from 0 to p - 1.

#[feature("bounded-int-utils")]
use core::internal::bounded_int::{BoundedInt, DivRemHelper, UnitInt, div_rem, upcast};
use core::num::traits::Zero;
use core::ops::{AddAssign, MulAssign};

pub const P: felt252 = 0x7f000001;
/// `2^32 mod p`: the hashed word of `x` is `x * TO_WORD mod p`.
pub const TO_WORD: felt252 = 0x1fffffe;
/// The inverse of `TO_WORD`.
pub const FROM_WORD: felt252 = 0x3f010000;
const TWO_128: felt252 = 0x423d7c8c; // 2^128 mod p
const BIAS: felt252 = 0x7f00000100000000000000000000000000000000000000000000000000; // p * 2^200

type PInt = UnitInt<0x7f000001>;
const P_INT: NonZero<PInt> = 0x7f000001;
impl DivU128 of DivRemHelper<u128, PInt> {
    type DivT = BoundedInt<0, 0x20408101c305080c931c28374>;
    type RemT = BoundedInt<0, 0x7f000000>;
}

/// Reduces an integer from 0 to 2^128 - 1; panics on any other.
#[inline(never)]
pub fn reduce_small(x: felt252) -> felt252 {
    let x: u128 = x.try_into().expect('field: a bound is broken');
    let (_, remainder) = div_rem(x, P_INT);
    upcast(remainder)
}

/// Reduces any integer of absolute value below `p * 2^200` (about 2^230.99). The bias makes it
/// positive and changes nothing modulo p; the sum stays below 2^232, so it does not wrap.
#[inline(never)]
pub fn reduce(x: felt252) -> felt252 {
    let x: u256 = (x + BIAS).into();
    let (_, low) = div_rem(x.low, P_INT);
    let (_, high) = div_rem(x.high, P_INT);
    // < 2^31 + 2^62
    reduce_small(upcast::<_, felt252>(low) + upcast::<_, felt252>(high) * TWO_128)
}

/// A reduced element as the u32 that hashing takes.
pub fn to_u32(x: felt252) -> u32 {
    x.try_into().expect('field: a bound is broken')
}

/// The product of two reduced elements, reduced.
pub fn mul(a: felt252, b: felt252) -> felt252 {
    reduce_small(a * b)
}

/// `x^(2^n)`, reduced.
pub fn square_times(mut x: felt252, n: u32) -> felt252 {
    for _ in 0..n {
        x = mul(x, x);
    }
    x
}

/// The inverse of a reduced element that is not 0, as `x^(p-2)`, `p - 2 = 0x7effffff`: seven bits 1111110, then 24
/// ones.
pub fn inverse(x: felt252) -> felt252 {
    let x2 = mul(square_times(x, 1), x); // 11
    let x3 = mul(square_times(x2, 1), x); // 111
    let x6 = mul(square_times(x3, 3), x3);
    let x12 = mul(square_times(x6, 6), x6);
    let x24 = mul(square_times(x12, 12), x12);
    mul(square_times(x6, 25), x24)
}

/// `c0 + c1 X + c2 X^2 + c3 X^3` in `F_p[X]/(X^4 - 3)`. A bound of an element is that of each coefficient.
#[derive(Copy, Drop, Serde, Debug)]
pub struct Ext {
    pub c0: felt252,
    pub c1: felt252,
    pub c2: felt252,
    pub c3: felt252,
}

pub const ZERO: Ext = Ext { c0: 0, c1: 0, c2: 0, c3: 0 };
pub const ONE: Ext = Ext { c0: 1, c1: 0, c2: 0, c3: 0 };

pub impl ExtAdd of Add<Ext> {
    #[inline(always)]
    fn add(lhs: Ext, rhs: Ext) -> Ext {
        Ext { c0: lhs.c0 + rhs.c0, c1: lhs.c1 + rhs.c1, c2: lhs.c2 + rhs.c2, c3: lhs.c3 + rhs.c3 }
    }
}

pub impl ExtSub of Sub<Ext> {
    #[inline(always)]
    fn sub(lhs: Ext, rhs: Ext) -> Ext {
        Ext { c0: lhs.c0 - rhs.c0, c1: lhs.c1 - rhs.c1, c2: lhs.c2 - rhs.c2, c3: lhs.c3 - rhs.c3 }
    }
}

/// Not reduced: factors below A and B give a product below 10 A B.
pub impl ExtMul of Mul<Ext> {
    fn mul(lhs: Ext, rhs: Ext) -> Ext {
        Ext {
            c0: lhs.c0 * rhs.c0 + 3 * (lhs.c1 * rhs.c3 + lhs.c2 * rhs.c2 + lhs.c3 * rhs.c1),
            c1: lhs.c0 * rhs.c1 + lhs.c1 * rhs.c0 + 3 * (lhs.c2 * rhs.c3 + lhs.c3 * rhs.c2),
            c2: lhs.c0 * rhs.c2 + lhs.c1 * rhs.c1 + lhs.c2 * rhs.c0 + 3 * (lhs.c3 * rhs.c3),
            c3: lhs.c0 * rhs.c3 + lhs.c1 * rhs.c2 + lhs.c2 * rhs.c1 + lhs.c3 * rhs.c0,
        }
    }
}

pub impl ExtAddAssign of AddAssign<Ext, Ext> {
    #[inline(always)]
    fn add_assign(ref self: Ext, rhs: Ext) {
        self = self + rhs;
    }
}

pub impl ExtMulAssign of MulAssign<Ext, Ext> {
    #[inline(always)]
    fn mul_assign(ref self: Ext, rhs: Ext) {
        self = self * rhs;
    }
}

pub impl FeltIntoExt of Into<felt252, Ext> {
    #[inline(always)]
    fn into(self: felt252) -> Ext {
        Ext { c0: self, c1: 0, c2: 0, c3: 0 }
    }
}

#[generate_trait]
pub impl ExtImpl of ExtTrait {
    /// The product with an element of the base field, not reduced.
    #[inline(always)]
    fn times(self: Ext, factor: felt252) -> Ext {
        Ext {
            c0: self.c0 * factor, c1: self.c1 * factor, c2: self.c2 * factor, c3: self.c3 * factor,
        }
    }

    /// The sum with an element of the base field.
    #[inline(always)]
    fn plus(self: Ext, term: felt252) -> Ext {
        Ext { c0: self.c0 + term, ..self }
    }

    fn reduced(self: Ext) -> Ext {
        Ext {
            c0: reduce(self.c0), c1: reduce(self.c1), c2: reduce(self.c2), c3: reduce(self.c3),
        }
    }

    /// For coefficients from 0 to 2^128 - 1.
    fn reduced_small(self: Ext) -> Ext {
        Ext {
            c0: reduce_small(self.c0),
            c1: reduce_small(self.c1),
            c2: reduce_small(self.c2),
            c3: reduce_small(self.c3),
        }
    }

    /// `self * X`.
    fn times_x(self: Ext) -> Ext {
        Ext { c0: 3 * self.c3, c1: self.c0, c2: self.c1, c3: self.c2 }
    }

    /// Whether two reduced elements are equal.
    fn same(self: Ext, other: Ext) -> bool {
        self.c0 == other.c0 && self.c1 == other.c1 && self.c2 == other.c2 && self.c3 == other.c3
    }

    /// `1/self` for a reduced element, through the norm: `a = A + B X` over `Y = X^2`,
    /// `1/a = (A - B X)/(A^2 - Y B^2)`. Panics with the reason given if it is 0.
    fn inverse(self: Ext, reason: felt252) -> Ext {
        let Ext { c0: a0, c1: a1, c2: a2, c3: a3 } = self;
        let n0 = reduce(a0 * a0 + 3 * a2 * a2 - 6 * a1 * a3); // < 2^66
        let n1 = reduce(2 * a0 * a2 - a1 * a1 - 3 * a3 * a3); // < 2^65
        let norm = reduce(n0 * n0 - 3 * n1 * n1); // < 2^64
        if norm.is_zero() {
            core::panic_with_felt252(reason);
        }
        let i = inverse(norm);
        let i0 = mul(n0, i);
        let i1 = reduce(-n1 * i);
        Ext {
            c0: a0 * i0 + 3 * a2 * i1,
            c1: -a1 * i0 - 3 * a3 * i1,
            c2: a0 * i1 + a2 * i0,
            c3: -a1 * i1 - a3 * i0,
        }
            .reduced() // < 2^65
    }
}

/// The product of reduced elements, reduced.
pub fn mul_ext(a: Ext, b: Ext) -> Ext {
    (a * b).reduced_small() // < 10 * 2^62, not negative
}

/// `1, x, x^2, …`: `count` reduced powers of a reduced element.
pub fn powers(x: Ext, count: u32) -> Array<Ext> {
    let mut result = array![];
    let mut power = ONE;
    for _ in 0..count {
        result.append(power);
        power = mul_ext(power, x);
    }
    result
}

/// The inverses of reduced elements with a single inversion (Montgomery's trick), in their order;
/// panics with the reason given if one of them is 0.
pub fn invert_all(elements: Span<Ext>, reason: felt252) -> Span<Ext> {
    let mut before = array![];
    let mut product = ONE;
    for one in elements {
        before.append(product);
        product = mul_ext(product, *one);
    }
    let mut inverse = product.inverse(reason);
    let mut backwards = array![];
    let (mut elements, mut before) = (elements, before.span());
    while let Some(one) = elements.pop_back() {
        backwards.append(mul_ext(inverse, *before.pop_back().unwrap()));
        inverse = mul_ext(inverse, *one);
    }
    let mut result = array![];
    let mut backwards = backwards.span();
    while let Some(one) = backwards.pop_back() {
        result.append(*one);
    }
    result.span()
}
