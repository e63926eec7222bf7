"""Vectors that the implementations in Python, Rust and Cairo share."""
