"""Asks a node for one snapshot, and holds every reply once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.errors import Cancelled
from obsqra_desktop.domain.market import events
from obsqra_desktop.domain.market.questions import Answers, Question, Reply
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.market.ports import (
    ChainReader,
    MarketPhase,
    MarketProgress,
    OnProgress,
)

PART: Final = 125
"""Questions between two looks at the cancel token, rounded up to whole requests."""
MOST_PAGES: Final = 512
"""Pages of events beyond the first ones, in one go."""


@dataclass
class Collector:
    """The replies that are kept with the snapshot, and those that only tell where to look."""

    reader: ChainReader
    progress: OnProgress
    cancel: CancelToken
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: dict[Question, Reply] = field(default_factory=dict)
    """Those of the replies that this node gave just now."""

    def phase(self, phase: MarketPhase, done: int = 0, total: int = 0) -> None:
        """Say where the work is; raises Cancelled if it is to stop."""
        if self.cancel.cancelled:
            raise Cancelled("The snapshot was stopped. Nothing was kept.")
        self.progress(MarketProgress(phase, done, total))

    async def ask(
        self,
        phase: MarketPhase,
        questions: Iterable[Question],
        probes: Iterable[Question] = (),
    ) -> Answers:
        """Ask what was not asked before: all kept answers, and those to the probes, which ride in
        the same requests and are not kept."""
        wanted = dict.fromkeys(questions)
        new = [one for one in wanted if one.key not in self.replies]
        new += [
            one
            for one in dict.fromkeys(probes)
            if one not in wanted and one.key not in self.replies
        ]
        passing: dict[str, Reply] = {}
        self.phase(phase, 0, len(new))
        step = -(-PART // self.reader.room) * self.reader.room
        for start in range(0, len(new), step):
            part = new[start : start + step]
            for question, reply in zip(part, await self.reader.ask(part), strict=True):
                if question in wanted:
                    self.replies[reply.key] = self.asked[question] = reply
                else:
                    passing[reply.key] = reply
            self.phase(phase, min(len(new), start + step), len(new))
        return Answers([*self.replies.values(), *passing.values()])

    async def pages(self, phase: MarketPhase, questions: Iterable[Question], keep: bool) -> Answers:
        """Read events to the last page; raises NodeAnswerInvalid if they do not end."""
        first = tuple(dict.fromkeys(questions))
        own = self if keep else Collector(self.reader, self.progress, self.cancel)
        answers = await own.ask(phase, first)
        more, count = events.unread(answers, first), 0
        while more:
            count += len(more)
            if count > MOST_PAGES:
                raise NodeAnswerInvalid(f"the node has more than {MOST_PAGES} pages of events")
            answers = await own.ask(phase, more)
            more = events.unread(answers, first)
        return answers
