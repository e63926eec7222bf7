"""Backup files of private money: AES-256-GCM under a key that a passphrase gives by Argon2id.

Argon2id as in storage.vault (RFC 9106: 3 passes, 64 MiB, 4 lanes), a salt and a nonce for each
file. Its parameters and the schema are bound as associated data. Outside of the seal stands nothing
about secret, chain or notes.
"""

import base64
import os
import secrets
from typing import Annotated, Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import Field

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.chain_errors import WrongPassphrase
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.backup import (
    CONTENTS_LIMIT,
    CONTENTS_SCHEMA,
    FILE_LIMIT,
    FILE_SCHEMA,
    BackupContents,
)
from obsqra_desktop.domain.pools import Strict
from obsqra_desktop.storage.envelope import (
    LONGEST_PASSPHRASE,
    NONCE_BYTES,
    SHORTEST_PASSPHRASE,
    Argon,
    stretched,
)
from obsqra_desktop.storage.mist.brought import read_brought

SALT_BYTES: Final = 16


class BackupFile(Strict):
    """The file."""

    schema_id: Literal["obsqra/mist-backup/1"] = Field(default=FILE_SCHEMA, alias="schema")
    argon: Argon
    nonce: Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
    data: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=FILE_LIMIT, repr=False)
    ]


class SealedBackup:
    """Implements BackupFormat. `argon` is for tests; each file has a salt of its own."""

    def __init__(self, argon: Argon | None = None) -> None:
        self._argon = argon

    def write(self, contents: BackupContents, passphrase: str) -> bytes:
        """The file's bytes; raises InvalidInput for a short passphrase or too many notes."""
        if not SHORTEST_PASSPHRASE <= len(passphrase) <= LONGEST_PASSPHRASE:
            raise InvalidInput(
                f"The passphrase of a backup has at least {SHORTEST_PASSPHRASE} characters."
            )
        plain = strict_json.pretty(contents)
        if len(plain) > CONTENTS_LIMIT:
            raise InvalidInput("These are more notes than one backup can hold.")
        argon = self._argon or Argon(salt="00" * SALT_BYTES)
        argon = argon.model_copy(update={"salt": secrets.token_hex(SALT_BYTES)})
        nonce = os.urandom(NONCE_BYTES)
        data = AESGCM(stretched(passphrase, argon)).encrypt(nonce, plain, bound(argon))
        text = base64.b64encode(data).decode("ascii")
        return strict_json.pretty(BackupFile(argon=argon, nonce=nonce.hex(), data=text))

    def read(self, raw: bytes, passphrase: str) -> BackupContents:
        """What is in it; raises InvalidInput, WrongPassphrase."""
        file = read_brought(BackupFile, raw, schema=FILE_SCHEMA, limit=FILE_LIMIT)
        key = stretched(passphrase, file.argon)
        try:
            data = base64.b64decode(file.data, validate=True)
            plain = AESGCM(key).decrypt(bytes.fromhex(file.nonce), data, bound(file.argon))
        except InvalidTag:
            raise WrongPassphrase(
                "The backup stays closed: the passphrase is another one, or the file was changed. "
                "Nothing was restored.",
                hint="Type it again, or take another copy of the file.",
            ) from None
        except ValueError:
            raise InvalidInput("The backup is damaged. Nothing was restored.") from None
        return strict_json.parse(
            BackupContents, plain, what="backup", schema=CONTENTS_SCHEMA, limit=CONTENTS_LIMIT
        )


def bound(argon: Argon) -> bytes:
    """Associated data of the seal."""
    cost = f"{argon.salt} {argon.passes} {argon.memory_kib} {argon.lanes}"
    return f"{FILE_SCHEMA}\n{cost}".encode()
