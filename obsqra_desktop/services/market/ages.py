"""When a pool began: found once by narrowing it down with many probes in each round."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from obsqra_desktop.domain.market.keys import PoolRef
from obsqra_desktop.domain.market.questions import Answers, Question
from obsqra_desktop.services.market.venues.all import VENUES

TOGETHER: Final = 24
"""Probes of all pools in one round."""


@dataclass
class Search:
    """The pool is not there at `low` (-1: before the first block) and is at `high`."""

    pool: PoolRef
    low: int
    high: int

    def probes(self, count: int) -> tuple[Question, ...]:
        """At blocks between."""
        length = self.high - self.low
        places = {self.low + length * one // (count + 1) for one in range(1, count + 1)}
        there = sorted(one for one in places if self.low < one < self.high)
        return tuple(VENUES[self.pool.venue].present(self.pool, one) for one in there)

    def told(self, answers: Answers, asked: Sequence[Question]) -> None:
        """Narrow it down."""
        venue = VENUES[self.pool.venue]
        for question in asked:
            if venue.was_there(answers, question):
                self.high = min(self.high, question.block)
            else:
                self.low = max(self.low, question.block)
        self.low = min(self.low, self.high - 1)

    @property
    def over(self) -> bool:
        """Whether `high` is the first block."""
        return self.high - self.low == 1


def share(searches: Sequence[Search]) -> int:
    """Probes for each pool in one round."""
    return max(1, TOGETHER // max(1, len(searches)))
