//! The regions of a proof by name, written from `docs/proof-specification.md`, section 9, not from the parser.

use obsqra_native::config::Parameters;

/// What a region is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Magic,
    /// Field elements of four bytes.
    Words,
    /// Hashes of 32 bytes.
    Digests,
    /// The number of digests that follow.
    Count,
}

/// A run of equal items.
#[derive(Clone, Copy, Debug)]
pub struct Region {
    pub name: &'static str,
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    /// Bytes of one item: what belongs to one query, or one element where queries do not matter.
    pub item: usize,
    /// Whether there is one item for each query.
    pub queried: bool,
}

impl Region {
    pub fn size(&self) -> usize {
        self.end - self.start
    }

    pub fn items(&self) -> usize {
        self.size() / self.item
    }
}

const BATCHES: [(&str, &str, &str, &str, usize, usize); 3] = [
    (
        "randomisation rows",
        "randomisation salts",
        "randomisation count",
        "randomisation digests",
        1,
        8,
    ),
    (
        "trace rows",
        "trace salts",
        "trace count",
        "trace digests",
        1,
        72,
    ),
    (
        "quotient rows",
        "quotient salts",
        "quotient count",
        "quotient digests",
        8,
        8,
    ),
];
const ROUNDS: [(&str, &str, &str, &str); 3] = [
    (
        "fold 1 siblings",
        "fold 1 salts",
        "fold 1 count",
        "fold 1 digests",
    ),
    (
        "fold 2 siblings",
        "fold 2 salts",
        "fold 2 count",
        "fold 2 digests",
    ),
    (
        "fold 3 siblings",
        "fold 3 salts",
        "fold 3 count",
        "fold 3 digests",
    ),
];

struct Walk<'a> {
    proof: &'a [u8],
    at: usize,
    regions: Vec<Region>,
}

impl Walk<'_> {
    fn add(&mut self, name: &'static str, kind: Kind, items: usize, item: usize, queried: bool) {
        let start = self.at;
        self.at += items * item;
        self.regions.push(Region {
            name,
            kind,
            start,
            end: self.at,
            item,
            queried,
        });
    }

    fn exts(&mut self, name: &'static str, count: usize) {
        self.add(name, Kind::Words, count, 16, false);
    }

    fn root(&mut self, name: &'static str) {
        self.add(name, Kind::Digests, 1, 32, false);
    }

    fn opening(
        &mut self,
        names: (&'static str, &'static str, &'static str, &'static str),
        queries: usize,
        row: usize,
        matrices: usize,
    ) {
        self.add(names.0, Kind::Words, queries, row, true);
        self.add(names.1, Kind::Words, queries, matrices * 16, true);
        let count: [u8; 4] = self.proof[self.at..self.at + 4].try_into().unwrap();
        self.add(names.2, Kind::Count, 1, 4, false);
        let count = u32::from_le_bytes(count) as usize;
        self.add(names.3, Kind::Digests, count, 32, false);
    }
}

/// The regions of a proof that these parameters made, without gaps from the first byte to the last.
pub fn layout(proof: &[u8], parameters: &Parameters) -> Vec<Region> {
    let mut walk = Walk {
        proof,
        at: 0,
        regions: vec![],
    };
    let queries = parameters.num_queries;
    walk.add("magic", Kind::Magic, 1, 16, false);
    for name in ["trace root", "quotient root", "randomisation root"] {
        walk.root(name);
    }
    walk.exts("trace at zeta", 68);
    walk.exts("trace at next", 68);
    walk.exts("quotient at zeta", 8 * 4);
    walk.exts("randomisation at zeta", 4);
    walk.exts("codewords of randomisation", 4);
    walk.exts("codewords of trace at zeta", 4);
    walk.exts("codewords of trace at next", 4);
    walk.exts("codewords of quotient", 8 * 4);
    let mut height = 8 + parameters.log_blowup;
    let last = parameters.log_final_poly_len + parameters.log_blowup;
    let mut arities = vec![];
    while height > last {
        let arity = parameters.max_log_arity.min(height - last);
        arities.push(arity);
        height -= arity;
    }
    for name in ["fold 1 root", "fold 2 root", "fold 3 root"]
        .into_iter()
        .take(arities.len())
    {
        walk.root(name);
    }
    walk.exts("final polynomial", 1 << parameters.log_final_poly_len);
    if parameters.query_pow_bits > 0 {
        walk.add("grinding witness", Kind::Words, 1, 4, false);
    }
    for (rows, salts, count, digests, matrices, width) in BATCHES {
        let row = matrices * width * 4;
        walk.opening((rows, salts, count, digests), queries, row, matrices);
    }
    for (names, arity) in ROUNDS.into_iter().zip(arities) {
        walk.opening(names, queries, ((1 << arity) - 1) * 16, 1);
    }
    assert_eq!(walk.at, proof.len(), "the layout is the whole proof");
    walk.regions
}
