"""The native prover behind its port."""

import asyncio
import sys
import threading
import time
from pathlib import Path

import pytest

from obsqra_desktop.app import build_services
from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.errors import Cancelled, ProofRejected, ProvingFailed, ToolMissing
from obsqra_desktop.domain.proof import PhaseTiming, ProofPhase, ProofRequest
from obsqra_desktop.domain.record import Status
from obsqra_desktop.domain.risk import OBSQRA_V1_2
from obsqra_desktop.proving import native
from obsqra_desktop.proving.native import NativeProver
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.decisions import DecisionInput
from tests.storage.making import make


def request(seed: int = 0) -> ProofRequest:
    made = make(seed)
    assert made.statement is not None
    return ProofRequest(made.statement, made.private.policy, made.salt)


def prove(seed: int = 0) -> tuple[bytes, bytes]:
    asked = request(seed)
    result = NativeProver().prove(asked, lambda _: None, lambda: False)
    return asked.statement.encode(), result.proof


def test_parameters_are_accounted() -> None:
    known = NativeProver().info()
    assert known.conjectured_bits >= 100
    assert 0 < known.proven_bits <= known.conjectured_bits
    assert "unaudited" in known.note


def test_prove_and_verify() -> None:
    asked = request()
    seen: list[PhaseTiming] = []
    result = NativeProver().prove(asked, seen.append, lambda: False)
    assert tuple(seen) == result.phases
    assert [one.phase for one in seen] == list(ProofPhase)
    assert sum(one.seconds for one in seen) <= result.seconds
    assert len(result.proof) < 120_000
    verified = NativeProver().verify(asked.statement.encode(), result.proof)
    assert verified.verifier == "native"


def test_proofs_are_randomised() -> None:
    assert prove()[1] != prove()[1]


@pytest.mark.parametrize("count", range(4))
def test_cancelled_before_each_phase(count: int) -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > count

    with pytest.raises(Cancelled):
        NativeProver().prove(request(), lambda _: None, cancelled)


def test_the_gil_is_released() -> None:
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    prove()
    done.set()
    thread.join()
    assert ticks > 3


def test_rejections_are_typed_and_one_line() -> None:
    statement, proof = prove()
    other, _ = prove(7)
    for bad_statement, bad_proof in (
        (other, proof),
        (statement[:-1], proof),
        (statement, b""),
        (statement, proof[:-1]),
        (statement, proof + b"x"),
        (statement, bytes(len(proof))),
        (b"", proof),
    ):
        with pytest.raises(ProofRejected) as caught:
            NativeProver().verify(bad_statement, bad_proof)
        assert caught.value.reason
        assert "\n" not in caught.value.reason


def test_what_does_not_follow_is_refused_without_telling_the_policy() -> None:
    from dataclasses import replace

    honest = request()
    pools = tuple(replace(pool, allocation_bps=5000) for pool in honest.statement.pools)
    false = ProofRequest(replace(honest.statement, pools=pools), honest.policy, honest.salt)
    with pytest.raises(ProvingFailed) as caught:
        NativeProver().prove(false, lambda _: None, lambda: False)
    assert caught.value.__cause__ is None
    assert "6000" not in str(caught.value)


def test_errors_of_a_listener_are_not_hidden() -> None:
    def broken(_: PhaseTiming) -> None:
        raise LookupError("listener")

    with pytest.raises(LookupError, match="listener"):
        NativeProver().prove(request(), broken, lambda: False)


def test_absent_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, native.MODULE, None)
    for call in (
        lambda: NativeProver().info(),
        lambda: NativeProver().verify(b"", b""),
        lambda: NativeProver().prove(request(), lambda _: None, lambda: False),
    ):
        with pytest.raises(ToolMissing, match="not installed"):
            call()


def test_module_of_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    import obsqra_native

    monkeypatch.setattr(obsqra_native, "parameters", lambda: "{}")
    with pytest.raises(ToolMissing, match="another version"):
        NativeProver().info()


def test_a_whole_decision(data_dir: Path) -> None:
    services = build_services(data_dir)
    wanted = DecisionInput(
        shipped.sample(), OBSQRA_V1_2, shipped.model("linear_v0"), shipped.preset("balanced")
    )
    seen: list[PhaseTiming] = []
    record = asyncio.run(services.decisions.prove(wanted, seen.append))
    assert record.status is Status.VERIFIED
    assert [one.allocation_bps for one in record.allocation] == [4000, 6000]
    assert len(seen) == 4
    again = asyncio.run(services.decisions.reverify(record.id))
    assert again.status is Status.VERIFIED

    token = CancelToken()
    token.cancel()
    stopped = asyncio.run(services.decisions.prove(wanted, cancel=token))
    assert stopped.error is not None
    assert stopped.error.code == "cancelled"
    assert len(asyncio.run(services.decisions.list()).records) == 2


def test_altered_proof_is_damage_not_a_rejection(data_dir: Path) -> None:
    services = build_services(data_dir)
    wanted = DecisionInput(
        shipped.sample(), OBSQRA_V1_2, shipped.model("linear_v0"), shipped.preset("balanced")
    )
    record = asyncio.run(services.decisions.prove(wanted))
    path = data_dir / "proofs" / record.id[:2] / record.id / "proof.bin"
    path.write_bytes(path.read_bytes()[:-1] + b"\0\0")
    listing = asyncio.run(services.decisions.list())
    assert [one.name for one in listing.damaged] == [record.id]


def test_self_check_passes(data_dir: Path) -> None:
    report = asyncio.run(build_services(data_dir).selfcheck.run())
    assert report.ok, [one for one in report.findings if not one.ok]
    assert not (data_dir / "proofs").exists()
