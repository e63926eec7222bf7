"""The targets: each takes any bytes and raises only if a promise is broken.

Promises: what reads bytes answers or raises its own typed error; what was read has one canonical
form; the program, the plain-Python verifier and the native verifier accept the same.
"""

import json
from collections.abc import Callable
from typing import Any, Final

from obsqra_desktop.domain import oab, oab_documents, strict_json
from obsqra_desktop.domain.audit import Outcome, Verdict
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.record import VerifierFile
from obsqra_desktop.domain.shipped import resource_root
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.statement import Statement
from obsqra_desktop.storage.bundle import BundleDamaged
from tests.fuzz.material import (
    ARCHIVE,
    LEVELS,
    Choices,
    bundles,
    entries,
    native,
    pairs,
    plain,
    service,
    signed_anew,
)

UNTYPED: Final = "it could not be checked"


class BrokenPromiseError(AssertionError):
    """A promise was broken."""


def promise(condition: object, what: str) -> None:
    """Raise unless it was kept."""
    if not condition:
        raise BrokenPromiseError(what)


# --- documents -----------------------------------------------------------------------------------


def opening_file(raw: bytes) -> oab_documents.PolicyFile:
    """A policy file whose salt is one."""
    found = oab_documents.PolicyFile.parse(raw)
    found.limbs()
    return found


PARSERS: Final[tuple[tuple[str, Callable[[bytes], Any]], ...]] = (
    ("payload/snapshot.json", Snapshot.parse),
    ("policy", Policy.parse),
    ("payload/model.json", Model.parse),
    ("manifest.json", oab.Manifest.parse),
    ("keys/signer.json", oab.Signer.parse),
    ("payload/policy.json", opening_file),
    ("payload/verifier.json", VerifierFile.parse),
)

SHAPED: Final = {
    "payload/snapshot.json",
    "payload/model.json",
    "keys/signer.json",
    "payload/policy.json",
}
"""Documents that mean something by themselves; the others are compared with what they must be."""


def documents(data: bytes) -> None:
    """Strict JSON and every document: first byte which, the rest the document."""
    raw = data[1:]
    which = (data[0] if data else 0) % (len(PARSERS) + 2)
    if which == len(PARSERS):
        json_reading(raw)
        return
    if which > len(PARSERS):
        try:
            for envelope in oab.envelopes(raw):
                envelope.signature()
                oab.attestation(envelope.message())
        except InvalidInput:
            pass
        return
    name, parse = PARSERS[which]
    try:
        found = parse(raw)
    except InvalidInput:
        return
    again = strict_json.canonical(strict_json.document(found))
    promise(parse(again) == found, f"{name}: reads as something else when written again")
    if name in SHAPED:
        try:
            plain().parse_document(again, name)
        except plain().Rejected as error:
            promise(False, f"{name}: the plain verifier refuses what the program reads: {error}")


def json_reading(raw: bytes) -> None:
    """The program and the plain verifier read the same JSON."""
    try:
        value = strict_json.loads(raw, what="it", limit=plain().MAX_JSON)
        canonical = strict_json.canonical(value) == raw
    except InvalidInput:
        canonical = False
    else:
        again = strict_json.canonical(value)
        promise(
            strict_json.loads(again, what="it", limit=2 * len(again)) == value,
            "the canonical form reads as something else",
        )
    try:
        other = plain().parse_json(raw, "it")
    except plain().Rejected:
        promise(not canonical, "only the program reads this JSON")
    else:
        promise(canonical, "only the plain verifier reads this JSON")
        promise(other == json.loads(raw), "the plain verifier reads something else")


# --- statements and proofs -----------------------------------------------------------------------


def statement_bytes(choices: Choices) -> bytes:
    """A statement, raw or changed."""
    head = choices.byte()
    if head & 1:
        return choices.rest()
    raw = bytearray(pairs()[(head >> 1) % len(pairs())].statement)
    repair = head & 0x80
    for _ in range(8):
        if not choices.left or len(raw) < 4:
            break
        place, kind, value = choices.half(), choices.byte(), choices.word()
        at = place % len(raw)
        word = min(at & ~3, len(raw) - 4)
        if kind % 4 == 0:
            raw[at] ^= value & 0xFF or 1
        elif kind % 4 == 1:
            raw[word : word + 4] = value.to_bytes(4, "little")
        elif kind % 4 == 2:
            old = int.from_bytes(raw[word : word + 4], "little")
            step = (value & 0xFF) - 128
            raw[word : word + 4] = ((old + step) % 2**32).to_bytes(4, "little")
        else:
            del raw[at : at + value % 80]
    if repair and len(raw) > 520:
        raw[180:212] = plain().blake2s(b"OBSQRA/MODEL/1\0\0" + bytes(raw[212:512]))
    return bytes(raw)


def statement(data: bytes) -> None:
    """Three readers accept the same statements."""
    raw = statement_bytes(Choices(data))
    try:
        decoded: Statement | None = Statement.decode(raw)
    except InvalidInput:
        decoded = None
    if decoded is not None:
        promise(decoded.encode() == raw, "written again it differs")
        promise(decoded.digest() == plain().blake2s(raw), "another digest")
    try:
        other = plain().parse_statement(raw)
    except plain().Rejected:
        other = None
    promise((decoded is None) == (other is None), "the program and the plain verifier disagree")
    pair = pairs()[0]
    try:
        native().verify(raw, pair.proof)
        promise(raw == pair.statement, "a proof of another statement was accepted")
        readable = True
    except native().ProofRejected as error:
        readable = not str(error).startswith("statement:")
    promise((decoded is None) != readable, "the program and the native verifier disagree")


def proof(data: bytes) -> None:
    """Both verifiers refuse every changed proof, with a typed reason."""
    choices = Choices(data)
    head = choices.byte()
    pair = pairs()[(head >> 1) % len(pairs())]
    raw = bytearray(pair.proof)
    if head & 1:
        raw = bytearray(choices.rest())
    while choices.left and raw:
        place, kind, value = choices.half() * 3, choices.byte(), choices.word()
        at = place % len(raw)
        word = min(at & ~3, len(raw) - 4)
        if kind % 6 == 0:
            raw[at] ^= value & 0xFF or 1
        elif kind % 6 == 1 and len(raw) >= 4:
            raw[word : word + 4] = value.to_bytes(4, "little")
        elif kind % 6 == 2 and len(raw) >= 4:
            alias = int.from_bytes(raw[word : word + 4], "little") + plain().P
            raw[word : word + 4] = (alias % 2**32).to_bytes(4, "little")
        elif kind % 6 == 3:
            del raw[at : at + value % 400]
        elif kind % 6 == 4:
            length, source = value % 300, (value >> 9) % len(raw)
            raw[at : at + length] = raw[source : source + length]
        else:
            other = pairs()[value % len(pairs())].proof
            length = (value >> 3) % 4000
            raw[at : at + length] = other[at : at + length]
    changed = bytes(raw)
    same = changed == pair.proof
    try:
        plain().verify_proof(pair.statement, changed)
        promise(same, "the plain verifier accepts a changed proof")
    except plain().Rejected:
        promise(not same, "the plain verifier refuses a valid proof")
    try:
        native().verify(pair.statement, changed)
        promise(same, "the native verifier accepts a changed proof")
    except native().ProofRejected:
        promise(not same, "the native verifier refuses a valid proof")


# --- bundles -------------------------------------------------------------------------------------

ODD: Final[tuple[Any, ...]] = (
    None,
    True,
    False,
    0,
    1,
    -1,
    2**31,
    2**53 - 1,
    "",
    "\u00e9\ufeff",
    "a" * 300,
    [],
    {},
    [[]],
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) inside a JSON value."""
    found: list[tuple[Any, Any]] = []
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            found += [(one, key) for key in one]
            pending += one.values()
        elif isinstance(one, list):
            found += [(one, index) for index in range(len(one))]
            pending += one
    return found


def change_json(raw: bytes, place: int, value: int) -> bytes:
    """One value of a document replaced, repeated or removed, in canonical form."""
    try:
        document = json.loads(raw)
    except ValueError:
        return raw
    spots = places(document)
    if not spots:
        return raw
    container, key = spots[place % len(spots)]
    old = container[key]
    how = value % 20
    if how < len(ODD):
        container[key] = ODD[how]
    elif how == 14 and type(old) is int:
        container[key] = old + (value >> 8) % 5 - 2
    elif how == 15 and isinstance(old, str) and old:
        at = (value >> 8) % len(old)
        container[key] = old[:at] + chr((value >> 16) % 0x250 + 1) + old[at + 1 :]
    elif how == 16 and isinstance(container, dict):
        container["extra"] = old
    elif how == 17 and isinstance(container, list):
        container.append(old)
    elif how == 18:
        del container[key]
    else:
        other, where = spots[(value >> 8) % len(spots)]
        try:
            container[key] = json.loads(json.dumps(other[where]))
        except (LookupError, TypeError):
            return raw
    try:
        return strict_json.canonical(document)
    except InvalidInput:
        return raw


def change_file(files: dict[str, bytes], choices: Choices, other: dict[str, bytes]) -> None:
    """One change to one file of a bundle."""
    names = sorted(files)
    name = names[choices.byte() % len(names)]
    kind, place, value = choices.byte() % 8, choices.half(), choices.word()
    data = bytearray(files[name])
    at = place % max(1, len(data))
    if kind <= 2:
        data = bytearray(change_json(files[name], place, value))
    elif kind == 3 and data:
        data[at] ^= value & 0xFF or 1
    elif kind == 4:
        del data[at : at + value % 100]
    elif kind == 5:
        data[at:at] = value.to_bytes(4, "little") * (place % 3)
    elif kind == 6:
        data = bytearray(files[names[value % len(names)]])
    else:
        if value & 1 and len(files) > 1:
            del files[name]
            return
        spare = sorted(other)
        taken = spare[value % len(spare)]
        files[taken] = other[taken]
        return
    files[name] = bytes(data)


def bundle_bytes(data: bytes) -> bytes:
    """An archive: raw, or a good one with changed files and then changed bytes."""
    choices = Choices(data)
    head = choices.byte()
    if head & 1:
        return choices.rest()
    level = LEVELS[(head >> 1) % len(LEVELS)]
    files = dict(entries(level))
    other = entries(LEVELS[(head >> 3) % len(LEVELS)])
    count, late = choices.byte() % 6, head >> 6 & 1
    for _ in range(count):
        if choices.left and files:
            change_file(files, choices, other)
    if head & 0x20:
        files = signed_anew(files)
    archive = bytearray(ARCHIVE.pack(files))
    while late and choices.left:
        at, value = choices.word() % len(archive), choices.half()
        if value & 1:
            archive[at] ^= value >> 8 or 1
        elif value & 2:
            del archive[at : at + (value >> 2) % 64]
        else:
            archive[at:at] = bytes((value >> 2) % 40)
        if not archive:
            break
    return bytes(archive)


def bundle(data: bytes) -> None:
    """The program and the plain verifier give the same verdict, by typed reasons only."""
    archive = bundle_bytes(data)
    try:
        files = ARCHIVE.unpack(archive)
        promise(ARCHIVE.pack(files) == archive, "packed again it differs")
        opens = True
    except BundleDamaged:
        opens = False
    mine = service().check(archive)
    theirs = plain().check_bundle(lambda: archive)
    json.dumps(theirs)
    plain().in_words(theirs)
    for check in theirs["checks"]:
        promise(not check["detail"].startswith(UNTYPED), f"untyped: {check}")
    promise(mine.verdict is not Verdict.PARTIAL, "the native verifier is missing")
    valid = mine.verdict is Verdict.VALID
    failed = {check["id"] for check in theirs["checks"] if check["outcome"] == "FAIL"}
    promise(valid == (theirs["bundle"] == "VALID"), f"they disagree: {failed or mine.checks}")
    if valid and not failed:
        promise(archive_is_true(archive), "a changed bundle is valid")
        own = files[oab.CHECKER] == (resource_root() / oab.CHECKER).read_bytes()
        promise(mine.own_checker is own, "a foreign verifier inside goes unnamed")
    structure = next(one for one in mine.checks if one.id == "structure")
    promise(opens == (structure.outcome is Outcome.PASS), "the reader disagrees with itself")
    if not opens:
        promise("structure" in failed, "only the plain verifier opens it")


def archive_is_true(archive: bytes) -> bool:
    """Whether a valid bundle says what the good ones say: the signer may be another."""
    files = ARCHIVE.unpack(archive)
    free = {oab.MANIFEST, oab.ATTESTATIONS, oab.SIGNER, oab.README, oab.VERIFIER, oab.REDACTED}
    free |= {oab.OWNER, oab.MODEL, oab.SNAPSHOT, oab.CHECKER}
    return any(
        all(good.get(name) == data for name, data in files.items() if name not in free)
        for good in map(entries, bundles())
    )


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "documents": documents,
    "statement": statement,
    "proof": proof,
    "bundle": bundle,
}
