"""A metric as it is told: with its value or why there is none, its formula and what went in."""

from collections.abc import Sequence

from obsqra_desktop.domain.market import guards
from obsqra_desktop.domain.market.derivation import DerivationInput, MetricDerivation
from obsqra_desktop.domain.pools import SourceKind
from obsqra_desktop.services.market.venues.reading import Part


def inputs_of(*parts: Part) -> tuple[DerivationInput, ...]:
    """Lines of a derivation."""
    return tuple(one.input(name, one.words) for name, one in zip(("V", "TVL"), parts, strict=False))


def made(
    name: str,
    value: int,
    formula: str,
    given: tuple[DerivationInput, ...] = (),
    kind: SourceKind = SourceKind.MEASURED,
) -> MetricDerivation:
    """A known one."""
    return MetricDerivation(
        metric=name,  # type: ignore[arg-type]
        value=value,
        kind=kind,
        formula=formula[:400],
        inputs=given,
    )


def unknown(
    name: str,
    formula: str,
    reason: str,
    given: tuple[DerivationInput, ...] = (),
    kind: SourceKind = SourceKind.MEASURED,
) -> MetricDerivation:
    """None, and why."""
    return MetricDerivation(
        metric=name,  # type: ignore[arg-type]
        value=None,
        kind=kind,
        reason=(reason or "not known")[:400],
        formula=formula[:400],
        inputs=given,
    )


def inputs(six: Sequence[MetricDerivation]) -> guards.RiskInputs:
    """The five that the rules know."""
    return guards.RiskInputs(six[0].value, six[1].value, six[2].value, six[3].value, six[4].value)


def replaced(
    own: MetricDerivation, live: MetricDerivation, value: int | None, name: str
) -> MetricDerivation:
    """A dead pool's metric, no better than the live one's."""
    if value == own.value:
        return own
    if value is None:
        reason = own.reason or f"nobody traded, and {name}, which stands for it: {live.reason}"
        return own.model_copy(update={"value": None, "reason": reason[:400]})
    return own.model_copy(
        update={
            "value": value,
            "formula": f"nobody traded: as {name}; {live.formula}"[:400],
            "inputs": (*own.inputs, *live.inputs),
        }
    )
