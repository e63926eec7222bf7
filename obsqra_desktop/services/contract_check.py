"""A proof checked on this computer first, then by a contract; both verdicts stand side by side."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from obsqra_desktop.domain.audit import BundleReport, Outcome
from obsqra_desktop.domain.errors import InvalidInput, ProofRejected, ToolMissing
from obsqra_desktop.domain.two_verdicts import CheckStep, LocalVerdict, TwoVerdicts
from obsqra_desktop.services.bundles import BundleService
from obsqra_desktop.services.decisions import DecisionService
from obsqra_desktop.services.onchain import OnChainService
from obsqra_desktop.services.ports import ProverPort

NATIVE = "native"
OnStep = Callable[[CheckStep], None]


def ignore_step(_step: CheckStep) -> None:
    """For those who do not look."""


class ContractCheckService:
    """Sends nothing. Cancelled by cancelling the task."""

    def __init__(
        self,
        decisions: DecisionService,
        bundles: BundleService,
        prover: ProverPort,
        onchain: OnChainService,
    ) -> None:
        self._decisions = decisions
        self._bundles = bundles
        self._prover = prover
        self._onchain = onchain

    async def decision(
        self,
        decision_id: str,
        network_id: str | None = None,
        contract: int | None = None,
        on_step: OnStep = ignore_step,
    ) -> TwoVerdicts:
        """A decision that was kept here.

        Raises NotFound, InvalidInput without a proof, ToolMissing, and what asking the contract
        raises.
        """
        on_step(CheckStep.HERE)
        statement, proof = await self._decisions.proof_of(decision_id)
        try:
            result = await asyncio.to_thread(self._prover.verify, statement, proof)
            here = LocalVerdict(result.verifier, None)
        except ProofRejected as error:
            here = LocalVerdict(NATIVE, error.reason)
        return await self._ask(here, statement, proof, network_id, contract, on_step)

    async def bundle(
        self,
        path: Path,
        network_id: str | None = None,
        contract: int | None = None,
        on_step: OnStep = ignore_step,
        key: bytes | None = None,
        revealed: Path | None = None,
    ) -> TwoVerdicts:
        """A bundle of anybody: every check of it here, then its proof by the contract.

        Raises InvalidInput, BundleDamaged if there is no statement or proof in it, ToolMissing,
        and what asking the contract raises.
        """
        on_step(CheckStep.HERE)
        checked = await self._bundles.checked(path, key, revealed)
        here = local_verdict(checked.report)
        return await self._ask(
            here, checked.statement, checked.proof, network_id, contract, on_step
        )

    async def _ask(
        self,
        here: LocalVerdict,
        statement: bytes,
        proof: bytes,
        network_id: str | None,
        contract: int | None,
        on_step: OnStep,
    ) -> TwoVerdicts:
        """A refused proof is asked about too: that the contract accepts it would be news."""
        try:
            found = await self._onchain.verify(statement, proof, network_id, contract, on_step)
        except InvalidInput as error:
            if here.accepted:
                raise
            raise ProofRejected(
                f"{here.reason}. It has not even the form that a contract can be asked about; no "
                "contract was asked."
            ) from error
        return TwoVerdicts(here, found)


def local_verdict(report: BundleReport) -> LocalVerdict:
    """What the report says about the proof itself; raises ToolMissing if nobody looked at it."""
    check = next(one for one in report.checks if one.id == "proof")
    if check.outcome is Outcome.SKIPPED:
        raise ToolMissing(
            f"The proof could not be checked on this computer: {check.detail} "
            "No contract was asked."
        )
    reason = None if check.outcome is Outcome.PASS else check.detail
    return LocalVerdict(NATIVE, reason, report)
