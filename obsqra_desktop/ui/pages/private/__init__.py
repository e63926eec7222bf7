"""The page Private money, its steps and its parts."""
