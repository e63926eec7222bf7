"""Key files: those of other tools open, ours open elsewhere, and hostile ones do no harm."""

import copy
import hashlib
import json
import secrets
from typing import Any

import pytest
from Crypto.Hash import keccak
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

from obsqra_desktop.domain.accounts import CURVE_ORDER
from obsqra_desktop.domain.chain_errors import WrongPassphrase
from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.storage import keystore
from obsqra_desktop.storage.keystore import LIMIT, MAX_WORK, KeystoreFormat

KEY = 0x0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDE
WORDS = "testpassword"
QUICK = KeystoreFormat(rounds=2)

# "Web3 Secret Storage Definition", section "Test Vectors".
VECTOR_KEY = 0x7A28B5BA57C53603B0B07B56BBA752F7784BF506FA95EDC395F5CF6C7514FE9D
PBKDF2: dict[str, Any] = {
    "crypto": {
        "cipher": "aes-128-ctr",
        "cipherparams": {"iv": "6087dab2f9fdbbfaddc31a909735c1e6"},
        "ciphertext": "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
        "kdf": "pbkdf2",
        "kdfparams": {
            "c": 262144,
            "dklen": 32,
            "prf": "hmac-sha256",
            "salt": "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd",
        },
        "mac": "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2",
    },
    "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6",
    "version": 3,
}
SCRYPT: dict[str, Any] = {
    "crypto": {
        "cipher": "aes-128-ctr",
        "cipherparams": {"iv": "83dbcc02d8ccb40e466191a123791e0e"},
        "ciphertext": "d172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c",
        "kdf": "scrypt",
        "kdfparams": {
            "dklen": 32,
            "n": 262144,
            "p": 8,
            "r": 1,
            "salt": "ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19",
        },
        "mac": "2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097",
    },
    "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6",
    "version": 3,
}

DEAREST: dict[str, Any] = {
    "crypto": {
        "cipher": "aes-128-ctr",
        "cipherparams": {"iv": "4186c065b78a60d9992e1e72990f060d"},
        "ciphertext": "f9bd9eb6bf79cc1604aa321f9acf4fc4e64958a1c7bf0e784cf964a192abd7fa",
        "kdf": "scrypt",
        "kdfparams": {
            "dklen": 32,
            "n": 524288,
            "p": 1,
            "r": 8,
            "salt": "ae0b3607f9d91ceab27bd8b2c9b4556e9e6a1d064816c075e27fce897bb5ca5c",
        },
        "mac": "398414102bc678387d9b7b88c3e961a1b9f27f7a882e3f0fea5f9f4020956779",
    },
    "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6",
    "version": 3,
}
"""KEY and WORDS by `by_another` with n = 2¹⁹, written down, as making it takes seconds."""


def raw(document: object) -> bytes:
    return json.dumps(document).encode()


def derived(crypto: dict[str, Any], words: str) -> bytes:
    """scrypt as the format's description says it, by the standard library."""
    n, r, p = (crypto["kdfparams"][name] for name in "nrp")
    salt = bytes.fromhex(crypto["kdfparams"]["salt"])
    return hashlib.scrypt(words.encode(), salt=salt, n=n, r=r, p=p, dklen=32, maxmem=2**30)


def crypted(data: bytes, key: bytes, iv: bytes) -> bytes:
    cipher = Cipher(AES(key[:16]), CTR(iv)).encryptor()
    return cipher.update(data) + cipher.finalize()


def mac(key: bytes, ciphertext: bytes) -> str:
    return keccak.new(digest_bits=256, data=key[16:] + ciphertext).hexdigest()


def by_another(key: bytes, words: str = WORDS, n: int = 2) -> dict[str, Any]:
    """As starkli writes it (eth-keystore: scrypt with r 8 and p 1, no address), but for N."""
    iv = secrets.token_bytes(16)
    kdf = {"dklen": 32, "n": n, "r": 8, "p": 1, "salt": secrets.token_hex(32)}
    crypto: dict[str, Any] = {
        "cipher": "aes-128-ctr",
        "cipherparams": {"iv": iv.hex()},
        "kdf": "scrypt",
        "kdfparams": kdf,
    }
    stretched = derived(crypto, words)
    ciphertext = crypted(key, stretched, iv)
    crypto.update(ciphertext=ciphertext.hex(), mac=mac(stretched, ciphertext))
    return {"crypto": crypto, "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6", "version": 3}


@pytest.mark.parametrize("document", [PBKDF2, SCRYPT], ids=["pbkdf2", "scrypt"])
def test_official_vectors(document: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keystore, "CURVE_ORDER", 2**256)  # their key is one of Ethereum's
    assert QUICK.read(raw(document), WORDS) == VECTOR_KEY


def test_an_official_vector_is_no_key_of_the_curve_and_has_one_passphrase() -> None:
    with pytest.raises(InvalidInput, match="curve"):
        QUICK.read(raw(PBKDF2), WORDS)
    with pytest.raises(WrongPassphrase):
        QUICK.read(raw(PBKDF2), "testpasswore")


@pytest.mark.parametrize("key", [1, 255, KEY, CURVE_ORDER - 1])
def test_round_trip(key: int) -> None:
    written = QUICK.write(key, WORDS)
    assert QUICK.read(written, WORDS) == key
    assert written != QUICK.write(key, WORDS), "salt and nonce are fresh"
    text = written.decode("ascii")
    assert "address" not in json.loads(text)
    for form in (f"{key:064x}", str(key)) if key > 255 else ():
        assert form not in text


def test_what_is_shipped_is_dear_and_opens_elsewhere() -> None:
    document = json.loads(KeystoreFormat().write(KEY, "pässwörd 🔑"))
    crypto = document["crypto"]
    assert (document["version"], crypto["kdf"]) == (3, "scrypt")
    assert [crypto["kdfparams"][name] for name in "nrp"] == [2**18, 8, 1]
    key, ciphertext = derived(crypto, "pässwörd 🔑"), bytes.fromhex(crypto["ciphertext"])
    assert crypto["mac"] == mac(key, ciphertext)
    plain = crypted(ciphertext, key, bytes.fromhex(crypto["cipherparams"]["iv"]))
    assert plain == KEY.to_bytes(32, "big")


def test_from_another_tool() -> None:
    document = by_another(KEY.to_bytes(32, "big"), n=8192)
    assert QUICK.read(raw(document), WORDS) == KEY
    document["Crypto"] = {key.upper(): value for key, value in document.pop("crypto").items()}
    assert QUICK.read(raw(document), WORDS) == KEY, "old tools write keys in other cases"


@pytest.mark.parametrize(
    "key", [b"", bytes(32), bytes([255]) * 32, CURVE_ORDER.to_bytes(32, "big"), bytes(32) + b"\1"]
)
def test_no_key_of_the_curve(key: bytes) -> None:
    with pytest.raises(InvalidInput, match="curve"):
        QUICK.read(raw(by_another(key)), WORDS)


@pytest.mark.parametrize("words", ["", "testpassword ", "Testpassword"])
def test_wrong_passphrase(words: str) -> None:
    written = QUICK.write(KEY, WORDS)
    with pytest.raises(WrongPassphrase) as caught:
        QUICK.read(written, words)
    assert caught.value.__cause__ is None
    assert WORDS not in repr(caught.value)


def test_passphrase_that_is_no_text() -> None:
    written = QUICK.write(KEY, WORDS)
    for call in (
        lambda: QUICK.read(written, "secret\udc80"),
        lambda: QUICK.write(KEY, "secret\udc80"),
    ):
        with pytest.raises(InvalidInput) as caught:
            call()
        assert caught.value.__cause__ is None
        assert "secret" not in repr(caught.value)


NUMBERS: list[object] = [0, -1, 2**40, 2**53, 2**200, 1.5, "8", True, None, [], {}, 10**400]


@pytest.mark.parametrize("value", NUMBERS, ids=lambda value: repr(value)[:12])
@pytest.mark.parametrize("name", ["n", "r", "p", "c", "dklen"])
def test_hostile_numbers(name: str, value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused before any work is done."""
    document = copy.deepcopy(PBKDF2 if name == "c" else SCRYPT)
    document["crypto"]["kdfparams"][name] = value
    refused(document, monkeypatch)


def refused(document: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def worked(*_words: object) -> bytes:
        raise AssertionError("work was done")

    monkeypatch.setattr(keystore.keyfile(), "decode_keyfile_json", worked)
    with pytest.raises(InvalidInput):
        QUICK.read(raw(document), WORDS)


@pytest.mark.parametrize(
    ("base", "more"),
    [
        (PBKDF2, {"n": 2, "c": 2**40}),
        (PBKDF2, {"C": 2**40}),
        (SCRYPT, {"N": 2**30}),
        (SCRYPT, {"n": 2**19, "r": 8, "p": 8}),
        (SCRYPT, {"n": MAX_WORK * 2, "r": 8, "p": 1}),
        (SCRYPT, {"n": 2, "r": 2**31, "p": 1}),
        (PBKDF2, {"c": MAX_WORK + 1}),
        (SCRYPT, {"c": 1, "n": None}),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_work_that_hides(
    base: dict[str, Any], more: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers of the other derivation, keys in two cases, products."""
    document = copy.deepcopy(base)
    document["crypto"]["kdfparams"].update(more)
    refused(document, monkeypatch)


def test_most_that_is_done() -> None:
    """Half a GiB for scrypt, as the limit says, and no more."""
    assert DEAREST["crypto"]["kdfparams"]["n"] == MAX_WORK
    assert QUICK.read(raw(DEAREST), WORDS) == KEY


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("crypto", "cipher"), "aes-256-ctr"),
        (("crypto", "cipher"), None),
        (("crypto", "kdf"), "argon2id"),
        (("crypto", "kdf"), {}),
        (("crypto", "kdfparams"), []),
        (("crypto", "kdfparams", "n"), 3),
        (("crypto", "kdfparams", "salt"), 5),
        (("crypto", "kdfparams", "salt"), "zz"),
        (("crypto", "kdfparams", "salt"), None),
        (("crypto", "cipherparams"), None),
        (("crypto", "cipherparams", "iv"), "f" * 400),
        (("crypto", "cipherparams", "iv"), "xyz"),
        (("crypto", "ciphertext"), ["00"]),
        (("crypto", "ciphertext"), "ü"),
        (("crypto", "mac"), 0),
        (("crypto", "mac"), "ü"),
        (("crypto", "mac"), None),
        (("crypto",), "crypto"),
        (("version",), 4),
        (("version",), "3"),
        (("version",), None),
    ],
    ids=repr,
)
def test_strange_fields(path: tuple[str, ...], value: object) -> None:
    """A typed refusal, never another error."""
    document = by_another(KEY.to_bytes(32, "big"))
    inner = document
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    with pytest.raises(AppError):
        QUICK.read(raw(document), WORDS)
    del inner[path[-1]]
    with pytest.raises(AppError):
        QUICK.read(raw(document), WORDS)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[]",
        b"3",
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b'{"version": 3, "version": 3}',
        b"[" * 30_000,
        b'{"crypto":' * 5_000,
        b'{"version":3,"crypto":{"kdfparams":' + b'{"a":' * 10_000 + b"1" + b"}" * 10_002,
        b'{"version":3,"crypto":{"kdfparams":' + b'{"a":' * 90 + b"1" + b"}" * 92,
        b" " * (LIMIT + 1),
        raw(SCRYPT) + b" " * LIMIT,
        raw(SCRYPT)[:-1],
    ],
    ids=lambda value: repr(value[:20]),
)
def test_no_key_file(text: bytes) -> None:
    with pytest.raises(InvalidInput):
        QUICK.read(text, WORDS)


def test_every_byte_counts() -> None:
    """What was changed is refused, or was the file's id; but for the IV, which the format's MAC
    leaves out."""
    good = QUICK.write(KEY, WORDS)
    iv = good.index(json.loads(good)["crypto"]["cipherparams"]["iv"].encode())
    taken = 0
    for at in (*range(iv), *range(iv + 32, len(good))):
        try:
            found = QUICK.read(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :], WORDS)
        except AppError:
            continue
        assert found == KEY
        taken += 1
    assert taken <= len('"id": "3198bc9c-6672-5ab3-d995-4942343ae5b6"')
