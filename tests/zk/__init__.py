"""That proofs hide their witness: docs/zero-knowledge.md says what is claimed, these look."""
