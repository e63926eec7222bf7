"""The self-check: does everything that a decision needs work on this computer?"""

import asyncio
import importlib.util
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.accounts import CLASS_HASHES, AccountKind, constructor_calldata
from obsqra_desktop.domain.audit import Verdict
from obsqra_desktop.domain.commitment import commit, limbs_to_bytes, to_limbs
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.record import Disclosure, Status
from obsqra_desktop.domain.risk import OBSQRA_V1_2, score
from obsqra_desktop.domain.transaction import Bound, Bounds, DeployAccount, Signed
from obsqra_desktop.services.bundles import BundleService
from obsqra_desktop.services.decisions import DecisionInput, DecisionService
from obsqra_desktop.services.ports import MachineProbe, ProverPort

ServicesIn = Callable[[Path], tuple[DecisionService, BundleService]]

GOLDEN_SCORES: Final = (44, 34)
VECTOR_POLICY: Final = Policy(
    name="vector",
    max_allocation_bps=6000,
    min_pools=2,
    max_risk_score=60,
    max_volatility_bps=5000,
    min_liquidity_tier=1,
    exclude_flagged=True,
    allowlist=(1,),
)
VECTOR_COMMITMENT: Final = "d173735708d8b34374c93b64076d7423f1f0a03aa2b06c075fba0d1f662d8969"
CURVE_KEY: Final = 0x71D7BB07B9A64F6F78AC4C816AFF4DA9
"""The first key of `starknet-devnet --seed 0`: public knowledge, worth nothing."""
CURVE_PUBLIC: Final = 0x039D9E6CE352AD4530A0EF5D5A18FD3303C3606A7FA6AC5B620020AD681CC33B
CURVE_ADDRESS: Final = 0x54AD84538008CB12472CA106C0FC9748104F2981166A943141A91DF6B69BDD6
CURVE_HASH: Final = 0x2511BC3E63E689D582C40229553333804D0EE46FF074ABB8CEAC144E65A7B4A
CURVE_SIGNATURE: Final = (
    0x564C249397B4D33A1DF4602D95C1709BF2EA32AF8F16D502CAB0B0388D33296,
    0x53BA0B5D8CC387B35D03B9A719DBBBF4C028E482B1760EB134A2C8CA47F9F2E,
)
"""Address, hash and signature that starknet.js computes too (tests/chain/test_independent.py)."""
CURVE_BOUND: Final = Bound(max_amount=3, max_price=5)
CURVE_TRANSACTION: Final = DeployAccount(
    sender=CURVE_ADDRESS,
    class_hash=CLASS_HASHES[AccountKind.OPENZEPPELIN],
    salt=CURVE_PUBLIC,
    constructor_calldata=constructor_calldata(AccountKind.OPENZEPPELIN, CURVE_PUBLIC),
    bounds=Bounds(l1_gas=CURVE_BOUND, l1_data_gas=CURVE_BOUND, l2_gas=CURVE_BOUND),
)
CURVE_CHAIN: Final = "SN_SEPOLIA"


class Curve(Protocol):
    """Starknet's curve. All calls block, the first one for about a second."""

    def public_key(self, private_key: int) -> int:
        """The x coordinate."""
        ...

    def account_address(self, kind: AccountKind, public_key: int, salt: int) -> int:
        """The counterfactual address."""
        ...

    def sign(self, transaction: DeployAccount, chain_id: str, private_key: int) -> Signed:
        """Hash and signature."""
        ...

    def signature_is_good(self, tx_hash: int, signed: tuple[int, ...], public_key: int) -> bool:
        """Whether this key has signed this hash."""
        ...


class SelfCheckFailed(AppError):  # noqa: N818 - the name says what happened
    """Something works, but not as it should."""

    code = "self_check"
    title = "Not as expected"


@dataclass(frozen=True)
class Finding:
    """One thing that was tried: a stable id, what, whether it works, what was found."""

    id: str
    title: str
    ok: bool
    detail: str


@dataclass(frozen=True)
class SelfCheckReport:
    """All findings."""

    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether everything works."""
        return all(finding.ok for finding in self.findings)


class SelfCheck:
    """Tries everything in turn; what fails is a finding, never an exception."""

    def __init__(
        self,
        prover: ProverPort,
        curve: Curve,
        probe: MachineProbe,
        services_in: ServicesIn,
        try_mist: Callable[[], str],
    ) -> None:
        self._prover = prover
        self._try_mist = try_mist
        self._curve = curve
        self._probe = probe
        self._services_in = services_in

    async def run(self) -> SelfCheckReport:
        """The report; takes about three seconds."""
        tries: tuple[tuple[str, str, Callable[[], Awaitable[str]]], ...] = (
            ("python", "Python is recent enough", self._python),
            ("resources", "Models, presets and the sample are there", self._resources),
            ("scores", "Scores are the golden ones", self._scores),
            ("commitment", "The policy commitment is the golden one", self._commitment),
            ("native", "The native prover is there", self._native),
            ("decision", "A decision is proved, verified, saved and checked", self._decision),
            ("curve", "Starknet keys, addresses and signatures are the golden ones", self._signing),
            ("mist", "A spend of private money is proved, verified and written", self._mist),
            ("window", "The window's library is there", self._window),
            ("data", "The data folder can be written", self._data),
            ("keys", "Where keys go", self._keys),
        )
        return SelfCheckReport(
            tuple([await self._try(name, title, attempt) for name, title, attempt in tries])
        )

    async def _try(self, name: str, title: str, attempt: Callable[[], Awaitable[str]]) -> Finding:
        try:
            return Finding(name, title, True, await attempt())
        except (AppError, OSError, ImportError) as error:
            return Finding(name, title, False, str(error))

    async def _python(self) -> str:
        return expect(sys.version_info >= (3, 11), ".".join(map(str, sys.version_info[:3])))

    async def _resources(self) -> str:
        models = [shipped.model(name).name for name in shipped.MODEL_NAMES]
        presets = [shipped.preset(name).name for name in shipped.PRESET_NAMES]
        pools = len(shipped.sample().pools)
        return f"{len(models)} models, {len(presets)} presets, a sample of {pools} pools"

    async def _scores(self) -> str:
        found = tuple(score(OBSQRA_V1_2, pool.metrics).score for pool in shipped.sample().pools)
        return expect(found == GOLDEN_SCORES, " and ".join(map(str, found)))

    async def _commitment(self) -> str:
        limbs = commit(VECTOR_POLICY, (1, 2), to_limbs(range(8)))
        found = limbs_to_bytes(limbs).hex()
        return expect(found == VECTOR_COMMITMENT, found)

    async def _native(self) -> str:
        known = self._prover.info()
        return (
            f"{known.system} {known.version}, {known.conjectured_bits} bits conjectured, "
            f"{known.proven_bits} proven"
        )

    async def _decision(self) -> str:
        wanted = DecisionInput(
            shipped.sample(),
            OBSQRA_V1_2,
            shipped.model(shipped.DEFAULT_MODEL),
            shipped.preset(shipped.DEFAULT_PRESET),
        )
        with self._probe.temporary_folder() as folder:
            decisions, bundles = self._services_in(folder)
            record = await decisions.prove(wanted)
            if record.error is not None:
                return expect(False, record.error.detail)
            path = folder / "check.oab.zip"
            await decisions.export(record.id, Disclosure.AUDITOR, path)
            report = await bundles.verify(path)
        proved = record.status is Status.VERIFIED and record.proof is not None
        seconds = record.proof.seconds if record.proof else 0.0
        good = proved and report.verdict is Verdict.VALID
        return expect(good, f"proved in {seconds:.2f} s, bundle {report.verdict.value}")

    async def _signing(self) -> str:
        public = await asyncio.to_thread(self._curve.public_key, CURVE_KEY)
        expect(public == CURVE_PUBLIC, "another public key came out of a known private key")
        address = self._curve.account_address(AccountKind.OPENZEPPELIN, public, public)
        expect(address == CURVE_ADDRESS, "another address came out of a known public key")
        signed = self._curve.sign(CURVE_TRANSACTION, CURVE_CHAIN, CURVE_KEY)
        expect(signed.hash == CURVE_HASH, "another hash came out of a known transaction")
        expect(signed.signature == CURVE_SIGNATURE, "another signature came out of a known key")
        good = self._curve.signature_is_good(CURVE_HASH, CURVE_SIGNATURE, public)
        expect(good, "a good signature is refused")
        other = self._curve.signature_is_good(CURVE_HASH + 1, CURVE_SIGNATURE, public)
        expect(not other, "a signature is taken as good for another transaction")
        return "a known transaction was signed, and the signature verified"

    async def _mist(self) -> str:
        return await asyncio.to_thread(self._try_mist)

    async def _window(self) -> str:
        return expect(importlib.util.find_spec("PySide6") is not None, "PySide6")

    async def _data(self) -> str:
        self._probe.try_writing()
        return "writable"

    async def _keys(self) -> str:
        return self._probe.keyring()


def expect(condition: bool, detail: str) -> str:
    """The detail, as an error if the condition does not hold."""
    if not condition:
        raise SelfCheckFailed(detail)
    return detail
