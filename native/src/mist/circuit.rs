//! The published constraint system, and the witness that it and an assignment determine.
//!
//! The form (made by tests/devtools/mist_key.py from gnark's): the word `OBMISTC1`; five u32, public wires (the first
//! is the constant 1), secret wires, internal wires, constraints, coefficients; the coefficients, 32 bytes
//! each; then instructions in the order in which they can be solved, in varints: kind 0 is a constraint (three term counts,
//! then pairs of coefficient and wire for L · R = O), others are hints (count of inputs, each a count and its
//! terms; first output wire and the one after the last).

use ark_bn254::Fr;
use ark_ff::{BigInteger, Field, One, PrimeField, Zero};

use super::bytes::{Malformed, Reader};

const MAX_WIRES: usize = 1 << 14;
const MAX_CONSTRAINTS: usize = 1 << 14;
const MAX_COEFFICIENTS: usize = 1 << 12;
const MAX_TERMS: usize = 1 << 12;
const MAX_HINT_INPUTS: usize = 2;
/// The size of the published file is 0.7 MB.
const MAX_BYTES: usize = 4 << 20;

/// A sum of coefficient times wire.
type Terms = Vec<(u16, u16)>;

#[derive(Debug)]
enum Instruction {
    /// L · R = O.
    Constraint([Terms; 3]),
    /// 0 for 0, else the inverse.
    Inverse(Terms, usize),
    /// 1 if the first is the greater number.
    Greater([Terms; 2], usize),
    /// The lowest bits, lowest first.
    Bits(Terms, core::ops::Range<usize>),
}

/// No witness exists for the assignment: this constraint cannot be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("constraint {0} does not hold")]
pub struct Unsatisfied(pub usize);

/// A parsed constraint system.
#[derive(Debug)]
pub struct Circuit {
    /// Public wires without the constant.
    pub publics: usize,
    pub secrets: usize,
    pub wires: usize,
    pub constraints: usize,
    coefficients: Vec<Fr>,
    instructions: Vec<Instruction>,
}

/// All wires, and the three sides of each constraint.
pub struct Witness {
    pub wires: Vec<Fr>,
    pub sides: [Vec<Fr>; 3],
}

struct Sizes {
    wires: usize,
    coefficients: usize,
}

fn terms(reader: &mut Reader<'_>, count: usize, sizes: &Sizes) -> Result<Terms, Malformed> {
    if count > MAX_TERMS {
        return Err(Malformed::Size);
    }
    (0..count)
        .map(|_| {
            let coefficient = reader.index(sizes.coefficients)?;
            let wire = reader.index(sizes.wires)?;
            let small = |value| u16::try_from(value).map_err(|_| Malformed::Size);
            Ok((small(coefficient)?, small(wire)?))
        })
        .collect()
}

fn instruction(reader: &mut Reader<'_>, sizes: &Sizes) -> Result<Instruction, Malformed> {
    let kind = reader.varint()?;
    if kind == 0 {
        let counts = [reader.varint()?, reader.varint()?, reader.varint()?];
        let [l, r, o] = counts.map(|count| terms(reader, count, sizes));
        return Ok(Instruction::Constraint([l?, r?, o?]));
    }
    let mut inputs = Vec::new();
    for _ in 0..reader.index(MAX_HINT_INPUTS + 1)? {
        let count = reader.varint()?;
        inputs.push(terms(reader, count, sizes)?);
    }
    let (start, end) = (reader.varint()?, reader.index(sizes.wires + 1)?);
    if start >= end {
        return Err(Malformed::Index);
    }
    let mut inputs = inputs.into_iter();
    match (kind, inputs.next(), inputs.next(), end - start) {
        (1, Some(input), None, 1) => Ok(Instruction::Inverse(input, start)),
        (2, Some(first), Some(second), 1) => Ok(Instruction::Greater([first, second], start)),
        (3, Some(input), None, _) => Ok(Instruction::Bits(input, start..end)),
        _ => Err(Malformed::Kind),
    }
}

impl Circuit {
    /// Read the form described above, and make sure that every wire gets determined exactly once.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > MAX_BYTES {
            return Err(Malformed::Long);
        }
        let mut reader = Reader(bytes);
        reader.magic(b"OBMISTC1")?;
        let public = reader.size(MAX_WIRES)?;
        let secrets = reader.size(MAX_WIRES)?;
        let internal = reader.size(MAX_WIRES)?;
        let constraints = reader.size(MAX_CONSTRAINTS)?;
        let sizes = Sizes {
            wires: public + secrets + internal,
            coefficients: reader.size(MAX_COEFFICIENTS)?,
        };
        if public == 0 || sizes.wires > MAX_WIRES {
            return Err(Malformed::Size);
        }
        let coefficients = (0..sizes.coefficients)
            .map(|_| reader.field())
            .collect::<Result<_, _>>()?;
        let mut instructions = Vec::new();
        while reader.end().is_err() {
            instructions.push(instruction(&mut reader, &sizes)?);
        }
        let circuit = Self {
            publics: public - 1,
            secrets,
            wires: sizes.wires,
            constraints,
            coefficients,
            instructions,
        };
        circuit.check_order()?;
        Ok(circuit)
    }

    /// Each instruction uses known wires only, but for the one that a constraint may determine.
    fn check_order(&self) -> Result<(), Malformed> {
        let mut known = vec![false; self.wires];
        known[..=self.publics + self.secrets].fill(true);
        let mut count = 0;
        let open = |known: &[bool], terms: &Terms| {
            let open = terms.iter().map(|(_, wire)| usize::from(*wire));
            open.filter(|wire| !known[*wire]).collect::<Vec<_>>()
        };
        for one in &self.instructions {
            let (inputs, outputs) = match one {
                Instruction::Constraint(sides) => {
                    count += 1;
                    let wanted: Vec<_> = sides.iter().flat_map(|t| open(&known, t)).collect();
                    match wanted[..] {
                        [] => {}
                        [wire] => known[wire] = true,
                        _ => return Err(Malformed::Undetermined),
                    }
                    continue;
                }
                Instruction::Inverse(input, out) => (vec![input], *out..out + 1),
                Instruction::Greater([a, b], out) => (vec![a, b], *out..out + 1),
                Instruction::Bits(input, outs) => (vec![input], outs.clone()),
            };
            if inputs.iter().any(|input| !open(&known, input).is_empty())
                || known[outputs.clone()].contains(&true)
            {
                return Err(Malformed::Undetermined);
            }
            known[outputs].fill(true);
        }
        if count != self.constraints {
            return Err(Malformed::Size);
        }
        known
            .iter()
            .all(|known| *known)
            .then_some(())
            .ok_or(Malformed::Undetermined)
    }

    fn sum(&self, wires: &[Fr], terms: &Terms) -> Fr {
        terms
            .iter()
            .map(|(coefficient, wire)| {
                self.coefficients[usize::from(*coefficient)] * wires[usize::from(*wire)]
            })
            .sum()
    }

    /// Determine the open wire of a constraint, if it has one. Where the other factor is zero any value
    /// does or none; then it becomes zero, and whether the constraint holds is seen afterwards.
    fn close(&self, wires: &mut [Fr], known: &mut [bool], sides: &[Terms; 3]) {
        let found = sides.iter().enumerate().find_map(|(side, terms)| {
            let open = terms.iter().find(|(_, wire)| !known[usize::from(*wire)])?;
            Some((side, *open))
        });
        let Some((side, (coefficient, wire))) = found else {
            return;
        };
        // Open wires are zero until now, so that this sums the others.
        let [l, r, o] = [0, 1, 2].map(|index| self.sum(wires, &sides[index]));
        let divided = |by: Fr| by.inverse().map_or_else(Fr::zero, |inverse| o * inverse);
        let missing = match side {
            0 if r.is_zero() => Fr::zero(),
            0 => divided(r) - l,
            1 if l.is_zero() => Fr::zero(),
            1 => divided(l) - r,
            _ => l * r - o,
        };
        let factor = self.coefficients[usize::from(coefficient)].inverse();
        wires[usize::from(wire)] = missing * factor.unwrap_or_default();
        known[usize::from(wire)] = true;
    }

    /// The witness of `assignment` (public inputs, then secret ones), or the first constraint that fails.
    ///
    /// Panics if the assignment has another length: callers hold it in arrays.
    pub fn solve(&self, assignment: &[Fr]) -> Result<Witness, Unsatisfied> {
        assert_eq!(assignment.len(), self.publics + self.secrets);
        let mut wires = vec![Fr::zero(); self.wires];
        let mut known = vec![false; self.wires];
        wires[0] = Fr::one();
        wires[1..=assignment.len()].copy_from_slice(assignment);
        known[..=assignment.len()].fill(true);
        for one in &self.instructions {
            match one {
                Instruction::Constraint(sides) => self.close(&mut wires, &mut known, sides),
                Instruction::Inverse(input, out) => {
                    let value = self.sum(&wires, input).inverse().unwrap_or_default();
                    (wires[*out], known[*out]) = (value, true);
                }
                Instruction::Greater([first, second], out) => {
                    let greater = self.sum(&wires, first) > self.sum(&wires, second);
                    (wires[*out], known[*out]) = (Fr::from(greater), true);
                }
                Instruction::Bits(input, outs) => {
                    let value = self.sum(&wires, input).into_bigint();
                    for (position, out) in outs.clone().enumerate() {
                        (wires[out], known[out]) = (Fr::from(value.get_bit(position)), true);
                    }
                }
            }
        }
        self.evaluate(wires)
    }

    /// The three sides of every constraint for given wires, or the first that does not hold.
    pub fn evaluate(&self, wires: Vec<Fr>) -> Result<Witness, Unsatisfied> {
        assert_eq!(wires.len(), self.wires);
        let mut sides = [const { Vec::new() }; 3];
        for one in &self.instructions {
            let Instruction::Constraint(terms) = one else {
                continue;
            };
            let [l, r, o] = [0, 1, 2].map(|index| self.sum(&wires, &terms[index]));
            if l * r != o {
                return Err(Unsatisfied(sides[0].len()));
            }
            for (side, value) in sides.iter_mut().zip([l, r, o]) {
                side.push(value);
            }
        }
        Ok(Witness { wires, sides })
    }
}
