"""Reads deposits and spends out of transactions, wherever in their calldata they are.

MIST's contract emits no events. What a transaction says to it is in the calldata of whoever called:
an account's list of calls, or one call inside another (execution from outside, an adapter). So the
numbers that belong to us are looked up in all of the calldata, as the low and the high half that
follow each other, and what stands around them is checked against the pool's leaves. Nothing is
asked of anybody for that: the lookup is local.

Anybody can write such numbers once they are public: a spend that reverted shows its nullifier. So a
spend counts only from the note's own account, which is where the pool takes it from; a deposit
makes no note by itself, its leaf has to be in the pool.

Layouts: the published ABI (npm @mistcash/config 0.5.2), and for `handle_zkp` the ten public values
of the circuit as u256 in their order (see SpendPublics).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from obsqra_desktop.domain.mist.chain import ChainTransaction
from obsqra_desktop.domain.mist.note import AMOUNT_BOUND, FIELD, FieldHash, Note

HALF = 2**128
NULLIFIER = 12
"""Felts before the nullifier among the public values; two for each."""


@dataclass(frozen=True, slots=True)
class DepositSeen:
    """A deposit under one of the wanted secrets."""

    secret: int = field(repr=False)
    token: int
    amount: int
    depositor: int
    """The account that sent the transaction."""
    tx_hash: int


@dataclass(frozen=True, slots=True)
class SpendSeen:
    """A spend of one of the wanted notes."""

    note: str
    """Its id."""
    withdraw: int
    outputs: tuple[int, ...] = field(repr=False)
    """New leaves: two with a proof, one or none without."""
    tx_hash: int
    proved: bool


class Wanted:
    """Numbers of one's own that are looked for. Never in `repr`."""

    def __init__(
        self, secrets: Collection[int], notes: Mapping[str, Note], digest: FieldHash
    ) -> None:
        self._digest = digest
        self._secrets: set[int] = set()
        self._notes: dict[str, Note] = {}
        self._nullifiers: dict[int, str] = {}
        self._keys: dict[int, list[str]] = {}
        self._halves: set[int] = set()
        """Of all of these numbers, also of those that are not wanted any more."""
        self.add_secrets(secrets)
        for name, note in notes.items():
            self.add_note(name, note)

    def add_secrets(self, secrets: Collection[int]) -> None:
        """Look for these too."""
        self._secrets.update(secrets)
        self._halves.update(number % HALF for number in secrets)

    def add_note(self, name: str, note: Note) -> None:
        """Look for the spend of this one too."""
        nullifier = note.nullifier(self._digest)
        self._notes[name] = note
        self._nullifiers[nullifier] = name
        self._keys.setdefault(note.claiming_key, []).append(name)
        self._halves.update((nullifier % HALF, note.claiming_key % HALF))

    def drop_note(self, name: str) -> None:
        """Its spend was seen: there is no second one."""
        note = self._notes.pop(name, None)
        if note is None:
            return
        del self._nullifiers[note.nullifier(self._digest)]
        names = self._keys[note.claiming_key]
        names.remove(name)
        if not names:
            del self._keys[note.claiming_key]

    def __repr__(self) -> str:
        return f"Wanted({len(self._secrets)} secrets, {len(self._notes)} notes)"

    def look_through(
        self, transaction: ChainTransaction, leaves: Collection[int]
    ) -> Iterator[DepositSeen | SpendSeen]:
        """What of it concerns us. `leaves` are all of the pool: what is none is no event."""
        felts = transaction.calldata
        if self._halves.isdisjoint(felts):
            return
        for at in range(len(felts) - 1):
            if felts[at] not in self._halves or felts[at + 1] >= HALF:
                continue
            number = felts[at] + felts[at + 1] * HALF
            found: DepositSeen | SpendSeen | None = None
            if number in self._secrets:
                found = self._deposit(transaction, at, number, leaves)
            elif number in self._nullifiers:
                found = self._proved(transaction, at, self._nullifiers[number], leaves)
            elif number in self._keys:
                found = self._unproved(transaction, at, self._keys[number], leaves)
            if found is not None:
                yield found

    def _deposit(
        self, transaction: ChainTransaction, at: int, secret: int, leaves: Collection[int]
    ) -> DepositSeen | None:
        """hash, amount, token follow each other."""
        rest = transaction.calldata[at + 2 : at + 5]
        if len(rest) < 3 or rest[1] != 0 or not 0 < rest[0] < AMOUNT_BOUND:
            return None
        amount, token = rest[0], rest[2]
        if self._digest(secret, token, amount) not in leaves:
            return None
        return DepositSeen(secret, token, amount, transaction.sender, transaction.hash)

    def _proved(
        self, transaction: ChainTransaction, at: int, name: str, leaves: Collection[int]
    ) -> SpendSeen | None:
        """Owner, AuthDone, amount, token, to, root, nullifier, first, second, payload."""
        felts, start = transaction.calldata, at - NULLIFIER
        if start < 0 or len(felts) < start + 20:
            return None
        values = [u256(felts, start + 2 * place) for place in range(10)]
        owner, withdraw, outputs = values[0], values[2], (values[7], values[8])
        note = self._notes[name]
        if transaction.sender != note.owner:
            return None
        if owner != note.owner or withdraw > note.amount or not all(o in leaves for o in outputs):
            return None
        return SpendSeen(name, withdraw, outputs, transaction.hash, proved=True)

    def _unproved(
        self, transaction: ChainTransaction, at: int, names: list[str], leaves: Collection[int]
    ) -> SpendSeen | None:
        """Claiming key, owner, amount, token, siblings; for Seek & Hide a secret and an amount."""
        felts = transaction.calldata
        if len(felts) < at + 7:
            return None
        told = (felts[at + 2], u256(felts, at + 3), felts[at + 5])
        for name in names:
            note = self._notes[name]
            if transaction.sender != note.owner:
                continue
            if told != (note.owner, note.amount, note.token):
                continue
            after = at + 7 + 2 * felts[at + 6]
            if len(felts) >= after + 4:
                secret, kept = u256(felts, after), u256(felts, after + 2)
                if 0 < kept < note.amount and secret < FIELD:
                    leaf = self._digest(secret, note.token, kept)
                    if leaf in leaves:
                        left = note.amount - kept
                        return SpendSeen(name, left, (leaf,), transaction.hash, proved=False)
            return SpendSeen(name, note.amount, (), transaction.hash, proved=False)
        return None


def u256(felts: tuple[int, ...], at: int) -> int:
    """From its halves; a number that no u256 is where one of them is too large."""
    low, high = felts[at : at + 2]
    return low + high * HALF
