"""contracts, verify --on-chain, integrity: what contracts say, and how the verifier gets there."""

from obsqra_desktop.cli.context import Context, JsonObject
from obsqra_desktop.cli.main import CANNOT, OK
from obsqra_desktop.cli.render import UNKNOWN, table
from obsqra_desktop.cli.secrets_fd import unlock
from obsqra_desktop.cli.send import confirmed, sender
from obsqra_desktop.domain.amounts import STRK, parse_amount
from obsqra_desktop.domain.contracts import ContractFacts
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.felt import address_form, parse_address, parse_felt
from obsqra_desktop.domain.integrity import SHOWS as FACT_SHOWS
from obsqra_desktop.domain.integrity import FactReport
from obsqra_desktop.domain.onchain import SHOWS, VERIFIER, OnChainReport
from obsqra_desktop.domain.two_verdicts import TwoVerdicts


def list_contracts(context: Context) -> int:
    """What ships, without asking anybody."""
    found = context.services.contracts()
    rows = [
        (one.name, hex(one.class_hash), f"{one.sierra_felts:,}", f"{one.casm_felts:,}")
        for one in found
    ]
    text = table(("Contract", "Class", "Sierra felts", "CASM felts"), rows, right=(2, 3))
    context.answer({"contracts": [facts_document(one) for one in found]}, text)
    return OK


def show(context: Context) -> int:
    """One contract; where the verifier lies."""
    facts = named(context)
    answer = facts_document(facts)
    lines = [
        f"{facts.name}  {facts.path}",
        f"Class     {hex(facts.class_hash)}",
        f"Compiled  {hex(facts.compiled_class_hash)} (Blake2s)",
        f"Sizes     {facts.sierra_felts:,} Sierra and {facts.casm_felts:,} CASM felts",
        f"Bytes     {facts.bytes:,}",
        f"Made by   Cairo {facts.compiler_version}, Sierra {facts.sierra_version}",
        f"Needs     Starknet {facts.starknet_needed} or newer",
        f"Sources   {facts.sources} (SHA-256)",
    ]
    if facts.name == VERIFIER:
        address = address_form(context.wait(context.services.onchain.verifier_address()))
        answer["address"] = address
        lines.append(f"Address   {address} on every network where somebody deployed it")
    context.answer(answer, "\n".join(lines))
    return OK


def declare(context: Context) -> int:
    """Make a class known to a network, through the one way to send."""
    facts, account = named(context), sender(context)
    unlock(context)
    plan = context.wait(context.services.sending.plan_declare(account, facts))
    return confirmed(context, plan, highest_fee(context))


def deploy(context: Context) -> int:
    """Put the verifier where everybody looks for it, through the one way to send."""
    facts, account = named(context), sender(context)
    if facts.name != VERIFIER:
        raise InvalidInput(f"Only {VERIFIER} is deployed by itself.")
    unlock(context)
    plan = context.wait(context.services.verifier_contract.plan_deploy(account))
    return confirmed(context, plan, highest_fee(context))


def named(context: Context) -> ContractFacts:
    """The contract that the command names."""
    name = context.options.name
    for one in context.services.contracts():
        if one.name == name:
            return one
    raise NotFound(f"There is no contract {name[:70]!r}.", hint="See: obsqra contracts list")


def highest_fee(context: Context) -> int | None:
    """Of --max-fee, in fri."""
    text = context.options.max_fee
    return None if text is None else parse_amount(text, STRK.decimals, where="--max-fee")


def verdicts_lines(found: TwoVerdicts) -> list[str]:
    """Loud where the two do not agree; never one verdict without saying whose it is."""
    report = found.chain
    title = f"*** {found.title.upper()} ***" if found.disagree else f"{found.title}."
    lines = [title, *found.sentences]
    lines.append(f"Class {hex(report.class_hash)}, the one of this program.")
    if report.accepted:
        lines.append(f"All {len(report.fields)} numbers of the statement are the same.")
        lines.append(SHOWS)
    if found.here.bundle is not None:
        lines += [found.here.bundle.signer_line, found.here.bundle.checker_line]
    return lines


def integrity(context: Context) -> int:
    """Which verifications a fact has."""
    o = context.options
    try:
        fact = parse_felt(o.fact)
    except ValueError as error:
        raise InvalidInput(f"A fact hash is {error}.", where="FACT") from error
    registry = parse_address(o.registry, where="--registry") if o.registry else None
    report = context.wait(context.services.integrity.look(fact, o.network, registry))
    rows = [
        (
            f"{one.security_bits}{' (weak)' if one.weak else ''}",
            one.layout or UNKNOWN,
            one.hasher or UNKNOWN,
            one.stone_version or UNKNOWN,
            one.memory_verification or UNKNOWN,
            hex(one.verification_hash),
        )
        for one in report.verifications
    ]
    head = ("Bits", "Layout", "Hasher", "Stone", "Memory", "Verification")
    lines = [report.sentence, *([table(head, rows)] if rows else [])]
    if not report.known:
        lines.append("This registry is one that you named: nobody here knows who made it.")
    lines += FACT_SHOWS
    context.answer(fact_document(report), "\n".join(lines))
    return OK if report.verifications else CANNOT


def facts_document(one: ContractFacts) -> JsonObject:
    """As JSON."""
    return {
        "name": one.name,
        "class_hash": hex(one.class_hash),
        "compiled_class_hash": hex(one.compiled_class_hash),
        "sierra_version": one.sierra_version,
        "starknet_needed": one.starknet_needed,
        "compiler_version": one.compiler_version,
        "sierra_felts": one.sierra_felts,
        "casm_felts": one.casm_felts,
        "bytes": one.bytes,
        "sources_sha256": one.sources,
    }


def report_document(one: OnChainReport) -> JsonObject:
    """As JSON; numbers that differ are 0x… strings, null where nothing was answered."""
    return {
        "accepted": one.accepted,
        "sentence": one.sentence,
        "refusal": one.refusal,
        "network": one.network,
        "node": one.node,
        "contract": address_form(one.contract),
        "class_hash": hex(one.class_hash),
        "block_number": one.block_number,
        "block_hash": hex(one.block_hash),
        "block_timestamp": one.block_timestamp,
        "calldata_felts": one.felts,
        "compared": len(one.fields),
        "different": [
            {
                "name": field.name,
                "ours": hex(field.ours),
                "answered": hex(field.answered) if field.answered is not None else None,
            }
            for field in one.different
        ],
    }


def verdicts_document(found: TwoVerdicts) -> JsonObject:
    """As JSON: the contract's report, and what was found here before it was asked."""
    bundle = found.here.bundle
    return {
        "verdict": found.verdict.value,
        "agreement": found.agreement.value,
        "disagree": found.disagree,
        "here": {
            "accepted": found.here.accepted,
            "verifier": found.here.verifier,
            "reason": found.here.reason,
            "bundle": bundle.verdict.value if bundle else None,
            "failed": list(found.here.failed),
        },
        **report_document(found.chain),
    }


def fact_document(one: FactReport) -> JsonObject:
    """As JSON."""
    return {
        "fact": hex(one.fact),
        "network": one.network,
        "node": one.node,
        "registry": address_form(one.registry),
        "registry_known": one.known,
        "class_hash": hex(one.class_hash),
        "block_number": one.block_number,
        "block_timestamp": one.block_timestamp,
        "most_bits": one.best,
        "verifications": [
            {
                "verification_hash": hex(each.verification_hash),
                "security_bits": each.security_bits,
                "layout": each.layout,
                "hasher": each.hasher,
                "stone_version": each.stone_version,
                "memory_verification": each.memory_verification,
            }
            for each in one.verifications
        ],
    }
