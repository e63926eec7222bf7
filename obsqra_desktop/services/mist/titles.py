"""What a step is called: to who confirms it, and in the journal.

The journal is no sealed file, and its titles go into exports and messages. An amount that stays
hidden inside the pool is therefore in the plan's title alone, which is shown and written nowhere.
What leaves the pool is public, except for a withdrawal without a proof that is never sent.
"""

import re
from typing import Final

from obsqra_desktop.domain.amounts import Token, format_amount
from obsqra_desktop.domain.journal import TxKind, TxRecord
from obsqra_desktop.domain.mist.privacy import MistAction
from obsqra_desktop.services.chain_ports import Journal
from obsqra_desktop.services.mist.steps import MistPlan

LONGEST: Final = 200
WORDS: Final = {
    MistAction.REWRAP: "Move a note to a new one inside the pool",
    MistAction.SPLIT: "Split a note inside the pool",
    MistAction.FORWARD: "Give a part of a note, or all, to a request inside the pool",
    MistAction.EMERGENCY: "Withdraw a note WITHOUT a proof, in the open",
}
EARLIER: Final = (
    (re.compile(r"Withdraw (.*) WITHOUT a proof"), WORDS[MistAction.EMERGENCY]),
    (re.compile(r"Withdraw ([^;]*); "), r"Withdraw \1"),
    (re.compile(r"Move (?!a note)"), WORDS[MistAction.REWRAP]),
    (re.compile(r"Split a note into "), WORDS[MistAction.SPLIT]),
    (re.compile(r"Give (?!a part of)"), WORDS[MistAction.FORWARD]),
)
"""How titles began that told hidden amounts, and what they are now."""
CANCELLED: Final = re.compile(r"Cancel “(?P<title>.*?)”?")
OURS: Final = frozenset({TxKind.MIST_SPEND, TxKind.MIST_EMERGENCY})


def title_of(action: MistAction, amount: int, whole: int, token: Token) -> str:
    """What is to be confirmed, exactly."""
    shown = f"{format_amount(amount, token.decimals)} {token.symbol}"
    rest = format_amount(whole - amount, token.decimals)
    stays = f"; {rest} {token.symbol} stay hidden" if amount < whole else ""
    return {
        MistAction.WITHDRAW: f"Withdraw {shown}{stays}",
        MistAction.REWRAP: f"Move {shown} to a new note inside the pool",
        MistAction.SPLIT: f"Split a note into {shown} and {rest} {token.symbol}",
        MistAction.FORWARD: f"Give {shown} to somebody inside the pool",
        MistAction.EMERGENCY: f"Withdraw {shown} WITHOUT a proof, in the open",
    }[action]


def journal_title(plan: MistPlan) -> str:
    """What is written down: no amount but those that everybody sees."""
    words = WORDS.get(plan.action, plan.title)
    if plan.action is MistAction.WITHDRAW:
        words = title_of(plan.action, plan.amount, plan.amount, plan.token)
    return f"{words} on {plan.network.name}"[:LONGEST]


def without_hidden(title: str) -> str:
    """A title of an earlier version, as it is written now; others as they are."""
    for pattern, words in EARLIER:
        found = pattern.match(title)
        if found is not None:
            _, on, network = title.rpartition(" on ")
            place = f"{on}{network}" if on and ";" not in network else ""
            return f"{found.expand(words)}{place}"[:LONGEST]
    return title


def reworded(record: TxRecord) -> TxRecord:
    """The record with a title that tells nothing hidden; the same one if its own does not."""
    title = record.title
    if record.kind in OURS:
        title = without_hidden(title)
    elif record.kind is TxKind.CANCEL:
        inner = CANCELLED.fullmatch(title)
        if inner is not None and (plain := without_hidden(inner["title"])) != inner["title"]:
            title = f"Cancel “{plain}”"[:LONGEST]
    return record if title == record.title else record.model_copy(update={"title": title})


def reword_old(journal: Journal) -> None:
    """Put right what earlier versions wrote. Blocks; raises StorageError."""
    for one in journal.listing():
        if reworded(one) is not one:
            with journal.held():
                record = journal.find(one.id)
                now = reworded(record)
                if now is not record:
                    journal.update(now)
