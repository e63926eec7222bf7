"""Questions with defaults, for a person or a pipe."""

import time
from collections.abc import Sequence
from typing import Final, TextIO

from obsqra_desktop.cli.render import plain
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.pools import MAX_POOLS, Pool
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.typed_pools import typed_metrics, typed_pool, typed_snapshot

QUESTIONS: Final = (
    ("Utilization, basis points 0..10000", "5000"),
    ("Volatility, basis points 0..10000", "2500"),
    ("Liquidity tier 0..3 (3 = deepest)", "2"),
    ("Audit score 0..100", "90"),
    ("Age in days 0..30000", "365"),
    ("Yearly yield, basis points 0..20000", "500"),
)


class Prompter:
    """Asks on one stream and reads from another; `ended` once there is nobody to answer."""

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        self._source = source
        self._sink = sink
        self.ended = False

    def say(self, text: str = "") -> None:
        """A line, at once."""
        self._sink.write(plain(text, self._sink) + "\n")
        self._sink.flush()

    def text(self, question: str, default: str, names: Sequence[str] = ()) -> str:
        """Free text; Enter takes the default. `names` lists what is known."""
        known = f" ({', '.join(names)})" if names else ""
        shown = f" [{default}]" if default else ""
        self._sink.write(plain(f"{question}{known}{shown}: ", self._sink))
        self._sink.flush()
        line = "" if self.ended else self._source.readline()
        if not line:
            self.ended = True
        answer = line.strip() or default
        if self.ended or not self._source.isatty():
            self._sink.write(plain(answer, self._sink) + "\n")
        return answer

    def choice(self, question: str, names: Sequence[str], default: str) -> str:
        """One of the names; the beginning of one is enough."""
        while True:
            answer = self.text(question, default, names).lower()
            found = [name for name in names if name.startswith(answer)]
            if answer in names or len(found) == 1:
                return answer if answer in names else found[0]
            self.say(f"Please answer one of: {', '.join(names)}.")

    def number(self, question: str, default: str) -> int:
        """A whole number; its range is checked with the pool."""
        while True:
            answer = self.text(question, default)
            if answer.isascii() and answer.isdigit():
                return int(answer[:12])
            self.say("Please answer a whole number.")


def typed(ask: Prompter) -> Snapshot:
    """Pools typed one after the other; an empty name ends."""
    pools: list[Pool] = []
    while len(pools) < MAX_POOLS:
        ask.say(f"Pool {len(pools) + 1} of at most {MAX_POOLS}; an empty name ends.")
        name = ask.text("Name", "")
        if not name:
            break
        venue = ask.text("Venue", "typed")
        try:
            pool = typed_pool(venue, name, typed_metrics([ask.number(*one) for one in QUESTIONS]))
        except InvalidInput as error:
            if ask.ended:
                raise
            ask.say(str(error))
            continue
        if any(pool.id == other.id for other in pools):
            ask.say("That venue and name were typed already.")
            continue
        pools.append(pool)
    if not pools:
        raise InvalidInput("There has to be at least one pool.")
    return typed_snapshot(pools, int(time.time()))
