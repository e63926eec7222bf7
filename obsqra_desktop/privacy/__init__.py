"""Private money: notes, hashes and scanning."""
