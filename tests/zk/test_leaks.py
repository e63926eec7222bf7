"""No policy and no salt in anything that is written, but where it belongs.

It belongs in private.json of the proofs folder, in the owner's own policy file, in bundles of
the levels auditor and owner, and on the owner's screen: `decide` and `prove` tell the owner which
limit a pool failed, `decisions show --private` shows the policy.
"""

import asyncio
import json
import logging
import random
import struct
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from obsqra_desktop.app import build_services
from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.commitment import to_limbs
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.proof import PhaseTiming, ProofRequest, ProofResult
from obsqra_desktop.domain.record import Disclosure, Status
from obsqra_desktop.domain.risk import OBSQRA_V1_2
from obsqra_desktop.domain.statement import Statement
from obsqra_desktop.proving.native import NativeProver
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.decisions import DecisionInput
from tests.cli.running import Cli, Done
from tests.conftest import ROOT
from tests.zk import leaks

pytestmark = pytest.mark.native

NAME = "Quokka-tarn 4409"
CAP, VOLATILITY, RISK = 7_919, 8_887, 83
"""Prime numbers that nothing else in these flows has; the cap does not bind."""
POLICY = Policy(
    name=NAME,
    max_allocation_bps=CAP,
    min_pools=2,
    max_risk_score=RISK,
    max_volatility_bps=VOLATILITY,
    min_liquidity_tier=1,
    exclude_flagged=False,
    allowlist=None,
)
FIELDS = set(POLICY.model_dump()) - {"name", "schema_id"}
NUMBERS = {CAP, VOLATILITY, RISK}
VERIFIER = ROOT / "resources" / "verify_bundle.py"


@dataclass
class Flow:
    """What a run of the program left: outputs for anybody, outputs for the owner, files."""

    secrets: list[dict[str, object]] = field(default_factory=list)
    told: dict[str, bytes] = field(default_factory=dict)
    owner: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def everything(self) -> dict[str, bytes]:
        return {**self.told, **self.owner, **self.files}

    def forms(self) -> set[bytes]:
        found: set[bytes] = set()
        for private in self.secrets:
            found |= leaks.certain_forms(private["salt"])  # type: ignore[arg-type]
            found |= leaks.key_forms(str(private["redaction_key"]))
        return found


def spoil(path: Path, change: Callable[[bytes], bytes]) -> Path:
    spoiled = path.with_name(f"spoiled-{path.name}")
    spoiled.write_bytes(change(path.read_bytes()))
    return spoiled


def flipped(raw: bytes) -> bytes:
    middle = len(raw) // 2
    return raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :]


@pytest.fixture(scope="module")
def flow(tmp_path_factory: pytest.TempPathFactory) -> Flow:
    """The command line through success and failure, and the plain verifier, in real processes."""
    place = tmp_path_factory.mktemp("leaks")
    for name in ("work", "own", "temporary"):
        (place / name).mkdir()
    cli, own = Cli(place / "work", place / "data"), place / "own" / "limits.json"
    own.write_bytes(POLICY.canonical())
    strict = own.with_name("strict.json")
    strict.write_bytes(POLICY.model_copy(update={"min_pools": 8}).canonical())
    wrong = own.with_name("wrong.json")
    wrong.write_bytes(POLICY.canonical().replace(b"8887", b"88870000"))
    env = {"RUST_BACKTRACE": "1", "TMPDIR": str(place / "temporary")}
    flow = Flow()

    def run(*words: object, owner: bool = False) -> Done:
        done = cli.alone(*words, env=env)
        texts = flow.owner if owner else flow.told
        texts[f"{len(flow.everything)} {words[0]}"] = f"{done.out}\n{done.err}".encode()
        return done

    sample = ("prove", "--snapshot", "sample", "--policy")
    made = run(*sample, own, "--json", "--out", "one.zip", owner=True)
    assert made.code == 0, made.err
    assert run(*sample, own, owner=True).code == 0
    assert run(*sample, strict, "--json", owner=True).json["status"] == "infeasible"
    assert run(*sample, wrong).code != 0
    assert run(*sample, own, "--out", "no/such/place.zip", owner=True).code != 0
    run("decide", *sample[1:], own, owner=True)
    one = made.json["id"]
    shown: tuple[tuple[str, ...], ...] = (("list",), ("show", one, "--json"))
    for words in shown:
        assert run("decisions", *words).code == 0
    assert run("decisions", "export", one, "--out", "two.zip", "--json").code == 0
    assert run("decisions", "reverify", one).code == 0
    bundle = cli.folder / "one.zip"
    bundles = [bundle, spoil(bundle, flipped), spoil(cli.folder / "two.zip", lambda b: b[:-99])]
    run("verify", bundle.name)
    for path in bundles:
        run("verify", path.name, "--json")
        plain = subprocess.run(
            [sys.executable, "-I", "-S", VERIFIER, path, "--json"], capture_output=True, timeout=600
        )
        flow.told[f"plain {path.name}"] = plain.stdout + plain.stderr
    proof = cli.data_dir / "proofs" / one[:2] / one / "proof.bin"
    proof.write_bytes(flipped(proof.read_bytes()))
    for words in (("list", "--json"), ("reverify", one)):
        run("decisions", *words)
    flow.files = leaks.files(place, ("private.json", own.name, strict.name, wrong.name))
    flow.secrets = [json.loads(p.read_bytes()) for p in cli.data_dir.rglob("private.json")]
    return flow


def test_the_flow_went_everywhere(flow: Flow) -> None:
    assert len(flow.secrets) == 5
    assert len(flow.told) >= 14
    assert any("/one.zip/" in name for name in flow.files)
    assert sum(name.endswith("record.json") for name in flow.files) == 5
    assert any(b"INVALID" in text for text in flow.told.values())


def test_no_salt_and_no_redaction_key_anywhere(flow: Flow) -> None:
    assert leaks.hits(flow.forms(), flow.everything) == []


def test_no_policy_in_files_or_in_what_anybody_reads(flow: Flow) -> None:
    texts = {**flow.told, **flow.files}
    assert leaks.policy_hits(FIELDS, NUMBERS, texts) == []
    assert leaks.hits({NAME.encode(), b"Quokka", b"limits.json"}, texts) == []
    assert leaks.hits({b"79.19", b"88.87", b"7,919", b"8,887"}, flow.told) == []


def test_statements_have_no_place_for_a_policy(flow: Flow) -> None:
    """Their bytes are those of the public values, all of them and nothing else."""
    found = [raw for name, raw in flow.files.items() if name.endswith("statement.bin")]
    assert len(found) >= 4
    for raw in found:
        assert Statement.decode(raw).encode() == raw


def test_the_search_finds_what_is_there(flow: Flow) -> None:
    """What the owner may see has it: there the same search says so."""
    private = {"private": json.dumps(flow.secrets[0]).encode()}
    assert leaks.hits(flow.forms(), private)
    assert leaks.policy_hits(FIELDS, NUMBERS, private)
    salt = [int(limb) for limb in flow.secrets[0]["salt"]]  # type: ignore[attr-defined]
    forms = leaks.certain_forms(salt)
    for layout in ("<8I", ">8I", "<8Q"):
        for numbers in (salt, [leaks.montgomery(limb) for limb in salt]):
            raw = struct.pack(layout, *numbers)
            assert leaks.hits(forms, {"raw": raw})
            assert leaks.hits(forms, {"hex": raw.hex().encode()})
    assert leaks.hits({NAME.encode()}, flow.owner)


class Telling(NativeProver):
    """The real prover, asked for something false or stopped in between."""

    def __init__(self, change: bool) -> None:
        super().__init__()
        self.change = change

    def prove(
        self,
        request: ProofRequest,
        on_phase: Callable[[PhaseTiming], None],
        cancelled: Callable[[], bool],
    ) -> ProofResult:
        if self.change:
            pools = tuple(replace(one, allocation_bps=5_000) for one in request.statement.pools)
            statement = replace(request.statement, pools=pools)
            request = ProofRequest(statement, request.policy, request.salt)
        return super().prove(request, on_phase, cancelled)


SALT = to_limbs(
    (
        1_402_335_977,
        2_093_118_263,
        1_877_640_529,
        1_290_771_433,
        1_655_902_187,
        2_010_447_311,
        1_111_983_641,
        1_733_506_859,
    )
)
REDACTION = random.Random(78).randbytes(32)


def fixed_randomness() -> Callable[[int], bytes]:
    """The markers in the place of the system's randomness."""
    limbs = iter(SALT)

    def draw(size: int) -> bytes:
        return REDACTION if size == len(REDACTION) else next(limbs).to_bytes(4, "little")

    return draw


def attempt(folder: Path, kind: str) -> tuple[dict[str, bytes], Status]:
    """One decision with the marker salt; everything that it told and left."""
    services = build_services(folder)
    decisions = services.decisions
    decisions._random_bytes = fixed_randomness()
    decisions._clock = lambda: 1_700_000_000
    decisions._prover = Telling(kind == "false")
    token = CancelToken()
    seen: list[PhaseTiming] = []
    told: list[str] = []

    def on_phase(phase: PhaseTiming) -> None:
        seen.append(phase)
        if kind == "cancelled":
            token.cancel()

    async def work() -> Status:
        model = shipped.model("linear_v0")
        wanted = DecisionInput(shipped.sample(), OBSQRA_V1_2, model, POLICY)
        if kind == "cancelled":
            token.cancel()
        record = await decisions.prove(wanted, on_phase, token)
        told.append(repr(record) + repr(wanted.snapshot) + repr(seen))
        for level in (Disclosure.PUBLIC, Disclosure.AUDITOR):
            try:
                made = await decisions.bundle_bytes(record.id, level)
            except AppError as error:
                told.append("".join(traceback.format_exception(error)))
            else:
                name = "bundle.zip" if level is Disclosure.PUBLIC else "private.json"
                (folder / name).write_bytes(made)
        told.append(repr((await decisions.list()).records))
        return record.status

    status = asyncio.run(work())
    texts = leaks.files(folder, ("private.json",))
    return {**texts, "told": "\n".join(told).encode()}, status


@pytest.mark.parametrize(
    ("kind", "status"),
    [("true", Status.VERIFIED), ("false", Status.FAILED), ("cancelled", Status.FAILED)],
)
def test_no_limb_in_three_runs_with_one_salt(
    tmp_path: Path,
    kind: str,
    status: Status,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Every form of a single limb, four bytes too: what leaks is there in every run."""
    caplog.set_level(logging.DEBUG)
    forms = set().union(*map(leaks.limb_forms, SALT)) | leaks.key_forms(REDACTION.hex())
    runs = []
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir(mode=0o700)
        texts, ended = attempt(folder, kind)
        assert ended is status
        runs.append(texts)
    private = next((tmp_path / "0").rglob("private.json")).read_bytes()
    assert leaks.hits(forms, {"private": private})
    common = set(runs[0]) & set(runs[1]) & set(runs[2])
    assert {name.rsplit("/", 1)[-1] for name in common} >= {"statement.bin", "record.json", "told"}
    in_all = [set(leaks.hits(forms, {name: run[name] for name in common})) for run in runs]
    assert set.intersection(*in_all) == set()
    assert leaks.policy_hits(FIELDS, NUMBERS, runs[0]) == []
    captured = capfd.readouterr()
    said = {"log": caplog.text.encode(), "out": captured.out.encode(), "err": captured.err.encode()}
    assert leaks.hits(forms | {NAME.encode(), str(CAP).encode()}, said) == []
    assert leaks.hits({NAME.encode(), b"7919", b"8887"}, {"told": runs[0]["told"]}) == []
