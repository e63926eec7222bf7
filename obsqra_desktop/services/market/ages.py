"""When a pool began: found once by narrowing it down with many probes in each round."""

from collections.abc import Sequence
from dataclasses import dataclass

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.market.keys import PoolRef
from obsqra_desktop.domain.market.questions import Answers, Question
from obsqra_desktop.services.market.venues.all import VENUES


@dataclass
class Search:
    """The pool is not there at `low` (-1: before the first block) and is at `high`.

    `unseen` is the last block whose state the node does not keep: if the search ends there, the
    pool may be older than the node can tell.
    """

    pool: PoolRef
    low: int
    high: int
    unseen: int = -2

    def probes(self, count: int) -> tuple[Question, ...]:
        """At blocks between."""
        length = self.high - self.low
        places = {self.low + length * one // (count + 1) for one in range(1, count + 1)}
        there = sorted(one for one in places if self.low < one < self.high)
        return tuple(VENUES[self.pool.venue].present(self.pool, one) for one in there)

    def told(self, answers: Answers, asked: Sequence[Question]) -> None:
        """Narrow it down. An answer that makes no sense says as little as none."""
        venue = VENUES[self.pool.venue]
        without, unseen = [self.low], [self.unseen]
        for question in asked:
            try:
                there = venue.was_there(answers, question)
            except NodeAnswerInvalid:
                unseen.append(question.block)
                continue
            if there:
                self.high = min(self.high, question.block)
            else:
                without.append(question.block)
        self.unseen = max(one for one in unseen if one < self.high)
        self.low = max(one for one in (*without, self.unseen) if one < self.high)

    @property
    def over(self) -> bool:
        """Whether `high` is the first block."""
        return self.high - self.low == 1

    @property
    def proved(self) -> bool:
        """Whether the block before `high` was seen without the pool."""
        return self.over and self.low != self.unseen
