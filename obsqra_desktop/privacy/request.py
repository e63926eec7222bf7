"""Payment requests: the one number that a payer needs, in a form that cannot be mistaken.

A request carries only the secret of a future note (hash of its key and its owner), from which
neither can be found and nothing can be spent. `mist1:` + 64 hex digits + `:` + the first 8
hex digits of SHA-256 over what stands before. The prefix and the checksum keep leaves, addresses
and mistyped numbers out: money sent to a leaf instead of a secret is lost.
"""

import hashlib
import re
from typing import Final

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist import element

PREFIX: Final = "mist1:"
FORM: Final = re.compile(r"(mist1:([0-9a-f]{64})):([0-9a-f]{8})")


def mark(body: str) -> str:
    """The checksum."""
    return hashlib.sha256(body.encode()).hexdigest()[:8]


def write_request(secret: int) -> str:
    """The text, fit for a QR code."""
    if element(secret, "secret") == 0:
        raise InvalidInput("no note has the secret 0", where="secret")
    body = f"{PREFIX}{secret:064x}"
    return f"{body}:{mark(body)}"


def read_request(text: str) -> int:
    """The secret; raises InvalidInput for anything else, with what to do."""
    found = FORM.fullmatch(text.strip()[:200])
    if not found or mark(found[1]) != found[3]:
        raise InvalidInput(
            "this is no payment request, or it is damaged. Nothing was sent.",
            where="request",
            hint="Ask for the request again, and copy or scan all of it.",
        )
    secret = int(found[2], 16)
    if element(secret, "request") == 0:
        raise InvalidInput("no note has the secret 0", where="request")
    return secret
