//! The callbacks of a running proof.

use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;

use crate::phases::Stopwatch;

struct State {
    running: Option<&'static str>,
    watch: Stopwatch,
    failure: Option<PyErr>,
}

/// Tells a Python caller which phases have ended, and asks it whether to go on.
#[derive(Clone)]
pub struct Reporter(Arc<(Py<PyAny>, Py<PyAny>, Mutex<State>)>);

impl Reporter {
    /// `progress(phase, seconds)` and `cancelled()`.
    pub fn new(progress: Py<PyAny>, cancelled: Py<PyAny>) -> Self {
        let state = State {
            running: None,
            watch: Stopwatch::default(),
            failure: None,
        };
        Self(Arc::new((progress, cancelled, Mutex::new(state))))
    }

    /// Report the phase that just ended, if any; whether the next one may start.
    #[must_use = "the prover must stop when told so"]
    pub fn turn(&self, next: Option<&'static str>) -> bool {
        let (progress, cancelled, state) = &*self.0;
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let seconds = state.watch.lap();
        let ended = core::mem::replace(&mut state.running, next);
        let answer = Python::attach(|py| -> PyResult<bool> {
            if let Some(phase) = ended {
                progress.call1(py, (phase, seconds))?;
            }
            Ok(next.is_none() || !cancelled.call0(py)?.is_truthy(py)?)
        });
        answer.unwrap_or_else(|error| {
            state.failure = Some(error);
            false
        })
    }

    /// What a callback raised.
    pub fn failure(&self) -> Option<PyErr> {
        let mut state = self.0.2.lock().unwrap_or_else(PoisonError::into_inner);
        state.failure.take()
    }
}
