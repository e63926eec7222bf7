//! Weakened circuits and dishonest pairs of statement and trace that only they accept.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use obsqra_native::air::DecisionAir;
use obsqra_native::air::columns::{BLOCK, COLS, POOLS, ROWS};
use obsqra_native::public::public_values;
use obsqra_native::trace::Opening;
use p3_air::{Air, AirBuilder, BaseAir, WindowAccess};
use p3_field::{Field, PrimeCharacteristicRing};
use p3_koala_bear::KoalaBear;

use crate::common::forge::{By, Lie, Site, Stated, Trace, make};
use crate::common::{Case, Mix, random_weights};

/// Which assertions a weakened circuit leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weakness {
    Dropped,
    /// Multiplied by a selector that is zero in one block.
    InBlock(usize),
}

/// The circuit without (a part of) one constraint.
pub struct MutantAir {
    pub air: DecisionAir,
    /// From 0.
    pub constraint: usize,
    pub weakness: Weakness,
}

impl BaseAir<KoalaBear> for MutantAir {
    fn width(&self) -> usize {
        self.air.width()
    }

    fn num_public_values(&self) -> usize {
        self.air.num_public_values()
    }

    fn num_periodic_columns(&self) -> usize {
        self.air.num_periodic_columns()
    }

    fn periodic_columns(&self) -> Cow<'_, [Vec<KoalaBear>]> {
        self.air.periodic_columns()
    }

    fn max_constraint_degree(&self) -> Option<usize> {
        self.air.max_constraint_degree()
    }
}

impl<AB: AirBuilder<F = KoalaBear>> Air<AB> for MutantAir {
    fn eval(&self, builder: &mut AB) {
        self.air.eval(&mut Weakened {
            inner: builder,
            constraint: self.constraint,
            weakness: self.weakness,
            next: 0,
        });
    }
}

/// Hands every assertion on, but for the weakened one.
struct Weakened<'a, AB> {
    inner: &'a mut AB,
    constraint: usize,
    weakness: Weakness,
    next: usize,
}

impl<AB: AirBuilder<F = KoalaBear>> AirBuilder for Weakened<'_, AB> {
    type F = AB::F;
    type Expr = AB::Expr;
    type Var = AB::Var;
    type PreprocessedWindow = AB::PreprocessedWindow;
    type MainWindow = AB::MainWindow;
    type PublicVar = AB::PublicVar;
    type PeriodicVar = AB::PeriodicVar;

    fn main(&self) -> Self::MainWindow {
        self.inner.main()
    }

    fn preprocessed(&self) -> &Self::PreprocessedWindow {
        self.inner.preprocessed()
    }

    fn is_first_row(&self) -> Self::Expr {
        self.inner.is_first_row()
    }

    fn is_last_row(&self) -> Self::Expr {
        self.inner.is_last_row()
    }

    fn is_transition(&self) -> Self::Expr {
        self.inner.is_transition()
    }

    fn assert_zero<I: Into<Self::Expr>>(&mut self, x: I) {
        let index = self.next;
        self.next += 1;
        if index != self.constraint {
            self.inner.assert_zero(x);
            return;
        }
        // Behind the selectors of the rows come those of the blocks (`Periodic`).
        let selector = match self.weakness {
            Weakness::Dropped => AB::Expr::ONE,
            Weakness::InBlock(block) => self.inner.periodic_values()[BLOCK + block].into(),
        };
        self.inner
            .assert_zero((AB::Expr::ONE - selector) * x.into());
    }

    fn public_values(&self) -> &[Self::PublicVar] {
        self.inner.public_values()
    }

    fn periodic_values(&self) -> &[Self::PeriodicVar] {
        self.inner.periodic_values()
    }
}

#[derive(Clone)]
struct Rows<'a>(&'a [KoalaBear], &'a [KoalaBear]);

impl WindowAccess<KoalaBear> for Rows<'_> {
    fn current_slice(&self) -> &[KoalaBear] {
        self.0
    }

    fn next_slice(&self) -> &[KoalaBear] {
        self.1
    }
}

/// Notes which constraints do not vanish on one row.
struct Row<'a> {
    rows: Rows<'a>,
    nothing: Rows<'a>,
    row: usize,
    public: &'a [KoalaBear],
    periodic: &'a [KoalaBear],
    next: usize,
    broken: &'a mut Vec<(usize, usize)>,
}

impl<'a> AirBuilder for Row<'a> {
    type F = KoalaBear;
    type Expr = KoalaBear;
    type Var = KoalaBear;
    type PreprocessedWindow = Rows<'a>;
    type MainWindow = Rows<'a>;
    type PublicVar = KoalaBear;
    type PeriodicVar = KoalaBear;

    fn main(&self) -> Rows<'a> {
        self.rows.clone()
    }

    fn preprocessed(&self) -> &Rows<'a> {
        &self.nothing
    }

    fn is_first_row(&self) -> KoalaBear {
        KoalaBear::from_bool(self.row == 0)
    }

    fn is_last_row(&self) -> KoalaBear {
        KoalaBear::from_bool(self.row == ROWS - 1)
    }

    fn is_transition(&self) -> KoalaBear {
        KoalaBear::from_bool(self.row != ROWS - 1)
    }

    fn assert_zero<I: Into<KoalaBear>>(&mut self, x: I) {
        if x.into() != KoalaBear::ZERO {
            self.broken.push((self.next, self.row));
        }
        self.next += 1;
    }

    fn public_values(&self) -> &[KoalaBear] {
        self.public
    }

    fn periodic_values(&self) -> &[KoalaBear] {
        self.periodic
    }
}

/// The circuit with its periodic columns laid out by row.
struct Checker {
    air: DecisionAir,
    periodic: Vec<Vec<KoalaBear>>,
}

impl Checker {
    fn new() -> Self {
        let air = DecisionAir::default();
        let periodic = (0..ROWS).map(|row| air.periodic_values(row)).collect();
        Self { air, periodic }
    }

    /// Adds the broken (constraint, row) pairs of a row; returns the number of constraints.
    fn row(
        &self,
        values: &[KoalaBear],
        public: &[KoalaBear],
        row: usize,
        broken: &mut Vec<(usize, usize)>,
    ) -> usize {
        let at = |row: usize| &values[row * COLS..(row + 1) * COLS];
        let mut builder = Row {
            rows: Rows(at(row), at((row + 1) % ROWS)),
            nothing: Rows(&[], &[]),
            row,
            public,
            periodic: &self.periodic[row],
            next: 0,
            broken,
        };
        self.air.eval(&mut builder);
        builder.next
    }

    fn broken(&self, values: &[KoalaBear], public: &[KoalaBear]) -> Vec<(usize, usize)> {
        let mut broken = vec![];
        for row in 0..ROWS {
            self.row(values, public, row, &mut broken);
        }
        broken
    }
}

/// A dishonest pair that breaks one constraint only.
pub struct Witness {
    pub statement: Stated,
    pub trace: Trace,
    /// What is dishonest about it.
    pub how: String,
}

pub type Mutant = (usize, Weakness);

/// The weakened circuits, each with how its witness was found.
pub struct Found {
    checker: Checker,
    /// All weakened circuits that differ from the whole one.
    pub wanted: Vec<Mutant>,
    pub seen: BTreeMap<Mutant, Witness>,
}

impl Found {
    fn new() -> Self {
        let checker = Checker::new();
        let mut mix = Mix(1);
        let noise = |count: usize, mix: &mut Mix| -> Vec<KoalaBear> {
            (0..count)
                .map(|_| KoalaBear::from_u32(mix.below(1 << 30)))
                .collect()
        };
        let values = noise(ROWS * COLS, &mut mix);
        let public = noise(checker.air.num_public_values(), &mut mix);
        // Noise breaks a constraint wherever its selectors let it speak.
        let mut wanted: Vec<Mutant> = checker
            .broken(&values, &public)
            .into_iter()
            .flat_map(|(constraint, row)| {
                [
                    (constraint, Weakness::Dropped),
                    (constraint, Weakness::InBlock(row / BLOCK)),
                ]
            })
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        Self {
            checker,
            wanted,
            seen: BTreeMap::new(),
        }
    }

    /// Keep a pair if it breaks exactly one constraint and tells a mutant apart that none did so far; true if it
    /// breaks exactly one.
    fn offer(
        &mut self,
        statement: &Stated,
        values: &[KoalaBear],
        broken: &[(usize, usize)],
        how: &dyn Fn() -> String,
    ) -> bool {
        let Some(&(constraint, row)) = broken.first() else {
            return false;
        };
        if broken.iter().any(|&(other, _)| other != constraint) {
            return false;
        }
        let mut mutants = vec![(constraint, Weakness::Dropped)];
        if broken
            .iter()
            .all(|&(_, other)| other / BLOCK == row / BLOCK)
        {
            mutants.push((constraint, Weakness::InBlock(row / BLOCK)));
        }
        for mutant in mutants {
            self.seen.entry(mutant).or_insert_with(|| Witness {
                statement: statement.clone(),
                trace: Trace::new(values.to_vec(), COLS),
                how: how(),
            });
        }
        true
    }

    fn lie(&mut self, case: &Case, lie: Lie) -> bool {
        let Ok((statement, trace)) = make(case, Some(lie)) else {
            return false;
        };
        let broken = self
            .checker
            .broken(&trace.values, &public_values(&statement));
        let how = || format!("{:?} {:?}", lie.site, lie.by);
        self.offer(&statement, &trace.values, &broken, &how)
    }

    /// Every cell changed, alone and with its neighbour to the right so that a number of two digits stays the same.
    /// Only the two rows that see the cells are evaluated.
    fn cells(&mut self, case: &Case) {
        let (statement, trace) = make(case, None).expect("an honest case");
        let public = public_values(&statement);
        let mut values = trace.values;
        let quarter = KoalaBear::from_u32(4).inverse();
        let four = KoalaBear::from_u32(4);
        let minus = KoalaBear::NEG_ONE;
        let pairs = [
            (KoalaBear::ONE, KoalaBear::ZERO),
            (minus, KoalaBear::ZERO),
            (four, minus),
            (-four, KoalaBear::ONE),
            (minus, quarter),
            (KoalaBear::ONE, -quarter),
        ];
        let mut broken = vec![];
        for cell in 0..values.len() {
            let (row, column) = (cell / COLS, cell % COLS);
            let next = if column + 1 < COLS { cell + 1 } else { cell };
            let honest = (values[cell], values[next]);
            // A bit is flipped by one of the two steps; more is of use to digits only.
            let tried = if column < 21 { &pairs[..] } else { &pairs[..2] };
            for &(one, two) in tried {
                values[cell] += one;
                values[next] += two;
                broken.clear();
                self.checker.row(&values, &public, row, &mut broken);
                let before = (row + ROWS - 1) % ROWS;
                self.checker.row(&values, &public, before, &mut broken);
                let how = || format!("column {column} {one} {two}");
                self.offer(&statement, &values, &broken, &how);
                (values[cell], values[next]) = honest;
                if next == cell {
                    values[cell] = honest.0;
                }
            }
        }
        // A comparison of no weight with a bit that is none: bit (2V + 1) = V + 1 at V = 1.
        for block in 0..POOLS {
            for row in [6, 7] {
                let at = (block * BLOCK + row) * COLS;
                let honest = values[at..at + COLS].to_vec();
                values[at + 11..at + 18].fill(KoalaBear::ZERO);
                values[at + 11] = KoalaBear::ONE;
                values[at + 22] = KoalaBear::TWO * KoalaBear::from_u32(3).inverse();
                let broken = self.checker.broken(&values, &public);
                self.offer(&statement, &values, &broken, &|| {
                    "a bit that is none".into()
                });
                values[at..at + COLS].copy_from_slice(&honest);
            }
        }
    }
}

/// Feasible decisions of every number of pools; capped, uncapped, with dust, flagged and excluded pools among them.
fn cases() -> Vec<Case> {
    let mut mix = Mix(31);
    let mut cases = vec![];
    let usual = [5_000, 2_500, 2, 95, 600, 1_210];
    // Eight equal pools at the cap, an idle rest; then one of them is not allowed.
    for out in 0..=POOLS {
        let mut case = Case::sample();
        case.weights = random_weights(&mut mix);
        case.metrics = vec![usual; POOLS];
        case.opening.cap = 1_000;
        case.opening.mask = 255 & !(1 << out);
        cases.push(case);
    }
    for round in 0..4 {
        for n in (1..=POOLS).rev() {
            cases.push(loop {
                let mut case = Case::random(&mut mix);
                while case.metrics.len() < n {
                    case.metrics.extend(Case::random(&mut mix).metrics);
                }
                case.metrics.truncate(n);
                case.rule = 1 + round % 2;
                if round % 3 != 0 {
                    case.weights = random_weights(&mut mix);
                }
                if round % 2 == 0 {
                    case.opening.mask = 255 >> (8 - n);
                }
                if case.outputs().is_some() {
                    break case;
                }
            });
        }
    }
    cases
}

/// Decisions in which pool `twice` may count as capped twice over: it weighs more than two others, whose shares of
/// the rest then exceed it, and the cap takes the excess.
fn cases_for_capped_twice(twice: usize, mix: &mut Mix) -> Case {
    let mut case = Case::sample();
    let apys = [1_000, 600, 600].map(|apy: u32| apy * 3 + mix.below(80));
    case.metrics = vec![[0, 0, 3, 100, 30_000, 1]; POOLS];
    let others: Vec<usize> = (0..POOLS).filter(|&b| b != twice).collect();
    let others = [others[mix.below(6) as usize], others[6]];
    case.metrics[twice][5] = apys[0];
    case.metrics[others[0]][5] = apys[1];
    case.metrics[others[1]][5] = apys[2];
    case.opening = Opening {
        cap: 4_200 + mix.below(500),
        min_pools: 1,
        max_risk: 100,
        max_volatility: 10_000,
        min_liquidity: 0,
        exclude: 0,
        mask: 1 << twice | 1 << others[0] | 1 << others[1],
        salt: [7; 8],
    };
    case
}

fn lies(n: usize) -> Vec<Lie> {
    use Site::*;
    let flips = [By::Flip, By::Add(1), By::Add(-1)];
    let steps = [By::Add(1), By::Add(-1), By::Add(7), By::Add(-200)];
    let large = [
        By::Flip,
        By::Add(40_000_000),
        By::Add(-40_000_000),
        By::Add(1),
    ];
    let products = [
        By::Add(1),
        By::Add(-1),
        By::Add(10_000),
        By::Add(-10_000),
        By::Add(30_000),
    ];
    let mut all = vec![];
    let mut add = |site: Site, block: usize, index: usize, ways: &[By]| {
        all.extend(ways.iter().map(|&by| Lie {
            site,
            block,
            index,
            by,
        }));
    };
    for b in 0..POOLS {
        for k in 0..3 {
            add(OutStart(k), b, 0, &large);
            for row in 0..BLOCK - 1 {
                add(OutStep(k), b, row, &large);
            }
        }
        for row in 0..8 {
            add(Neuron, b, row, &flips);
            add(SignNotBit, b, row, &[By::Add(1)]);
        }
        for row in 0..BLOCK - 1 {
            add(TotalStep, b, row, &steps[..3]);
            add(PassStep, b, row, &[By::Add(1), By::Add(-1)]);
        }
        for row in 0..BLOCK {
            add(SpreadStep, b, row, &[By::Add(1)]);
            for site in [CappedStep, QuotaSumStep, FlagStep] {
                add(site, b, row, &[By::Add(1), By::Add(-1)]);
            }
            add(
                ShareSumStep,
                b,
                row,
                &[By::Add(1), By::Add(1000), By::Add(-3)],
            );
        }
        for site in [First, Second, Youth, Lower, Upper] {
            add(site, b, 0, &flips);
        }
        for site in [TestTier, TestRisk, TestVolatility, TestYield, AtLeast, Room] {
            add(site, b, 0, &flips);
        }
        for site in [Utilization, Volatility, Audit, AgeProduct] {
            add(site, b, 0, &products);
        }
        let remainders = [
            UtilizationRemainder,
            VolatilityRemainder,
            AuditRemainder,
            AgeRemainder,
            ShareRemainder,
        ];
        for site in remainders {
            add(site, b, 0, &[By::Add(1)]);
        }
        for site in [
            Class, PassStart, Eligible, Score, TotalStart, Share, ShareHigh,
        ] {
            add(site, b, 0, &steps);
        }
        for site in [Allow, Capped, QuotaOfNone, QuotaOfCapped, Allocation] {
            add(site, b, 0, &steps);
        }
        for site in [Open, OpenEnd, Last, LastEnd, Mask, MaskEnd] {
            add(site, b, 0, &steps[..2]);
        }
    }
    for site in [
        CappedStart,
        QuotaSumStart,
        ShareSumStart,
        SpreadStart,
        FlagStart,
        Rest,
        Sum,
        Dust,
        Decision,
        Exclude,
    ] {
        add(site, 0, 0, &steps);
    }
    if n == POOLS {
        for i in 0..16 {
            add(SpongeStart, 0, i, &[By::Add(1)]);
            for row in 0..ROWS - 1 {
                add(SpongeStep, row, i, &[By::Add(1)]);
            }
        }
        for i in 0..8 {
            add(Absorbed, 0, i, &[By::Add(1)]);
            add(Commitment, 0, i, &[By::Add(1)]);
        }
    }
    all
}

/// All witnesses that the cases give.
pub fn search() -> Found {
    let mut found = Found::new();
    let mut done = HashSet::new();
    for (index, case) in cases().iter().enumerate() {
        let (statement, trace) = make(case, None).expect("an honest case");
        let broken = found
            .checker
            .broken(&trace.values, &public_values(&statement));
        assert_eq!(broken, [], "an honest trace is accepted");
        if index < 24 {
            found.cells(case);
        }
        for lie in lies(case.metrics.len()) {
            let place = (lie.site, lie.block, lie.index);
            if !done.contains(&place) && found.lie(case, lie) {
                done.insert(place);
            }
        }
    }
    let mut mix = Mix(32);
    for block in 0..POOLS {
        for _ in 0..400 {
            let case = cases_for_capped_twice(block, &mut mix);
            let lie = Lie {
                site: Site::Capped,
                block,
                index: 0,
                by: By::Add(1),
            };
            if found.lie(&case, lie) {
                break;
            }
        }
    }
    found
}
