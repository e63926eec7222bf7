"""How private a step in MIST is, in three words, from facts that are listed.

A pure function: what is known of the situation goes in, the facts come out with the worst
first, and the level is that of the worst. What is unknown counts against, never for. The facts are
those of the contract's public data (MIST SDK 0.5.2): a deposit shows sender, token, amount and its
leaf; a spend shows the owner (who sends it), the amount that leaves, the root and the time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

FEW: Final = 10
"""Fewer others than this to hide among make a step linkable. A choice, not a measured bound."""
MOST_SUGGESTIONS: Final = 2


class PrivacyLevel(IntEnum):
    """From worst to best."""

    EXPOSED = 0
    LINKABLE = 1
    SHIELDED = 2

    @property
    def label(self) -> str:
        """The word for people."""
        return self.name.capitalize()


class MistAction(StrEnum):
    """What is about to be done."""

    DEPOSIT = "deposit"
    WITHDRAW = "withdraw"
    REWRAP = "rewrap"
    """Nothing leaves; the money moves to new leaves of one's own."""
    SPLIT = "split"
    FORWARD = "forward"
    EMERGENCY = "emergency"
    """A call without a proof."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known before the step. None is unknown; fields that do not concern it are ignored."""

    action: MistAction
    common_amount: bool = True
    """The amount that everybody sees is on the grid."""
    whole_deposit: bool = False
    """What leaves is exactly what a public deposit brought in."""
    equal_deposits: int | None = None
    """Other people's deposits of the same token and amount, at least so many."""
    leaves_since: int | None = None
    """New leaves since the note's own."""
    owner_deposited: bool | None = None
    """The owner's account made the deposit."""
    owner_seen: bool | None = None
    """The owner's account has acted in the pool or elsewhere before."""
    owner_funded: bool | None = None
    """Its fees come from an account that can be told to be yours."""
    hidden_route: bool | None = None
    """The node does not learn your address: it is your own, or reached through a proxy."""
    counted_since: int | None = None
    """First block in which equal deposits were counted; 0 is the pool's whole history."""


@dataclass(frozen=True, slots=True)
class PrivacyFact:
    """One fact, how good it would be alone, and what would better it, at what cost."""

    code: str
    level: PrivacyLevel
    text: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class PrivacyView:
    """The level, its facts with the worst first, at most two suggestions with their cost."""

    level: PrivacyLevel
    facts: tuple[PrivacyFact, ...]
    suggestions: tuple[str, ...]


EXPOSED, LINKABLE, SHIELDED = PrivacyLevel


def assess(situation: Situation) -> PrivacyView:
    """Look at every fact that concerns the step."""
    rules = {
        MistAction.DEPOSIT: (deposit_facts, route_facts),
        MistAction.EMERGENCY: (emergency_facts,),
    }.get(situation.action, (spend_facts, amount_facts, time_facts, owner_facts, route_facts))
    found = [fact for rule in rules for fact in rule(situation)]
    facts = tuple(sorted(found, key=lambda fact: fact.level))
    wanted = dict.fromkeys(fact.suggestion for fact in facts if fact.suggestion)
    return PrivacyView(facts[0].level, facts, tuple(wanted)[:MOST_SUGGESTIONS])


def withdraws(situation: Situation) -> bool:
    """Whether money leaves the pool."""
    return situation.action is MistAction.WITHDRAW


def times(others: int) -> str:
    """Deposits of others, which are not people."""
    return {0: "by nobody else", 1: "once by others"}.get(others, f"{others} times by others")


def span(situation: Situation) -> str:
    """The blocks in which that was counted."""
    since = situation.counted_since
    if since is None:
        return "as far as is known"
    return f"since block {since}" if since else "since the pool began"


def deposit_facts(situation: Situation) -> Iterator[PrivacyFact]:
    """What a deposit shows."""
    yield PrivacyFact(
        "deposit_public",
        LINKABLE,
        "Everybody sees your account, the token, the amount and the time. "
        "Who may spend it is hidden.",
    )
    if not situation.common_amount:
        yield PrivacyFact(
            "deposit_amount",
            EXPOSED,
            "The amount is unusual: the same amount leaving later would point at this deposit.",
            "Deposit 1, 2 or 5 with zeros. Cost: one transaction for each part.",
        )
    others = situation.equal_deposits
    if others is None:
        text = "How many others deposited the same amount is not known."
        yield PrivacyFact("deposit_equal", LINKABLE, text)
    else:
        text = f"The same amount was deposited {times(others)} {span(situation)}."
        yield PrivacyFact("deposit_equal", LINKABLE if others < FEW else SHIELDED, text)


def emergency_facts(_: Situation) -> Iterator[PrivacyFact]:
    """What a call without a proof shows."""
    yield PrivacyFact(
        "no_proof",
        EXPOSED,
        "Without a proof the note's key and leaf are published: everybody sees which deposit "
        "this is, and the links before it.",
        "Withdraw with a proof. Cost: about a second of proving and a higher fee.",
    )


def spend_facts(_: Situation) -> Iterator[PrivacyFact]:
    """What every proved spend keeps and shows."""
    yield PrivacyFact(
        "leaf_hidden", SHIELDED, "Which leaf is spent, and how the rest is divided, stays hidden."
    )


def amount_facts(situation: Situation) -> Iterator[PrivacyFact]:
    """What the amount that leaves tells."""
    if not withdraws(situation):
        yield PrivacyFact("amount_hidden", SHIELDED, "No amount is shown, as nothing leaves.")
        return
    part = "Withdraw a common part and keep the rest hidden. Cost: a later withdrawal for the rest."
    if not situation.common_amount:
        yield PrivacyFact("amount_unusual", LINKABLE, "The amount that leaves is unusual.", part)
    if not situation.whole_deposit:
        return
    others = situation.equal_deposits
    if others is None:
        text = "Exactly this amount was deposited; how many others did so is not known."
        level = LINKABLE if situation.common_amount else EXPOSED
        yield PrivacyFact("amount_matches", level, text, part)
        return
    text = f"Exactly this amount was deposited, and {times(others)} {span(situation)}."
    level = EXPOSED if others == 0 else LINKABLE if others < FEW else SHIELDED
    yield PrivacyFact("amount_matches", level, text, part if others < FEW else "")


def time_facts(situation: Situation) -> Iterator[PrivacyFact]:
    """What the moment tells."""
    since = situation.leaves_since
    wait = f"Wait for {FEW} new leaves. Cost: time; nobody can say how much."
    if since is None:
        text = "How many leaves came after yours is not known."
        yield PrivacyFact("leaves_unknown", LINKABLE, text, wait)
    elif since == 0:
        text = "No leaf came after yours: whoever acts now is likely the last who came in."
        yield PrivacyFact("leaves_none", EXPOSED, text, wait)
    elif since < FEW:
        text = f"Only {since} leaves came after yours."
        yield PrivacyFact("leaves_few", LINKABLE, text, wait)
    else:
        yield PrivacyFact("leaves_many", SHIELDED, f"{since} leaves came after yours.")


def owner_facts(situation: Situation) -> Iterator[PrivacyFact]:
    """What the sending account tells: the owner is public and has to send the spend."""
    fresh = "Move the note to a fresh account first. Cost: a re-wrap and an account's deployment."
    if situation.owner_deposited or situation.owner_deposited is None:
        known = situation.owner_deposited is True
        yield PrivacyFact(
            "owner_deposited",
            EXPOSED if known and withdraws(situation) else LINKABLE,
            "The account that sends this also made the deposit."
            if known
            else "Whether the sending account made the deposit is not known.",
            fresh,
        )
    if situation.owner_seen or situation.owner_seen is None:
        yield PrivacyFact(
            "owner_seen",
            LINKABLE,
            "The sending account has been seen before."
            if situation.owner_seen
            else "Whether the sending account has been seen before is not known.",
            fresh,
        )
    if situation.owner_funded or situation.owner_funded is None:
        yield PrivacyFact(
            "owner_funded",
            LINKABLE,
            "The fees of the sending account come from an account that leads to you."
            if situation.owner_funded
            else "Where the fees of the sending account come from is not known.",
            "Pay the fees from money that does not lead to you. Cost: another way to get it.",
        )


def route_facts(situation: Situation) -> Iterator[PrivacyFact]:
    """What the node learns."""
    if not situation.hidden_route:
        yield PrivacyFact(
            "route",
            LINKABLE,
            "The node sees from which internet address this is sent.",
            "Use a proxy (Tor) or a node of your own. Cost: slower answers, or its upkeep.",
        )
