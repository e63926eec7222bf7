"""The rules, checked against independent formulations."""
