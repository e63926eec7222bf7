"""Keys of private money, all derived from one secret in the vault.

The secret is 32 random bytes. Whoever has it can find and spend everything, so a backup of it
(and the chain) brings all back; nobody else can tell that two derived keys belong together.
HKDF-SHA256 (RFC 5869) with the secret as input key material, the salt `obsqra/mist/1`, and as info
a label, a zero byte, and what the key is for:

    obsqra/mist/1/claiming-key  chain (32 bytes), pool (32), index (8)   31 bytes: the number
    obsqra/mist/1/account-key   chain (32 bytes), index (8)              48 bytes, mod (n - 1), + 1
    obsqra/mist/1/notes-key     chain (32 bytes), pool (32)              32 bytes
    obsqra/mist/1/copy-key      nothing                                  32 bytes

All integers are big-endian; the chain is its id as a felt; n is the order of Starknet's curve.
Keys of neighbouring indices have nothing in common, which MIST needs: the nullifier under a key is
the leaf under the key + 1.
"""

from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import PRIME
from obsqra_desktop.domain.mist.note import address

SALT: Final = b"obsqra/mist/1"
CURVE_ORDER: Final = 0x0800000000000010FFFFFFFFFFFFFFFFB781126DCAE7B2321E66A241ADC64D2F
SECRET_BYTES: Final = 32
INDEX_BOUND: Final = 2**63


def derive(secret: bytes, label: str, context: bytes, length: int) -> bytes:
    """HKDF-SHA256 as above."""
    info = SALT + b"/" + label.encode() + b"\0" + context
    return HKDF(SHA256(), length, SALT, info).derive(secret)


def eight(index: int) -> bytes:
    """An index in 8 bytes; InvalidInput outside 0..2^63 - 1."""
    if not 0 <= index < INDEX_BOUND:
        raise InvalidInput("an index is from 0 to below 2^63", where="index")
    return index.to_bytes(8, "big")


@dataclass(frozen=True, slots=True)
class MistKeys:
    """The keys of one secret for one pool on one chain."""

    secret: bytes = field(repr=False)
    chain_id: int
    pool: int

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET_BYTES:
            raise InvalidInput("the secret of private money has 32 bytes")
        if not 0 < self.chain_id < PRIME:
            raise InvalidInput("not a chain id", where="chain_id")
        address(self.pool, "pool")

    def _chain(self) -> bytes:
        return self.chain_id.to_bytes(32, "big")

    def _place(self) -> bytes:
        return self._chain() + self.pool.to_bytes(32, "big")

    def claiming_key(self, index: int) -> int:
        """Below 2^248; each index is used for one output only."""
        made = derive(self.secret, "claiming-key", self._place() + eight(index), 31)
        return int.from_bytes(made, "big")

    def account_key(self, index: int) -> int:
        """The private key of the index-th fresh account, 1 to n - 1."""
        made = derive(self.secret, "account-key", self._chain() + eight(index), 48)
        return 1 + int.from_bytes(made, "big") % (CURVE_ORDER - 1)

    def notes_key(self) -> bytes:
        """32 bytes that the notes and their labels are sealed under on this computer."""
        return derive(self.secret, "notes-key", self._place(), 32)


def copy_key(secret: bytes) -> bytes:
    """32 bytes that the copy of all notes beside a backup is sealed under."""
    return derive(secret, "copy-key", b"", 32)
