"""Fuzzing of everything that reads other people's bytes; see README.md here."""
