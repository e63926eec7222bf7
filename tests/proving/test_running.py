"""A running proof: cancelled, listened to, beside other threads, and never for nothing."""

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.errors import ProofRejected, ProvingFailed
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.proof import (
    PhaseTiming,
    ProofPhase,
    ProofRequest,
    ProofResult,
)
from obsqra_desktop.domain.record import Status
from obsqra_desktop.proving.native import NativeProver
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.decisions import DecisionInput, DecisionService
from obsqra_desktop.storage.bundle import BundleArchive
from obsqra_desktop.storage.decisions import ProofsFolder
from obsqra_desktop.storage.device_key import DeviceKey
from obsqra_desktop.storage.lock import FolderLock
from tests.proving.conftest import Proved
from tests.proving.making import Case, committed_to, ignore, never, sample
from tests.storage.making import NOW, chosen_bytes

PHASES = [phase.value for phase in ProofPhase]


class CountingProver(NativeProver):
    """The real prover, counting how often it was called."""

    calls = 0

    def prove(self, *arguments: Any) -> ProofResult:
        self.calls += 1
        return super().prove(*arguments)


class LateToken(CancelToken):
    """A person who stops the work when it has asked this many times."""

    def __init__(self, patience: int) -> None:
        super().__init__()
        self.patience = patience

    @property
    def cancelled(self) -> bool:
        self.patience -= 1
        return self.patience < 0


def service_over(folder: Path, prover: NativeProver) -> DecisionService:
    lock = FolderLock(folder / "lock")
    return DecisionService(
        store=ProofsFolder(folder, lock),
        prover=prover,
        files=BundleArchive(),
        signer=DeviceKey(folder, lock),
        clock=lambda: NOW,
        random_bytes=chosen_bytes(5),
    )


def wanted(case: Case) -> DecisionInput:
    return DecisionInput(case.snapshot, case.rule, case.model, case.policy)


@pytest.mark.parametrize("asked", range(1 + len(PHASES)))
def test_cancelled_before_each_phase_leaves_a_record(data_dir: Path, asked: int) -> None:
    service = service_over(data_dir, NativeProver())
    seen: list[PhaseTiming] = []
    record = asyncio.run(service.prove(wanted(sample()), seen.append, LateToken(asked)))
    assert record.status is Status.FAILED
    assert record.error is not None
    assert record.error.code == "cancelled"
    assert record.proof is None
    assert [one.phase.value for one in seen] == PHASES[: max(0, asked - 1)]
    listing = asyncio.run(service_over(data_dir, NativeProver()).list())
    assert (listing.records, listing.damaged) == ((record,), ())


def test_one_more_question_and_it_is_verified(data_dir: Path) -> None:
    service = service_over(data_dir, NativeProver())
    token = LateToken(1 + len(PHASES))
    record = asyncio.run(service.prove(wanted(sample()), cancel=token))
    assert record.status is Status.VERIFIED
    assert token.patience == 0


def test_infeasible_never_reaches_the_prover(data_dir: Path) -> None:
    prover = CountingProver()
    service = service_over(data_dir, prover)
    record = asyncio.run(service.prove(wanted(sample("conservative"))))
    assert record.status is Status.INFEASIBLE
    assert record.statement_digest is None
    assert prover.calls == 0
    asyncio.run(service.prove(wanted(sample("balanced"))))
    assert prover.calls == 1


def tighter_policies() -> Iterator[tuple[str, Policy]]:
    """One limit at a time, just tight enough that the sample's outputs break it."""
    statement, policy = sample("aggressive").statement, shipped.preset("aggressive")
    most = max(pool.allocation_bps for pool in statement.pools)
    changes: dict[str, Any] = {
        "max_allocation_bps": most - 1,
        "min_pools": len(statement.pools) + 1,
        "max_risk_score": max(pool.score for pool in statement.pools) - 1,
        "max_volatility_bps": max(p.metrics.volatility_bps for p in statement.pools) - 1,
        "min_liquidity_tier": min(p.metrics.liquidity_tier for p in statement.pools) + 1,
        "allowlist": (statement.pools[0].id,),
    }
    if any(pool.flag for pool in statement.pools):
        changes["exclude_flagged"] = True
    for name, value in changes.items():
        yield name, policy.model_copy(update={name: value})


@pytest.mark.parametrize(("name", "policy"), list(tighter_policies()))
def test_outputs_against_a_limit_are_refused(
    prover: NativeProver, name: str, policy: Policy
) -> None:
    case = sample("aggressive")
    statement = committed_to(case.statement, policy, case.salt)
    seen: list[PhaseTiming] = []
    with pytest.raises(ProvingFailed, match="does not follow"):
        prover.prove(ProofRequest(statement, policy, case.salt), seen.append, never)
    assert seen == []


def test_a_tighter_policy_of_each_kind_is_tried() -> None:
    private = set(Policy.model_fields) - {"schema_id", "name"}
    tried = {name for name, _ in tighter_policies()}
    assert private - tried <= {"exclude_flagged"}


class Boom(BaseException):
    """Raised by a callback."""


@pytest.mark.parametrize("kind", [Boom, KeyboardInterrupt, LookupError, OSError, AssertionError])
@pytest.mark.parametrize("phase", PHASES)
def test_what_a_listener_raises_comes_back_itself(
    prover: NativeProver, kind: type[BaseException], phase: str
) -> None:
    raised = kind("by the listener")
    seen: list[str] = []

    def listen(report: PhaseTiming) -> None:
        seen.append(report.phase.value)
        if report.phase.value == phase:
            raise raised

    with pytest.raises(kind) as caught:
        prover.prove(sample().request, listen, never)
    assert caught.value is raised
    assert seen == PHASES[: PHASES.index(phase) + 1]


@pytest.mark.parametrize("kind", [Boom, RuntimeError, ValueError])
def test_the_module_hands_every_error_of_a_callback_on(
    native: ModuleType, kind: type[BaseException]
) -> None:
    raised = kind("by a callback")

    def bad(*_: object) -> None:
        raise raised

    def good(*_: object) -> bool:
        return False

    for progress, cancelled in ((bad, good), (good, bad)):
        with pytest.raises(kind) as caught:
            native.prove(*sample().pair, progress, cancelled)
        assert caught.value is raised


def test_asked_and_told_in_turn(native: ModuleType) -> None:
    said: list[str] = []

    def cancelled() -> bool:
        said.append("?")
        return False

    def progress(phase: str, seconds: float) -> None:
        assert seconds >= 0
        said.append(phase)

    native.prove(*sample().pair, progress, cancelled)
    expected = [word for phase in PHASES for word in ("?", phase)]
    assert said == expected


@pytest.fixture
def only_voluntary_switches() -> Iterator[None]:
    """Python never takes the lock away from a thread: another runs only when it is given up."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1_000)
    yield
    sys.setswitchinterval(before)


def beside(work: Callable[[Callable[[], int]], None]) -> None:
    """Run work while another thread counts; `work` can ask how far the other one is."""
    count = 0
    stop, started, step = threading.Event(), threading.Event(), threading.Event()

    def counting() -> None:
        nonlocal count
        while not stop.is_set():
            count += 1
            started.set()
            step.wait(0.000_1)  # gives the lock up and asks for it again

    thread = threading.Thread(target=counting)
    thread.start()
    started.wait()
    try:
        work(lambda: count)
    finally:
        stop.set()
        thread.join()


@pytest.mark.usefixtures("only_voluntary_switches")
def test_other_threads_run_while_proving(native: ModuleType) -> None:
    pair = sample().pair

    def good(*_: object) -> bool:
        return False

    def work(count: Callable[[], int]) -> None:
        before = count()
        native.prove(*pair, good, good)
        assert count() > before

    beside(work)


@pytest.mark.usefixtures("only_voluntary_switches")
def test_other_threads_run_while_verifying(native: ModuleType, proved: Proved) -> None:
    def work(count: Callable[[], int]) -> None:
        before = count()
        for _ in range(500):
            native.verify(proved.statement, proved.proof)
            if count() > before:
                return
        raise AssertionError("500 verifications, and no other thread ever ran")

    beside(work)


@pytest.mark.usefixtures("only_voluntary_switches")
def test_the_counter_stands_still_beside_plain_python() -> None:
    """The two tests above can fail: what keeps the lock keeps the other thread waiting."""

    def work(count: Callable[[], int]) -> None:
        before = count()
        sum(range(1_000_000))
        assert count() == before

    beside(work)


def test_two_threads_prove_two_statements(prover: NativeProver) -> None:
    cases = [sample("balanced"), sample("aggressive")]
    barrier = threading.Barrier(len(cases))

    def prove(case: Case) -> bytes:
        barrier.wait()
        return prover.prove(case.request, ignore, never).proof

    with ThreadPoolExecutor(len(cases)) as pool:
        proofs = list(pool.map(prove, cases))
    for case, proof in zip(cases, proofs, strict=True):
        prover.verify(case.statement.encode(), proof)
    for case, proof in zip(cases, reversed(proofs), strict=True):
        with pytest.raises(ProofRejected):
            prover.verify(case.statement.encode(), proof)


def test_one_is_cancelled_beside_another(prover: NativeProver, native: ModuleType) -> None:
    barrier = threading.Barrier(2)
    case = sample()

    def stop() -> bool:
        barrier.wait()
        return True

    def prove_after() -> bytes:
        barrier.wait()
        return prover.prove(case.request, ignore, never).proof

    with ThreadPoolExecutor(2) as pool:
        stopped = pool.submit(native.prove, *case.pair, lambda *_: None, stop)
        made = pool.submit(prove_after)
        prover.verify(case.statement.encode(), made.result())
        assert isinstance(stopped.exception(), native.Cancelled)
