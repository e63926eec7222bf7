"""Proof parameters for tests that need none to be true: the shape of the shipped ones."""

from typing import Final

from obsqra_desktop.domain.proof import ProofParameters

PARAMETERS: Final = ProofParameters(
    parameter_set=1,
    system="made for a test",
    version="0",
    field_name="KoalaBear",
    field_bits=123,
    extension_degree=4,
    hash_name="Blake2s-256",
    hash_bits=128,
    log_blowup=5,
    queries=20,
    grinding_bits=16,
    folding_arity=8,
    final_polynomial_length=4,
    trace_rows=128,
    trace_columns=68,
    constraints=178,
    constraint_degree=4,
    quotient_chunks=8,
    salt_elements=4,
    random_codewords=4,
    opening_points=2,
    hiding_rows_available=128,
    hiding_rows_needed=56,
    hiding_formula="2*(queries + 4*points)",
    conjectured_bits=102,
    conjectured_model="random words, ePrint 2025/2010 section 1.5",
    proven_list_bits=65,
    proven_list_source="list decoding up to the Johnson bound",
    proven_unique_bits=35,
    proven_unique_source="unique decoding, ePrint 2024/1553 theorem 2",
    target_bits=100,
    audited=False,
    note="Made for a test; proves nothing.",
)
