"""The pool's contract in words and as JSON: what it is and what was trusted."""

from obsqra_desktop.cli.context import JsonObject
from obsqra_desktop.cli.render import UNKNOWN
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.mist.pool import CODE, OWNER, VERIFIER, VERIFIER_CODE, PoolIdentity
from obsqra_desktop.services.mist.steps import PoolStanding


def standing_document(standing: PoolStanding) -> JsonObject:
    """The pool's contract."""
    return {
        "network": standing.network.id,
        "pool": address_form(standing.pool.address),
        "name": standing.pool.name,
        **identity_document(standing.found),
        "trusted": identity_document(standing.trusted) if standing.trusted else None,
        "untold": list(standing.found.untold),
        "changed": list(standing.changed),
        "trusted_at": standing.trusted_at,
        "leaves": standing.leaves,
        "block_number": standing.block_number,
        "node": standing.node,
        "trust": list(standing.notes),
    }


def identity_document(identity: PoolIdentity) -> JsonObject:
    """What a pool's contract is; unknown is null."""
    code = identity.verifier_class
    return {
        "class_hash": hex(identity.class_hash),
        "verifier": hex(identity.verifier) if identity.verifier else None,
        "verifier_class": hex(code) if code is not None else None,
        "owner": hex(identity.owner),
    }


def identity_lines(identity: PoolIdentity) -> dict[str, str]:
    """Part to its value, for people."""
    code = identity.verifier_class
    return {
        CODE: hex(identity.class_hash),
        VERIFIER: address_form(identity.verifier) if identity.verifier else UNKNOWN,
        VERIFIER_CODE: hex(code) if code is not None else UNKNOWN,
        OWNER: address_form(identity.owner) if identity.owner else "nobody",
    }


def parts_text(standing: PoolStanding) -> list[str]:
    """Each part as it is now and, where it has changed, as it was trusted."""
    now = identity_lines(standing.found)
    before = identity_lines(standing.trusted) if standing.trusted is not None else {}
    names = {CODE: "Class", VERIFIER: "Verifier", VERIFIER_CODE: "  its class", OWNER: "Owner"}
    lines = []
    for part, name in names.items():
        note = ", not told" if part in standing.found.untold else ""
        lines.append(f"{name:<10}{now[part]}{note}")
        if part in standing.changed:
            lines.append(f"  was     {before[part]}")
    return lines


def standing_text(standing: PoolStanding) -> str:
    """The same for people."""
    state = "as it was when it was last trusted"
    if standing.found.untold:
        state = "what it tells is as it was when it was last trusted"
    if standing.changed:
        state = f"CHANGED: {', '.join(standing.changed)}. No deposit is made."
    elif standing.trusted is None:
        state = "never compared; what it is now is remembered at the first deposit"
    return "\n".join(
        [
            f"{standing.pool.name}  {address_form(standing.pool.address)}",
            *parts_text(standing),
            f"Contract  {state}",
            f"Leaves    {standing.leaves} at block {standing.block_number} ({standing.node})",
            *(f"Trust     {text}" for text in standing.notes),
        ]
    )
