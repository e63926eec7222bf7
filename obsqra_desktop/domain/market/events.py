"""Events, page by page, as `starknet_getEvents` gives them (starknet-specs 0.10).

A node may answer with less than was asked for, even with nothing, and a continuation token: an
empty page is no end, only a page without a token is (Pathfinder looks through some ten thousand
blocks for each). Each page is a reply of its own, whose question holds the token, so that kept
pages lead from one to the next again. A token that comes twice, and more pages than there can be,
are refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.felt import selector
from obsqra_desktop.domain.market.questions import (
    MAX_FELTS,
    Answers,
    Ask,
    CallFailed,
    Question,
    felt_of,
    item_of,
)

CHUNK: Final = 1000
"""Events that are asked for in one page; Pathfinder gives 1,024 at most, Madara 1,000."""
MOST_PAGES: Final = 64
"""Pages of one question; an honest node needs one for ten thousand blocks or thousand events."""
TOKEN_LENGTH: Final = 200


@dataclass(frozen=True)
class Event:
    """One event of the contract and of the kind that was asked for."""

    block: int
    data: tuple[int, ...]


@dataclass(frozen=True)
class Read:
    """What is known of a question's events, and the next page's question; None: that is all."""

    events: tuple[Event, ...]
    keys: tuple[str, ...]
    more: Question | None


def events(contract: int, name: str, first: int, last: int) -> Question:
    """The first page of a contract's events of a name, in these blocks."""
    return Question(Ask.EVENTS, last, contract, name, first=first)


def read(answers: Answers, question: Question) -> Read:
    """Follow the tokens as far as pages are there.

    Raises NodeAnswerInvalid for a page that is not of its form, for a token that comes twice and
    for more than MOST_PAGES pages; Unanswered if there is no first page.
    """
    found: list[Event] = []
    keys: list[str] = []
    seen: set[str] = set()
    while True:
        inside, token = page(answers, question)
        found += inside
        keys.append(question.key)
        if token is None:
            return Read(tuple(found), tuple(keys), None)
        if token in seen:
            raise NodeAnswerInvalid("the node gave the same continuation token twice")
        if len(keys) >= MOST_PAGES:
            raise NodeAnswerInvalid(f"the node has more than {MOST_PAGES} pages of events")
        seen.add(token)
        question = replace(question, token=token)
        if question not in answers:
            return Read(tuple(found), tuple(keys), question)


def unread(answers: Answers, questions: Iterable[Question]) -> tuple[Question, ...]:
    """The next page of each that has one; raises what `read` does."""
    return tuple(more for one in questions if (more := read(answers, one).more) is not None)


def page(answers: Answers, question: Question) -> tuple[list[Event], str | None]:
    """Events of one page, and the token of the next; raises NodeAnswerInvalid."""
    item = item_of(answers.raw(question.key))
    if isinstance(item, CallFailed):
        raise NodeAnswerInvalid(f"the node refuses to tell events: {item.text[:120]}")
    inside = item.get("events") if isinstance(item, dict) else None
    if not isinstance(item, dict) or not isinstance(inside, list) or len(inside) > CHUNK:
        raise NodeAnswerInvalid("a page of events has no list of them, or too many")
    return [event(one, question) for one in inside], token_of(item.get("continuation_token"))


def event(item: object, question: Question) -> Event:
    """One event, which must be of what was asked for."""
    if not isinstance(item, dict):
        raise NodeAnswerInvalid("an event is no JSON object")
    block, keys, data = (item.get(name) for name in ("block_number", "keys", "data"))
    if type(block) is not int or not question.first <= block <= question.block:
        raise NodeAnswerInvalid("an event is of another block than was asked for")
    if not isinstance(keys, list) or not isinstance(data, list) or len(data) > MAX_FELTS:
        raise NodeAnswerInvalid("an event has no keys or no data")
    names = [felt_of(one, "an event's key") for one in keys[:1]]
    if felt_of(item.get("from_address"), "an event's contract") != question.contract or names != [
        selector(question.entry_point)
    ]:
        raise NodeAnswerInvalid("an event is of another contract or kind than was asked for")
    return Event(block, tuple(felt_of(one, "an event's data") for one in data))


def token_of(value: object) -> str | None:
    """A continuation token: short, printable and without blanks, as it goes into keys."""
    if value is None:
        return None
    good = isinstance(value, str) and 0 < len(value) <= TOKEN_LENGTH
    if not isinstance(value, str) or not good or not all("!" <= one <= "~" for one in value):
        raise NodeAnswerInvalid("a continuation token is no short word")
    return value
