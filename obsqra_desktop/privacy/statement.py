"""From a planned spend and the pool's leaves to what is proved."""

from collections.abc import Sequence
from typing import Protocol

from obsqra_desktop.domain.mist.errors import StaleRoot
from obsqra_desktop.domain.mist.note import (
    FieldHash,
    Output,
    Spend,
    SpendPublics,
    SpendStatement,
    TreePath,
)


class Tree(Protocol):
    """MIST's Merkle tree."""

    def path(self, leaves: Sequence[int], leaf: int) -> TreePath:
        """Of a leaf among all leaves; raises NoteMissing."""
        ...


def make_statement(
    spend: Spend, leaves: Sequence[int], pool_root: int, digest: FieldHash, tree: Tree
) -> SpendStatement:
    """The statement against the pool's newest root.

    `leaves` is all of `tx_array`, `pool_root` what the contract says. What is withdrawn goes to the
    owner; no key authorises anything (see SpendPublics). Raises NoteMissing if the note's
    leaf is not there, StaleRoot if leaves and root do not belong together.
    """
    note = spend.note
    path = tree.path(leaves, note.leaf(digest))
    if path.root != pool_root:
        raise StaleRoot(
            "The pool's leaves do not give the root that its contract names. Nothing was sent.",
            hint="Look at the pool again; if it stays so, ask another node.",
        )
    first, second = spend.outputs

    def leaf(output: Output) -> int:
        return digest(output.secret, note.token, output.amount)

    publics = SpendPublics(
        owner=note.owner,
        withdraw_amount=spend.withdraw,
        withdraw_token=note.token if spend.withdraw else 0,
        withdraw_to=note.owner,
        root=path.root,
        nullifier=note.nullifier(digest),
        first=leaf(first),
        second=leaf(second),
    )
    secrets = (
        note.claiming_key,
        note.amount,
        note.token,
        *path.siblings,
        0,
        first.secret,
        first.amount,
        second.secret,
    )
    return SpendStatement(publics, secrets)
