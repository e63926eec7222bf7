"""The Groth16 check over BN254: one algorithm, once over numbers and once traced into circuits.

tower, curve, miller, final and multiples say what is computed, for any kind of element of Fp. Over
Number they are a plain model (groth16); over Gate (circuits) the same lines write down the gates of
the Cairo contract. `python -m tests.devtools.pairing` writes the generated files below
contracts/mist_verifier/src; a test compares them with what these modules say.
"""
