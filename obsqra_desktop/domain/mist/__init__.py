"""Private money through MIST.cash: notes, the pool, and what is remembered of them."""
