"""The life of a decision, its failures above all."""

import asyncio
import errno
import os
from pathlib import Path

import pytest

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.errors import (
    Cancelled,
    InvalidInput,
    NotFound,
    ProofRejected,
    ProvingFailed,
    StorageBusy,
    ToolMissing,
)
from obsqra_desktop.domain.proof import PhaseTiming, ProofPhase
from obsqra_desktop.domain.record import Disclosure, Status
from obsqra_desktop.domain.risk import OBSQRA_V1_2
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.decisions import DecisionInput
from obsqra_desktop.storage import files
from obsqra_desktop.storage.files import DiskFull
from tests.services.stubs import StubProver, service_with
from tests.storage.making import NOW


def wanted(policy: str = "balanced") -> DecisionInput:
    return DecisionInput(
        shipped.sample(), OBSQRA_V1_2, shipped.model("linear_v0"), shipped.preset(policy)
    )


def test_a_good_run(data_dir: Path) -> None:
    prover = StubProver()
    service = service_with(data_dir, prover)
    seen: list[PhaseTiming] = []
    record = asyncio.run(service.prove(wanted(), seen.append))
    assert record.status is Status.VERIFIED
    assert record.created_at == NOW
    assert [one.phase for one in seen] == list(ProofPhase)
    assert record.proof is not None
    assert [one.phase for one in record.proof.phases] == [one.value for one in ProofPhase]
    assert record.last_verification is not None
    assert record.last_verification.verifier == "stub"
    assert asyncio.run(service.list()).records == (record,)
    assert prover.asked is not None
    assert "Balanced" not in repr(prover.asked)


def test_compute_only(data_dir: Path) -> None:
    service = service_with(data_dir, StubProver(on_prove=ProvingFailed("must not be called")))
    record = asyncio.run(service.compute(wanted()))
    assert record.status is Status.COMPUTED
    assert record.statement_digest is not None
    assert asyncio.run(service.show(record.id[:6])).policy == wanted().policy


def test_infeasible_is_an_answer(data_dir: Path) -> None:
    service = service_with(data_dir, StubProver(on_prove=ProvingFailed("must not be called")))
    record = asyncio.run(service.prove(wanted("conservative")))
    assert record.status is Status.INFEASIBLE
    assert record.idle_bps is None
    assert asyncio.run(service.list()).records == (record,)
    with pytest.raises(InvalidInput, match="no verified proof"):
        asyncio.run(service.export(record.id, Disclosure.PUBLIC, data_dir / "x.zip"))


@pytest.mark.parametrize(
    ("prover", "code"),
    [
        (StubProver(on_prove=ProvingFailed("no luck")), "proving_failed"),
        (StubProver(on_info=ToolMissing("not there")), "tool_missing"),
        (StubProver(on_verify=ProofRejected("bad fold")), "proof_rejected"),
        (StubProver(on_prove=Cancelled("stopped")), "cancelled"),
    ],
    ids=["prover", "missing", "verifier", "cancelled"],
)
def test_failed_attempts_are_kept_with_their_error(
    data_dir: Path, prover: StubProver, code: str
) -> None:
    service = service_with(data_dir, prover)
    record = asyncio.run(service.prove(wanted()))
    assert record.status is Status.FAILED
    assert record.error is not None
    assert record.error.code == code
    assert asyncio.run(service.list()).records == (record,)
    with pytest.raises(InvalidInput, match="no verified proof"):
        asyncio.run(service.export(record.id, Disclosure.PUBLIC, data_dir / "x.zip"))
    assert not (data_dir / "x.zip").exists()


def test_cancel_token_stops_between_phases(data_dir: Path) -> None:
    token = CancelToken()
    service = service_with(data_dir, StubProver(between=token.cancel))
    record = asyncio.run(service.prove(wanted(), cancel=token))
    assert record.error is not None
    assert record.error.code == "cancelled"


def test_cancelled_task_waits_until_the_attempt_is_kept(data_dir: Path) -> None:
    async def run() -> None:
        loop = asyncio.get_running_loop()
        started = asyncio.Event()
        prover = StubProver()
        service = service_with(data_dir, prover)
        token = CancelToken()
        gate = asyncio.Event()

        def between() -> None:
            loop.call_soon_threadsafe(started.set)
            asyncio.run_coroutine_threadsafe(gate.wait(), loop).result(timeout=300)

        prover.between = between
        task = asyncio.create_task(service.prove(wanted(), cancel=token))
        await started.wait()
        task.cancel()
        await asyncio.sleep(0)
        gate.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert token.cancelled
        (record,) = (await service.list()).records
        assert record.status is Status.FAILED

    asyncio.run(run())


def test_full_disk_before_proving_loses_nothing(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = service_with(data_dir, StubProver())
    first = asyncio.run(service.prove(wanted()))

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "write", full)
    other = service_with(data_dir, StubProver(), seed=9)
    with pytest.raises(DiskFull):
        asyncio.run(other.prove(wanted()))
    monkeypatch.undo()
    assert asyncio.run(service.list()).records == (first,)


def test_full_disk_after_proving_keeps_the_computed_decision(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write

    def fill() -> None:
        def full(handle: int, data: bytes) -> int:
            if len(data) > 50:
                raise OSError(errno.ENOSPC, "No space left on device")
            return write(handle, data)

        monkeypatch.setattr(files.os, "write", full)

    service = service_with(data_dir, StubProver(between=fill))
    with pytest.raises(DiskFull, match="unchanged"):
        asyncio.run(service.prove(wanted()))
    monkeypatch.undo()
    (record,) = asyncio.run(service.list()).records
    assert record.status is Status.COMPUTED


def test_folder_in_use(data_dir: Path) -> None:
    holder = service_with(data_dir, StubProver())
    service = service_with(data_dir, StubProver(), seed=9, patience=0)
    with holder._store.session(), pytest.raises(StorageBusy):
        asyncio.run(service.prove(wanted()))
    assert asyncio.run(service.list()).records == ()


def test_reverify(data_dir: Path) -> None:
    prover = StubProver()
    service = service_with(data_dir, prover)
    record = asyncio.run(service.prove(wanted()))
    again = asyncio.run(service.reverify(record.id))
    assert again.status is Status.VERIFIED
    assert again.first_verification == record.first_verification
    prover.on_verify = ProofRejected("bad fold")
    with pytest.raises(ProofRejected, match="bad fold"):
        asyncio.run(service.reverify(record.id))
    kept = asyncio.run(service.show(record.id)).record
    assert kept.status is Status.FAILED
    with pytest.raises(NotFound):
        asyncio.run(service.reverify("0000"))


def test_export_keeps_a_note_without_the_folder(data_dir: Path, tmp_path: Path) -> None:
    service = service_with(data_dir, StubProver())
    record = asyncio.run(service.prove(wanted()))
    path = tmp_path / "mine.oab.zip"
    note = asyncio.run(service.export(record.id, Disclosure.PUBLIC, path))
    kept = asyncio.run(service.show(record.id)).record
    assert kept.status is Status.EXPORTED
    assert kept.exports == (note,)
    assert note.file_name == "mine.oab.zip"
    assert str(tmp_path) not in kept.model_dump_json()
    asyncio.run(service.reverify(record.id))
    again = asyncio.run(service.export(record.id, Disclosure.PUBLIC, path))
    assert again.sha256 == note.sha256
    preview = asyncio.run(service.bundle_bytes(record.id, Disclosure.PUBLIC))
    assert preview == path.read_bytes()
