"""proof-parameters."""

from collections.abc import Sequence

from obsqra_desktop.cli.context import Context
from obsqra_desktop.cli.main import OK
from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.record import VerifierFile
from obsqra_desktop.flows.accounting import accounting


def proof_parameters(context: Context) -> int:
    """What the compiled prover says about itself and its security."""
    known = context.services.parameters()
    answer = strict_json.document(VerifierFile.of(known))
    context.answer(answer, aligned(accounting(known)))
    return OK


def aligned(rows: Sequence[tuple[str, str]]) -> str:
    """Titles and values in two columns."""
    width = max(len(title) for title, _ in rows)
    return "\n".join(f"{title:<{width}}  {value}" for title, value in rows)
