"""The security accounting of a proof in words, the same in window and terminal."""

from obsqra_desktop.domain.proof import ProofParameters


def accounting(known: ProofParameters) -> tuple[tuple[str, str], ...]:
    """Rows of title and figures, as the prover reports them."""
    p = known
    field = f"{p.field_name}; challenges of degree {p.extension_degree}, {p.field_bits} bits"
    hiding = (
        f"{p.hiding_rows_available} random rows, {p.hiding_rows_needed} needed by "
        f"{p.hiding_formula} with {p.queries} queries and {p.opening_points} points; "
        f"{p.salt_elements} salt elements a leaf, {p.random_codewords} random codewords"
    )
    return (
        ("Parameter set", str(p.parameter_set)),
        ("System", f"{p.system}, module {p.version}"),
        ("Field", field),
        ("Hash", f"{p.hash_name}, {p.hash_bits} bits against collisions"),
        ("Trace", f"{p.trace_rows} rows × {p.trace_columns} columns"),
        ("Constraints", f"{p.constraints} of degree up to {p.constraint_degree}"),
        ("Quotient", f"{p.quotient_chunks} chunks"),
        ("FRI", f"blow-up 2^{p.log_blowup}, {p.queries} queries, folding arity {p.folding_arity}"),
        ("Final polynomial", f"{p.final_polynomial_length} coefficients"),
        ("Grinding", f"{p.grinding_bits} bits"),
        ("Hiding", hiding),
        *security(known),
    )


def security(known: ProofParameters) -> tuple[tuple[str, str], ...]:
    """Only the bits: what is conjectured, what is proven, what was aimed at, who checked."""
    p = known
    reached = "reached" if p.conjectured_bits >= p.target_bits else "NOT reached"
    return (
        ("Conjectured", f"{p.conjectured_bits} bits ({p.conjectured_model})"),
        ("Proven", f"{p.proven_list_bits} bits ({p.proven_list_source})"),
        ("Proven", f"{p.proven_unique_bits} bits ({p.proven_unique_source})"),
        ("Target", f"{p.target_bits} bits conjectured: {reached}"),
        ("Audit", f"{'audited' if p.audited else 'unaudited'}. {p.note}"),
    )
