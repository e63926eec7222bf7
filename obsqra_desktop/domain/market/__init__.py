"""Pool metrics from a chain: what is asked, how answers are read, what follows from them. Pure."""
