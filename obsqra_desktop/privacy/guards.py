"""What must hold before money moves; each function stands against one known way to lose it.

All are pure and raise before anything is signed.
"""

from collections.abc import Collection, Iterable

from obsqra_desktop.domain.mist.errors import PoolChanged, StaleRoot, UnsafeSpend
from obsqra_desktop.domain.mist.note import Note, SpendStatement
from obsqra_desktop.domain.mist.pool import PoolIdentity, changed_parts


def ensure_same_pool(expected: PoolIdentity, found: PoolIdentity) -> None:
    """The contract can be upgraded and given another verifier by its owner at any time, and the
    verifier may be upgradeable itself."""
    changed = changed_parts(expected, found)
    if changed:
        raise PoolChanged(
            f"Changed since the contract was last trusted: its {', its '.join(changed)}. "
            "Nothing was sent.",
            hint="Do not deposit before you know why it has changed.",
        )


def ensure_new(note: Note, known: Iterable[Note]) -> None:
    """Two notes of the same four values have one nullifier: only one can ever be spent.

    And under keys that follow each other one's nullifier is the other's leaf: everybody sees the
    link. Derived keys do neither; this is for notes from elsewhere, and against a broken counter.
    """
    for other in known:
        if abs(other.claiming_key - note.claiming_key) <= 1:
            same = other.claiming_key == note.claiming_key
            raise UnsafeSpend(
                "The key of this note has been used: one of the two could never be spent. "
                "Nothing was sent."
                if same
                else "The key of this note follows another one's: everybody would see that both "
                "are yours. Nothing was sent.",
                hint="Make a new note; every note has a key of its own.",
            )


def ensure_secret(secret: int, leaves: Collection[int]) -> None:
    """Money deposited to a leaf instead of a secret can never be withdrawn by anybody."""
    if secret in leaves:
        raise UnsafeSpend(
            "This number is a leaf of the pool, not the secret of a note: "
            "money sent to it would be lost. Nothing was sent.",
            hint="Ask for a payment request and use the text that begins with mist1:.",
        )


def ensure_new_leaves(made: Collection[int], there: Collection[int]) -> None:
    """A leaf that is there already has the same nullifier: of the two only one can be spent.

    So it is when one request is paid the same amount twice, or when two computers with one secret
    give out one index.
    """
    if not set(made).isdisjoint(there):
        raise UnsafeSpend(
            "This very note is in the pool already, or on its way: only one of the two could ever "
            "be spent. Nothing was sent.",
            hint="For a second payment ask for a new request. If this was a note of your own, look "
            "at the pool first (obsqra mist scan), then try again.",
        )


def ensure_unclaimed(amount_there: int) -> None:
    """The pool takes one deposit for a secret: whoever learns it can come first with dust."""
    if amount_there != 0:
        raise UnsafeSpend(
            "Somebody has deposited under this secret already; the pool would refuse. "
            "Nothing was sent.",
            hint="Make a new request or note, and show its secret to nobody but the payer.",
        )


def ensure_sender(statement: SpendStatement, sender: int) -> None:
    """The proof leaves open who is paid, so only the owner's own account may send it."""
    publics = statement.publics
    if publics.auth_done != 0 or sender != publics.owner or publics.withdraw_to != publics.owner:
        raise UnsafeSpend(
            "Only the note's own account may send this, to itself: "
            "anybody else on the way could redirect the money. Nothing was sent.",
            hint="Choose the account that owns the note.",
        )


def ensure_current(statement: SpendStatement, root_now: int) -> None:
    """Leaves that came while proving change the root; it is not certain that old ones are taken."""
    if statement.publics.root != root_now:
        raise StaleRoot(
            "Somebody else's leaf came in while this was proved. Nothing was sent.",
            hint="Prove again; it takes about a second.",
        )
