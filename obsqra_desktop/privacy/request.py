"""Payment requests: the one number that a payer needs, in a form that cannot be mistaken.

A request carries only the secret of a future note (hash of its key and its owner), from which
neither can be found and nothing can be spent. `mist1:` + 64 hex digits + `:` + the first 8
hex digits of SHA-256 over what stands before, chain id and pool. The prefix and the checksum keep
leaves, addresses and mistyped numbers out: money sent to a leaf instead of a secret is lost.

Chain and pool are in the checksum and not in the text: keys depend on both, so a note that was paid
elsewhere than it was asked for belongs to a key that its receiver does not look for there. A text
from another place has another checksum but once in 2^32.
"""

import hashlib
import re
from typing import Final

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.errors import ForeignRequest
from obsqra_desktop.domain.mist.note import element

PREFIX: Final = "mist1:"
FORM: Final = re.compile(r"(mist1:([0-9a-f]{64})):([0-9a-f]{8})")


def mark(body: str, chain_id: int, pool: int) -> str:
    """The checksum for one pool on one chain."""
    return hashlib.sha256(f"{body}:{chain_id:064x}:{pool:064x}".encode()).hexdigest()[:8]


def write_request(secret: int, chain_id: int, pool: int) -> str:
    """The text, fit for a QR code, of a note in this pool on this chain."""
    if element(secret, "secret") == 0:
        raise InvalidInput("no note has the secret 0", where="secret")
    body = f"{PREFIX}{secret:064x}"
    return f"{body}:{mark(body, chain_id, pool)}"


def read_request(text: str, chain_id: int, pool: int) -> int:
    """The secret. Raises ForeignRequest for one that was made for another chain or pool, which a
    damaged one looks like, and InvalidInput for anything else, with what to do."""
    found = FORM.fullmatch(text.strip()[:200])
    if not found:
        raise InvalidInput(
            "this is no payment request, or it is damaged. Nothing was sent.",
            where="request",
            hint="Ask for the request again, and copy or scan all of it.",
        )
    if mark(found[1], chain_id, pool) != found[3]:
        raise ForeignRequest(
            "it was made for another network or another pool, by an older version of this program, "
            "or it is damaged: paid here, its receiver would not find it. Nothing was sent.",
            where="request",
            hint="Change to the network that its receiver uses, or ask for a new request for this "
            "one, and copy or scan all of it.",
        )
    secret = int(found[2], 16)
    if element(secret, "request") == 0:
        raise InvalidInput("no note has the secret 0", where="request")
    return secret
