"""Tests with the real prover."""
