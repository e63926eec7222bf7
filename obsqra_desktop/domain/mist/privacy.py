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
WAIT: Final = f"Wait for {FEW} new leaves of others. Cost: time; nobody can say how much."
LOOK: Final = "Look for notes first: all blocks up to now. Cost: time, and questions to the node."


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
    whole_deposit: bool | None = False
    """What leaves is exactly what a public deposit brought in that leads to you."""
    equal_deposits: int | None = None
    """Other people's deposits of the same token and amount, at least so many."""
    leaves_since: int | None = None
    """New leaves of others since the note's own, at least so many. For a withdrawal only those that
    are not known to hold another token or less than what leaves; None where that is not known."""
    owner_deposited: bool | None = None
    """The account that sends it has put money into the pool. False: another one brought this in."""
    owner_seen: bool | None = None
    """The account that sends it has acted in the pool or elsewhere before."""
    owner_funded: bool | None = None
    """Its fees come from an account that can be told to be yours. False is its user's word."""
    hidden_route: bool | None = None
    """The node does not learn your address: it is your own, or reached through a proxy."""
    shared_route: bool = False
    """It is somebody else's, behind a proxy, and is asked about all accounts of here over the same
    connections."""
    counted_since: int | None = None
    """First block in which equal deposits were counted; 0 is the pool's whole history."""
    moves_on: bool = True
    """Nothing stays with the account that sends it: what stays gets another owner."""
    leaves_among: int | None = None
    """The same in the whole pool, older ones, too: the proof may be of any leaf."""
    practice: bool = False
    """On the practice chain, whose faucet leads to nobody."""


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


def spend_facts(situation: Situation) -> Iterator[PrivacyFact]:
    """What every proved spend keeps: worth as much as there are other leaves it may be of."""
    among, fit = situation.leaves_among, could_hold(situation)
    kept = "The proof does not say which leaf is spent or how the rest is divided"
    if among is None:
        text = f"{kept}; among how many leaves of others{fit} it hides is not known."
        yield PrivacyFact("leaf_unknown", LINKABLE, text, LOOK if fit else WAIT)
    elif among == 0:
        text = (
            f"Everybody sees that a note of yours is spent: no leaf in the pool{fit} is known to "
            "be of anybody else. How the rest is divided stays hidden."
        )
        yield PrivacyFact("leaf_alone", EXPOSED, text, WAIT)
    elif among < FEW:
        leaves, are = ("leaf", "is") if among == 1 else ("leaves", "are")
        text = f"{kept}, but only {among} {leaves} of others{fit} {are} in the pool to hide among."
        yield PrivacyFact("leaf_few", LINKABLE, text, WAIT)
    else:
        text = f"{kept}; {among} leaves of others{fit} are in the pool."
        yield PrivacyFact("leaf_hidden", SHIELDED, text)


def could_hold(situation: Situation) -> str:
    """Of which leaves the counts are: everybody sees token and amount of what leaves."""
    return " that may hold as much" if withdraws(situation) else ""


def amount_facts(situation: Situation) -> Iterator[PrivacyFact]:
    """What the amount that leaves tells."""
    if not withdraws(situation):
        yield PrivacyFact("amount_hidden", SHIELDED, "No amount is shown, as nothing leaves.")
        return
    part = "Withdraw a common part and keep the rest hidden. Cost: a later withdrawal for the rest."
    if not situation.common_amount:
        yield PrivacyFact("amount_unusual", LINKABLE, "The amount that leaves is unusual.", part)
    others, whole = situation.equal_deposits, situation.whole_deposit
    if whole is False:
        text = "No deposit that is known here to lead to you had exactly this amount."
        yield PrivacyFact("amount_apart", SHIELDED, text)
        return
    few = LINKABLE if others is None or others < FEW else SHIELDED
    if whole is None:
        text = "Whether a deposit of exactly this amount leads to you is not known"
        text += f"; it was deposited {times(others)} {span(situation)}." if others else "."
        yield PrivacyFact("amount_origin", few, text, part if few is LINKABLE else "")
        return
    if others is None:
        text = "Exactly this amount was deposited; how many others did so is not known."
        level = LINKABLE if situation.common_amount else EXPOSED
        yield PrivacyFact("amount_matches", level, text, part)
        return
    text = f"Exactly this amount was deposited, and {times(others)} {span(situation)}."
    level = EXPOSED if others == 0 else few
    yield PrivacyFact("amount_matches", level, text, part if others < FEW else "")


def time_facts(situation: Situation) -> Iterator[PrivacyFact]:
    """What the moment tells. Leaves, not people: one spend makes two."""
    since, fit = situation.leaves_since, could_hold(situation)
    if since is None:
        text = f"How many leaves of others{fit} came after yours is not known"
        text += ": not all blocks since were looked through." if fit else "."
        yield PrivacyFact("leaves_unknown", LINKABLE, text, LOOK if fit else WAIT)
    elif since == 0:
        text = (
            f"No leaf of others{fit} came after yours: whoever acts now is likely the last who "
            "came in."
        )
        yield PrivacyFact("leaves_none", EXPOSED, text, WAIT)
    elif since < FEW:
        leaves = "leaf" if since == 1 else "leaves"
        text = f"Only {since} {leaves} of others{fit} came after yours."
        yield PrivacyFact("leaves_few", LINKABLE, text, WAIT)
    else:
        text = f"{since} leaves{fit} came after yours; none is known to be your own."
        yield PrivacyFact("leaves_many", SHIELDED, text)


def owner_facts(situation: Situation) -> Iterator[PrivacyFact]:
    """What the sending account tells: the owner is public and has to send the spend."""
    better = mend_owner(situation)
    yield {
        True: PrivacyFact(
            "owner_deposited",
            EXPOSED if withdraws(situation) else LINKABLE,
            "The account that sends this has put money into the pool, for everybody to see.",
            better,
        ),
        None: PrivacyFact(
            "owner_deposited",
            LINKABLE,
            "Whether the sending account has put money into the pool is not known.",
            better,
        ),
        False: PrivacyFact(
            "owner_apart", SHIELDED, "Another account than the one that sends this deposited it."
        ),
    }[situation.owner_deposited]
    yield {
        True: PrivacyFact(
            "owner_seen",
            LINKABLE,
            "The sending account has acted before: what it did and this belong together.",
            better,
        ),
        None: PrivacyFact(
            "owner_seen",
            LINKABLE,
            "Whether the sending account has acted before is not known.",
            better,
        ),
        False: PrivacyFact("owner_fresh", SHIELDED, "The sending account has not acted before."),
    }[situation.owner_seen]
    pay = (
        "Pay the fees from money that does not lead to you, and say so. "
        "Cost: another way to get it."
    )
    yield {
        True: PrivacyFact(
            "owner_funded",
            LINKABLE,
            "The fees of the sending account come from an account that leads to you.",
            pay,
        ),
        None: PrivacyFact(
            "owner_funded",
            LINKABLE,
            "Where the fees of the sending account come from is not known.",
            pay,
        ),
        False: PrivacyFact(
            "owner_unfunded",
            SHIELDED,
            "No account of yours is known to have paid the sending one: on the practice chain its "
            "fees come from the faucet."
            if situation.practice
            else "By your own word the fees of the sending account do not lead to you; nothing "
            "here can check that.",
        ),
    }[situation.owner_funded]


def mend_owner(situation: Situation) -> str:
    """A move inside the pool is itself the way to a fresh account, and can only choose it."""
    if situation.action not in {MistAction.REWRAP, MistAction.SPLIT}:
        return "Move the note to a fresh account first. Cost: a re-wrap and its deployment."
    if situation.moves_on:
        return ""
    return "Choose a fresh account as the new owner. Cost: its deployment."


def route_facts(situation: Situation) -> Iterator[PrivacyFact]:
    """What the node learns. A proxy hides the address, not that the questions come together."""
    better = (
        "Use a node of your own; a proxy (Tor) hides your address alone. Cost: its upkeep, or "
        "slower answers."
    )
    if situation.hidden_route and situation.shared_route:
        yield PrivacyFact(
            "route_shared",
            LINKABLE,
            "Through the proxy the node does not see your internet address, but it is asked about "
            "all your accounts over the same connections: it can tell that they belong together.",
            "Use a node of your own. Cost: its upkeep.",
        )
        return
    yield {
        True: PrivacyFact("route_hidden", SHIELDED, "The node is your own."),
        None: PrivacyFact(
            "route",
            LINKABLE,
            "Whether the node sees from which internet address this is sent is not known.",
            better,
        ),
        False: PrivacyFact(
            "route",
            LINKABLE,
            "The node sees from which internet address this is sent, and which accounts are asked "
            "about from there.",
            better,
        ),
    }[situation.hidden_route]
