"""Verified by a contract of a real devnet, and facts read from a registry of our own there."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starknet_py.hash.selector import get_selector_from_name
from starknet_py.net.client_models import Call

from obsqra_desktop.app import build_services
from obsqra_desktop.chain.connections import ConnectionRegister
from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.chain.reader import StarknetMarket
from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.chain.starknet import StarknetChain
from obsqra_desktop.domain import oab
from obsqra_desktop.domain.audit import Verdict
from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.errors import InvalidInput, ProofRejected
from obsqra_desktop.domain.integrity import FactReport
from obsqra_desktop.domain.network import default_settings
from obsqra_desktop.domain.onchain import VERIFIER, ContractUnfit, OnChainReport
from obsqra_desktop.domain.two_verdicts import Agreement, CheckStep, TwoVerdicts
from obsqra_desktop.services.contract_check import ContractCheckService, OnStep
from obsqra_desktop.services.integrity import IntegrityService
from obsqra_desktop.services.onchain import OnChainService
from obsqra_desktop.storage.bundle import BundleArchive
from obsqra_desktop.storage.contracts import ContractClasses
from tests.chain.fault_proxy import Handler, proxy_of
from tests.chain.making import MemoryStore
from tests.chain.onchain_parts import declare_and_deploy, first_account
from tests.chain.pipeline import FixedNetworks, practice
from tests.conftest import ROOT
from tests.devnet import PATIENCE, Devnet
from tests.verifier.loading import pair

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.filterwarnings("ignore:Sending a large body directly:ResourceWarning"),
]
SHIPPED = ContractClasses(Path())
OURS = ContractClasses(Path(), ROOT / "tests" / "contracts")
CRYPTO = StarkCrypto()


def run(url: str, work: Any) -> Any:
    """`work` with a service for each adapter, on a fresh client."""
    network = practice(url)

    async def whole() -> Any:
        register = ConnectionRegister(MemoryStore(), lambda: 0)
        rpc = Rpc(register, default_settings, timeout=PATIENCE)
        market = StarknetMarket(StarknetChain(rpc, register, lambda: 1), rpc)
        networks = FixedNetworks(network)
        onchain = OnChainService(networks, market, SHIPPED.facts, CRYPTO.contract_address)
        try:
            return await work(onchain, IntegrityService(networks, market))
        finally:
            await rpc.close()

    return asyncio.run(whole())


def check(
    url: str, data_dir: Path, work: Callable[[ContractCheckService, OnStep], Any]
) -> tuple[TwoVerdicts, list[CheckStep]]:
    """`work` with the check by both verifiers, and the steps that it told."""
    base = build_services(data_dir)
    steps: list[CheckStep] = []

    async def both(onchain: OnChainService, _: IntegrityService) -> TwoVerdicts:
        service = ContractCheckService(base.decisions, base.bundles, base.prover, onchain)
        found: TwoVerdicts = await work(service, steps.append)
        return found

    return run(url, both), steps


def verify(url: str, statement: bytes, proof: bytes, contract: int | None = None) -> OnChainReport:
    found: OnChainReport = run(url, lambda one, _: one.verify(statement, proof, None, contract))
    return found


def look(url: str, fact: int, registry: int | None) -> FactReport:
    found: FactReport = run(url, lambda _, one: one.look(fact, None, registry))
    return found


@pytest.fixture(scope="session")
def verifier(devnet: Devnet) -> int:
    """The address of the shipped verifier, declared and deployed there."""
    return declare_and_deploy(devnet, *SHIPPED.load(VERIFIER))


@pytest.fixture(scope="session")
def registry(devnet: Devnet) -> int:
    return declare_and_deploy(devnet, *OURS.load("IntegrityRegistry"))


@pytest.mark.parametrize("number", range(4))
def test_vectors_are_verified_and_every_number_is_compared(
    devnet: Devnet, verifier: int, number: int
) -> None:
    report = verify(devnet.url, *pair(number))
    assert report.contract == verifier  # found without being told
    assert report.accepted
    assert report.refusal is None
    assert not report.different
    assert len(report.fields) > 20
    assert report.class_hash == SHIPPED.facts(VERIFIER).class_hash
    assert report.block_number == devnet.ask("starknet_blockNumber")
    head = devnet.ask("starknet_getBlockWithTxHashes", block_id="latest")
    assert report.block_hash == int(head["block_hash"], 16)
    assert report.sentence.startswith("Verified by the contract 0x")


def test_a_bent_proof_is_refused_and_the_step_named(devnet: Devnet, verifier: int) -> None:
    statement, proof = pair()
    bent = proof[:-32] + bytes([proof[-32] ^ 1]) + proof[-31:]
    report = verify(devnet.url, statement, bent)
    assert not report.accepted
    assert report.refusal == "merkle: a root does not match"
    assert report.fields == ()
    other = verify(devnet.url, pair(1)[0], proof)
    assert other.refusal == "grinding: insufficient"


def test_no_contract_there_is_told(devnet: Devnet) -> None:
    with pytest.raises(ContractUnfit, match="no verifier at 0x"):
        verify(devnet.url, *pair(), contract=0x1234)


def test_a_contract_of_another_class_is_not_asked(devnet: Devnet, registry: int) -> None:
    with pytest.raises(ContractUnfit, match="It was not asked"):
        verify(devnet.url, *pair(), contract=registry)


@contextmanager
def lying(devnet: Devnet, change: Any) -> Iterator[str]:
    """A node in front of the devnet whose answers to calls are bent."""

    def fault(handler: Handler, body: bytes) -> None:
        asked, answered = json.loads(body), json.loads(handler.forward(body))
        both = zip(asked, answered, strict=True) if isinstance(asked, list) else [(asked, answered)]
        for question, one in both:
            if question["method"] == "starknet_call" and "result" in one:
                one["result"] = change(one["result"])
        handler.answer(json.dumps(answered).encode())

    with proxy_of(devnet.url) as server:
        server.faults.update({"batch": fault, "starknet_call": fault})
        yield server.url


LIES: dict[str, Any] = {
    "another decision": lambda felts: [*felts[:-4], hex(1 - int(felts[-4], 16)), *felts[-3:]],
    "a number too many": lambda felts: [*felts, "0x0"],
    "cut short": lambda felts: felts[:-1],
    "nothing": lambda felts: [],
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_node_that_answers_another_statement_is_not_believed(
    devnet: Devnet, verifier: int, lie: Any
) -> None:
    with lying(devnet, lie) as url:
        report = verify(url, *pair())
    assert not report.accepted
    assert report.different


GOLDEN = ROOT / "tests" / "verifier" / "golden.oab.zip"


def test_a_bundle_is_checked_here_first_then_by_the_contract(
    devnet: Devnet, verifier: int, data_dir: Path
) -> None:
    found, steps = check(devnet.url, data_dir, lambda one, on: one.bundle(GOLDEN, on_step=on))
    assert steps == list(CheckStep)
    assert (found.agreement, found.verdict) == (Agreement.ACCEPT, Verdict.VALID)
    assert found.title == "Verified here and by a contract"
    assert found.here.bundle is not None
    assert found.chain.contract == verifier


def changed(target: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The golden bundle with one file of it changed, packed as strictly as before."""
    archive = BundleArchive()
    entries = archive.unpack(GOLDEN.read_bytes())
    entries[name] = change(entries[name])
    target.write_bytes(archive.pack(entries))
    return target


def test_a_good_proof_in_a_bad_bundle_is_no_valid_bundle(
    devnet: Devnet, verifier: int, data_dir: Path, tmp_path: Path
) -> None:
    bundle = changed(tmp_path / "a.zip", oab.OUTPUT, lambda raw: raw.replace(b"1", b"2", 1))
    found, _ = check(devnet.url, data_dir, lambda one, on: one.bundle(bundle, on_step=on))
    assert found.agreement is Agreement.ACCEPT
    assert found.verdict is Verdict.INVALID
    assert not found.disagree
    assert found.title == "Both accept the proof, but the bundle is invalid"
    assert any("output.json" in one for one in found.here.failed)
    assert "Do not rely on the bundle" in found.sentences[-1]


def test_a_bent_proof_in_a_bundle_is_refused_by_both(
    devnet: Devnet, verifier: int, data_dir: Path, tmp_path: Path
) -> None:
    bundle = changed(
        tmp_path / "a.zip", oab.PROOF, lambda raw: raw[:-32] + bytes([raw[-32] ^ 1]) + raw[-31:]
    )
    found, _ = check(devnet.url, data_dir, lambda one, on: one.bundle(bundle, on_step=on))
    assert (found.agreement, found.verdict) == (Agreement.REFUSE, Verdict.INVALID)
    assert found.chain.refusal == "merkle: a root does not match"


def test_what_is_no_proof_at_all_is_not_asked_about(
    devnet: Devnet, verifier: int, data_dir: Path, tmp_path: Path
) -> None:
    bundle = changed(tmp_path / "a.zip", oab.PROOF, lambda raw: raw[:-1])
    with pytest.raises(ProofRejected, match="no contract was asked"):
        check(devnet.url, data_dir, lambda one, on: one.bundle(bundle, on_step=on))


@pytest.mark.parametrize("lie", ["another decision", "nothing"])
def test_a_node_that_lies_makes_the_verifiers_disagree_and_that_is_said(
    devnet: Devnet, verifier: int, data_dir: Path, lie: str
) -> None:
    with lying(devnet, LIES[lie]) as url:
        found, _ = check(url, data_dir, lambda one, on: one.bundle(GOLDEN, on_step=on))
    assert found.disagree
    assert (found.agreement, found.verdict) == (Agreement.ONLY_HERE, Verdict.INVALID)
    assert found.title == "The two verifiers disagree"
    assert "Do not rely on this proof" in found.sentences[-1]


def test_facts_are_read_with_their_bits_and_configuration(devnet: Devnet, registry: int) -> None:
    fact = 0xFAC7
    report = look(devnet.url, fact, registry)
    assert report.verifications == ()
    assert report.best is None
    assert "No verification" in report.sentence
    words = [int.from_bytes(one, "big") for one in (b"recursive", b"keccak_160_lsb", b"stone5")]
    memory = int.from_bytes(b"cairo1", "big")
    for bits, verification in ((96, 0xA), (20, 0xB)):
        element = [fact, verification, bits, *words, memory]
        call = Call(registry, get_selector_from_name("register"), element)
        asyncio.run(invoke(devnet, call))
    report = look(devnet.url, fact, registry)
    assert [(one.verification_hash, one.security_bits) for one in report.verifications] == [
        (0xA, 96),
        (0xB, 20),
    ]
    first = report.verifications[0]
    assert (first.layout, first.hasher, first.stone_version, first.memory_verification) == (
        "recursive",
        "keccak_160_lsb",
        "stone5",
        "cairo1",
    )
    assert report.best == 96
    assert all(one.weak for one in report.verifications)
    assert not report.known
    assert report.class_hash == OURS.facts("IntegrityRegistry").class_hash


async def invoke(devnet: Devnet, call: Call) -> None:
    account = first_account(devnet)
    sent = await account.execute_v3(call, auto_estimate=True)
    await account.client.wait_for_tx(sent.transaction_hash)


def test_no_registry_known_none_there_and_another_contract(devnet: Devnet, verifier: int) -> None:
    with pytest.raises(InvalidInput, match="No fact registry is known"):
        look(devnet.url, 1, None)
    with pytest.raises(ContractUnfit, match="no contract at"):
        look(devnet.url, 1, 0x1234)
    with pytest.raises(ContractUnfit, match="cannot be asked about facts"):
        look(devnet.url, 1, verifier)


@pytest.mark.parametrize(
    "lie",
    [
        lambda _: [],
        lambda _: ["0x1"],
        lambda _: ["0x1", "0x1", "0x100000000", "0x1", "0x1", "0x1", "0x1"],
        lambda _: ["0x1", *["0x1"] * 7],
        lambda _: ["0x800000000000000000000000000000000000000000000000000000000000000"],
        lambda _: "0x0",
        lambda _: {"a": 1},
        lambda _: [None],
    ],
)
def test_answers_of_another_form_are_refused(devnet: Devnet, registry: int, lie: Any) -> None:
    with (
        lying(devnet, lie) as url,
        pytest.raises(NodeAnswerInvalid),
    ):
        look(url, 1, registry)
