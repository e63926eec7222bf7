"""Obsqra Desktop: decide where funds go and prove that the decision obeyed your policy."""

__version__ = "0.1.0"
