"""Files and the keyring: the only place that touches either."""
