"""Private money's readers: files, requests, calldata, what a node says of a pool.

Promises: what is read has one form and reads as the same again; what is refused is refused by the
program's own typed errors; nothing of one's own is seen where the pool's leaves do not bear it out.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from obsqra_desktop.chain.pool_watch import read_block
from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.accounts import AccountKind
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.felt import PRIME
from obsqra_desktop.domain.mist.backup import (
    CONTENTS_LIMIT,
    CONTENTS_SCHEMA,
    BackedUpAccount,
    BackupContents,
)
from obsqra_desktop.domain.mist.calls import (
    deposit_secret,
    emergency_key,
    spend_publics,
)
from obsqra_desktop.domain.mist.chain import ChainTransaction
from obsqra_desktop.domain.mist.events import DepositSeen, SpendSeen, Wanted
from obsqra_desktop.domain.mist.handover import CONTENTS_LIMIT as NOTE_LIMIT
from obsqra_desktop.domain.mist.handover import CONTENTS_SCHEMA as NOTE_SCHEMA
from obsqra_desktop.domain.mist.handover import HandedOver
from obsqra_desktop.domain.mist.held_notes import (
    BOOK_LIMIT,
    BOOK_SCHEMA,
    MistBook,
    NoteOrigin,
    held_note,
)
from obsqra_desktop.domain.mist.keys import BookPlace
from obsqra_desktop.domain.mist.merge import merged
from obsqra_desktop.domain.mist.note import FIELD, Note, SpendPublics
from obsqra_desktop.domain.transaction import Call
from obsqra_desktop.privacy.request import read_request, write_request
from obsqra_desktop.proving.mist import NativeMistHash
from obsqra_desktop.services.mist.pool import leaves_of, root_of
from obsqra_desktop.storage.mist import backup as mist_backup
from obsqra_desktop.storage.mist import handover as mist_handover
from obsqra_desktop.storage.mist.backup import SealedBackup
from obsqra_desktop.storage.mist.handover import SealedHandOver
from obsqra_desktop.storage.mist.notes import SCHEMA as SEALED_SCHEMA
from obsqra_desktop.storage.mist.notes import SealedBook, opened, seal
from tests.fuzz.material import Choices
from tests.fuzz.targets import change_json, promise

PASSPHRASE: Final = "four words are enough"
CHAIN, POOL, OWNER = 0x50, 0x600D, 0xA11CE
PLACE: Final = BookPlace(CHAIN, POOL, bytes(range(32)))
digest = NativeMistHash()


def quick(passphrase: str, _argon: object) -> bytes:
    """Instead of Argon2id, whose cost is no business of the readers."""
    return hashlib.sha256(passphrase.encode()).digest()


@cache
def quickly() -> None:
    """Once, before anything is sealed or opened."""
    mist_backup.stretched = quick  # type: ignore[assignment]
    mist_handover.stretched = quick  # type: ignore[assignment]


# --- what is read -----------------------------------------------------------------------------


@cache
def mine() -> tuple[Note, Note]:
    """A note, and one that its spend makes."""
    return (
        Note(0xC1A1, OWNER, STRK.address, 5 * 10**18),
        Note(0xC1A2, OWNER, STRK.address, 3 * 10**18),
    )


@cache
def leaves() -> tuple[int, ...]:
    """Of the pool: both notes and somebody else's."""
    first, second = mine()
    return (first.leaf(digest), 77, second.leaf(digest), 78)


@cache
def book() -> MistBook:
    """With both notes."""
    notes = tuple(
        held_note(one, digest, NoteOrigin.DEPOSIT, 5, index=place)
        for place, one in enumerate(mine())
    )
    return MistBook(chain_id=CHAIN, pool=POOL, next_index=2, notes=notes)


@cache
def contents() -> BackupContents:
    """A whole backup."""
    account = BackedUpAccount(
        network="practice",
        label="mine",
        kind=AccountKind.OPENZEPPELIN,
        address=OWNER,
        private_key=7,
    )
    return BackupContents(
        secret="ab" * 32, secret_made=5, saved_at=6, books=(book(),), accounts=(account,)
    )


def wanted() -> Wanted:
    """What of it is looked for."""
    first, second = mine()
    return Wanted([first.secret(digest), second.secret(digest)], {"first": first}, digest)


def halves(value: int) -> tuple[int, int]:
    return value % 2**128, value >> 128


@cache
def calldata() -> tuple[tuple[int, ...], ...]:
    """Of a deposit, a spend with a proof, and one without."""
    first, second = mine()
    deposit = (*halves(first.secret(digest)), *halves(first.amount), first.token)
    publics = SpendPublics(
        owner=OWNER,
        withdraw_amount=2 * 10**18,
        withdraw_token=first.token,
        withdraw_to=OWNER,
        root=9,
        nullifier=first.nullifier(digest),
        first=second.leaf(digest),
        second=78,
    ).values()
    spend = (2061, *range(1, 33), 10, *(half for one in publics for half in halves(one)))
    key = (*halves(first.claiming_key), OWNER, *halves(first.amount), first.token)
    emergency = (*key, 1, *halves(5), *halves(second.secret(digest)), *halves(second.amount))
    return (deposit, spend + (0,) * (2062 - len(spend)), emergency)


@dataclass(frozen=True)
class Document:
    """A kind of document with a good one."""

    model: Any
    schema: str
    limit: int
    good: Callable[[], Any]

    def read(self, raw: bytes) -> Any:
        return strict_json.parse(
            self.model, raw, what="document", schema=self.schema, limit=self.limit
        )


def handed_over() -> HandedOver:
    """What an exported note says."""
    first = mine()[0]
    return HandedOver(
        chain_id=CHAIN,
        pool=POOL,
        token=first.token,
        amount=first.amount,
        owner=OWNER,
        claiming_key=first.claiming_key,
    )


DOCUMENTS: Final = (
    Document(MistBook, BOOK_SCHEMA, BOOK_LIMIT, book),
    Document(BackupContents, CONTENTS_SCHEMA, CONTENTS_LIMIT, contents),
    Document(HandedOver, NOTE_SCHEMA, NOTE_LIMIT, handed_over),
)


# --- the targets ------------------------------------------------------------------------------


def document_bytes(choices: Choices, good: Any) -> bytes:
    """Raw bytes, or a good document with some values changed."""
    if choices.byte() & 1:
        return choices.rest()
    raw = strict_json.canonical(strict_json.document(good))
    for _ in range(4):
        if choices.left:
            raw = change_json(raw, choices.half(), choices.word())
    return raw


def documents(choices: Choices) -> None:
    """Books, backups, notes: one form, and what a book brings is taken in or refused."""
    kind = DOCUMENTS[choices.byte() % len(DOCUMENTS)]
    try:
        found = kind.read(document_bytes(choices, kind.good()))
    except InvalidInput:
        return
    promise(kind.read(strict_json.pretty(found)) == found, "reads as something else again")
    for one in (found,) if isinstance(found, MistBook) else getattr(found, "books", ()):
        for here in (MistBook(chain_id=one.chain_id, pool=one.pool), book()):
            try:
                both = merged(here, one)
            except AppError:
                continue
            promise(both.next_index >= max(here.next_index, 0), "a counter fell")
            promise({note.id for note in here.notes} <= {n.id for n in both.notes}, "a note went")


def sealed(choices: Choices) -> None:
    """Files under a seal: damaged ones, and good seals around anything."""
    quickly()
    which = choices.byte() % 6
    try:
        if which == 0:
            SealedBackup().read(choices.rest(), PASSPHRASE)
        elif which == 1:
            SealedHandOver().read(choices.rest(), PASSPHRASE)
        elif which == 2:
            raw = bytearray(SealedBackup().write(contents(), PASSPHRASE))
            flip(raw, choices)
            promise(SealedBackup().read(bytes(raw), PASSPHRASE) == contents(), "a changed backup")
        elif which == 3:
            raw = bytearray(SealedHandOver().write(handed_over(), PASSPHRASE))
            flip(raw, choices)
            found = SealedHandOver().read(bytes(raw), PASSPHRASE)
            promise(found == handed_over(), "a changed hand-over")
        elif which == 4:
            found_book = opened(seal(document_bytes(choices, book()), PLACE), PLACE)
            promise(found_book.pool == POOL, "a book of another pool")
        else:
            raw = bytearray(strict_json.pretty(seal(strict_json.pretty(book()), PLACE)))
            flip(raw, choices)
            limit = 4 * BOOK_LIMIT
            read = strict_json.parse(
                SealedBook, bytes(raw), what="book", schema=SEALED_SCHEMA, limit=limit
            )
            promise(opened(read, PLACE) == book(), "a changed book")
    except AppError:
        pass


def flip(raw: bytearray, choices: Choices) -> None:
    """Some bytes changed."""
    while choices.left:
        at, value = choices.half() % len(raw), choices.byte()
        raw[at] ^= value


def request(choices: Choices) -> None:
    """A payment request: read and written it is the same text."""
    if choices.byte() & 1:
        text = write_request(1 + choices.word(), CHAIN, POOL)
        at = choices.half() % len(text)
        text = text[:at] + chr(choices.half() % 300 or 1) + text[at + choices.byte() % 2 :]
    else:
        text = choices.rest().decode("utf-8", "replace")
    try:
        secret = read_request(text, CHAIN, POOL)
    except InvalidInput:
        return
    promise(write_request(secret, CHAIN, POOL) == text.strip(), "another text for the same secret")


def felts_of(choices: Choices) -> list[int]:
    """Calldata: of a step on the pool with numbers changed, put in and left out."""
    kinds = calldata()
    felts = list(kinds[choices.byte() % len(kinds)])
    if choices.byte() & 1:
        felts[0:0] = [1, POOL, 2, len(felts)]
    for _ in range(12):
        if not choices.left or not felts:
            break
        at, kind = choices.half() % len(felts), choices.byte() % 5
        if kind == 0:
            felts[at] = int.from_bytes(choices.take(32), "big") % PRIME
        elif kind == 1:
            felts[at] = min(felts[at] + choices.byte(), PRIME - 1)
        elif kind == 2:
            felts[at:at] = felts[: choices.byte()]
        elif kind == 3:
            del felts[at : at + choices.byte()]
        else:
            felts[at] = choices.byte()
    return felts


def calls(choices: Choices) -> None:
    """Transactions of a block and calls of one's own: what is seen is borne out by the pool."""
    felts = tuple(felts_of(choices))
    sender = OWNER if choices.byte() & 1 else 0xBAD
    there = leaves()
    for event in wanted().look_through(ChainTransaction(1, sender, felts, ()), there):
        if isinstance(event, DepositSeen):
            leaf = digest(event.secret, event.token, event.amount)
            promise(leaf in there, "a deposit without its leaf")
        else:
            assert isinstance(event, SpendSeen)
            promise(sender == OWNER, "somebody else's spend of one's own note")
            promise(all(one in there for one in event.outputs), "an output without its leaf")
            promise(event.withdraw <= mine()[0].amount, "more left than there was")
    for name in ("deposit", "handle_zkp", "withdraw_no_zk", "seek_and_hide_no_zk"):
        call = Call(to=POOL, entry_point=name, calldata=felts)
        publics = spend_publics(call)
        if publics is not None:
            promise(all(one < FIELD for one in publics), "a public input that is no element")
        for number in (deposit_secret(call), emergency_key(call)):
            promise(number is None or number < 2**256, "no u256")


def answers(choices: Choices) -> None:
    """What a node says: leaves, a root, a whole block."""
    if choices.byte() & 1:
        count = choices.byte() % 8
        felts = [count, *(half for one in leaves() for half in halves(one))][: 1 + 2 * count]
        while choices.left:
            at = choices.half() % len(felts)
            felts[at] = int.from_bytes(choices.take(17), "big")
        for read in (leaves_of, root_of):
            try:
                found: Any = read(tuple(felts))
            except AppError:
                continue
            values = found if isinstance(found, tuple) else (found,)
            promise(all(0 <= one < FIELD for one in values), "no element of the field")
        return
    good = {
        "block_hash": "0x1",
        "block_number": 7,
        "timestamp": 5,
        "transactions": [
            {
                "transaction": {"sender_address": hex(OWNER), "calldata": ["0x1", "0x2"]},
                "receipt": {
                    "transaction_hash": "0x9",
                    "execution_status": "SUCCEEDED",
                    "events": [
                        {
                            "from_address": hex(STRK.address),
                            "keys": ["0x5"],
                            "data": ["0x1", "0x2", "0x3", "0x0"],
                        }
                    ],
                },
            }
        ],
    }
    raw = json.dumps(good).encode()
    while choices.left:
        raw = change_json(raw, choices.half(), choices.word())
    try:
        block = read_block(json.loads(raw), 7, "a node")
    except AppError:
        return
    promise(block.mark.number == 7, "another block than was asked for")


KINDS: Final = (documents, sealed, request, calls, answers)


def mist(data: bytes) -> None:
    """First byte which reader."""
    choices = Choices(data)
    KINDS[choices.byte() % len(KINDS)](choices)


def seeds() -> list[bytes]:
    """Good ones, with small changes, for each reader."""
    found = [bytes([0, kind, 0]) for kind in range(len(DOCUMENTS))]
    found += [
        bytes([0, kind, 0, place, 0, change, 1, 0, 0])
        for kind in range(len(DOCUMENTS))
        for place in range(0, 40, 3)
        for change in range(0, 20, 3)
    ]
    for kind in DOCUMENTS:
        raw = strict_json.pretty(kind.good())
        found.append(bytes([0, DOCUMENTS.index(kind), 1]) + raw)
    quickly()
    found += [
        bytes([1, 0]) + SealedBackup().write(contents(), PASSPHRASE),
        bytes([1, 1]) + SealedHandOver().write(handed_over(), PASSPHRASE),
    ]
    found += [bytes([1, which, 9, 0, change]) for which in (2, 3, 4, 5) for change in (0, 1, 200)]
    found += [b"\2\0" + write_request(5, CHAIN, POOL).encode(), b"\2\1\5\0\0\0\7\0\x30\0\1"]
    found += [
        bytes([3, kind, wrapped, place, 0, how, 3, 1])
        for kind in range(3)
        for wrapped in (0, 1)
        for place in range(0, 60, 7)
        for how in range(5)
    ]
    found += [bytes([4, 1, count]) for count in range(6)] + [b"\4\0"]
    found += [
        bytes([4, 0, place, 0, change, 1, 0, 0]) for place in range(14) for change in range(19)
    ]
    return found
