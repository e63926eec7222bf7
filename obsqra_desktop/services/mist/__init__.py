"""Private money: what is remembered, found again, and spent."""
