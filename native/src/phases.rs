//! A commitment scheme that reports the prover's phases and can stop between them.
//!
//! It delegates every call to Plonky3's scheme; the proof is byte for byte the inner one's.

use std::sync::Arc;
use std::time::Instant;

use p3_commit::{
    CommitmentOpening, OpenedValues, OpeningRequest, Pcs, PeriodicLdeTable, UnivariateStarkPcs, Val,
};
use p3_field::ExtensionField;
use p3_matrix::dense::RowMajorMatrix;

/// The prover's phases, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Build the trace from the witness.
    Trace,
    /// Extend, mask and commit to the trace.
    Commit,
    /// Evaluate the constraints and commit to the quotient.
    Quotient,
    /// Open at the out-of-domain points and fold (FRI).
    Open,
}

impl Phase {
    /// Stable name for callers in other languages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trace => "trace",
            Self::Commit => "commit",
            Self::Quotient => "quotient",
            Self::Open => "open",
        }
    }
}

/// Called when a phase starts; `false` stops the prover.
pub type Watch = Arc<dyn Fn(Phase) -> bool + Send + Sync>;

/// A watch that lets everything pass.
#[must_use]
pub fn unwatched() -> Watch {
    Arc::new(|_| true)
}

/// Measures phases: returns the seconds since the last call.
pub struct Stopwatch(Instant);

impl Default for Stopwatch {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Stopwatch {
    pub fn lap(&mut self) -> f64 {
        let seconds = self.0.elapsed().as_secs_f64();
        self.0 = Instant::now();
        seconds
    }
}

/// Why the prover stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped<E> {
    /// The watch said so.
    Cancelled,
    /// The commitment scheme refused.
    Pcs(E),
}

#[derive(Clone)]
pub struct PhasedPcs<P> {
    inner: P,
    watch: Watch,
}

impl<P> PhasedPcs<P> {
    pub fn new(inner: P, watch: Watch) -> Self {
        Self { inner, watch }
    }

    fn enter<E>(&self, phase: Phase) -> Result<(), Stopped<E>> {
        if (self.watch)(phase) {
            Ok(())
        } else {
            Err(Stopped::Cancelled)
        }
    }
}

impl<P, Challenge, Challenger> Pcs<Challenge, Challenger> for PhasedPcs<P>
where
    P: Pcs<Challenge, Challenger>,
    Challenge: ExtensionField<Val<P::Domain>>,
{
    type Domain = P::Domain;
    type Commitment = P::Commitment;
    type ProverData = P::ProverData;
    type Proof = P::Proof;
    type Error = P::Error;
    type ProverError = Stopped<P::ProverError>;

    fn natural_domain_for_degree(&self, degree: usize) -> Self::Domain {
        self.inner.natural_domain_for_degree(degree)
    }

    fn commit(
        &self,
        evaluations: impl IntoIterator<Item = (Self::Domain, RowMajorMatrix<Val<Self::Domain>>)>,
    ) -> Result<(Self::Commitment, Self::ProverData), Self::ProverError> {
        self.enter(Phase::Commit)?;
        let committed = self.inner.commit(evaluations).map_err(Stopped::Pcs)?;
        self.enter(Phase::Quotient)?;
        Ok(committed)
    }

    fn open(
        &self,
        requests: Vec<OpeningRequest<'_, Self::ProverData, Challenge>>,
        challenger: &mut Challenger,
    ) -> Result<(OpenedValues<Challenge>, Self::Proof), Self::ProverError> {
        self.enter(Phase::Open)?;
        self.inner.open(requests, challenger).map_err(Stopped::Pcs)
    }

    fn verify(
        &self,
        rounds: Vec<CommitmentOpening<Challenge, Self::Commitment, Self::Domain>>,
        proof: &Self::Proof,
        challenger: &mut Challenger,
    ) -> Result<(), Self::Error> {
        self.inner.verify(rounds, proof, challenger)
    }
}

impl<P, Challenge, Challenger> UnivariateStarkPcs<Challenge, Challenger> for PhasedPcs<P>
where
    P: UnivariateStarkPcs<Challenge, Challenger>,
    Challenge: ExtensionField<Val<P::Domain>>,
{
    type EvaluationsOnDomain<'a> = P::EvaluationsOnDomain<'a>;

    const ZK: bool = P::ZK;

    fn log_max_trace_height(&self) -> usize {
        self.inner.log_max_trace_height()
    }

    fn log_min_trace_height(&self) -> usize {
        self.inner.log_min_trace_height()
    }

    fn commit_preprocessing(
        &self,
        evaluations: impl IntoIterator<Item = (Self::Domain, RowMajorMatrix<Val<Self::Domain>>)>,
    ) -> Result<(Self::Commitment, Self::ProverData), Self::ProverError> {
        self.inner
            .commit_preprocessing(evaluations)
            .map_err(Stopped::Pcs)
    }

    fn get_quotient_ldes(
        &self,
        evaluations: impl IntoIterator<Item = (Self::Domain, RowMajorMatrix<Val<Self::Domain>>)>,
        num_chunks: usize,
    ) -> Result<Vec<RowMajorMatrix<Val<Self::Domain>>>, Self::ProverError> {
        self.inner
            .get_quotient_ldes(evaluations, num_chunks)
            .map_err(Stopped::Pcs)
    }

    fn commit_ldes(
        &self,
        ldes: Vec<RowMajorMatrix<Val<Self::Domain>>>,
    ) -> Result<(Self::Commitment, Self::ProverData), Self::ProverError> {
        self.inner.commit_ldes(ldes).map_err(Stopped::Pcs)
    }

    fn get_evaluations_on_domain<'a>(
        &self,
        prover_data: &'a Self::ProverData,
        idx: usize,
        domain: Self::Domain,
    ) -> Self::EvaluationsOnDomain<'a> {
        self.inner
            .get_evaluations_on_domain(prover_data, idx, domain)
    }

    fn get_evaluations_on_domain_no_random<'a>(
        &self,
        prover_data: &'a Self::ProverData,
        idx: usize,
        domain: Self::Domain,
    ) -> Self::EvaluationsOnDomain<'a> {
        self.inner
            .get_evaluations_on_domain_no_random(prover_data, idx, domain)
    }

    fn open_with_preprocessing(
        &self,
        requests: Vec<OpeningRequest<'_, Self::ProverData, Challenge>>,
        challenger: &mut Challenger,
        preprocessed: Option<usize>,
    ) -> Result<(OpenedValues<Challenge>, Self::Proof), Self::ProverError> {
        self.enter(Phase::Open)?;
        self.inner
            .open_with_preprocessing(requests, challenger, preprocessed)
            .map_err(Stopped::Pcs)
    }

    fn verify_with_preprocessing(
        &self,
        rounds: Vec<CommitmentOpening<Challenge, Self::Commitment, Self::Domain>>,
        proof: &Self::Proof,
        challenger: &mut Challenger,
        preprocessed: Option<usize>,
    ) -> Result<(), Self::Error> {
        self.inner
            .verify_with_preprocessing(rounds, proof, challenger, preprocessed)
    }

    fn get_opt_randomization_poly_commitment(
        &self,
        domain: impl IntoIterator<Item = Self::Domain>,
    ) -> Result<Option<(Self::Commitment, Self::ProverData)>, Self::ProverError> {
        self.inner
            .get_opt_randomization_poly_commitment(domain)
            .map_err(Stopped::Pcs)
    }

    fn build_periodic_lde_table(
        &self,
        columns: &[Vec<Val<Self::Domain>>],
        trace_domain: Self::Domain,
        quotient_domain: Self::Domain,
    ) -> PeriodicLdeTable<Val<Self::Domain>>
    where
        Self::Domain: Clone,
        Val<Self::Domain>: Clone,
    {
        self.inner
            .build_periodic_lde_table(columns, trace_domain, quotient_domain)
    }
}
