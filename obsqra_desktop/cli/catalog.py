"""policy and model."""

from pydantic import ValidationError

from obsqra_desktop.cli import render
from obsqra_desktop.cli.context import Context, JsonObject
from obsqra_desktop.cli.main import OK
from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import felt_from_hex

LIMITS = (
    "max_allocation_bps",
    "min_pools",
    "max_risk_score",
    "max_volatility_bps",
    "min_liquidity_tier",
)


def list_policies(context: Context) -> int:
    """Presets and saved ones."""
    catalog = context.services.catalog
    presets = [one.name.lower() for one in catalog.presets()]
    saved = list(catalog.saved())
    text = "Presets  " + ", ".join(presets) + "\nSaved    " + (", ".join(saved) or "none yet")
    context.answer({"presets": presets, "saved": saved}, text)
    return OK


def show_policy(context: Context) -> int:
    """One policy, as its file has it."""
    policy = context.services.catalog.policy(context.options.name)
    text = strict_json.pretty(policy).decode().rstrip()
    context.answer(strict_json.document(policy), text)
    return OK


def new_policy(context: Context) -> int:
    """Save a policy made from a preset and the given limits."""
    o, catalog = context.options, context.services.catalog
    base = catalog.policy(o.base)
    changed: JsonObject = {name: getattr(base, name) for name in Policy.model_fields}
    changed["name"] = o.name
    changed |= {name: getattr(o, name) for name in LIMITS if getattr(o, name) is not None}
    if o.exclude_flagged is not None:
        changed["exclude_flagged"] = o.exclude_flagged == "yes"
    if o.allow is not None:
        changed["allowlist"] = tuple(pool_id(text) for text in o.allow)
    try:
        policy = Policy(**changed)
    except ValidationError as error:
        raise strict_json.invalid(error, "the policy") from error
    name = catalog.save_policy(policy)
    context.answer(
        {"name": name, "policy": strict_json.document(policy)},
        f"Saved. Use it with: --policy {name}",
    )
    return OK


def pool_id(text: str) -> int:
    """A pool id from the command line."""
    try:
        return felt_from_hex(text)
    except ValueError as error:
        raise InvalidInput(f"A pool id {error}.", where="allow") from error


def list_models(context: Context) -> int:
    """All models."""
    models = context.services.catalog.models()
    answer = [
        {
            "name": one.name,
            "version": one.version,
            "kind": one.kind,
            "digest": one.digest().hex(),
            "summary": one.card.summary,
        }
        for one in models
    ]
    rows = [(one.name, one.version, one.kind, one.card.summary) for one in models]
    text = render.table(("Name", "Version", "Kind", "Summary"), rows)
    context.answer({"models": answer}, text)
    return OK


def show_model(context: Context) -> int:
    """One model with its card."""
    model = context.services.catalog.model(context.options.name)
    document = strict_json.document(model)
    if isinstance(document, dict):
        document["digest"] = model.digest().hex()
    card = model.card
    lines = [
        f"{model.name} {model.version} ({model.kind})",
        card.summary,
        f"Fitted to  {card.fitted_to}",
        f"Method     {card.method}",
        f"Class 2    {model.classes[2]}: {card.flag_means}",
        *(f"Limit      {limit}" for limit in card.limits),
    ]
    if card.evaluation is not None:
        right, seen = card.evaluation.correct, card.evaluation.samples
        lines.append(f"Held out   {right} of {seen} right ({100 * right / seen:.1f} %)")
    lines.append(f"Digest     {model.digest().hex()}")
    context.answer(document, "\n".join(lines))
    return OK
