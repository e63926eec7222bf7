"""The rules, pure and exact: no input, output, clock or randomness."""
