"""The native prover and verifier: the only place that calls the compiled module."""
