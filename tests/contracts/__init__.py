"""Compiled contracts that only tests use, and the tests of all compiled contracts."""
