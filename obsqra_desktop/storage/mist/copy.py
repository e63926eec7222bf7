"""The file format of the sealed copy of the notes.

AES-256-GCM (NIST SP 800-38D) under a key that the secret gives (privacy.keys), a fresh 96-bit nonce
for each seal: at random ones, section 8.3 allows 2^32 seals under one key. Schema and mark are
bound as associated data. Outside of the seal stand the nonce and a mark: 8 bytes of HMAC-SHA256
under the key (RFC 2104) over the nonce. Whoever has the key tells by it a damaged copy of this
secret from another one's; to anybody else it says nothing, not even that two copies belong
together.
"""

import base64
import hashlib
import hmac
import os
from typing import Annotated, Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import Field

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.copy import (
    CONTENTS_LIMIT,
    CONTENTS_SCHEMA,
    FILE_LIMIT,
    FILE_SCHEMA,
    CopyContents,
    DamagedCopy,
    NotThisCopy,
    padded,
)
from obsqra_desktop.domain.pools import Strict

NONCE_BYTES: Final = 12


class CopyFile(Strict):
    """The file."""

    schema_id: Literal["obsqra/mist-copy/1"] = Field(default=FILE_SCHEMA, alias="schema")
    mark: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    nonce: Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
    data: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=FILE_LIMIT, repr=False)
    ]


class SealedCopy:
    """Implements CopyFormat."""

    def write(self, contents: CopyContents, key: bytes) -> bytes:
        """The file's bytes; raises InvalidInput for too many notes."""
        plain = strict_json.pretty(contents)
        if len(plain) > CONTENTS_LIMIT:
            raise InvalidInput("These are more notes than one copy can hold.")
        nonce = os.urandom(NONCE_BYTES)
        mark = mark_of(key, nonce)
        data = AESGCM(key).encrypt(nonce, padded(plain), bound(mark))
        text = base64.b64encode(data).decode("ascii")
        return strict_json.pretty(CopyFile(mark=mark, nonce=nonce.hex(), data=text))

    def read(self, raw: bytes, key: bytes) -> CopyContents:
        """What is in it; raises NotThisCopy, DamagedCopy."""
        try:
            file = strict_json.parse(
                CopyFile, raw, what="copy", schema=FILE_SCHEMA, limit=FILE_LIMIT
            )
        except InvalidInput:
            raise NotThisCopy(
                "The file there is no copy of notes, or so damaged that this cannot be told. It is "
                "left as it is."
            ) from None
        nonce = bytes.fromhex(file.nonce)
        if not hmac.compare_digest(file.mark, mark_of(key, nonce)):
            raise NotThisCopy(
                "The copy there was sealed under another secret. It is left as it is."
            )
        try:
            data = base64.b64decode(file.data, validate=True)
            plain = AESGCM(key).decrypt(nonce, data, bound(file.mark))
            return strict_json.parse(
                CopyContents, plain, what="copy", schema=CONTENTS_SCHEMA, limit=CONTENTS_LIMIT
            )
        except (ValueError, InvalidTag, InvalidInput):
            raise DamagedCopy("The copy there is damaged or was changed from outside.") from None


def mark_of(key: bytes, nonce: bytes) -> str:
    """For one seal; see above."""
    return hmac.new(key, b"obsqra/mist-copy/1 mark" + nonce, hashlib.sha256).hexdigest()[:16]


def bound(mark: str) -> bytes:
    """Associated data of the seal."""
    return f"{FILE_SCHEMA}\n{mark}".encode()
