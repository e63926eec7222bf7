"""Small reusable pieces, drawn from the tokens alone."""
