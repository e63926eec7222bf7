"""The guided decision as a state machine: Choose, Check, Do. No display is needed.

The window and the terminal draw this flow; neither holds any of its state. Problems never
raise: they keep the flow on its step and say what to do.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from obsqra_desktop.domain.decision import Decision
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.proof import PhaseTiming
from obsqra_desktop.domain.record import DecisionRecord, ExportNote, Status
from obsqra_desktop.domain.risk import RiskRule
from obsqra_desktop.domain.snapshot import Snapshot

Preview = Callable[[Snapshot, RiskRule, Model, Policy], Decision]


class Step(StrEnum):
    """The three steps, in their order."""

    CHOOSE = "Choose"
    CHECK = "Check"
    DO = "Do"


STEPS: Final = tuple(Step)


class Work(StrEnum):
    """How far the last step got."""

    WAITING = "waiting"
    PROVING = "proving"
    DONE = "done"
    FAILED = "failed"


class Origin(StrEnum):
    """Where the snapshot came from."""

    SAMPLE = "sample"
    FILE = "file"
    TYPED = "typed"
    POOLS = "pools"
    """The newest market snapshot."""


@dataclass(frozen=True)
class Problem:
    """Something that keeps the flow on its step: which field, what, and the way out."""

    field: str
    text: str
    hint: str = ""


@dataclass(frozen=True)
class Choice:
    """What the first step gathers; None is "not chosen yet"."""

    rule: RiskRule
    model: Model
    policy: Policy | None = None
    snapshot: Snapshot | None = None
    origin: Origin | None = None


@dataclass(frozen=True)
class Progress:
    """What the last step shows while it works and after."""

    work: Work = Work.WAITING
    phases: tuple[PhaseTiming, ...] = ()
    record: DecisionRecord | None = None
    error: AppError | None = None
    saved: ExportNote | None = None


class DecideFlow:
    """One run through the three steps."""

    def __init__(self, preview: Preview, choice: Choice) -> None:
        self._preview = preview
        self._choice = choice
        self._decision: Decision | None = None
        self._progress = Progress()
        self._step = Step.CHOOSE

    @property
    def step(self) -> Step:
        """Where the flow is."""
        return self._step

    @property
    def choice(self) -> Choice:
        """What was chosen so far."""
        return self._choice

    @property
    def decision(self) -> Decision | None:
        """The decision under the present choice, as soon as the choice is complete."""
        return self._decision

    @property
    def progress(self) -> Progress:
        """The state of the last step."""
        return self._progress

    def choose(self, choice: Choice) -> None:
        """Replace the choice; what it implies is computed at once, so consequences show live."""
        if self._progress.work is Work.PROVING:
            return
        self._choice = choice
        self._progress = Progress()
        if self._step is Step.DO:
            self._step = Step.CHECK
        self._decision = (
            self._preview(choice.snapshot, choice.rule, choice.model, choice.policy)
            if choice.snapshot is not None and choice.policy is not None
            else None
        )

    def validate(self) -> tuple[Problem, ...]:
        """What keeps the present step from being left forwards."""
        match self._step:
            case Step.CHOOSE:
                return self._choose_problems()
            case Step.CHECK:
                return self._check_problems()
            case Step.DO:
                return ()

    def _choose_problems(self) -> tuple[Problem, ...]:
        problems = []
        if self._choice.policy is None:
            problems.append(Problem("policy", "No policy is chosen.", "Pick a preset to start."))
        if self._choice.snapshot is None:
            problems.append(
                Problem("snapshot", "There are no pools yet.", "Use the sample or open a file.")
            )
        return tuple(problems)

    def _check_problems(self) -> tuple[Problem, ...]:
        if self._decision is None or self._decision.feasible:
            return ()
        return (
            Problem(
                "policy",
                "This policy allows no allocation over these pools.",
                "Go back and loosen a limit, or choose other pools.",
            ),
        )

    @property
    def can_back(self) -> bool:
        """Back is open but for the first step and while a proof is being made."""
        return self._step is not Step.CHOOSE and self._progress.work is not Work.PROVING

    @property
    def can_next(self) -> bool:
        """Whether the present step is complete and another follows."""
        return self._step is not Step.DO and not self.validate()

    def can_go(self, step: Step) -> bool:
        """Whether a click on that step in the rail is obeyed."""
        distance = STEPS.index(step) - STEPS.index(self._step)
        if distance < 0:
            return self.can_back
        return distance == 0 or (distance == 1 and self.can_next)

    def next(self) -> bool:
        """Go one step on if nothing is in the way."""
        if not self.can_next:
            return False
        self._step = STEPS[STEPS.index(self._step) + 1]
        return True

    def back(self) -> bool:
        """Go one step back; a finished proof stays in the decisions, the step starts anew."""
        if not self.can_back:
            return False
        if self._step is Step.DO:
            self._progress = Progress()
        self._step = STEPS[STEPS.index(self._step) - 1]
        return True

    def go(self, step: Step) -> bool:
        """Go to a step if `can_go` allows it."""
        if not self.can_go(step):
            return False
        while STEPS.index(self._step) > STEPS.index(step):
            self.back()
        return self._step is step or self.next()

    def started(self) -> None:
        """Proving begins."""
        self._progress = Progress(work=Work.PROVING)

    def phase(self, report: PhaseTiming) -> None:
        """A phase of proving ended."""
        if self._progress.work is Work.PROVING:
            self._progress = replace(self._progress, phases=(*self._progress.phases, report))

    def finished(self, record: DecisionRecord) -> None:
        """The attempt is over, for better or worse; its record says which."""
        good = record.status in (Status.PROVED, Status.VERIFIED, Status.EXPORTED)
        work = Work.DONE if good else Work.FAILED
        self._progress = replace(self._progress, work=work, record=record)

    def failed(self, error: AppError) -> None:
        """The attempt could not even be kept."""
        self._progress = replace(self._progress, work=Work.FAILED, error=error)

    def saved(self, note: ExportNote) -> None:
        """The bundle is on disk."""
        self._progress = replace(self._progress, saved=note)
