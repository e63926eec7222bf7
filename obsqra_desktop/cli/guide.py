"""The guided decision in the terminal: Choose, Check, Do. The flow is that of the window.

Every question has a default that Enter takes; without a terminal (a pipe, a script) each
question is answered from standard input, and by its default once that has ended.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from obsqra_desktop.cli import prompts, render
from obsqra_desktop.cli.context import Context
from obsqra_desktop.cli.decide import proof_lines
from obsqra_desktop.cli.main import CANNOT, INVALID, OK, exit_code
from obsqra_desktop.cli.prompts import Prompter
from obsqra_desktop.domain.decision import percent
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.proof import PhaseTiming
from obsqra_desktop.domain.record import DecisionRecord, Disclosure
from obsqra_desktop.domain.shipped import DEFAULT_MODEL, DEFAULT_PRESET
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.flows import words
from obsqra_desktop.flows.decide import Choice, DecideFlow, Origin, Step, Work
from obsqra_desktop.services.decisions import DecisionInput

Answer = TypeVar("Answer")
BACK, GO, STOP = "back", "go", "stop"


def guide(context: Context) -> int:
    """Lead through the three steps; returns the exit code of the last."""
    return Guide(context, Prompter(sys.stdin, sys.stdout)).run()


class Guide:
    """Draws the flow as text."""

    def __init__(self, context: Context, prompter: Prompter) -> None:
        self._context = context
        self._services = context.services
        self._ask = prompter
        catalog = self._services.catalog
        choice = Choice(rule=catalog.rules()[0], model=catalog.model(DEFAULT_MODEL))
        self._flow = DecideFlow(self._services.decisions.preview, choice)

    def run(self) -> int:
        """Step after step until the last is done or the person stops."""
        self._say("Obsqra: a decision in three steps. Nothing leaves this computer.")
        while True:
            if self._flow.step is Step.CHOOSE:
                self._choose()
            elif self._flow.step is Step.CHECK:
                code = self._check()
                if code is not None:
                    return code
            else:
                return self._do()

    def _say(self, text: str = "") -> None:
        self._ask.say(text)

    def _title(self, step: Step) -> None:
        number = list(Step).index(step) + 1
        self._say(f"\n── {number} of 3  {step.value} ".ljust(60, "─"))

    def _choose(self) -> None:
        self._title(Step.CHOOSE)
        policy = self._policy()
        snapshot, origin = self._snapshot()
        self._flow.choose(
            replace(self._flow.choice, policy=policy, snapshot=snapshot, origin=origin)
        )
        for problem in self._flow.validate():
            self._say(f"{problem.text} {problem.hint}")
        self._flow.next()

    def _policy(self) -> Policy:
        catalog = self._services.catalog
        presets = catalog.presets()
        self._say("Which policy?")
        rows = [("", one.name, *limits(one)) for one in presets]
        self._say(render.table(("", "Policy", "Risk up to", "In one pool", "Depth"), rows))
        names = [one.name.lower() for one in presets] + list(catalog.saved())
        if catalog.saved():
            self._say(f"  Saved: {', '.join(catalog.saved())}")
        return self._retry(
            lambda: catalog.policy(
                self._ask.text("Policy, or a policy file", DEFAULT_PRESET, names)
            )
        )

    def _snapshot(self) -> tuple[Snapshot, Origin]:
        kinds = [one.value for one in Origin]
        answer = self._ask.choice("\nMetrics from", kinds, Origin.SAMPLE.value)
        origin = Origin(answer)
        if origin is Origin.SAMPLE:
            return self._services.snapshots.sample(), origin
        if origin is Origin.FILE:
            load = self._services.snapshots.load
            return self._retry(lambda: load(Path(self._ask.text("Snapshot file", "")))), origin
        return prompts.typed(self._ask), origin

    def _retry(self, attempt: Callable[[], Answer]) -> Answer:
        """Ask again after a mistake, as long as somebody is there to answer."""
        while True:
            try:
                return attempt()
            except AppError as error:
                if self._ask.ended:
                    raise
                self._say(str(error))

    def _check(self) -> int | None:
        self._title(Step.CHECK)
        choice, decision = self._flow.choice, self._flow.decision
        if choice.snapshot is None or choice.policy is None or decision is None:
            self._flow.back()
            return None
        self._say(f"Scores by rule {choice.rule.name}, model {choice.model.name}")
        self._say(render.scores(choice.snapshot, choice.model, decision))
        self._say(f"\nAllocation under policy {choice.policy.name}: {decision.action.word}")
        self._say(render.allocation(choice.snapshot, decision))
        self._list("\nWhat others learn from a public bundle", words.others_learn(choice.snapshot))
        self._list("What stays hidden", words.stays_hidden())
        self._say(f"  {words.HINT}")
        self._say("Still nothing sent. Proving happens on this computer.")
        if not self._flow.can_next:
            return self._infeasible()
        answer = self._ask.choice("\nProve it?", [GO, BACK, STOP], GO)
        if answer == STOP:
            self._say("Stopped. Nothing was kept.")
            return OK
        if answer == BACK:
            self._flow.back()
        else:
            self._flow.next()
        return None

    def _infeasible(self) -> int | None:
        for problem in self._flow.validate():
            self._say(f"\n{problem.text} {problem.hint}")
        if self._ask.ended or self._ask.choice("Choose again?", [BACK, STOP], STOP) == STOP:
            self._keep_infeasible()
            return INVALID
        self._flow.back()
        return None

    def _keep_infeasible(self) -> None:
        wanted = self._wanted()
        if wanted is not None:
            record = self._context.wait(self._services.decisions.compute(wanted))
            self._say(f"Kept as {record.id[:8]}: {record.status.words}.")

    def _wanted(self) -> DecisionInput | None:
        choice = self._flow.choice
        if choice.snapshot is None or choice.policy is None:
            return None
        return DecisionInput(choice.snapshot, choice.rule, choice.model, choice.policy)

    def _do(self) -> int:
        self._title(Step.DO)
        wanted = self._wanted()
        if wanted is None:
            return CANNOT
        self._flow.started()
        record = self._context.wait(self._services.decisions.prove(wanted, self._on_phase))
        self._flow.finished(record)
        if self._flow.progress.work is not Work.DONE or record.error is not None:
            return self._failed(record)
        if record.last_verification is not None:
            seconds = render.milliseconds(record.last_verification.seconds)
            name = f"Verified here by the {record.last_verification.verifier} verifier"
            self._say(f"  ✓ {name:<44}{seconds:>8}")
        self._say(f"  ✓ Kept as {record.id}\n")
        self._say(proof_lines(record))
        self._list("\nWhat this proof shows", words.proof_shows(record), "✓")
        self._list("What it does not show", words.proof_does_not_show(), "✗")
        return self._save(record)

    def _on_phase(self, timing: PhaseTiming) -> None:
        self._flow.phase(timing)
        self._say(f"  ✓ {timing.phase.label:<44}{render.milliseconds(timing.seconds):>8}")

    def _failed(self, record: DecisionRecord) -> int:
        if record.error is None:
            return CANNOT
        error = record.error
        self._say(f"  ✗ {error.title}: {error.detail} {error.hint}")
        self._say(f"The attempt is kept as {record.id[:8]}; your choices are unchanged.")
        return exit_code(error.code)

    def _save(self, record: DecisionRecord) -> int:
        self._say("\nSave the audit bundle?")
        for level, text in LEVELS:
            self._say(f"  {level.value:<8} {text}")
        answer = self._ask.choice(
            "Level", [*(one.value for one, _ in LEVELS), "none"], Disclosure.PUBLIC.value
        )
        if answer == "none":
            self._say("No bundle saved; the decision stays in the proofs folder.")
            return OK
        level = Disclosure(answer)
        proposed = self._context.options.out or Path(f"./obsqra-{record.id[:8]}.oab.zip")

        def attempt() -> None:
            path = Path(self._ask.text("File", str(proposed)))
            note = self._context.wait(self._services.decisions.export(record.id, level, path))
            self._flow.saved(note)
            self._say(f"Saved {path}")
            self._say(f"Anyone can check it: obsqra verify {path}")
            self._say(f"and let a contract check it too: obsqra verify --on-chain {path}")

        self._retry(attempt)
        return OK

    def _list(self, title: str, lines: Sequence[str], mark: str = "•") -> None:
        self._say(title)
        for line in lines:
            self._say(f"  {mark} {line}")


LEVELS = (
    (Disclosure.PUBLIC, "proof, metrics, allocation; of the policy only salted hashes"),
    (Disclosure.AUDITOR, "adds the private policy, for somebody you trust"),
    (Disclosure.OWNER, "all that is kept but the signing key, for your own archive"),
)
DEPTHS = ("any pool", "medium pools and up", "deep and medium pools", "deep pools only")


def limits(policy: Policy) -> tuple[str, str, str]:
    """The three limits that people choose by."""
    return (
        str(policy.max_risk_score),
        percent(policy.max_allocation_bps),
        DEPTHS[policy.min_liquidity_tier],
    )
